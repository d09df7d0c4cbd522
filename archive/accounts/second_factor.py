"""The second factor: a code of six digits from an application, or one of ten codes kept on paper.

Who has turned it on signs in with name, password and code. A session that was opened so carries a mark; where the
second factor is required, the mark is what lets people who can write go on.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from datetime import timedelta
from typing import Any

import segno
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from archive.models import Person, RecoveryCode
from archive.models.base import User, is_desk
from archive.text import identifiers

MARK = "second_factor"
RECOVERY_CODES = 10
# How long after the password a new secret is shown and can be turned on.
WAITS = timedelta(minutes=30)
_LETTERS = 16  # of five random bits each


def device_of(person: User) -> Any:
    """The device that is turned on; None without one. One query."""
    return _device(person, confirmed=True)


def waiting_device_of(person: User) -> Any:
    """The device that no code has confirmed yet; None without one, or when it was left lying. One query."""
    device = _device(person, confirmed=False)
    return device if device is not None and timezone.now() - device.created_at < WAITS else None


def is_required() -> bool:
    return bool(settings.ARCHIVE_SECOND_FACTOR == "required")


def is_owed(request: HttpRequest) -> bool:
    """Whether somebody who can write is signed in without a second factor where it is required. No query of its own."""
    return is_required() and not request.session.get(MARK) and can_write(request.user)


def can_write(user: User) -> bool:
    """Whether a stolen account could change the archive."""
    return bool(is_desk(user) or user.is_staff or user.is_superuser)


def codes_left(person: Person) -> int:
    return RecoveryCode.objects.of_person(person).count()


def secret_of(device: TOTPDevice) -> str:
    """The device's secret as people type it: base 32, in groups of four."""
    secret = base64.b32encode(device.bin_key).decode()
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


def picture_of(device: TOTPDevice) -> dict[str, object]:
    """The QR code as an SVG path of runs of dark squares. size: of the picture with its margin, in squares."""
    margin = 4
    rows = segno.make(device.config_url, error="m", micro=False).matrix
    runs = []
    for down, row in enumerate(rows):
        across = 0
        while across < len(row):
            end = across
            while end < len(row) and row[end]:
                end += 1
            if end > across:
                runs.append(f"M{across + margin} {down + margin}h{end - across}v1h-{end - across}z")
            across = max(end, across + 1)
    return {"size": len(rows) + 2 * margin, "path": "".join(runs)}


def new_codes() -> list[str]:
    """Draw recovery codes, in four groups of four letters and digits that nobody misreads."""
    drawn = ["".join(secrets.choice(identifiers.ALPHABET) for _ in range(_LETTERS)) for _ in range(RECOVERY_CODES)]
    return ["-".join(code[start : start + 4] for start in range(0, _LETTERS, 4)) for code in drawn]


def digest_of(person: Person, code: str) -> str:
    """How a recovery code is kept. Spaces, hyphens and capitals do not matter; i and l are read as 1, o as 0."""
    letters = "".join(code.lower().replace("-", "").split())
    letters = letters.translate(str.maketrans("ilo", "110"))
    return hashlib.sha256(f"{person.public_id}:{letters}".encode(errors="replace")).hexdigest()


def _device(person: User, *, confirmed: bool) -> Any:
    return TOTPDevice.objects.devices_for_user(person, confirmed=confirmed).order_by("pk").first()
