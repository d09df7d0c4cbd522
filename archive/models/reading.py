"""One consistent snapshot for a page that reads several tables."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def reading() -> Iterator[None]:
    """Read from one snapshot, without ever taking a write lock.

    SQLite: BEGIN DEFERRED (``atomic`` would be BEGIN IMMEDIATE here and wait for writers).
    PostgreSQL: REPEATABLE READ READ ONLY. Inside a transaction that is open already, it adds nothing.
    """
    if connection.in_atomic_block:
        yield
        return
    start = "BEGIN DEFERRED" if connection.vendor == "sqlite" else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
    with connection.cursor() as cursor:
        cursor.execute(start)
        try:
            yield
        finally:
            cursor.execute("COMMIT")
