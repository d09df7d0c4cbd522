"""Sessions in the table of sign-ins: a row for each browser, under a digest of the key that the browser holds.

Django's own sessions in the database, with three things more: who reads a copy of the table can sign in as nobody; the
row names its person, so that people see and end their sign-ins; and it goes with the account.
"""

from __future__ import annotations

import hashlib
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import CreateError, UpdateError
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from archive.models.sign_ins import USE_IS_KNOWN_TO, SignIn


def digest(session_key: str) -> str:
    """The name of a session in the table: 160 bits, hexadecimal."""
    return hashlib.blake2b(session_key.encode(errors="replace"), digest_size=20).hexdigest()


class SessionStore(db.SessionStore):
    """kept: the row as it was read or written last; None before, and where there is none."""

    def __init__(self, session_key: str | None = None) -> None:
        super().__init__(session_key)
        self.kept: SignIn | None = None

    @classmethod
    def get_model_class(cls) -> type[SignIn]:
        return SignIn

    def load(self) -> dict[str, Any]:
        self.kept = SignIn.objects.open().filter(session_key=digest(self.session_key or "")).first()
        if self.kept is None:
            self._session_key = None
            return {}
        held: dict[str, Any] = self.decode(self.kept.session_data)
        return held

    def exists(self, session_key: str) -> bool:
        return SignIn.objects.filter(session_key=digest(session_key)).exists()

    def create_model_instance(self, data: dict[str, Any]) -> SignIn:
        name = digest(self._get_or_create_session_key())  # type: ignore[attr-defined]  # Django's, not in its stubs
        person = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        row = SignIn(
            session_key=name, session_data=self.encode(data), expire_date=self.get_expiry_date(), person_id=person
        )
        if self.kept is not None and self.kept.session_key == name:
            row.public_id = self.kept.public_id
        # Under a new key it is the same sign-in, and another one with another person.
        if self.kept is not None and self.kept.person_id == person:
            row.started_at, row.used_at = self.kept.started_at, self.kept.used_at
        return row

    def save(self, must_create: bool = False) -> None:
        """Write the row. Raises CreateError where the key is taken, UpdateError where the row or its person is gone."""
        if self.session_key is None:
            self.create()
            return
        row = self.create_model_instance(self._get_session(no_load=must_create))  # type: ignore[attr-defined]  # as above
        try:
            with transaction.atomic():
                row.save(force_insert=must_create, force_update=not must_create)
        except IntegrityError:
            if must_create and self.exists(self.session_key):
                raise CreateError from None
            raise UpdateError from None
        except DatabaseError:
            if not must_create:
                raise UpdateError from None
            raise
        self.kept = row

    def delete(self, session_key: str | None = None) -> None:
        name = session_key or self.session_key
        if name is not None:
            SignIn.objects.filter(session_key=digest(name)).delete()

    def touched(self) -> bool:
        """Note that the sign-in is used, at most once an hour. Returns whether anything was written."""
        now = timezone.now()
        if self.kept is None or self.kept.person_id is None or now - self.kept.used_at < USE_IS_KNOWN_TO:
            return False
        SignIn.objects.filter(session_key=self.kept.session_key).update(used_at=now)
        self.kept.used_at = now
        return True
