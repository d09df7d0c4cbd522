"""Imports that are killed, and imports side by side: all rows are there in the end, and none is there twice."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import archives
from tests.archives import ROOT, manage

ROWS = 600
BATCH = "10"
COUNT = """
import json
from archive.captures import store
from archive.history import events
from archive.models import Article, Capture, CaptureText, DateEvidence, Event, EventValue, ImportRow, ImportRun
from archive.text.hashing import sha256_hex

print(json.dumps({
    "rows": [model.objects.count() for model in (Article, Capture, CaptureText, DateEvidence, ImportRow)],
    "headlines": Article.objects.values("headline").distinct().count(),
    "done": list(ImportRun.objects.values_list("rows_done", flat=True)),
    "events": Event.objects.count(),
    "in events": sum(int(value.new) for value in EventValue.objects.filter(field="rows")),
    "faults": events.faults(),
    "bytes whole": all(
        sha256_hex(store.read(one.blob, offset=one.offset, size=one.size)) == one.sha256
        for one in Capture.objects.all()
    ),
}))
"""


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of an empty archive with a database of its own."""
    with archives.of_its_own(tmp_path / "archive", with_tables=True) as environment:
        yield environment


def state(environment: dict[str, str]) -> dict[str, object]:
    return json.loads(manage(environment, "shell", "-v0", "-c", COUNT))


def batches_kept(environment: dict[str, str]) -> int:
    return sum(1 for _ in Path(environment["ARCHIVE_DATA"], "captures").glob("??/??/*"))


def import_until_killed(environment: dict[str, str], path: Path, *, after: int) -> None:
    """Start the import and kill it once it has kept the bytes of so many batches more."""
    wanted = batches_kept(environment) + after
    arguments = [sys.executable, str(ROOT / "manage.py"), "import_articles", str(path), "--batch", BATCH]
    process = subprocess.Popen(arguments, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while process.poll() is None and batches_kept(environment) < wanted:
        assert time.monotonic() < deadline, "the import does not come on"
        time.sleep(0.001)
    process.kill()
    assert process.wait() == -signal.SIGKILL, "the import ended before it could be killed"


def rows_of_a_file(numbers: range) -> str:
    """Rows with these numbers as JSON lines."""
    rows = (
        {
            "id": str(number),
            "url": f"https://herald.example/{number}",
            "outlet": f"Outlet {number % 7}",
            "title": f"Headline {number}",
            "text": "A text.",
            "published_at": "2024",
        }
        for number in numbers
    )
    return "".join(json.dumps(row) + "\n" for row in rows)


def test_two_imports_of_the_same_rows_side_by_side_add_each_row_once(archive, tmp_path):
    started = []
    for name, numbers in (("up", range(ROWS)), ("down", range(ROWS - 1, -1, -1))):
        path = tmp_path / f"{name}.jsonl"
        path.write_text(rows_of_a_file(numbers).replace('"id"', '"source": "herald", "id"'))
        arguments = [sys.executable, str(ROOT / "manage.py"), "import_articles", str(path), "--batch", "50"]
        started.append(subprocess.Popen(arguments, env=archive, cwd=ROOT, stdout=subprocess.PIPE))

    said = [process.communicate(timeout=120)[0].decode() for process in started]

    assert [process.returncode for process in started] == [0, 0], said
    found = state(archive)
    assert found["rows"] == [ROWS] * 5
    assert (found["headlines"], found["in events"]) == (ROWS, ROWS)
    assert (found["faults"], found["bytes whole"]) == ([], True)


def test_an_import_killed_twice_is_completed_and_adds_nothing_twice(archive, tmp_path):
    path = tmp_path / "rows.jsonl"
    path.write_text(rows_of_a_file(range(ROWS)))

    for after in (3, 11):
        import_until_killed(archive, path, after=after)
        broken_off = state(archive)
        (done,) = broken_off["done"]
        assert 0 < done < ROWS
        assert broken_off["rows"] == [done] * 5
        assert broken_off["in events"] == done
        assert broken_off["faults"] == []
    said = manage(archive, "import_articles", str(path), "--batch", BATCH)

    assert f"Lines 1 to {done} were dealt with by an earlier run" in said
    assert state(archive) == {
        "rows": [ROWS] * 5,
        "headlines": ROWS,
        "done": [ROWS],
        "events": ROWS // int(BATCH),
        "in events": ROWS,
        "faults": [],
        "bytes whole": True,
    }
