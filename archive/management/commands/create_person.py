"""Make an account and print the one-time link that opens it."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from archive.accounts import actions, links


class Command(BaseCommand):
    help = "Make an account and print the one-time link with which its person sets a password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="the name to sign in with: letters, digits and @ . + - _")
        parser.add_argument("--role", required=True, choices=actions.Role.values)
        parser.add_argument("--pen-name", default="", help="how this person signs in public; else “the editors”")

    def handle(self, *args: Any, name: str, role: str, pen_name: str, **options: Any) -> None:
        try:
            person = actions.create_person(name, role=actions.Role(role), pen_name=pen_name)
        except (actions.NameTaken, actions.PenNameTaken) as error:
            raise CommandError(str(error)) from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stderr.write(f"{person.username} is now {actions.Role(role).label.lower()}.")
        self.stderr.write("Hand over this path of the site in private; it sets the password once, within three days:")
        self.stdout.write(links.path_for(person))
