"""The way of one claim from its starting points to the articles, as data: each step with what it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from archive.models import Article, Source
from archive.models.appearances import Said, SaidOf
from archive.models.article_texts import one_text
from archive.models.base import is_desk
from archive.models.vocabulary import CreditBasis, CreditEvidence, CreditHow, CreditState
from archive.provenance import counts, graph
from archive.records import parts
from archive.records.reader import Reader

# Articles that a chain is shown with where nobody asked for all, dealt out among those that they have it from.
ROOM = 24


@dataclass(frozen=True, slots=True)
class Route:
    """A way that the claim was passed on. relay: None where articles have it straight from the start."""

    relay: parts.Ref | None
    articles: tuple[parts.Ref, ...]


@dataclass(frozen=True, slots=True)
class OriginRecord:
    """A starting point that could be traced; several sources of one voice are one.

    articles: ids of those that rest on it.
    """

    sources: tuple[parts.Ref, ...]
    by: tuple[parts.Ref, ...]
    is_named: bool
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """What says that one has the claim from another: how, where it is said, on which evidence, how far decided."""

    how: parts.Term
    basis: parts.Term
    evidence: parts.Term
    state: parts.Term
    counts: bool


@dataclass(frozen=True, slots=True)
class ChainNode:
    """What has the claim from the node above it, and by which steps. is_repeated: shown in full further up.

    when: of an article. is_start: one of the starting points that were counted or, if nobody names it, told apart.
    further: articles below that are not shown here.
    """

    ref: parts.Ref
    outlet: parts.Ref | None
    when: parts.When | None
    steps: tuple[Step, ...]
    children: tuple[ChainNode, ...]
    is_start: bool = False
    is_repeated: bool = False
    further: int = 0

    @property
    def counts(self) -> bool:
        """Whether a step to here is counted; the first of a chain has none."""
        return not self.steps or any(step.counts for step in self.steps)


@dataclass(frozen=True)
class Chains:
    """The graph of one claim, as this reader may see it.

    reports: asserting ones, with credits. is_whole: show every article, however many one node has.
    """

    reader: Reader
    provenance: graph.Provenance
    reports: Sequence[Said]
    articles: Mapping[int, Article]
    sources: Mapping[graph.Node, Source]
    is_whole: bool = True
    _carriers: dict[int, parts.CarrierRef] = field(default_factory=dict)

    def ref(self, node: graph.Node) -> parts.Ref | None:
        carrier = self._article(node)
        return carrier.ref if carrier else self.reader.source(self.sources.get(node))

    def _article(self, node: graph.Node) -> parts.CarrierRef | None:
        """The article that a node is; None where that is withheld of a source."""
        source = self.sources.get(node)
        if node[0] != "article" or (source is not None and source.article_for(self.reader.user) is None):
            return None
        return self.carrier(node[1])

    def carriers(self, nodes: Iterable[graph.Node]) -> tuple[parts.CarrierRef, ...]:
        found = (self.carrier(pk) for _, pk in nodes)
        return tuple(one for one in found if one)

    def carrier(self, pk: int) -> parts.CarrierRef | None:
        """An article, made once."""
        if pk not in self._carriers and pk in self.articles:
            self._carriers[pk] = self.reader.in_article(self.articles[pk])
        return self._carriers.get(pk)

    def texts(self) -> Iterator[tuple[str, ...]]:
        """Ids of those articles that are one text, for each text with several."""
        carrying = (self.articles[pk] for _, pk in self.provenance.articles if pk in self.articles)
        return (tuple(one.public_id for one in text) for text in one_text(carrying))

    def routes(self) -> Iterator[Route]:
        """Each with the articles that credit the relay; or, straight, those that credit an origin themselves."""
        crediting: dict[graph.Node, list[graph.Node]] = {}
        for node in self.provenance.articles:
            for parent in self.provenance.parents[node]:
                crediting.setdefault(parent, []).append(node)
        for route in self.provenance.routes:
            wanted = self._starts.keys() if isinstance(route, str) else {route}
            found = {node for parent in wanted for node in crediting.get(parent, ())}
            refs = (self.ref(node) for node in self.provenance.articles if node in found)
            relay = None if isinstance(route, str) else self.ref(route)
            yield Route(relay, tuple(ref for ref in refs if ref))

    def origins(self) -> Iterator[OriginRecord]:
        resting = graph.resting(self.provenance)
        for origin, nodes in zip(self.provenance.origins, resting, strict=True):
            sources = [self.sources[node] for node in origin.sources if node in self.sources]
            by = {actor.pk: self.reader.actor(actor) for source in sources for actor in source.actors.all()}
            refs = tuple(ref for node in origin.sources if (ref := self.ref(node)))
            yield OriginRecord(
                refs,
                tuple(who for who in by.values() if who),
                origin.is_named,
                tuple(found.ref.id for found in self.carriers(nodes)),
            )

    def tree(self) -> tuple[ChainNode, ...]:
        """From the starting points down to the articles; then what is credited and no starting point, rings last."""
        seen: set[graph.Node] = set()
        shown = [self._node(top, None, seen) for top in self._starts]
        below = {child for children in self._children.values() for child in children}
        others = [*(node for node in self._children if node not in below), *self._children]
        shown += [self._node(top, None, seen) for top in others if top not in seen]
        return tuple(node for node in shown if node)

    @cached_property
    def _starts(self) -> dict[graph.Node, None]:
        """Sources that are a starting point, alone or with others, in order."""
        return dict.fromkeys(node for origin in self.provenance.origins for node in origin.sources)

    @cached_property
    def _steps(self) -> dict[tuple[graph.Node, graph.Node], tuple[Step, ...]]:
        """Every step that this reader may see, by who has the claim and from whom; steps alike stand once."""
        states = (
            {CreditState.CONFIRMED, CreditState.SUGGESTED} if is_desk(self.reader.user) else {CreditState.CONFIRMED}
        )
        known: dict[tuple[str, ...], Step] = {}
        found: dict[tuple[graph.Node, graph.Node], dict[Step, None]] = {}
        nodes = {source.pk: node for node, source in self.sources.items()}
        for report in self.reports:
            carrier = graph.article(report.article_id) if report.article_id else nodes.get(report.source_id or 0)
            for credit in report.credits:
                credited = nodes.get(credit.source_id or 0)
                if carrier and credited and credit.state in states:
                    found.setdefault((carrier, credited), {})[_step(credit, known)] = None
        return {pair: tuple(sorted(steps, key=lambda step: not step.counts)) for pair, steps in found.items()}

    @cached_property
    def _children(self) -> dict[graph.Node, list[graph.Node]]:
        """What has the claim from each node: those that articles lead to, by steps that are counted or not."""
        credited: dict[graph.Node, list[graph.Node]] = {}
        for child, parent in self._steps:
            credited.setdefault(child, []).append(parent)
        reached, waiting = set(self.provenance.parents), list(self.provenance.parents)
        for node in waiting:  # grows while it is read
            above = [parent for parent in credited.get(node, ()) if parent not in reached]
            reached.update(above)
            waiting.extend(above)
        children: dict[graph.Node, list[graph.Node]] = {}
        for child, parent in self._steps:
            if child in reached:
                children.setdefault(parent, []).append(child)
        return children

    def _node(self, node: graph.Node, parent: graph.Node | None, seen: set[graph.Node]) -> ChainNode | None:
        ref = self.ref(node)
        if ref is None:
            return None
        carrier = self._article(node)
        outlet, when = (carrier.outlet, carrier.when) if carrier else (None, None)
        steps = self._steps.get((node, parent), ()) if parent else ()
        children, is_start = self._children.get(node, []), node in self._starts
        if node in seen:
            return ChainNode(ref, outlet, when, steps, (), is_start, is_repeated=bool(children))
        seen.add(node)
        shown, further = (children, 0) if self.is_whole else self._folded(children)
        below = [self._node(child, node, seen) for child in shown]
        return ChainNode(ref, outlet, when, steps, tuple(child for child in below if child), is_start, further=further)

    def _folded(self, children: Sequence[graph.Node]) -> tuple[list[graph.Node], int]:
        """What passes it on, and of many articles that end here the first; and how many more there are."""
        ends = [child for child in children if not self._children.get(child)]
        left_out = set(ends[self._room :]) if len(ends) > self._room + 1 else set()
        return [child for child in children if child not in left_out], len(left_out)

    @cached_property
    def _room(self) -> int:
        """How many articles have room below each node that has any."""
        return max(1, ROOM // max(1, len(self._children)))


def _step(credit: SaidOf, known: dict[tuple[str, ...], Step]) -> Step:
    """Of thousands of credits a handful are different."""
    key = (credit.how, credit.basis, credit.evidence, credit.state)
    if key not in known:
        terms = (
            CreditHow(credit.how),
            CreditBasis(credit.basis),
            CreditEvidence(credit.evidence),
            CreditState(credit.state),
        )
        how, basis, evidence, state = (parts.Term(one.value, str(one.label)) for one in terms)
        known[key] = Step(how, basis, evidence, state, counts.is_counted(credit))
    return known[key]
