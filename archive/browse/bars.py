"""Articles by month drawn as bars, each a link to the very articles that it counts: plain geometry, from counts.

Each article is counted once, so the bars of a list add up to the list. Where the months are many, a bar is a year, or
ten, or a hundred, and leads to that stretch alone, which is drawn finer. What has no date stands beside, behind a gap.
Across, coordinates are per cent of the drawing, which is as wide as its page; down, they are pixels.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.db import connection
from django.http import HttpRequest
from django.urls import reverse

from archive.browse.bar_links import Question
from archive.browse.charts import FEWEST
from archive.browse.scales import Tick
from archive.filters.articles import ArticleFilter
from archive.filters.listing import Listing
from archive.models.months import MonthCounts
from archive.records import watching
from archive.records.watching import Noted, Watching
from archive.search import engine
from archive.text.dates import PartialDate, written
from archive.text.month_runs import first_day, last_day, month_of, number_of

HEIGHT, TOP, BASE = 92, 16, 74
# A single article is seen beside thousands.
LEAST = 2
MOST_BARS = 60
MOST_LABELS = 7
# Behind this much of the axis there is no room for a label.
LAST_LABEL = 0.9
# Months of a bar, with the precision of the stretch that it stands for.
STEPS = {1: "month", 12: "year", 120: "range", 1200: "range"}
# What the bars of dated articles take of the width where a bar of undated ones stands beside.
BESIDE = 86.0
# What a bar takes of its place, up to so many per cent of the drawing.
FILLED, WIDEST = 0.8, 4.0
# Pixels, and places between the bars of dated and of undated articles.
SPARK_HEIGHT, SPARK_GAP = 24, 2


@dataclass(frozen=True, slots=True)
class Bar:
    """when: the stretch in words; empty for undated articles. x, width, place: per cent; y, height: pixels.

    at, place: where the bar's place begins and how wide it is, all of which can be pointed at. watched: how many
    outlets were watched then, least and most where that changed; None for undated articles.
    """

    when: str
    count: int
    address: str
    at: float
    place: float
    y: float
    height: float
    watched: tuple[int, int] | None = None

    @property
    def x(self) -> float:
        return round(self.at + (self.place - self.width) / 2, 3)

    @property
    def width(self) -> float:
        return round(min(self.place * FILLED, WIDEST), 3)


@dataclass(frozen=True, slots=True)
class Bars:
    """A drawing. bars: with an article at least, in order; undated: beside them, or None. most: of one bar.

    unit: "month", "year" or "range". start, end: the part of the axis that the list was asked for, per cent.
    watching: which of its months outlets were watched in.
    """

    bars: tuple[Bar, ...]
    undated: Bar | None
    labels: tuple[Tick, ...]
    unit: str
    most: int
    total: int
    start: float
    end: float
    watching: Watching
    height: int = HEIGHT
    top: int = TOP
    base: int = BASE

    @property
    def plot(self) -> int:
        """Pixels from the highest bar's top down to the axis."""
        return self.base - self.top

    @property
    def all(self) -> tuple[Bar, ...]:
        return (*self.bars, self.undated) if self.undated else self.bars


