"""The names of what is published, by the beginnings of their words: for suggestions while somebody types.

Kept in the process for one public version of the archive, and read anew when that has changed (some ten milliseconds
for each thousand records). Outlets, people, bodies, tactics and sources are thousands where articles may be hundreds
of thousands, and a table of their words would have to be kept true by everything that writes them. A name is looked up
by halving a sorted list, not by going through it. Headlines are not in here: the index has them.

Only what anybody may read is kept: what is withheld cannot be found by typing it, not even at the desk. What is shown
is read through the doors at the time of the answer.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.contrib.auth.models import AnonymousUser

from archive.history import versions
from archive.models import Actor, Outlet, Source, Tactic
from archive.text import beginnings, spelling
from archive.text.beginnings import Beginning
from archive.text.spelling import Sound

OUTLET, ACTOR, TACTIC, SOURCE = "outlet", "actor", "tactic", "source"
# Titles of sources are sentences of others; the rest is the archive's own vocabulary.
OFFERED_AS_WORDS = {OUTLET, ACTOR, TACTIC}


@dataclass(frozen=True, slots=True)
class Name:
    """kind: of record. tokens: of all its names, the one that it is called by first."""

    kind: str
    pk: int
    tokens: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """names: of one public version. places: (token, place in names), sorted. words: of outlets, actors and tactics."""

    names: Sequence[Name]
    places: Sequence[tuple[str, int]]
    words: tuple[Sound, ...]

    def fitting(self, typed: Sequence[Beginning]) -> dict[str, list[int]]:
        """Give the ids of records with a name that fits, by kind.

        First come those that begin with what was typed, then those that have it inside.
        """
        if not typed:
            return {}
        rarest = max(typed, key=lambda beginning: max(map(len, beginning.starts), default=0))
        fitting = [self.names[place] for place in set(self._with(rarest))]
        if len(typed) > 1:
            fitting = [name for name in fitting if beginnings.fits(name.tokens, typed)]
        found: dict[str, list[int]] = defaultdict(list)
        plain = typed[0].plain
        for name in sorted(fitting, key=lambda one: (_place(one.tokens, plain), one.tokens, one.pk)):
            found[name.kind].append(name.pk)
        return found

    def _with(self, beginning: Beginning) -> Iterator[int]:
        """Places of the names that have a word with this beginning."""
        for start in (*beginning.starts, *beginning.whole):
            at = bisect_left(self.places, (start, -1))
            is_whole = start not in beginning.starts
            while at < len(self.places) and _begins(self.places[at][0], start, is_whole):
                yield self.places[at][1]
                at += 1


def _place(tokens: Sequence[str], plain: str) -> int:
    """Rank a name: 0 where it begins so as typed, 1 where a later word does, 2 where only another spelling does."""
    return 0 if tokens[0].startswith(plain) else 1 if any(token.startswith(plain) for token in tokens) else 2


def _begins(token: str, start: str, is_whole: bool) -> bool:
    return token == start if is_whole else token.startswith(start)


def published() -> Names:
    """The names of what is published now. One query, and four when anything public has changed since."""
    return read(versions.public_version())


@lru_cache(maxsize=1)
def read(version: int) -> Names:
    """Read the names of one public version of the archive."""
    called = [(kind, pk, *_parsed(text)) for kind, pk, text in _called()]
    names = [Name(kind, pk, tokens) for kind, pk, tokens, _sounds in called]
    places = sorted((token, place) for place, name in enumerate(names) for token in name.tokens)
    words = {one for kind, _pk, _tokens, sounds in called if kind in OFFERED_AS_WORDS for one in sounds}
    return Names(names, places, tuple(words))


@lru_cache(maxsize=1 << 15)
def _parsed(text: str) -> tuple[tuple[str, ...], tuple[Sound, ...]]:
    """Give the tokens and the words of what a record is called; nearly all are what they were a version ago."""
    return beginnings.name_tokens(text), tuple(spelling.sounds(text))


def _called() -> Iterator[tuple[str, int, str]]:
    """What each record is called, all its names in one line. Four queries.

    Sources that are articles are left out: they are called by their headlines.
    """
    public = AnonymousUser()
    for pk, name in Outlet.objects.visible_to(public).values_list("pk", "name"):
        yield OUTLET, pk, name
    known_as: dict[int, list[str]] = defaultdict(list)
    for pk, name, other in Actor.objects.visible_to(public).values_list("pk", "name", "names__name").order_by("pk"):
        known_as[pk] = [*(known_as[pk] or [name]), other or ""]
    for pk, names in known_as.items():
        yield ACTOR, pk, "\n".join(names)
    for pk, label in Tactic.objects.values_list("pk", "label"):
        yield TACTIC, pk, label
    titled = Source.objects.visible_to(public).filter(article=None, title_withheld=False)
    for pk, title in titled.values_list("pk", "title"):
        yield SOURCE, pk, title
