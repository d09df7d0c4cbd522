"""Tables of the append-only history; triggers refuse changes to them (``archive.history.triggers``)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Self

from django.db import models

from archive.models.base import known
from archive.models.vocabulary import EventAct, RecordKind
from archive.text.identifiers import PUBLIC_ID_LENGTH

WRITING = (EventAct.ADD, EventAct.EDIT, EventAct.RESTORE, EventAct.MERGE)


class ArchiveState(models.Model):
    """One row, locked last in each action's transaction.

    seq, head: number and hash of the newest event. desk_version: bumped by every event;
    public_version: bumped only when a published byte changes, and the base of every public ETag.
    """

    ONLY = 1

    seq = models.PositiveBigIntegerField(default=0)
    head = models.CharField(max_length=64, blank=True)
    desk_version = models.PositiveBigIntegerField(default=0)
    public_version = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="archive_state_one_row")]

    def __str__(self) -> str:
        return f"event {self.seq}"


class EventQuerySet(models.QuerySet["Event"]):
    def newest_first(self) -> Self:
        """All events with their values. Two queries."""
        return self.prefetch_related("values_kept").order_by("-seq")

    def of_record(self, kind: str, public_id: str) -> Self:
        """Newest first, with their values. Two queries."""
        return self.filter(kind=kind, public_id=public_id).prefetch_related("values_kept").order_by("-seq")

    def done_by(self, person: str) -> Self:
        """What somebody did, by their public id, in order; without its values."""
        return self.filter(person=person).order_by("seq")

    def of_acts(self, *acts: EventAct) -> Self:
        return self.filter(act__in=acts)

    def moving(self, field: str, *, old: str, new: str) -> Self:
        """Those that moved a field from one value to another. No query."""
        moved = EventValue.objects.filter(event=models.OuterRef("pk"), field=field, old=old, new=new)
        return self.filter(models.Exists(moved))

    def writers_of(self, records: Iterable[tuple[str, str]]) -> set[str]:
        """Ids of the people who wrote any of these records (kind, public id). One query.

        To send a record to review or back is no writing.
        """
        ids: dict[str, list[str]] = defaultdict(list)
        for kind, public_id in records:
            ids[kind].append(public_id)
        about = reduce(
            or_, (models.Q(kind=kind, public_id__in=found) for kind, found in ids.items()), models.Q(pk=None)
        )
        written = EventValue.objects.filter(event=models.OuterRef("pk")).exclude(field__in=["status", "why"])
        found = self.filter(about).filter(models.Q(act=EventAct.ADD) | models.Exists(written))
        return set(found.of_acts(*WRITING).values_list("person", flat=True))


class Event(models.Model):
    """One editorial act.

    person: random id of an account, no foreign key, so that history outlives it.
    digests: [[field, salted digest of the old, of the new], …]; the values lie in ``EventValue``.
    hash: SHA-256 over the canonical JSON of all of this and the previous hash.
    """

    seq = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    person = models.CharField(max_length=PUBLIC_ID_LENGTH)
    act = models.CharField(max_length=12, choices=EventAct)
    kind = models.CharField(max_length=12, choices=RecordKind)
    public_id = models.CharField(max_length=PUBLIC_ID_LENGTH)
    digests = models.JSONField(default=list)
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64, unique=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["seq"]
        indexes = [models.Index(fields=["kind", "public_id"], name="event_record")]
        constraints = [known("act", EventAct, "event_act_known"), known("kind", RecordKind, "event_kind_known")]

    def __str__(self) -> str:
        return f"{self.seq} {self.act} {self.kind} {self.public_id}"


class EventValue(models.Model):
    """A field's old and new value. A lawful purge empties old, new and salt; the chain stays valid.

    field "why" holds the reason in its ``new``.
    """

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="values_kept")
    field = models.CharField(max_length=60)
    # NULL is "no value" and "" an empty one; history tells them apart.
    old = models.TextField(null=True)  # noqa: DJ001  # see above
    new = models.TextField(null=True)  # noqa: DJ001  # see above
    salt = models.CharField(max_length=32)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["event", "field"], name="event_value_once")]

    def __str__(self) -> str:
        return f"{self.event_id} {self.field}"
