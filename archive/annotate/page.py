"""How the reading page is put together: the reader's own text, cut where notes begin and end, with the notes beside."""

from __future__ import annotations

from dataclasses import dataclass, field

from archive.access.own_text import OwnText
from archive.models import Annotation, Article, Person
from archive.records.annotations import AnnotationRecord, annotation_records
from archive.text.layers import layers


@dataclass(frozen=True, slots=True)
class Numbered:
    """A note of the page. number: from 1, in the order of the text."""

    number: int
    note: AnnotationRecord


@dataclass(frozen=True, slots=True)
class MarkedPiece:
    """Words over which the same notes lie. notes: as classes of the mark. ends: those whose words end here."""

    text: str
    is_redacted: bool
    notes: tuple[Numbered, ...]
    begins: tuple[Numbered, ...]
    ends: tuple[Numbered, ...]

    @property
    def is_own(self) -> bool:
        return any(one.note.is_own for one in self.notes)


@dataclass(frozen=True, slots=True)
class MarkedParagraph:
    """start, end: its place in the reader's text. notes: those whose words begin in it. is_chosen: for a new one."""

    number: int
    zone: str
    start: int
    end: int
    pieces: tuple[MarkedPiece, ...]
    notes: tuple[Numbered, ...]
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class ReadingPage:
    """here: notes at their words, in order. whole: on the article as such. lost: whose words are not in this text."""

    own: OwnText | None
    paragraphs: list[MarkedParagraph] = field(default_factory=list)
    here: list[Numbered] = field(default_factory=list)
    whole: list[AnnotationRecord] = field(default_factory=list)
    lost: list[AnnotationRecord] = field(default_factory=list)

    @property
    def total(self) -> int:
        return len(self.here) + len(self.whole) + len(self.lost)


def reading_page(
    article: Article, user: Person, texts: list[OwnText], *, at: int | None, only_own: bool
) -> ReadingPage:
    """What one reader sees of an article's newest text and its notes.

    texts: as ``own_texts`` gives them. at: where a new note is being written. only_own: the reader's notes alone.
    Queries do not depend on the number of notes.
    """
    own = texts[0] if texts else None
    threads = Annotation.objects.visible_to(user).on(article).threads().loaded()
    mine = threads.of(user) if only_own else threads
    notes = annotation_records(mine, user, {one.text.pk: one for one in texts})
    here = [one for one in notes if own is not None and one.text == own.text.pk and one.start is not None]
    numbered = [Numbered(number, one) for number, one in enumerate(here, start=1)]
    return ReadingPage(
        own=own,
        paragraphs=_paragraphs(own, numbered, at) if own else [],
        here=numbered,
        whole=[one for one in notes if one.text is None and not one.quote],
        lost=[one for one in notes if one.quote or one.text is not None and (own is None or one.text != own.text.pk)],
    )


def _paragraphs(own: OwnText, notes: list[Numbered], at: int | None) -> list[MarkedParagraph]:
    """The text in paragraphs, each cut where anything begins or ends. Linear in what lies on each piece."""
    marked = [(one.note.start or 0, one.note.end or 0, one) for one in notes]
    cuts = {place for piece in own.pieces for place in (piece.start, piece.end)}
    found = []
    first = 0
    for paragraph in own.paragraphs:
        # Notes stand by their start: those that begin after this paragraph are left for later ones.
        earlier = first
        while first < len(marked) and marked[first][0] < paragraph.end:
            first += 1
        over = [one for one in marked[:first] if one[1] > paragraph.start]
        edges = [cut for cut in cuts if paragraph.start < cut < paragraph.end]
        pieces = []
        for layer in layers((paragraph.start, paragraph.end), over, edges):
            on_it: tuple[Numbered, ...] = layer.marks  # type: ignore[assignment]  # what was given above
            for words, is_redacted in own.cut(layer.start, layer.end):
                pieces.append(
                    MarkedPiece(
                        words,
                        is_redacted,
                        on_it,
                        tuple(one for one in on_it if one.note.start == layer.start),
                        tuple(one for one in on_it if one.note.end == layer.end),
                    )
                )
        found.append(
            MarkedParagraph(
                number=paragraph.number,
                zone=paragraph.zone,
                start=paragraph.start,
                end=paragraph.end,
                pieces=tuple(pieces),
                notes=tuple(one for _start, _end, one in marked[earlier:first]),
                is_chosen=at is not None and paragraph.start <= at < paragraph.end,
            )
        )
    return found
