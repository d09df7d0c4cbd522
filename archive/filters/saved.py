"""Questions that people keep: a list's name with its query string, in one form, asked again for what is new.

What is asked is read by the list's own FilterSet each time, so that a kept question finds what the list's page finds,
and one that can no longer be asked says why. Its page, the facets in sight and empty fields ask for nothing: they are
left out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models.functions import Lower
from django.http import QueryDict
from django.utils.translation import gettext as _

from archive.filters.articles import ArticleFilter
from archive.filters.claims import ClaimFilter
from archive.filters.facets import Chip, FacetedFilter
from archive.filters.records import ActorFilter, OutletFilter, SourceFilter
from archive.models import Actor, Article, Claim, Outlet, SavedSearch, Source
from archive.models.base import User
from archive.models.vocabulary import SavedList
from archive.models.workspace import LONGEST_QUERY
from archive.search import engine

NOT_KEPT = {"page", "filters"}


class NotAskable(Exception):
    """The list cannot be asked this. problems: sentences that say why."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        self.problems = problems
        super().__init__(" ".join(problems))


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, where there is no request: all that a FilterSet reads of one."""

    user: User


def _articles(user: User) -> Any:
    return Article.objects.visible_to(user).published().newest_first()


def _claims(user: User) -> Any:
    return Claim.objects.visible_to(user).published().for_listing()


def _outlets(user: User) -> Any:
    return Outlet.objects.visible_to(user).published().for_listing().order_by(Lower("name"), "pk")


def _sources(user: User) -> Any:
    return Source.objects.visible_to(user).published().for_listing()


def _actors(user: User) -> Any:
    return Actor.objects.visible_to(user).published().for_listing().order_by(Lower("name"), "pk")


LISTS: dict[str, tuple[type[FacetedFilter], Callable[[User], Any]]] = {
    SavedList.ARTICLES: (ArticleFilter, _articles),
    SavedList.CLAIMS: (ClaimFilter, _claims),
    SavedList.OUTLETS: (OutletFilter, _outlets),
    SavedList.SOURCES: (SourceFilter, _sources),
    SavedList.ACTORS: (ActorFilter, _actors),
}


def asked(kind: str, query: str, user: User) -> FacetedFilter:
    """The list of this kind, asked this by this reader. Raises NotAskable. Queries: those of the terms asked for."""
    question = QueryDict(query[: LONGEST_QUERY + 1])
    if any("\0" in text for name, values in question.lists() for text in (name, *values)):
        raise NotAskable((_("The question holds characters that are no text."),))
    form, records = LISTS[kind]
    found = form(question, queryset=records(user), request=Asker(user))
    if problems := found.problems():
        raise NotAskable(tuple(problems.values()))
    return found


def kept(kind: str, query: str, user: User) -> str:
    """A question in the form in which it is kept: one order of its parts, without what asks nothing.

    Raises NotAskable for one that the list would not answer, or that is too long to be kept.
    """
    question = QueryDict(query[: LONGEST_QUERY + 1], mutable=True)
    for name in NOT_KEPT:
        question.pop(name, None)
    parts = QueryDict(mutable=True)
    for name, values in sorted(question.lists()):
        if filled := sorted({value for value in values if value}):
            parts.setlist(name, filled)
    words = parts.urlencode()
    if max(len(words), len(query)) > LONGEST_QUERY:
        raise NotAskable((_("The question is too long to be kept."),))
    asked(kind, words, user)
    return words


def told(search: SavedSearch, user: User) -> list[Chip]:
    """What a kept question asks, as marks; its words first. Raises NotAskable."""
    found = asked(search.kind, search.query, user)
    words = found.data.get("q", "").strip()
    return [*([Chip(_("Words"), words, "")] if words else []), *found.chips()]


def news(search: SavedSearch, user: User, *, since: int) -> Any:
    """What of the answer came to be public by an event after this one, in the list's order. Raises NotAskable."""
    return asked(search.kind, search.query, user).qs.published_after(since)


def count(search: SavedSearch, user: User, *, seconds: float) -> int:
    """How much is new since its owner last looked. Raises NotAskable, SearchTooSlow."""
    with engine.budget(connection, seconds):
        return int(news(search, user, since=search.seen_seq).count())
