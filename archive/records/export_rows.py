"""Rows of exports as data. A file is passed on, so it holds what the public may see, whoever asks for it.

Each function costs the same number of queries for any number of records; give it a batch at a time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.contrib.auth.models import AnonymousUser

from archive.access.texts import texts_for
from archive.models import Appearance, Article, Claim, ClaimCount
from archive.models.appearances import AppearanceQuerySet
from archive.records import parts
from archive.records.reader import Reader
from archive.records.rows import counted
from archive.text import dates

PUBLIC = AnonymousUser()

Terms = tuple[parts.Term, ...]
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class ArticleExport:
    """One article. edtf: its date for machines. claims: ids of those it reports. passages: its public extract.

    is_provisional: its tactics, people and areas were set when it was listed, before it was coded.
    """

    id: str
    title: str
    outlet: parts.Ref
    url: str
    language: str
    when: parts.When
    edtf: str
    basis: parts.Term | None
    summary: str
    depth: parts.Term
    claims: tuple[str, ...]
    sources: int
    tactics: Terms
    people: Terms
    areas: Terms
    is_provisional: bool
    passages: tuple[str, ...]
    sensitivity: parts.Term | None
    is_lead: bool
    version: int
    updated_on: date
    page: str


@dataclass(frozen=True, slots=True)
class ClaimExport:
    """One claim, its counts as its page gives them. article_ids: the articles that are counted."""

    id: str
    sentence: str
    kind: parts.Term
    when: parts.When
    edtf: str
    articles: int
    routes: int
    origins: int
    unnamed: int
    not_stated: int
    denials: int
    declined: int
    article_ids: tuple[str, ...]
    tactics: Terms
    people: Terms
    areas: Terms
    places: Terms
    setting: parts.Term | None
    response: parts.Term | None
    is_lead: bool
    version: int
    updated_on: date
    page: str


def article_exports(pks: Sequence[int]) -> list[ArticleExport]:
    """Published articles, in the order of their pks; those no longer published are left out. Ten queries."""
    loaded = Article.objects.visible_to(PUBLIC).for_export().in_bulk(list(pks))
    texts = texts_for(loaded.values(), PUBLIC)
    reports = Appearance.objects.visible_to(PUBLIC).in_articles(pks)
    claims = _ids(reports, "article", "claim__public_id")
    coded = {
        "tactics": _terms(reports, "article", "tactic_uses__tactic", "label"),
        "people": _terms(reports, "article", "claim__people", "label"),
        "areas": _terms(reports, "article", "claim__areas", "name"),
    }
    reader = Reader(PUBLIC, texts)
    found = []
    for pk in pks:
        if pk in loaded:
            terms = {name: by_article[pk] for name, by_article in coded.items()}
            found.append(_article(loaded[pk], reader, claims[pk], terms if claims[pk] else _provisional(loaded[pk])))
    return found


def _article(article: Article, reader: Reader, claims: tuple[str, ...], terms: dict[str, Terms]) -> ArticleExport:
    ref = reader.article(article)
    return ArticleExport(
        id=article.public_id,
        title=ref.title,
        outlet=parts.outlet(article.outlet),
        url=article.address_for(PUBLIC),
        language=article.language,
        when=parts.published(article),
        edtf=dates.edtf(
            dates.PartialDate(
                article.published_from, article.published_to, article.published_precision, article.published_words
            )
        ),
        basis=parts.term(article, "published_basis") if article.published_basis else None,
        summary=article.summary,
        depth=parts.term(article, "depth"),
        claims=claims,
        sources=counted(article, "source_count"),
        **terms,
        is_provisional=not claims,
        passages=tuple(quote.plain for quote in reader.texts[article.pk].passages),
        sensitivity=parts.term(article, "sensitivity") if article.sensitivity else None,
        is_lead=article.is_lead,
        version=article.version,
        updated_on=article.updated_at.date(),
        page=ref.page,
    )


def _provisional(article: Article) -> dict[str, Terms]:
    return {
        "tactics": tuple(parts.Term(one.slug, one.label) for one in article.provisional_tactics.all()),
        "people": tuple(parts.Term(one.slug, one.label) for one in article.provisional_people.all()),
        "areas": tuple(parts.Term(one.slug, one.name) for one in article.provisional_areas.all()),
    }


def claim_exports(pks: Sequence[int]) -> list[ClaimExport]:
    """Published claims, in the order of their pks; those no longer published are left out. Six queries."""
    loaded = Claim.objects.visible_to(PUBLIC).for_listing().in_bulk(list(pks))
    reports = Appearance.objects.visible_to(PUBLIC).of_claims(pks)
    articles = _ids(reports.asserting(), "claim", "article__public_id")
    tactics = _terms(reports, "claim", "tactic_uses__tactic", "label")
    return [_claim(loaded[pk], articles[pk], tactics[pk]) for pk in pks if pk in loaded]


def _claim(claim: Claim, articles: tuple[str, ...], tactics: Terms) -> ClaimExport:
    # A claim that nothing published reports yet has no row of counts.
    counts = getattr(claim, "counts", None) or ClaimCount()
    return ClaimExport(
        id=claim.public_id,
        sentence=claim.sentence,
        kind=parts.term(claim, "kind"),
        when=parts.when(claim.date_from, claim.date_to, claim.date_precision, claim.date_words),
        edtf=dates.edtf(dates.PartialDate(claim.date_from, claim.date_to, claim.date_precision, claim.date_words)),
        articles=counts.articles,
        routes=counts.routes,
        origins=counts.origins,
        unnamed=counts.unnamed,
        not_stated=counts.not_stated,
        denials=counts.denials,
        declined=counts.declined,
        article_ids=articles,
        tactics=tactics,
        people=tuple(parts.Term(one.slug, one.label) for one in claim.people.all()),
        areas=tuple(parts.Term(one.slug, one.name) for one in claim.areas.all()),
        places=tuple(parts.Term(one.slug, one.name) for one in claim.places.all()),
        setting=parts.term(claim, "setting") if claim.setting else None,
        response=parts.term(claim, "response") if claim.response else None,
        is_lead=claim.is_lead,
        version=claim.version,
        updated_on=claim.updated_at.date(),
        page=claim.get_absolute_url(),
    )


def _ids(reports: AppearanceQuerySet, by: str, name: str) -> dict[int, tuple[str, ...]]:
    """Ids by the pk of an article or claim, each once, sorted. One query."""
    return _grouped(reports.values_list(by, name).distinct().order_by(by, name))


def _terms(reports: AppearanceQuerySet, by: str, relation: str, label: str) -> dict[int, Terms]:
    """Terms by the pk of an article or claim, each once, sorted by slug. One query.

    The database joins and thins them out: thousands of reports as objects would swell a batch.
    """
    slug = f"{relation}__slug"
    rows = reports.values_list(by, slug, f"{relation}__{label}").distinct().order_by(by, slug)
    return _grouped((pk, parts.Term(slug, label) if slug else None) for pk, slug, label in rows)


def _grouped(rows: Iterable[tuple[int, Value | None]]) -> dict[int, tuple[Value, ...]]:
    """Values by pk; a pk without any has none."""
    found: dict[int, list[Value]] = defaultdict(list)
    for pk, value in rows:
        if value:
            found[pk].append(value)
    return defaultdict(tuple, {pk: tuple(values) for pk, values in found.items()})
