"""Backups: taken while others write, whole or not there at all, and no more of them than asked for."""

import io
import json
import resource
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from archive.operations import backing_up, facts, files, manifests, on_sqlite
from archive.operations.databases import DatabaseRefused
from tests.archives import ROOT, manage, run
from tests.operations.conftest import Backed

# More than an import adds while one backup is made.
ROWS = 5000
COUNT = """
import json
from archive.captures import verify
from archive.history import events
from archive.models import Article, Capture, CaptureText, Event, ImportRow, ImportRun

print(json.dumps({
    "rows": [model.objects.count() for model in (Article, Capture, CaptureText, ImportRow)],
    "done": list(ImportRun.objects.values_list("rows_done", flat=True)),
    "hashes": list(Event.objects.order_by("seq").values_list("hash", flat=True)),
    "articles": sorted(Article.objects.values_list("public_id", "headline", "address")),
    "captures": sorted(Capture.objects.values_list("public_id", "sha256", "blob", "offset")),
    "faults": [*events.faults(), *verify.faults()],
}))
"""


def counted(environment: dict[str, str]) -> dict[str, list]:
    return json.loads(manage(environment, "shell", "-v0", "-c", COUNT))


def started(environment: dict[str, str], *command: str) -> subprocess.Popen:
    arguments = [sys.executable, str(ROOT / "manage.py"), *command]
    return subprocess.Popen(arguments, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def wait_for(what, process: subprocess.Popen) -> None:
    deadline = time.monotonic() + 60
    while not what():
        assert process.poll() is None, process.stderr.read()
        assert time.monotonic() < deadline
        time.sleep(0.001)


def names_listed(root: Path) -> list[str]:
    said = io.StringIO()
    call_command("backup", list=True, to=root, stdout=said)
    return [Path(line.partition(": ")[0]).name for line in said.getvalue().splitlines()]


def test_a_backup_made_while_an_import_writes_is_one_moment_of_it(empty, new_place, tmp_path):
    rows = tmp_path / "rows.jsonl"
    rows.write_text(
        "".join(
            json.dumps({"id": str(n), "url": f"https://herald.example/{n}", "title": f"Title {n}", "text": "Words."})
            + "\n"
            for n in range(ROWS)
        )
    )
    kept = Path(empty["ARCHIVE_DATA"], "captures")
    writing = started(empty, "import_articles", str(rows), "--batch", "1")
    wait_for(lambda: sum(1 for _ in kept.glob("??/??/*")) > 5, writing)

    manage(empty, "backup", "--to", str(tmp_path / "backups"))
    writing.kill()
    assert writing.wait() == -signal.SIGKILL, "the import ended before the backup did"
    writing.stderr.close()
    (folder,) = manifests.folders(tmp_path / "backups")
    manage(new_place, "restore", str(folder))

    then, now = counted(new_place), counted(empty)
    (done,) = then["done"]
    assert 5 <= done < now["done"][0] < ROWS
    assert then["rows"] == [done] * 4
    assert then["hashes"] == now["hashes"][:done]
    assert {json.dumps(row) for row in then["articles"]} < {json.dumps(row) for row in now["articles"]}
    assert {json.dumps(row) for row in then["captures"]} < {json.dumps(row) for row in now["captures"]}
    assert (then["faults"], now["faults"]) == ([], [])


def test_a_killed_backup_is_not_listed_and_the_next_one_is_whole(backed: Backed):
    def is_begun() -> bool:
        return len(manifests.folders(backed.root)) == 2

    killed = started(backed.environment, "backup", "--to", str(backed.root))
    wait_for(is_begun, killed)
    killed.kill()
    assert killed.wait() == -signal.SIGKILL, "the backup ended before it could be killed"
    killed.stderr.close()
    (half,) = set(manifests.folders(backed.root)) - {backed.folder}
    assert manifests.is_begun(half)
    assert names_listed(backed.root) == [backed.folder.name]

    manage(backed.environment, "backup", "--to", str(backed.root))

    listed = names_listed(backed.root)
    assert len(listed) == 2
    assert half.name not in listed
    assert not half.exists()
    call_command("backup", check=True, to=backed.root)


def test_received_bytes_are_copied_once_and_for_their_owner_alone(backed: Backed):
    def inodes() -> dict[str, int]:
        return {path.name: path.stat().st_ino for path in (backed.root / "captures").glob("??/??/*")}

    before = inodes()
    manage(backed.environment, "backup", "--to", str(backed.root))

    assert inodes() == before
    for path in [backed.root / "captures", *manifests.folders(backed.root)[1:], *backed.root.glob("captures/*")]:
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path
    for path in manifests.folders(backed.root)[1].iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path


def test_as_many_backups_are_kept_as_asked_for_and_no_bytes_that_none_of_them_holds(backed: Backed):
    stray = manifests.blob_path(backed.root, "ab" * 32)
    stray.parent.mkdir(parents=True)
    stray.write_bytes(b"of a backup that went")
    mine = backed.root / "a folder of the operator"
    mine.mkdir()

    said = [
        manage(backed.environment | {"ARCHIVE_BACKUPS_KEPT": "2"}, "backup", "--to", str(backed.root)) for _ in range(2)
    ]

    assert backed.folder.name not in said[0]
    assert f"{backed.folder.name} was removed" in said[1]
    assert len(names_listed(backed.root)) == 2
    assert not backed.folder.exists()
    assert not stray.exists()
    assert mine.exists()
    call_command("backup", check=True, to=backed.root)


def test_bytes_damaged_before_they_were_backed_up_are_named_and_no_older_backup_goes(backed: Backed, new_place):
    manage(new_place, "restore", str(backed.folder))
    path = next(Path(new_place["ARCHIVE_DATA"], "captures").glob("??/??/*"))
    path.write_bytes(b"rotten")
    manifests.blob_path(backed.root, path.name).unlink()

    done = run(new_place | {"ARCHIVE_BACKUPS_KEPT": "1"}, "backup", "--to", str(backed.root))

    assert done.returncode == 1
    assert path.name in done.stderr
    assert backed.folder.exists()
    newest = manifests.folders(backed.root)[-1]
    assert manifests.read(newest).absent == [path.name]


def test_what_is_counted_for_a_backup_may_take_as_long_as_it_needs(transactional_db, tmp_path, monkeypatch):
    limits = []

    def looked_at(connection) -> None:
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SHOW statement_timeout")
                limits.extend(cursor.fetchone())
        raise DatabaseRefused("That is enough.")

    monkeypatch.setattr(facts, "facts", looked_at)
    with pytest.raises(DatabaseRefused):
        backing_up.make(tmp_path, keep=1)

    # SQLite stops no statement by the clock.
    assert limits == (["0"] if connection.vendor == "postgresql" else [])


def test_a_full_disk_is_told_in_a_sentence(tmp_path):
    most = resource.getrlimit(resource.RLIMIT_FSIZE)
    with closing(sqlite3.connect(":memory:")) as source:
        source.execute("CREATE TABLE django_session AS SELECT zeroblob(1000000)")
        source.commit()
        # Beyond this a write fails, as it does on a full disk.
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, most[1]))
        try:
            with pytest.raises(DatabaseRefused, match="SQLite could not copy the database"):
                on_sqlite.dump(SimpleNamespace(connection=source), tmp_path / "copy.sqlite3")
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, most)


