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
    """Months in words, and how many outlets were watched in each."""

    when: str
    outlets: int


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


def over(first: int, last: int, width: float, watched: Mapping[date, int]) -> Watching:
    """What is noted of the months of an axis, first to last. width: of the axis, per cent of the drawing."""
    until = min(last, month_runs.month_of(timezone.localdate()))
    outlets = {month: watched.get(month_runs.first_day(month), 0) for month in range(first, until + 1)}
    one = width / (last + 1 - first)
    gaps, stretches = [], []
    for number, group in itertools.groupby(outlets, key=outlets.__getitem__):
        months = list(group)
        when = month_runs.said(months[0], months[-1])
        stretches.append(Stretch(when, number))
        if not number:
            gaps.append(Gap(round((months[0] - first) * one, 3), round(len(months) * one, 3), when))
    return Watching(outlets, tuple(gaps), tuple(stretches))
