"""Versions: of a record (for forms) and of all that is public (for ETags)."""

from __future__ import annotations

from django.db.models import F

from archive.models import ArchiveState, Article, Claim, Outlet, Source
from archive.models.actors import Actor
from archive.models.appearances import Appearance
from archive.models.evidence import Figure

type_of_versioned = Article | Claim | Outlet | Source | Actor | Appearance | Figure


class StaleVersion(Exception):
    """Somebody saved the record after this form was opened. Nothing was written."""

    def __init__(self, record: type_of_versioned, expected: int) -> None:
        self.record = record
        self.expected = expected
        super().__init__(
            f"“{record}” was saved by somebody else since you opened it (version {expected})."
            " Compare both texts below, then save again."
        )


def take_version(record: type_of_versioned, *, expected: int) -> None:
    """Move the record from the expected version to the next, or write nothing.

    Call first in an action's transaction: the row stays locked until it ends, so the second of two
    simultaneous saves finds the version gone. Raises StaleVersion.
    """
    manager = type(record)._default_manager
    if not manager.filter(pk=record.pk, version=expected).update(version=F("version") + 1):
        raise StaleVersion(record, expected)
    record.version = expected + 1


def archive_state() -> ArchiveState:
    """Number and hash of the newest event, and both versions of the whole archive. One query."""
    return ArchiveState.objects.get(pk=ArchiveState.ONLY)


def newest_event() -> tuple[int, str]:
    """Number and hash of the newest event; (0, "") before there is one. One query."""
    return ArchiveState.objects.values_list("seq", "head").get(pk=ArchiveState.ONLY)


def public_version() -> int:
    """Number of changes to published bytes so far. One query."""
    return ArchiveState.objects.values_list("public_version", flat=True).get(pk=ArchiveState.ONLY)


def public_changed(*, steps: int = 1) -> None:
    """Say that published pages read otherwise, where no event does; last in the caller's transaction. One query."""
    ArchiveState.objects.filter(pk=ArchiveState.ONLY).update(public_version=F("public_version") + steps)
