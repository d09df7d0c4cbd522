"""What is done to accounts: made, reset, given a password or a pen name.

No `by=` here: accounts are made and reset at the machine, by an operator who needs no account; a password is set by
whoever holds the one-time link; and all else people do to their own.
"""

from __future__ import annotations

from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django_otp.plugins.otp_totp.models import TOTPDevice

from archive.accounts import links, signature_actions
from archive.models import Person, RecoveryCode, SignIn
from archive.models.people import EDITORS, RESEARCHERS
from archive.models.sessions import digest
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


class PenNameTaken(Exception):
    """Somebody else signs, or signs in, with this name; the message says what to do."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(_("“%(name)s” could be taken for somebody else. Choose another name.") % {"name": name})


def create_person(name: str, *, role: Role, pen_name: str = "", password: str | None = None) -> Person:
    """Make an account with one role. Without a password it opens by one-time link only.

    Raises NameTaken, PenNameTaken, and ValidationError for a name that no account can have.
    """
    person = Person(
        username=clean_name(name), pen_name=normalise.single_line(pen_name), is_staff=role is Role.ADMINISTRATOR
    )
    person.set_password(password)
    # Taken names are looked for here, and in the end refused by the database: two commands may run at once.
    person.full_clean(validate_unique=False, validate_constraints=False)
    if _is_user_name(person.username):
        raise NameTaken(person.username)
    for chosen in (person.pen_name, person.username):
        if signature_actions.is_anothers(chosen, person, among_user_names=chosen == person.pen_name):
            raise PenNameTaken(chosen)
    try:
        with transaction.atomic():
            person.save()
            person.groups.add(Group.objects.get(name=GROUPS[role]))
    except IntegrityError as error:
        if _is_user_name(person.username):
            raise NameTaken(person.username) from error
        raise PenNameTaken(person.pen_name) from error
    return person


@transaction.atomic
def reset_person(name: str) -> Person:
    """Take an account's password and second factor away and end its sign-ins; a one-time link opens it again.

    Raises NoSuchPerson.
    """
    try:
        person = Person.objects.get_by_natural_key(clean_name(name))
    except Person.DoesNotExist as error:
        raise NoSuchPerson(name) from error
    person.set_unusable_password()
    person.save(update_fields=["password"])
    TOTPDevice.objects.devices_for_user(person).delete()
    RecoveryCode.objects.of_person(person).delete()
    end_sign_ins(person)
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
        end_sign_ins(locked)


@transaction.atomic
def change_password(request: HttpRequest, person: Person, password: str) -> None:
    """Set a person's own password; this sign-in goes on under a new key, and all others end."""
    locked = Person.objects.select_for_update().get(pk=person.pk)
    locked.set_password(password)
    locked.save(update_fields=["password"])
    update_session_auth_hash(request, locked)
    end_other_sign_ins(request, locked)


@transaction.atomic
def change_pen_name(person: Person, pen_name: str) -> None:
    """Sign otherwise from now on, and where the old name stands under published summaries. Raises PenNameTaken."""
    locked = Person.objects.select_for_update().get(pk=person.pk)
    if signature_actions.is_anothers(pen_name, locked):
        raise PenNameTaken(pen_name)
    old, locked.pen_name = locked.pen_name, pen_name
    try:
        with transaction.atomic():
            locked.save(update_fields=["pen_name", "pen_name_key"])
    except IntegrityError as error:
        raise PenNameTaken(pen_name) from error
    signature_actions.sign_anew(old, locked.pen_name)


def end_sign_in(person: Person, public_id: str) -> None:
    """Sign one of a person's browsers out; nothing where it is gone already."""
    SignIn.objects.of_person(person).with_public_id(public_id).delete()


def end_sign_ins(person: Person) -> None:
    """Sign all of a person's browsers out."""
    SignIn.objects.of_person(person).delete()


def end_other_sign_ins(request: HttpRequest, person: Person) -> None:
    """Sign all of a person's browsers out but the one that asks."""
    SignIn.objects.of_person(person).but({digest(request.session.session_key or "")}).delete()


def clean_name(name: str) -> str:
    """A name as accounts keep it: one line, compatible letters made alike (NFKC).

    Raises ValidationError for bytes of a command line that were not text.
    """
    if not normalise.is_clean(name):
        raise ValidationError("The name holds characters that are no text. Type it again.")
    return Person.normalize_username(normalise.single_line(name))


def _is_user_name(name: str) -> bool:
    return Person.objects.filter(username=name).exists()
