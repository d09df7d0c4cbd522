"""A captured text as one reader reads it, whole, with the way between its positions and those that are kept.

What a reader marks is a stretch of their own text, in which hidden words are a mark of fixed length; what is kept is a
stretch of the captured text. Neither tells a reader how much is hidden: a stretch that begins or ends in a mark covers
all that the mark hides, and a kept one that begins or ends within hidden words is told from the mark's own edges.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from archive.access import copies
from archive.access.texts import hidden_in
from archive.models import Article, CaptureText
from archive.models.base import User, is_desk, reads_full_text
from archive.models.vocabulary import HarmReview
from archive.text import spans
from archive.text.anchor import TextSpan, quote_with_context
from archive.text.paragraphs import paragraphs


class OwnPiece(NamedTuple):
    """A stretch of a reader's own text, from ``start`` on; [kept_start, kept_end) is what it stands for."""

    text: str
    start: int
    kept_start: int
    kept_end: int
    is_redacted: bool

    @property
    def end(self) -> int:
        return self.start + len(self.text)


class OwnParagraph(NamedTuple):
    """number: from 1, in this reader's text. zone: a term of ``text.paragraphs.ZONES``. [start, end): its place."""

    number: int
    zone: str
    start: int
    end: int


@dataclass(frozen=True)
class OwnText:
    """One captured text, for one reader. pieces fill it without a gap. is_exact: it is the captured text itself."""

    text: CaptureText
    pieces: Sequence[OwnPiece]
    is_exact: bool = False

    @cached_property
    def words(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    @cached_property
    def paragraphs(self) -> list[OwnParagraph]:
        kept = [one.start for one in paragraphs(self.text.text)]
        found = []
        for number, one in enumerate(paragraphs(self.words), start=1):
            at = bisect_right(kept, self.kept(one.start, one.end).start) - 1
            zone = self.text.zones[at] if 0 <= at < len(self.text.zones) else "body"
            found.append(OwnParagraph(number, zone, one.start, one.end))
        return found

    def kept(self, start: int, end: int) -> TextSpan:
        """Where a stretch of the reader's text stands in the captured one. Raises ValueError outside the text."""
        if not 0 <= start < end <= len(self.words):
            raise ValueError(f"{start}–{end} is not within a text of {len(self.words)} code points.")
        if self.is_exact:
            return TextSpan(start, end)
        first = self.pieces[bisect_right(self._starts, start) - 1]
        last = self.pieces[bisect_left(self._starts, end) - 1]
        low = first.kept_start if first.is_redacted else first.kept_start + start - first.start
        high = last.kept_end if last.is_redacted else last.kept_start + end - last.start
        return TextSpan(low, high)

    def own(self, start: int, end: int) -> TextSpan:
        """Where a stretch of the captured text stands in the reader's. Raises ValueError outside the text."""
        if not 0 <= start < end <= len(self.text.text):
            raise ValueError(f"{start}–{end} is not within a text of {len(self.text.text)} code points.")
        if self.is_exact:
            return TextSpan(start, end)
        first = self.pieces[bisect_right(self._kept_starts, start) - 1]
        last = self.pieces[bisect_left(self._kept_starts, end) - 1]
        low = first.start if first.is_redacted else first.start + start - first.kept_start
        high = last.end if last.is_redacted else last.start + end - last.kept_start
        return TextSpan(low, high)

    def cut(self, start: int, end: int) -> list[tuple[str, bool]]:
        """The words of a stretch of the reader's text, each with whether it is a mark for hidden ones."""
        first, after = bisect_right(self._starts, start) - 1, bisect_left(self._starts, end)
        found = [
            (piece.text[max(start - piece.start, 0) : end - piece.start], piece.is_redacted)
            for piece in self.pieces[max(first, 0) : after]
        ]
        return [(words, is_redacted) for words, is_redacted in found if words]

    def around(self, start: int, end: int) -> tuple[str, str]:
        """What stands just before and after a stretch of the reader's text."""
        before, _words, after = quote_with_context(self.words, (start, end))
        return before, after

    @cached_property
    def _starts(self) -> list[int]:
        return [piece.start for piece in self.pieces]

    @cached_property
    def _kept_starts(self) -> list[int]:
        return [piece.kept_start for piece in self.pieces]


def own_texts(article: Article, user: User) -> list[OwnText]:
    """Every captured text of an article that this reader reads in full, the newest first. Four queries.

    None for the public; for researchers those whose do-no-harm check is cleared, of an article that is published.
    """
    return list(texts_by_pk(CaptureText.objects.of_article(article).with_article(), user).values())


def texts_by_pk(texts: Iterable[CaptureText], user: User) -> dict[int, OwnText]:
    """The same of any captured texts, loaded ``with_article()``, by pk, in the order given.

    Those that the reader may not read are left out. Three queries, for what is hidden.
    """
    is_at_desk = is_desk(user)
    if not is_at_desk and not reads_full_text(user):
        return {}
    read = [text for text in texts if is_at_desk or _is_open(text)]
    hidden = hidden_in(read, is_at_desk=is_at_desk)
    if not is_at_desk:
        # What is hidden in one copy is hidden in each.
        words = copies.hidden_words([text.capture.article for text in read])
        for text in read:
            hidden[text.pk] += copies.places_in(text.text, words[text.capture.article_id])
    return {
        text.pk: OwnText(text, pieces(text.text, hidden[text.pk], is_at_desk=is_at_desk), is_at_desk) for text in read
    }


def _is_open(text: CaptureText) -> bool:
    return text.capture.harm_review == HarmReview.CLEARED and text.capture.article.is_published


def pieces(text: str, holes: Sequence[spans.Span], *, is_at_desk: bool) -> list[OwnPiece]:
    """Cut a captured text into what a reader reads of it, in order."""
    whole = [(0, len(text))]
    shown = spans.subtract(whole, holes)
    hidden = spans.subtract(whole, shown)
    found: list[OwnPiece] = []
    at = 0
    for start, end, is_redacted in sorted([(*one, False) for one in shown] + [(*one, True) for one in hidden]):
        # The desk reads what it hides; everybody else a mark of one length.
        words = spans.MARK if is_redacted and not is_at_desk else text[start:end]
        found.append(OwnPiece(words, at, start, end, is_redacted))
        at += len(words)
    return found
