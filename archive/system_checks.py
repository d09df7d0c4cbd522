"""Checks at start: the history's triggers are in place, and the database runs with the settings it was given."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from archive.history import triggers
from archive.models import SearchDocument, guarding
from archive.search import engine
from archive.text import analysis

# What each pragma must read back as: WAL, FULL, on, on, on.
SQLITE_SETTINGS = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "recursive_triggers": 1,
    "secure_delete": 1,
}
OTHER_CHAIN = "Part of the search index is to be made anew: until then words may be found by their old forms alone."
POSTGRESQL_SETTINGS = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")


@register(Tags.database)
def history_is_guarded(*, databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Events can be changed by nobody, once there are any."""
    return [
        Error(
            f"The trigger {name} is missing: history could be changed unseen.",
            hint="Run “manage.py migrate --skip-checks”, which puts it back, then “manage.py verify_history”.",
            id="archive.E001",
        )
        for alias in databases or ()
        if triggers.EVENT in connections[alias].introspection.table_names()
        for name in triggers.missing(connections[alias])
    ]


@register(Tags.database)
def database_keeps_its_settings(*, databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Read back what the settings ask of the database, from the open connection."""
    return [
        Error(f"The database setting {fault}.", hint="See docs/settings.md, “Database”.", id="archive.E002")
        for alias in databases or ()
        for fault in setting_faults(connections[alias])
    ]


@register(Tags.database)
def index_is_kept(*, databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """The search index follows its documents, and all are of this version of the chain."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        if not {engine.FTS, engine.VECTORS} & set(connections[alias].introspection.table_names()):
            continue
        found += [
            # No error: that would keep “migrate” itself, which mends it, from running.
            Warning(
                f"The trigger {name} is missing: the search index falls behind.",
                hint="Run “manage.py migrate”, which puts it back, then “manage.py reindex --all”.",
                id="archive.W002",
            )
            for name in guarding.missing_of_index(connections[alias])
        ]
        if SearchDocument.objects.using(alias).of_another_chain(analysis.CHAIN_VERSION).exists():
            found.append(Warning(OTHER_CHAIN, hint="Run “manage.py reindex”.", id="archive.W001"))
    return found


def setting_faults(connection: BaseDatabaseWrapper) -> list[str]:
    """Settings that the connection does not have as the code asks, one phrase each. A query a setting."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            return [
                f"{name} is {found!r}, not {wanted!r}"
                for name, wanted in SQLITE_SETTINGS.items()
                if (found := cursor.execute(f"PRAGMA {name}").fetchone()[0]) != wanted
            ]
        found = []
        for name in POSTGRESQL_SETTINGS:
            cursor.execute("SELECT setting::bigint FROM pg_settings WHERE name = %s", [name])
            if not cursor.fetchone()[0]:
                found.append(f"{name} is off")
        return found
