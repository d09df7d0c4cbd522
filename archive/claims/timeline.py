"""When the articles that carry a claim were published: bars by month or by year, each a link to what it counts.

Each article counts once, by the first day that it may be of, so the bars add up to the articles; what has no date is a
bar of its own behind a gap. Across, coordinates are per cent of the drawing; down, they are pixels.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict
from django.urls import reverse

from archive.records import watching
from archive.records.parts import CarrierRef
from archive.records.watching import Noted, Watching
from archive.text.dates import PartialDate, written

FEWEST = 2
# Longer than this, a bar is a year.
MOST_MONTHS = 60
HEIGHT, TOP, BASE = 92, 16, 74
# Of the width of a bar's place, and per cent of the drawing at most; what the dated bars take where one stands beside.
FILLED, WIDEST, BESIDE = 0.8, 4.0, 86.0


@dataclass(frozen=True, slots=True)
class Bar:
    """when: in words; empty for what has no date. at, place: where its place begins and how wide that is."""

    when: str
    count: int
    address: str
    at: float
    place: float
    height: float

    @property
    def x(self) -> float:
        return round(self.at + (self.place - self.width) / 2, 3)

    @property
    def width(self) -> float:
        return round(min(self.place * FILLED, WIDEST), 3)

    @property
    def y(self) -> float:
        return round(BASE - self.height, 1)


@dataclass(frozen=True, slots=True)
class Timeline:
    """bars: with an article at least, in order, the undated last. first, last: the ends of the axis in words.

    watching: in which of its months outlets were watched.
    """

    bars: tuple[Bar, ...]
    first: str
    last: str
    is_by_year: bool
    most: int
    total: int
    end: float
    watching: Watching
    height: int = HEIGHT
    top: int = TOP
    base: int = BASE

    @property
    def plot(self) -> int:
        """Pixels from the highest bar's top down to the axis."""
        return self.base - self.top


def draw(carriers: Sequence[CarrierRef], claim: str, noted: Noted) -> Timeline | None:
    """carriers: articles, each once. claim: its public id. None for one article or none, or where none has a date.

    noted: when outlets were watched, all that are public.
    """
    days = [day for one in carriers if (day := one.when.earliest or one.when.latest)]
    if len(carriers) < FEWEST or not days:
        return None
    undated = len(carriers) - len(days)
    months = [day.year * 12 + day.month - 1 for day in days]
    step = 12 if max(months) - min(months) >= MOST_MONTHS else 1
    first, last = min(months) // step, max(months) // step
    found = Counter(month // step for month in months)
    counted = [found[number] for number in range(first, last + 1)]
    end = BESIDE if undated else 100.0
    place, most = end / len(counted), max(*counted, undated)
    bars = [
        Bar(words(first + n, step), count, address(claim, first + n, step), n * place, place, tall(count, most))
        for n, count in enumerate(counted)
        if count
    ]
    if undated:
        width = min(place, 100 - BESIDE - 2)
        bars.append(Bar("", undated, f"{_list(claim)}&date=undated", 100 - width, width, tall(undated, most)))
    looked = watching.over(first * step, (last + 1) * step - 1, end, noted, is_by_month=step == 1)
    return Timeline(tuple(bars), words(first, step), words(last, step), step > 1, most, len(carriers), end, looked)


def tall(count: int, most: int) -> float:
    """Pixels; one article is seen beside thousands."""
    return round(max(2, count / most * (BASE - TOP)), 1)


def words(number: int, step: int) -> str:
    if step > 1:
        return str(number)
    first = date(number // 12, number % 12 + 1, 1)
    return written(PartialDate(first, first, "month", ""))


def address(claim: str, number: int, step: int) -> str:
    """The list of the articles that a bar counts."""
    stretch = f"{number:04}" if step > 1 else f"{number // 12:04}-{number % 12 + 1:02}"
    return f"{_list(claim)}&from={stretch}&to={stretch}&date=earliest"


def _list(claim: str) -> str:
    asked = QueryDict(mutable=True)
    asked.update({"claim": claim, "act": "asserts"})
    return f"{reverse('browse:article-list')}?{asked.urlencode()}"
