"""Records as CSV: the names of the columns in the first line, then a line a record.

A spreadsheet takes a cell that begins with = + - or @ for a formula, so an apostrophe is put before it; an import
takes one apostrophe away again. Columns that an import knows bear the names that it knows them by.
Several values in a cell stand with “; ” between; quoted passages stand on lines of their own.
Source: RFC 4180; OWASP, CSV Injection.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from archive.exports.files import Origin, Row
from archive.records import parts
from archive.text.cells import neutralised

ENDING = "csv"
MEDIA_TYPE = "text/csv; charset=utf-8; header=present"

Column = Callable[[Any], object]


def slugs(terms: Iterable[parts.Term]) -> str:
    return "; ".join(term.slug for term in terms)


def slug(term: parts.Term | None) -> str:
    return term.slug if term else ""


def yes(value: bool) -> str:
    return "yes" if value else "no"


def blank(value: object) -> object:
    return "" if value is None else value


ARTICLE_COLUMNS: dict[str, Column] = {
    "id": lambda one: one.id,
    "title": lambda one: one.title,
    "outlet": lambda one: one.outlet.title,
    "url": lambda one: one.url,
    "language": lambda one: one.language,
    "published_at": lambda one: one.edtf,
    "date_written": lambda one: one.when.text,
    "date_precision": lambda one: one.when.precision,
    "date_basis": lambda one: slug(one.basis),
    "summary": lambda one: one.summary,
    "depth": lambda one: one.depth.slug,
    "claims": lambda one: len(one.claims),
    "claim_ids": lambda one: "; ".join(one.claims),
    "sources": lambda one: one.sources,
    "tactics": lambda one: slugs(one.tactics),
    "people": lambda one: slugs(one.people),
    "areas": lambda one: slugs(one.areas),
    "is_provisional": lambda one: yes(one.is_provisional),
    "passages": lambda one: "\n".join(one.passages),
    "sensitivity": lambda one: slug(one.sensitivity),
    "is_lead": lambda one: yes(one.is_lead),
    "version": lambda one: one.version,
    "updated_on": lambda one: one.updated_on,
}
CLAIM_COLUMNS: dict[str, Column] = {
    "id": lambda one: one.id,
    "sentence": lambda one: one.sentence,
    "kind": lambda one: one.kind.slug,
    "date": lambda one: one.edtf,
    "date_written": lambda one: one.when.text,
    "articles": lambda one: one.articles,
    "routes": lambda one: one.routes,
    "origins": lambda one: one.origins,
    "unnamed": lambda one: one.unnamed,
    "not_stated": lambda one: one.not_stated,
    "denials": lambda one: one.denials,
    "declined": lambda one: one.declined,
    "article_ids": lambda one: "; ".join(one.article_ids),
    "tactics": lambda one: slugs(one.tactics),
    "people": lambda one: slugs(one.people),
    "areas": lambda one: slugs(one.areas),
    "places": lambda one: slugs(one.places),
    "setting": lambda one: slug(one.setting),
    "response": lambda one: slug(one.response),
    "is_lead": lambda one: yes(one.is_lead),
    "version": lambda one: one.version,
    "updated_on": lambda one: one.updated_on,
}
FIGURE_COLUMNS: dict[str, Column] = {
    "id": lambda one: one.figure.id,
    "series": lambda one: one.series,
    "figure": lambda one: one.figure.text,
    "comparator": lambda one: one.figure.comparator.slug,
    "low": lambda one: blank(one.figure.low),
    "high": lambda one: blank(one.figure.high),
    "measure": lambda one: one.figure.measure.id,
    "unit": lambda one: one.unit.slug,
    "as_of": lambda one: one.edtf,
    "as_of_written": lambda one: one.figure.as_of.text,
    "as_of_precision": lambda one: one.figure.as_of.precision,
    "counting": lambda one: one.figure.counting.slug,
    "is_new": lambda one: yes(one.is_new),
    "part_of": lambda one: one.figure.part_of,
    "speaker_id": lambda one: one.figure.speaker.id if one.figure.speaker else "",
    "speaker": lambda one: one.figure.speaker.title if one.figure.speaker else "",
    "wording": lambda one: one.figure.wording.text,
    "claim_id": lambda one: one.figure.claim.id,
    "claim": lambda one: one.figure.claim.title,
    "given_in": lambda one: one.figure.carrier.ref.kind,
    "given_in_id": lambda one: one.figure.carrier.ref.id,
    "title": lambda one: one.figure.carrier.ref.title,
    "outlet": lambda one: one.figure.carrier.outlet.title if one.figure.carrier.outlet else "",
    "note": lambda one: one.figure.note,
}
COLUMNS = {"articles": ARTICLE_COLUMNS, "claims": CLAIM_COLUMNS, "figures": FIGURE_COLUMNS}
OF_THE_FILE = ("page", "query", "exported_on")


class _Line:
    """A file for the writer of CSV that hands each line on instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def written(records: Iterable[Row], origin: Origin) -> Iterator[str]:
    """Write the file line by line; the question and the day stand at the end of each line."""
    columns = COLUMNS[origin.name]
    write = csv.writer(_Line()).writerow
    yield write([*columns, *OF_THE_FILE])
    for record in records:
        cells = [column(record) for column in columns.values()]
        of_the_file = [f"{origin.site}{record.page}", origin.query, origin.exported_on]
        yield write([neutralised(str(cell)) for cell in [*cells, *of_the_file]])
