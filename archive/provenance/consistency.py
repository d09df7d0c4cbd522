"""Whether what is coded of one article agrees with itself: figures of one series, equal numbers, headline and body.

Pure: reports come as loaded (``Appearance.objects.loaded()``), differences go out for an editor to look at. To differ
is no fault; an article may report two numbers because there are two.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from archive.models import Appearance, Figure
from archive.models.vocabulary import ClaimKind, Destination, Part, Unit, Voice
from archive.text.dates import overlaps

DESTINATION, AREA, HEDGE = "destination", "area", "hedge"


@dataclass(frozen=True, slots=True)
class Headline:
    """A headline and what the body says otherwise. differs_in: destination, area or hedge.

    said: the terms of the headline; otherwise: those of the body, sorted. reports: of the body.
    """

    report: Appearance
    differs_in: str
    said: tuple[str, ...]
    otherwise: tuple[str, ...]
    reports: tuple[Appearance, ...]


def differing_series(reports: Iterable[Appearance]) -> list[list[Figure]]:
    """Figures of one measure and speaker, for periods that overlap, whose bounds differ; one list a series.

    A figure that is part of another is no rival of it, and what is only expected none of what happened.
    """
    series: dict[tuple[int, int | None, bool], list[Figure]] = defaultdict(list)
    for report in reports:
        for figure in report.figures.all():
            if figure.low is not None or figure.high is not None:
                is_forecast = report.claim.kind == ClaimKind.FORECAST
                series[figure.measure_id, report.speaker_id, is_forecast].append(figure)
    return [found for figures in series.values() if (found := _rivals(figures))]


def _rivals(figures: Sequence[Figure]) -> list[Figure]:
    differing = [pair for pair in combinations(figures, 2) if _differ(*pair)]
    pks = {figure.pk for pair in differing for figure in pair}
    return [figure for figure in figures if figure.pk in pks]


def _differ(one: Figure, other: Figure) -> bool:
    if (one.low, one.high) == (other.low, other.high) or one.pk == other.of_figure_id or other.pk == one.of_figure_id:
        return False
    if not overlaps(one.as_of_from, one.as_of_to, other.as_of_from, other.as_of_to):
        return False
    # "In April" and "last month", years not printed, need not be one time.
    return not (one.as_of_words and other.as_of_words) or one.as_of_words == other.as_of_words or _has_days(one, other)


def _has_days(*figures: Figure) -> bool:
    return all(figure.as_of_from or figure.as_of_to for figure in figures)


def same_numbers(reports: Iterable[Appearance]) -> list[tuple[int, list[Figure]]]:
    """Numbers of people that stand with different groups or stages, with their figures, the smallest number first."""
    by_number: dict[int, list[Figure]] = defaultdict(list)
    for report in reports:
        for figure in report.figures.all():
            if figure.measure.unit == Unit.PERSONS:
                for number in {figure.low, figure.high} - {None}:
                    by_number[number].append(figure)  # type: ignore[index]  # None was taken out
    return [(number, found) for number, found in sorted(by_number.items()) if len(set(map(_counted, found))) > 1]


def _counted(figure: Figure) -> tuple[object, ...]:
    """Who is counted at which stage; where does not matter here."""
    measure = figure.measure
    return measure.stage, measure.origin_id, frozenset(group.pk for group in measure.people.all())


def headline_differences(reports: Sequence[Appearance]) -> list[Headline]:
    """Where a headline says something else than the body does of the same claim: one for each report and kind.

    Destinations are compared with quotations on the same people, too: what becomes of them may be another claim.
    Areas are those of the figures. A headline that says nothing of destination or area differs in neither; to have no
    hedge is to say something.
    Reads `claim.people` of loaded reports.
    """
    bodies = [report for report in reports if report.part != Part.HEADLINE]
    found = []
    for report in (one for one in reports if one.part == Part.HEADLINE):
        same = [body for body in bodies if body.claim_id == report.claim_id]
        quoted = [body for body in bodies if body.claim_id != report.claim_id and _is_on_same_people(report, body)]
        found += _difference(report, DESTINATION, [*same, *quoted])
        found += _difference(report, AREA, same)
        found += _difference(report, HEDGE, same)
    return found


def _is_on_same_people(report: Appearance, body: Appearance) -> bool:
    is_quoted = body.voice in (Voice.QUOTATION, Voice.PART_QUOTATION)
    people = {group.pk for group in report.claim.people.all()}
    return is_quoted and bool(people & {group.pk for group in body.claim.people.all()})


def _difference(report: Appearance, kind: str, bodies: Sequence[Appearance]) -> list[Headline]:
    said = _terms(report, kind)
    if not said:
        return []
    others = tuple(body for body in bodies if _terms(body, kind) - said)
    otherwise = {term for body in others for term in _terms(body, kind)} - said
    return [Headline(report, kind, tuple(sorted(said)), tuple(sorted(otherwise)), others)] if others else []


def _terms(report: Appearance, kind: str) -> set[str]:
    if kind == DESTINATION:
        return {report.destination} - {"", Destination.NOT_STATED.value}
    if kind == HEDGE:
        return {report.hedge}
    return {str(figure.measure.origin) for figure in report.figures.all() if figure.measure.origin is not None}
