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

from archive.access.carrying import places_of
from archive.access.headlines import headline_span
from archive.access.texts import Reach, VisibleParagraph, holes_in, marked_passages, reach_of, shown_paragraphs
from archive.models import Article, CaptureText, Passage
from archive.models.base import User
from archive.models.vocabulary import HarmReview, PassageState
from archive.text import anchor
from archive.text.spans import Span

# A text, and a stretch of it whose words are hidden in every copy.
Words: TypeAlias = tuple[str, Span]


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
    texts = {text.pk: text for text in CaptureText.objects.of_article(article).filter(pk__in=wanted)}
    is_reading = reach is Reach.READING
    hidden = hidden_words([article])[article.pk] if is_reading else []
    shown = {}
    for pk in wanted:
        text = texts[pk]
        holes = holes_in(text, marked[pk], hides_headline=is_reading and article.headline_withheld)
        shown[pk] = shown_paragraphs(text, [*holes, *places_in(text.text, hidden)], reach)
    return [shown.get(copy.text, ()) for copy in copies]


def hidden_words(articles: Iterable[Article]) -> dict[int, list[Words]]:
    """What is hidden in any copy of each of these articles, by the article's pk. Two queries."""
    asked = {article.pk: article for article in articles}
    found: dict[int, list[Words]] = {pk: [] for pk in asked}
    redacted = Passage.objects.redacted().filter(capture_text__capture__article__in=asked)
    for passage in redacted.select_related("capture_text__capture"):
        is_here = passage.state == PassageState.ANCHORED
        words = (passage.capture_text.text, (passage.start, passage.end)) if is_here else _whole(passage.quote)
        found[passage.capture_text.capture.article_id].append(words)
    withheld = {pk: article for pk, article in asked.items() if article.headline_withheld}
    for text in CaptureText.objects.of_articles(withheld) if withheld else ():
        span = headline_span(text.text, text.zones)
        found[text.capture.article_id] += [(text.text, span)] if span else []
    for pk, article in withheld.items():
        found[pk].append(_whole(article.headline))
    return found


def places_in(text: str, hidden: Iterable[Words]) -> list[Span]:
    """Where what is hidden in any copy stands in a text of one of them, or what stands in its place."""
    return [place for words, span in hidden for place in _places(words, span, text)]


def _whole(words: str) -> Words:
    return words, (0, len(words))


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
