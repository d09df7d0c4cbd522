"""Finding records of any kind by what they are called, in any script and spelling, drafts included.

Names are folded here, by the chain of the search index, and not by a database: some ten milliseconds for each
thousand records that are met for the first time, a tenth of that afterwards.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from rapidfuzz import fuzz

from archive.desk import editable
from archive.models.base import User
from archive.models.vocabulary import RecordKind, RecordStatus
from archive.text import beginnings

# By which fields records of a kind are known; the first is how they are called.
CALLED: dict[str, tuple[str, ...]] = {
    RecordKind.OUTLET: ("name", "slug"),
    RecordKind.ACTOR: ("name", "names__name"),
    RecordKind.SOURCE: ("title", "article__headline"),
    RecordKind.CLAIM: ("sentence",),
    RecordKind.PLACE: ("name", "slug"),
    RecordKind.MEASURE: ("slug",),
    RecordKind.TACTIC: ("label", "slug"),
}
# What else finds them, and names nobody: many statements are made at "a briefing".
FOUND_BY: dict[str, tuple[str, ...]] = {
    RecordKind.OUTLET: ("website",),
    RecordKind.SOURCE: ("occasion",),
    RecordKind.MEASURE: ("definition",),
}
MOST_ALIKE = 6
# Of a hundred, by letters of the folded words in alphabetical order.
NEARLY_THE_SAME = 86
# Letters of a folded word that may be somebody's whole name.
SAYS_ENOUGH = 5


@dataclass(frozen=True, slots=True)
class Called:
    """A record by its names. key: as forms and addresses name it; status: none for a term; tokens: what finds it."""

    pk: int
    key: str
    name: str
    status: str
    tokens: frozenset[str]
    known_as: tuple[str, ...]


def called(kind: str, user: User) -> list[Called]:
    """All records of a kind that this person may see, by name. One query."""
    model: Any = editable.EDITABLE[kind].model
    is_term = kind in editable.BY_NUMBER
    fields = ["pk", "pk" if is_term else "public_id", "pk" if is_term else "status"]
    fields += [*CALLED[kind], *FOUND_BY.get(kind, ())]
    many = len(CALLED[kind])
    found: dict[int, Called] = {}
    for pk, key, status, *words in model.objects.visible_to(user).order_by().values_list(*fields):
        held = found.get(pk)
        known_as = tuple(dict.fromkeys([*(held.known_as if held else ()), *filter(None, words[:many])]))
        tokens = frozenset().union(*map(_tokens, [*known_as, *words[many:]]))
        found[pk] = Called(pk, str(key), known_as[0] if known_as else "", "" if is_term else status, tokens, known_as)
    return sorted(found.values(), key=lambda one: (one.name.casefold(), one.pk))


def in_use(kind: str, user: User) -> list[Called]:
    """Those of a kind that may be meant: of what is withdrawn another record may stand, of the same name. One query."""
    return [one for one in called(kind, user) if one.status != RecordStatus.WITHDRAWN]


@lru_cache(maxsize=1 << 15)
def _tokens(name: str) -> frozenset[str]:
    return frozenset(beginnings.name_tokens(name))


def fitting(records: Iterable[Called], typed: str) -> list[Called]:
    """Those of which every word that was typed begins a word, and the one with this very id; all for nothing typed."""
    asked = beginnings.read(typed)
    if not asked:
        return [] if typed.strip() else list(records)
    sought = typed.strip().lower()
    return [one for one in records if one.key == sought or beginnings.fits(one.tokens, asked)]


def alike(records: Iterable[Called], name: str) -> list[Called]:
    """At most six records that may be the one of this name, the likeliest first."""
    tokens = _tokens(name)
    ranked = sorted(((_likeness(tokens, one), one.pk, one) for one in records), key=lambda found: (-found[0], found[1]))
    return [one for likeness, _pk, one in ranked[:MOST_ALIKE] if likeness >= NEARLY_THE_SAME]


def _likeness(tokens: frozenset[str], one: Called) -> float:
    """How likely two names are one, of a hundred."""
    return max((_alike(tokens, _tokens(name)) for name in one.known_as), default=0.0)


@lru_cache(maxsize=1 << 12)
def _written(tokens: frozenset[str]) -> str:
    return " ".join(sorted(tokens))


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    # 2200 is not 2201, though nearly all its letters are.
    if not one or not other or _numbers(one) != _numbers(other):
        return 0.0
    if (one <= other or other <= one) and max(map(len, one & other)) >= SAYS_ENOUGH:
        return max(float(NEARLY_THE_SAME), float(fuzz.ratio(_written(one), _written(other))))
    return float(fuzz.ratio(_written(one), _written(other)))


def _numbers(tokens: Collection[str]) -> set[str]:
    return {token for token in tokens if any(sign.isdigit() for sign in token)}


def meant(records: Iterable[Called], typed: str) -> tuple[Called | None, list[Called]]:
    """The record that a typed name or id stands for, or None and those that may be meant.

    typed: an id, a name, or both as `written` gives them.
    """
    known = list(records)
    sought = " ".join(typed.split())
    key = sought.rpartition("(")[2].removesuffix(")").strip().lower()
    tokens = _tokens(sought)
    for found in (
        [one for one in known if one.key == key],
        [one for one in known if sought in one.known_as],
        [one for one in known if tokens and any(tokens == _tokens(name) for name in one.known_as)],
    ):
        if len(found) == 1:
            return found[0], []
        if found:
            return None, found[:MOST_ALIKE]
    return None, (fitting(known, sought) if sought else [])[:MOST_ALIKE] or alike(known, sought)


def written(one: Called) -> str:
    """A record as a field shows it and takes it back: its name and its id."""
    return f"{one.name} ({one.key})"
