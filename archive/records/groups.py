"""Parts of a record put together as a page reads them. Pure: no query, nothing that the record does not hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from archive.models.vocabulary import CountingBasis
from archive.records.articles import ArticleRecord
from archive.records.parts import CarrierRef, FigureRecord, Ref, ReportRecord, Wording


@dataclass(frozen=True, slots=True)
class ClaimGroup:
    """All passages of one article or source that report the same claim."""

    claim: Ref
    reports: tuple[ReportRecord, ...]

    @property
    def by_carrier(self) -> list[tuple[CarrierRef, list[ReportRecord]]]:
        """Each article or source once, with its passages."""
        found: dict[str, list[ReportRecord]] = {}
        for report in self.reports:
            found.setdefault(report.carrier.ref.id, []).append(report)
        return [(reports[0].carrier, reports) for reports in found.values()]


@dataclass(frozen=True, slots=True)
class Series:
    """Figures of one measure and one speaker; None where no speaker is named.

    is_new: they count what was new in a period, so the next one says nothing of this one. Others tell how far it had
    come on a day (totals to date, counts at a moment, and what does not say), and follow one another.
    """

    speaker: Ref | None
    figures: tuple[FigureRecord, ...]
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class MarkedPassage:
    """A shown passage and what it is evidence for: "claim", "figure", "source"."""

    wording: Wording
    kinds: tuple[str, ...]


def by_claim(reports: Iterable[ReportRecord]) -> list[ClaimGroup]:
    """Claims in the order in which they first come up."""
    found: dict[str, list[ReportRecord]] = {}
    for report in reports:
        found.setdefault(report.claim.id, []).append(report)
    return [ClaimGroup(reports[0].claim, tuple(reports)) for reports in found.values()]


def by_speaker(figures: Iterable[FigureRecord]) -> list[Series]:
    """Speakers in the order in which they first come up; figures without a speaker are a series of their own.

    What was new in a period is a series apart, behind what else the same speaker gives.
    """
    found: dict[str, dict[bool, list[FigureRecord]]] = {}
    for figure in figures:
        of_speaker = found.setdefault(figure.speaker.id if figure.speaker else "", {False: [], True: []})
        of_speaker[figure.counting.slug == CountingBasis.IN_PERIOD].append(figure)
    return [
        Series(figures[0].speaker, tuple(figures), is_new)
        for of_speaker in found.values()
        for is_new, figures in of_speaker.items()
        if figures
    ]


def marked(article: ArticleRecord) -> list[MarkedPassage]:
    """The passages that are shown of an article, in the order of the text."""
    evidence = {
        "claim": {report.wording.text for report in article.reports},
        "figure": {figure.wording.text for report in article.reports for figure in report.figures},
        "source": {citation.wording.text for citation in article.citations},
    }
    return [
        MarkedPassage(
            passage,
            tuple(kind for kind, texts in evidence.items() if any(text and text in passage.text for text in texts)),
        )
        for passage in article.passages
    ]
