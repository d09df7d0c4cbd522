"""The address behind a bar: the list that the bars were drawn for, narrowed to the articles of that bar.

Everything else that the list was asked is kept. Mostly a bar's days become the list's own, so that its form shows them.
Where the list was asked for days of another kind (of saving, or any that an article may be of), those would be lost,
and with them the articles that were counted: there the bar's days are asked beside them, as “counted”.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict

from archive.filters.articles import EARLIEST, SAVED
from archive.filters.dates import UNDATED, stretch
from archive.text.dates import FIRST_YEAR, LAST_YEAR, PartialDate, edtf

# Those that can be asked for; a bar of a hundred years may go beyond.
EARLIEST_DAY, LATEST_DAY = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)


@dataclass(frozen=True, slots=True)
class Question:
    """What the list of the bars was asked, and how to ask it for the articles of one bar.

    is_beside: days of another kind are asked for; they stay, and the bar's are asked beside them. Otherwise
    the bar's take their place. replaced: the days whose place a bar's take. shown: those that the axis covers.
    """

    path: str
    query: QueryDict
    is_beside: bool = False
    replaced: tuple[date | None, date | None] = (None, None)
    shown: tuple[date | None, date | None] = (None, None)

    @classmethod
    def of(cls, path: str, query: QueryDict, asked: dict[str, Any]) -> Question:
        """asked: what ArticleFilter understood of the query."""
        days, counted = stretch(asked), asked["counted"]
        # A text that counts once stands under its earliest article; asked for by days, its others would stand, too.
        is_beside = asked["once"] or counted is not None or days is not None and asked["date"] != EARLIEST
        within = (counted.earliest, counted.latest) if counted else (None, None)
        published = days if days and asked["date"] != SAVED else (None, None)
        return cls(
            path,
            query,
            is_beside,
            replaced=within if is_beside else published,
            shown=within if counted else published,
        )

    def days_of(self, first: date, last: date) -> tuple[date, date]:
        """What a bar's link asks for: its days, as far as they are among those whose place they take."""
        start, end = self.replaced
        return max(first, start or first, EARLIEST_DAY), min(last, end or last, LATEST_DAY)

    def address(self, first: date, last: date, unit: str) -> str:
        """Of the list of articles that are counted from the first to the last of these days."""
        start, end = self.days_of(first, last)
        is_whole = (start, end) == (first, last)
        if self.is_beside:
            return self._asking({"counted": edtf(PartialDate(start, end, unit if is_whole else "range", ""))})
        # A bar that was cut is written to the day; "2024" from its first day on, and to its last.
        ends = [edtf(PartialDate(day, day, "day", "")) for day in (start, end)]
        if is_whole:
            ends = [f"{first.year}", f"{last.year}"] if unit != "month" else [f"{first:%Y-%m}"] * 2
        return self._asking({"from": ends[0], "to": ends[1], "date": EARLIEST})

    def address_of_undated(self) -> str:
        return self._asking({"counted": UNDATED} if self.is_beside else {"date": UNDATED})

    def _asking(self, days: Mapping[str, str]) -> str:
        query = self.query.copy()
        # Another question has other pages.
        for name in ["page"] if self.is_beside else ["page", "from", "to", "date"]:
            query.pop(name, None)
        for name, value in days.items():
            query[name] = value
        return f"{self.path}?{query.urlencode()}"
