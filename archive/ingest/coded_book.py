"""Which record stands for which key of a coded folder, so that loading again adds nothing twice."""

from __future__ import annotations

from typing import Any

from archive.ingest.coded_folder import CodedFolder, Row, row_digest, row_key
from archive.models import (
    Actor,
    Article,
    Claim,
    ImportRow,
    Measure,
    Outlet,
    PeopleGroup,
    Person,
    Place,
    Source,
    Tactic,
)
from archive.models.vocabulary import RecordKind

MODELS: dict[str, Any] = {"outlet": Outlet, "actor": Actor, "claim": Claim, "article": Article, "source": Source}


class CodingRefused(ValueError):
    """A row says something that the archive cannot hold. key: the row at fault."""

    def __init__(self, key: str, reason: str) -> None:
        self.key = key
        super().__init__(f"{key}: {reason}")


class Book:
    """Records by key while a folder is loaded. by: who loads it.

    held: rows that an earlier load entered. changed: keys whose row differs from what was loaded then;
    the record stays as it is, since editors may have worked on it. added: records of this load, by kind.
    """

    def __init__(self, folder: CodedFolder, *, by: Person) -> None:
        self.by = by
        self._collection = folder.name
        self.places = Place.objects.in_bulk(field_name="slug")
        self.measures = Measure.objects.in_bulk(field_name="slug")
        self.tactics = Tactic.objects.in_bulk(field_name="slug")
        self.people = PeopleGroup.objects.in_bulk(field_name="slug")
        entered = ImportRow.objects.keyed([folder.name], folder.row_keys())
        self.held = {row.row_key: row for row in entered}
        self.changed: list[str] = []
        self.added: dict[str, list[Any]] = {kind: [] for kind in MODELS}
        self._records: dict[str, Any] = {}
        for kind, model in MODELS.items():
            self._take_held(kind, model)

    def _take_held(self, kind: str, model: Any) -> None:
        pks = {key: row.record_id for key, row in self.held.items() if row.record_kind == kind and row.record_id}
        records = model.objects.in_bulk(list(pks.values()))
        self._records |= {key: records[pk] for key, pk in pks.items() if pk in records}

    def is_new(self, kind: str, row: Row) -> bool:
        """Whether the row is still to be loaded; one that was loaded in another form is noted as changed."""
        key = row_key(kind, row["key"])
        if key not in self.held:
            return True
        if self.held[key].digest != row_digest(row):
            self.changed.append(key)
        return False

    def enter(self, kind: str, row: Row, record: Any, *, is_added: bool = True) -> None:
        """Note that this record stands for this row. is_added: whether this load made the record."""
        key = row_key(kind, row["key"])
        ImportRow.objects.create(
            source_file=self._collection,
            row_key=key,
            article=record if kind == "article" else None,
            record_kind=RecordKind(kind),
            record_id=record.pk,
            digest=row_digest(row),
        )
        self._records[key] = record
        if is_added:
            self.added[kind].append(record)

    def record(self, kind: str, key: str | None) -> Any:
        """The record that stands for a key; None for no key. Raises CodingRefused for an unknown one."""
        if not key:
            return None
        try:
            return self._records[row_key(kind, key)]
        except KeyError:
            raise CodingRefused(key, f"No {kind} has this key.") from None
