"""What is new in saved searches, as far as it can be counted while a reader waits."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass

from archive.filters import saved
from archive.models import Person, SavedSearch
from archive.search.engine import SearchTooSlow

# For one search, and for all on a page, in seconds.
ONE, ALL = 1.0, 3.0


@dataclass(frozen=True, slots=True)
class Line:
    """new: how many came since its owner last looked; None where that was not counted. problems: why it cannot be."""

    search: SavedSearch
    new: int | None = None
    problems: tuple[str, ...] = ()


def lines(searches: Iterable[SavedSearch], person: Person) -> list[Line]:
    """A line for each search, in its order; what was not counted within its time says so."""
    end = time.monotonic() + ALL
    return [_line(search, person, min(ONE, end - time.monotonic())) for search in searches]


def _line(search: SavedSearch, person: Person, seconds: float) -> Line:
    if seconds <= 0:
        return Line(search)
    try:
        return Line(search, saved.count(search, person, seconds=seconds))
    except saved.NotAskable as error:
        return Line(search, problems=error.problems)
    except SearchTooSlow:
        return Line(search)
