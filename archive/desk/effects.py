"""What else changes with an edit: derived columns, public extracts, counts of claims."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from archive.access import documents, extracts
from archive.desk import parts, rules
from archive.desk.editable import EditableRecord
from archive.models import Actor, Article, Claim, Figure, Person, Source
from archive.provenance import counts
from archive.text.addresses import address_key

# Articles whose extracts are worked out at once; bounds memory.
BATCH = 500


def complete(stored: EditableRecord, values: Mapping[str, Any], changed: Collection[str], *, by: Person) -> None:
    """Fill in what follows from the new values, before they are saved. Raises ValidationError."""
    if isinstance(stored, Article):
        stored.address_key = address_key(stored.address) if stored.address else ""
        if "summary" in changed:
            stored.summary_by = by.signature
    if isinstance(stored, Figure):
        rules.refuse_figure_without_passage(stored, changed)
    if isinstance(stored, Claim):
        rules.refuse_place_too_fine(stored.setting, values.get("places", stored.places.all()))


def follow(stored: EditableRecord, changed: Collection[str]) -> None:
    """Work out anew what readers see of an edited record elsewhere, in the caller's transaction."""
    if isinstance(stored, Article):
        extracts.rebuild([stored.pk])
        if "headline_withheld" in changed and stored.headline_withheld:
            documents.forget()
    if isinstance(stored, Figure) and stored.appearance.article_id:
        # Locked as in every change of what an extract is made of.
        article = Article.objects.select_for_update().get(pk=stored.appearance.article_id)
        extracts.rebuild([article.pk])
    if isinstance(stored, (Actor, Claim, Source)):
        # Their names and sentences are words by which articles are found.
        find_anew(list(Article.objects.coded_with(stored).values_list("pk", flat=True)))
    if isinstance(stored, Source):
        counts.rewrite(_resting_on([stored.pk]))
    if isinstance(stored, Actor) and "parent" in changed:
        voiced = Source.objects.voiced_by(parts.body_with_parts(stored))
        counts.rewrite(_resting_on(voiced.order_by().values_list("pk", flat=True)))


def article_of(record: EditableRecord) -> Article | None:
    """The article whose checks follow from this record: itself, or the one that the figure stands in."""
    if isinstance(record, Figure):
        return record.appearance.article
    return record if isinstance(record, Article) else None


def find_anew(articles: Sequence[int]) -> None:
    """Work out many search documents, in batches, in the caller's transaction."""
    for start in range(0, len(articles), BATCH):
        documents.rebuild(articles[start : start + BATCH])


def _resting_on(sources: Collection[int]) -> set[int]:
    return set(Claim.objects.resting_on(Source.objects.by_pks(sources).order_by()).values_list("pk", flat=True))


def rebuild_all(articles: Sequence[int]) -> list[int]:
    """Work out many extracts, in batches. Returns the articles whose extract lost passages to the limit."""
    return [pk for start in range(0, len(articles), BATCH) for pk in extracts.rebuild(articles[start : start + BATCH])]
