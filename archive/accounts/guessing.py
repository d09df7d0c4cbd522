"""Guessing is slow: so many tries of one account, and so many from one source, in a short while.

A try is counted before anything is compared, so what is refused says nothing of whether it was right, and the name of
no account is told from one that nobody has. Each place is free again after minutes: strangers who guess at an
account keep its owner out for as long as they go on, and not from where the owner signed in today.
"""

from __future__ import annotations

from django.http import HttpRequest

from archive import slowdown
from archive.models import Person

# How many tries in a while, and how long that is in seconds.
WHILE = 5 * 60
OF_SOURCE, SOURCES_WHILE = 20, 10 * 60
OF_ACCOUNT = 10
# Of a million codes three are good at a time.
OF_CODES = 5
OF_LINKS, LINKS_WHILE = 20, 60 * 60
LONGEST_NAME = 150


def may_sign_in(request: HttpRequest, name: str) -> bool:
    """Whether name and password may be compared now. name: as typed."""
    account = Person.normalize_username(name.strip()[:LONGEST_NAME])
    if not slowdown.takes_place(request, "sign-in", most=OF_SOURCE, seconds=SOURCES_WHILE):
        return False
    if slowdown.is_noted(request, "signed-in", of=account):
        return slowdown.takes_place(request, "sign-in-here", most=OF_ACCOUNT, seconds=WHILE, of=account)
    return slowdown.takes_place_of(account, "sign-in-account", most=OF_ACCOUNT, seconds=WHILE)


def signed_in(request: HttpRequest, person: Person) -> None:
    """Note where somebody signed in, so that strangers do not keep them out from there."""
    slowdown.note(request, "signed-in", of=person.username)


def may_try_code(person: Person) -> bool:
    """Whether a code of this person may be compared now."""
    return slowdown.takes_place_of(person.public_id, "code", most=OF_CODES, seconds=WHILE)


def may_try_password(person: Person) -> bool:
    """Whether the password of this person, who is signed in, may be compared now."""
    return slowdown.takes_place_of(person.public_id, "own-password", most=OF_ACCOUNT, seconds=WHILE)


def may_try_link(request: HttpRequest) -> bool:
    """Whether one more one-time link that does not work is looked at for this source."""
    return slowdown.takes_place(request, "one-time-link", most=OF_LINKS, seconds=LINKS_WHILE)
