"""Load the coded examples in fixtures/demo, or another folder of the same form."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from archive.ingest.coded_book import CodingRefused
from archive.ingest.coded_folder import FolderNotWhole
from archive.ingest.coding import load_folder
from archive.models import Person
from archive.operations import databases

DEMO = Path(__file__).resolve().parents[3] / "fixtures" / "demo"
NOBODY = "fixtures"


class Command(BaseCommand):
    help = "Load a folder of coded examples, published. Again adds nothing twice."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--by", default="", help="user name of the person who vouches for it")
        parser.add_argument("--folder", type=Path, default=DEMO, help="a folder as described in fixtures/README.md")

    def handle(self, *, by: str, folder: Path, verbosity: int, **options: object) -> None:
        try:
            report = load_folder(folder, by=_person(by))
        except (FolderNotWhole, CodingRefused) as error:
            raise CommandError(str(error)) from error
        if not report.is_empty:
            databases.weigh(connection)
        if verbosity:
            self.stdout.write(f"{folder.name}: {report}.")
        for key in report.changed:
            self.stdout.write(f"{key} differs from what was loaded; the record was left as it is.")


def _person(username: str) -> Person:
    """Who vouches for the folder. Without a name: an account in which nobody can sign in."""
    if not username:
        person, is_new = Person.objects.get_or_create(
            username=NOBODY, defaults={"is_active": False, "pen_name": "The editors"}
        )
        if is_new:
            person.set_unusable_password()
            person.save()
        return person
    try:
        return Person.objects.get(username=username)
    except Person.DoesNotExist:
        raise CommandError(f"Nobody has the user name “{username}”. Make the account with create_person.") from None
