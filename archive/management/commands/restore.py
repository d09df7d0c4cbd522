"""``manage.py restore``: put a backup in the archive's place, and compare it with what was backed up."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db.utils import Error

from archive.operations import manifests, restoring
from archive.operations.databases import DatabaseInUse, DatabaseRefused
from archive.operations.facts import NewerThanCode
from archive.operations.manifests import Damaged, NotABackup
from archive.operations.on_postgresql import ProgramMissing

REFUSALS = (
    NotABackup,
    Damaged,
    NewerThanCode,
    restoring.ArchiveNotEmpty,
    DatabaseInUse,
    DatabaseRefused,
    ProgramMissing,
)


class Command(BaseCommand):
    help = "Restore a backup into DATABASE_URL and ARCHIVE_DATA. Stop the web server and the worker first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="a backup's folder, or the manifest in it")
        parser.add_argument(
            "--replace", action="store_true", help="put aside the archive that is there; it is not removed"
        )

    def handle(self, *, file: Path, replace: bool, **options: object) -> None:
        folder = (file.parent if file.name == manifests.NAME else file).absolute()
        try:
            faults = restoring.restore(folder, is_replacing=replace, say=self.stdout.write)
        except REFUSALS as error:
            raise CommandError(str(error)) from error
        except Error as error:
            raise CommandError(f"The database does not do what is needed: {error}") from error
        except OSError as error:
            raise CommandError(f"{error.filename or folder} cannot be read or written ({error.strerror}).") from error
        if faults:
            raise CommandError("\n".join(["It is restored, and not as it was backed up:", *faults]))
        self.stdout.write("The history is whole, and every capture is as received. Start the archive again.")
