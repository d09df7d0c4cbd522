"""One `pytest` runs the suite twice, on SQLite and on PostgreSQL; `pytest --database sqlite` runs it once.

Django is made ready here, while the first conftest is read, so that every other test module may
import models at its top.
"""

import atexit
import compileall
import gc
import json
import os
import subprocess
import sys
from pathlib import Path

import django
import pytest

from tests import databases

COUNTS = "ARCHIVE_TEST_COUNTS"
REQUIRE_ALL = os.environ.get("ARCHIVE_REQUIRE_ALL") == "1"
# As it was before this process set it for itself; the runs for each database start from it.
GIVEN = dict(os.environ)
OUTCOMES = ("passed", "failed", "skipped")
# Tests of parts that know no database: they run once, with the first, and so do those that look with a browser at
# pages that the same views have answered to the other tests on both.
OF_NO_DATABASE = (
    *("tests/text", "tests/extract", "tests/fetch", "tests/annotate/test_formats.py"),
    *("tests/project/test_house.py", "tests/project/test_doors.py", "tests/project/test_templates.py"),
    *("tests/project/test_network.py", "tests/project/test_benchmarks.py"),
    *("tests/provenance/test_graph.py", "tests/provenance/test_wordings.py"),
)
# Questions about the suite, which need no run of it.
QUESTIONS = ("help", "version", "collectonly", "markers", "showfixtures", "show_fixtures_per_test", "setupplan")


def asked_database(arguments: list[str]) -> str | None:
    """Read --database before pytest does: settings are loaded before options are."""
    for place, argument in enumerate(arguments):
        if argument == "--database" and place + 1 < len(arguments):
            return arguments[place + 1]
        if argument.startswith("--database="):
            return argument.partition("=")[2]
    return None


def prepare_django(database: str) -> None:
    """Set the environment of a run and load Django. Workers of a run inherit what its first process set."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        folder = databases.temporary_folder("data")
        (folder / "static").mkdir()
        os.environ.update(
            DATABASE_URL=databases.address(database),
            DJANGO_SETTINGS_MODULE="archive.settings",
            ARCHIVE_DATA=str(folder),
            SECRET_KEY="a key for tests alone, which protects nothing at all",
            # Connections of a pool would outlive the tests that opened them.
            ARCHIVE_DATABASE_POOL="0",
            # Hashed names need collectstatic first.
            ARCHIVE_HASHED_STATIC="0",
        )
        for name in ("DEBUG", "ARCHIVE_PRODUCTION", "ARCHIVE_ADMIN", "ARCHIVE_READ_ONLY", "ARCHIVE_IMPORT_PUBLISH"):
            os.environ.pop(name, None)
        # The suite starts hundreds of processes of the same code, and those that read foreign bytes write nothing: it
        # is compiled once, whatever the shell asks for.
        compileall.compile_dir(Path(__file__).parent / "archive", quiet=2)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False
    django.setup()
    from django.conf import settings

    if "PYTEST_XDIST_WORKER" not in os.environ:
        from tests import archives

        atexit.register(archives.forget_migrated)
    # Argon2 is slow on purpose; tests of sign-in are not about that.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


ASKED = asked_database(sys.argv)
MISSING: databases.NoServer | None = None
try:
    prepare_django(ASKED if ASKED in databases.NAMES else "sqlite")
except databases.NoServer as error:
    MISSING = error
    prepare_django("sqlite")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database", choices=sorted(databases.NAMES), help="run on this database alone; without it, on both in turn"
    )


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> int | None:
    """Start one run for each database, unless this is such a run."""
    if MISSING is not None:
        print(f"\n!!! NOT TESTED ON POSTGRESQL: {MISSING}.\n", flush=True)
        return int(REQUIRE_ALL)
    if config.option.database or any(getattr(config.option, name, False) for name in QUESTIONS):
        return None
    arguments = list(config.invocation_params.args)
    if config.getoption("numprocesses", None) is None and not config.option.usepdb:
        # Each worker has its own database and may have its own browser: more than four want more memory than time.
        workers = max(2, min(4, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 2))
        arguments += ["-n", str(workers), "--dist", "worksteal"]
    return run_on_each(arguments, config.option.markexpr)


def run_on_each(arguments: list[str], marks: str) -> int:
    """Run the suite on each database and print the sum. Returns the first code that is not 0.

    marks: what the arguments ask for by -m, or empty; of several, pytest takes the last.
    """
    codes, sums = [], dict.fromkeys(OUTCOMES, 0)
    counts = databases.temporary_folder("counts") / "counts.json"
    for place, (database, name) in enumerate(databases.NAMES.items(), start=1):
        print(f"\n##### {name}: run {place} of {len(databases.NAMES)}", flush=True)
        command = [sys.executable, "-m", "pytest", *arguments, "--database", database]
        if place > 1 and not any(Path(argument.partition("::")[0]).exists() for argument in arguments):
            folders = ", ".join(OF_NO_DATABASE)
            print(f"Without {folders}, the browser and what is asked once: they know no database.", flush=True)
            without_browser = f"({marks}) and not browser and not once" if marks else "not browser and not once"
            command += [*(f"--ignore={folder}" for folder in OF_NO_DATABASE), "-m", without_browser]
        codes.append(subprocess.run(command, env=GIVEN | {COUNTS: str(counts)}, check=False).returncode)
        if counts.exists():
            for outcome, count in json.loads(counts.read_text()).items():
                sums[outcome] += count
            counts.unlink()
    print("\nBoth databases together:", flush=True)
    print(", ".join(f"{sums[outcome]} {outcome}" for outcome in OUTCOMES), flush=True)
    return next((code for code in codes if code), 0)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Leave the counts of this run where `run_on_each` reads them."""
    if COUNTS in os.environ:
        stats = {name: len(reports) for name, reports in terminalreporter.stats.items()}
        counts = {name: stats.get(name, 0) for name in OUTCOMES}
        counts["failed"] += stats.get("error", 0)
        Path(os.environ[COUNTS]).write_text(json.dumps(counts))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put tests that empty the tables after the rest, and those that drive a browser last."""
    items.sort(key=lambda item: (is_browser_test(item), empties_tables(item)))


def pytest_collection_finish() -> None:
    """Have the collector of garbage leave alone what stays: code, models, tests. It took a tenth of a run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def is_browser_test(item: pytest.Item) -> bool:
    return item.get_closest_marker("browser") is not None


def empties_tables(item: pytest.Item) -> bool:
    """Tell whether a test commits, so that the tables are emptied after it."""
    marker = item.get_closest_marker("django_db")
    names = set(getattr(item, "fixturenames", ()))
    return bool(marker and marker.kwargs.get("transaction")) or bool(names & {"transactional_db", "live_server"})
