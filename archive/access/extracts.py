"""The public extract: all of an article's wording that the public may see, worked out when something changes.

Passages enter in order of weight (figures, quotations, the rest) as long as the outlet's limit holds; a
passage enters whole or not at all, so nothing is misquoted by a cut. Overlaps count once, the headline does
not count, a redaction counts as its mark. Every public channel shows only the stored row, so no combination
of pages, searches and exports can show more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from archive.access import documents
from archive.access.headlines import headline_span
from archive.models import (
    Annotation,
    Appearance,
    Article,
    CaptureText,
    Citation,
    DateEvidence,
    Figure,
    Passage,
    PublicExtract,
    Redaction,
    TacticUse,
)
from archive.models.outlets import STRICT_EXTRACT_LIMIT
from archive.models.vocabulary import HarmReview, PassageState, RecordStatus, Voice
from archive.text import spans

FIGURE, QUOTATION, REST = range(3)


@dataclass(frozen=True, slots=True)
class Text:
    """A capture text as the extract sees it. headline: its span, or None. holes: redacted spans."""

    text: str
    headline: tuple[int, int] | None
    holes: Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Candidate:
    passage: int
    text_id: int
    start: int
    end: int
    weight: int


@dataclass(slots=True)
class Chosen:
    """What is shown so far. length: code points, as counted against the limit."""

    limit: int
    spans: dict[int, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))
    shown: list[Candidate] = field(default_factory=list)
    left_out: list[int] = field(default_factory=list)
    length: int = 0


def limit_of(article: Article) -> int:
    """Code points of this article that may be shown. Reads the outlet's loaded policies.

    Without an address to link to: the strict limit at most, and nothing where the terms require a link.
    """
    policy = article.outlet.policy
    limit = article.outlet.extract_limit
    if article.address and not article.address_withheld:
        return limit
    return 0 if policy and policy.is_link_required else min(limit, STRICT_EXTRACT_LIMIT)


def rebuild(article_pks: Iterable[int]) -> list[int]:
    """Work the extracts of these articles out anew, and their search documents, in the caller's transaction.

    An article whose extract reads otherwise than before has changed, for feeds and for the map of addresses, too.
    Returns the articles whose extract lost passages to the limit that it showed before.
    The number of queries does not depend on the number of articles.
    """
    pks = list(article_pks)
    articles = Article.objects.filter(pk__in=pks).select_related("outlet").prefetch_related("outlet__policies")
    candidates = _candidates(pks)
    texts = _texts({candidate.text_id for found in candidates.values() for candidate in found})
    before = {row.article_id: row for row in PublicExtract.objects.filter(article__in=pks)}
    rows = [_extract(article, candidates[article.pk], texts) for article in articles if article.pk in candidates]
    PublicExtract.objects.filter(article__in=pks).delete()
    PublicExtract.objects.bulk_create(rows)
    after = {row.article_id: row for row in rows}
    changed = [pk for pk in pks if _wording(before.get(pk)) != _wording(after.get(pk))]
    Article.objects.filter(pk__in=changed).update(updated_at=timezone.now())
    # What may be found follows from the same things as what may be shown.
    documents.rebuild(pks)
    return [pk for pk, row in after.items() if pk in before and set(row.left_out) - set(before[pk].left_out)]


def _wording(extract: PublicExtract | None) -> list[object]:
    """What a reader reads of an extract, piece by piece."""
    return [span["pieces"] for span in extract.spans] if extract else []


def _extract(article: Article, candidates: Iterable[Candidate], texts: dict[int, Text]) -> PublicExtract:
    chosen = choose(candidates, texts, limit=limit_of(article), shows_headline=not article.headline_withheld)
    shown = sorted(chosen.shown, key=lambda candidate: (candidate.text_id, candidate.start, -candidate.end))
    return PublicExtract(
        article=article,
        policy=article.outlet.policy,
        limit=chosen.limit,
        spans=[_stored(candidate, texts[candidate.text_id]) for candidate in shown],
        left_out=sorted(chosen.left_out),
        length=chosen.length,
    )


def choose(candidates: Iterable[Candidate], texts: dict[int, Text], *, limit: int, shows_headline: bool) -> Chosen:
    """Choose which passages are shown: pure, so that properties can be tested."""
    chosen = Chosen(limit)
    for candidate in sorted(candidates, key=lambda one: (one.weight, one.text_id, one.start, one.end, one.passage)):
        text = texts[candidate.text_id]
        span = (candidate.start, candidate.end)
        if not shows_headline and text.headline and spans.overlaps(span, text.headline):
            chosen.left_out.append(candidate.passage)
            continue
        union = {**chosen.spans, candidate.text_id: [*chosen.spans.get(candidate.text_id, []), span]}
        length = sum(counted(texts[text_id], found) for text_id, found in union.items())
        if length > limit and length > chosen.length:
            chosen.left_out.append(candidate.passage)
            continue
        chosen.spans, chosen.length = union, length
        chosen.shown.append(candidate)
    return chosen


def counted(text: Text, shown: Iterable[tuple[int, int]]) -> int:
    """Code points shown of one text: the union of spans, the headline left out, redactions as their marks."""
    counting = spans.subtract(shown, [text.headline] if text.headline else [])
    return sum(len(piece.text) for span in counting for piece in spans.mask(text.text, span, text.holes))


def _stored(candidate: Candidate, text: Text) -> dict[str, object]:
    pieces = spans.mask(text.text, (candidate.start, candidate.end), text.holes)
    return {
        "passage": candidate.passage,
        "text": candidate.text_id,
        "start": candidate.start,
        "end": candidate.end,
        "pieces": [[piece.text, piece.is_redacted] for piece in pieces],
    }


def _candidates(pks: list[int]) -> dict[int, list[Candidate]]:
    """Coded passages of the articles that may leave the desk, by article, each with its best weight."""
    weights: dict[int, int] = {}
    for weight, passages in _coded(pks):
        for passage in passages:
            weights[passage] = min(weight, weights.get(passage, REST))
    found: dict[int, list[Candidate]] = defaultdict(list)
    rows = Passage.objects.filter(
        pk__in=weights,
        state=PassageState.ANCHORED,
        capture_text__capture__harm_review=HarmReview.CLEARED,
        capture_text__capture__article__in=pks,
    ).values_list("pk", "capture_text", "start", "end", "capture_text__capture__article")
    for pk, text_id, start, end, article in rows:
        found[article].append(Candidate(pk, text_id, start, end, weights[pk]))
    return found


def _coded(pks: list[int]) -> Iterable[tuple[int, Iterable[int]]]:
    published = Q(claim__status=RecordStatus.PUBLISHED)
    in_published = Q(appearance__article__in=pks, appearance__claim__status=RecordStatus.PUBLISHED)
    reports = Appearance.objects.filter(published, article__in=pks, passage__isnull=False)
    quoted = Q(voice__in=[Voice.QUOTATION, Voice.PART_QUOTATION])
    yield FIGURE, _passages(Figure.objects.filter(in_published, passage__isnull=False))
    yield QUOTATION, _passages(reports.filter(quoted))
    yield REST, _passages(reports.exclude(quoted))
    yield REST, _passages(TacticUse.objects.filter(in_published, passage__isnull=False))
    yield REST, _passages(Citation.objects.filter(article__in=pks, passage__isnull=False))
    yield REST, _passages(DateEvidence.objects.filter(article__in=pks, passage__isnull=False))
    yield REST, _passages(Annotation.objects.filter(article__in=pks, passage__isnull=False))


def _passages(rows: models.QuerySet[Any]) -> Iterable[int]:
    return rows.order_by().values_list("passage", flat=True)


def _texts(text_ids: Iterable[int]) -> dict[int, Text]:
    holes: dict[int, list[tuple[int, int]]] = defaultdict(list)
    redacted = Redaction.objects.filter(passage__capture_text__in=text_ids, passage__state=PassageState.ANCHORED)
    for text_id, start, end in redacted.values_list("passage__capture_text", "passage__start", "passage__end"):
        holes[text_id].append((start, end))
    return {
        pk: Text(text, headline_span(text, zones), holes[pk])
        for pk, text, zones in CaptureText.objects.filter(pk__in=text_ids).values_list("pk", "text", "zones")
    }
