"""What all records share: a public id, a version, a status, and one door (``visible_to``)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Self, TypeAlias, TypeVar

from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.db import models
from django.db.models import Q

from archive.models.vocabulary import RecordStatus, WithdrawalReason
from archive.text.identifiers import PUBLIC_ID_LENGTH, random_public_id

User: TypeAlias = AbstractUser | AnonymousUser

USE_DESK = "archive.use_desk"
READ_FULL_TEXT = "archive.read_full_text"


def is_desk(user: User) -> bool:
    """Whether this person sees drafts, history and withdrawn records."""
    return user.is_authenticated and user.is_active and user.has_perm(USE_DESK)


def reads_full_text(user: User) -> bool:
    """Whether this person reads captured text in full, less its redactions."""
    return user.is_authenticated and user.is_active and user.has_perm(READ_FULL_TEXT)


def known(
    field: str, choices: type[models.TextChoices], name: str, *, or_blank: bool = False
) -> models.CheckConstraint:
    """A constraint that lets only the vocabulary's terms into the column."""
    values = [*choices.values, ""] if or_blank else list(choices.values)
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": values}),
        name=name,
        violation_error_message=f"“{field}” must be one of the archive's terms: {', '.join(choices.values)}.",
    )


def ordered(early: str, late: str, name: str) -> models.CheckConstraint:
    """A constraint that the first of two dates is not after the second; either may be open."""
    return models.CheckConstraint(
        condition=Q(**{f"{early}__isnull": True})
        | Q(**{f"{late}__isnull": True})
        | Q(**{f"{early}__lte": models.F(late)}),
        name=name,
        violation_error_message="The earliest date is after the latest date.",
    )


def overlapping(early: str, late: str, *, start: date | None, end: date | None) -> Q:
    """Rows whose earliest and latest day, as far as known, have a day in common with start to end.

    Either side of either may be open. A row of which no year is known overlaps nothing.
    """
    found = Q(**{f"{early}__isnull": False}) | Q(**{f"{late}__isnull": False})
    if start is not None:
        found &= Q(**{f"{late}__gte": start}) | Q(**{f"{late}__isnull": True})
    if end is not None:
        found &= Q(**{f"{early}__lte": end}) | Q(**{f"{early}__isnull": True})
    return found


AnyRecord = TypeVar("AnyRecord", bound="Record")


class RecordQuerySet(models.QuerySet[AnyRecord]):
    """The vocabulary that every published record's QuerySet speaks."""

    def published(self) -> Self:
        return self.filter(status=RecordStatus.PUBLISHED)

    def with_public_ids(self, public_ids: Iterable[str] | models.QuerySet[Any, str]) -> Self:
        return self.filter(public_id__in=public_ids)

    def withdrawn(self) -> Self:
        return self.filter(status=RecordStatus.WITHDRAWN)

    def by_pks(self, pks: Iterable[int]) -> Self:
        return self.filter(pk__in=list(pks))

    def not_merged(self) -> Self:
        """Without those that another record stands for."""
        return self.exclude(status=RecordStatus.WITHDRAWN, withdrawn_reason=WithdrawalReason.DUPLICATE)

    def not_withdrawn(self) -> Self:
        return self.exclude(status=RecordStatus.WITHDRAWN)

    def with_status(self, status: str) -> Self:
        return self.filter(status=status)

    def published_after(self, seq: int) -> Self:
        """Those that came to be public by an event after this one, in any order of theirs."""
        return self.published().filter(published_seq__gt=seq)

    def stamp(self, seq: int) -> int:
        """Note of what is public and says not yet since when, that it is so since this event. One query."""
        return self.published().filter(published_seq__isnull=True).update(published_seq=seq)

    def recently_changed(self) -> Self:
        """Those changed last first; ties by id."""
        return self.order_by("-updated_at", "-pk")

    def for_robots(self) -> Self:
        """What search engines may be told of, with what its address is made of, in a stable order. No query."""
        return self.published().order_by("pk").only("public_id", "updated_at")

    def by_pk(self, path: str) -> dict[int, Any]:
        """What stands at the end of a path, by id, of records of any status: for those that are known to be shown."""
        return dict(self.order_by().values_list("pk", path))

    def visible_to(self, user: User) -> Self:
        """The one door to records: the desk sees every record, everyone else what is published."""
        return self.all() if is_desk(user) else self.published()


class Record(models.Model):
    """A record with a page of its own: cited by its random id, edited with its version.

    version: counts the saved edits, from 1; an edit made from an older one is stale (409).
    published_seq: the event by which it came to be public, in the order of the history; 0 for what was so before
    events were noted here, empty for what never was.
    """

    public_id = models.CharField(max_length=PUBLIC_ID_LENGTH, unique=True, default=random_public_id, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    status = models.CharField(max_length=12, choices=RecordStatus, default=RecordStatus.DRAFT)
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=12, choices=WithdrawalReason, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    published_seq = models.PositiveBigIntegerField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True
        indexes = [models.Index(fields=["status", "published_seq"], name="%(class)s_by_publication")]
        constraints = [
            known("status", RecordStatus, "%(class)s_status_known"),
            known("withdrawn_reason", WithdrawalReason, "%(class)s_withdrawn_reason_known", or_blank=True),
            models.CheckConstraint(
                condition=Q(status=RecordStatus.WITHDRAWN, withdrawn_on__isnull=False) & ~Q(withdrawn_reason="")
                | ~Q(status=RecordStatus.WITHDRAWN) & Q(withdrawn_on__isnull=True, withdrawn_reason=""),
                name="%(class)s_withdrawal_whole",
                violation_error_message="A withdrawn record needs its reason and day; only a withdrawn one has them.",
            ),
        ]

    @property
    def is_merged(self) -> bool:
        """Whether another record stands for this one."""
        return self.status == RecordStatus.WITHDRAWN and self.withdrawn_reason == WithdrawalReason.DUPLICATE

    @property
    def is_published(self) -> bool:
        return self.status == RecordStatus.PUBLISHED
