"""Taking SQLite's database into a backup while it is written to, and putting one in its place."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper

from archive.operations import files
from archive.operations.databases import DatabaseInUse, DatabaseRefused

PART = "database.sqlite3"
_BESIDE = ("-wal", "-shm", "-journal")
# Sessions, where they are and where they were, and what slows readers down.
_NOT_KEPT = {
    "archive_signin": "DELETE FROM archive_signin",
    "archive_slowdown": "DELETE FROM archive_slowdown",
    "django_session": "DELETE FROM django_session",
}


def dump(connection: BaseDatabaseWrapper, path: Path) -> None:
    """Copy the open snapshot of the connection to a file, less the sessions and what slows readers down.

    One step copies it all: readers and writers go on meanwhile, and it need not begin again after a write.
    Raises DatabaseRefused with what SQLite said: that the disk is full, or what is wrong with the copy.
    """
    files.new_file(path).close()
    try:
        said = _copy(connection.connection, path)
    except sqlite3.Error as error:
        raise DatabaseRefused(f"SQLite could not copy the database: {error}. No backup was made.") from error
    if said != "ok":
        raise DatabaseRefused(f"SQLite finds a fault in what it copied: {said}. Run “PRAGMA integrity_check” on it.")
    files.sync(path)


def _copy(source: sqlite3.Connection, path: Path) -> str:
    """Gives what SQLite finds wrong with the structure of the copy, or "ok"."""
    with closing(sqlite3.connect(path, isolation_level=None)) as copy:
        source.backup(copy)
        # One file, which nobody writes to any more.
        copy.execute("PRAGMA journal_mode=DELETE")
        copy.execute("PRAGMA secure_delete=ON")
        # A database from before it had one of these tables is backed up, too, before it is upgraded.
        held = {name for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        for table in sorted(held & _NOT_KEPT.keys()):
            copy.execute(_NOT_KEPT[table])
        # The structure is looked at, not the rules for rows: they call functions that only Django's connections have.
        copy.execute("PRAGMA ignore_check_constraints=ON")
        (said,) = copy.execute("PRAGMA quick_check(1)").fetchone()
    return str(said)


def load(connection: BaseDatabaseWrapper, part: Path, *, sha256: str, mark: str) -> str:
    """Put a backup's file in the database's place, and the old file beside it.

    Returns where the old database lies now; empty where there was none. Raises DatabaseInUse.
    """
    connection.close()
    place = Path(connection.settings_dict["NAME"])
    fresh = place.with_name(f"{place.name}.restoring")
    if not files.copy(part, fresh, sha256=sha256):
        raise DatabaseRefused(f"{part} changed while it was read. Nothing was restored.")
    aside = place.with_name(f"{place.name}.before-{mark}")
    is_old = place.exists()
    if is_old:
        try:
            _close_for_others(place)
        except BaseException:
            fresh.unlink()
            raise
        place.rename(aside)
    for ending in _BESIDE:
        Path(f"{place}{ending}").unlink(missing_ok=True)
    fresh.rename(place)
    files.sync(place.parent)
    return str(aside) if is_old else ""


def _close_for_others(place: Path) -> None:
    """Bring the file to rest, all in one; nobody may have it open. Raises DatabaseInUse."""
    try:
        with closing(sqlite3.connect(place, isolation_level=None, timeout=1)) as old:
            old.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.OperationalError as error:
        raise DatabaseInUse(f"Somebody has {place.name} open ({error}). Stop the web server and the worker.") from error
    except sqlite3.DatabaseError:
        # No database any more, which may be why something is restored: it is put aside as it is.
        return
