"""Reports of a coded folder: sources, citations, and each claim where it appears, on whose word."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from archive.ingest.coded_articles import HeldWords
from archive.ingest.coded_book import Book, CodingRefused
from archive.ingest.coded_folder import Row
from archive.ingest.coded_terms import dated
from archive.models import (
    Appearance,
    Article,
    Check,
    Citation,
    Credit,
    Figure,
    Passage,
    Source,
    SourceActor,
    SourceCheck,
    SourceCopy,
    SourceIdentifier,
    TacticUse,
)
from archive.models.vocabulary import CheckKind, Part, RecordStatus
from archive.text import numbers

DIFFERENCES = {
    "comparator": "comparator",
    "number": "number",
    "people": "group of people",
    "area": "area of origin",
    "place": "place or role",
    "time": "time",
    "hedge": "hedge",
    "force": "degree of force",
    "attribution": "attribution",
    "verb": "verb",
}


def add_source(row: Row, *, book: Book) -> Source:
    """Add a source with who speaks in it; nothing of what it says yet."""
    source = Source.objects.create(
        kind=row["kind"],
        title=row["title"],
        occasion=row.get("occasion", ""),
        place=book.places[row["place"]] if row.get("place") else None,
        address=row.get("address", ""),
        article=book.record("article", row.get("article")),
        affected_naming=row.get("affected_naming", ""),
        is_lead=row.get("lead", False),
        note=row.get("note", ""),
        status=RecordStatus.PUBLISHED,
        **dated(row, "date"),
    )
    for part in row["actors"]:
        actor = book.record("actor", part["actor"])
        SourceActor.objects.create(source=source, actor=actor, role_as_printed=part["role_as_printed"])
    for one in row.get("identifiers", []):
        SourceIdentifier.objects.create(source=source, scheme=one["scheme"], value=one["value"])
    for one in row.get("copies", []):
        saved_on = date.fromisoformat(one["saved_on"]) if one["saved_on"] else None
        SourceCopy.objects.create(source=source, address=one["address"], saved_on=saved_on)
    for one in row.get("checks", []):
        SourceCheck.objects.create(
            source=source,
            checked_on=date.fromisoformat(one["checked_on"]),
            state=one["state"],
            checked_by=book.by.public_id,
            note=one["note"],
        )
    return source


def add_citations(article: Article, rows: Iterable[Row], *, words: HeldWords, book: Book) -> None:
    for position, row in enumerate(rows, start=1):
        Citation.objects.create(
            article=article,
            source=book.record("source", row["source"]),
            passage=words.passage(row.get("quote", ""), row.get("part", Part.BODY)),
            label=row["label"],
            address_as_printed=row.get("address_printed", ""),
            is_listed_only=row.get("listed_not_attached", False),
            position=position,
        )


def add_reports(carrier: Article | Source, rows: Iterable[Row], *, words: HeldWords, book: Book) -> None:
    """Add every appearance of a claim in an article or source, with its credits, tactics and figures."""
    figures: dict[str, Figure] = {}
    for position, row in enumerate(rows, start=1):
        report = _appearance(carrier, row, position, words=words, book=book)
        for credit in row["credits"]:
            Credit.objects.create(
                appearance=report,
                source=book.record("source", credit["source"]),
                **{name: credit[name] for name in ("how", "basis", "evidence", "state") if name in credit},
            )
        for use in row.get("tactics", []):
            TacticUse.objects.create(
                appearance=report,
                tactic=book.tactics[use["tactic"]],
                passage=words.passage(use.get("quote", ""), report.part, within=report.passage),
            )
        for one in row.get("figures", []):
            passage = words.passage(one.get("quote", ""), report.part, within=report.passage)
            figures[one["key"]] = _figure(report, one, passage, figures, book=book)


def _appearance(carrier: Article | Source, row: Row, position: int, *, words: HeldWords, book: Book) -> Appearance:
    part = row.get("part", Part.BODY)
    given = {
        name: row[name] for name in ("act", "voice", "hedge", "verb", "stance", "wording", "destination") if name in row
    }
    return Appearance.objects.create(
        claim=book.record("claim", row["claim"]),
        article=carrier if isinstance(carrier, Article) else None,
        source=carrier if isinstance(carrier, Source) else None,
        passage=words.passage(row.get("quote", ""), part),
        speaker=book.record("actor", row.get("speaker")),
        part=part,
        note=_note(row),
        position=position,
        **given,
    )


def _note(row: Row) -> str:
    differs = ", ".join(DIFFERENCES[term] for term in row.get("differs", []))
    said = f"Differs from the nearest wording held in: {differs}." if differs else ""
    return " ".join(part for part in (row.get("note", ""), said) if part)


def _figure(report: Appearance, row: Row, passage: Passage | None, earlier: dict[str, Figure], *, book: Book) -> Figure:
    """Add a figure. A small one is refused unless the row says how its do-no-harm check was decided."""
    figure = Figure.objects.create(
        appearance=report,
        passage=passage,
        measure=book.measures[row["measure"]],
        comparator=row["comparator"],
        low=row["low"],
        high=row["high"],
        counting=row["counting"],
        of_figure=earlier[row["of"]] if row.get("of") else None,
        note=row.get("note", ""),
        **dated(row, "as_of"),
    )
    if numbers.is_small(figure.comparator, figure.low, figure.high) and figure.measure.territory:
        _add_harm_check(report, figure, row, book=book)
    return figure


def _add_harm_check(report: Appearance, figure: Figure, row: Row, *, book: Book) -> None:
    if "harm_decision" not in row or report.article is None:
        raise CodingRefused(row["key"], "A figure under ten needs the decision of its do-no-harm check.")
    Check.objects.create(
        article=report.article,
        kind=CheckKind.HARM_SMALL_FIGURE,
        subject=f"figure {figure.public_id}",
        is_blocking=True,
        decision=row["harm_decision"],
        decided_by=book.by.public_id,
        decided_at=timezone.now(),
    )
