"""The chain of one claim drawn: starting points at the left, articles at the right, a line for each step.

Plain geometry, for a template to write as SVG: units of the view box, from its top left. A node stands in the column of
its longest way from where a chain begins, articles that pass nothing on in the last, so that every step that counts
leads to the right, but for rings and chains that are longer than there are columns; of many below one node, the rest is
one line that says how many they are. The same stands in the nested list, with the evidence in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from archive.records.chains import ChainNode
from archive.records.parts import CarrierRef, Ref

GAP, ROW, TOP, MARGIN = 60, 44, 28, 10
# Width of a column, and letters of a title that have room in it: where columns are few, and where they are many.
WIDE, NARROW, FEW_COLUMNS = (350, 46), (250, 33), 3
# More columns than this are not told apart any more.
MOST_COLUMNS = 8


@dataclass(slots=True)
class Box:
    """One node. kind: "origin", "uncounted" at the head of a chain, "relay", "article", "silent" or "further".

    label: outlet, if it has one. ref: None for the line that stands for further articles.
    """

    key: str
    kind: str
    label: str
    title: str
    ref: Ref | None
    column: int = 0
    y: float = 0
    room: tuple[int, int] = WIDE

    @property
    def x(self) -> int:
        return MARGIN + self.column * (self.room[0] + GAP)

    @property
    def right(self) -> int:
        return self.x + self.room[0]

    @property
    def short(self) -> str:
        letters = self.room[1]
        return self.title if len(self.title) <= letters else f"{self.title[: letters - 1].rstrip()}…"


@dataclass(frozen=True, slots=True)
class Line:
    """One step. style: "stated" in the same passage, "elsewhere" in the article, "uncounted". path: a curve."""

    style: str
    path: str


@dataclass(frozen=True, slots=True)
class Drawing:
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    width: int
    height: int
    has: frozenset[str]


@dataclass(slots=True)
class _Graph:
    """Nodes by key in the order of the tree, and the steps between them."""

    boxes: dict[str, Box] = field(default_factory=dict)
    steps: dict[tuple[str, str], str] = field(default_factory=dict)
    ends: set[str] = field(default_factory=set)

    def add(self, node: ChainNode, above: str) -> None:
        key = node.ref.id
        part = "origin" if node.is_start else "article" if node.outlet else "relay" if above else "uncounted"
        label = node.outlet.title if node.outlet else ""
        self.boxes.setdefault(key, Box(key, part, label, node.ref.title, node.ref))
        if above:
            self.steps[above, key] = style(node)
        for child in node.children:
            self.add(child, key)
        if node.further:
            more = f"{key}+"
            self.boxes[more] = Box(more, "further", "", f"{node.further:,}", None)
            self.steps[key, more] = "stated"
            self.ends.add(more)
        if above and not node.children and not node.is_repeated:
            self.ends.add(key)


def style(node: ChainNode) -> str:
    """Of several steps between two, the first that counts says how the line is drawn."""
    if not node.counts:
        return "uncounted"
    return "elsewhere" if node.steps and node.steps[0].basis.slug == "elsewhere" else "stated"


def draw(chain: Sequence[ChainNode], silent: Iterable[CarrierRef] = ()) -> Drawing | None:
    """Draw a chain, and below it the articles that name no source; None where there is nothing to draw."""
    found = _Graph()
    for top in chain:
        found.add(top, "")
    if not found.boxes:
        return None
    last = _columns(found)
    for carrier in silent:
        label = carrier.outlet.title if carrier.outlet else ""
        box = Box(carrier.ref.id, "silent", label, carrier.ref.title, carrier.ref, last)
        # Another may credit it, or an editor have inferred what it has this from: then it stands there already.
        found.boxes.setdefault(box.key, box).kind = "silent"
    for box in found.boxes.values():
        box.room = WIDE if last < FEW_COLUMNS else NARROW
    _place(found)
    boxes = tuple(found.boxes.values())
    lines = tuple(
        Line(kind, _curve(found.boxes[above], found.boxes[below])) for (above, below), kind in found.steps.items()
    )
    width = MARGIN + max(box.right for box in boxes)
    height = int(max(box.y for box in boxes)) + ROW
    return Drawing(boxes, lines, width, height, frozenset({*(line.style for line in lines), *(b.kind for b in boxes)}))


def _columns(found: _Graph) -> int:
    """Give every node its column, and the last of them."""
    onwards = _onwards(found.steps)
    # A way that is longer than there are columns ends in the last but one, so that articles stand behind it.
    for _ in range(MOST_COLUMNS - 2):
        for above, key in onwards:
            box = found.boxes[key]
            box.column = max(box.column, min(found.boxes[above].column + 1, MOST_COLUMNS - 2))
    last = 1 + max((box.column for key, box in found.boxes.items() if key not in found.ends), default=0)
    for key in found.ends:
        found.boxes[key].column = last
    return last


def _onwards(steps: Mapping[tuple[str, str], str]) -> list[tuple[str, str]]:
    """The steps among nodes that pass something on, without those that close a ring; one that counts goes before."""
    inner = {above for above, _key in steps}
    kept: dict[str, list[str]] = {}
    for above, key in sorted(steps, key=lambda step: steps[step] == "uncounted"):
        if key in inner and not _leads(kept, key, above):
            kept.setdefault(above, []).append(key)
    return [(above, key) for above, below in kept.items() for key in below]


def _leads(kept: Mapping[str, list[str]], first: str, last: str) -> bool:
    """Whether steps lead from one node to another, or it is the same."""
    reached, waiting = {first}, [first]
    while waiting and last not in reached:
        new = [key for key in kept.get(waiting.pop(), ()) if key not in reached]
        reached.update(new)
        waiting += new
    return last in reached


def _place(found: _Graph) -> None:
    """Give every node its height: ends one below the other, what is before them at the middle of what follows."""
    below: dict[str, list[str]] = {}
    for above, key in found.steps:
        below.setdefault(above, []).append(key)
    order = {key: place for place, key in enumerate(found.boxes)}
    ends = [key for key in found.boxes if key not in below]
    ends.sort(key=lambda key: (found.boxes[key].kind == "silent", order[key]))
    for row, key in enumerate(ends):
        found.boxes[key].y = TOP + row * ROW
    inner = sorted(below, key=lambda key: (-found.boxes[key].column, order[key]))
    # What follows only what stands above it already may share the last column.
    free = {max(box.column for box in found.boxes.values()): float(TOP + len(ends) * ROW)}
    for key in inner:
        box = found.boxes[key]
        heights = [found.boxes[one].y for one in below[key] if found.boxes[one].column > box.column]
        middle = (min(heights) + max(heights)) / 2 if heights else TOP
        box.y = round(max(middle, free.get(box.column, 0)), 1)
        free[box.column] = box.y + ROW


def _curve(above: Box, below: Box) -> str:
    """From the right side of one to the left of the other; within a column, along its left side."""
    if below.column <= above.column:
        return f"M{above.x} {above.y}C{above.x - 24} {above.y} {below.x - 24} {below.y} {below.x} {below.y}"
    middle = below.x - GAP / 2
    return f"M{above.right} {above.y}H{below.x - GAP}C{middle} {above.y} {middle} {below.y} {below.x} {below.y}"
