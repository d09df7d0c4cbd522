"""The worker's part of taking in: what waits is read, one after the other, and becomes a draft.

Reading (fetching, parsing) is done outside any transaction; a worker that is killed leaves the intake waiting, and the
next one begins it anew. One worker of a machine reads at a time; where two read the same all the same, the row's lock
lets only one of them add it.
"""

from __future__ import annotations

import fcntl
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.utils.translation import gettext as _

from archive.captures.store import BlobMissing
from archive.desk import intake_actions, taking_actions
from archive.desk.intake_reading import Fetch, NotThePage, Reading, read
from archive.extract.reading import CannotExtract
from archive.fetch import client
from archive.models import Intake, Person
from archive.models.base import is_desk

logger = logging.getLogger(__name__)
# Other work of the worker waits no longer than this and one page more. Seconds.
TURN = 20
_TOLD = (client.Refused, CannotExtract, NotThePage, BlobMissing, taking_actions.OutletNotKnown)


def take_in_waiting(fetch: Fetch = client.fetch) -> list[str]:
    """Take in what waits, the oldest first, for a turn of some seconds. Gives defects, one sentence each.

    What cannot be read is told to its editor and is no defect. While the archive is read-only, all of it waits.
    Raises OperationalError where the database is gone.
    """
    faults: list[str] = []
    if settings.ARCHIVE_READ_ONLY:
        return faults
    with _alone() as is_alone:
        if not is_alone:
            return faults
        until, last = time.monotonic() + TURN, 0
        # Each by a query of its own: one that stays open while pages are read keeps SQLite from writing after others.
        while time.monotonic() < until and (intake := Intake.objects.waiting().next_after(last)):
            faults += take_in(intake, fetch)
            last = intake.pk
    return faults


def take_in(intake: Intake, fetch: Fetch = client.fetch) -> list[str]:
    """Take one in, or note why it cannot be. Gives what is a defect of the archive; raises as take_in_waiting."""
    by = Person.objects.filter(public_id=intake.asked_by).first()
    if by is None or not is_desk(by):
        intake_actions.fail(intake, _("The account that asked for it may not add articles any more."), by=by)
        return []
    try:
        found = read(intake, fetch)
        if isinstance(found, Reading):
            taking_actions.take_in(intake, found, by=by)
        else:
            intake_actions.offer_pages(intake, found, by=by)
    except _TOLD as error:
        intake_actions.fail(intake, str(error), by=by)
    except (OperationalError, InterfaceError):
        # The database's trouble is not the page's: it waits, and is begun anew.
        raise
    except Exception as error:  # whatever a page does, the next one is taken in
        logger.exception("Intake %s could not be taken in.", intake.public_id)
        told = _(
            "The archive could not take this in, by a mistake of its own. Paste its text, and tell whoever runs it."
        )
        intake_actions.fail(intake, told, by=by)
        return [f"Intake {intake.public_id}: {type(error).__name__}."]
    return []


@contextmanager
def _alone() -> Iterator[bool]:
    """Whether no other process of this machine takes in; ends with the process, however that ends."""
    folder = Path(settings.ARCHIVE_DATA)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "taking-in.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
