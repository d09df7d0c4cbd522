"""Signs that two articles have one origin, as they are found; ``reuse_actions`` notes them for an editor."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from archive.models import Figure
from archive.models.vocabulary import SuggestionKind

# A number that more articles have from one speaker is no sign of who took it from whom.
MOST_WITH_A_FIGURE = 10


@dataclass(frozen=True, slots=True)
class Found:
    """left, right: pks of articles. evidence: places and numbers, no words; what is of either comes in their order."""

    kind: SuggestionKind
    left: int
    right: int
    evidence: dict[str, Any]

    def in_order(self) -> Found:
        """The lower id first, so that a pair is one row."""
        if self.left < self.right:
            return self
        turned = {name: list(reversed(value)) if name in IN_PAIRS else value for name, value in self.evidence.items()}
        if passages := turned.get("passages"):
            turned["passages"] = [
                [words, *right, *left] for words, *places in passages for left, right in [_parted(places)]
            ]
        return Found(self.kind, self.right, self.left, turned)


IN_PAIRS = ("of", "texts", "figures")


def _parted(places: list[int]) -> tuple[list[int], list[int]]:
    return places[:2], places[2:]


def figures_alike() -> Iterator[Found]:
    """Pairs of articles in which one speaker gives one number of one measure. Two queries.

    Equal numbers alone prove nothing: speaker, measure and bounds must be the same.
    """
    by_sign: dict[tuple[object, ...], dict[int, str]] = {}
    for article, figure, *sign in Figure.objects.said_in_several_articles(most=MOST_WITH_A_FIGURE):
        by_sign.setdefault(tuple(sign), {}).setdefault(article, figure)
    found: dict[tuple[int, int], list[list[str]]] = {}
    for figures in by_sign.values():
        for one, other in combinations(sorted(figures), 2):
            found.setdefault((one, other), []).append([figures[one], figures[other]])
    for (one, other), both in found.items():
        yield Found(SuggestionKind.SAME_FIGURE, one, other, {"figures": [[a for a, _ in both], [b for _, b in both]]})
