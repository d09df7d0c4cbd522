"""Where days and numbers stand in a drawing: coordinates are units of the view box, from its top left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, floor, log10

from archive.records.parts import FigureRecord


@dataclass(frozen=True, slots=True)
class Frame:
    """What is drawn into, with its margins. most_years: labels of years that have room below.

    beside: how wide the place for figures without a day is; 0 leaves them out.
    """

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    most_years: int
    beside: int = 0


PAGE = Frame(width=760, height=320, left=64, right=24, top=48, bottom=36, most_years=10, beside=88)
# One of several, beside its title.
SMALL = Frame(width=300, height=84, left=56, right=16, top=10, bottom=20, most_years=3)


@dataclass(frozen=True, slots=True)
class Tick:
    at: float
    text: str


def has_number(figure: FigureRecord) -> bool:
    return figure.low is not None or figure.high is not None


def last_day(figure: FigureRecord) -> date | None:
    return figure.as_of.latest or figure.as_of.earliest


def value(figure: FigureRecord) -> int:
    """The bound that is known; of two, the lower. Words without a number stand on the axis."""
    return figure.low if figure.low is not None else figure.high or 0


@dataclass(frozen=True, slots=True)
class Scale:
    """From days (as ordinals) and numbers to coordinates. step: between two ticks; top: the highest of them.

    frame: what days are drawn into; whole: the width with what stands beside.
    """

    first: int
    last: int
    top: int
    step: int
    frame: Frame = PAGE
    whole: int = PAGE.width

    @classmethod
    def around(cls, figures: Sequence[FigureRecord], frame: Frame = PAGE, whole: int = PAGE.width) -> Scale:
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
            whole,
        )

    @property
    def right(self) -> int:
        return self.frame.width - self.frame.right

    @property
    def beside(self) -> int:
        """Where figures without a day stand: in the middle of their place."""
        return self.right + self.frame.beside // 2 + 12

    def x(self, day: date) -> float:
        share = (day.toordinal() - self.first) / (self.last - self.first)
        return round(self.frame.left + share * (self.right - self.frame.left), 1)

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


def round_step(rough: float) -> int:
    """The next of 1, 2, 5, 10, 20, 50 … that is not below."""
    if rough <= 1:
        return 1
    unit = 10 ** floor(log10(rough))
    return int(next(unit * factor for factor in (1, 2, 5, 10) if unit * factor >= rough))
