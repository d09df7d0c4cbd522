"""Rows of lists as data, safe for the reader that they were made for. Each function costs the same for any page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import Model

from archive.access.coded import Coded, coded_words
from archive.access.texts import texts_for
from archive.models import Actor, Article, Claim, ClaimCount, Figure, Outlet, Source, Tactic
from archive.models.articles import ArticleQuerySet
from archive.models.base import User
from archive.models.vocabulary import TacticGroup
from archive.records import hits, parts
from archive.records.hits import Hit
from archive.records.reader import Reader
from archive.search import tree as trees

# Articles of one text that a row names.
MOST_OTHERS = 5


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """One article in a list. year: under which it stands; empty where the date is not known. hit: in a search.

    also: other articles of the same text, for which this one stands; with `also_more` beyond those.
    """

    ref: parts.Ref
    outlet: parts.Ref
    language: str
    when: parts.When
    basis: parts.Term | None
    year: str
    summary: str
    depth: parts.Term
    is_lead: bool
    sensitivity: parts.Term | None
    claims: int
    sources: int
    tactics: tuple[parts.Term, ...]
    areas: tuple[parts.Term, ...]
    hit: Hit | None = None
    also: tuple[Reprint, ...] = ()
    also_more: int = 0


@dataclass(frozen=True, slots=True)
class Reprint:
    """Another article of a text. outlet: its name."""

    ref: parts.Ref
    outlet: str
    when: parts.When


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One claim in a list, never without the count of those who deny it or take it back."""

    ref: parts.Ref
    kind: parts.Term
    articles: int
    routes: int
    origins: int
    unnamed: int
    not_stated: int
    denials: int
    declined: int
    is_lead: bool
    people: tuple[parts.Term, ...]
    areas: tuple[parts.Term, ...]


@dataclass(frozen=True, slots=True)
class SourceRow:
    ref: parts.Ref
    kind: parts.Term
    who: tuple[parts.Ref, ...]
    occasion: str
    when: parts.When
    state: parts.Term | None
    checked_on: str
    is_lead: bool
    citing: int


@dataclass(frozen=True, slots=True)
class ActorRow:
    ref: parts.Ref
    kind: parts.Term
    role: str
    parent: parts.Ref | None
    country: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OutletRow:
    ref: parts.Ref
    kind: parts.Term
    country: str
    languages: tuple[str, ...]
    limit: int
    is_limit_known: bool
    articles: int


def counted(record: Model, name: str) -> int:
    """A count that the record's QuerySet put beside it."""
    return int(getattr(record, name))


def tactic_groups(page: Iterable[Tactic]) -> list[tuple[str, list[Tactic]]]:
    """Tactics under the name of their group, groups in the vocabulary's order. No query."""
    found: dict[str, list[Tactic]] = {str(label): [] for label in TacticGroup.labels}
    for tactic in page:
        found[str(tactic.get_group_display())].append(tactic)
    return [(name, tactics) for name, tactics in found.items() if tactics]


def article_rows(
    page: Iterable[Article],
    user: User,
    tree: trees.Node | None = None,
    *,
    others: Mapping[int, Sequence[int]] | None = None,
) -> list[ArticleRow]:
    """The articles of one page, in its order. Three queries, and one that reads the page; six more for a search.

    tree: what was searched for. others: articles for which one of the page stands, by that one: one query more.

    The page is counted for its own rows alone: counting for a whole list before it is cut costs seconds.
    """
    wanted = [article.pk for article in page]
    if not wanted:
        return []
    loaded = Article.objects.visible_to(user).for_listing().with_counts().in_bulk(wanted)
    reader = Reader(user, texts_for(loaded.values(), user) if tree else {})
    coded = coded_words(wanted) if tree else {}
    found = [_article_row(loaded[pk], reader, tree, coded.get(pk, [])) for pk in wanted if pk in loaded]
    if not others:
        return found
    shown = {pk: list(others.get(pk, ()))[:MOST_OTHERS] for pk in loaded}
    named = Article.objects.visible_to(user).by_pks(pk for pks in shown.values() for pk in pks)
    also = reprints(named, user)
    return [
        replace(
            row,
            also=tuple(also[other] for other in shown[pk] if other in also),
            also_more=len(others.get(pk, ())) - len(shown[pk]),
        )
        for row, pk in zip(found, (pk for pk in wanted if pk in loaded), strict=True)
    ]


