"""How a search becomes part of a QuerySet: matching articles, outlets that are meant, the best match first."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, TypeVar, overload

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Q
from django.db.models.sql.compiler import SQLCompiler

from archive.models.outlets import Outlet
from archive.search import engine
from archive.search import tree as trees
from archive.text import analysis

# A native rank visits every match: above this many, lists go by date.
MOST_RANKED = 2_000
# With more articles than this, finding them again costs no more than telling the database which they are.
MOST_SETTLED = 5_000


Articles = TypeVar("Articles", bound="models.QuerySet[Any]")


class Matching(models.Expression):
    """The ids of the articles that a query finds, as a subquery of either database's own."""

    output_field = models.BigIntegerField()

    def __init__(self, tree: trees.Node) -> None:
        super().__init__()
        self.tree = tree

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[str | int, ...]]:
        found = engine.matching_sql(connection.vendor, self.tree)
        if found is None:
            raise ValueError("Every article matches this query: there is nothing to ask the index.")
        return f"({found[0]})", found[1]


class Listed(models.Expression):
    """Ids that are known, as a subquery of either database's own; any number of them is one parameter."""

    output_field = models.BigIntegerField()

    def __init__(self, pks: Sequence[int]) -> None:
        super().__init__()
        self.pks = json.dumps(list(pks))

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[str | int, ...]]:
        if connection.vendor == "sqlite":
            return "(SELECT value FROM json_each(%s))", (self.pks,)
        return "(SELECT json_array_elements_text(%s::json)::bigint)", (self.pks,)


def settled(articles: Articles) -> Articles:
    """The same articles, unordered, by their ids where they are few: what is asked of them again need not find them.

    One query; where they are many the condition stays as it is.
    """
    pks = list(articles.order_by().values_list("pk", flat=True)[: MOST_SETTLED + 1])
    if len(pks) > MOST_SETTLED:
        return articles
    return type(articles)(articles.model, using=articles.db).filter(pk__in=Listed(pks))


class BestFirst(Sequence[models.Model]):
    """The rows of a QuerySet in an order of their own. A slice is one query."""

    def __init__(self, rows: models.QuerySet[Any], pks: Sequence[int]) -> None:
        self.rows = rows
        self.pks = pks

    def __len__(self) -> int:
        return len(self.pks)

    @overload
    def __getitem__(self, place: int) -> models.Model: ...
    @overload
    def __getitem__(self, place: slice) -> list[models.Model]: ...
    def __getitem__(self, place: int | slice) -> models.Model | list[models.Model]:
        wanted = self.pks[place] if isinstance(place, slice) else [self.pks[place]]
        loaded = self.rows.in_bulk(wanted)
        found = [loaded[pk] for pk in wanted if pk in loaded]
        return found if isinstance(place, slice) else found[0]


def asks_the_index(tree: trees.Node | None) -> bool:
    """Tell whether a query is about more than outlets."""
    return not all(map(trees.is_about_outlets, trees.conditions(tree)))


def is_rankable(tree: trees.Node | None) -> bool:
    """Tell whether a query names a word to be found, by which articles fit more or less."""
    return not all(isinstance(node, trees.Not) or trees.is_about_outlets(node) for node in trees.conditions(tree))


def outlets_meant(tree: trees.Node | None) -> Q:
    """Write what a query says of outlets as a condition on articles. One query, none where it says nothing."""
    asked = trees.outlet_conditions(tree)
    known = list(Outlet.objects.values_list("pk", "slug", "name")) if asked else []
    condition = Q()
    for node in asked:
        pks = _outlets(node.node if isinstance(node, trees.Not) else node, known)
        condition &= ~Q(outlet__in=pks) if isinstance(node, trees.Not) else Q(outlet__in=pks)
    return condition


def _outlets(node: trees.Node, known: Sequence[tuple[int, str, str]]) -> list[int]:
    if isinstance(node, trees.Or):
        return [pk for one in node.nodes for pk in _outlets(one, known)]
    if not isinstance(node, trees.OfOutlet):
        raise ValueError(f"{type(node).__name__} says nothing of an outlet.")
    return [pk for pk, slug, name in known if node.text == slug or _is_called(name, node.text)]


def _is_called(name: str, asked: str) -> bool:
    """Tell whether every word asked for is one of a name's, in any script and form."""
    held = frozenset[str]().union(*map(analysis.tokens_of, analysis.words(name)))
    stems = [found for word in analysis.words(asked) if (found := analysis.query_stems(word))]
    return bool(stems) and all(held & found for found in stems)
