"""The parts that records are made of: plain data, safe for the reader that they were made for.

Everything here has passed the two doors: records come from ``visible_to`` QuerySets, wording from
``access.texts_for``. Formats and templates need no further check, and have no way round one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from archive.access.texts import Quote
from archive.models import Article, Claim, Measure, Outlet, Source
from archive.models.vocabulary import Act
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
