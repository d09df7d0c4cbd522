"""Days on which a page may have been published, each with what says so.

A year in the footer, the time at which the page was made for a reader and the date of something cited are kept, and
bound the day at most. A date printed without its year stays without it. The day is the one that the page prints,
in the time zone that it prints it in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

from archive.extract.results import PUBLISHED, Proposal
from archive.text.paragraphs import Paragraph

# Made for a reader within this time before it was received: the page's clock, not the article's.
_JUST_MADE = timedelta(minutes=2)
# How many paragraphs before the first of the body, and after it, may hold the line with the date; how long it may be.
_BEFORE, _AFTER, _SHORT = 8, 2, 120
_FIRST_YEAR = 1990
GUESSED = "htmldate"
_IN_UTC = re.compile(r"(?:Z|GMT|UTC|[+-]00:?00)\s*\Z")

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january января січня januar janvier enero janeiro gennaio",
            "feb february февраля лютого februar février febrero fevereiro febbraio",
            "mar march марта березня märz mars marzo março",
            "apr april апреля квітня avril abril aprile",
            "may мая травня mai mayo maio maggio",
            "jun june июня червня juni juin junio junho giugno",
            "jul july июля липня juli juillet julio julho luglio",
            "aug august августа серпня août agosto",
            "sep sept september сентября вересня septembre septiembre setembro settembre",
            "oct october октября жовтня oktober octobre octubre outubro ottobre",
            "nov november ноября листопада novembre noviembre novembro",
            "dec december декабря грудня dezember décembre diciembre dezembro dicembre",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "(?P<month>" + "|".join(sorted(map(re.escape, _MONTHS), key=len, reverse=True)) + r")\b\.?"
_PRINTED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?P<year>(?:19|20)\d\d)[-/.](?P<number>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)",
        r"\b(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?(?: de| of)? " + _MONTH + r"(?: de)?,? (?P<year>(?:19|20)\d\d)\b",
        r"\b" + _MONTH + r" (?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year>(?:19|20)\d\d)\b",
        r"\b(?P<day>\d{1,2})\.(?P<number>\d{1,2})\.(?P<year>(?:19|20)\d\d)\b",
    )
)
_WITHOUT_YEAR = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?P<day>\d{1,2})(?:st|nd|rd|th)? " + _MONTH + r"(?!,? \d)",
        r"\b" + _MONTH + r" (?P<day>\d{1,2})\b(?!,? \d{4})",
    )
)
_STAMP = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)T\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?")
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)[^\n]{0,60}?\b(?:(?:19|20)\d\d\s*[-–—]\s*)?((?:19|20)\d\d)\b", re.IGNORECASE
)
_IN_ADDRESS = (
    re.compile(r"(?:/|-|_|\b)((?:19|20)\d\d)[/_-](\d{1,2})[/_-](\d{1,2})(?=\D|$)"),
    re.compile(r"(?:/|-|_)((?:19|20)\d\d)(\d\d)(\d\d)(?=\D|$)"),
)
_MONTH_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)/(\d{1,2})(?=/)")


def proposals(
    paragraphs: Sequence[Paragraph],
    *,
    declared: Sequence[Proposal] = (),
    address: str = "",
    received_at: datetime | None = None,
) -> list[Proposal]:
    """Propose days of publication, the best first, those that only bound last; equal ones of one basis once.

    paragraphs: of the page's text, with zones. declared: what its metadata say, in their order.
    received_at: when the page came; a time declared just before it is the time of rendering.
    """
    today = (received_at or datetime.now(UTC)).date()
    told = [one for one in declared if one.where != GUESSED]
    guesses = [one for one in declared if one.where == GUESSED]
    found = [*_declared(told, received_at), *_printed(paragraphs), *_of_address(address), *_bounding(paragraphs)]
    found = [*_printed_day_first(found), *_shown(guesses, paragraphs)]
    once = {(one.value, one.basis): one for one in reversed(found) if _is_possible(one.value, today)}
    kept = sorted(once.values(), key=found.index)
    return sorted(kept, key=lambda one: one.only_bounds)


def _printed_day_first(found: list[Proposal]) -> list[Proposal]:
    """Put a printed day before a declared one that is a day off and told in UTC.

    A time in UTC is of the day before or after in the outlet's own zone; the page prints the outlet's.
    """
    days = [one for one in found if one.basis == "byline" and one.value[:4].isdigit()]
    if not days or found[0].basis != "metadata" or any(one.value == found[0].value for one in days):
        return found
    printed = days[0]
    is_a_day_off = _IN_UTC.search(found[0].words) and _days_between(printed, found[0]) == 1
    return [printed, *found] if is_a_day_off else found


def _shown(guesses: Sequence[Proposal], paragraphs: Sequence[Paragraph]) -> Iterator[Proposal]:
    """Take a parser's guess where the page shows that day, and not only in its footer."""
    for one in guesses:
        for paragraph in paragraphs:
            if paragraph.zone not in {"terms", "embed"} and one.value in _days_in(paragraph.text):
                yield Proposal(PUBLISHED, one.value, "printed on the page", paragraph.text[:_SHORT], "byline")
                break
        else:
            if one.words:
                yield Proposal(PUBLISHED, one.value, one.where, one.words, "metadata")


