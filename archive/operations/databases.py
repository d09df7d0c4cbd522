"""What backing up, restoring and upgrading have to do with a database of either kind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

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
