"""The drill: what is restored is what was backed up, row by row and byte by byte, or is not restored at all."""

import json
import shutil
from pathlib import Path

import pytest
from django.db import connection

from archive.operations import manifests
from tests.archives import manage, refused
from tests.operations.conftest import Backed, look

DATABASE_PART = "database.sqlite3" if connection.vendor == "sqlite" else "database.dump"
REWRITE = "from archive.models import Event; Event.objects.update(person='somebody')"


def flip_a_byte(path: Path) -> None:
    body = bytearray(path.read_bytes())
    body[len(body) // 2] ^= 1
    path.write_bytes(body)


def is_untouched(environment: dict[str, str]) -> bool:
    """Tell whether there is still no table in a place."""
    said = manage(
        environment, "shell", "-v0", "-c", "from django.db import connection as c; print(c.introspection.table_names())"
    )
    return said.strip() == "[]" and not Path(environment["ARCHIVE_DATA"], "captures").exists()


def test_what_is_restored_holds_every_row_and_byte_that_was_backed_up(backed: Backed, new_place):
    said = manage(new_place, "restore", str(backed.folder))

    found = look(new_place)
    assert found["rows"] == backed.held["rows"]
    assert found["bytes"] == backed.held["bytes"]
    assert (found["history"], found["faults"]) == (backed.held["history"], [])
    assert found["history"][0] == 1
    assert len(found["bytes"]) == 2
    assert found["found"] == ["After"]
    assert "as the manifest says" in said
    assert "The history is whole, and every capture is as received." in said


def test_the_restored_history_is_guarded_and_nobody_is_signed_in(backed: Backed, new_place):
    manage(new_place, "restore", str(backed.folder / "manifest.json"))

    assert "append-only" in manage_to_fail(new_place)
    assert backed.held["sessions"] == 1
    assert look(new_place)["sessions"] == 0
    manage(new_place, "check", "--database", "default", "--fail-level", "WARNING")


def manage_to_fail(environment: dict[str, str]) -> str:
    from tests.archives import run

    done = run(environment, "shell", "-v0", "-c", REWRITE)
    assert done.returncode
    return done.stderr


def test_no_page_of_the_restored_archive_has_the_tag_of_another(backed: Backed, new_place):
    manage(new_place, "restore", str(backed.folder))

    assert look(new_place)["public version"] > backed.held["public version"] + 1000


@pytest.mark.parametrize("part", [DATABASE_PART, "captures.txt", "manifest.json", "captures/"])
def test_one_damaged_byte_keeps_a_backup_from_being_restored_and_its_part_is_named(backed: Backed, new_place, part):
    if part == "captures/":
        damaged = max((path for path in (backed.root / part).rglob("*") if path.is_file()), key=lambda one: one.name)
        part = f"captures/{damaged.name[:2]}/{damaged.name[2:4]}/{damaged.name}"
    else:
        damaged = backed.folder / part
    flip_a_byte(damaged)

    said = refused(new_place, "restore", str(backed.folder))

    assert part in said
    assert is_untouched(new_place)
    assert part in refused(new_place, "backup", "--check", "--to", str(backed.root))


def test_a_missing_part_is_named(backed: Backed, new_place):
    (backed.folder / DATABASE_PART).unlink()

    assert f"{DATABASE_PART} of backup {backed.folder.name} is missing" in refused(
        new_place, "restore", str(backed.folder)
    )


def test_a_folder_without_a_manifest_is_no_backup(backed: Backed, new_place):
    (backed.folder / "manifest.json").unlink()

    assert "--list" in refused(new_place, "restore", str(backed.folder))


def test_an_archive_in_use_is_replaced_only_when_told_to_and_is_put_aside(backed: Backed, new_place):
    manage(new_place, "restore", str(backed.folder))
    manage(new_place, "create_person", "newcomer", "--role", "editor")

    assert "--replace" in refused(new_place, "restore", str(backed.folder))
    assert "newcomer" in json.dumps(look(new_place))
    said = manage(new_place, "restore", str(backed.folder), "--replace")

    assert look(new_place)["rows"] == backed.held["rows"]
    asides = [line.split()[6].rstrip(".") for line in said.splitlines() if line.startswith("What was here before")]
    assert len(asides) == 2
    assert "newcomer" in aside_database(new_place, asides[0])
    assert sum(1 for path in Path(asides[1]).rglob("*") if path.is_file()) == len(backed.held["bytes"])


def aside_database(environment: dict[str, str], aside: str) -> str:
    """Read the names of people in the database that was put aside."""
    if connection.vendor == "sqlite":
        return json.dumps(
            look(environment | {"DATABASE_URL": f"sqlite:///{aside}", "ARCHIVE_DATA": environment["ARCHIVE_DATA"]})[
                "rows"
            ]
        )
    ask = f"from django.db import connection as c; k = c.cursor(); k.execute('SELECT username FROM {aside}.archive_person'); print(k.fetchall())"
    return manage(environment, "shell", "-v0", "-c", ask)


def test_a_put_aside_archive_is_in_no_later_backup(backed: Backed, new_place, tmp_path):
    manage(new_place, "restore", str(backed.folder))
    manage(new_place, "restore", str(backed.folder), "--replace")

    manage(new_place, "backup", "--to", str(tmp_path / "later"))

    (later,) = manifests.folders(tmp_path / "later")
    sizes = [(folder / DATABASE_PART).stat().st_size for folder in (backed.folder, later)]
    assert sizes[1] < 1.2 * sizes[0]


def test_an_archive_that_nobody_has_used_yet_counts_as_empty(backed: Backed, new_place):
    manage(new_place, "migrate", "-v0")

    manage(new_place, "restore", str(backed.folder))

    assert look(new_place)["rows"] == backed.held["rows"]


def test_a_backup_of_newer_code_is_refused(backed: Backed, new_place):
    manifest = manifests.read(backed.folder)
    manifest.migrations.append("archive.9999_from_the_future")
    manifests.write(backed.folder, manifest)

    assert "archive.9999_from_the_future" in refused(new_place, "restore", str(backed.folder))
    assert is_untouched(new_place)


def test_a_backup_of_older_code_is_brought_up_to_this_code(backed: Backed, new_place, tmp_path):
    manage(new_place, "restore", str(backed.folder))
    manage(new_place, "migrate", "archive", "0003_search_index", "-v0")
    manage(new_place, "backup", "--to", str(tmp_path / "older"))
    (older,) = manifests.folders(tmp_path / "older")

    said = manage(new_place, "restore", str(older), "--replace")

    assert "migrations brought it up to this code" in said
    assert look(new_place)["rows"] == backed.held["rows"]


def test_a_backup_of_the_other_database_is_refused(backed: Backed, new_place):
    manifest = manifests.read(backed.folder)
    other = "postgresql" if connection.vendor == "sqlite" else "sqlite"
    from dataclasses import replace

    manifests.write(backed.folder, replace(manifest, vendor=other))

    assert f"Name a {other} database" in refused(new_place, "restore", str(backed.folder))


def test_documents_of_another_chain_are_indexed_anew(backed: Backed, new_place, tmp_path):
    manage(new_place, "restore", str(backed.folder))
    manage(new_place, "shell", "-v0", "-c", "from archive.access import documents; documents.ask_for_all()")
    manage(new_place, "backup", "--to", str(tmp_path / "other"))
    (other,) = manifests.folders(tmp_path / "other")

    said = manage(new_place, "restore", str(other), "--replace")

    assert "articles were indexed anew" in said
    assert look(new_place)["found"] == ["After"]


def test_a_restore_says_what_is_not_as_it_was_backed_up(backed: Backed, new_place):
    manifest = manifests.read(backed.folder)
    manifest.rows["archive_article"] += 1
    manifests.write(backed.folder, manifest)

    said = refused(new_place, "restore", str(backed.folder))

    held = manifest.rows["archive_article"]
    assert f"archive_article holds {held - 1} rows and not {held}" in said
