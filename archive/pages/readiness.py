"""Whether this process can serve: the database answers, is set as the code says, is migrated, and can be written.

Settings of a database are easily lost on the way (a pool, a proxy, another init command), so they
are read back from the database itself.
"""

import os
from pathlib import Path

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor

from archive import system_checks
from archive.history import triggers
from archive.models import Job, SearchDocument, guarding
from archive.text import analysis


def pending_migrations(connection: BaseDatabaseWrapper) -> list[str]:
    """Name the migrations that the database has not had yet."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"Migration {migration} is not applied: run manage.py migrate." for migration, _backwards in plan]


def folder_problems(folder: Path) -> list[str]:
    """Say whether captures can be written."""
    nearest = folder
    while not nearest.exists():
        nearest = nearest.parent
    return [] if os.access(nearest, os.W_OK | os.X_OK) else ["The data folder cannot be written."]


def worker_diary() -> dict[str, dict[str, str]]:
    """What the worker did last, by job; its own row is the heartbeat. It is told, and keeps nobody from reading."""
    return {
        job.name: {
            "finished_at": job.finished_at.isoformat(timespec="seconds") if job.finished_at else "",
            "well": "yes" if job.outcome == "ok" else "no" if job.finished_at else "",
        }
        for job in Job.objects.order_by("name")
    }


def search_index() -> str:
    """Whether every document is of this version of the index chain. It is told, and keeps nobody from reading."""
    is_old = SearchDocument.objects.of_another_chain(analysis.CHAIN_VERSION).exists()
    return "to be made anew: run manage.py reindex" if is_old else "ok"


def problems(connection: BaseDatabaseWrapper) -> list[str]:
    """Say all that keeps this process from serving; an empty list is well. Raises OperationalError."""
    found = [f"The database setting {fault}." for fault in system_checks.setting_faults(connection)]
    found += pending_migrations(connection)
    if not found:
        found += [f"The history's trigger {name} is missing." for name in triggers.missing(connection)]
        found += [f"The search index's trigger {name} is missing." for name in guarding.missing_of_index(connection)]
    if not settings.ARCHIVE_READ_ONLY:
        found += folder_problems(settings.ARCHIVE_CAPTURES)
    return found
