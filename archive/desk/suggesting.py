"""Signs that two articles have one origin, as they are noted for an editor; what was decided is never asked again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from archive.models import Article, Figure, Suggestion
from archive.models.vocabulary import SuggestionKind, SuggestionState

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


def note(found: Iterable[Found]) -> int:
    """Write what is new, and the evidence of what is open, in the caller's transaction. Gives how many are new.

    Two queries, and one for each whose evidence changed.
    """
    pairs = {(one.kind, one.left, one.right): one for one in map(Found.in_order, found)}
    articles = {pk for _kind, *both in pairs for pk in both}
    held = {}
    for row in Suggestion.objects.between(articles):
        held[SuggestionKind(row.kind), min(row.left_id, row.right_id), max(row.left_id, row.right_id)] = row
    for key, row in held.items():
        one = pairs.get(key)
        # A merge may have left a pair the other way round: its evidence stays as it is.
        if one and row.state == SuggestionState.OPEN and row.left_id == one.left and row.evidence != one.evidence:
            row.evidence = one.evidence
            row.save(update_fields=["evidence"])
    new = [
        Suggestion(kind=one.kind, left_id=one.left, right_id=one.right, evidence=one.evidence)
        for key, one in sorted(pairs.items())
        if key not in held
    ]
    Suggestion.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


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


def possible_source(one: Article, other: Article) -> Article | None:
    """Which of two was surely published first, as far as dates are known: it may be where the other has it from."""
    for first, second in ((one, other), (other, one)):
        if first.published_to and second.published_from and first.published_to < second.published_from:
            return first
    return None
