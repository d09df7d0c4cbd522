"""What is done to accounts: made, reset, given a password.

No `by=` here: accounts are made and reset at the machine, by an operator who needs no account, and a
password is set by whoever holds the one-time link.
"""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from archive.accounts import links
from archive.models import Person
from archive.models.people import EDITORS, RESEARCHERS
from archive.text import normalise


class Role(models.TextChoices):
    RESEARCHER = "researcher", "Researcher"
    EDITOR = "editor", "Editor"
    ADMINISTRATOR = "administrator", "Administrator"


# An administrator does what editors do, and runs the site besides.
GROUPS = {Role.RESEARCHER: RESEARCHERS, Role.EDITOR: EDITORS, Role.ADMINISTRATOR: EDITORS}


class NameTaken(Exception):
    """Another account has this name."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(
            f"The name “{name}” is taken. Choose another, or give that person a new link with"
            f" “manage.py reset_person {name}”."
        )


class NoSuchPerson(LookupError):
    """No account has this name."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"No account has the name “{name}”. Check its spelling, or make it with “create_person”.")


class LinkIsUsed(Exception):
    """A one-time link was used already, perhaps a moment ago."""


def create_person(name: str, *, role: Role, pen_name: str = "", password: str | None = None) -> Person:
    """Make an account with one role. Without a password it opens by one-time link only.

    Raises NameTaken, and ValidationError for a name that no account can have.
    """
    person = Person(
        username=clean_name(name), pen_name=normalise.single_line(pen_name), is_staff=role is Role.ADMINISTRATOR
    )
    person.set_password(password)
    # Taken names are told apart below, from the database's own refusal: two commands may run at once.
    person.full_clean(validate_unique=False)
    try:
        with transaction.atomic():
            person.save()
            person.groups.add(Group.objects.get(name=GROUPS[role]))
    except IntegrityError as error:
        raise NameTaken(person.username) from error
    return person


def reset_person(name: str) -> Person:
    """Take an account's password away, which ends its sessions; a one-time link opens it again.

    Raises NoSuchPerson.
    """
    try:
        person = Person.objects.get_by_natural_key(clean_name(name))
    except Person.DoesNotExist as error:
        raise NoSuchPerson(name) from error
    person.set_unusable_password()
    person.save(update_fields=["password"])
    return person


def set_password(person: Person, password: str, *, token: str) -> None:
    """Set the password by a one-time link; its sessions elsewhere end.

    Raises LinkIsUsed where the link stopped working since the form was opened; of two uses at once, one wins.
    """
    with transaction.atomic():
        locked = Person.objects.select_for_update().get(pk=person.pk)
        if not links.is_good(locked, token):
            raise LinkIsUsed
        locked.set_password(password)
        locked.save(update_fields=["password"])


def clean_name(name: str) -> str:
    """A name as accounts keep it: one line, compatible letters made alike (NFKC).

    Raises ValidationError for bytes of a command line that were not text.
    """
    if not normalise.is_clean(name):
        raise ValidationError("The name holds characters that are no text. Type it again.")
    return Person.normalize_username(normalise.single_line(name))
