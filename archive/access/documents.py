"""What the search index may know of an article, worked out whenever that changes.

The title is the headline unless it is withheld. The body is the summary, what was coded and is published (claims,
speakers by all their names, titles of sources), the newest captured text whose do-no-harm check is cleared, its
redactions taken out, and what the public extract shows of older captures. A withdrawn article has no document.
Nothing else is indexed, so nothing else can match, count or be ranked by.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db import connection, transaction

from archive.access import public_words
from archive.access.coded import Coded, coded_words
from archive.access.headlines import headline_span
from archive.history import versions
from archive.models import Article, CaptureText, PublicExtract, Redaction, SearchDocument
from archive.models.vocabulary import HarmReview, PassageState, RecordStatus
from archive.search import engine
from archive.search.engine import GAP, Document
from archive.text import analysis, spans

SUMMARY_LANGUAGE = "en"
BATCH = 200
# A tsvector holds one megabyte: a lexeme takes its letters, some bytes of its own and two for each position.
MOST_BYTES = 900_000
_BYTES_OF_LEXEME = 12
_BYTES_OF_POSITION = 2


def rebuild(article_pks: Iterable[int]) -> None:
    """Write the documents of these articles anew and index them, in the caller's transaction.

    The number of queries does not depend on the number of articles.
    """
    pks = list(article_pks)
    articles = list(Article.objects.filter(pk__in=pks).exclude(status=RecordStatus.WITHDRAWN))
    texts = _newest_texts(pks)
    holes = _holes([text.pk for text in texts.values()])
    extracts = dict(PublicExtract.objects.filter(article__in=pks).values_list("article", "spans"))
    coded = coded_words(pks)
    documents = [
        _document(
            one,
            texts.get(one.pk),
            holes[texts[one.pk].pk] if one.pk in texts else [],
            extracts.get(one.pk, []),
            coded.get(one.pk, []),
        )
        for one in articles
    ]
    SearchDocument.objects.filter(article__in=set(pks) - {one.pk for one in articles}).delete()
    SearchDocument.objects.bulk_create(
        [
            SearchDocument(
                article_id=one.article,
                chain=analysis.CHAIN_VERSION,
                title=" ".join(one.title),
                body=" ".join(one.body),
            )
            for one in documents
        ],
        update_conflicts=True,
        unique_fields=["article"],
        update_fields=["chain", "title", "body"],
    )
    engine.write(connection, documents)
    public_words.rebuild(pks, articles)


def forget() -> None:
    """Take what was removed from the index out of the database's file, too, in the caller's transaction."""
    engine.forget(connection)


def index_missing(most: int | None = None) -> int:
    """Index what has no document of this chain, batch by batch, while readers and writers go on.

    most: articles at most; None does all. Returns how many were indexed. Stopped, it goes on where it was.
    """
    done = 0
    while most is None or done < most:
        with transaction.atomic():
            # Locked: a redaction made meanwhile must not be undone by a text read before it.
            waiting = Article.objects.not_indexed(analysis.CHAIN_VERSION).order_by("pk")
            batch = list(waiting.select_for_update(of=("self",)).values_list("pk", flat=True)[:BATCH])
            rebuild(batch)
            if batch:
                # Searches answer otherwise from now on, so no browser may keep what they answered before.
                versions.public_changed()
        done += len(batch)
        if len(batch) < BATCH:
            return done
    return done


def ask_for_all() -> None:
    """Mark every document as one to be made anew; until then it is found as before."""
    SearchDocument.objects.update(chain=0)


def _newest_texts(pks: Sequence[int]) -> dict[int, CaptureText]:
    """The text of each article that researchers read in full."""
    texts = CaptureText.objects.filter(capture__article__in=pks, capture__harm_review=HarmReview.CLEARED)
    oldest_first = texts.select_related("capture").order_by("capture__captured_at", "pk")
    return {text.capture.article_id: text for text in oldest_first}


def _holes(text_ids: Sequence[int]) -> dict[int, list[spans.Span]]:
    redacted = Redaction.objects.filter(passage__capture_text__in=text_ids, passage__state=PassageState.ANCHORED)
    found: dict[int, list[spans.Span]] = defaultdict(list)
    for text_id, start, end in redacted.values_list("passage__capture_text", "passage__start", "passage__end"):
        found[text_id].append((start, end))
    return found


def _document(
    article: Article,
    text: CaptureText | None,
    holes: Sequence[spans.Span],
    shown: Sequence[dict[str, object]],
    coded: Sequence[Coded],
) -> Document:
    title = [] if article.headline_withheld else analysis.tokens(article.headline, article.language)
    parts = [analysis.tokens(article.summary, SUMMARY_LANGUAGE)]
    parts += [analysis.tokens(one.words, one.language) for one in coded]
    if text is not None:
        headline = headline_span(text.text, text.zones) if article.headline_withheld else None
        hidden = [*holes, headline] if headline else holes
        for start, end in spans.subtract([(0, len(text.text))], hidden):
            parts.append(analysis.tokens(text.text[start:end], article.language))
    for span in shown:
        if text is None or span["text"] != text.pk:
            parts += [analysis.tokens(words, article.language) for words in _shown_words(span)]
    return Document(article.pk, title, _within_bounds([token for part in parts for token in (*part, GAP)]))


def _shown_words(span: dict[str, object]) -> list[str]:
    pieces: list[tuple[str, bool]] = span["pieces"]  # type: ignore[assignment]  # a list of pairs in JSON
    return [words for words, is_redacted in pieces if not is_redacted]


def _within_bounds(body: list[str]) -> list[str]:
    """Cut a body where PostgreSQL could not keep it, on both databases alike; that is beyond any newspaper's length."""
    size, known = 0, set[str]()
    for place, token in enumerate(body):
        size += _BYTES_OF_POSITION
        if token not in known:
            known.add(token)
            size += len(token) + _BYTES_OF_LEXEME
        if size > MOST_BYTES:
            return body[:place]
    return body
