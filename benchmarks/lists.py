#!/usr/bin/env python3
"""Time the lists of the archive through the whole application, beside Datasette on the same rows.

python benchmarks/lists.py --data FOLDER [--database sqlite|postgresql] [--rows N] [--rounds N]
    [--folder FOLDER] [--datasette FOLDER]
python benchmarks/lists.py --coded [N] [--database sqlite|postgresql] [--rounds N] [--folder FOLDER]

The first imports the news corpus of the data folder, published; the second makes up N articles of three claims each
(20,000) and times every list. gunicorn serves the archive on loopback with one worker, Datasette runs beside it, and
each question is asked of one after the other, round by round; the table has medians. With --folder the database stays
there and is used again; for PostgreSQL it is the one that DATABASE_URL names.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import datasette, timing  # noqa: E402  # found once the root is on the path
from tests import databases  # noqa: E402

DURABLE = ("listen_addresses=", "max_connections=40")
MISSING = 2
SECONDS_OF_A_FILE = 10


def main() -> int:
    wishes = arguments()
    corpus = None if wishes.coded else wishes.data / "news-corpus" / "corpus.jsonl.gz"
    if corpus is not None and not corpus.is_file():
        print(f"NOT MEASURED: there is no {corpus.name} in the folder given with --data.", file=sys.stderr)
        return MISSING
    databases.HASTE = DURABLE
    folder = wishes.folder or databases.temporary_folder("lists")
    environment = prepared(wishes, folder)
    os.environ.update(environment)
    import django

    django.setup()
    filled(corpus, wishes)
    with serving(archive_command(port := free_port()), port, environment) as archive:
        if corpus is None:
            measure_coded(port, archive, wishes.rounds)
        else:
            measure_corpus(port, archive, wishes, folder)
    return 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=os.environ.get("ARCHIVE_SHARED_DATA"))
    parser.add_argument("--database", choices=sorted(databases.NAMES), default="sqlite")
    parser.add_argument("--rows", type=int, help="import so many rows of the corpus")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--coded", type=int, nargs="?", const=20_000, help="make up so many coded articles instead")
    parser.add_argument("--folder", type=Path, help="keep the database here, and use it again")
    parser.add_argument("--datasette", type=Path, help="an environment that has Datasette, or shall have it")
    wishes = parser.parse_args()
    if wishes.data is None and wishes.coded is None:
        parser.error("--data FOLDER is needed, or the environment variable ARCHIVE_SHARED_DATA")
    wishes.data = wishes.data and Path(wishes.data)
    wishes.folder = wishes.folder and wishes.folder.absolute()
    return wishes


def prepared(wishes: argparse.Namespace, folder: Path) -> dict[str, str]:
    """The environment of every process of the archive here."""
    folder.mkdir(parents=True, exist_ok=True)
    kept = f"sqlite:///{folder / 'archive.sqlite3'}"
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "archive.settings",
        "DATABASE_URL": kept if wishes.database == "sqlite" else databases.address(wishes.database),
        "ARCHIVE_DATA": str(folder),
        "ARCHIVE_IMPORT_PUBLISH": "1",
        "ARCHIVE_BENCHMARK": "1",
        "ARCHIVE_HASHED_STATIC": "0",
        "WEB_CONCURRENCY": "1",
    }


def filled(corpus: Path | None, wishes: argparse.Namespace) -> None:
    """Fill the database, where it is empty."""
    from django.core.management import call_command

    from archive.models import Article
    from benchmarks import coded_articles, questions

    call_command("migrate", verbosity=0)
    if Article.objects.exists():
        return
    if corpus is None:
        coded_articles.make(wishes.coded)
        return
    options: dict[str, Any] = {"publish": True, "decide_harm": True, "limit": wishes.rows}
    call_command("import_articles", str(corpus), **options)
    questions.deal_out_countries()
    call_command("reindex", verbosity=0)
    coded_articles.analyse()


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def archive_command(port: int) -> list[str]:
    gunicorn = Path(sys.executable).with_name("gunicorn")
    return [str(gunicorn), "-c", "deploy/gunicorn.conf.py", "-b", f"127.0.0.1:{port}", "archive.wsgi"]


@contextlib.contextmanager
def serving(
    command: list[str], port: int, environment: dict[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """Start a server, wait until it answers, and stop it in the end."""
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(600):
            with contextlib.suppress(OSError):
                timing.ask(port, "/")
                break
            if server.poll() is not None:
                raise RuntimeError(f"{command[0]} ended with {server.returncode} before it answered.")
            time.sleep(0.1)
        yield server
    finally:
        server.terminate()
        server.wait(30)


def asking(port: int, address: str) -> Callable[[], float]:
    def ask() -> float:
        answer = timing.ask(port, address)
        if answer.status != 200:
            print(f"  {address} answered {answer.status}", file=sys.stderr)
        return answer.whole

    return ask


def backends() -> list[int]:
    """Processes of PostgreSQL that work for this database."""
    from django.db import connection

    if connection.vendor == "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")
        return [pid for (pid,) in cursor.fetchall()]


def told_of_the_machine() -> None:
    loads = ", ".join(f"{load:.1f}" for load in os.getloadavg())
    print(f"\nload of the machine: {loads} (1, 5, 15 minutes) on {os.cpu_count()} processors")


def measure_coded(port: int, archive: subprocess.Popen[bytes], rounds: int) -> None:
    from benchmarks import questions

    asked = {(address, "archive"): asking(port, address) for address in questions.of_coded_articles()}
    for question in asked.values():
        question()
    working = [archive.pid, *backends()]
    found = timing.interleaved(asked, lambda _column: timing.busy_seconds(working), rounds)
    told_of_the_machine()
    print(timing.table(["list", "ms", "busy ms"], ((cell[0], *times) for cell, times in found.items())))


def measure_corpus(port: int, archive: subprocess.Popen[bytes], wishes: argparse.Namespace, folder: Path) -> None:
    from benchmarks import questions

    file = folder / "articles.sqlite3"
    if not file.exists():
        datasette.filled(file, questions.rows_for_datasette())
    program = datasette.installed(wishes.datasette or folder / "datasette")
    asked = questions.of_corpus()
    with serving(datasette.command(program, file, other := free_port()), other) as beside:
        cells = {}
        for one in asked:
            cells[one.label, "archive"] = asking(port, one.address)
            cells[one.label, "json"] = asking(other, datasette.address(".json", **one.of_datasette))
            cells[one.label, "html"] = asking(other, datasette.address("", **one.of_datasette))
        for one in asked:
            cells[one.label, "archive"]()
            told = timing.ask(other, datasette.address(".json", **one.of_datasette))
            total = json.loads(told.body)["filtered_table_rows_count"]
            if total != one.total:
                print(f"  {one.label}: {one.total} here, {total} in Datasette", file=sys.stderr)
        pids = {"archive": [archive.pid, *backends()], "json": [beside.pid], "html": [beside.pid]}
        found = timing.interleaved(cells, lambda column: timing.busy_seconds(pids[column]), wishes.rounds)
        told_of_the_machine()
        print(corpus_table(asked, found))
        for name, where, address in (
            ("archive", port, "/articles.csv"),
            ("Datasette", other, "/articles/articles.csv?_stream=on&_col=title&_col=outlet&_col=published&_size=max"),
        ):
            print(file_line(name, timing.ask(where, address, SECONDS_OF_A_FILE)))


def corpus_table(asked: list[Any], found: dict[timing.Cell, timing.Times]) -> str:
    rows = []
    for one in asked:
        ours, data, page = (found[one.label, column] for column in ("archive", "json", "html"))
        ratio = f"{data.wall / ours.wall:.1f} / {page.wall / ours.wall:.1f}"
        rows.append((one.label, one.total, ours.wall, ours.busy, data.wall, data.busy, page.wall, page.busy, ratio))
    head = ["question", "articles", "page ms", "busy", "Datasette JSON ms", "busy", "HTML ms", "busy", "JSON / HTML ×"]
    return timing.table(head, rows)


def file_line(name: str, answer: timing.Answer) -> str:
    lines = answer.body.count(b"\n")
    rate = lines / (answer.whole - answer.first)
    return f"{name}: CSV's first byte after {answer.first * 1000:.0f} ms, then {rate:,.0f} lines/s ({lines:,} read)"


if __name__ == "__main__":
    raise SystemExit(main())
