"""Routes and origins of one claim: pure functions on a graph that is given as data.

The graph has articles and sources for nodes and, for edges, the credits among the claim's own
appearances, from what carries the claim to what it credits. So a source with two parents passes on to
each claim only the parent that this claim credits.

- An origin ("starting point") is a source at the end of the credits, reached from an article. Sources of one
  speaker or body, or of bodies with a common parent, are one origin. It is an upper bound: no common source found.
- A route ("way passed on") is a node that has the claim straight from an origin; all articles that do so
  themselves are together one route, "direct".
- An article that carries the claim and credits nothing states no origin; it never counts as an independent
  one. Its own reporting is a source of that kind, which it credits.
- A ring of sources that credit each other and nobody else is one origin at most, and counts as one.

Linear in credits. Strongly connected components: Tarjan, SIAM Journal on Computing 1(2), 1972.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

Node = tuple[str, int]  # ("article", pk) or ("source", pk)
DIRECT = "direct"


def article(pk: int) -> Node:
    return ("article", pk)


def source(pk: int) -> Node:
    return ("source", pk)


@dataclass(frozen=True, slots=True)
class Origin:
    """sources: the nodes at the end that are one voice, in order. is_named: whether anybody names it."""

    sources: tuple[Node, ...]
    is_named: bool


@dataclass(frozen=True, slots=True)
class Provenance:
    """What follows from one claim's credits.

    articles: those that carry it. routes: relaying nodes, and "direct" where an article has it straight
    from an origin. not_stated: articles that credit nothing.
    parents: node → what it credits, as counted; only nodes reached from an article.
    """

    articles: tuple[Node, ...] = ()
    routes: tuple[Node | str, ...] = ()
    origins: tuple[Origin, ...] = ()
    not_stated: tuple[Node, ...] = ()
    parents: Mapping[Node, tuple[Node, ...]] = field(default_factory=dict)

    @property
    def named(self) -> tuple[Origin, ...]:
        return tuple(origin for origin in self.origins if origin.is_named)

    @property
    def unnamed(self) -> tuple[Origin, ...]:
        return tuple(origin for origin in self.origins if not origin.is_named)


def trace(
    articles: Iterable[Node],
    credits: Iterable[tuple[Node, Node]],
    *,
    voices: Mapping[Node, Iterable[Hashable]],
    unnamed: Iterable[Node] = (),
) -> Provenance:
    """Work out routes and origins.

    articles: those that carry the claim. credits: (who credits, what it credits), counted ones only.
    voices: of a source, the ultimate bodies or persons that speak in it; a source without any is its own voice.
    unnamed: sources that the outlets do not name; they are roots, and not counted as named starting points.
    """
    carrying = tuple(dict.fromkeys(articles))
    parents = _reached(carrying, credits)
    ends = _ends(parents)
    direct = set(carrying)
    starts = [group for end in ends if (group := [node for node in end if node not in direct])]
    origins = _merged(starts, voices, set(unnamed))
    at_start = {node for end in ends if not direct.issuperset(end) for node in end}
    passing = {node for node, credited in parents.items() if node not in at_start and at_start & set(credited)}
    routes: list[Node | str] = [node for node in parents if node in passing - direct]
    if direct & (passing | at_start):
        routes.insert(0, DIRECT)
    silent = {node for end in ends if direct.issuperset(end) for node in end}
    not_stated = tuple(node for node in carrying if node in silent)
    return Provenance(carrying, tuple(routes), origins, not_stated, parents)


def resting(provenance: Provenance) -> list[tuple[Node, ...]]:
    """For each origin, the articles that lead to it, in their order. Linear in credits for each origin."""
    children: dict[Node, list[Node]] = {}
    for child, credited in provenance.parents.items():
        for parent in credited:
            children.setdefault(parent, []).append(child)
    found = []
    for origin in provenance.origins:
        reached = dict.fromkeys(origin.sources)
        waiting = list(origin.sources)
        for node in waiting:  # grows while it is read
            below = [child for child in children.get(node, ()) if child not in reached]
            reached.update(dict.fromkeys(below))
            waiting.extend(below)
        found.append(tuple(node for node in provenance.articles if node in reached))
    return found


def _ends(parents: Mapping[Node, tuple[Node, ...]]) -> list[list[Node]]:
    """Where the credits end: single nodes, or rings that lead nowhere else; in the order of parents."""
    component = _components(parents)
    members: dict[int, list[Node]] = {}
    for node in parents:
        members.setdefault(component[node], []).append(node)
    leaving = {component[node] for node in parents for to in parents[node] if component[to] != component[node]}
    return [nodes for number, nodes in members.items() if number not in leaving]


def _reached(articles: Iterable[Node], credits: Iterable[tuple[Node, Node]]) -> dict[Node, tuple[Node, ...]]:
    credited: dict[Node, dict[Node, None]] = {}
    for child, parent in credits:
        credited.setdefault(child, {})[parent] = None
    parents: dict[Node, tuple[Node, ...]] = {}
    waiting = list(articles)
    for node in waiting:  # grows while it is read: breadth first, in a stable order
        if node not in parents:
            parents[node] = tuple(credited.get(node, ()))
            waiting.extend(parents[node])
    return parents


def _merged(
    starts: Iterable[Sequence[Node]], voices: Mapping[Node, Iterable[Hashable]], unnamed: set[Node]
) -> tuple[Origin, ...]:
    """Join starts that share a voice (union-find); a joined origin is named if any of its sources is."""
    leader: dict[Hashable, Hashable] = {}

    def find(item: Hashable) -> Hashable:
        leader.setdefault(item, item)
        while leader[item] != item:
            leader[item] = leader[leader[item]]
            item = leader[item]
        return item

    starts = list(starts)
    for start in starts:
        for node in start:
            leader[find(node)] = find(start[0])
            for voice in voices.get(node, ()):
                leader[find(("voice", voice))] = find(start[0])
    groups: dict[Hashable, list[Node]] = {}
    for start in starts:
        groups.setdefault(find(start[0]), []).extend(start)
    return tuple(Origin(tuple(group), is_named=any(node not in unnamed for node in group)) for group in groups.values())


def _components(parents: Mapping[Node, tuple[Node, ...]]) -> dict[Node, int]:
    """Number of the strongly connected component of each node; without recursion, chains can be long."""
    order: dict[Node, int] = {}
    low: dict[Node, int] = {}
    stack: list[Node] = []
    component: dict[Node, int] = {}
    for start in parents:
        if start in order:
            continue
        order[start] = low[start] = len(order)
        stack.append(start)
        work = [(start, iter(parents[start]))]
        while work:
            node, children = work[-1]
            for child in children:
                if child not in order:
                    order[child] = low[child] = len(order)
                    stack.append(child)
                    work.append((child, iter(parents[child])))
                    break
                if child not in component:
                    low[node] = min(low[node], order[child])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == order[node]:
                    _close(node, stack, component)
    return component


def _close(node: Node, stack: list[Node], component: dict[Node, int]) -> None:
    number = len(component)
    while True:
        member = stack.pop()
        component[member] = number
        if member == node:
            return
