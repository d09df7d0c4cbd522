"""Which wording that the archive holds stands nearest to a report, and in what the two differ.

Pure: reports come as rows, the claim's credits as a graph. The nearest wording is looked for from what the report
credits towards the starting point, level by level: first what the credited article prints itself, or what any article
quotes of the credited source, the original before a translation. To differ is no fault, and nothing here says which of
two wordings is right.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from archive.models import Appearance, Figure
from archive.models.vocabulary import Destination, Voice, Wording
from archive.provenance.graph import Node

QUOTED = frozenset({Voice.QUOTATION, Voice.PART_QUOTATION})


@dataclass(frozen=True, slots=True)
class Worded:
    """One report as far as the search needs it. credited: what it credits, as counted.

    is_held: whether its words are kept; of what only a source says, they are not.
    """

    pk: int
    carrier: Node
    credited: tuple[Node, ...]
    voice: str
    wording: str
    is_held: bool


@dataclass(frozen=True, slots=True)
class Nearest:
    """report: pk of the nearest wording held, or None. is_original: it is the very words that are credited."""

    report: int | None
    is_original: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """kind: a term of "differs in". here, there: what each of the two says; empty where it says nothing of it."""

    kind: str
    here: str
    there: str


def nearest(reports: Sequence[Worded], parents: Mapping[Node, tuple[Node, ...]]) -> dict[int, Nearest]:
    """For every report that credits something, the nearest wording held. Linear in credits but for long chains.

    parents: node → what it credits, as counted.
    """
    held = _held(reports)
    return {one.pk: _nearest(one, held, parents) for one in reports if one.credited}


def _held(reports: Iterable[Worded]) -> dict[Node, list[Worded]]:
    """Words of each node: what it prints itself, and what is quoted of it; the best first, two at most."""
    words: dict[Node, list[Worded]] = {}
    for one in reports:
        if one.is_held:
            words.setdefault(one.carrier, []).append(one)
            if one.voice in QUOTED:
                for node in one.credited:
                    words.setdefault(node, []).append(one)
    # The second stands in for a report that is itself the first.
    return {node: sorted(found, key=_rank)[:2] for node, found in words.items()}


def _rank(one: Worded) -> tuple[bool, bool, int]:
    return one.wording == Wording.TRANSLATED, one.voice != Voice.QUOTATION, one.pk


def _nearest(
    report: Worded, held: Mapping[Node, Sequence[Worded]], parents: Mapping[Node, tuple[Node, ...]]
) -> Nearest:
    seen, level = {report.carrier}, tuple(node for node in report.credited if node != report.carrier)
    # Words that are quoted are those of what they credit: the next to compare them with stands further up.
    is_quoting = report.voice in QUOTED and report.is_held
    is_first = True
    while level:
        found = [one for node in level for one in held.get(node, ()) if one.pk != report.pk]
        if found and not (is_first and is_quoting and report.wording != Wording.TRANSLATED):
            best = min(found, key=_rank)
            return Nearest(best.pk, is_first and best.wording == Wording.ORIGINAL)
        seen.update(level)
        level = tuple(dict.fromkeys(up for node in level for up in parents.get(node, ()) if up not in seen))
        is_first = False
    return Nearest(None, is_quoting and report.wording == Wording.ORIGINAL)


def differences(here: Appearance, there: Appearance, names: Mapping[int, str]) -> list[Difference]:
    """In what two loaded reports of one claim differ, in the vocabulary's order.

    names: of the speakers that the reader may see, by pk. What is left out is no difference of number, place or verb.
    """
    found = [
        *_of_numbers(here, there),
        Difference("hedge", str(here.get_hedge_display()), str(there.get_hedge_display())),
        Difference("force", _tactics(here), _tactics(there)),
        Difference("attribution", names.get(here.speaker_id or 0, ""), names.get(there.speaker_id or 0, "")),
    ]
    if destination := _destination(here):
        found.append(Difference("place", destination, _destination(there)))
    if here.verb and there.verb:
        found.append(Difference("verb", here.verb, there.verb))
    return [one for one in found if one.here != one.there]


def _of_numbers(here: Appearance, there: Appearance) -> list[Difference]:
    """Comparators are those of a language: of what is translated they are not compared."""
    pair = _pair(list(here.figures.all()), list(there.figures.all()))
    if pair is None:
        return []
    one, other = pair
    found = [
        Difference("number", _number(one), _number(other)),
        Difference("people", _people(one), _people(other)),
        Difference("area", str(one.measure.origin or ""), str(other.measure.origin or "")),
    ]
    if Wording.TRANSLATED not in (here.wording, there.wording):
        compared = Difference("comparator", str(one.get_comparator_display()), str(other.get_comparator_display()))
        found.insert(0, compared)
    return found


def _pair(ours: Sequence[Figure], theirs: Sequence[Figure]) -> tuple[Figure, Figure] | None:
    """A figure of each, of one measure if they have one, else of one number, else the first of each."""
    pairs = [(one, other) for one in ours for other in theirs]
    return min(
        pairs,
        key=lambda pair: (pair[0].measure_id != pair[1].measure_id, _number(pair[0]) != _number(pair[1])),
        default=None,
    )


def _number(figure: Figure) -> str:
    bounds = [f"{number:,}" for number in dict.fromkeys((figure.low, figure.high)) if number is not None]
    return " to ".join(bounds) or "in words"


def _people(figure: Figure) -> str:
    return ", ".join(sorted(group.label for group in figure.measure.people.all()))


def _destination(report: Appearance) -> str:
    is_said = report.destination and report.destination != Destination.NOT_STATED
    return str(report.get_destination_display()) if is_said else ""


def _tactics(report: Appearance) -> str:
    return ", ".join(sorted(use.tactic.label for use in report.tactic_uses.all()))
