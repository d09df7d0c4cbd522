"""The parts that records are made of: plain data, safe for the reader that they were made for.

Everything here has passed the two doors: records come from ``visible_to`` QuerySets, wording from
``access.texts_for``. Formats and templates need no further check, and have no way round one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from typing import Any

from archive.access.texts import Quote, VisibleText
from archive.models import Actor, Appearance, Article, Claim, Credit, Figure, Measure, Outlet, Source
from archive.models.base import User, is_desk
from archive.models.vocabulary import Act, CreditState
from archive.provenance.counts import is_counted
from archive.text.dates import PartialDate, written


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a vocabulary: the slug for machines, the label for people."""

    slug: str
    label: str


@dataclass(frozen=True, slots=True)
class Ref:
    """Another record: what it is, its id, how it is called here and the address of its page."""

    kind: str
    id: str
    title: str
    page: str


@dataclass(frozen=True, slots=True)
class When:
    """A date with its precision, never sharper than the evidence. text: written out."""

    earliest: date | None
    latest: date | None
    precision: str
    text: str


@dataclass(frozen=True, slots=True)
class Wording:
    """Words as printed, or why they are not here. pieces: (text, whether it is a redaction's mark).

    sensitivity: the label of an article whose words are shown only after a click; empty for others.
    """

    pieces: tuple[tuple[str, bool], ...]
    absence: str
    language: str = ""
    sensitivity: str = ""

    @property
    def text(self) -> str:
        return "".join(text for text, _ in self.pieces)


@dataclass(frozen=True, slots=True)
class CarrierRef:
    """An article or source that carries a claim. outlet, when: of the article, or of the source."""

    ref: Ref
    outlet: Ref | None
    when: When


@dataclass(frozen=True, slots=True)
class CreditRecord:
    """source: None where an editor looked and none is stated. counts: confirmed, and not an inference."""

    source: Ref | None
    how: Term
    basis: Term
    evidence: Term
    state: Term
    counts: bool


@dataclass(frozen=True, slots=True)
class FigureRecord:
    """A number as one appearance words it. part_of: the whole that it is a part of, in words.

    stands_at: address of the passage that gives it.
    """

    id: str
    text: str
    low: int | None
    high: int | None
    comparator: Term
    measure: Ref
    as_of: When
    counting: Term
    wording: Wording
    part_of: str
    note: str
    claim: Ref
    carrier: CarrierRef
    stands_at: str
    speaker: Ref | None
    credits: tuple[CreditRecord, ...]


@dataclass(frozen=True, slots=True)
class ReportRecord:
    """One appearance: where a claim is reported, in which words, on whose word. stands_at: address of the passage."""

    id: str
    claim: Ref
    carrier: CarrierRef
    stands_at: str
    speaker: Ref | None
    act: Term
    voice: Term
    part: Term
    hedge: Term
    verb: str
    stance: Term
    destination: Term | None
    wording: Wording
    wording_kind: Term
    note: str
    credits: tuple[CreditRecord, ...]
    figures: tuple[FigureRecord, ...]
    tactics: tuple[Term, ...]

    @property
    def is_assertion(self) -> bool:
        return self.act.slug == Act.ASSERTS

    @property
    def states_no_source(self) -> bool:
        return not any(credit.source for credit in self.credits)


