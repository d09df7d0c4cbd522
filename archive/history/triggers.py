"""Triggers that refuse any change to what happened.

Django rebuilds a SQLite table by copying it, and its triggers are gone; it also empties tables
between transactional tests. So triggers are installed after every migration, found missing by
``archive.system_checks`` and ``/readyz``, and removed only around such tests.

An event is never changed, deleted or truncated. An event's value may only be emptied (lawful purge).
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper

from archive.models import guarding

EVENT = "archive_event"
VALUE = "archive_eventvalue"


@dataclass(frozen=True, slots=True)
class Guard:
    """name: of the trigger. act: UPDATE, DELETE or TRUNCATE. when: SQL condition on OLD and NEW, or empty."""

    name: str
    table: str
    act: str
    when: str = ""


_NOT_A_PURGE = (
    "NOT (NEW.id = OLD.id AND NEW.event_id = OLD.event_id AND NEW.field = OLD.field"
    " AND NEW.old IS NULL AND NEW.new IS NULL AND NEW.salt = '')"
)
GUARDS = (
    Guard("event_refuses_update", EVENT, "UPDATE"),
    Guard("event_refuses_delete", EVENT, "DELETE"),
    Guard("event_value_refuses_update", VALUE, "UPDATE", _NOT_A_PURGE),
    Guard("event_value_refuses_delete", VALUE, "DELETE"),
)
TRUNCATE_GUARDS = (
    Guard("event_refuses_truncate", EVENT, "TRUNCATE"),
    Guard("event_value_refuses_truncate", VALUE, "TRUNCATE"),
)
REFUSAL = "the history is append-only"


def guards_for(connection: BaseDatabaseWrapper) -> tuple[Guard, ...]:
    return GUARDS if connection.vendor == "sqlite" else GUARDS + TRUNCATE_GUARDS


def install(connection: BaseDatabaseWrapper) -> None:
    """Put every trigger in place, anew; works on SQLite and PostgreSQL without extensions."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "CREATE OR REPLACE FUNCTION archive_refuse() RETURNS trigger LANGUAGE plpgsql AS $$"
                f" BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation'; END $$"
            )
        for guard in guards_for(connection):
            cursor.execute(_drop_sql(connection, guard))
            cursor.execute(_create_sql(connection, guard))


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away: only for emptying a test database."""
    with connection.cursor() as cursor:
        for guard in guards_for(connection):
            cursor.execute(_drop_sql(connection, guard))


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of triggers that should be in place and are not, or are switched off. One query."""
    return guarding.missing(connection, [EVENT, VALUE], [guard.name for guard in guards_for(connection)])


def _drop_sql(connection: BaseDatabaseWrapper, guard: Guard) -> str:
    on = f" ON {guard.table}" if connection.vendor == "postgresql" else ""
    return f"DROP TRIGGER IF EXISTS {guard.name}{on}"


def _create_sql(connection: BaseDatabaseWrapper, guard: Guard) -> str:
    if connection.vendor == "postgresql":
        each = "STATEMENT" if guard.act == "TRUNCATE" else "ROW"
        when = f" WHEN ({guard.when})" if guard.when else ""
        return (
            f"CREATE TRIGGER {guard.name} BEFORE {guard.act} ON {guard.table}"
            f" FOR EACH {each}{when} EXECUTE FUNCTION archive_refuse()"
        )
    when = f" WHEN {guard.when}" if guard.when else ""
    return (
        f"CREATE TRIGGER {guard.name} BEFORE {guard.act} ON {guard.table}"
        f" FOR EACH ROW{when} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    )