def _days_in(text: str) -> set[str]:
    return {_day_of(match) for pattern in _PRINTED for match in pattern.finditer(text)}


def _days_between(one: Proposal, other: Proposal) -> int:
    try:
        return abs((date.fromisoformat(one.value) - date.fromisoformat(other.value)).days)
    except ValueError:
        return 0


def _declared(declared: Sequence[Proposal], received_at: datetime | None) -> Iterator[Proposal]:
    """Read what metadata declare; the outlet's own day, whatever it is in UTC."""
    for one in declared:
        day = _first_day(one.value)
        if day:
            basis = "render-stamp" if _is_just_made(one.value, received_at) else "metadata"
            yield Proposal(PUBLISHED, day, one.where, one.value, basis)


def _is_just_made(text: str, received_at: datetime | None) -> bool:
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return False
    if received_at is None or moment.tzinfo is None:
        return False
    return timedelta(0) <= received_at - moment <= _JUST_MADE


def _first_day(text: str) -> str:
    """The first whole day in a text as YYYY-MM-DD, or nothing."""
    compact = re.fullmatch(r"\s*(\d{4})(\d\d)(\d\d)(?:T?\d{4,6}Z?)?\s*", text)
    if compact:
        return _day(*compact.groups())
    for pattern in _PRINTED:
        for match in pattern.finditer(text):
            if day := _day_of(match):
                return day
    return ""


def _printed(paragraphs: Sequence[Paragraph]) -> Iterator[Proposal]:
    """Read the short lines above the body. Far above it, sites print the day on which they are read."""
    body = next((index for index, one in enumerate(paragraphs) if one.zone == "body" and len(one.text) > _SHORT), 0)
    window = paragraphs[max(0, body - _BEFORE) : body + _AFTER]
    near = [one for one in window if one.zone not in {"headline", "embed", "related-link", "terms"}]
    for paragraph in near:
        for line in paragraph.text.split("\n"):
            if len(line) > _SHORT:
                continue
            if stamp := _STAMP.search(line):
                yield Proposal(PUBLISHED, _day(*stamp.groups()), "printed on the page", stamp[0], "render-stamp")
            elif day := _first_day(line):
                yield Proposal(PUBLISHED, day, "printed near the headline", line.strip(), "byline")
    for paragraph in near:
        if paragraph.zone != "body" and len(paragraph.text) <= _SHORT and not _first_day(paragraph.text):
            for pattern in _WITHOUT_YEAR:
                # In a leap year there is every day that some year has.
                if (match := pattern.search(paragraph.text)) and (day := _day("2000", _month(match), match["day"])):
                    value = f"XXXX{day[4:]}"
                    yield Proposal(PUBLISHED, value, "printed near the headline", paragraph.text, "byline")
                    break


def _of_address(address: str) -> Iterator[Proposal]:
    """Read the day or month that many sites write into their addresses."""
    path = urlsplit(address).path
    for pattern in _IN_ADDRESS:
        if (match := pattern.search(path)) and (day := _day(*match.groups())):
            yield Proposal(PUBLISHED, day, "address", match[0].strip("/-_"), "address")
            return
    if (match := _MONTH_IN_ADDRESS.search(path)) and _day(match[1], match[2], "1"):
        yield Proposal(PUBLISHED, f"{match[1]}-{int(match[2]):02}", "address", match[0].strip("/"), "address")


def _bounding(paragraphs: Sequence[Paragraph]) -> Iterator[Proposal]:
    """Read what bounds the day: something embedded was there before, a footer's year may be of any day."""
    embedded = sorted(
        (day, one.text) for one in paragraphs if one.zone == "embed" for line in [one.text] if (day := _first_day(line))
    )
    for day, words in embedded[-1:]:
        yield Proposal(PUBLISHED, f"{day}/..", "embedded post", words[-_SHORT:], "cited-item")
    for one in paragraphs:
        if one.zone in {"terms", "boilerplate"} and (match := _COPYRIGHT.search(one.text)):
            yield Proposal(PUBLISHED, match[1], "footer", match[0], "footer")


def _day_of(match: re.Match[str]) -> str:
    parts = match.groupdict()
    return _day(parts["year"], parts.get("number") or _month(match), parts["day"])


def _month(match: re.Match[str]) -> str:
    """The number of a month by its name; 0 for “APRİL” or “Auguſt”, which the patterns take for one, too."""
    return str(_MONTHS.get(match["month"].lower(), 0))


def _day(year: str, month: str, day: str) -> str:
    """YYYY-MM-DD, or nothing where there is no such day."""
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


def _is_possible(value: str, today: date) -> bool:
    """Leave out days before there was a web and days to come; a time zone may be a day ahead."""
    year = value[:4]
    if not value or year.isdigit() and int(year) < _FIRST_YEAR:
        return False
    return value.startswith("XXXX") or value[:10] <= (today + timedelta(days=1)).isoformat()
