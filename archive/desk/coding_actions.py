"""What coding writes: a report with all that belongs to it, at once; taking one back; a number more.

One transaction each: the article is locked, rows are written, what follows is worked out anew, the event comes last.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from archive.access import extracts
from archive.desk import rules
from archive.desk.measures_typed import TypedMeasure
from archive.history import events
from archive.history.events import Change
from archive.models import (
    Actor,
    Appearance,
    Article,
    CaptureText,
    Citation,
    Claim,
    Credit,
    Event,
    Figure,
    Measure,
    Passage,
    Person,
    Source,
    TacticUse,
)
from archive.models.base import Record
from archive.models.vocabulary import (
    CreditBasis,
    CreditState,
    Depth,
    EventAct,
    PassageState,
    RecordKind,
    RecordStatus,
)
from archive.provenance import counts
from archive.text.dates import UNKNOWN, PartialDate

Span = tuple[int, int]
# A passage's place: its text's pk, start and end.
Place = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class CodedFigure:
    """A number as its form cleaned it. span: where it stands in the text; None takes the report's passage."""

    comparator: str
    low: int | None
    high: int | None
    measure: TypedMeasure
    as_of: PartialDate | None
    counting: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class CodedReport:
    """A report as its form cleaned it. Records come as they are held, or as the words to make them with.

    terms: act, voice, part, hedge, verb and note of the appearance. new: the kinds of what is to be made, and the
    people and places of a new claim.
    """

    at: Place | None
    claim: Claim | str
    terms: Mapping[str, str]
    speaker: Actor | str | None = None
    source: Source | str | None = None
    how: str = ""
    basis: str = ""
    tactics: Sequence[Any] = ()
    figures: Sequence[CodedFigure] = ()
    new: Mapping[str, Any] = field(default_factory=dict)


def code_report(article: Article, coded: CodedReport, *, by: Person, why: str = "") -> Event:
    """Write a report of an article with its claim, speaker, credit, numbers and tactics; what is not held is made.

    In a public article what it needs becomes public with it. Raises ReasonMissing, and NotReadyToPublish where a small
    number would be public that nobody has decided about.
    """
    with transaction.atomic():
        stored = Article.objects.visible_to(by).select_for_update().get(pk=article.pk)
        if stored.is_published and not why.strip():
            raise rules.ReasonMissing(stored)
        claim, speaker, source = _records(coded)
        report = Appearance.objects.create(
            claim=claim,
            article=stored,
            passage=_passage(stored, coded.at),
            speaker=speaker,
            position=Appearance.objects.in_article(stored).count(),
            **coded.terms,
        )
        _credit(stored, report, source, coded)
        for number in coded.figures:
            _figure(stored, report, number, coded.at)
        TacticUse.objects.bulk_create(
            [TacticUse(appearance=report, tactic=tactic, passage=report.passage) for tactic in coded.tactics]
        )
        changes = _changes(report, source, coded)
        if stored.is_published:
            changes += _make_public(stored, filter(None, (claim, speaker, source)))
        _deepen(stored)
        _follow(stored, [claim.pk])
        return events.append(
            EventAct.ADD,
            RecordKind.APPEARANCE,
            report.public_id,
            by=by,
            changes=changes,
            why=why,
            is_public=stored.is_published,
        )


def code_source_report(source: Source, coded: CodedReport, *, by: Person, why: str = "") -> Event:
    """Write what a source itself reports, and whose word it takes for it: once, however many articles pass it on.

    Raises ReasonMissing for a public source.
    """
    with transaction.atomic():
        stored = Source.objects.visible_to(by).select_for_update(of=("self",)).get(pk=source.pk)
        if stored.is_published and not why.strip():
            raise rules.ReasonMissing(stored)
        claim, speaker, credited = _records(coded)
        report = Appearance.objects.create(
            claim=claim,
            source=stored,
            speaker=speaker,
            position=Appearance.objects.in_source(stored).count(),
            **coded.terms,
        )
        _credit(None, report, credited, coded)
        changes = _changes(report, credited, coded)
        if stored.is_published:
            changes += _publish(filter(None, (claim, speaker, credited)))
        counts.rewrite([claim.pk])
        return events.append(
            EventAct.ADD,
            RecordKind.APPEARANCE,
            report.public_id,
            by=by,
            changes=changes,
            why=why,
            is_public=stored.is_published,
        )


def take_back(report: Appearance, *, by: Person, why: str = "") -> Event:
    """Remove a report with its credits, numbers and tactics; the claim stays. Raises ReasonMissing."""
    with transaction.atomic():
        article = Article.objects.visible_to(by).select_for_update().get(appearances=report)
        if article.is_published and not why.strip():
            raise rules.ReasonMissing(article)
        stored = Appearance.objects.visible_to(by).loaded().get(pk=report.pk)
        claim, public_id = stored.claim, stored.public_id
        change = Change("report", f"{claim.public_id}, {stored.voice}, {stored.act}", None)
        stored.delete()
        _follow(article, [claim.pk])
        return events.append(
            EventAct.EDIT,
            RecordKind.APPEARANCE,
            public_id,
            by=by,
            changes=[change],
            why=why,
            is_public=article.is_published,
        )


