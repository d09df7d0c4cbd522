"""The writer of new records: outlets, actors, sources and claims as drafts, places and measures as they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from archive.desk import editable, effects, rules
from archive.history import events, versions
from archive.models import Event, Outlet, Person, Place
from archive.models.vocabulary import EventAct, RecordKind


def add(kind: RecordKind, values: Mapping[str, Any], *, by: Person, why: str = "") -> Any:
    """Add a record, as its form cleaned the values. It is a draft, but for places and measures: those are vocabulary.

    Raises ValidationError for what a rule or a constraint forbids.
    """
    record: Any = editable.EDITABLE[kind].model()
    many = {field.name for field in record._meta.many_to_many}
    for name in values.keys() - many:
        setattr(record, name, values[name])
    try:
        with transaction.atomic():
            if isinstance(record, (Outlet, Place)):
                record.slug = effects.new_slug(record)
            effects.complete(record, values, set(values), by=by)
            record.validate_unique()
            record.validate_constraints()
            record.save()
            for name in values.keys() & many:
                getattr(record, name).set(values[name])
            tell(record, by=by, why=why)
            return record
    except IntegrityError as error:
        # What the constraints were asked about a moment ago was taken by somebody else since.
        raise ValidationError(_("Another record took this name or address just now. Look at it first.")) from error


def tell(record: Any, *, by: Person, why: str = "") -> Event:
    """Append the event of a record that was added just now, in the caller's transaction."""
    after: dict[str, object] = {name: editable.kept(found) for name, found in editable.texts_of(record).items()}
    changes = events.changes_between({}, after)
    kind, name, is_public = editable.kind_of(record), versions.id_of(record), rules.is_public(record)
    return events.append(EventAct.ADD, kind, name, by=by, changes=changes, why=why, is_public=is_public)
