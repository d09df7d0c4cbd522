"""An article's newest captured text as an editor codes it: sentences to point at, what is coded and what is hidden.

For the desk alone: the words are those of the capture, redacted ones told apart.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter, itemgetter

from archive.access.headlines import headline_span
from archive.models import Appearance, Article, CaptureText, Figure, Redaction
from archive.models.base import User, is_desk
from archive.models.vocabulary import PassageState
from archive.text.paragraphs import paragraphs
from archive.text.sentences import sentences

Span = tuple[int, int]
# Kind, start and end.
Coded = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class CodedPiece:
    """A stretch of text. kinds: of what was coded of it, from "claim", "figure", "redaction", "chosen"."""

    start: int
    text: str
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CodedSentence:
    """[start, end) in code points of the whole text."""

    start: int
    end: int
    pieces: tuple[CodedPiece, ...]


@dataclass(frozen=True, slots=True)
class CodedParagraph:
    """number: from 1. zone: a term of ``text.paragraphs.ZONES``."""

    number: int
    zone: str
    sentences: tuple[CodedSentence, ...]


@dataclass(frozen=True, slots=True)
class CodingText:
    """text: the captured text that is coded; its words may leave the desk by no other way than the doors."""

    text: CaptureText
    paragraphs: tuple[CodedParagraph, ...]

    def sentence_at(self, start: int, end: int) -> tuple[Span, str]:
        """The span of the sentences around a stretch, and the zone in which it begins."""
        found = [(one, paragraph.zone) for paragraph in self.paragraphs for one in paragraph.sentences]
        around = [(one, zone) for one, zone in found if one.start < end and start < one.end]
        if not around:
            return (start, end), "body"
        return (around[0][0].start, around[-1][0].end), around[0][1]


def coding_text(article: Article, user: User, *, at: tuple[int, int, int] | None = None) -> CodingText | None:
    """The newest text of an article, for an editor; None for all others, and where no text is held. Four queries.

    at: the text's pk, start and end of what is chosen; a place of another text chooses nothing.
    """
    text = CaptureText.objects.of_article(article).first() if is_desk(user) else None
    if text is None:
        return None
    spans = [*_coded(text), *([("chosen", *at[1:])] if at and at[0] == text.pk else [])]
    if article.headline_withheld and (headline := headline_span(text.text, text.zones)):
        spans.append(("redaction", *headline))
    found = []
    cuts = _sentences(text.text, spans)
    for number, paragraph in enumerate(paragraphs(text.text), start=1):
        zone = text.zones[number - 1] if number <= len(text.zones) else "body"
        first, after = (bisect_left(cuts, at, key=attrgetter("start")) for at in (paragraph.start, paragraph.end))
        found.append(CodedParagraph(number, zone, tuple(cuts[first:after])))
    return CodingText(text, tuple(found))


def _coded(text: CaptureText) -> Iterable[Coded]:
    """What was coded of a text: kind, start and end. Three queries."""
    for kind, rows in (("claim", Appearance.objects), ("figure", Figure.objects), ("redaction", Redaction.objects)):
        here = rows.filter(passage__capture_text=text, passage__state=PassageState.ANCHORED)
        for start, end in here.values_list("passage__start", "passage__end").distinct():
            yield kind, start, end


def _sentences(text: str, coded: Iterable[Coded]) -> list[CodedSentence]:
    """All sentences of a text, in order, each with what was coded of it."""
    cuts = sentences(text)
    here: list[list[Coded]] = [[] for _cut in cuts]
    for kind, start, end in coded:
        # Sentences stand in order and apart: those that a stretch touches stand side by side.
        first, after = bisect_right(cuts, start, key=itemgetter(1)), bisect_left(cuts, end, key=itemgetter(0))
        for place in range(first, after):
            here[place].append((kind, start, end))
    return [_sentence(text, cut, of_it) for cut, of_it in zip(cuts, here, strict=True)]


def _sentence(text: str, span: Span, coded: Sequence[Coded]) -> CodedSentence:
    """Cut a sentence where what was coded of it begins or ends."""
    start, end = span
    here = [(kind, max(a, start), min(b, end)) for kind, a, b in coded]
    cuts = sorted({start, end, *(a for _kind, a, _b in here), *(b for _kind, _a, b in here)})
    pieces = []
    for a, b in zip(cuts, cuts[1:], strict=False):
        kinds = tuple(sorted({kind for kind, s, e in here if s <= a and b <= e}))
        pieces.append(CodedPiece(a, text[a:b], kinds))
    return CodedSentence(start, end, tuple(pieces))
