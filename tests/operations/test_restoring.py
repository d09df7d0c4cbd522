"""The drill: what is restored is what was backed up, row by row and byte by byte, or is not restored at all."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from archive.operations import manifests
from tests.archives import manage, run
from tests.operations.conftest import Backed, Restored, look

DATABASE_PART = "database.sqlite3" if connection.vendor == "sqlite" else "database.dump"
OTHER_DATABASE = "postgresql" if connection.vendor == "sqlite" else "sqlite"
REWRITE_HISTORY = """
from django.core.management import call_command
from archive.models import Event

call_command("check", databases=["default"], fail_level="WARNING")
Event.objects.update(person="somebody")
"""
GO_BACK = """
from django.core.management import call_command

# Before there were tables for searching.
call_command("migrate", "archive", "0001_records", verbosity=0)
"""


def flip_a_byte(path: Path) -> None:
    body = bytearray(path.read_bytes())
    body[len(body) // 2] ^= 1
    path.write_bytes(body)


@pytest.fixture
def refusal(db, settings, tmp_path):
    """Restore into the archive of these tests, which must be refused and leave no trace; gives the sentence."""
    settings.ARCHIVE_CAPTURES = tmp_path / "data" / "captures"

    def refusal(path: Path, **options: bool) -> str:
        tables = connection.introspection.table_names()
        with pytest.raises(CommandError) as caught:
            call_command("restore", path, **options)
        assert connection.introspection.table_names() == tables
        assert not (tmp_path / "data").exists()
        return str(caught.value)

    return refusal


def test_what_is_restored_holds_every_row_and_byte_that_was_backed_up(in_use: Backed, restored: Restored):
    assert restored.held["rows"] == in_use.held["rows"]
    assert restored.held["bytes"] == in_use.held["bytes"]
    assert (restored.held["history"], restored.held["faults"]) == (in_use.held["history"], [])
    assert restored.held["history"][0] == 1
    assert len(restored.held["bytes"]) == 2
    assert restored.held["found"] == ["After"]
    assert "as the manifest says" in restored.said
    assert "The history is whole, and every capture is as received." in restored.said


def test_the_restored_history_is_guarded_and_nobody_is_signed_in(in_use: Backed, restored: Restored):
    done = run(restored.environment, "shell", "-v0", "-c", REWRITE_HISTORY)

    assert done.returncode
    assert "append-only" in done.stderr
    assert (in_use.held["sessions"], restored.held["sessions"]) == (1, 0)


def test_no_backup_holds_who_was_slowed_down(in_use: Backed, restored: Restored):
    # One who was slowed down, and the day's key.
    assert (in_use.held["slowed"], restored.held["slowed"]) == (2, 0)


def test_no_page_of_the_restored_archive_has_the_tag_of_another(in_use: Backed, restored: Restored):
    assert restored.held["public version"] > in_use.held["public version"] + 1000


@pytest.mark.parametrize("part", [DATABASE_PART, "captures.txt", "manifest.json", "captures/"])
def test_one_damaged_byte_keeps_a_backup_from_being_restored_and_its_part_is_named(backed: Backed, refusal, part):
    if part == "captures/":
        damaged = next((backed.root / part).glob("??/??/*"))
        part = str(damaged.relative_to(backed.root))
    else:
        damaged = backed.folder / part
    flip_a_byte(damaged)

    assert part in refusal(backed.folder)
    with pytest.raises(CommandError, match=part):
        call_command("backup", check=True, to=backed.root)


def test_a_missing_part_is_named(backed: Backed, refusal):
    (backed.folder / DATABASE_PART).unlink()

    assert f"{DATABASE_PART} of backup {backed.folder.name} is missing" in refusal(backed.folder)


def test_a_folder_without_a_manifest_is_no_backup(backed: Backed, refusal):
    (backed.folder / "manifest.json").unlink()

    assert "--list" in refusal(backed.folder)


def test_a_backup_of_newer_code_is_refused(backed: Backed, refusal):
    manifest = manifests.read(backed.folder)
    manifest.migrations.append("archive.9999_from_the_future")
    manifests.write(backed.folder, manifest)

    assert "archive.9999_from_the_future" in refusal(backed.folder, replace=True)


def test_a_backup_of_the_other_database_is_refused(backed: Backed, refusal):
    manifests.write(backed.folder, replace(manifests.read(backed.folder), vendor=OTHER_DATABASE))

    assert f"Name a {OTHER_DATABASE} database" in refusal(backed.folder, replace=True)


def test_an_archive_in_use_is_replaced_only_when_told_to_and_is_put_aside(backed: Backed, new_place, tmp_path):
    manage(new_place, "restore", str(backed.folder / "manifest.json"))
    manage(new_place, "create_person", "newcomer", "--role", "editor")

    refused = run(new_place, "restore", str(backed.folder))
    said = manage(new_place, "restore", str(backed.folder), "--replace")
    manage(new_place, "backup", "--to", str(tmp_path / "later"))

    assert (refused.returncode, "--replace" in refused.stderr, "Traceback" in refused.stderr) == (1, True, False)
    assert look(new_place)["rows"] == backed.held["rows"]
    database, captures = (line.split()[6].rstrip(".") for line in said.splitlines() if "was here before" in line)
    assert "newcomer" in people_in(new_place, database)
    assert len(list(Path(captures).glob("??/??/*"))) == len(backed.held["bytes"])
    # What was put aside is in no later backup.
    (later,) = manifests.folders(tmp_path / "later")
    assert (later / DATABASE_PART).stat().st_size < 1.2 * (backed.folder / DATABASE_PART).stat().st_size


def test_a_database_that_somebody_has_open_is_not_replaced(backed: Backed, empty):
    path, connect = (
        (empty["DATABASE_URL"].removeprefix("sqlite:///"), sqlite3.connect)
        if connection.vendor == "sqlite"
        else (empty["DATABASE_URL"], psycopg.connect)
    )
    with closing(connect(path)) as open_still:
        open_still.execute("SELECT COUNT(*) FROM archive_article").fetchone()
        done = run(empty, "restore", str(backed.folder))

    assert (done.returncode, "Stop the web server and the worker" in done.stderr) == (1, True)
    assert list(Path(empty["ARCHIVE_DATA"]).glob("captures*")) == []
    if connection.vendor == "sqlite":
        assert list(Path(path).parent.glob("*.sqlite3.*")) == []


def people_in(environment: dict[str, str], aside: str) -> str:
    """Read the names of people in the database that was put aside."""
    if connection.vendor == "sqlite":
        environment, there = environment | {"DATABASE_URL": f"sqlite:///{aside}"}, ""
    else:
        there = f"c.cursor().execute('SET search_path TO {aside}'); "
    ask = "from archive.models import Person; print(list(Person.objects.values_list('username', flat=True)))"
    return manage(environment, "shell", "-v0", "-c", f"from django.db import connection as c; {there}{ask}")


def test_a_backup_of_older_code_is_brought_up_to_this_code_and_its_index(backed: Backed, new_place, tmp_path):
    manage(new_place, "restore", str(backed.folder))
    manage(new_place, "shell", "-v0", "-c", GO_BACK)
    manage(new_place, "backup", "--to", str(tmp_path / "older"))
    (older,) = manifests.folders(tmp_path / "older")

    said = manage(new_place, "restore", str(older), "--replace")

    assert "migrations brought it up to this code" in said
    assert "articles were indexed anew" in said
    found = look(new_place)
    assert (found["rows"], found["found"]) == (backed.held["rows"], ["After"])


def test_a_restore_says_what_is_not_as_it_was_backed_up(backed: Backed, new_place):
    manifest = manifests.read(backed.folder)
    held = manifest.rows["archive_article"]
    manifests.write(backed.folder, replace(manifest, rows={**manifest.rows, "archive_article": held + 1}))

    done = run(new_place, "restore", str(backed.folder))

    assert done.returncode == 1
    assert f"archive_article holds {held} rows and not {held + 1}" in done.stderr
