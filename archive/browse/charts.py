"""Figures of one measure drawn over time: plain geometry, from records, for a template to write as SVG.

Each series has a mark of its own. A figure over a period is a bar along it; one with an open bound is drawn at the
bound that it has, with an arrow to the open side; “between” is a bar up to the higher number, “about” has a ring.
Words without a number are a cross on the axis, and what has no day stands beside. Numbers of one speaker are joined by
steps, since nothing is known between two days; numbers of what was new in a period are not, for they do not follow one
another. Coordinates are units of the view box, from its top left.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from archive.browse.labels import LINE, Label, Place, set_apart
from archive.browse.scales import PAGE, Frame, Scale, Tick, has_number, last_day, value
from archive.models.vocabulary import Comparator, CountingBasis
from archive.records.groups import Series
from archive.records.parts import FigureRecord

SHAPES = ("circle", "square", "diamond", "triangle")
CROSS = "cross"
# With fewer points, a table says as much.
FEWEST = 2


@dataclass(frozen=True, slots=True)
class Point:
    """Figures at one place. start, end: where the period begins and ends. opens: "up", "down" or nothing.

    upper: y of the higher number of “between”. page: where it is read: its passage, or its row in the table where
    several reports give the same; count: how many. label: None where there is no room, or nothing is written.
    """

    x: float
    y: float
    start: float
    end: float
    opens: str
    upper: float | None
    is_about: bool
    text: str
    when: str
    counting: str
    shape: str
    page: str
    row: str
    count: int = 1
    label: Label | None = None

    @property
    def place(self) -> Place:
        """What is written beside it, above the mark, and above its arrow or bar, if there is room."""
        foot = (self.y if self.upper is None else self.upper) - (24 if self.opens == "up" else 12)
        return Place(self.x, self.y, foot, _("words only") if self.shape == CROSS else self.text)

    @property
    def outline(self) -> str:
        """The path of the mark around its point."""
        return OUTLINES[self.shape].format(x=self.x, y=self.y)

    @property
    def address(self) -> str:
        return self.page if self.count == 1 else self.row


OUTLINES = {
    "circle": "M{x} {y}m-5 0a5 5 0 1 0 10 0a5 5 0 1 0 -10 0",
    "square": "M{x} {y}m-5 -5h10v10h-10z",
    "diamond": "M{x} {y}m0 -7l7 7l-7 7l-7 -7z",
    "triangle": "M{x} {y}m0 -6l6.5 11h-13z",
    CROSS: "M{x} {y}m-5 -5l10 10m-10 0l10 -10",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One series. steps: the path that joins its points; empty for a single one, and for what was new in periods."""

    name: str
    shape: str
    points: tuple[Point, ...]
    steps: str
    is_new: bool = False

    @property
    def outline(self) -> str:
        """The mark around nothing, for a legend."""
        return OUTLINES[self.shape].format(x=0, y=0)


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing. right: where days end. beside: where figures without a day stand; None without any."""

    lines: tuple[Line, ...]
    ticks: tuple[Tick, ...]
    years: tuple[Tick, ...]
    frame: Frame
    right: int
    beside: int | None

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
    def base(self) -> int:
        return self.frame.height - self.frame.bottom

    @property
    def most(self) -> Tick:
        return self.ticks[-1]


def over_time(series: Sequence[Series], frame: Frame = PAGE) -> Chart | None:
    """Draw every figure that the frame has a place for; None where fewer than two have a number and a day."""
    every = [figure for one in series for figure in one.figures]
    dated = [figure for figure in every if has_number(figure) and last_day(figure) is not None]
    if len(dated) < FEWEST:
        return None
    # What is not drawn may not draw the rest small.
    seen = every if frame.beside else [figure for figure in every if last_day(figure) is not None]
    has_beside = any(last_day(figure) is None for figure in seen)
    scale = Scale.around(seen, replace(frame, right=frame.right + frame.beside) if has_beside else frame, frame.width)
    lines = [line(one, SHAPES[number % len(SHAPES)], scale) for number, one in enumerate(series)]
    return Chart(
        tuple(labelled([one for one in lines if one.points], frame)),
        scale.ticks(),
        scale.years(),
        frame,
        scale.right,
        scale.beside if has_beside else None,
    )


def labelled(lines: Sequence[Line], frame: Frame) -> list[Line]:
    """The same with a number beside each mark that has room for it."""
    points = [point for one in lines for point in one.points]
    bounds = (frame.left, frame.width, 0, frame.height - frame.bottom + LINE)
    labels = iter(set_apart([point.place for point in points], *bounds))
    return [replace(one, points=tuple(replace(point, label=next(labels)) for point in one.points)) for one in lines]


def line(series: Series, shape: str, scale: Scale) -> Line:
    points = joined(points_of(series.figures, shape, scale))
    name = series.speaker.title if series.speaker else ""
    followed = [one for one in points if one.shape != CROSS and one.x <= scale.right]
    steps = ""
    if len(followed) > 1 and series.speaker and not series.is_new:
        steps = f"M{followed[0].x} {followed[0].y}" + "".join(f"H{one.x}V{one.y}" for one in followed[1:])
    return Line(name, shape, tuple(points), steps, series.is_new)


def points_of(figures: Iterable[FigureRecord], shape: str, scale: Scale) -> Iterator[Point]:
    """Each figure where it stands; without a day, only where the frame has a place beside."""
    for figure in figures:
        if last_day(figure) is not None or scale.frame.beside:
            yield point(figure, shape, scale)


def joined(points: Iterable[Point]) -> list[Point]:
    """Points at one place as one, with each different wording of the number, from left to right."""
    found: dict[tuple[float, float, float, bool], Point] = {}
    for one in points:
        place = (one.end, one.y, one.start, one.shape == CROSS)
        known = found.get(place)
        if known is None:
            found[place] = one
            continue
        texts = known.text.split(" / ")
        found[place] = replace(
            known,
            text=known.text if one.text in texts else " / ".join([*texts, one.text]),
            opens=known.opens or one.opens,
            upper=known.upper if one.upper is None else min(one.upper, known.upper or one.upper),
            is_about=known.is_about or one.is_about,
            count=known.count + 1,
        )
    return [found[place] for place in sorted(found)]


def point(figure: FigureRecord, shape: str, scale: Scale) -> Point:
    last, has = last_day(figure), has_number(figure)
    x = scale.x(last) if last else float(scale.beside)
    is_between = figure.comparator.slug == Comparator.BETWEEN and figure.high is not None
    return Point(
        x=x,
        y=scale.y(value(figure)),
        start=scale.x(figure.as_of.earliest or last) if last else x,
        end=x,
        opens="" if not has else "up" if figure.high is None else "down" if figure.low is None else "",
        upper=scale.y(figure.high) if is_between and figure.high is not None else None,
        is_about=figure.comparator.slug == Comparator.ABOUT,
        text=figure.text,
        when=figure.as_of.text if last else "",
        counting="" if figure.counting.slug == CountingBasis.NOT_STATED else figure.counting.label,
        shape=shape if has else CROSS,
        page=figure.stands_at,
        row=f"#figure-{figure.id}",
    )
