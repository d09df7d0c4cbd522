"""Sets of positions: half-open spans of code points, [start, end).

What the public may read of an article is a union of spans; what a redaction hides is a span taken
out. The rule that matters is in `mask`: the mark that stands for hidden words has one length,
whatever it hides, and everything after it moves accordingly, so nothing tells how much is hidden.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeAlias

Span: TypeAlias = tuple[int, int]

MARK = "█████"


class Piece(NamedTuple):
    """A stretch of what a reader gets: words, or the mark that stands for hidden ones.

    start, end: where it stands in the reader's own text, counted from the start of what was
    masked; never positions in the text as kept, since those would tell the length of what is hidden.
    """

    text: str
    start: int
    end: int
    is_redacted: bool


def union(spans: Iterable[Span]) -> list[Span]:
    """Join spans: sorted, none empty, none touching another."""
    joined: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def length(spans: Iterable[Span]) -> int:
    """Count the positions that spans cover, each once however many spans cover it."""
    return sum(end - start for start, end in union(spans))


def subtract(spans: Iterable[Span], holes: Iterable[Span]) -> list[Span]:
    """Take holes out of spans: what is left, as a union."""
    left: list[Span] = []
    gaps = union(holes)
    first = 0
    for start, end in union(spans):
        # Both lists are sorted, so gaps that end before this span end before all later ones.
        while first < len(gaps) and gaps[first][1] <= start:
            first += 1
        at = first
        while at < len(gaps) and gaps[at][0] < end:
            left.append((start, gaps[at][0]))
            start = gaps[at][1]
            at += 1
        left.append((start, end))
    return union(left)


def overlaps(one: Span, other: Span) -> bool:
    """Tell whether two spans have a position in common; touching is not overlapping."""
    return max(one[0], other[0]) < min(one[1], other[1])


def meets(joined: Sequence[Span], span: Span) -> bool:
    """Tell whether a span has a position in common with any of a union, which `union` gave."""
    at = bisect_right(joined, span[0], key=lambda one: one[1])
    return at < len(joined) and overlaps(joined[at], span)


def mask(text: str, span: Span, holes: Iterable[Span], mark: str = MARK) -> list[Piece]:
    """Cut a span out of a text, with one mark for each unbroken stretch of hidden positions.

    span, holes: positions in `text`; what lies outside the text, or holes outside the span, is left out.
    Two holes that touch or overlap get one mark, since two marks would tell where they meet.

    Returns the pieces in order; their texts joined are what the reader gets.
    """
    start, end = max(span[0], 0), min(span[1], len(text))
    pieces: list[Piece] = []
    at = 0
    hidden = [(max(low, start), min(high, end)) for low, high in union(holes) if overlaps((low, high), (start, end))]
    shown = [(low, high, False) for low, high in subtract([(start, end)], hidden)]
    for low, high, is_redacted in sorted(shown + [(low, high, True) for low, high in hidden]):
        words = mark if is_redacted else text[low:high]
        pieces.append(Piece(words, at, at + len(words), is_redacted))
        at += len(words)
    return pieces
