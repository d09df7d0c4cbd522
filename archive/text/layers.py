"""Stretches of a text that lie over one another, cut so that each piece knows all that lie on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeVar

Mark = TypeVar("Mark")


class Layer(NamedTuple):
    """A stretch [start, end) over which the same marks lie, in the order in which they were given."""

    start: int
    end: int
    marks: tuple[object, ...]


def layers(span: tuple[int, int], marked: Iterable[tuple[int, int, Mark]], cuts: Iterable[int] = ()) -> list[Layer]:
    """Cut a span where anything that is marked in it begins or ends, and at further cuts.

    marked: start, end and mark of each; what lies outside the span, or is empty, is left out.
    The layers stand in order and fill the span without a gap. Linear in the layers and what lies on each.
    """
    start, end = span
    opens: dict[int, list[int]] = defaultdict(list)
    closes: dict[int, list[int]] = defaultdict(list)
    marks: list[Mark] = []
    at = {start, end, *(cut for cut in cuts if start < cut < end)}
    for low, high, mark in marked:
        low, high = max(low, start), min(high, end)
        if low < high:
            opens[low].append(len(marks))
            closes[high].append(len(marks))
            marks.append(mark)
            at |= {low, high}
    places: Sequence[int] = sorted(at)
    here: dict[int, None] = {}
    found = []
    for low, high in zip(places, places[1:], strict=False):
        for number in closes[low]:
            del here[number]
        here.update(dict.fromkeys(opens[low]))
        found.append(Layer(low, high, tuple(marks[number] for number in sorted(here))))
    return found
