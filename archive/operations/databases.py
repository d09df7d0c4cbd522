"""What backing up, restoring and upgrading have to do with a database of either kind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper


class DatabaseInUse(RuntimeError):
    """Another process has the database open that is to be replaced."""


class DatabaseRefused(RuntimeError):
    """The database, or the program that reads it, did not do what it was asked; the message holds what it said."""


@contextmanager
def without_time_limit(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Let statements of this connection take as long as they need: nobody waits for a page."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET statement_timeout")


def weigh(connection: BaseDatabaseWrapper) -> None:
    """Let PostgreSQL look at its tables anew, after many rows came at once; SQLite plans well without.

    Its own round comes minutes later, and not for what a transaction still holds. Until then it plans by tables that
    were empty, and a page over some thousand rows can meet its time limit.
    """
    if connection.vendor != "postgresql":
        return
    tables = [model._meta.db_table for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    with without_time_limit(connection), connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(map(connection.ops.quote_name, tables))}")