@dataclass(frozen=True)
class Reader:
    """The reader that records are made for, with the texts that this reader may see (by article pk)."""

    user: User
    texts: Mapping[int, VisibleText] = field(default_factory=dict)
    # Hundreds of articles are of a few outlets, and an address takes long to make.
    _outlets: dict[int, Ref] = field(default_factory=dict)

    def wording(self, article: Article | None, passage: int | None) -> Wording:
        """A passage through the door; a source's own wording is not held."""
        if article is None:
            return Wording((), "wording not held")
        visible = self.texts[article.pk]
        quote = visible.quote(passage)
        if quote is None:
            return Wording((), visible.absence(passage))
        label = term(article, "sensitivity").label if article.sensitivity else ""
        return Wording(pieces(quote), "", article.language, label)

    def article(self, article: Article) -> Ref:
        return Ref("article", article.public_id, article.headline_for(self.user), article.get_absolute_url())

    def source(self, source: Source | None) -> Ref | None:
        """A source that this reader may see; needs its ``article`` loaded."""
        if source is None or not (source.is_published or is_desk(self.user)):
            return None
        page = (source.article_for(self.user) or source).get_absolute_url()
        return Ref("source", source.public_id, source.title_for(self.user), page)

    def actor(self, actor: Actor | None) -> Ref | None:
        if actor is None or not (actor.is_published or is_desk(self.user)):
            return None
        return Ref("actor", actor.public_id, actor.name, actor.get_absolute_url())

    def carrier(self, report: Appearance) -> CarrierRef:
        article = report.article or (report.source.article_for(self.user) if report.source else None)
        if article is not None and (article.is_published or is_desk(self.user)):
            return self.in_article(article)
        assert report.source is not None  # noqa: S101  # the constraint appearance_in_article_or_source
        ref = self.source(report.source)
        assert ref is not None  # noqa: S101  # visible_to lets no appearance of a hidden source through
        return CarrierRef(ref, None, said(report.source))

    def in_article(self, article: Article) -> CarrierRef:
        if article.outlet_id not in self._outlets:
            self._outlets[article.outlet_id] = outlet(article.outlet)
        return CarrierRef(self.article(article), self._outlets[article.outlet_id], published(article))

    def report(self, report: Appearance) -> ReportRecord:
        """From an appearance with ``loaded()`` relations."""
        return ReportRecord(
            id=report.public_id,
            claim=claim(report.claim),
            carrier=self.carrier(report),
            stands_at=report.get_absolute_url(),
            speaker=self.actor(report.speaker),
            act=term(report, "act"),
            voice=term(report, "voice"),
            part=term(report, "part"),
            hedge=term(report, "hedge"),
            verb=report.verb,
            stance=term(report, "stance"),
            destination=term(report, "destination") if report.destination else None,
            wording=self.wording(report.article, report.passage_id),
            wording_kind=term(report, "wording"),
            note=report.note,
            credits=self.credits(report),
            figures=tuple(self.figure(figure, report) for figure in report.figures.all()),
            tactics=tuple(Term(use.tactic.slug, use.tactic.label) for use in report.tactic_uses.all()),
        )

    def credits(self, report: Appearance) -> tuple[CreditRecord, ...]:
        """Whom it credits, rejected suggestions left out; a suggestion stays at the desk."""
        states = {CreditState.CONFIRMED, CreditState.SUGGESTED} if is_desk(self.user) else {CreditState.CONFIRMED}
        return tuple(self.credit(credit) for credit in report.credits.all() if credit.state in states)

    def credit(self, credit: Credit) -> CreditRecord:
        return CreditRecord(
            self.source(credit.source),
            term(credit, "how"),
            term(credit, "basis"),
            term(credit, "evidence"),
            term(credit, "state"),
            is_counted(credit),
        )

    def figure(self, figure: Figure, report: Appearance) -> FigureRecord:
        return FigureRecord(
            id=figure.public_id,
            text=figure.written,
            low=figure.low,
            high=figure.high,
            comparator=term(figure, "comparator"),
            measure=measure(figure.measure),
            as_of=when(figure.as_of_from, figure.as_of_to, figure.as_of_precision, figure.as_of_words),
            counting=term(figure, "counting"),
            wording=self.wording(report.article, figure.passage_id),
            part_of=figure.of_figure.written if figure.of_figure else "",
            note=figure.note,
            claim=claim(report.claim),
            carrier=self.carrier(report),
            stands_at=report.get_absolute_url(),
            speaker=self.actor(report.speaker),
            credits=self.credits(report),
        )


def term(record: object, name: str) -> Term:
    """A choice field's value with its label."""
    return Term(getattr(record, name), str(getattr(record, f"get_{name}_display")()))


def pieces(quote: Quote) -> tuple[tuple[str, bool], ...]:
    return tuple((piece.text, piece.is_redacted) for piece in quote.pieces)


def outlet(record: Outlet) -> Ref:
    return Ref("outlet", record.slug, record.name, record.get_absolute_url())


def claim(record: Claim) -> Ref:
    return Ref("claim", record.public_id, record.sentence, record.get_absolute_url())


def measure(record: Measure) -> Ref:
    return Ref("measure", record.slug, record.title, record.get_absolute_url())


def when(earliest: date | None, latest: date | None, precision: str, words: str) -> When:
    return When(earliest, latest, precision, written(PartialDate(earliest, latest, precision, words)))


def published(article: Article) -> When:
    return when(article.published_from, article.published_to, article.published_precision, article.published_words)


def said(source: Source) -> When:
    # The day of an article that is not public, or that is withheld, would tell of it.
    if source.article is not None and source.article.is_published and not source.title_withheld:
        return published(source.article)
    return when(source.date_from, source.date_to, source.date_precision, source.date_words)


def as_data(value: Any) -> Any:
    """A record as dicts, lists, text, numbers and ISO dates, for JSON; key order is the fields' order."""
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: as_data(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, (list, tuple)):
        return [as_data(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return value


def at(site: str, data: Any) -> Any:
    """The same data with whole addresses of pages: a file is read where no site is open."""
    if isinstance(data, dict):
        return {name: f"{site}{value}" if name == "page" else at(site, value) for name, value in data.items()}
    if isinstance(data, list):
        return [at(site, value) for value in data]
    return data
