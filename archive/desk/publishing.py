"""What becomes public together: an article, or a report of something public, with all that it stands on.

Every writer that makes something public comes here, so that no reader meets a report of which half is a draft.
"""

from __future__ import annotations

from archive.desk.parts import Parts
from archive.history.events import Change
from archive.models.base import Record
from archive.models.vocabulary import RecordStatus

NOT_YET = (RecordStatus.DRAFT, RecordStatus.IN_REVIEW)


def set_status(record: Record, status: RecordStatus, *, name: str = "status") -> Change:
    """Give a record its status; returns the change for the history, under this name."""
    change = Change(name, record.status, status.value)
    record.status = status
    # Nothing else: an editor may be saving the rest of the record just now.
    record.save(update_fields=["status", "withdrawn_reason", "withdrawn_on", "updated_at"])
    return change


def bring_along(used: Parts) -> list[Change]:
    """Make public what something public stands on, in the caller's transaction; returns the changes for the history.

    Four queries, those of ``parts`` and of the outlet, and one for each record that is no draft any more.
    """
    records: list[Record] = [*filter(None, [used.outlet]), *used.records()]
    return [
        set_status(one, RecordStatus.PUBLISHED, name=f"{one._meta.model_name} {one.public_id}")
        for one in records
        if one.status in NOT_YET
    ]
