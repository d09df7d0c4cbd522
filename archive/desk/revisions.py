"""A record's past, from its events: what changed when, and the values that it had before."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from archive.desk import editable
from archive.history import versions
from archive.models import Event, EventValue, Person


class ValuePurged(Exception):
    """A value that a restore would need was emptied by lawful order."""

    def __init__(self, field: str) -> None:
        super().__init__(f"“{field}” had another value then, and that was purged by lawful order. Edit it by hand.")


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after; both None and is_purged where they were emptied by lawful order."""

    field: str
    old: str | None
    new: str | None
    is_purged: bool


@dataclass(frozen=True, slots=True)
class Revision:
    """One event as the history page reads it.

    who: a pen name, or the id of an account that is gone. is_restorable: whether it changed what a form holds.
    """

    seq: int
    at: datetime
    who: str
    act: str
    kind: str
    public_id: str
    why: str
    changes: Sequence[FieldChange]
    is_restorable: bool


def read(events: Iterable[Event], *, fields: Collection[str] = ()) -> list[Revision]:
    """Make loaded events readable. fields: those that can be put back. One query, for the people."""
    found = list(events)
    people = Person.objects.in_bulk({event.person for event in found}, field_name="public_id")
    return [_revision(event, people.get(event.person), fields) for event in found]


def _revision(event: Event, person: Person | None, fields: Collection[str]) -> Revision:
    values = list(event.values_kept.all())
    why = next((value.new or "" for value in values if value.field == "why"), "")
    changes = [
        FieldChange(value.field, value.old, value.new, _is_purged(value)) for value in values if value.field != "why"
    ]
    who = (person.pen_name if person else "") or event.person
    act = event.get_act_display()
    is_restorable = any(change.field in fields for change in changes)
    return Revision(event.seq, event.at, who, act, event.kind, event.public_id, why, changes, is_restorable)


def _is_purged(value: EventValue) -> bool:
    return value.salt == ""


def texts_before(record: editable.EditableRecord, event: Event) -> editable.Texts:
    """The editable fields as they were before an event of this record; fields that no event touched, as they are.

    Raises ValuePurged.
    """
    texts = editable.texts_of(record)
    fields = editable.form_of(record).base_fields
    kind = editable.kind_of(record)
    for later in Event.objects.of_record(kind, versions.id_of(record)):
        if later.seq < event.seq:
            break
        for value in later.values_kept.all():
            if value.field in texts:
                if _is_purged(value):
                    raise ValuePurged(value.field)
                texts[value.field] = editable.unkept(value.old, fields[value.field])
    return texts
