"""Dates as far as they are known: a day, a season, a range, a day without a year.

News pages say "last month", print a day without its year, or carry nothing but the stamp of the
moment at which they were rendered. A date here is the earliest and the latest day that it may be, with the words it
came from. Where no year is printed there is no earliest and no latest, and nothing is filled in.
Source: EDTF (ISO 8601-2:2019), the forms that the archive uses.
"""

import calendar
import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from archive.text import normalise

FIRST_YEAR = 1000
LAST_YEAR = 2100

PRECISIONS = (
    "day",
    "month",
    "season",
    "year",
    "range",
    "open-start",
    "open-end",
    "approximate-day",
    "no-year",
    "unknown",
)

LEGAL_FORMS = (
    "2024-07-02, 2024-07, 2024, 2024-07-02~ (about), 2022-23 (autumn; 21 spring, 22 summer, 24 winter), "
    "2014/2021 (range), 2024-06-27/.. (not before), ../2024-06-27 (not after), "
    "XXXX-06-27 or XXXX-06 (no year printed)"
)

# Months in which the seasons of EDTF begin, as the northern hemisphere counts them.
_SEASON_STARTS = {21: 3, 22: 6, 23: 9, 24: 12}
_SEASON_NUMBERS = {month: number for number, month in _SEASON_STARTS.items()}
_SEASON_NAMES = {3: "spring", 6: "summer", 9: "autumn", 12: "winter"}
_MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_MONTH_OR_SEASON = re.compile(r"([0-9]{4})-([0-9]{2})")
_YEAR = re.compile(r"[0-9]{4}")
_NO_YEAR = re.compile(r"XXXX-([0-9]{2})(?:-([0-9]{2}))?")
_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?"
)


class NotADate(ValueError):
    """A text is no date in any form that the archive takes."""

    def __init__(self, text: str, reason: str) -> None:
        self.text = text
        super().__init__(f"“{normalise.single_line(text[:60])}” is not a date: {reason}. Write one of: {LEGAL_FORMS}.")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as far as it is known.

    earliest, latest: the first and last day that it may be; None where open or not known.
    precision: a term of PRECISIONS. words: as printed, or the EDTF form it was read from.
    """

    earliest: date | None
    latest: date | None
    precision: str
    words: str


UNKNOWN = PartialDate(None, None, "unknown", "")


def parse_edtf(text: str) -> PartialDate:
    """Read a date in EDTF, or an instant, which counts as its day in UTC.

    Seasons are the northern ones, by whole months; winter ends in the next year. "About" a day
    keeps that day as earliest and latest. An instant without an offset counts as UTC.

    Raises NotADate, naming the input and the legal forms; years are 1000 to 2100.
    """
    words = text.strip()
    if "/" in words:
        return _parsed_range(words)
    if _NO_YEAR.fullmatch(words):
        return _parsed_without_year(words)
    if _INSTANT.fullmatch(words):
        day = _day_of_instant(words)
        return PartialDate(day, day, "day", words)
    if words.endswith("~"):
        day, _, precision = _parsed_single(words[:-1], words)
        if precision != "day":
            raise NotADate(words, "only a whole day can be “about”")
        return PartialDate(day, day, "approximate-day", words)
    return PartialDate(*_parsed_single(words, words), words)


def overlaps(a_from: date | None, a_to: date | None, b_from: date | None, b_to: date | None) -> bool:
    """Tell whether two periods have a day in common; None is an open end, and both ends belong to a period."""
    starts_in_time = a_from is None or b_to is None or a_from <= b_to
    ends_in_time = b_from is None or a_to is None or b_from <= a_to
    return starts_in_time and ends_in_time


def written(when: PartialDate) -> str:
    """Write a date for a reader, as in "between 2 July and 15 September 2024".

    Never fails: where the days that a precision needs are missing, the words stand, or "date not known".
    """
    first, last = when.earliest, when.latest
    if when.precision == "no-year":
        return f"{_words_without_year(when.words)}, year not printed"
    if when.precision == "open-end" and first is not None:
        return f"not before {_day_written(first)}"
    if when.precision == "open-start" and last is not None:
        return f"not after {_day_written(last)}"
    if first is None or last is None or when.precision not in _WRITERS:
        return when.words or "date not known"
    return _WRITERS[when.precision](first, last)


def edtf(when: PartialDate) -> str:
    """Write a date in the form that `parse_edtf` reads back to the same days; empty where nothing is known of it."""
    first, last = when.earliest, when.latest
    if when.precision == "no-year":
        return when.words if _NO_YEAR.fullmatch(when.words) else ""
    if first is None and last is None:
        return ""
    if first is None or last is None:
        return f"{first or '..'}/{last or '..'}"
    single = {
        "day": f"{first}",
        "approximate-day": f"{first}~",
        "month": f"{first:%Y-%m}",
        "season": f"{first:%Y}-{_SEASON_NUMBERS.get(first.month)}",
        "year": f"{first:%Y}",
    }.get(when.precision, "")
    # What is no whole day, month, season or year after all is written as the days that it lies between.
    is_whole = single and _same_days(single, first, last)
    return single if is_whole else f"{first}/{last}"


def _same_days(text: str, first: date, last: date) -> bool:
    try:
        found = parse_edtf(text)
    except NotADate:
        return False
    return (found.earliest, found.latest) == (first, last)


def _parsed_single(part: str, words: str) -> tuple[date, date, str]:
    """Read a day, month, season or year. `words` is the whole input, for the message."""
    if match := _DAY.fullmatch(part):
        day = _checked_day(int(match[1]), int(match[2]), int(match[3]), words)
        return day, day, "day"
    if match := _MONTH_OR_SEASON.fullmatch(part):
        year, number = int(match[1]), int(match[2])
        start = _SEASON_STARTS.get(number, number)
        first = _checked_day(year, start, 1, words)
        months, precision = (3, "season") if number in _SEASON_STARTS else (1, "month")
        return first, _last_day(year, start + months - 1), precision
    if _YEAR.fullmatch(part):
        first = _checked_day(int(part), 1, 1, words)
        return first, _last_day(int(part), 12), "year"
    raise NotADate(words, "it has none of the known forms")


def _parsed_range(words: str) -> PartialDate:
    """Read two dates with a slash between; either may be “..”, but not both."""
    start, _, end = words.partition("/")
    if start == ".." and end == "..":
        raise NotADate(words, "both ends are open")
    if start == "..":
        return PartialDate(None, _parsed_single(end, words)[1], "open-start", words)
    if end == "..":
        return PartialDate(_parsed_single(start, words)[0], None, "open-end", words)
    earliest, latest = _parsed_single(start, words)[0], _parsed_single(end, words)[1]
    if latest < earliest:
        raise NotADate(words, "its end is before its start")
    return PartialDate(earliest, latest, "range", words)


def _parsed_without_year(words: str) -> PartialDate:
    """Read a month or a day of it, without a year."""
    _, month, *day = words.split("-")
    # 2000 was a leap year: 29 February may be printed without its year, too.
    _checked_day(2000, int(month), int(day[0]) if day else 1, words)
    return PartialDate(None, None, "no-year", words)


def _day_of_instant(words: str) -> date:
    """Give the day in UTC of an instant."""
    try:
        instant = datetime.datetime.fromisoformat(words)
        day = (instant.astimezone(datetime.UTC) if instant.tzinfo else instant).date()
    except (ValueError, OverflowError):
        raise NotADate(words, "there is no such moment") from None
    return _checked_day(day.year, day.month, day.day, words)


def _checked_day(year: int, month: int, day: int, words: str) -> date:
    """Give a day of the calendar within the years that the archive takes."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NotADate(words, f"the year is not between {FIRST_YEAR} and {LAST_YEAR}")
    try:
        return date(year, month, day)
    except ValueError:
        raise NotADate(words, "there is no such day in the calendar") from None


