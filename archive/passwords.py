"""Argon2, a few hashes at once: each takes 100 MB on purpose, and forty sign-ins at the same moment took 2.4 GB."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.auth.hashers import Argon2PasswordHasher

# In one process.
AT_ONCE = 2
LONGEST_WAIT = 3.0  # seconds

_turns = threading.BoundedSemaphore(AT_ONCE)


class TooManyAtOnce(Exception):
    """Others were making hashes for all of the wait; whoever asked may try again in a moment."""


@contextmanager
def turn() -> Iterator[None]:
    """Wait for one of the turns, and hold it. Raises TooManyAtOnce."""
    if not _turns.acquire(timeout=LONGEST_WAIT):
        raise TooManyAtOnce
    try:
        yield
    finally:
        _turns.release()


class FewAtOnceArgon2PasswordHasher(Argon2PasswordHasher):
    """Django's, under the same name and with the same hashes, that waits for its turn."""

    def encode(self, password: str, salt: str) -> str:
        with turn():
            return str(super().encode(password, salt))

    def verify(self, password: str, encoded: str) -> bool:
        with turn():
            return bool(super().verify(password, encoded))
