"""Half signed in: the password was right, and a code is asked for. It gives no rights, and lasts five minutes."""

from __future__ import annotations

import time
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from archive.models import Person

KEY = "half_way"
LASTS = 5 * 60  # seconds


@dataclass(frozen=True, slots=True)
class HalfWay:
    """next: an address of ours to go on to; empty for where the person works."""

    person: Person
    next: str


def begin(request: HttpRequest, person: Person, *, next: str) -> None:
    """Remember who gave the right password, in a session of a new key that nobody is signed in to."""
    request.session.flush()
    request.session[KEY] = [person.pk, person.get_session_auth_hash(), int(time.time()) + LASTS, next]
    request.session.set_expiry(LASTS)


def read(request: HttpRequest) -> HalfWay | None:
    """Who is half signed in; None when it took too long, or the password was changed meanwhile. One query."""
    if KEY not in request.session:
        return None
    pk, seal, until, next = request.session[KEY]
    if time.time() >= until:
        return None
    person = Person.objects.filter(pk=pk, is_active=True).first()
    if person is None or not constant_time_compare(person.get_session_auth_hash(), seal):
        return None
    return HalfWay(person, next)


def end(request: HttpRequest) -> None:
    """Forget it, if it was so; the session lasts as others do from here on."""
    if KEY in request.session:
        del request.session[KEY]
        request.session.set_expiry(None)
