"""``manage.py worker``: the archive's regular work, on a fixed schedule, in one process.

What editors ask to be taken in is looked for every few seconds and taken in between. A job that fails says so in its
diary row and in /readyz; the worker goes on.
"""

from __future__ import annotations

import logging
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections
from django.db.utils import OperationalError
from django.utils import timezone

from archive import slowdown
from archive.access import documents
from archive.captures import verify
from archive.desk import intake_work, link_work, reuse_work
from archive.history import events
from archive.models import FormDraft, Intake, Job
from archive.models.workspace import removed_long_ago
from archive.operations import backing_up

logger = logging.getLogger(__name__)
BEAT = timedelta(seconds=30)
# How often what editors ask for is looked for.
LOOK = timedelta(seconds=2)
INDEXED_AT_ONCE = 4_000
COMPARED_AT_ONCE = 2_000
DAYS_OF_DRAFTS = 30


@dataclass(frozen=True, slots=True)
class Regular:
    """run: does the work and gives what is wrong, one sentence each; none is well."""

    name: str
    every: timedelta
    run: Callable[[], list[str]]


def clear_sessions() -> list[str]:
    call_command("clearsessions")
    return []


def index_missing() -> list[str]:
    """Index what imports left; so many at once that the other work does not wait for long."""
    documents.index_missing(most=INDEXED_AT_ONCE)
    return []


def suggest_reuse() -> list[str]:
    """Compare new texts with all others; so many at once that the other work does not wait for long."""
    if not settings.ARCHIVE_READ_ONLY:
        reuse_work.look(most=COMPARED_AT_ONCE, is_wanted_elsewhere=_do_editors_wait)
    return []


def suggest_figures() -> list[str]:
    if not settings.ARCHIVE_READ_ONLY:
        reuse_work.look_at_figures()
    return []


def clear_drafts() -> list[str]:
    """Forget words that nobody has sent for a month."""
    FormDraft.objects.older_than(DAYS_OF_DRAFTS).delete()
    return []


def clear_removed() -> list[str]:
    """Delete for good what people took out of their workspaces a month ago and did not put back."""
    for rows in removed_long_ago(DAYS_OF_DRAFTS):
        rows.delete()
    return []


def clear_slowdown() -> list[str]:
    slowdown.forget_old()
    return []


def back_up() -> list[str]:
    if settings.ARCHIVE_BACKUP_DIR is None:
        return ["ARCHIVE_BACKUP_DIR is not set."]
    return backing_up.make(settings.ARCHIVE_BACKUP_DIR, keep=settings.ARCHIVE_BACKUPS_KEPT).faults


def check_links() -> list[str]:
    """Ask a few addresses; what editors wait for goes first. What does not answer is no fault of the archive."""
    link_work.check_some(is_wanted_elsewhere=_do_editors_wait)
    return []


def _do_editors_wait() -> bool:
    return Intake.objects.waiting().exists()


SCHEDULE = (
    Regular("clear-sessions", timedelta(hours=6), clear_sessions),
    Regular("clear-drafts", timedelta(days=1), clear_drafts),
    Regular("clear-removed", timedelta(days=1), clear_removed),
    Regular("clear-slowdown", timedelta(hours=1), clear_slowdown),
    Regular("index-missing", timedelta(minutes=5), index_missing),
    Regular("suggest-reuse", timedelta(minutes=5), suggest_reuse),
    Regular("suggest-figures", timedelta(hours=1), suggest_figures),
    Regular("verify-history", timedelta(days=1), events.faults),
    Regular("verify-captures", timedelta(days=1), lambda: list(verify.faults())),
)
# Done whenever something waits, and not by the clock.
TAKING_IN = Regular("intakes", LOOK, intake_work.take_in_waiting)
# Only where the operator says where to: the diary must not call a backup well that nobody makes.
BACKUP = Regular("backup", timedelta(days=1), back_up)
# The time between two rounds is also the least between two questions to one server.
LINKS = Regular("check-links", timedelta(minutes=2), check_links)


class Command(BaseCommand):
    help = "Do the archive's regular work until told to stop (Ctrl-C or SIGTERM)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="Do what is due, then end.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            work_off()
            return
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        while not stop.is_set():
            close_old_connections()
            until = time.monotonic() + BEAT.total_seconds()
            try:
                work_off()
                while time.monotonic() < until and not stop.wait(LOOK.total_seconds()):
                    take_in()
            except OperationalError as error:
                logger.error("The database failed with %s; trying again in half a minute.", type(error).__name__)
                stop.wait(BEAT.total_seconds())


def take_in() -> None:
    """Take in what editors asked for, if anything waits and may be written. One query where nothing does."""
    if not settings.ARCHIVE_READ_ONLY and _do_editors_wait():
        job, _ = Job.objects.get_or_create(name=TAKING_IN.name)
        _run(TAKING_IN, job)


def schedule() -> list[Regular]:
    """What this archive does regularly, as it is set."""
    checks = settings.ARCHIVE_CHECK_LINKS and settings.ARCHIVE_FETCH and not settings.ARCHIVE_READ_ONLY
    return [*SCHEDULE, *([BACKUP] if settings.ARCHIVE_BACKUP_DIR else []), *([LINKS] if checks else [])]


def work_off() -> None:
    """Run each job that is due and take in what waits, then beat."""
    take_in()
    for regular in schedule():
        job, _ = Job.objects.get_or_create(name=regular.name)
        if job.started_at is None or job.started_at + regular.every <= timezone.now():
            _run(regular, job)
    Job.objects.update_or_create(name=Job.HEARTBEAT, defaults={"finished_at": timezone.now(), "outcome": "ok"})


def _run(regular: Regular, job: Job) -> None:
    before, job.started_at = job.started_at, timezone.now()
    job.save(update_fields=["started_at"])
    try:
        faults = regular.run()
    except OperationalError as error:
        # Not done, so due at the next look. Where the database is gone altogether, saving this fails, too.
        logger.exception("The database let the job %s down.", regular.name)
        job.started_at, faults = before, [f"{type(error).__name__}: {error}"]
    except Exception as error:  # one broken job must not stop the others; its diary says what happened
        logger.exception("The job %s failed.", regular.name)
        faults = [f"{type(error).__name__}: {error}"]
    job.finished_at = timezone.now()
    job.outcome = "ok" if not faults else " ".join(faults[:10])
    job.save(update_fields=["started_at", "finished_at", "outcome"])
