"""A collection as a file: JSON with the records whole, CSV with a line an entry.

A file is passed on: it holds of records what the public may see, and of whoever made it the pen name.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from archive.models import Collection
from archive.records import plain
from archive.records.citing import citation
from archive.records.collections import DossierEntry
from archive.text.cells import neutralised

CSV = "text/csv; charset=utf-8; header=present"
COLUMNS = ("position", "kind", "state", "id", "title", "outlet", "date_written", "url", "page", "note", "citation")
OF_THE_FILE = ("collection", "collection_page", "exported_on")


@dataclass(frozen=True, slots=True)
class CollectionFile:
    """site: scheme and host, put before addresses of pages."""

    collection: Collection
    entries: Sequence[DossierEntry]
    site: str
    exported_on: date

    @property
    def page(self) -> str:
        return f"{self.site}{self.collection.get_absolute_url()}"

    def headers(self, ending: str) -> dict[str, str]:
        name = f"collection-{self.collection.public_id}-{self.exported_on}.{ending}"
        return {"Content-Disposition": f'attachment; filename="{name}"'}

    def cited(self, entry: DossierEntry) -> str:
        return citation(entry.record, site=self.site, on=self.exported_on) if entry.record else ""


def data(file: CollectionFile) -> dict[str, Any]:
    """The collection, the day, and of each entry position, kind, state, note, citation and the record whole."""
    made = file.collection
    return {
        "collection": {"title": made.title, "note": made.note, "by": made.owner.pen_name, "page": file.page},
        "exported_on": file.exported_on.isoformat(),
        "entries": [
            {
                "position": entry.position,
                "kind": entry.kind,
                "state": state(entry),
                "note": entry.note,
                "citation": file.cited(entry),
                "record": plain.at(file.site, plain.as_data(entry.record)),
            }
            for entry in file.entries
        ],
    }


def lines(file: CollectionFile) -> str:
    """The names of the columns, then a line an entry, each cell harmless to spreadsheets."""
    out = io.StringIO()
    write = csv.writer(out).writerow
    write([*COLUMNS, *OF_THE_FILE])
    for entry in file.entries:
        cells = [*_cells(file, entry), file.collection.title, file.page, file.exported_on]
        write([neutralised(str(cell)) for cell in cells])
    return out.getvalue()


def state(entry: DossierEntry) -> str:
    return "held" if entry.record else "withdrawn"


def _cells(file: CollectionFile, entry: DossierEntry) -> list[object]:
    article, claim = entry.article, entry.claim
    return [
        entry.position,
        entry.kind,
        state(entry),
        entry.record.id if entry.record else "",
        article.title if article else claim.sentence if claim else "",
        article.outlet.title if article else "",
        entry.record.when.text if entry.record else "",
        article.url if article else "",
        f"{file.site}{entry.record.page}" if entry.record else "",
        entry.note,
        file.cited(entry),
    ]
