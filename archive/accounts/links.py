"""One-time links: who holds one may set the password of one account, once, within a few days.

A link names the account by its random public id. It stops working when the password is set, when
the person signs in, when the account is reset again, and after PASSWORD_RESET_TIMEOUT seconds.
"""

from __future__ import annotations

from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse

from archive.models import Person


def path_for(person: Person) -> str:
    """Make a fresh one-time link for a person: the path of a page, without the site's name."""
    token = default_token_generator.make_token(person)
    return reverse("accounts:set-password", kwargs={"public_id": person.public_id, "token": token})


def holder(public_id: str, token: str) -> Person | None:
    """The person whose password this link sets; None where it does not work, or not any more. One query."""
    try:
        person = Person.objects.get(public_id=public_id)
    except Person.DoesNotExist:
        return None
    return person if is_good(person, token) else None


def is_good(person: Person, token: str) -> bool:
    """Whether the token is this person's, not used and not too old, and the account is open."""
    return person.is_active and default_token_generator.check_token(person, token)
