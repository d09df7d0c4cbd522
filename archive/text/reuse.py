"""Passages that two texts share word for word, and the fingerprints by which such texts are found among many.

A run of words is hashed at every place; of every few hashes in a row one is kept, the least, so that any shared run
that is long enough leaves the same fingerprint in both texts: winnowing (Schleimer, Wilkerson, Aiken: Winnowing: Local
Algorithms for Document Fingerprinting, SIGMOD 2003). Words are those of ``text.analysis``, in lower case and in one
spelling, whatever the language: no stems, so a translation and a paraphrase are not found. Who took from whom is
nothing that words can tell.
"""

from __future__ import annotations

import hashlib
import re
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from archive.text import analysis
from archive.text.spans import Span

# Higher whenever any text would get other fingerprints than before.
VERSION = 1
# Words that are hashed together: shorter passages are not found.
RUN = 6
# Hashes in a row of which one is kept.
WINDOW = 8
# Words that two texts must share in a row for a common fingerprint to be certain.
CERTAIN = RUN + WINDOW - 1
# A text that repeats itself must not take forever: places at which a run is looked up in one text, and words that are
# followed in all, for each word of both texts.
_MOST_PLACES = 8
_MOST_FOLLOWED = 32
# What two texts must share to be worth a look: one passage of so many words, or shorter ones of so many words together
# that are this share of the shorter text.
LONG = 20
MANY = 30
MANY_OF = 0.1
# Between stretches that do not follow each other; equal to nothing, itself included.
_BREAK = 0
_PART = re.compile(f"[^{analysis.APOSTROPHES}]+")
_BASE = 0x1000193_0100_01B3 % ((1 << 61) - 1)
_MODULUS = (1 << 61) - 1


