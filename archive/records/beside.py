"""Two texts beside each other, with the passages that stand in both word for word.

What is compared is what this reader reads: places are those of the reader's own text, and no passage goes across words
that are hidden, so nothing hidden has a part in what is marked. Furniture of the pages is shown and not compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archive.access.texts import VisibleParagraph, VisibleText, texts_for
from archive.models import Article
from archive.models.base import User
from archive.records import parts
from archive.records.reader import Reader
from archive.text import reuse
from archive.text.paragraphs import FURNITURE_ZONES
from archive.text.spans import Span

# Code points of one text; the time that a comparison takes grows with both.
LONGEST = 60_000
_BETWEEN = 2  # code points from one paragraph to the next: words of one never touch those of the other


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of a paragraph. passage: the number of the shared one that they are of, from 1; 0 where they are of none.

    is_first: the passage begins here; it may go on after a hidden word or in the next paragraph.
    """

    text: str
    is_redacted: bool
    passage: int = 0
    is_first: bool = False


@dataclass(frozen=True, slots=True)
class BesideParagraph:
    """number, zone: as in the captured text."""

    number: int
    zone: str
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Aligned:
    """The paragraphs of both texts, the passages that are in both, and the words of these."""

    left: tuple[BesideParagraph, ...]
    right: tuple[BesideParagraph, ...]
    passages: int
    words: int


@dataclass(frozen=True, slots=True)
class Side:
    """One of two texts. is_possible_source: surely published before the other."""

    carrier: parts.CarrierRef
    language: str
    sensitivity: parts.Term | None
    is_possible_source: bool
    paragraphs: tuple[BesideParagraph, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """Two sides, the passages in both, the words of these. is_too_long: nothing was compared, and no text is here."""

    left: Side
    right: Side
    passages: int
    words: int
    is_too_long: bool

    @property
    def sides(self) -> tuple[Side, Side]:
        return self.left, self.right

    @property
    def is_sensitive(self) -> bool:
        return any(side.sensitivity for side in self.sides)


def possible_source(one: Article, other: Article) -> Article | None:
    """Which of two was surely published first, as far as dates are known: it may be where the other has it from."""
    for first, second in ((one, other), (other, one)):
        if first.published_to and second.published_from and first.published_to < second.published_from:
            return first
    return None


def beside(one: Article, other: Article, user: User) -> Beside:
    """Both texts as this reader may see them, what they share marked. Two queries.

    The newest text that the reader may read; without paragraphs where there is none.
    """
    visible = texts_for([one, other], user)
    texts = [visible[one.pk], visible[other.pk]]
    is_too_long = any(_length(text) > LONGEST for text in texts)
    both = Aligned((), (), 0, 0) if is_too_long else aligned(*texts)
    source, reader = possible_source(one, other), Reader(user)
    left, right = (
        Side(
            carrier=reader.in_article(article),
            language=article.language,
            sensitivity=parts.term(article, "sensitivity") if article.sensitivity else None,
            is_possible_source=article == source,
            paragraphs=paragraphs,
        )
        for article, paragraphs in ((one, both.left), (other, both.right))
    )
    return Beside(left, right, both.passages, both.words, is_too_long)


def aligned(one: VisibleText, other: VisibleText) -> Aligned:
    """Mark what two texts share; passages are numbered by their places in the first."""
    left, right = _Read.of(one), _Read.of(other)
    shared = list(enumerate(reuse.shared(left.words, right.words), start=1))
    return Aligned(
        tuple(left.marked([(each.left, number) for number, each in shared])),
        tuple(right.marked(sorted((each.right, number) for number, each in shared))),
        len(shared),
        sum(each.words for _number, each in shared),
    )


def _length(text: VisibleText) -> int:
    return sum(len(piece.text) for paragraph in text.paragraphs for piece in paragraph.pieces)


@dataclass(frozen=True, slots=True)
class _Read:
    """A text as one reader has it. words: with their places in the pieces of all paragraphs, one after the other."""

    paragraphs: Sequence[VisibleParagraph]
    words: reuse.Words

    @classmethod
    def of(cls, text: VisibleText) -> _Read:
        joined: list[str] = []
        within: list[Span] = []
        at = 0
        goes_on = False
        for paragraph in text.paragraphs:
            for piece in paragraph.pieces:
                end = at + len(piece.text)
                is_read = not piece.is_redacted and paragraph.zone not in FURNITURE_ZONES
                if is_read and goes_on:
                    within[-1] = (within[-1][0], end)
                elif is_read:
                    within.append((at, end))
                goes_on = is_read
                joined.append(piece.text)
                at = end
            joined.append(" " * _BETWEEN)
            at += _BETWEEN
        return cls(text.paragraphs, reuse.words_of("".join(joined), within))

    def marked(self, passages: Sequence[tuple[Span, int]]) -> Iterator[BesideParagraph]:
        """The paragraphs, cut where passages begin and end. passages: in order, none within another."""
        at = 0
        waiting = list(reversed(passages))
        for paragraph in self.paragraphs:
            stretches: list[Stretch] = []
            for piece in paragraph.pieces:
                end = at + len(piece.text)
                while at < end:
                    while waiting and waiting[-1][0][1] <= at:
                        waiting.pop()
                    (start, finish), number = waiting[-1] if waiting else ((end, end), 0)
                    is_within = start <= at
                    until = min(end, finish if is_within else start)
                    words = piece.text[len(piece.text) - (end - at) : len(piece.text) - (end - until)]
                    stretch = Stretch(words, piece.is_redacted, number if is_within else 0, is_within and at == start)
                    stretches.append(stretch)
                    at = until
            at += _BETWEEN
            yield BesideParagraph(paragraph.number, paragraph.zone, tuple(stretches))
