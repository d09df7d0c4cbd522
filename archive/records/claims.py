"""One claim as data: who carries it, which way it came, where it started, and every figure side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from archive.access.texts import texts_for
from archive.models import Appearance, Article, Claim, ClaimLink, Source
from archive.models.base import User, is_desk
from archive.models.vocabulary import Act
from archive.provenance import counts, graph
from archive.records import parts


@dataclass(frozen=True, slots=True)
class Route:
    """A way that the claim was passed on. relay: None where articles have it straight from the start."""

    relay: parts.Ref | None
    articles: tuple[parts.Ref, ...]


@dataclass(frozen=True, slots=True)
class OriginRecord:
    """A starting point that could be traced; several sources of one voice are one."""

    sources: tuple[parts.Ref, ...]
    by: tuple[parts.Ref, ...]
    is_named: bool


@dataclass(frozen=True, slots=True)
class ChainNode:
    """What has the claim from the node above it. is_repeated: shown in full further up."""

    ref: parts.Ref
    outlet: parts.Ref | None
    children: tuple[ChainNode, ...]
    is_repeated: bool = False


@dataclass(frozen=True, slots=True)
class LinkRecord:
    label: str
    claim: parts.Ref


@dataclass(frozen=True, slots=True)
class ClaimRecord:
    """One claim. articles, routes, origins: the counts; the lists below say what is counted."""

    id: str
    page: str
    version: int
    sentence: str
    kind: parts.Term
    articles: int
    routes: int
    origins: int
    unnamed: int
    not_stated: int
    denials: int
    declined: int
    is_lead: bool
    note: str
    when: parts.When
    setting: parts.Term | None
    response: parts.Term | None
    people: tuple[parts.Term, ...]
    areas: tuple[parts.Term, ...]
    places: tuple[parts.Term, ...]
    actors: tuple[tuple[str, parts.Ref], ...]
    tactics: tuple[parts.Term, ...]
    article_list: tuple[parts.CarrierRef, ...]
    route_list: tuple[Route, ...]
    origin_list: tuple[OriginRecord, ...]
    not_stated_list: tuple[parts.Ref, ...]
    chain: tuple[ChainNode, ...]
    reports: tuple[parts.ReportRecord, ...]
    in_sources: tuple[parts.ReportRecord, ...]
    answers: tuple[parts.ReportRecord, ...]
    figures: tuple[parts.FigureRecord, ...]
    links: tuple[LinkRecord, ...]


def claim_record(claim: Claim, user: User) -> ClaimRecord:
    """Everything that this reader may see of one claim, loaded ``for_page()``. Constant query count."""
    appearances = list(Appearance.objects.visible_to(user).of_claim(claim).loaded())
    articles = {one.article.pk: one.article for one in appearances if one.article}
    reader = parts.Reader(user, texts_for(articles.values(), user))
    public = [one for one in appearances if one.is_public]
    provenance = counts.traced(public)
    shown = _Shown(reader, articles, _sources(provenance, user))
    reports = [reader.report(one) for one in appearances]
    said_so = [one for one in reports if one.is_assertion]
    in_articles = [one for one in said_so if one.carrier.outlet]
    # What is counted is what is public, so that the desk reads the same numbers as everyone.
    counted = {one.public_id for one in public if one.article_id}
    return ClaimRecord(
        id=claim.public_id,
        page=claim.get_absolute_url(),
        version=claim.version,
        sentence=claim.sentence,
        kind=parts.term(claim, "kind"),
        articles=len(provenance.articles),
        routes=len(provenance.routes),
        origins=len(provenance.named),
        unnamed=len(provenance.unnamed),
        not_stated=len(provenance.not_stated),
        denials=counts.answering(public, counts.TAKEN_BACK),
        declined=counts.answering(public, {Act.DECLINES}),
        is_lead=claim.is_lead,
        note=claim.note,
        when=parts.when(claim.date_from, claim.date_to, claim.date_precision, claim.date_words),
        setting=parts.term(claim, "setting") if claim.setting else None,
        response=parts.term(claim, "response") if claim.response else None,
        people=tuple(parts.Term(one.slug, one.label) for one in claim.people.all()),
        areas=tuple(parts.Term(one.slug, one.name) for one in claim.areas.all()),
        places=tuple(parts.Term(one.slug, one.name) for one in claim.places.all()),
        actors=_actors(claim, reader),
        tactics=tuple(dict.fromkeys(term for one in reports for term in one.tactics)),
        article_list=tuple({one.carrier.ref.id: one.carrier for one in in_articles if one.id in counted}.values()),
        route_list=tuple(shown.routes(provenance)),
        origin_list=tuple(shown.origins(provenance)),
        not_stated_list=tuple(ref for node in provenance.not_stated if (ref := shown.ref(node))),
        chain=tuple(shown.chain(provenance)),
        reports=tuple(in_articles),
        in_sources=tuple(one for one in said_so if not one.carrier.outlet),
        answers=tuple(one for one in reports if not one.is_assertion),
        figures=tuple(figure for one in said_so for figure in one.figures),
        links=_links(claim, user),
    )


def _actors(claim: Claim, reader: parts.Reader) -> tuple[tuple[str, parts.Ref], ...]:
    return tuple((one.get_part_display(), who) for one in claim.done.all() if (who := reader.actor(one.actor)))


def _links(claim: Claim, user: User) -> tuple[LinkRecord, ...]:
    links = ClaimLink.objects.of_claim(claim)
    seen = [one.seen_from(claim) for one in (links if is_desk(user) else links.published())]
    return tuple(LinkRecord(label, parts.claim(other)) for label, other in seen)


def _sources(provenance: graph.Provenance, user: User) -> dict[graph.Node, Source]:
    """The sources among the nodes, with those who speak in them. Two queries."""
    rows = Source.objects.visible_to(user).among(
        [pk for kind, pk in provenance.parents if kind == "source"],
        articles=[pk for kind, pk in provenance.parents if kind == "article"],
    )
    return {counts.node_of(one): one for one in rows}


@dataclass(frozen=True, slots=True)
class _Shown:
    """The nodes of the graph, as this reader may see them."""

    reader: parts.Reader
    articles: Mapping[int, Article]
    sources: Mapping[graph.Node, Source]

    def ref(self, node: graph.Node) -> parts.Ref | None:
        kind, pk = node
        if kind == "article" and pk in self.articles:
            return self.reader.article(self.articles[pk])
        return self.reader.source(self.sources.get(node))

    def routes(self, provenance: graph.Provenance) -> list[Route]:
        return [
            Route(None if route == graph.DIRECT else self.ref(route), self._through(route, provenance))  # type: ignore[arg-type]  # a route is "direct" or a node
            for route in provenance.routes
        ]

    def _through(self, route: graph.Node | str, provenance: graph.Provenance) -> tuple[parts.Ref, ...]:
        """Articles that credit the relay; or, straight, those that credit an origin themselves."""
        ends = {node for origin in provenance.origins for node in origin.sources}
        wanted = ends if route == graph.DIRECT else {route}
        return tuple(
            ref for node in provenance.articles if wanted & set(provenance.parents[node]) and (ref := self.ref(node))
        )

    def origins(self, provenance: graph.Provenance) -> list[OriginRecord]:
        found = []
        for origin in provenance.origins:
            sources = [self.sources[node] for node in origin.sources if node in self.sources]
            by = {actor.pk: self.reader.actor(actor) for source in sources for actor in source.actors.all()}
            refs = tuple(ref for node in origin.sources if (ref := self.ref(node)))
            found.append(OriginRecord(refs, tuple(who for who in by.values() if who), origin.is_named))
        return found

    def chain(self, provenance: graph.Provenance) -> list[ChainNode]:
        """From the starting points down to the articles; articles that name no source stand alone."""
        children: dict[graph.Node, list[graph.Node]] = {}
        for node, parents in provenance.parents.items():
            for parent in parents:
                children.setdefault(parent, []).append(node)
        tops = [node for origin in provenance.origins for node in origin.sources]
        seen: set[graph.Node] = set()
        return [shown for top in tops if (shown := self._chain_node(top, children, seen))]

    def _chain_node(
        self, node: graph.Node, children: Mapping[graph.Node, Sequence[graph.Node]], seen: set[graph.Node]
    ) -> ChainNode | None:
        ref = self.ref(node)
        if ref is None:
            return None
        carrying = self.articles.get(node[1]) if node[0] == "article" else None
        outlet = parts.outlet(carrying.outlet) if carrying else None
        if node in seen:
            return ChainNode(ref, outlet, (), is_repeated=True)
        seen.add(node)
        below = [self._chain_node(child, children, seen) for child in children.get(node, ())]
        return ChainNode(ref, outlet, tuple(child for child in below if child))
