"""``manage.py upgrade``: bring the archive up to the code that is installed, and say how it stands."""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandError
from django.db.utils import Error

from archive.operations import upgrading
from archive.operations.databases import DatabaseRefused
from archive.operations.facts import NewerThanCode
from archive.operations.files import FolderBusy
from archive.operations.on_postgresql import ProgramMissing


class Command(BaseCommand):
    help = "Migrate, put triggers in place, index anew where that is due, and check. Again does no harm."

    def handle(self, *args: object, **options: object) -> None:
        try:
            faults = upgrading.upgrade(say=self.stdout.write)
        except (NewerThanCode, DatabaseRefused, FolderBusy, ProgramMissing) as error:
            raise CommandError(str(error)) from error
        except Error as error:
            raise CommandError(f"The database does not do what is needed: {error}") from error
        except OSError as error:
            raise CommandError(f"{error.filename} cannot be read or written ({error.strerror}).") from error
        if faults:
            raise CommandError("\n".join(["What is still wrong:", *faults]))
        self.stdout.write("All is well. Start the web server and the worker anew.")