def _last_day(year: int, month: int) -> date:
    """Give the last day of a month; months after 12 are those of the next year."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, calendar.monthrange(year, month)[1])


def _words_without_year(words: str) -> str:
    """Write "XXXX-06-27" as "27 June"; words as printed stay as they are."""
    match = _NO_YEAR.fullmatch(words)
    if match is None or not 1 <= int(match[1]) <= 12:
        return words or "date"
    name = _MONTH_NAMES[int(match[1]) - 1]
    return f"{int(match[2])} {name}" if match[2] else name


def _day_written(day: date, *, with_year: bool = True) -> str:
    """Write a day, as in "8 December 2022"."""
    words = f"{day.day} {_MONTH_NAMES[day.month - 1]}"
    return f"{words} {day.year}" if with_year else words


def _month_written(day: date, *, with_year: bool = True) -> str:
    """Write the month of a day, as in "June 2024"."""
    return _day_written(day, with_year=with_year).partition(" ")[2]


def _season_written(first: date, last: date) -> str:
    """Write a season, as in "autumn 2022"; a winter has two years."""
    name = _SEASON_NAMES.get(first.month)
    if name is None:
        return _range_written(first, last)
    return f"winter {first.year}–{(first.year + 1) % 100:02}" if name == "winter" else f"{name} {first.year}"


def _range_written(first: date, last: date) -> str:
    """Write a range in the widest unit that both its ends fill."""
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
    fills_months = first.day == 1 and last == _last_day(last.year, last.month)
    write = _month_written if fills_months else _day_written
    if write(first) == write(last):
        return write(first)
    return f"between {write(first, with_year=first.year != last.year)} and {write(last)}"


_WRITERS: dict[str, Callable[[date, date], str]] = {
    "day": lambda first, _: _day_written(first),
    "approximate-day": lambda first, _: f"about {_day_written(first)}",
    "month": lambda first, _: _month_written(first),
    "season": _season_written,
    "year": lambda first, _: str(first.year),
    "range": _range_written,
}
