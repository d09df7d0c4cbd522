"""Months as numbers, and runs of them: twelve times the year, and the months of it before."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from archive.text.dates import PartialDate, written


def number_of(year: int, month: int) -> int:
    return year * 12 + month - 1


def month_of(day: date) -> int:
    return number_of(day.year, day.month)


def first_day(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def last_day(month: int) -> date:
    return first_day(month + 1) - timedelta(days=1)


def runs(months: Iterable[int]) -> list[tuple[int, int]]:
    """First and last month of each run of months that has no gap, in order; months in any order, each once or more."""
    found: list[tuple[int, int]] = []
    for month in sorted(set(months)):
        if found and month == found[-1][1] + 1:
            found[-1] = (found[-1][0], month)
        else:
            found.append((month, month))
    return found


def said(first: int, last: int) -> str:
    """A run in words: "June 2024", "2024", "January to March 2024", "May 2023 to March 2024"."""
    start, end = first_day(first), last_day(last)
    if first == last or (first % 12, last % 12) == (0, 11):
        return written(PartialDate(start, end, "range", ""))
    name = written(PartialDate(start, last_day(first), "range", ""))
    return f"{name.split()[0] if start.year == end.year else name} to {written(PartialDate(end, end, 'month', ''))}"


def told(days: Iterable[date]) -> list[str]:
    """The months of these days, run by run, in words."""
    return [said(*run) for run in runs(map(month_of, days))]


def code(first: int, last: int) -> str:
    """A run as history keeps it: "2024-06", "2024-01/2024-03"."""
    start, end = f"{first_day(first):%Y-%m}", f"{first_day(last):%Y-%m}"
    return start if first == last else f"{start}/{end}"
