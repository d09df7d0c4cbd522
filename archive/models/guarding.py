"""Which of the triggers that tables must have are not in place: those of the history, and those of the search index."""

from __future__ import annotations

import json
from collections.abc import Iterable

from django.db.backends.base.base import BaseDatabaseWrapper

from archive.search import engine


def missing(connection: BaseDatabaseWrapper, tables: Iterable[str], names: Iterable[str]) -> list[str]:
    """Those of the names that no trigger of these tables has, or only one that is switched off. One query."""
    wanted = list(tables)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger'"
                " AND tbl_name IN (SELECT value FROM json_each(%s))",
                [json.dumps(wanted)],
            )
        else:
            cursor.execute(
                "SELECT t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
                " WHERE c.relname = ANY(%s) AND t.tgenabled <> 'D' AND pg_table_is_visible(c.oid)",
                [wanted],
            )
        found = {row[0] for row in cursor.fetchall()}
    return [name for name in names if name not in found]


def missing_of_index(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of the search index's triggers that should be in place and are not. One query."""
    return missing(connection, [engine.DOCUMENTS], engine.TRIGGERS[connection.vendor])
