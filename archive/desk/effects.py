"""What else changes with an edit: derived columns, public extracts, counts of claims."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from archive.access import documents, extracts
from archive.desk import parts, rules, term_rules
from archive.desk.editable import EditableRecord
from archive.models import Actor, Article, Claim, Figure, Measure, Outlet, Person, Place, Source
from archive.models.vocabulary import DatePrecision
from archive.provenance import counts
from archive.text import slugs
from archive.text.addresses import address_key
from archive.text.identifiers import random_public_id

# The columns of an article that follow from its dates.
PUBLISHED = ("published_from", "published_to", "published_precision", "published_basis", "published_words")
# Articles whose extracts are worked out at once; bounds memory.
BATCH = 500
SLUG_LENGTHS = {Outlet: 80, Place: 60}


def complete(stored: EditableRecord, values: Mapping[str, Any], changed: Collection[str], *, by: Person) -> None:
    """Fill in what follows from the new values, before they are saved. Raises ValidationError."""
    if isinstance(stored, Article):
        stored.address_key = address_key(stored.address) if stored.address else ""
        if "summary" in changed:
            stored.summary_by = by.signature
    if isinstance(stored, Figure):
        rules.refuse_figure_without_passage(stored, changed)
    if isinstance(stored, Claim):
        places = values["places"] if "places" in values else stored.places.all()
        rules.refuse_place_too_fine(stored.setting, places)
    if isinstance(stored, Place):
        term_rules.refuse_place(stored)
    if isinstance(stored, Measure):
        term_rules.refuse_other_count(stored, changed)
        people = values["people"] if "people" in values else stored.people.all()
        stored.slug = term_rules.slug_of(stored, people)


def new_slug(record: Outlet | Place, *, host: str = "") -> str:
    """A slug from the name, or else the host, that no other record of its kind has. One query."""
    longest = SLUG_LENGTHS[type(record)]
    plain = slugs.slug_of(record.name) or slugs.slug_of(host)
    base = plain[:longest].strip("-") or f"{record._meta.model_name}-{random_public_id()}"
    taken = type(record).objects.slugs_from(base[: longest - 6])
    return slugs.numbered(base, taken, longest=longest)


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


def date_anew(article: Article) -> None:
    """Derive the day of publication from the chosen evidence, not saved; without any, none is known. One query."""
    chosen = article.date_evidence.filter(is_chosen=True).first()
    article.published_from = chosen.earliest if chosen else None
    article.published_to = chosen.latest if chosen else None
    article.published_precision = chosen.precision if chosen else DatePrecision.UNKNOWN.value
    article.published_basis = chosen.basis if chosen else ""
    article.published_words = chosen.words if chosen else ""


def find_anew(articles: Sequence[int]) -> None:
    """Work out many search documents, in batches, in the caller's transaction."""
    for start in range(0, len(articles), BATCH):
        documents.rebuild(articles[start : start + BATCH])


def _resting_on(sources: Collection[int]) -> set[int]:
    return set(Claim.objects.resting_on(Source.objects.by_pks(sources).order_by()).values_list("pk", flat=True))


def rebuild_all(articles: Sequence[int]) -> list[int]:
    """Work out many extracts, in batches. Returns the articles whose extract lost passages to the limit."""
    return [pk for start in range(0, len(articles), BATCH) for pk in extracts.rebuild(articles[start : start + BATCH])]
