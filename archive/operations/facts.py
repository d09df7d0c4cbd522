"""What the database holds, as a manifest says it and a restored archive is compared with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from archive.history import versions
from archive.models import Capture, SignIn


class NewerThanCode(RuntimeError):
    """A database or backup was made by newer code than this; the message names what is not known here."""


@dataclass(frozen=True, slots=True)
class Facts:
    """As in the manifest. blobs: names of the stored files that captures refer to."""

    migrations: list[str]
    seq: int
    head: str
    rows: dict[str, int]
    blobs: set[str]


def facts(connection: BaseDatabaseWrapper) -> Facts:
    """Read them from one snapshot, which the caller has opened. A query a table.

    The database may be older than the code, as before an upgrade: nothing is asked for that it may not have yet.
    """
    seq, head = versions.newest_event()
    tables = dict.fromkeys(connection.introspection.table_names(), 0)
    # Sessions are nobody's to keep.
    tables.pop(SignIn._meta.db_table, None)
    return Facts(migrations(connection), seq, head, rows_of(tables), Capture.objects.blobs())


def differences(promised: Mapping[str, int]) -> list[str]:
    """Say which tables hold other numbers of rows than promised. Tables that only one side knows are left out."""
    return [
        f"{table} holds {count} rows and not {promised[table]}."
        for table, count in rows_of(promised).items()
        if count != promised[table]
    ]


def rows_of(tables: Mapping[str, int]) -> dict[str, int]:
    """How many rows each of these tables holds, as far as this code knows them."""
    models = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    return {table: models[table]._base_manager.count() for table in tables if table in models}


def migrations(connection: BaseDatabaseWrapper) -> list[str]:
    """Name the migrations that the database has had, in a stable order."""
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def refuse_newer(applied: list[str], what: str) -> None:
    """Raise NewerThanCode where a migration of an app that is in use is not known here. what: a backup, a database."""
    known = MigrationLoader(None).disk_migrations
    in_use = {config.label for config in apps.get_app_configs()}
    strange = [name for name in applied if (key := tuple(name.split(".", 1))) not in known and key[0] in in_use]
    if strange:
        raise NewerThanCode(
            f"{what} was made by newer code than this: it has had {', '.join(strange)}. Install that code first."
        )
