#!/usr/bin/env python3
"""Import the news corpus into a fresh archive and say how fast it went and how much memory it took.

python benchmarks/import_corpus.py --data FOLDER [--database sqlite|postgresql] [--limit N] [--batch N] [--publish]

FOLDER holds news-corpus/corpus.jsonl.gz. Database and captures lie in a temporary folder. PostgreSQL is a server
of our own that waits for the disk, as an archive's does. Rows a second are of the command as a whole, its start
too; memory is the most that its process held.
"""

import argparse
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests import databases  # noqa: E402  # found once the root is on the path

DURABLE = ("listen_addresses=", "max_connections=40")


def main() -> int:
    wishes = arguments()
    corpus = wishes.data / "news-corpus" / "corpus.jsonl.gz"
    if not corpus.is_file():
        print(f"NOT MEASURED: there is no {corpus.name} in the folder given with --data.", file=sys.stderr)
        return 2
    databases.HASTE = DURABLE
    environment = os.environ | {
        "DATABASE_URL": databases.address(wishes.database),
        "ARCHIVE_DATA": str(databases.temporary_folder("benchmark")),
        "ARCHIVE_IMPORT_PUBLISH": str(int(wishes.publish)),
    }
    manage(environment, "migrate", "-v0")
    started = time.monotonic()
    options = ["--batch", str(wishes.batch), *(["--publish"] if wishes.publish else [])]
    manage(environment, "import_articles", str(corpus), *options, *limit(wishes.limit))
    seconds, load = time.monotonic() - started, os.getloadavg()[0]
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    # Of all commands so far; making the tables takes about a second of it.
    busy, peak = usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024
    rows = int(manage(environment, "shell", "-v0", "-c", COUNT).strip())
    print(f"{wishes.database}: {rows} articles in {seconds:.1f} s: {rows / seconds:.0f} rows/s, peak {peak:.0f} MB")
    print(f"its process was busy for {busy:.1f} s ({rows / busy:.0f} rows/s); the load of the machine was {load:.1f}")
    started = time.monotonic()
    manage(environment, "import_articles", str(corpus), *options, *limit(wishes.limit))
    seconds = time.monotonic() - started
    again = int(manage(environment, "shell", "-v0", "-c", COUNT).strip()) - rows
    print(f"{wishes.database}: again in {seconds:.1f} s, {again} rows added")
    return int(again != 0)


COUNT = "from archive.models import Article; print(Article.objects.count())"


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=os.environ.get("ARCHIVE_SHARED_DATA"), required=False)
    parser.add_argument("--database", choices=sorted(databases.NAMES), default="sqlite")
    parser.add_argument("--limit", type=int)
    parser.add_argument("--batch", type=int, default=500)
    parser.add_argument("--publish", action="store_true")
    wishes = parser.parse_args()
    if wishes.data is None:
        parser.error("--data FOLDER is needed, or the environment variable ARCHIVE_SHARED_DATA")
    wishes.data = Path(wishes.data)
    return wishes


def limit(rows: int | None) -> list[str]:
    return [] if rows is None else ["--limit", str(rows)]


def manage(environment: dict[str, str], *command: str) -> str:
    done = subprocess.run(
        [sys.executable, ROOT / "manage.py", *command], env=environment, stdout=subprocess.PIPE, text=True, check=True
    )
    if command[0] == "import_articles":
        print(done.stdout, end="")
    return done.stdout


if __name__ == "__main__":
    raise SystemExit(main())
