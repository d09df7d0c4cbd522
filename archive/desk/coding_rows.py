"""The rows of a report: what a coding form says, written in the caller's transaction, and read back for the history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from archive.desk import add_actions
from archive.desk.coding_forms import place_of
from archive.desk.measures_typed import TypedMeasure
from archive.models import (
    Actor,
    Appearance,
    Article,
    CaptureText,
    Citation,
    Claim,
    Credit,
    Figure,
    Measure,
    Passage,
    Person,
    Source,
    TacticUse,
)
from archive.models.appearances import AppearanceQuerySet
from archive.models.vocabulary import CreditBasis, CreditState, PassageState, RecordKind
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
class CodedCredit:
    """A source that the passage names, as it is held or by the title to make it with. kind: of one to be made."""

    source: Source | str
    kind: str
    how: str
    basis: str


@dataclass(frozen=True, slots=True)
class CodedReport:
    """A report as its form cleaned it. Records come as they are held, or as the words to make them with.

    terms: act, voice, part, hedge, verb, stance, wording, destination and note of the appearance. dropped: public ids
    of its figures that are taken back. new: the kinds of what is to be made, and the people and places of a new claim.
    is_small_safe: the editor has looked at small numbers with fine places and lets them be public.
    """

    at: Place | None
    claim: Claim | str
    terms: Mapping[str, str]
    speaker: Actor | str | None = None
    credits: Sequence[CodedCredit] = ()
    tactics: Sequence[Any] = ()
    figures: Sequence[CodedFigure] = ()
    dropped: Sequence[str] = ()
    new: Mapping[str, Any] = field(default_factory=dict)
    is_small_safe: bool = False


def write(report: Appearance, coded: CodedReport, *, by: Person) -> None:
    """Write a report with all that belongs to it; what is not held is made. report: its carrier is set.

    Of a stored report, sources and tactics that the form leaves out are taken away; figures only those it drops.
    """
    claim, speaker = coded.claim, coded.speaker
    if isinstance(claim, str):
        new = {"sentence": claim, "kind": coded.new["claim_kind"]}
        many = {name: coded.new.get(name, ()) for name in ("people", "places")}
        claim = add_actions.add(RecordKind.CLAIM, new | many, by=by)
    if isinstance(speaker, str):
        speaker = add_actions.add(RecordKind.ACTOR, {"name": speaker, "kind": coded.new["speaker_kind"]}, by=by)
    report.claim, report.speaker = claim, speaker
    before = report.passage
    if coded.at != place_of(report):
        report.passage = _passage(report.article, coded.at)
    for name, value in coded.terms.items():
        setattr(report, name, value)
    report.save()
    if before is not None and before != report.passage:
        # What stood on the report's passage goes with it; else the old one would still be shown.
        report.tactic_uses.filter(passage=before).update(passage=report.passage)
        report.figures.filter(passage=before).update(passage=report.passage)
    _credits(report, coded.credits, by=by)
    report.figures.filter(public_id__in=coded.dropped).delete()
    for number in coded.figures:
        _figure(report, number, coded.at, by=by)
    held = {use.tactic_id for use in report.tactic_uses.all()}
    report.tactic_uses.exclude(tactic__in=coded.tactics).delete()
    TacticUse.objects.bulk_create(
        TacticUse(appearance=report, tactic=tactic, passage=report.passage)
        for tactic in coded.tactics
        if tactic.pk not in held
    )


def reports_of(carrier: Article | Source, reader: Person) -> AppearanceQuerySet:
    """What is coded of an article or a source, in its order."""
    reports = Appearance.objects.visible_to(reader)
    return reports.in_article(carrier) if isinstance(carrier, Article) else reports.in_source(carrier)


def said(report: Appearance) -> dict[str, object]:
    """A stored report as the history keeps it: terms, ids and places, never the wording. Four queries."""
    credits = list(report.credits.select_related("source").order_by("pk"))
    place = place_of(report)
    terms = ("voice", "act", "part", "hedge", "verb", "stance", "wording", "destination", "note")
    return {
        "article": report.article.public_id if report.article else "",
        "in source": report.source.public_id if report.source else "",
        "claim": report.claim.public_id,
        "passage": f"text {place[0]}, {place[1]} to {place[2]}" if place else "",
        "speaker": report.speaker.public_id if report.speaker else "",
        "source": ", ".join(credit.source.public_id for credit in credits if credit.source),
        "credit": ", ".join(f"{credit.how} {credit.basis}" for credit in credits),
        "tactics": [use.tactic for use in report.tactic_uses.select_related("tactic")],
        "figures": "; ".join(
            f"{figure.public_id} {figure.written} {figure.measure.slug}"
            for figure in report.figures.select_related("measure").order_by("pk")
        ),
        **{name: getattr(report, name) for name in terms},
    }


def _passage(article: Article | None, at: Place | None) -> Passage | None:
    if article is None or at is None:
        return None
    pk, start, end = at
    text = CaptureText.objects.of_article(article).get(pk=pk)
    if end > len(text.text):
        raise ValidationError(_("A number's place is not in the text: choose the passage again."))
    found, _is_new = Passage.objects.get_or_create(
        capture_text=text,
        start=start,
        end=end,
        state=PassageState.ANCHORED,
    )
    return found


def _credits(report: Appearance, wanted: Sequence[CodedCredit], *, by: Person) -> None:
    """Credit these sources and no others; where there is none, that none is stated."""
    held = {credit.source_id: credit for credit in report.credits.all()}
    kept = set()
    for one in wanted:
        source = one.source
        if isinstance(source, str):
            source = add_actions.add(RecordKind.SOURCE, {"title": source, "kind": one.kind}, by=by)
        kept.add(source.pk)
        credit = held.get(source.pk) or Credit(appearance=report, source=source)
        if (credit.how, credit.basis) != (one.how, one.basis) or credit.pk is None:
            if credit.pk is None or credit.basis != one.basis:
                # What an editor infers is a suggestion until somebody confirms it; it is shown and not counted.
                is_inferred = one.basis == CreditBasis.INFERRED
                credit.state = CreditState.SUGGESTED if is_inferred else CreditState.CONFIRMED
            credit.how, credit.basis = one.how, one.basis
            credit.save()
        if report.article and one.basis != CreditBasis.INFERRED:
            _cite(report.article, source, report.passage)
        held[source.pk] = credit
    if not kept and None not in held:
        Credit.objects.create(appearance=report, basis=CreditBasis.NONE_STATED)
    gone = [credit.pk for source, credit in held.items() if source not in kept and (source is not None or kept)]
    report.credits.filter(pk__in=gone).delete()


def _cite(article: Article, source: Source, passage: Passage | None) -> None:
    """An article cites what it credits; once."""
    if not article.citations.filter(source=source).exists():
        position = article.citations.count()
        Citation.objects.create(article=article, source=source, passage=passage, position=position)


def _figure(report: Appearance, number: CodedFigure, at: Place | None, *, by: Person) -> Figure:
    as_of = number.as_of or UNKNOWN
    where = (at[0], *number.span) if at and number.span else at
    return Figure.objects.create(
        appearance=report,
        passage=_passage(report.article, where) if where != place_of(report) else report.passage,
        measure=_measure(number.measure, by=by),
        comparator=number.comparator,
        low=number.low,
        high=number.high,
        as_of_from=as_of.earliest,
        as_of_to=as_of.latest,
        as_of_precision=as_of.precision,
        as_of_words=as_of.words,
        counting=number.counting,
    )


def _measure(typed: TypedMeasure, *, by: Person) -> Measure:
    if typed.held is not None:
        return typed.held
    # Of two numbers in one form the first may just have made it.
    held = Measure.objects.filter(slug=typed.slug).first()
    parts = {name: getattr(typed, name) for name in ("stage", "people", "origin", "territory", "unit")}
    made: Measure = held or add_actions.add(RecordKind.MEASURE, parts, by=by)
    return made
