"""The writers of what the search for reused text finds. None of it is history: it is made anew from the texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import transaction

from archive.desk.suggesting import Found
from archive.models import Article, CaptureText, Fingerprint, Person, Pointer, Suggestion, TextReading
from archive.models.vocabulary import SuggestionKind, SuggestionState

# Rows of one statement: a batch of texts has a few hundred thousand fingerprints.
ROWS_AT_ONCE = 5_000
Pair = tuple[SuggestionKind, int, int]


def keep(
    readings: Sequence[TextReading],
    fingerprints: Sequence[Fingerprint],
    pointers: Sequence[Pointer],
    *,
    instead_of: Sequence[int],
    by: Person | None,
) -> None:
    """Write what was taken of some texts. instead_of: texts whose own are forgotten. by: None for the worker."""
    with transaction.atomic():
        Fingerprint.objects.of_texts(instead_of).delete()
        Pointer.objects.of_texts(instead_of).delete()
        Fingerprint.objects.bulk_create(fingerprints, batch_size=ROWS_AT_ONCE, ignore_conflicts=True)
        Pointer.objects.bulk_create(pointers, batch_size=ROWS_AT_ONCE, ignore_conflicts=True)
        TextReading.objects.bulk_create(
            readings, update_conflicts=True, unique_fields=["text"], update_fields=["version", "is_compared"]
        )


def compare_again(article: Article, *, by: Person) -> None:
    """Let the texts of an article that is withdrawn wait: once it is held again, they meet what was read meanwhile."""
    with transaction.atomic():
        TextReading.objects.of_article(article).update(is_compared=False)


def note(
    found: Iterable[Found],
    *,
    of: Sequence[CaptureText] = (),
    all_of: SuggestionKind | None = None,
    by: Person | None,
) -> int:
    """Write suggestions that are new, and the evidence of open ones; what was decided stays. Gives how many are new.

    of: texts that are compared with that. all_of: a kind of which all there are were found, so that open ones which
    were not go. Three queries, one for each whose evidence changed, and two more with all_of.
    """
    pairs = _by_pair(found)
    with transaction.atomic():
        held = {_pair(row): row for row in Suggestion.objects.between({pk for _, *both in pairs for pk in both})}
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
        if all_of is not None:
            undecided = Suggestion.objects.undecided().of_kind(all_of)
            undecided.by_pks([row.pk for row in undecided if _pair(row) not in pairs]).delete()
        TextReading.objects.of_texts(of).update(is_compared=True)
    return len(new)


def _by_pair(found: Iterable[Found]) -> dict[Pair, Found]:
    """Each pair once; the posts or pages that it shares together."""
    pairs: dict[Pair, Found] = {}
    for one in map(Found.in_order, found):
        key = one.kind, one.left, one.right
        if (before := pairs.get(key)) and "shared" in before.evidence:
            one.evidence["shared"] = sorted({*before.evidence["shared"], *one.evidence["shared"]})
        pairs[key] = one
    return pairs


def _pair(row: Suggestion) -> Pair:
    return SuggestionKind(row.kind), min(row.left_id, row.right_id), max(row.left_id, row.right_id)
