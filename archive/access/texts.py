"""What each reader may see of an article's wording.

Three classes: the public reads the stored extract; researchers read the captured text in full, less its
redactions; the desk reads all of it, redactions marked. A text whose do-no-harm check is not decided stays at
the desk. Positions are those of the reader's own text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.db.models import Exists, OuterRef

from archive.access.headlines import headline_span
from archive.models import Article, CaptureText, Passage, PublicExtract, Redaction
from archive.models.base import User, is_desk, reads_full_text
from archive.models.vocabulary import HarmReview, PassageState
from archive.text import spans
from archive.text.paragraphs import paragraphs
from archive.text.sentences import sentences

BATCH = 500
# What an excerpt shows of its sentence on either side, at most; in code points.
CONTEXT = 160
NOT_HELD = "wording not held"
OVER_LIMIT = "wording coded, not shown: the outlet’s limit"
NOT_RELEASED = "wording not shown"


class Reach(StrEnum):
    EXTRACT = "extract"
    READING = "reading"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of shown text; a redacted one is a mark of fixed length (or, at the desk, the words)."""

    text: str
    is_redacted: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage as this reader may see it. is_inner: it stands inside another shown passage."""

    passage: int
    pieces: tuple[Piece, ...]
    is_inner: bool = False

    @property
    def plain(self) -> str:
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class VisibleParagraph:
    """number: from 1, as in the captured text. zone: a term of ``text.paragraphs.ZONES``."""

    number: int
    zone: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A stretch of a captured text with what its sentence has around it: pieces, and whether each is of the stretch."""

    pieces: tuple[tuple[Piece, bool], ...]


@dataclass(frozen=True, slots=True)
class VisibleText:
    """All that one reader may see of one article's wording.

    passages: shown quotes in the order of the text. shown, limit: code points of the public extract.
    paragraphs: the newest captured text, for those who read in full; empty for the public.
    """

    reach: Reach
    quotes: Mapping[int, Quote] = field(default_factory=dict)
    left_out: frozenset[int] = frozenset()
    shown: int = 0
    limit: int = 0
    paragraphs: Sequence[VisibleParagraph] = ()

    @property
    def passages(self) -> list[Quote]:
        """Quotes in order, without those that stand inside another."""
        return [quote for quote in self.quotes.values() if not quote.is_inner]

    def quote(self, passage: int | None) -> Quote | None:
        """The passage, if this reader may see it."""
        return self.quotes.get(passage) if passage is not None else None

    def absence(self, passage: int | None) -> str:
        """Why a passage is not shown, in words for the page."""
        if passage is None:
            return NOT_HELD
        return OVER_LIMIT if passage in self.left_out else NOT_RELEASED


def texts_for(articles: Iterable[Article], user: User) -> dict[int, VisibleText]:
    """What this reader may see of each article, by its pk.

    Queries: two for each 500 articles, whatever the reader; articles that the reader may not see at all
    come back empty.
    """
    asked = list(articles)
    reach = reach_of(user)
    found: dict[int, VisibleText] = {article.pk: VisibleText(reach) for article in asked}
    open_to_all = [article.pk for article in asked if article.is_published]
    pks = list(found) if reach is Reach.FULL else open_to_all
    withheld = {article.pk for article in asked if article.headline_withheld}
    for start in range(0, len(pks), BATCH):
        batch = pks[start : start + BATCH]
        extracts = _extracts(batch)
        found.update(extracts if reach is Reach.EXTRACT else _in_full(batch, reach, extracts, withheld))
    return found


def reach_of(user: User) -> Reach:
    return Reach.FULL if is_desk(user) else Reach.READING if reads_full_text(user) else Reach.EXTRACT


def captured_texts(article: Article, user: User) -> dict[int, tuple[VisibleParagraph, ...]]:
    """For the desk: the newest text of every capture of an article, by the capture's pk, redactions marked.

    Nothing for any other reader. Two queries.
    """
    if not is_desk(user):
        return {}
    newest = {text.capture_id: text for text in reversed(CaptureText.objects.of_article(article))}
    marked = marked_passages([text.pk for text in newest.values()])
    return {
        capture: shown_paragraphs(text, holes_in(text, marked[text.pk], hides_headline=False), Reach.FULL)
        for capture, text in newest.items()
    }


def excerpts(text: CaptureText, wanted: Iterable[spans.Span], user: User) -> list[Excerpt]:
    """For the desk: stretches of a captured text within their sentences, in the order asked for, redactions marked.

    Nothing for any other reader. One query.
    """
    if not is_desk(user):
        return []
    holes = holes_in(text, marked_passages([text.pk])[text.pk], hides_headline=False)
    bounds = sentences(text.text)
    starts = [start for start, _end in bounds]
    found = []
    for start, end in wanted:
        at = bisect_right(starts, start) - 1
        low = max(bounds[at][0], start - CONTEXT) if at >= 0 else start
        high = min(max(bounds[at][1], end), end + CONTEXT) if at >= 0 else end
        around = ((low, start, False), (start, end, True), (end, high, False))
        pieces = [
            (piece, is_meant)
            for first, last, is_meant in around
            for piece in _pieces(text.text, (first, last), holes, Reach.FULL)
        ]
        found.append(Excerpt(tuple(pieces)))
    return found


def _extracts(pks: Sequence[int]) -> dict[int, VisibleText]:
    rows = PublicExtract.objects.filter(article__in=pks).values_list("article", "spans", "left_out", "length", "limit")
    return {
        article: VisibleText(Reach.EXTRACT, _stored_quotes(stored), frozenset(left_out), length, limit)
        for article, stored, left_out, length, limit in rows
    }


