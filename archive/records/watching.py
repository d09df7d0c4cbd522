"""Which months of a chart outlets were watched in, so that silence is not read as absence: plain geometry."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from archive.text import month_runs


@dataclass(frozen=True, slots=True)
class Gap:
    """Months in which nobody was watched. at, width: per cent of the drawing. when: in words."""

    at: float
    width: float
    when: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """Months in words, and how many outlets were watched in each. address: of the list of those of the first month.

    linked: that month in words, where there are others, in which as many were watched and not always the same.
    """

    when: str
    outlets: int
    address: str = ""
    linked: str = ""


@dataclass(frozen=True, slots=True)
class Watching:
    """outlets: by the number of each month of the axis that has begun. stretches: of one number each, in order."""

    outlets: Mapping[int, int]
    gaps: tuple[Gap, ...]
    stretches: tuple[Stretch, ...]

    @property
    def is_none(self) -> bool:
        """Whether nothing is noted for any month."""
        return not any(self.outlets.values())

    def during(self, first: int, last: int) -> tuple[int, int] | None:
        """The least and the most outlets that were watched in one of these months; None of months to come."""
        found = [self.outlets[month] for month in range(first, last + 1) if month in self.outlets]
        return (min(found), max(found)) if found else None


@dataclass(frozen=True, slots=True)
class Noted:
    """How many outlets were watched, by the first day of a month. address: of the list of all that may be; or empty."""

    outlets: Mapping[date, int]
    address: str = ""

    def of_month(self, month: int) -> str:
        """Of the list of those that were watched then."""
        asked = f"watched={month_runs.code(month, month)}"
        return self.address and f"{self.address}{'&' if '?' in self.address else '?'}{asked}"


def over(first: int, last: int, width: float, noted: Noted, *, is_by_month: bool) -> Watching:
    """What is noted of the months of an axis, first to last. width: of the axis, per cent of the drawing.

    is_by_month: whether each month with watching stands by itself.
    """
    until = min(last, month_runs.month_of(timezone.localdate()))
    outlets = {month: noted.outlets.get(month_runs.first_day(month), 0) for month in range(first, until + 1)}
    one = width / (last + 1 - first)
    gaps, stretches = [], []
    for (number, _apart), group in itertools.groupby(
        outlets, key=lambda month: (outlets[month], month if is_by_month and outlets[month] else 0)
    ):
        months = list(group)
        when = month_runs.said(months[0], months[-1])
        address = noted.of_month(months[0]) if number else ""
        linked = month_runs.said(months[0], months[0]) if address and len(months) > 1 else ""
        stretches.append(Stretch(when, number, address, linked))
        if not number:
            gaps.append(Gap(round((months[0] - first) * one, 3), round(len(months) * one, 3), when))
    return Watching(outlets, tuple(gaps), tuple(stretches))
