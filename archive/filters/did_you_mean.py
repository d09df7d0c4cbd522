""" "Did you mean": a search that found little, put right with words that the archive shows to everybody.

Words that the archive does not know are replaced by those that sound nearest; where it knows all of them, one by
one. Offered is only what finds more than the search itself, under the same filters, by the reader's own count.
Words come from ``access.public_words`` (a table, one look at an index) and ``access.names`` (in memory), never from
captured text. Queries: one for words, one for the names' version, one for witnesses, and one for each search tried.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from django.db import connection

from archive.access import names, public_words
from archive.filters.listing import ListFilter
from archive.search import engine
from archive.text import spelling
from archive.text.spelling import Sound

FEWEST = 3  # articles found with which nobody needs help
MOST_OFFERED = 3
MOST_TRIED = 6
MOST_WORDS = 4
_OF_EACH_WORD = 3
# What is not looked for where it stands: names of fields, and terms with a minus.
_FIELDS = {"title", "outlet"}
_LEFT_OUT = re.compile(r'(?:^|(?<=\s))[-\u2212](?:\w+:)?(?:"[^"]*"|\S+)')

Change: TypeAlias = tuple[int, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Offer:
    """Another search. words: to be shown. query: of its address. total: articles that it finds."""

    words: str
    query: str
    total: int


def offers(asked: ListFilter, total: int | None) -> list[Offer]:
    """At most three other searches, all as near; none where enough was found, or nothing can be put right.

    total: articles found; None where the question could not be understood.
    """
    typed = asked.data.get("q", "")
    if total is None or total >= FEWEST or not typed.strip():
        return []
    found: list[Offer] = []
    nearest = None
    for slips, words in _put_right(typed):
        if len(found) == MOST_OFFERED or nearest is not None and slips > nearest:
            break
        data = asked.data.copy()
        data["q"] = words
        data.pop("page", None)
        other = type(asked)(data, queryset=asked.queryset, request=asked.request)
        count = _count(other)
        if count > total:
            found.append(Offer(words, f"?{data.urlencode()}", count))
            nearest = slips
    return found


def _count(other: ListFilter) -> int:
    if not other.is_valid():
        return 0
    try:
        with engine.time_limit(connection):
            return int(other.qs.count())
    except engine.SearchTooSlow:
        # The search itself was answered; help with it is not worth an error.
        return 0


def _put_right(typed: str) -> Iterator[tuple[int, str]]:
    """Write the search with other words in the place of some, those with the fewest slips first, and their number."""
    sought = spelling.sounds(_LEFT_OUT.sub(" ", typed))
    words = [one for one in sought if one.word not in _FIELDS][:MOST_WORDS]
    if not words:
        return
    named = names.published().words
    known = {*named, *public_words.within([spelling.reach(one.sound) for one in words])}
    candidates = {one: _candidates(one, known) for one in words}
    shown = public_words.still_shown(found.word for near in candidates.values() for _slips, found in near)
    shown |= {one.word for one in named}
    heard = {one.sound for one in known}
    changes = _changes(
        [
            (one, one.sound in heard, [(slips, found.word) for slips, found in near if found.word in shown])
            for one, near in candidates.items()
        ]
    )
    for slips, change in sorted(changes, key=lambda found: found[0])[:MOST_TRIED]:
        yield slips, spelling.put_right(typed, change)


def _candidates(one: Sound, known: set[Sound]) -> list[tuple[int, Sound]]:
    reach = spelling.reach(one.sound)
    return spelling.nearest(one, (other for other in known if reach.holds(other.sound)), _OF_EACH_WORD)


def _changes(words: Sequence[tuple[Sound, bool, list[tuple[int, str]]]]) -> Iterator[Change]:
    """Give what to write for which words, with the number of slips.

    words: each with whether the archive knows it, and what may be meant by it.
    """
    unknown = [(one.word, near) for one, is_known, near in words if not is_known and near]
    if not unknown:
        yield from ((slips, {one.word: other}) for one, _is_known, near in words for slips, other in near)
        return
    for chosen in itertools.product(*(near for _word, near in unknown)):
        yield (
            sum(slips for slips, _other in chosen),
            {word: other for (word, _near), (_slips, other) in zip(unknown, chosen, strict=True)},
        )
