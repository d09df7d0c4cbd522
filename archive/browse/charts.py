"""Figures of one measure drawn over time: plain geometry, from records, for a template to write as SVG.

Each speaker has a mark of its own. A figure over a period is a bar along it; a figure with one open bound
is drawn at the bound that it has, with an arrow to the open side; numbers of one speaker are joined by
steps, since nothing is known between two days. Coordinates are units of the view box, from its top left.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import ceil, floor, log10

from archive.records.groups import Series
from archive.records.parts import FigureRecord

SHAPES = ("circle", "square", "diamond", "triangle")
# With fewer points, a table says as much.
FEWEST = 2


@dataclass(frozen=True, slots=True)
class Frame:
    """What is drawn into, with its margins. most_years: labels of years that have room below."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    most_years: int


PAGE = Frame(width=760, height=320, left=64, right=24, top=48, bottom=36, most_years=10)
# One of several, beside its title.
SMALL = Frame(width=300, height=84, left=56, right=16, top=10, bottom=20, most_years=3)


@dataclass(frozen=True, slots=True)
class Point:
    """Figures at one place. start, end: where the period begins and ends. opens: "up", "down" or nothing."""

    x: float
    y: float
    start: float
    end: float
    opens: str
    text: str
    when: str
    shape: str
    anchor: str

    @property
    def label_y(self) -> float:
        """Above the mark, and above its arrow."""
        return self.y - (24 if self.opens == "up" else 12)

    @property
    def outline(self) -> str:
        """The path of the mark around its point."""
        return OUTLINES[self.shape].format(x=self.x, y=self.y)


OUTLINES = {
    "circle": "M{x} {y}m-5 0a5 5 0 1 0 10 0a5 5 0 1 0 -10 0",
    "square": "M{x} {y}m-5 -5h10v10h-10z",
    "diamond": "M{x} {y}m0 -7l7 7l-7 7l-7 -7z",
    "triangle": "M{x} {y}m0 -6l6.5 11h-13z",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One speaker's figures. steps: the path that joins them; empty for a single one."""

    name: str
    shape: str
    points: tuple[Point, ...]
    steps: str


@dataclass(frozen=True, slots=True)
class Tick:
    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing. left_out: figures without a day or a number, which only the table can show."""

    lines: tuple[Line, ...]
    ticks: tuple[Tick, ...]
    years: tuple[Tick, ...]
    left_out: int
    frame: Frame

    @property
    def width(self) -> int:
        return self.frame.width

    @property
    def height(self) -> int:
        return self.frame.height

    @property
    def left(self) -> int:
        return self.frame.left

    @property
    def right(self) -> int:
        return self.frame.width - self.frame.right

    @property
    def base(self) -> int:
        return self.frame.height - self.frame.bottom


def over_time(series: Sequence[Series], frame: Frame = PAGE) -> Chart | None:
    """Draw what has a number and a day; None where too little has."""
    drawn = [(one, [figure for figure in one.figures if is_drawable(figure)]) for one in series]
    figures = [figure for _, found in drawn for figure in found]
    if len(figures) < FEWEST:
        return None
    scale = Scale.around(figures, frame)
    lines = [
        line(one, found, SHAPES[number % len(SHAPES)], scale) for number, (one, found) in enumerate(drawn) if found
    ]
    left_out = sum(len(one.figures) for one in series) - len(figures)
    return Chart(tuple(lines), scale.ticks(), scale.years(), left_out, frame)


def is_drawable(figure: FigureRecord) -> bool:
    return (figure.low is not None or figure.high is not None) and last_day(figure) is not None


def last_day(figure: FigureRecord) -> date | None:
    return figure.as_of.latest or figure.as_of.earliest


def value(figure: FigureRecord) -> int:
    """The bound that is known; of two, the lower."""
    return figure.low if figure.low is not None else figure.high or 0


@dataclass(frozen=True, slots=True)
class Scale:
    """From days (as ordinals) and numbers to coordinates. step: between two ticks; top: the highest of them."""

    first: int
    last: int
    top: int
    step: int
    frame: Frame = PAGE

    @classmethod
    def around(cls, figures: Sequence[FigureRecord], frame: Frame = PAGE) -> Scale:
        """Whole years around the days, and round numbers from zero above the largest figure."""
        days = [day for figure in figures for day in (figure.as_of.earliest, figure.as_of.latest) if day]
        largest = max(max(figure.low or 0, figure.high or 0) for figure in figures) or 1
        step = round_step(largest / 4)
        return cls(
            date(min(days).year, 1, 1).toordinal(),
            date(max(days).year, 12, 31).toordinal(),
            step * ceil(largest / step),
            step,
            frame,
        )

    def x(self, day: date) -> float:
        width = self.frame.width - self.frame.left - self.frame.right
        return round(self.frame.left + (day.toordinal() - self.first) / (self.last - self.first) * width, 1)

    def y(self, number: int) -> float:
        base = self.frame.height - self.frame.bottom
        return round(base - number / self.top * (base - self.frame.top), 1)

    def ticks(self) -> tuple[Tick, ...]:
        return tuple(Tick(self.y(number), f"{number:,}") for number in range(0, self.top + 1, self.step))

    def years(self) -> tuple[Tick, ...]:
        """Each first of January; every second, fifth… where years are many."""
        years = range(date.fromordinal(self.first).year, date.fromordinal(self.last).year + 1)
        every = max(1, ceil(len(years) / self.frame.most_years))
        return tuple(Tick(self.x(date(year, 1, 1)), str(year)) for year in years[::every])

    def anchor(self, x: float) -> str:
        """To which side of its place a label is written, so that it stays in the frame."""
        return (
            "end" if x > self.frame.width - self.frame.right - 60 else "start" if x < self.frame.left + 40 else "middle"
        )


def round_step(rough: float) -> int:
    """The next of 1, 2, 5, 10, 20, 50 … that is not below."""
    if rough <= 1:
        return 1
    unit = 10 ** floor(log10(rough))
    return int(next(unit * factor for factor in (1, 2, 5, 10) if unit * factor >= rough))


def line(series: Series, figures: Sequence[FigureRecord], shape: str, scale: Scale) -> Line:
    points = joined(point(figure, shape, scale) for figure in figures)
    name = series.speaker.title if series.speaker else ""
    steps = ""
    if len(points) > 1 and series.speaker:
        steps = f"M{points[0].x} {points[0].y}" + "".join(f"H{one.x}V{one.y}" for one in points[1:])
    return Line(name, shape, tuple(points), steps)


def joined(points: Iterable[Point]) -> list[Point]:
    """Points at one place as one, with each different wording of the number, from left to right."""
    found: dict[tuple[float, float, float], Point] = {}
    for one in points:
        place = (one.end, one.y, one.start)
        known = found.setdefault(place, one)
        texts = known.text.split(" / ")
        if one.text not in texts:
            found[place] = replace(known, text=" / ".join([*texts, one.text]), opens=known.opens or one.opens)
    return [found[place] for place in sorted(found)]


def point(figure: FigureRecord, shape: str, scale: Scale) -> Point:
    last = last_day(figure)
    if last is None:
        raise ValueError(f"The figure {figure.id} has no day, so it cannot be drawn.")
    opens = "up" if figure.high is None else "down" if figure.low is None else ""
    first = figure.as_of.earliest or last
    return Point(
        x=scale.x(last),
        y=scale.y(value(figure)),
        start=scale.x(first),
        end=scale.x(last),
        opens=opens,
        text=figure.text,
        when=figure.as_of.text,
        shape=shape,
        anchor=scale.anchor(scale.x(last)),
    )
