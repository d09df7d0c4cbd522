"""Archives with a database and a folder of their own, which other processes write to and tests look into."""

import os
import secrets
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
def of_its_own(folder: Path) -> Iterator[dict[str, str]]:
    """Give the environment of an archive without tables; its database goes in the end."""
    folder.mkdir(exist_ok=True)
    name = f"own_{secrets.token_hex(4)}"
    environment = os.environ | {"ARCHIVE_DATA": str(folder / "data")}
    if connection.vendor == "sqlite":
        yield environment | {"DATABASE_URL": f"sqlite:///{folder / name}.sqlite3"}
        return
    parts = urlsplit(os.environ["DATABASE_URL"])
    with psycopg.connect(parts.geturl(), autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        try:
            yield environment | {"DATABASE_URL": parts._replace(path=f"/{name}").geturl()}
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def run(environment: dict[str, str], *command: str) -> subprocess.CompletedProcess[str]:
    """Run a command of manage.py to its end, well or not."""
    arguments = [sys.executable, str(ROOT / "manage.py"), *command]
    return subprocess.run(arguments, env=environment, cwd=ROOT, check=False, capture_output=True, text=True)


def manage(environment: dict[str, str], *command: str) -> str:
    """Run a command that must end well; gives what it said."""
    done = run(environment, *command)
    assert done.returncode == 0, done.stderr
    return done.stdout
