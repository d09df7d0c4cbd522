"""Numbers that a text gives, in digits or words, so that an editor sees which are not coded yet.

Dates, years, times, durations, ages, distances, labels, addresses and names with digits are no such numbers. A
four-digit number from 1900 to 2100 without a comma counts as a year, even where it counts people.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from archive.text import counting_words, spans
from archive.text.spans import Span

_MOST_DIGITS = 15
_MOST_PARTS = 8

_APOSTROPHES = re.compile("[’ʼ‘]")
# A group of three after a point or comma belongs to the number; another count of digits is a decimal part.
_DIGITS = r"\d{1,3}(?:[ \u00a0\u202f,.]\d{3})+(?![\d])|\d+(?:[.,]\d+)?"
_TOKEN = re.compile(rf"(?P<digits>{_DIGITS})|(?P<word>[^\W\d_]+(?:['’ʼ‘][^\W\d_]+)*)")
_BETWEEN_PARTS = re.compile(r"[ \u00a0\u202f]|[-‑]")
_AND = re.compile(r" and ")
_OF = re.compile(r" of ")
_RANGE = re.compile(r"\s?[-–—]\s?")

_EN_MONTHS = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_MONTHS = (
    rf"(?:{_EN_MONTHS}|(?i:январ|феврал|март|апрел|ма[йяе]\b|июн|июл|август|сентябр|октябр|ноябр|декабр"
    r"|січ(?:ень|ня|ні)|лют(?:ий|ого|ому)|берез(?:ень|ня|ні)|квіт(?:ень|ня|ні)|трав(?:ень|ня|ні)|черв(?:ень|ня|ні)"
    r"|лип(?:ень|ня|ні)|серп(?:ень|ня|ні)|верес(?:ень|ня|ні)|жовт(?:ень|ня|ні)|листопад|груд(?:ень|ня|ні))\w*)"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th|-?го|-?е)?(?![\d]|[.,]\d)"
# Where digits say something else than how many.
_NO_NUMBERS = re.compile(
    "|".join(
        (
            r"\b(?:https?://|www\.)\S+",
            r"\b[a-z]\w*(?:\.[a-z]{2,}){1,8}/\S+",
            r"[@#]\w+",
            r"\b[\w.+-]{1,64}@[\w.-]+",
            r"\+\d[\d ().-]{7,18}\d",
            r"\b\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:T[\d:+.Z-]+)?",
            r"\b\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})\b",
            r"\b\d{1,2}[:.]\d{2}(?::\d{2})?(?=\s*(?:[ap]\.?\s?m\b|UTC|GMT|час|год\b))",
            r"\b\d{1,2}:\d{2}(?::\d{2})?\b",
            rf"\b{_DAY}(?:\s?(?:[-–—]|and|и|та|і)\s?{_DAY})?\s+(?:of\s+)?{_MONTHS}(?:,?\s+\d{{4}})?",
            rf"\b{_MONTHS}\s+{_DAY}(?:\s?(?:[-–—]|and)\s?{_DAY})?(?:,?\s+\d{{4}}\b)?",
            r"\b(?:19|20)\d{2}(?:\s?[-–—/]\s?(?:(?:19|20)\d{2}|\d{2}))?\b(?![,.]\d)(?!\s(?:thousand|тыс|тис))",
            r"\[\d{1,3}\]",
            r"(?m:^[ \t]*\(?\d{1,3}[.)](?=\s))",
            r"(?i:\b(?:aged|age of|ages|no\.|article|articles|art\.|section|chapter|paragraph|page|clause|item|part"
            r"|unit|channel|room|flat|decree|order|resolution|ст\.|стать[яиею]+|статт[яіею]+|част[ьи]|пункт\w*|п\."
            r"|частин[аиі]|глав[аы]|указ\w*|наказ\w*|приказ\w*|закон\w*|в/ч|канал\w*)\s*(?:№\s*)?\d+(?:[-–.]\d+)*)",
            r"[№#]\s*\d+(?:[-–/.]\d+)*",
            # An age between commas, after a name.
            r"(?<=\w, )[1-9]\d(?=, )",
        )
    )
)
# What is counted after a number is time, age, distance or weight, and nobody's number.
_UNIT_AFTER = re.compile(
    r"(?:[\s\u00a0]|[-‑])?(?:(?:more|full|long|last|past|next)\s)?(?i:"
    r"years?|yrs?|months?|weeks?|days?|nights?|hours?|minutes?|mins?|seconds?|decades?|centur(?:y|ies)|o['’]clock"
    r"|[ap]\.?m|(?:kilo|centi|milli)?met(?:re|er)s?|km|cm|mm|kg|kilos?|kilograms?|miles?|feet|degrees?|times"
    r"|лет|год(?:а|у|ом|ов|ами)?|месяц\w*|недел\w*|дн(?:я|ей|ям|ями|ях|і|ів)|день|сут(?:ки|ок|кам)|час(?:а|ов|ам|ами)?"
    r"|минут\w*|секунд\w*|км|кг|метр\w*|километр\w*|раза?|рок(?:и|ів|у|ам|ами)|рік|місяц\w*|тиж\w*|доб[аиу]?|годин\w*"
    r"|хвилин\w*|кілометр\w*|разів|рази)\b"
)
_COMPOUND_AFTER = re.compile(r"[-‑][^\W\d_]|[^\W_]")
_COMPOUND_BEFORE = re.compile(r"[^\W\d_][-‑–]?$|[\d][.,]$")
_ORDINALS_AND_FRACTIONS = re.compile(r"[-‑ ](?:thirds?|quarters?|fifths?|half|halves)\b")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as it stands in a text: [start, end) in code points.

    values: one whole number, or both ends of a range; none for words without a number ("thousands") and for fractions.
    """

    start: int
    end: int
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """One word or one run of digits: its value, or by how much it multiplies what stands before it, or only a size."""

    start: int
    end: int
    value: Decimal | None = None
    times: int = 0
    is_vague: bool = False
    is_word: bool = True


