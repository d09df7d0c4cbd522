"""The numbers written beside the marks of a drawing, set apart so that none stands on another or on a mark.

Coordinates are units of the view box. Widths are estimates that are rather too wide: no font is known here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# Units of a letter and of a line of 12px bold; from a line's foot up to its head.
LETTER, LINE, HEAD = 7.2, 15.0, 11.0
# Around the middle of a mark nothing else is written.
MARK = 8.0
# Longer ones are cut; the whole stands in the mark's name and in the table.
LONGEST = 34
# Lines that a label may be moved by, up or down.
FARTHEST = 8
# Beyond this a line leads from the mark to its label.
NEAR = 24.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where a mark stands, what is written beside it, and the foot of its line where nothing is in the way."""

    x: float
    y: float
    foot: float
    text: str


@dataclass(frozen=True, slots=True)
class Label:
    """A line of text, its middle at x. lead: from the mark to the label; empty where that is near."""

    x: float
    y: float
    text: str
    lead: str


@dataclass(frozen=True, slots=True)
class Box:
    left: float
    right: float
    top: float
    bottom: float

    def meets(self, other: Box) -> bool:
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom


def set_apart(places: Sequence[Place], left: float, right: float, top: float, bottom: float) -> list[Label | None]:
    """A label for each place, in their order, within these bounds; None where there is no room for it.

    The first keeps the place nearest to its mark.
    """
    marks = [Box(one.x - MARK, one.x + MARK, one.y - MARK, one.y + MARK) for one in places]
    taken: list[Box] = []
    found: list[Label | None] = []
    for place in places:
        text = place.text if len(place.text) <= LONGEST else f"{place.text[: LONGEST - 1].rstrip()}…"
        width = min(len(text) * LETTER, right - left)
        first = min(max(place.x - width / 2, left), right - width)
        label = None
        for foot in _feet(place, top, bottom):
            box = Box(first, first + width, foot - HEAD, foot + LINE - HEAD)
            if not any(box.meets(other) for other in (*taken, *marks)):
                taken.append(box)
                label = Label(round(first + width / 2, 1), round(foot, 1), text, _lead(place, foot))
                break
        found.append(label)
    return found


def _feet(place: Place, top: float, bottom: float) -> Iterator[float]:
    """Where the line may stand, the nearest first: above the mark, then below it, then further up and down."""
    below = place.y + MARK + HEAD + 3
    for lines in range(FARTHEST):
        for foot in (place.foot - lines * LINE, below + lines * LINE):
            if top + HEAD <= foot <= bottom - (LINE - HEAD):
                yield foot


def _lead(place: Place, foot: float) -> str:
    if abs(foot - place.y) <= max(NEAR, abs(place.foot - place.y)):
        return ""
    start, end = (place.y - MARK, foot + 3) if foot < place.y else (place.y + MARK, foot - HEAD)
    return f"M{place.x} {start:.1f}V{end:.1f}"