# How many words, and at which word it begins in either text.
Run = tuple[int, int, int]
# Whether too many texts have these words, of which they all have these fingerprints.
IsCommon = Callable[[Sequence[int], tuple[int, ...]], bool]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text in order. ids: equal for equal words; starts, ends: places in code points."""

    ids: array[int]
    starts: array[int]
    ends: array[int]

    def __len__(self) -> int:
        return len(self.ids)

    def has(self, run: Sequence[int]) -> bool:
        """Whether these words stand here one after the other."""
        here, sought = self.ids.tobytes(), array("Q", run).tobytes()
        size = self.ids.itemsize
        at = here.find(sought)
        while at >= 0 and at % size:
            at = here.find(sought, at + 1)
        return at >= 0


@dataclass(frozen=True, slots=True)
class Shared:
    """A passage in both texts. words: how many; left, right: half-open spans of code points."""

    words: int
    left: Span
    right: Span


def words_of(text: str, within: Iterable[Span] | None = None) -> Words:
    """Read a text in NFC. within: the stretches that are read, in order; all of it where none are given.

    No passage goes from one stretch to the next.
    """
    ids, starts, ends = array("Q"), array("L"), array("L")
    for begin, finish in [(0, len(text))] if within is None else within:
        if ids:
            ids.append(_BREAK)
            starts.append(begin)
            ends.append(begin)
        for start, end in _parts(text, begin, finish):
            ids.append(_id(text[start:end]))
            starts.append(start)
            ends.append(end)
    return Words(ids, starts, ends)


def _parts(text: str, begin: int, finish: int) -> Iterator[Span]:
    """Go through the words of a stretch, each side of an apostrophe by itself, whatever sign was set for one."""
    for start, end in analysis.places(text[begin:finish]):
        word = text[begin + start : begin + end]
        if word.isalnum():
            yield begin + start, begin + end
        else:
            yield from ((begin + start + part.start(), begin + start + part.end()) for part in _PART.finditer(word))


def fingerprints(words: Words) -> set[int]:
    """The fingerprints of a text, each from 0 to 2**61 - 2; a text of fewer words than a run has none."""
    return {value for _at, value in _winnowed(words.ids)}


def shared(one: Words, other: Words, *, fewest: int = RUN, is_common: IsCommon | None = None) -> list[Shared]:
    """Passages of at least so many words that stand in both, as long as they go, in the order of the first.

    is_common: whether too many texts have this stretch of words, given with the fingerprints that all of them have of
    it. A passage is furniture, and left out, where that holds of every twenty words of it.
    Of passages that overlap in either text the longest is kept, and of the others what is left if it is long enough.
    All are found, but for what one text says more than eight times over. The same from either side.
    """
    if other.ids < one.ids:
        mirrored = (
            Shared(each.words, each.right, each.left) for each in shared(other, one, fewest=fewest, is_common=is_common)
        )
        return sorted(mirrored, key=lambda passage: passage.left)
    runs = _runs(one.ids, other.ids, fewest)
    if is_common:
        runs = [run for run in runs if not _is_furniture(one.ids[run[1] : run[1] + run[0]], is_common)]
    passages = [
        Shared(size, (one.starts[a], one.ends[a + size - 1]), (other.starts[b], other.ends[b + size - 1]))
        for size, a, b in _apart(runs, len(one), len(other), fewest)
    ]
    return sorted(passages, key=lambda passage: passage.left)


def is_sign(passages: Sequence[Shared], one: Words, other: Words) -> bool:
    """Whether passages of two texts are enough to ask somebody about."""
    together = sum(each.words for each in passages)
    enough = max(MANY, MANY_OF * min(len(one), len(other)))
    return together >= enough or any(each.words >= LONG for each in passages)


def _runs(one: Sequence[int], other: Sequence[int], fewest: int) -> list[Run]:
    seeds: dict[int, list[int]] = defaultdict(list)
    for at, value in _hashes(other):
        if len(seeds[value]) < _MOST_PLACES:
            seeds[value].append(at)
    runs: list[Run] = []
    left = _MOST_FOLLOWED * (len(one) + len(other))
    # By how far the places are apart: how far the passage there has been followed.
    followed: dict[int, int] = {}
    for at, value in _hashes(one):
        for there in seeds.get(value, ()):
            if followed.get(at - there, -1) >= at + RUN or left < 0:
                continue
            first, last = _extended(one, other, at, there)
            left -= last - first
            followed[at - there] = last
            if last - first >= fewest:
                runs.append((last - first, first, first - at + there))
    return runs


def _extended(one: Sequence[int], other: Sequence[int], at: int, there: int) -> tuple[int, int]:
    """Follow equal words from a place in both directions. Gives [first, last) in the first text."""
    shift = there - at
    first, last = at, at
    least = max(0, -shift)
    most = min(len(one), len(other) - shift)
    while first > least and one[first - 1] == other[first - 1 + shift] != _BREAK:
        first -= 1
    while last < most and one[last] == other[last + shift] != _BREAK:
        last += 1
    return first, last


def _is_furniture(run: Sequence[int], is_common: IsCommon) -> bool:
    """Whether too many texts have what stands in this run, every stretch of it as long as a long passage."""
    for start in range(max(1, len(run) - LONG + 1)):
        stretch = run[start : start + LONG]
        # Its own fingerprints: what is kept of it elsewhere may depend on the words around it.
        if not is_common(stretch, tuple(value for _at, value in _winnowed(stretch))):
            return False
    return True


def _apart(runs: list[Run], left: int, right: int, fewest: int) -> Iterator[Run]:
    """Choose runs so that no word of either text is in two of them, the longest first."""
    taken, taken_there = bytearray(left), bytearray(right)
    for size, a, b in sorted(runs, key=lambda run: (-run[0], run[1], run[2])):
        for first, last in _free(taken[a : a + size], taken_there[b : b + size]):
            if last - first >= fewest:
                taken[a + first : a + last] = taken_there[b + first : b + last] = b"\1" * (last - first)
                yield last - first, a + first, b + first


def _free(mine: bytearray, theirs: bytearray) -> Iterator[Span]:
    """Stretches at which neither has anything."""
    first = None
    for at in range(len(mine) + 1):
        if at < len(mine) and not mine[at] and not theirs[at]:
            first = at if first is None else first
        elif first is not None:
            yield first, at
            first = None


def _winnowed(ids: Sequence[int]) -> Iterator[tuple[int, int]]:
    """(place, hash): of every window the least hash, the last of equal ones, in order."""
    hashes = list(_hashes(ids))
    kept = -1
    for newest in range(max(0, min(WINDOW, len(hashes)) - 1), len(hashes)):
        oldest = max(0, newest - WINDOW + 1)
        if kept < oldest:
            kept = min(range(oldest, newest + 1), key=lambda place: (hashes[place][1], -place))
        elif hashes[newest][1] <= hashes[kept][1]:
            kept = newest
        else:
            continue
        yield hashes[kept]


def _hashes(ids: Sequence[int]) -> Iterator[tuple[int, int]]:
    """(place, hash) of every run of words without a break in it, by a rolling polynomial."""
    value, length, out = 0, 0, pow(_BASE, RUN, _MODULUS)
    for at, word in enumerate(ids):
        if word == _BREAK:
            value = length = 0
            continue
        value = (value * _BASE + word) % _MODULUS
        length += 1
        if length > RUN:
            value = (value - ids[at - RUN] * out) % _MODULUS
        if length >= RUN:
            yield at - RUN + 1, value


@lru_cache(maxsize=1 << 16)
def _id(word: str) -> int:
    """A number for a word, the same on every machine, never that of a break."""
    plain = analysis.in_lower_case(word)
    return int.from_bytes(hashlib.blake2b(plain.encode(), digest_size=8).digest(), "big") or 1