def add_figure(report: Appearance, number: CodedFigure, *, at: Place | None, by: Person, why: str = "") -> Event:
    """Write one more number of a report. Raises ReasonMissing."""
    with transaction.atomic():
        article = Article.objects.visible_to(by).select_for_update().get(appearances=report)
        if article.is_published and not why.strip():
            raise rules.ReasonMissing(article)
        figure = _figure(article, report, number, at)
        if article.is_published:
            _make_public(article, [])
        _follow(article, [report.claim_id])
        changes = [Change("figure", None, figure.written), Change("measure", None, figure.measure.slug)]
        return events.append(
            EventAct.ADD,
            RecordKind.FIGURE,
            figure.public_id,
            by=by,
            changes=changes,
            why=why,
            is_public=article.is_published,
        )


def _records(coded: CodedReport) -> tuple[Claim, Actor | None, Source | None]:
    claim, speaker, source = coded.claim, coded.speaker, coded.source
    if isinstance(claim, str):
        claim = Claim.objects.create(sentence=claim, kind=coded.new["claim_kind"])
        claim.people.set(coded.new.get("people", ()))
        claim.places.set(coded.new.get("places", ()))
    if isinstance(speaker, str):
        speaker = Actor.objects.create(name=speaker, kind=coded.new["speaker_kind"])
    if isinstance(source, str):
        source = Source.objects.create(title=source, kind=coded.new["source_kind"])
    return claim, speaker, source


def _passage(article: Article, at: Place | None) -> Passage | None:
    if at is None:
        return None
    text, start, end = at
    found, _is_new = Passage.objects.get_or_create(
        capture_text=CaptureText.objects.of_article(article).get(pk=text),
        start=start,
        end=end,
        state=PassageState.ANCHORED,
    )
    return found


def _credit(article: Article | None, report: Appearance, source: Source | None, coded: CodedReport) -> None:
    if source is None:
        Credit.objects.create(appearance=report, basis=CreditBasis.NONE_STATED)
        return
    # What an editor infers is a suggestion until somebody confirms it; it is shown and not counted.
    state = CreditState.SUGGESTED if coded.basis == CreditBasis.INFERRED else CreditState.CONFIRMED
    Credit.objects.create(appearance=report, source=source, how=coded.how, basis=coded.basis, state=state)
    if article is None or coded.basis == CreditBasis.INFERRED:
        return
    if not article.citations.filter(source=source).exists():
        position = article.citations.count()
        Citation.objects.create(article=article, source=source, passage=report.passage, position=position)


def _figure(article: Article, report: Appearance, number: CodedFigure, at: Place | None) -> Figure:
    as_of = number.as_of or UNKNOWN
    where = (at[0], *number.span) if at and number.span else at
    return Figure.objects.create(
        appearance=report,
        passage=_passage(article, where),
        measure=_measure(number.measure),
        comparator=number.comparator,
        low=number.low,
        high=number.high,
        as_of_from=as_of.earliest,
        as_of_to=as_of.latest,
        as_of_precision=as_of.precision,
        as_of_words=as_of.words,
        counting=number.counting,
    )


def _measure(typed: TypedMeasure) -> Measure:
    if typed.held is not None:
        return typed.held
    measure, is_new = Measure.objects.get_or_create(
        slug=typed.slug,
        defaults={"stage": typed.stage, "origin": typed.origin, "territory": typed.territory, "unit": typed.unit},
    )
    if is_new:
        measure.people.set(typed.people)
    return measure


def _changes(report: Appearance, source: Source | None, coded: CodedReport) -> list[Change]:
    """What the history keeps of a new report: terms and ids, never the wording."""
    values = {
        "article": report.article.public_id if report.article else "",
        "in source": report.source.public_id if report.source else "",
        "claim": report.claim.public_id,
        "speaker": report.speaker.public_id if report.speaker else "",
        "source": source.public_id if source else "",
        "tactics": ", ".join(sorted(tactic.slug for tactic in coded.tactics)),
        "figures": "; ".join(figure.written for figure in report.figures.all()),
        **{name: value for name, value in coded.terms.items() if name != "note"},
    }
    return [Change(name, None, value) for name, value in values.items() if value]


def _make_public(article: Article, records: Iterable[Record]) -> list[Change]:
    """Publish what a public article now stands on. Raises NotReadyToPublish."""
    reasons = [reason for reason in rules.reasons_against(article) if reason != rules.published_already()]
    if reasons:
        raise rules.NotReadyToPublish(article, reasons)
    return _publish(records)


def _publish(records: Iterable[Record]) -> list[Change]:
    """Make drafts public, for the history."""
    changes = []
    for record in records:
        if record.status in {RecordStatus.DRAFT, RecordStatus.IN_REVIEW}:
            name = f"{record._meta.model_name} {record.public_id}"
            changes.append(Change(name, record.status, RecordStatus.PUBLISHED.value))
            record.status = RecordStatus.PUBLISHED
            record.save(update_fields=["status", "updated_at"])
    return changes


def _deepen(article: Article) -> None:
    """An article with a claim coded is no longer only listed."""
    if article.depth == Depth.LISTED:
        article.depth = Depth.CLAIMS
        article.save(update_fields=["depth", "updated_at"])


def _follow(article: Article, claims: list[int]) -> None:
    extracts.rebuild([article.pk])
    counts.rewrite(claims)
