"""Workers that are killed, and workers side by side: what was asked for is there in the end, and nothing twice."""

import json
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from tests import archives
from tests.archives import ROOT, manage
from tests.extract.pages import PAGE

FILES = 8
BEGIN = """
import sys
from archive.captures import store
from archive.desk import intake_actions
from archive.desk.intake_actions import Asked
from archive.models import Person
from archive.accounts import actions as accounts

accounts.create_person("ed", role=accounts.Role.EDITOR, pen_name="Ed", password="a password long enough")
by = Person.objects.get(username="ed")
page = {page!r}
for number in range({files}):
    body = page.replace("seventy", f"{{number}} of seventy").encode()
    address = f"https://news.example/{{number}}"
    kept = dict(blob=store.keep(body), size=len(body), media_type="text/html", file_name="page.html")
    intake_actions.begin(Asked("uploaded", address, **kept), by=by)
"""
COUNT = """
import json
from archive.captures import store
from archive.history import events
from archive.models import Article, Capture, CaptureText, Event, Intake, Outlet
from archive.text.hashing import sha256_hex

print(json.dumps({
    "rows": [rows.count() for rows in (
        Article.objects, Capture.objects, CaptureText.objects, Event.objects.exclude(kind="outlet")
    )],
    "outlets": [Outlet.objects.count(), Event.objects.filter(kind="outlet").count()],
    "addresses": Article.objects.values("address").distinct().count(),
    "done": Intake.objects.filter(state="done").count(),
    "failed": list(Intake.objects.filter(state="failed").values_list("told", flat=True)),
    "faults": events.faults(),
    "bytes whole": all(sha256_hex(store.read(one.blob)) == one.sha256 for one in Capture.objects.all()),
}))
"""
# Each page calls itself by its own address: what it says of its canonical one is left out.
OWN = PAGE.replace('<link rel="canonical" href="/2024/07/02/office?utm_source=feed">', "")


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of an archive to which an editor has given files, with a database of its own."""
    with archives.of_its_own(tmp_path / "archive", with_tables=True) as environment:
        manage(environment, "shell", "-v0", "-c", BEGIN.format(page=OWN, files=FILES))
        yield environment


def state(environment: dict[str, str]) -> dict[str, object]:
    return json.loads(manage(environment, "shell", "-v0", "-c", COUNT))


def worker(environment: dict[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, str(ROOT / "manage.py"), "worker"], env=environment, cwd=ROOT)


def count_done(environment: dict[str, str]) -> int:
    """Asked of the database itself: a process for each look would take the processor from the workers."""
    address = environment["DATABASE_URL"]
    is_sqlite = connection.vendor == "sqlite"
    with closing(
        sqlite3.connect(address.removeprefix("sqlite:///")) if is_sqlite else psycopg.connect(address)
    ) as asked:
        return asked.execute("SELECT COUNT(*) FROM archive_intake WHERE state = 'done'").fetchone()[0]


def wait_for(environment: dict[str, str], done: int) -> dict[str, object]:
    deadline = time.monotonic() + 120
    while count_done(environment) < done:
        assert time.monotonic() < deadline, f"the workers do not come on: {state(environment)}"
        time.sleep(0.05)
    return state(environment)


def ended(process: subprocess.Popen[bytes], how: signal.Signals) -> int:
    process.send_signal(how)
    return process.wait(timeout=60)


def test_a_worker_killed_in_the_middle_loses_nothing_and_the_next_adds_nothing_twice(archive):
    for done in (1, 3):
        process = worker(archive)
        wait_for(archive, done)
        assert ended(process, signal.SIGKILL) == -signal.SIGKILL
        broken_off = state(archive)
        assert done <= broken_off["done"] < FILES
        assert broken_off["rows"] == [broken_off["done"]] * 4
        assert broken_off["outlets"] == [1, 1]
    process = worker(archive)
    found = wait_for(archive, FILES)

    assert ended(process, signal.SIGTERM) == 0
    assert found == {
        "rows": [FILES] * 4,
        "outlets": [1, 1],
        "addresses": FILES,
        "done": FILES,
        "failed": [],
        "faults": [],
        "bytes whole": True,
    }


def test_two_workers_side_by_side_take_nothing_in_twice(archive):
    # Each with a folder of locks of its own, as on two machines: then the database alone keeps them apart.
    captures = Path(archive["ARCHIVE_DATA"], "captures")
    other = Path(archive["ARCHIVE_DATA"]).with_name("other")
    other.mkdir()
    (other / "captures").symlink_to(captures)
    started = [worker(archive), worker(archive | {"ARCHIVE_DATA": str(other)})]
    found = wait_for(archive, FILES)

    assert [ended(process, signal.SIGTERM) for process in started] == [0, 0]
    assert (found["rows"], found["failed"], found["faults"]) == ([FILES] * 4, [], [])
