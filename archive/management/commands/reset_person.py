"""Close an account's sessions, take its second factor away, and print a one-time link that opens it again."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from archive.accounts import actions, links


class Command(BaseCommand):
    help = "Take an account's password and second factor away, end its sessions, and print a one-time link."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="the name that the person signs in with")

    def handle(self, *args: Any, name: str, **options: Any) -> None:
        try:
            person = actions.reset_person(name)
        except actions.NoSuchPerson as error:
            raise CommandError(str(error)) from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stderr.write(f"{person.username} is signed out everywhere. The old password is gone,")
        self.stderr.write("and so are the second factor and its recovery codes.")
        self.stderr.write("Hand over this path of the site in private; it sets the password once, within three days:")
        self.stdout.write(links.path_for(person))
