"""Turning the second factor on and off, and taking its codes: each is good once."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest
from django_otp.plugins.otp_totp.models import TOTPDevice

from archive.accounts import actions, second_factor
from archive.models import Person, RecoveryCode


class AlreadyOn(Exception):
    """The second factor was turned on meanwhile, perhaps in another window."""


def begin(person: Person) -> None:
    """Draw a new secret, which counts for nothing until a code of it is typed. Raises AlreadyOn."""
    with transaction.atomic():
        _lock(person)
        if second_factor.device_of(person) is not None:
            raise AlreadyOn
        TOTPDevice.objects.devices_for_user(person, confirmed=False).delete()
        TOTPDevice.objects.create(user=person, name="", confirmed=False)


def confirm(request: HttpRequest, person: Person, code: str) -> list[str]:
    """Turn it on by a right code; other sign-ins end. Returns the recovery codes; none where the code is wrong."""
    with transaction.atomic():
        _lock(person)
        device = second_factor.waiting_device_of(person)
        if device is None or not device.verify_token(code):
            return []
        device.confirmed = True
        device.save(update_fields=["confirmed"])
        request.session[second_factor.MARK] = True
        actions.end_other_sign_ins(request, person)
        return _draw(person)


def renew_codes(person: Person) -> list[str]:
    """Draw ten new recovery codes; the old ones are good for nothing any more."""
    with transaction.atomic():
        _lock(person)
        return _draw(person)


def turn_off(request: HttpRequest, person: Person) -> None:
    with transaction.atomic():
        _lock(person)
        TOTPDevice.objects.devices_for_user(person).delete()
        RecoveryCode.objects.of_person(person).delete()
        request.session.pop(second_factor.MARK, None)


def take_code(person: Person, code: str) -> bool:
    """Whether a code is right: of the application, or a recovery code. Either is used up by it.

    Of the same code sent twice at once, one is taken.
    """
    with transaction.atomic():
        _lock(person)
        device = second_factor.device_of(person)
        if device is None:
            return False
        if len(code) == device.digits and code.isascii() and code.isdigit():
            return bool(device.verify_token(code))
        digest = second_factor.digest_of(person, code)
        deleted, _rows = RecoveryCode.objects.of_person(person).with_digest(digest).delete()
        return bool(deleted)


def _draw(person: Person) -> list[str]:
    codes = second_factor.new_codes()
    RecoveryCode.objects.of_person(person).delete()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(person=person, digest=second_factor.digest_of(person, code)) for code in codes
    )
    return codes


def _lock(person: Person) -> None:
    Person.objects.select_for_update().get(pk=person.pk)
