"""``manage.py backup``: a backup of database and captures, while the archive is read and written."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db.utils import OperationalError

from archive.operations import backing_up, manifests
from archive.operations.databases import DatabaseRefused
from archive.operations.files import FolderBusy
from archive.operations.manifests import Manifest
from archive.operations.on_postgresql import ProgramMissing

NOWHERE = "Say where backups lie: --to DIR, or the setting ARCHIVE_BACKUP_DIR."


class Command(BaseCommand):
    help = "Back up database and captures; the archive may be running. docs/operations.md tells how to restore."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--to", type=Path, metavar="DIR", help="the folder of backups; else ARCHIVE_BACKUP_DIR")
        parser.add_argument("--list", action="store_true", help="name the backups that are there; make none")
        parser.add_argument("--check", action="store_true", help="read every byte of the backups there; make none")

    def handle(self, *, to: Path | None, list: bool, check: bool, **options: object) -> None:
        root = to.absolute() if to else settings.ARCHIVE_BACKUP_DIR
        if root is None:
            raise CommandError(NOWHERE)
        if list or check:
            self._tell(root, is_checking=check)
            return
        try:
            made = backing_up.make(root, keep=settings.ARCHIVE_BACKUPS_KEPT)
        except (FolderBusy, DatabaseRefused, ProgramMissing) as error:
            raise CommandError(str(error)) from error
        except OperationalError as error:
            raise CommandError(f"The database gave up: {error}. No backup was made.") from error
        except OSError as error:
            raise CommandError(f"{root} cannot be written ({error.strerror}). No backup was made.") from error
        self.stdout.write(f"{made.folder}: {_said(made.manifest)}")
        for name in made.removed:
            self.stdout.write(f"{name} was removed: ARCHIVE_BACKUPS_KEPT is {settings.ARCHIVE_BACKUPS_KEPT}.")
        if made.faults:
            raise CommandError("\n".join(made.faults))

    def _tell(self, root: Path, *, is_checking: bool) -> None:
        faults: list[str] = []
        for folder, found in backing_up.listing(root):
            if isinstance(found, Manifest):
                self.stdout.write(f"{folder}: {_said(found)}")
                faults += manifests.damages(folder, found) if is_checking else []
            else:
                faults.append(found)
        if faults:
            raise CommandError("\n".join(faults))


def _said(manifest: Manifest) -> str:
    articles = manifest.rows.get("archive_article", 0)
    without = f", {len(manifest.absent)} captured files missing" if manifest.absent else ""
    return (
        f"{manifest.vendor}, event {manifest.seq}, {articles} articles, {manifest.captures} captured files{without},"
        f" {manifest.size / 1_000_000:.1f} MB"
    )
