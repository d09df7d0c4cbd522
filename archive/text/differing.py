"""In what two versions of a text differ: paragraphs first, then words within those that changed.

The work is bounded, whatever the texts: where two paragraphs or two runs of paragraphs have too little in common to be
compared within the bound, one is told as gone and the other as new, which is true, only coarser.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from math import isqrt

# Steps of comparing, about a millionth of a second each: for two texts, and of these for one pair of paragraphs.
MOST_STEPS = 2_000_000
MOST_STEPS_A_PAIR = 200_000
# Two paragraphs that share fewer of their words than this are two paragraphs, not one that changed.
_LIKE = 0.4
# A word this short between two changes is taken for chance: "of", "in".
_BY_CHANCE = 3

# Words with the apostrophes and hyphens inside them; marks of punctuation, letters of scripts without spaces, and marks
# for hidden words each for itself.
_PUNCTUATION = r"!-/:-@\[-`{-~¡«»¿،؛؟।\u2010-\u2027\u2030-\u205e\u3001-\u3011"
_UNSPACED = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_LETTERS = rf"[^\s█{_PUNCTUATION}{_UNSPACED}]+"
_WORD = re.compile(rf"{_LETTERS}(?:['’ʼ\-‑]{_LETTERS})*|█+|[{_PUNCTUATION}{_UNSPACED}]")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of one version, of the other, or of both; then only the white space in them may differ."""

    before: str
    after: str
    is_same: bool = False


@dataclass(frozen=True, slots=True)
class Compared:
    """A paragraph of either version beside its like in the other. before, after: which, from 0, or None."""

    before: int | None
    after: int | None
    stretches: tuple[Stretch, ...]

    @property
    def kind(self) -> str:
        """same, changed, gone or new."""
        if self.before is None or self.after is None:
            return "new" if self.before is None else "gone"
        return "same" if all(stretch.is_same for stretch in self.stretches) else "changed"


class _Effort:
    """How many steps may still be taken."""

    def __init__(self, steps: int) -> None:
        self.left = steps

    def share(self) -> _Effort:
        return _Effort(min(self.left, MOST_STEPS_A_PAIR))


def compare(before: Sequence[str], after: Sequence[str]) -> list[Compared]:
    """Compare two versions, each given as its paragraphs.

    Every paragraph of either stands in the answer once, in its order, and the stretches of either side joined are the
    paragraph. Of paragraphs that changed places, one is told as gone and as new.
    """
    effort = _Effort(MOST_STEPS)
    equal = _common([" ".join(one.split()) for one in before], [" ".join(one.split()) for one in after], effort)
    found: list[Compared] = []
    low, high = 0, 0
    for old, new in [*equal, (len(before), len(after))]:
        found += _gap(before, after, range(low, old), range(high, new), effort)
        if old < len(before):
            found.append(Compared(old, new, (Stretch(before[old], after[new], is_same=True),)))
        low, high = old + 1, new + 1
    return found


def _gap(before: Sequence[str], after: Sequence[str], old: range, new: range, effort: _Effort) -> Iterator[Compared]:
    """Paragraphs between two that did not change: those that are like each other side by side, the others apart."""
    at, to = old.start, new.start
    pairs = _alike([before[one] for one in old], [after[one] for one in new], effort)
    for first, second in [*((old[i], new[j]) for i, j in pairs), (old.stop, new.stop)]:
        yield from (Compared(one, None, _whole(before[one], "")) for one in range(at, first))
        yield from (Compared(None, one, _whole("", after[one])) for one in range(to, second))
        if first < old.stop:
            yield Compared(first, second, tuple(_words_compared(before[first], after[second], effort)))
        at, to = first + 1, second + 1


def _whole(before: str, after: str) -> tuple[Stretch, ...]:
    return (Stretch(before, after),) if before or after else ()


def _alike(before: Sequence[str], after: Sequence[str], effort: _Effort) -> list[tuple[int, int]]:
    """Which of these paragraphs are versions of each other: the pairs, in order, that together share most."""
    if len(before) == len(after) == 1:
        return [(0, 0)] if _likeness(_kinds(before[0]), _kinds(after[0])) >= _LIKE else []
    olds, news = [_kinds(one) for one in before], [_kinds(one) for one in after]
    work = sum(map(len, olds)) * len(news) + len(olds) * len(news)
    if work > effort.left:
        return []
    effort.left -= work
    likeness = [[_likeness(old, new) for new in news] for old in olds]
    # best[i][j]: the most that paragraphs from i and j on can share.
    best = [[0.0] * (len(news) + 1) for _ in range(len(olds) + 1)]
    for i in reversed(range(len(olds))):
        for j in reversed(range(len(news))):
            together = likeness[i][j] + best[i + 1][j + 1] if likeness[i][j] >= _LIKE else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], together)
    pairs, i, j = [], 0, 0
    while i < len(olds) and j < len(news):
        if best[i][j] == best[i + 1][j]:
            i += 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            pairs.append((i, j))
            i, j = i + 1, j + 1
    return pairs


