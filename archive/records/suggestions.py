"""What somebody may mean who has typed the beginning of a name or headline, safe for the reader that it was made for.

Names come from ``access.names``, headlines from the index; what is offered is then read through the doors, and
left out where what this reader is shown does not begin as typed. So no beginning tells more than the lists do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from django.utils.translation import gettext as _

from archive.access import names
from archive.models import Actor, Article, Outlet, Source, Tactic
from archive.models.base import User
from archive.records import parts
from archive.records.reader import Reader
from archive.search import engine, language
from archive.text import analysis, beginnings

MOST = 10
# Of each kind before any has more.
OF_EACH_KIND = 2
# Headlines that the index finds, of which some do not begin as typed.
MOST_LOOKED_AT = 40


@dataclass(frozen=True, slots=True)
class Suggestion:
    """title: as this reader is shown it. what: its kind, in words. page: path of its page."""

    title: str
    what: str
    page: str


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A record as this reader is shown it. called: all its names. language: that they are in, where it is known."""

    ref: parts.Ref | None
    what: str
    called: str
    language: str = ""


def suggestions(typed: str, user: User) -> list[Suggestion]:
    """At most ten, the best kinds first: outlets, people and bodies, tactics, sources, headlines.

    Queries: seven at most, and four more when anything public has changed since the last.
    """
    asked = beginnings.read(typed)
    if not asked:
        return []
    found = {kind: pks[:MOST] for kind, pks in names.published().fitting(asked).items()}
    reader = Reader(user)
    by_kind = [
        _outlets(found.get(names.OUTLET, ()), user),
        _actors(found.get(names.ACTOR, ()), reader),
        _tactics(found.get(names.TACTIC, ())),
        _sources(found.get(names.SOURCE, ()), reader),
        _headlines(typed, reader),
    ]
    fitting = [
        [one for one in kind if beginnings.fits(beginnings.name_tokens(one.called, one.language), asked)]
        for kind in by_kind
    ]
    return [Suggestion(one.ref.title, one.what, one.ref.page) for kind in _mixed(fitting) for one in kind if one.ref]


def _mixed(kinds: Sequence[Sequence[_Candidate]]) -> list[Sequence[_Candidate]]:
    """Some of each kind; then what room is left goes to the best kinds."""
    shares = [min(len(kind), OF_EACH_KIND) for kind in kinds]
    for place, kind in enumerate(kinds):
        shares[place] += min(len(kind) - shares[place], MOST - sum(shares))
    return [kind[:share] for kind, share in zip(kinds, shares, strict=True)]


def _outlets(pks: Sequence[int], user: User) -> list[_Candidate]:
    rows = Outlet.objects.visible_to(user).published().in_bulk(pks)
    return [_Candidate(parts.outlet(rows[pk]), _("Outlet"), rows[pk].name) for pk in pks if pk in rows]


def _actors(pks: Sequence[int], reader: Reader) -> list[_Candidate]:
    rows = Actor.objects.visible_to(reader.user).published().prefetch_related("names").in_bulk(pks)
    return [
        _Candidate(reader.actor(one), one.get_kind_display(), "\n".join([one.name, *map(str, one.names.all())]))
        for one in (rows[pk] for pk in pks if pk in rows)
    ]


def _tactics(pks: Sequence[int]) -> list[_Candidate]:
    rows = Tactic.objects.in_bulk(pks)
    return [
        _Candidate(parts.Ref("tactic", one.slug, one.label, one.get_absolute_url()), _("Tactic"), one.label)
        for one in (rows[pk] for pk in pks if pk in rows)
    ]


def _sources(pks: Sequence[int], reader: Reader) -> list[_Candidate]:
    rows = Source.objects.visible_to(reader.user).published().select_related("article").in_bulk(pks)
    what = _("Source: %(kind)s")
    return [
        _Candidate(reader.source(one), what % {"kind": one.get_kind_display()}, one.title_for(reader.user))
        for one in (rows[pk] for pk in pks if pk in rows)
    ]


def _headlines(typed: str, reader: Reader) -> list[_Candidate]:
    """The newest articles with a headline of which all words but the last are typed, and the last begun.

    Raises SearchTooSlow.
    """
    tree = language.parse(_in_titles(analysis.words(typed)[: beginnings.MOST_WORDS])).tree
    if tree is None:
        return []
    articles = Article.objects.visible_to(reader.user).published().found_by(tree).newest_first()
    with engine.time_limit(connection):
        newest = list(articles.select_related("outlet")[:MOST_LOOKED_AT])
    what = _("Article: %(outlet)s")
    return [
        _Candidate(reader.article(one), what % {"outlet": one.outlet.name}, _headline(one, reader.user), one.language)
        for one in newest
    ]


def _in_titles(words: Sequence[str]) -> str:
    """Ask for words in titles, the last of them a beginning.

    The index is not asked for one or two letters; behind other words they are compared with what those find.
    """
    if len(words) > 1 and len(words[-1]) < language.SHORTEST_PREFIX:
        return " ".join(f"title:{word}" for word in words[:-1])
    return " ".join(f"title:{word}" for word in words) + "*" if words else ""


def _headline(article: Article, user: User) -> str:
    return "" if article.headline_withheld else article.headline_for(user)
