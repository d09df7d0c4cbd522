"""Taking PostgreSQL's database into a backup by pg_dump, and putting one in its place by pg_restore."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import Error
from psycopg import pq

from archive.operations import files
from archive.operations.databases import DatabaseInUse, DatabaseRefused

PART = "database.dump"
_MISSING = (
    "{} is not installed here. Install PostgreSQL's client programs (Debian: apt-get install postgresql-client),"
    " of the server's version or a newer one."
)
_ASIDE = "{}_before_{}"
# Settings of a session that pg_dump and pg_restore choose for themselves.
_LEFT_OUT = {"options", "client_encoding"}


class ProgramMissing(RuntimeError):
    """A program of PostgreSQL is not installed here; the message says what to install."""


def dump(connection: BaseDatabaseWrapper, path: Path) -> None:
    """Write the open snapshot of the connection to a file in pg_dump's custom form, less sessions and slowed readers.

    Raises ProgramMissing, and DatabaseRefused with what pg_dump said.
    """
    with connection.cursor() as cursor:
        # The snapshot lives as long as this transaction, which waits for pg_dump.
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        cursor.execute("SELECT pg_export_snapshot(), current_schema()")
        snapshot, schema = cursor.fetchone()
    with files.new_file(path) as file:
        _run(
            connection,
            "pg_dump",
            "--format=custom",
            f"--snapshot={snapshot}",
            f"--exclude-schema={_ASIDE.format(schema, '*')}",
            "--exclude-table-data=archive_signin",
            # Where sessions were before; such a database is backed up before it is upgraded.
            "--exclude-table-data=django_session",
            "--exclude-table-data=archive_slowdown",
            "--no-owner",
            "--no-privileges",
            "--no-password",
            output=file.fileno(),
        )
    files.sync(path)


def load(connection: BaseDatabaseWrapper, part: Path, *, sha256: str, mark: str) -> str:
    """Bring a dump into a new schema of the same name; the old schema stays in the database under another.

    sha256: has been compared with the part's just now. Returns the old schema's new name; empty where there was none.
    Raises DatabaseInUse, and DatabaseRefused with what the server or pg_restore said; then all is as it was.
    """
    _refuse_while_others_are_in(connection)
    aside = _put_aside(connection, mark) if connection.introspection.table_names() else ""
    connection.close()
    try:
        _run(
            connection,
            "pg_restore",
            "--single-transaction",
            "--exit-on-error",
            "--no-owner",
            "--no-privileges",
            "--no-password",
            f"--dbname={connection.settings_dict['NAME']}",
            str(part),
        )
    except BaseException:
        if aside:
            _take_back(connection, aside)
        raise
    return aside


def _refuse_while_others_are_in(connection: BaseDatabaseWrapper) -> None:
    """What they write from now on would be in the tables that go aside. Raises DatabaseInUse."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
        (others,) = cursor.fetchone()
    if others:
        name = connection.settings_dict["NAME"]
        raise DatabaseInUse(f"{others} others are connected to {name}. Stop the web server and the worker.")


def _put_aside(connection: BaseDatabaseWrapper, mark: str) -> str:
    try:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            schema = _schema(connection)
            aside = _ASIDE.format(schema, mark.lower().replace(".", "_"))
            quoted = connection.ops.quote_name
            cursor.execute(f"ALTER SCHEMA {quoted(schema)} RENAME TO {quoted(aside)}")
            cursor.execute(f"CREATE SCHEMA {quoted(schema)}")
    except Error as error:
        raise DatabaseRefused(
            f"The old tables cannot be put aside ({error}). Make an empty database, name it in DATABASE_URL and restore"
            " into that."
        ) from error
    return aside


def _take_back(connection: BaseDatabaseWrapper, aside: str) -> None:
    quoted = connection.ops.quote_name
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        schema = quoted(_schema(connection))
        cursor.execute(f"DROP SCHEMA {schema} CASCADE")
        cursor.execute(f"ALTER SCHEMA {quoted(aside)} RENAME TO {schema}")


def _schema(connection: BaseDatabaseWrapper) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        (schema,) = cursor.fetchone()
    if schema is None:
        raise DatabaseRefused("The database has no schema to restore into: create one that its account may use.")
    return str(schema)


def _run(connection: BaseDatabaseWrapper, program: str, *arguments: str, output: int | None = None) -> None:
    """Run a program of PostgreSQL on this database. Raises ProgramMissing, DatabaseRefused."""
    path = shutil.which(program)
    if path is None:
        raise ProgramMissing(_MISSING.format(program))
    done = subprocess.run(  # noqa: S603  # our own words, no shell
        [path, *arguments],
        env=environment(connection),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL if output is None else output,
        stderr=subprocess.PIPE,
        check=False,
    )
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip() or f"code {done.returncode}"
        raise DatabaseRefused(f"{program} failed: {said}")


def environment(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """How programs of PostgreSQL reach this database: by the environment, so that no list of processes shows it."""
    asked = connection.get_connection_params()
    names = {option.keyword.decode(): option.envvar for option in pq.Conninfo.get_defaults()}
    reach = {
        envvar.decode(): str(asked[name])
        for name, envvar in names.items()
        if envvar and name not in _LEFT_OUT and asked.get(name) not in {None, ""}
    }
    return os.environ | reach
