"""Doing what a person with a browser does: signing in, in one step or two, and typing codes."""

from __future__ import annotations

import time

from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from archive.models import Person
from tests.factories import PASSWORD

SIGN_IN = "/accounts/sign-in/"
CODE = "/accounts/sign-in/code/"
ME = "/accounts/me/"
FACTOR = "/accounts/me/second-factor/"


def code_of(device: TOTPDevice, *, later: int = 0) -> str:
    """What an application shows now, or so many steps later."""
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits)
    totp.time = time.time() + later * device.step
    return f"{totp.token():06d}"


def sign_in(client: Client, person: Person, password: str = PASSWORD, **more: str):
    return client.post(SIGN_IN, {"username": person.username, "password": password, **more})


def send_code(client: Client, code: str):
    return client.post(CODE, {"code": code})


def is_signed_in(client: Client) -> bool:
    return client.get(ME).status_code == 200
