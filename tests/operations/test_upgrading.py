"""Upgrading: from older code to this, twice without harm, and with one report."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from archive.operations import manifests
from tests.archives import manage
from tests.operations.conftest import Backed, look

GO_BACK = """
from django.core.management import call_command
from django.db import connection
from archive.access import documents
from archive.history import triggers

documents.ask_for_all()
call_command("migrate", "archive", "0003_search_index", verbosity=0)
triggers.remove(connection)
"""


def test_an_upgrade_backs_up_migrates_indexes_and_mends_and_a_second_does_nothing(backed: Backed, new_place, tmp_path):
    manage(new_place, "restore", str(backed.folder))
    manage(new_place, "shell", "-v0", "-c", GO_BACK)
    told = new_place | {"ARCHIVE_BACKUP_DIR": str(tmp_path / "made-first"), "ARCHIVE_HASHED_STATIC": "1"}

    first, second = manage(told, "upgrade"), manage(told, "upgrade")

    (made,) = manifests.folders(tmp_path / "made-first")
    assert f"Backup {made.name} was made first." in first
    assert "migrations applied." in first
    assert "articles indexed anew" in first
    assert "No migration was pending." in second
    assert "The search index is of this version" in second
    assert "All is well." in first
    assert "All is well." in second
    assert Path(told["ARCHIVE_DATA"], "static").is_dir()
    assert look(new_place)["rows"] == backed.held["rows"]


def test_a_new_database_is_made_ready_by_an_upgrade(new_place):
    assert "All is well." in manage(new_place, "upgrade")


@pytest.mark.django_db
def test_a_database_of_newer_code_is_left_alone():
    MigrationRecorder(connection).record_applied("archive", "9999_from_the_future")

    with pytest.raises(CommandError, match="archive.9999_from_the_future"):
        call_command("upgrade")