def _kinds(text: str) -> frozenset[str]:
    """The different words of a text; marks of punctuation make no two texts alike."""
    return frozenset(word for word in _WORD.findall(text) if len(word) > 1 or word.isalnum())


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of words that both have, from 0 to 1."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def _words_compared(before: str, after: str, effort: _Effort) -> list[Stretch]:
    (olds, old_tail), (news, new_tail) = _words(before), _words(after)
    share = effort.share()
    given = share.left
    pairs = _common([word for _, word in olds], [word for _, word in news], share)
    effort.left -= given - share.left
    found: list[Stretch] = []
    low, high = 0, 0
    for old, new in [*_without_chance(pairs, olds, news), (len(olds), len(news))]:
        _add_change(found, _joined(olds[low:old]), _joined(news[high:new]))
        if old < len(olds):
            _add_same(found, "".join(olds[old]), "".join(news[new]))
        low, high = old + 1, new + 1
    _add_same(found, old_tail, new_tail)
    return found


def _words(text: str) -> tuple[list[tuple[str, str]], str]:
    """The words of a text, each with the white space before it, and the white space at its end."""
    found, last = [], 0
    for match in _WORD.finditer(text):
        found.append((text[last : match.start()], match.group()))
        last = match.end()
    return found, text[last:]


def _joined(words: Sequence[tuple[str, str]]) -> str:
    return "".join(space + word for space, word in words)


def _add_change(found: list[Stretch], before: str, after: str) -> None:
    space = before[: len(before) - len(before.lstrip())]
    if before and after and space and after.startswith(space) and not after[len(space) :][:1].isspace():
        # The space before two words that replace each other is no change.
        _add_same(found, space, space)
        before, after = before[len(space) :], after[len(space) :]
    if before:
        found.append(Stretch(before, ""))
    if after:
        found.append(Stretch("", after))


def _add_same(found: list[Stretch], before: str, after: str) -> None:
    if found and found[-1].is_same:
        last = found.pop()
        before, after = last.before + before, last.after + after
    if before or after:
        found.append(Stretch(before, after, is_same=True))


def _without_chance(
    pairs: list[tuple[int, int]], olds: Sequence[tuple[str, str]], news: Sequence[tuple[str, str]]
) -> list[tuple[int, int]]:
    """Leave out a short word that stands alone between changes on both of its sides, and in both versions."""
    kept = []
    for at, (old, new) in enumerate(pairs):
        earlier = pairs[at - 1] if at else (-1, -1)
        later = pairs[at + 1] if at + 1 < len(pairs) else (len(olds), len(news))
        is_alone = all(one > other + 1 for one, other in zip((old, new), earlier, strict=True)) and all(
            one + 1 < other for one, other in zip((old, new), later, strict=True)
        )
        if not is_alone or len(olds[old][1]) > _BY_CHANCE:
            kept.append((old, new))
    return kept


def _common(before: Sequence[Hashable], after: Sequence[Hashable], effort: _Effort) -> list[tuple[int, int]]:
    """Pairs of places of a longest common subsequence; where the effort is not enough, of both ends alone."""
    names: dict[Hashable, int] = {}
    olds = [names.setdefault(one, len(names)) for one in before]
    news = [names.setdefault(one, len(names)) for one in after]
    shorter = min(len(olds), len(news))
    low = next((at for at in range(shorter) if olds[at] != news[at]), shorter)
    rest = shorter - low
    high = next((at for at in range(rest) if olds[-1 - at] != news[-1 - at]), rest)
    middle = _myers(olds[low : len(olds) - high], news[low : len(news) - high], effort)
    ends = [(len(olds) - at, len(news) - at) for at in range(high, 0, -1)]
    return [(at, at) for at in range(low)] + [(low + i, low + j) for i, j in middle] + ends


def _myers(before: Sequence[int], after: Sequence[int], effort: _Effort) -> list[tuple[int, int]]:
    """A longest common subsequence, in steps proportional to the lengths and to what differs; none if over the effort.

    Source: E. W. Myers, An O(ND) Difference Algorithm and Its Variations, Algorithmica 1 (1986).
    """
    if not before or not after:
        return []
    length, width = len(before), len(after)
    limit = min(length + width, isqrt(max(effort.left, 0)))
    centre = limit + 1
    furthest = [0] * (2 * centre + 1)
    # Of each round, how far its diagonals and the two beside them had been reached before it.
    rounds: list[list[int]] = []
    for changes in range(limit + 1):
        rounds.append(furthest[centre - changes - 1 : centre + changes + 2])
        effort.left -= changes + 1
        for diagonal in range(-changes, changes + 1, 2):
            x = _entered(rounds[-1], diagonal, changes)[0]
            started = x
            while x < length and x - diagonal < width and before[x] == after[x - diagonal]:
                x += 1
            furthest[centre + diagonal] = x
            effort.left -= 1 + x - started
            if x >= length and x - diagonal >= width:
                return _way_back(rounds, length, width)
            if effort.left < 0:
                return []
    return []


def _entered(reached: Sequence[int], diagonal: int, changes: int) -> tuple[int, bool]:
    """Where a diagonal is entered, and whether by an insertion, from the one above; else by a deletion, from below."""
    at = changes + 1 + diagonal
    if diagonal == -changes or diagonal != changes and reached[at - 1] < reached[at + 1]:
        return reached[at + 1], True
    return reached[at - 1] + 1, False


def _way_back(rounds: Sequence[Sequence[int]], x: int, y: int) -> list[tuple[int, int]]:
    """The pairs on the way that led to the end, from the rounds of the search."""
    pairs = []
    for changes in reversed(range(len(rounds))):
        entered, is_insertion = _entered(rounds[changes], x - y, changes)
        while x > entered:
            x, y = x - 1, y - 1
            pairs.append((x, y))
        x, y = (x, y - 1) if is_insertion else (x - 1, y)
    return pairs[::-1]