def reprints(articles: ArticleQuerySet, user: User) -> dict[int, Reprint]:
    """The published ones of these, as links, by primary key, in the order of their days. One query."""
    reader = Reader(user)
    found = articles.published().select_related("outlet").earliest_first()
    return {one.pk: Reprint(reader.article(one), one.outlet.name, parts.published(one)) for one in found}


def _article_row(article: Article, reader: Reader, tree: trees.Node | None, words: Sequence[Coded]) -> ArticleRow:
    known = article.published_from or article.published_to
    coded = counted(article, "claim_count") > 0
    ref = reader.article(article)
    return ArticleRow(
        ref=ref,
        outlet=parts.outlet(article.outlet),
        language=article.language,
        when=parts.published(article),
        basis=parts.term(article, "published_basis") if article.published_basis else None,
        year=str(known.year) if known else "",
        summary=article.summary,
        depth=parts.term(article, "depth"),
        is_lead=article.is_lead,
        sensitivity=parts.term(article, "sensitivity") if article.sensitivity else None,
        claims=counted(article, "claim_count"),
        sources=counted(article, "source_count"),
        # What was guessed before coding gives way to what was coded.
        tactics=() if coded else tuple(parts.Term(t.slug, t.label) for t in article.provisional_tactics.all()),
        areas=() if coded else tuple(parts.Term(p.slug, p.name) for p in article.provisional_areas.all()),
        hit=hits.hit(article, ref.title, reader.texts[article.pk], tree, words) if tree else None,
    )


def claim_rows(page: Iterable[Claim]) -> list[ClaimRow]:
    """The claims of one page, loaded ``for_listing()``. No query."""
    found = []
    for claim in page:
        # A claim that nothing published reports yet has no row of counts.
        counts = getattr(claim, "counts", None) or ClaimCount()
        found.append(
            ClaimRow(
                ref=parts.claim(claim),
                kind=parts.term(claim, "kind"),
                articles=counts.articles,
                routes=counts.routes,
                origins=counts.origins,
                unnamed=counts.unnamed,
                not_stated=counts.not_stated,
                denials=counts.denials,
                declined=counts.declined,
                is_lead=claim.is_lead,
                people=tuple(parts.Term(one.slug, one.label) for one in claim.people.all()),
                areas=tuple(parts.Term(one.slug, one.name) for one in claim.areas.all()),
            )
        )
    return found


def source_rows(page: Iterable[Source], user: User) -> list[SourceRow]:
    """The sources of one page, loaded ``for_listing()``. No query."""
    reader = Reader(user)
    found = []
    for source in page:
        check = next(iter(source.checks.all()), None)
        found.append(
            SourceRow(
                ref=parts.Ref("source", source.public_id, source.title_for(user), source.get_absolute_url()),
                kind=parts.term(source, "kind"),
                who=tuple(who for actor in source.actors.all() if (who := reader.actor(actor))),
                occasion=source.occasion,
                when=parts.said(source),
                state=parts.term(check, "state") if check else None,
                checked_on=check.checked_on.isoformat() if check else "",
                is_lead=source.is_lead,
                citing=counted(source, "citing_count"),
            )
        )
    return found


def figure_rows(page: Iterable[Figure], user: User) -> list[parts.FigureRecord]:
    """The figures of one page, loaded ``loaded()``. Queries: those of the texts."""
    figures = list(page)
    articles = {one.appearance.article.pk: one.appearance.article for one in figures if one.appearance.article}
    reader = Reader(user, texts_for(articles.values(), user))
    return [reader.figure(one, one.appearance) for one in figures]


def actor_rows(page: Iterable[Actor], user: User) -> list[ActorRow]:
    """The actors of one page, loaded ``for_listing()``. No query."""
    reader = Reader(user)
    return [
        ActorRow(
            ref=parts.Ref("actor", actor.public_id, actor.name, actor.get_absolute_url()),
            kind=parts.term(actor, "kind"),
            role=actor.role,
            parent=reader.actor(actor.parent),
            country=str(actor.country or ""),
            names=tuple(str(one) for one in actor.names.all()),
        )
        for actor in page
    ]


def outlet_rows(page: Iterable[Outlet]) -> list[OutletRow]:
    """The outlets of one page, loaded ``for_listing()``. No query."""
    return [
        OutletRow(
            ref=parts.outlet(outlet),
            kind=parts.term(outlet, "kind"),
            country=str(outlet.country or ""),
            languages=tuple(outlet.languages.split()),
            limit=outlet.extract_limit,
            is_limit_known=outlet.policy is not None and outlet.policy.extract_limit is not None,
            articles=counted(outlet, "article_count"),
        )
        for outlet in page
    ]
