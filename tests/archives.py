"""Archives with a database and a folder of their own, which other processes write to and tests look into."""

import fcntl
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from django.db import connection

ROOT = Path(__file__).resolve().parents[1]


@contextmanager
def of_its_own(folder: Path, *, with_tables: bool = False) -> Iterator[dict[str, str]]:
    """Give the environment of an archive without tables, or with those of a new one; its database goes in the end."""
    folder.mkdir(exist_ok=True)
    name = f"own_{secrets.token_hex(4)}"
    environment = os.environ | {"ARCHIVE_DATA": str(folder / "data")}
    template = with_tables and migrated()
    if connection.vendor == "sqlite":
        if template:
            shutil.copy(template, folder / f"{name}.sqlite3")
        yield environment | {"DATABASE_URL": f"sqlite:///{folder / name}.sqlite3"}
        return
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"' + (f' TEMPLATE "{template}"' if template else ""))
        try:
            yield environment | {"DATABASE_URL": beside(name)}
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def beside(name: str) -> str:
    """The address of another database on the server of this run."""
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def migrated() -> str:
    """A database with the tables of a new archive, to be copied: on SQLite its path, on PostgreSQL its name.

    Migrating takes seconds and copying none: who first asks in a run has it made, and the workers share it.
    """
    folder, name = _migrated_name()
    path, is_made = folder / f"{name}.sqlite3", folder / f"{name}.made"
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not is_made.exists():
            address = f"sqlite:///{path}"
            if connection.vendor == "postgresql":
                with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
                    server.execute(f'CREATE DATABASE "{name}"')
                address = beside(name)
            manage(os.environ | {"ARCHIVE_DATA": str(folder / name), "DATABASE_URL": address}, "migrate", "-v0")
            is_made.touch()
    return str(path) if connection.vendor == "sqlite" else name


def _migrated_name() -> tuple[Path, str]:
    """The folder that the workers of a run share, which goes in its end; a name that no other run has."""
    folder = Path(os.environ["ARCHIVE_DATA"])
    return folder, f"migrated_{folder.name.rpartition('-')[2]}"


def forget_migrated() -> None:
    """Remove the database that `migrated` made from a server that goes on; a file goes with its folder."""
    if connection.vendor == "postgresql":
        _folder, name = _migrated_name()
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
            server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def run(environment: dict[str, str], *command: str) -> subprocess.CompletedProcess[str]:
    """Run a command of manage.py to its end, well or not."""
    arguments = [sys.executable, str(ROOT / "manage.py"), *command]
    return subprocess.run(arguments, env=environment, cwd=ROOT, check=False, capture_output=True, text=True)


def manage(environment: dict[str, str], *command: str) -> str:
    """Run a command that must end well; gives what it said."""
    done = run(environment, *command)
    assert done.returncode == 0, done.stderr
    return done.stdout