def test_two_backups_into_one_folder_do_not_meet(backed: Backed):
    with files.alone_in(backed.root), pytest.raises(CommandError, match="Another backup is being written"):
        call_command("backup", to=backed.root)


def test_a_backup_says_where_it_can_go(tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(CommandError, match="ARCHIVE_BACKUP_DIR"):
        call_command("backup")
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("backup", to=tmp_path / "file")


def test_a_backup_needs_the_programs_of_postgresql_alone(backed: Backed, tmp_path):
    done = run(backed.environment | {"PATH": str(tmp_path)}, "backup", "--to", str(backed.root))

    if connection.vendor == "postgresql":
        assert "pg_dump is not installed here" in done.stderr
        assert names_listed(backed.root) == [backed.folder.name]
    else:
        assert (done.returncode, len(names_listed(backed.root))) == (0, 2)


def test_nothing_is_backed_up_inside_a_transaction(db, tmp_path):
    with pytest.raises(CommandError, match="inside a transaction"):
        call_command("backup", to=tmp_path)


def test_the_worker_backs_up_each_night_where_it_is_told_where_to(backed: Backed, new_place):
    ask = "from archive.models import Job; print(dict(Job.objects.values_list('name', 'outcome')).get('backup'))"
    manage(new_place, "restore", str(backed.folder))
    told = new_place | {"ARCHIVE_BACKUP_DIR": str(backed.root)}
    manage(told, "worker", "--once")
    manage(told, "worker", "--once")

    assert manage(told, "shell", "-v0", "-c", ask).strip() == "ok"
    assert len(names_listed(backed.root)) == 2
