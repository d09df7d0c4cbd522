"""Writing and reading events.

``append`` is called last in an action's transaction: it locks the state row, links the event to the
chain and bumps the versions. What it does not get is not in history.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count
from django.utils import timezone

from archive.history import chain
from archive.models import Actor, ArchiveState, Article, Claim, Event, EventValue, Outlet, Person, Source
from archive.models.base import Record
from archive.models.vocabulary import EventAct, RecordKind
from archive.text.hashing import salted_digest


class NotInTransaction(RuntimeError):
    """An event was to be written outside the transaction of the change that it records."""


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one record, before and after, as text. None: no value."""

    field: str
    old: str | None
    new: str | None


def append(
    act: EventAct,
    kind: RecordKind,
    public_id: str,
    *,
    by: Person,
    changes: Iterable[Change] = (),
    why: str = "",
    is_public: bool,
) -> Event:
    """Write one event, in the transaction of what it records.

    is_public: whether a published byte changed; then public pages get a new version.
    Raises NotInTransaction outside ``transaction.atomic``.
    """
    if not connection.in_atomic_block:
        raise NotInTransaction(f"“{act}” of {kind} {public_id}: open a transaction around the change and its event.")
    kept = list(changes)
    if why:
        kept.append(Change("why", None, why))
    salts = [secrets.token_hex(16) for _ in kept]
    digests = [
        [change.field, salted_digest(change.old, bytes.fromhex(salt)), salted_digest(change.new, bytes.fromhex(salt))]
        for change, salt in zip(kept, salts, strict=True)
    ]
    state = ArchiveState.objects.select_for_update().get(pk=ArchiveState.ONLY)
    link = chain.Link(
        state.seq + 1, timezone.now(), by.public_id, act.value, kind.value, public_id, digests, state.head
    )
    event = Event.objects.create(
        seq=link.seq,
        at=link.at,
        person=link.person,
        act=link.act,
        kind=link.kind,
        public_id=link.public_id,
        digests=link.digests,
        previous=link.previous,
        hash=chain.link_hash(link),
    )
    EventValue.objects.bulk_create(
        EventValue(event=event, field=change.field, old=change.old, new=change.new, salt=salt)
        for change, salt in zip(kept, salts, strict=True)
    )
    state.seq, state.head = event.seq, event.hash
    state.desk_version += 1
    state.public_version += int(is_public)
    state.save()
    if is_public:
        _stamp(event.seq)
    return event


def _stamp(seq: int) -> None:
    """Note on what this transaction made public, by whichever writer, that it is so since this event. Five queries.

    Under the lock of the state row: so events that are seen, and what they made public, are never overtaken.
    """
    for model in (Article, Claim, Source, Outlet, Actor):
        model.objects.all().stamp(seq)


def kind_of(record: Record) -> RecordKind:
    """The kind under which a record's events are kept."""
    return RecordKind(str(record._meta.model_name))


def changes_between(before: dict[str, object], after: dict[str, object]) -> list[Change]:
    """Changes of fields that differ. Both: field name → value; the text of a value is kept."""
    return [
        Change(field, as_text(before.get(field)), as_text(after.get(field)))
        for field in after
        if as_text(before.get(field)) != as_text(after.get(field))
    ]


def as_text(value: object) -> str | None:
    """A value as history keeps it: related records by id or slug, lists joined by a comma."""
    if value is None or value == "":
        return None
    if isinstance(value, (list, tuple, set)):
        return ", ".join(sorted(as_text(item) or "" for item in value)) or None
    for name in ("public_id", "slug", "code"):
        if hasattr(value, name):
            return str(getattr(value, name))
    return str(value)


def faults() -> list[str]:
    """What is wrong with the whole chain, in sentences; memory stays bounded. Four queries."""
    state = ArchiveState.objects.get(pk=ArchiveState.ONLY)
    return chain.faults(_links(), head=state.head, seq=state.seq) + _value_faults()


def _links() -> Iterator[chain.Link]:
    for event in Event.objects.order_by("seq").iterator(chunk_size=2000):
        yield chain.Link(
            event.seq,
            event.at,
            event.person,
            event.act,
            event.kind,
            event.public_id,
            event.digests,
            event.previous,
            event.hash,
        )


def _value_faults() -> list[str]:
    kept = Event.objects.order_by("seq").values_list("seq", "digests", Count("values_kept"))
    found = [
        f"Values of event {seq} are missing: {count} of {len(digests)} are there."
        for seq, digests, count in kept.iterator(chunk_size=2000)
        if count != len(digests)
    ]
    for value in EventValue.objects.exclude(salt="").select_related("event").iterator(chunk_size=2000):
        salt = bytes.fromhex(value.salt)
        expected = [value.field, salted_digest(value.old, salt), salted_digest(value.new, salt)]
        if expected not in value.event.digests:
            found.append(f"The value of “{value.field}” in event {value.event_id} has been changed.")
    return found


def purge_values(events: Sequence[Event], *, by: Person, why: str) -> Event:
    """Empty the values of events by lawful order; the chain stays valid, and the purge is an event.

    Call inside a transaction. The events themselves, with their time, person and act, remain.
    """
    for event in events:
        event.values_kept.update(old=None, new=None, salt="")
    numbers = ", ".join(str(event.seq) for event in events)
    return append(
        EventAct.PURGE,
        RecordKind.ARCHIVE,
        "events",
        by=by,
        changes=[Change("events", None, numbers)],
        why=why,
        is_public=True,
    )
