"""A comparison of two texts, laid out for a page: which paragraphs are shown, which folded, and the marks in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from archive.access.texts import Piece, VisibleParagraph
from archive.text import differing

# Paragraphs that did not change are shown beside those that did; a longer run of them is folded.
AROUND = 1
SHORTEST_FOLD = 3


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch of a paragraph: same, gone or new. pieces: its words, and marks for hidden ones."""

    kind: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph: same, changed, gone or new. number: in the later text, or where it is gone in the earlier."""

    kind: str
    number: int
    zone: str
    stretches: tuple[Marked, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """Paragraphs in a row, shown or folded."""

    is_folded: bool
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """same, changed, gone, new: how many paragraphs. headlines: the earlier and the later, if they differ."""

    runs: tuple[Run, ...]
    same: int
    changed: int
    gone: int
    new: int
    headlines: tuple[Marked, ...]

    @property
    def is_unchanged(self) -> bool:
        return not (self.changed or self.gone or self.new)


def compared(before: Sequence[VisibleParagraph], after: Sequence[VisibleParagraph]) -> Comparison:
    """Compare two texts as one reader sees them: what is hidden is a mark in both, and the same mark."""
    rows = [
        _row(one, before, after)
        for one in differing.compare([_words(one) for one in before], [_words(one) for one in after])
    ]
    counts = Counter(row.kind for row in rows)
    return Comparison(
        tuple(_runs(rows)), counts["same"], counts["changed"], counts["gone"], counts["new"], _headlines(before, after)
    )


def _words(paragraph: VisibleParagraph) -> str:
    return "".join(piece.text for piece in paragraph.pieces)


def _row(one: differing.Compared, before: Sequence[VisibleParagraph], after: Sequence[VisibleParagraph]) -> Row:
    old = before[one.before] if one.before is not None else None
    new = after[one.after] if one.after is not None else None
    shown = new or old
    assert shown is not None  # noqa: S101  # a comparison has one of them
    gone, come = _Cutter(old), _Cutter(new)
    stretches = []
    for stretch in one.stretches:
        left, right = gone.next(len(stretch.before)), come.next(len(stretch.after))
        kind = "same" if stretch.is_same else "gone" if left else "new"
        stretches.append(Marked(kind, left if kind == "gone" else right))
    return Row(one.kind, shown.number, shown.zone, tuple(stretches))


class _Cutter:
    """The pieces of a paragraph, given out by length; what is hidden stays told apart."""

    def __init__(self, paragraph: VisibleParagraph | None) -> None:
        self._pieces = list(paragraph.pieces) if paragraph else []

    def next(self, length: int) -> tuple[Piece, ...]:
        taken = []
        while length:
            piece = self._pieces.pop(0)
            taken.append(Piece(piece.text[:length], piece.is_redacted))
            if len(piece.text) > length:
                self._pieces.insert(0, Piece(piece.text[length:], piece.is_redacted))
            length -= len(taken[-1].text)
        return tuple(piece for piece in taken if piece.text)


def _runs(rows: Sequence[Row]) -> Iterator[Run]:
    """Fold what is far from any change. In a text without changes, all of it."""
    changed = [at for at, row in enumerate(rows) if row.kind != "same"]
    near = {at + step for at in changed for step in range(-AROUND, AROUND + 1)}
    for is_near, group in groupby(enumerate(rows), key=lambda one: one[0] in near):
        run = tuple(row for _at, row in group)
        yield Run(not is_near and len(run) >= SHORTEST_FOLD, run)


def _headlines(before: Sequence[VisibleParagraph], after: Sequence[VisibleParagraph]) -> tuple[Marked, ...]:
    old, new = (next((one for one in text if one.zone == "headline"), None) for text in (before, after))
    if old is None or new is None or _words(old).split() == _words(new).split():
        return ()
    return Marked("gone", old.pieces), Marked("same", (Piece(" "),)), Marked("new", new.pieces)
