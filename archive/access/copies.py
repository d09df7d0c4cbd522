"""The saved copies of an article whose text a reader may read, the older ones, too, so that they can be compared.

The desk reads the texts of all copies, redactions marked; researchers those of copies whose do-no-harm check is
cleared. For researchers, what is hidden in one copy is hidden in each: in an older one the same words, or others in
their place, may stand where nobody redacted them yet, and would show as what changed. A withheld headline is hidden in
the same way.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from django.db.models import Q

from archive.access.carrying import places_of
from archive.access.headlines import headline_span
from archive.access.texts import Reach, VisibleParagraph, holes_in, marked_passages, reach_of, shown_paragraphs
from archive.models import Article, CaptureText, Passage
from archive.models.base import User
from archive.models.vocabulary import HarmReview, PassageState
from archive.text import anchor
from archive.text.spans import Span

# A text, and a stretch of it whose words are hidden in every copy.
_Words: TypeAlias = tuple[str, Span]


@dataclass(frozen=True, slots=True)
class Copy:
    """A saved copy that has a text for this reader. id: its public id. text: primary key of its newest text."""

    id: str
    saved_at: datetime
    method: str
    sha256: str
    text: int


def readable(article: Article, user: User) -> list[Copy]:
    """Copies with a text that this reader may read in full, the newest first. One query; none for the public."""
    reach = reach_of(user)
    if reach is Reach.EXTRACT or reach is Reach.READING and not article.is_published:
        return []
    texts = CaptureText.objects.of_article(article).defer("text", "zones")
    if reach is Reach.READING:
        texts = texts.filter(capture__harm_review=HarmReview.CLEARED)
    found: dict[int, Copy] = {}
    for text in texts:
        one = text.capture
        copy = Copy(one.public_id, one.captured_at, str(one.get_method_display()), one.sha256, text.pk)
        found.setdefault(one.pk, copy)
    return list(found.values())


def texts_of(article: Article, user: User, copies: Sequence[Copy]) -> list[tuple[VisibleParagraph, ...]]:
    """The texts of some `readable` copies, in their order, as this reader may see them. Four queries."""
    reach = reach_of(user)
    wanted = {copy.text for copy in readable(article, user)} & {copy.text for copy in copies}
    marked = marked_passages(sorted(wanted))
    redacted = Passage.objects.redacted().filter(capture_text__capture__article=article)
    places = list(redacted.values_list("capture_text", "start", "end", "state", "quote"))
    hiding = {place[0] for place in places} if reach is Reach.READING else set()
    hides_headline = reach is Reach.READING and article.headline_withheld
    whose = Q() if hides_headline else Q(pk__in=wanted | hiding)
    texts = {text.pk: text for text in CaptureText.objects.of_article(article).filter(whose)}
    hidden: list[_Words] = []
    if reach is Reach.READING:
        hidden += _redacted_words(places, texts)
    if hides_headline:
        hidden += _headlines(article, texts.values())
    shown = {}
    for pk in wanted:
        text = texts[pk]
        holes = holes_in(text, marked[pk], hides_headline=hides_headline)
        holes += [place for words, span in hidden for place in _places(words, span, text.text)]
        shown[pk] = shown_paragraphs(text, holes, reach)
    return [shown.get(copy.text, ()) for copy in copies]


def _redacted_words(
    places: Iterable[tuple[int, int, int, str, str]], texts: dict[int, CaptureText]
) -> Iterable[_Words]:
    for text, start, end, state, quote in places:
        if state == PassageState.ANCHORED:
            yield texts[text].text, (start, end)
        else:
            yield quote, (0, len(quote))


def _places(before: str, span: Span, text: str) -> Iterable[Span]:
    """Where hidden words stand in a text, and what stands in their place: between the words once around them."""
    yield from places_of(before, span, text)
    prefix, quote, suffix = anchor.quote_with_context(before, span)
    start = text.find(prefix)
    if not (prefix.strip() and suffix.strip()) or start < 0 or text.find(prefix, start + 1) >= 0:
        return
    low = start + len(prefix)
    high = text.find(suffix, low, low + 2 * len(quote) + 100 + len(suffix))
    if high > low:
        yield low, high


def _headlines(article: Article, texts: Iterable[CaptureText]) -> Iterable[_Words]:
    """The withheld headline, as the record and as each copy has it."""
    yield article.headline, (0, len(article.headline))
    for text in texts:
        span = headline_span(text.text, text.zones)
        if span:
            yield text.text, span
