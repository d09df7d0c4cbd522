"""The writers of parts of records. Each is an edit of the record, with its version, its event and what follows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from archive.desk import editable, effects, rules
from archive.desk.editable import EditableRecord
from archive.desk.record_parts import Part
from archive.history import events, versions
from archive.history.events import Change
from archive.models import Article, DateEvidence, Event, Person, SourceCheck
from archive.models.vocabulary import EventAct


def add_part(
    record: EditableRecord, part: Part, values: Mapping[str, Any], *, by: Person, version: int, why: str = ""
) -> Event:
    """Add a row to a record. Raises StaleVersion, ReasonMissing, ValidationError."""

    def write(stored: EditableRecord) -> Change:
        row = part.new(stored)
        if isinstance(row, SourceCheck):
            row.checked_by = by.public_id
        _fill(row, values)
        return Change(part.key, None, part.says(row, stored))

    return _edited(record, write, by=by, version=version, why=why)


def change_part(
    record: EditableRecord, part: Part, pk: int, values: Mapping[str, Any], *, by: Person, version: int, why: str = ""
) -> Event:
    """Change a row. Raises StaleVersion, ReasonMissing, NothingChanged, ValidationError, and DoesNotExist."""

    def write(stored: EditableRecord) -> Change:
        row = part.rows(stored).get(pk=pk)
        before = part.says(row, stored)
        held = {name: getattr(row, name) for name in values}
        if held == dict(values):
            raise rules.NothingChanged
        _fill(row, values)
        return Change(part.key, before, part.says(row, stored))

    return _edited(record, write, by=by, version=version, why=why)


def remove_part(record: EditableRecord, part: Part, pk: int, *, by: Person, version: int, why: str = "") -> Event:
    """Take a row away; the history keeps what it said. Raises StaleVersion, ReasonMissing, and DoesNotExist."""

    def write(stored: EditableRecord) -> Change:
        row = part.rows(stored).get(pk=pk)
        said = part.says(row, stored)
        row.delete()
        return Change(part.key, said, None)

    return _edited(record, write, by=by, version=version, why=why)


def _fill(row: Any, values: Mapping[str, Any]) -> None:
    """Write a row with these values. Of the dates of an article, the newly chosen one is the only one."""
    for name, value in values.items():
        setattr(row, name, value)
    if isinstance(row, DateEvidence) and row.is_chosen:
        row.article.date_evidence.exclude(pk=row.pk).update(is_chosen=False)
    row.validate_unique()
    row.validate_constraints()
    row.save()


def _edited(
    record: EditableRecord, write: Callable[[EditableRecord], Change], *, by: Person, version: int, why: str
) -> Event:
    try:
        with transaction.atomic():
            versions.take_version(record, expected=version)
            stored = editable.records_of(record, by).get(pk=record.pk)
            is_public = rules.is_public(stored)
            if is_public and not why.strip():
                raise rules.ReasonMissing(stored)
            changes = [write(stored)]
            if isinstance(stored, Article):
                changes += _dated(stored)
            # Saved as a whole, so that readers of changes learn of it.
            stored.save(update_fields=["updated_at"])
            effects.follow(stored, {change.field for change in changes})
            kind = editable.kind_of(stored)
            name = versions.id_of(stored)
            return events.append(EventAct.EDIT, kind, name, by=by, changes=changes, why=why, is_public=is_public)
    except IntegrityError as error:
        raise ValidationError(_("Another editor added the same just now. Look at it first.")) from error


def _dated(article: Article) -> list[Change]:
    """Derive the day of publication anew."""
    before: dict[str, object] = {name: getattr(article, name) for name in effects.PUBLISHED}
    effects.date_anew(article)
    changes = events.changes_between(before, {name: getattr(article, name) for name in effects.PUBLISHED})
    if changes:
        article.save(update_fields=effects.PUBLISHED)
    return changes