def numerals(text: str) -> list[Numeral]:
    """Find the numbers of a text, in order."""
    closed = spans.union(match.span() for match in _NO_NUMBERS.finditer(text))
    return _ranges(text, [group for group in _groups(text, closed) if _counts(text, group)])


def _groups(text: str, closed: list[Span]) -> Iterator[list[_Part]]:
    """Parts that make one number together: "two", "hundred", "and", "fifty"."""
    group: list[_Part] = []
    at = 0
    for match in _TOKEN.finditer(text):
        while at < len(closed) and closed[at][1] <= match.start():
            at += 1
        is_closed = at < len(closed) and spans.overlaps(closed[at], match.span())
        part = None if is_closed else _part(match)
        if part is None:
            continue
        if group and not _joins(text, group, part):
            yield group
            group = []
        group.append(part)
    if group:
        yield group


def _part(match: re.Match[str]) -> _Part | None:
    start, end = match.span()
    if digits := match["digits"]:
        # Longer runs of digits count nobody, and would be slow to work out.
        return _Part(start, end, value=_read_digits(digits), is_word=False) if len(digits) <= _MOST_DIGITS else None
    word = _APOSTROPHES.sub("'", match["word"].casefold()).replace("ё", "е")
    if word in counting_words.VALUES:
        return _Part(start, end, value=Decimal(counting_words.VALUES[word]))
    if word in counting_words.MULTIPLIERS or word in counting_words.VAGUE or word == "tens":
        is_vague = word in counting_words.VAGUE or word == "tens"
        return _Part(start, end, times=counting_words.MULTIPLIERS.get(word, 0), is_vague=is_vague)
    return None


def _read_digits(written: str) -> Decimal:
    plain = re.sub(r"[ \u00a0\u202f]", "", written)
    groups = re.split("[.,]", plain)
    joined = Decimal("".join(groups))
    is_decimal = len(groups) == 2 and len(groups[-1]) != 3
    return Decimal(".".join(groups)) if is_decimal else joined


def _joins(text: str, group: list[_Part], part: _Part) -> bool:
    """Tell whether a part goes on with the number before it."""
    last, between = group[-1], text[group[-1].end : part.start]
    if not part.is_word or len(group) >= _MOST_PARTS:
        return False
    if _OF.fullmatch(between):
        return last.is_vague and part.is_vague
    if _AND.fullmatch(between):
        return last.times >= 100 and part.value is not None and not last.is_vague
    if not _BETWEEN_PARTS.fullmatch(between):
        return False
    if part.value is None:
        return part.times > 0 or last.is_vague
    if last.value is None:
        return last.times > 0 and not (last.is_vague and len(group) == 1)
    # Twenty five is one number, five twenty two.
    return last.is_word and last.value > 0 and last.value % 10 ** len(str(part.value)) == 0


def _counts(text: str, group: list[_Part]) -> bool:
    """Tell a number of people or things from a part of a name, an age, a stretch of time and the like."""
    start, end = group[0].start, group[-1].end
    before, after = text[max(0, start - 2) : start], text[end : end + 24]
    if _COMPOUND_BEFORE.search(before) or any(
        pattern.match(after) for pattern in (_COMPOUND_AFTER, _UNIT_AFTER, _ORDINALS_AND_FRACTIONS)
    ):
        return False
    only = group[0] if len(group) == 1 else None
    # "One" is a pronoun more often than a number; "tens" is a number only in "tens of thousands".
    return only is None or not (only.is_word and only.value == 1 or only.is_vague and text[start:end].lower() == "tens")


def _is_vague(group: list[_Part]) -> bool:
    return group[0].is_vague and all(part.value is None for part in group)


def _sum(group: list[_Part], *, first: Decimal) -> Decimal:
    """Work out a number whose first part is, or is taken to be, `first`."""
    total, current = Decimal(0), Decimal(0)
    for place, part in enumerate(group):
        if part.value is not None:
            current += first if place == 0 else part.value
        elif part.times == 100:
            current = max(current, Decimal(1)) * part.times
        elif part.times:
            total, current = total + max(current, Decimal(1)) * part.times, Decimal(0)
    return total + current


def _value(group: list[_Part]) -> Decimal:
    return _sum(group, first=group[0].value or Decimal(0))


def _ranges(text: str, groups: list[list[_Part]]) -> list[Numeral]:
    """Write groups as numbers, two with a dash between them as one: "30–40 thousand" is 30,000 to 40,000."""
    found: list[Numeral] = []
    at = 0
    while at < len(groups):
        group, following = groups[at], groups[at + 1] if at + 1 < len(groups) else None
        start, end = group[0].start, group[-1].end
        values = [] if _is_vague(group) else [_value(group)]
        at += 1
        if following and values and not _is_vague(following) and _RANGE.fullmatch(text, end, following[0].start):
            is_scaled = len(group) == 1 and len(following) > 1 and following[0].value is not None
            low = _sum(following, first=values[0]) if is_scaled else values[0]
            values, end, at = [low, _value(following)], following[-1].end, at + 1
        whole = {int(value) for value in values if value == value.to_integral_value()}
        found.append(Numeral(start, end, tuple(sorted(whole))))
    return found