def _stored_quotes(stored: Sequence[Mapping[str, object]]) -> dict[int, Quote]:
    quotes: dict[int, Quote] = {}
    furthest: dict[object, int] = {}
    for span in stored:
        # Spans are stored by start, longest first: one that ends before an earlier end lies inside it.
        end = int(str(span["end"]))
        is_inner = end <= furthest.get(span["text"], -1)
        furthest[span["text"]] = max(end, furthest.get(span["text"], -1))
        passage = int(str(span["passage"]))
        pieces = tuple(Piece(text, is_redacted) for text, is_redacted in span["pieces"])  # type: ignore[attr-defined]  # a list of pairs in JSON
        quotes[passage] = Quote(passage, pieces, is_inner)
    return quotes


def _in_full(
    pks: Sequence[int], reach: Reach, extracts: Mapping[int, VisibleText], withheld: set[int]
) -> dict[int, VisibleText]:
    texts = CaptureText.objects.filter(capture__article__in=pks).select_related("capture")
    if reach is Reach.READING:
        texts = texts.filter(capture__harm_review=HarmReview.CLEARED)
    by_article: dict[int, list[CaptureText]] = defaultdict(list)
    for text in texts.order_by("-capture__captured_at", "-pk"):
        by_article[text.capture.article_id].append(text)
    marked = marked_passages([text.pk for found in by_article.values() for text in found])
    visible = {}
    for pk in pks:
        hides_headline = pk in withheld and reach is Reach.READING
        holes = {text.pk: holes_in(text, marked[text.pk], hides_headline=hides_headline) for text in by_article[pk]}
        quotes: dict[int, Quote] = {}
        for text in by_article[pk]:
            quotes.update(_quotes_in(text, marked[text.pk], holes[text.pk], reach))
        newest = by_article[pk][0] if by_article[pk] else None
        extract = extracts.get(pk, VisibleText(reach))
        shown = shown_paragraphs(newest, holes[newest.pk], reach) if newest else ()
        visible[pk] = VisibleText(reach, quotes, extract.left_out, extract.shown, extract.limit, shown)
    return visible


Marked = tuple[int, int, int, bool]  # passage, start, end, whether it is redacted


def marked_passages(text_ids: Sequence[int]) -> dict[int, list[Marked]]:
    rows = (
        Passage.objects.filter(capture_text__in=text_ids, state=PassageState.ANCHORED)
        .annotate(is_redacted=Exists(Redaction.objects.filter(passage=OuterRef("pk"))))
        .order_by("start", "-end")
        .values_list("capture_text", "pk", "start", "end", "is_redacted")
    )
    marked: dict[int, list[Marked]] = defaultdict(list)
    for text_id, passage, start, end, is_redacted in rows:
        marked[text_id].append((passage, start, end, is_redacted))
    return marked


def holes_in(text: CaptureText, marked: Sequence[Marked], *, hides_headline: bool) -> list[tuple[int, int]]:
    """What is hidden in a text: its redactions, and its headline where that is withheld."""
    holes = [(start, end) for _, start, end, is_redacted in marked if is_redacted]
    headline = headline_span(text.text, text.zones) if hides_headline else None
    return [*holes, headline] if headline else holes


def hidden_in(texts: Sequence[CaptureText], *, is_at_desk: bool) -> dict[int, list[spans.Span]]:
    """What is hidden in each of these texts, by pk; for the desk what it hides from others. One query.

    texts: with capture and article.
    """
    marked = marked_passages([text.pk for text in texts])
    return {
        text.pk: holes_in(
            text, marked[text.pk], hides_headline=text.capture.article.headline_withheld and not is_at_desk
        )
        for text in texts
    }


def _quotes_in(
    text: CaptureText, marked: Sequence[Marked], holes: Sequence[tuple[int, int]], reach: Reach
) -> dict[int, Quote]:
    quotes: dict[int, Quote] = {}
    furthest = -1
    for passage, start, end, _ in marked:
        quotes[passage] = Quote(passage, _pieces(text.text, (start, end), holes, reach), end <= furthest)
        furthest = max(furthest, end)
    return quotes


def shown_paragraphs(text: CaptureText, holes: Sequence[tuple[int, int]], reach: Reach) -> tuple[VisibleParagraph, ...]:
    found = []
    for number, paragraph in enumerate(paragraphs(text.text), start=1):
        zone = text.zones[number - 1] if number <= len(text.zones) else "body"
        pieces = _pieces(text.text, (paragraph.start, paragraph.end), holes, reach)
        found.append(VisibleParagraph(number, zone, pieces))
    return tuple(found)


def _pieces(text: str, span: tuple[int, int], holes: Sequence[tuple[int, int]], reach: Reach) -> tuple[Piece, ...]:
    if reach is Reach.FULL:
        return tuple(_marked_pieces(text, span, holes))
    return tuple(Piece(piece.text, piece.is_redacted) for piece in spans.mask(text, span, holes))


def _marked_pieces(text: str, span: tuple[int, int], holes: Sequence[tuple[int, int]]) -> Iterable[Piece]:
    """The words themselves, redacted ones told apart: for the desk alone."""
    shown = [(start, end, False) for start, end in spans.subtract([span], holes)]
    hidden = [(start, end, True) for start, end in spans.subtract([span], [(s, e) for s, e, _ in shown])]
    for start, end, is_redacted in sorted(shown + hidden):
        yield Piece(text[start:end], is_redacted)
