"""Loading a folder of coded examples: articles with their claims, credits, figures and sources.

Everything is worked out and every byte stored before the one transaction opens; the load is one event.
Loading again adds nothing twice: rows are known by their keys, and what editors changed since stays.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from archive.access import extracts
from archive.history import events
from archive.ingest import coded_articles, coded_folder, coded_reports, coded_terms
from archive.ingest.coded_articles import HeldWords
from archive.ingest.coded_book import Book
from archive.ingest.coded_folder import CodedFolder
from archive.models import Person
from archive.models.vocabulary import EventAct, RecordKind
from archive.provenance import counts
from archive.text.identifiers import random_public_id


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What became of a folder's rows.

    added: records made, by kind. held: rows that an earlier load brought, or an import before it.
    changed: keys of rows that differ from what was loaded then; their records were left alone.
    """

    added: dict[str, int]
    held: int
    changed: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        return not any(self.added.values())

    def __str__(self) -> str:
        made = ", ".join(f"{number} {kind}s" for kind, number in self.added.items() if number)
        return f"{made or 'nothing'} added; {self.held} rows held already; {len(self.changed)} changed in the folder"


def load_folder(path: Path, *, by: Person) -> LoadReport:
    """Load a folder into the archive, published, in one transaction with one event.

    by: who vouches for it; its do-no-harm decisions carry this person's id.
    Raises FolderNotWhole or CodingRefused, and then writes nothing.
    """
    folder = coded_folder.read(path)
    coded_articles.keep_bytes(folder.articles)
    with transaction.atomic():
        book = Book(folder, by=by)
        _add(folder, book=book)
        report = _report(folder, book)
        if not report.is_empty:
            _settle(folder, book, report)
    return report


def _add(folder: CodedFolder, *, book: Book) -> None:
    """Add what is new, each record after those that it refers to."""
    coded_terms.add_places(folder.places, book=book)
    coded_terms.add_measures(folder.measures, book=book)
    coded_terms.add_outlets(folder.outlets, book=book)
    coded_terms.add_actors(folder.actors, book=book)
    coded_terms.add_claims(folder.claims, book=book)
    _add_carriers(folder, book=book)


def _add_carriers(folder: CodedFolder, *, book: Book) -> None:
    """Add articles and sources first, then what they say, for they credit each other."""
    known = coded_articles.held_by_address(folder.articles)
    new_articles = []
    for row in folder.articles:
        if not book.is_new("article", row):
            continue
        if held := known.get(row["key"]):
            book.enter("article", row, held, is_added=False)
            continue
        article = coded_articles.add_article(row, book=book)
        book.enter("article", row, article)
        new_articles.append((article, row, coded_articles.add_captures(article, row, book=book)))
    new_sources = [row for row in folder.sources if book.is_new("source", row)]
    for row in new_sources:
        book.enter("source", row, coded_reports.add_source(row, book=book))
    coded_articles.join_texts([(article, row) for article, row, _words in new_articles], book=book)
    for article, row, words in new_articles:
        coded_reports.add_citations(article, row["citations"], words=words, book=book)
        coded_reports.add_reports(article, row["appearances"], words=words, book=book)
    for row in new_sources:
        source, words = book.record("source", row["key"]), HeldWords(row["key"], [])
        coded_reports.add_reports(source, row["appearances"], words=words, book=book)


def _report(folder: CodedFolder, book: Book) -> LoadReport:
    added = {kind: len(records) for kind, records in book.added.items()}
    rows = sum(1 for _ in folder.row_keys())
    return LoadReport(added, rows - sum(added.values()), tuple(book.changed))


def _settle(folder: CodedFolder, book: Book, report: LoadReport) -> None:
    """Write what follows from the rows: public extracts, counts of claims, and the event of the load."""
    extracts.rebuild(article.pk for article in book.added["article"])
    counts.rewrite(book.record("claim", row["key"]).pk for row in folder.claims)
    events.append(
        EventAct.IMPORT,
        RecordKind.IMPORT,
        random_public_id(),
        by=book.by,
        changes=[
            events.Change("collection", None, folder.name),
            events.Change("digest", None, folder.digest),
            events.Change("added", None, str(report)),
        ],
        is_public=True,
    )