@dataclass(frozen=True, slots=True)
class Axis:
    """Months as numbers (twelve times the year, and the months of it before), both ends counted in.

    step: months of a bar. The axis holds whole bars and whole years.
    """

    first: int
    last: int
    step: int

    @classmethod
    def over(cls, months: Iterable[int], shown: tuple[date | None, date | None] = (None, None)) -> Axis:
        """Over these months, at least one, and over the days shown as far as the bars grow no coarser for it."""
        found = list(months)
        first, last = min(found), max(found)
        step = next((step for step in STEPS if last // step - first // step < MOST_BARS), max(STEPS))
        start, end = shown
        if start and last // step - month_of(start) // step < MOST_BARS:
            first = min(first, month_of(start))
        if end and month_of(end) // step - first // step < MOST_BARS:
            last = max(last, month_of(end))
        whole = max(step, 12)
        return cls(first // whole * whole, (last // whole + 1) * whole - 1, step)

    @property
    def places(self) -> int:
        return (self.last + 1 - self.first) // self.step

    def place(self, month: int) -> int:
        return (month - self.first) // self.step

    def part(self, month: int) -> float:
        """How much of the axis lies before a month; none or all of it where the month lies outside."""
        return min(max((month - self.first) / (self.last + 1 - self.first), 0.0), 1.0)

    def labels(self, width: float) -> tuple[Tick, ...]:
        """Where a year begins; every second, fifth… where years are many, and the quarters of a single one."""
        is_one_year = self.places * self.step == 12
        found = range(self.first, self.last + 1, 3 if is_one_year else max(self.step, 12))
        every = -(-len(found) // MOST_LABELS)
        ticks = [Tick(round(self.part(one) * width, 3), label(one)) for one in found[::every]]
        return tuple(tick for tick in ticks if tick.at <= LAST_LABEL * width)

    def counted(self, counts: MonthCounts) -> list[int]:
        """Articles at each place, from the first."""
        found = [0] * self.places
        for year, month, count in counts.dated:
            found[self.place(number_of(year, month))] += count
        return found

    def days(self, place: int) -> tuple[date, date]:
        first = self.first + place * self.step
        return first_day(first), last_day(first + self.step - 1)


def of_list(request: HttpRequest, asked: ArticleFilter, found: Listing) -> Bars | None:
    """Draw what a list has found, all pages of it; None for a list with problems. Two queries.

    Raises SearchTooSlow.
    """
    if found.asked is None:
        return None
    with engine.time_limit(connection):
        counts, watched = asked.qs.by_month(), asked.coverage().outlets_by_month()
    # Some outlets by name are no list of their own.
    same = {name: request.GET.getlist(name) for name in ("outlet_country", "outlet_kind") if request.GET.get(name)}
    address = (
        "" if found.asked["outlet"] else reverse("browse:outlet-list") + (same and f"?{urlencode(same, True)}" or "")
    )
    return draw(counts, Question.of(request.path, request.GET, found.asked), Noted(watched, address))


def draw(counts: MonthCounts, question: Question, noted: Noted) -> Bars | None:
    """Draw articles by month; None where one or none is counted, or none has a date.

    noted: when the outlets were watched that may stand in the list.
    """
    if counts.total < FEWEST or not counts.dated:
        return None
    axis = Axis.over((number_of(year, month) for year, month, _ in counts.dated), question.shown)
    counted, unit = axis.counted(counts), STEPS[axis.step]
    most = max(*counted, counts.undated)
    width = BESIDE if counts.undated else 100.0
    place = width / axis.places
    looked = watching.over(axis.first, axis.last, width, noted, is_by_month=axis.step == 1)
    bars = []
    for number, count in enumerate(counted):
        if count:
            first, last = axis.days(number)
            address = question.address(first, last, unit)
            when = written(PartialDate(*question.days_of(first, last), "range", ""))
            drawn = bar(when, count, address, at=number * place, place=place, most=most)
            bars.append(replace(drawn, watched=looked.during(month_of(first), month_of(last))))
    undated = None
    if counts.undated:
        address = question.address_of_undated()
        undated = bar("", counts.undated, address, at=100 - undated_place(place), place=undated_place(place), most=most)
    start, end = question.shown
    return Bars(
        bars=tuple(bars),
        undated=undated,
        labels=axis.labels(width),
        unit=unit,
        most=most,
        total=counts.total,
        start=round(axis.part(month_of(start)) * width, 3) if start else 0.0,
        end=round(axis.part(month_of(end) + 1) * width, 3) if end else width,
        watching=looked,
    )


@dataclass(frozen=True, slots=True)
class Spark:
    """A small row of bars without words: the outline of its bars in a box of this size.

    watching: in which of its months this outlet was watched; gaps are per cent of the box.
    """

    path: str
    width: int
    watching: Watching
    height: int = SPARK_HEIGHT


@dataclass(frozen=True, slots=True)
class Sparks:
    """Rows of bars on one scale. when: the years that they cover, in words. by_key: whose each is."""

    when: str
    by_key: Mapping[int, Spark]


def sparks(counts: Mapping[int, MonthCounts], watched: Mapping[int, Sequence[date]]) -> Sparks:
    """Draw one row for each key, the highest bar of all of them as high as the box; undated articles last.

    watched: first days of the months in which the outlet of a key was watched.
    """
    months = [number_of(year, month) for one in counts.values() for year, month, _ in one.dated]
    if not months:
        return Sparks("", {})
    axis = Axis.over(months)
    rows = {key: [*axis.counted(one), *[0] * SPARK_GAP, one.undated] for key, one in counts.items()}
    most = max(max(row) for row in rows.values())
    when = written(PartialDate(axis.days(0)[0], axis.days(axis.places - 1)[1], "range", ""))
    dated = 100 * axis.places / (axis.places + SPARK_GAP + 1)
    drawn = {}
    for key, row in rows.items():
        noted = Noted(dict.fromkeys(watched.get(key, ()), 1))
        looked = watching.over(axis.first, axis.last, dated, noted, is_by_month=False)
        drawn[key] = Spark(outline(row, most), len(row), looked)
    return Sparks(when, drawn)


def outline(row: Sequence[int], most: int) -> str:
    heights = [max(round(count / most * SPARK_HEIGHT, 1), LEAST) for count in row]
    return "".join(
        f"M{place} {SPARK_HEIGHT}v-{high}h{FILLED}v{high}z" for place, high in enumerate(heights) if row[place]
    )


def undated_place(place: float) -> float:
    """As wide as the others, within what can be seen and what is left."""
    return min(max(place, 2.0), 6.0)


def bar(when: str, count: int, address: str, *, at: float, place: float, most: int) -> Bar:
    height = max(round(count / most * (BASE - TOP), 1), LEAST)
    return Bar(when, count, address, round(at, 3), round(place, 3), round(BASE - height, 1), height)


def label(month: int) -> str:
    """The year, at its beginning; else the month's name."""
    first = first_day(month)
    return written(PartialDate(first, first, "month", "")).split()[0] if month % 12 else f"{first.year}"
