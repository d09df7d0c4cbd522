"""Bringing database, index and static files up to the code that is installed; again does no harm."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core import checks
from django.core.management import call_command
from django.db import connection

from archive.access import documents
from archive.operations import backing_up, databases, facts
from archive.pages import readiness


def upgrade(*, say: Callable[[str], None]) -> list[str]:
    """Back up where there is something to migrate, migrate, index anew, and check. Returns what is still wrong.

    say: is told each step, a sentence each. Raises NewerThanCode before anything is changed, and what a backup raises.
    """
    facts.refuse_newer(facts.migrations(connection), "The database")
    pending = readiness.pending_migrations(connection)
    _back_up_before(pending, say)
    _collect_static(say)
    with databases.without_time_limit(connection):
        _migrate(pending, say)
    return _faults()


def _migrate(pending: list[str], say: Callable[[str], None]) -> None:
    # Also where none is pending: what follows a migration puts triggers and seed rows in place.
    call_command("migrate", verbosity=0, interactive=False)
    say(f"{len(pending)} migrations applied." if pending else "No migration was pending.")
    say("The triggers of the history and of the search index are in place.")
    indexed = documents.index_missing()
    databases.weigh(connection)
    say(f"{indexed} articles indexed anew." if indexed else "The search index is of this version of its chain.")


def _back_up_before(pending: list[str], say: Callable[[str], None]) -> None:
    is_new = not connection.introspection.table_names()
    if not pending or is_new:
        return
    if settings.ARCHIVE_BACKUP_DIR is None:
        say("No backup was made before migrating: ARCHIVE_BACKUP_DIR is not set.")
        return
    made = backing_up.make(settings.ARCHIVE_BACKUP_DIR, keep=settings.ARCHIVE_BACKUPS_KEPT)
    say(f"Backup {made.folder.name} was made first.")


def _collect_static(say: Callable[[str], None]) -> None:
    """Collect the static files, unless they came with an image whose file system is read-only."""
    if not settings.HASHED_STATIC:
        return
    nearest = Path(settings.STATIC_ROOT)
    while not nearest.exists():
        nearest = nearest.parent
    if os.access(nearest, os.W_OK):
        call_command("collectstatic", verbosity=0, interactive=False)
        say("The static files are collected.")
    else:
        say("The static files are those that came with the installation.")


def _faults() -> list[str]:
    messages = checks.run_checks(include_deployment_checks=settings.ARCHIVE_PRODUCTION, databases=["default"])
    serious = [one for one in messages if one.is_serious(checks.WARNING) and not one.is_silenced()]
    found = [f"{one.msg} {one.hint or ''}".rstrip() for one in serious]
    return [*found, *readiness.pending_migrations(connection), *readiness.folder_problems(settings.ARCHIVE_CAPTURES)]
