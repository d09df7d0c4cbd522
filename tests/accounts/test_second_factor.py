"""A second factor: turned on by a code, asked for when signing in, required of those who write in production."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django_otp.plugins.otp_totp.models import TOTPDevice

from archive.models import RecoveryCode, SignIn
from tests import factories as make
from tests.accounts.signing import CODE, FACTOR, ME, SIGN_IN, code_of, is_signed_in, send_code, sign_in
from tests.factories import PASSWORD, PersonFactory

pytestmark = pytest.mark.django_db
START = datetime(2026, 11, 3, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock():
    """Codes last thirty seconds: here as long as the test wants."""
    with time_machine.travel(START, tick=False) as travelling:
        yield travelling


def turn_on(client: Client) -> tuple[TOTPDevice, list[str]]:
    """As a person does: password, code, recovery codes."""
    client.post(f"{FACTOR}begin/", {"present": PASSWORD})
    device = TOTPDevice.objects.get(confirmed=False)
    page = client.post(f"{FACTOR}confirm/", {"code": code_of(device)}).content.decode()
    device.refresh_from_db()
    return device, re.findall(r"<code>([0-9a-z-]{19})</code>", page)


@pytest.fixture
def person():
    return PersonFactory(editor=True)


@pytest.fixture
def signed_in(client: Client, person) -> Client:
    sign_in(client, person)
    return client


def test_it_is_turned_on_by_a_code_and_not_before(signed_in: Client, person):
    signed_in.post(f"{FACTOR}begin/", {"present": PASSWORD})
    device = TOTPDevice.objects.get(user=person)
    page = signed_in.get(FACTOR).content.decode()
    wrong = signed_in.post(f"{FACTOR}confirm/", {"code": "000000"})

    assert "<svg" in page
    assert re.search(r'<code class="secret">([A-Z2-7]{4} ){7}[A-Z2-7]{4}</code>', page)
    assert wrong.status_code == 422
    assert "style=" not in page
    assert sign_in(Client(), person)["Location"] == "/desk/"
    device.refresh_from_db()
    assert not device.confirmed


def test_a_secret_that_was_left_lying_is_neither_shown_nor_turned_on(signed_in: Client, clock):
    signed_in.post(f"{FACTOR}begin/", {"present": PASSWORD})
    device = TOTPDevice.objects.get()
    clock.shift(timedelta(minutes=31))

    assert "<svg" not in signed_in.get(FACTOR).content.decode()
    assert signed_in.post(f"{FACTOR}confirm/", {"code": code_of(device)}).status_code == 302
    assert not TOTPDevice.objects.filter(confirmed=True).exists()


def test_beginning_asks_for_the_password(signed_in: Client):
    assert signed_in.post(f"{FACTOR}begin/", {"present": "not it"}).status_code == 422
    assert not TOTPDevice.objects.exists()


def test_once_turned_on_signing_in_takes_a_code(signed_in: Client, person):
    device, codes = turn_on(signed_in)
    other = Client()

    first = sign_in(other, person)

    assert len(codes) == len(set(codes)) == 10
    assert first["Location"] == CODE
    assert not is_signed_in(other)
    assert other.get("/desk/").status_code == 302
    assert send_code(other, "123456").status_code == 422
    assert send_code(other, code_of(device, later=1))["Location"] == "/desk/"
    assert is_signed_in(other)


def test_a_code_with_spaces_is_the_same_and_each_is_good_once(signed_in: Client, person, clock):
    device, _codes = turn_on(signed_in)
    clock.shift(timedelta(seconds=30))
    code = code_of(device)
    one, two = Client(), Client()
    for browser in (one, two):
        sign_in(browser, person)

    assert send_code(one, f" {code[:3]} {code[3:]} ").status_code == 302
    assert send_code(two, code).status_code == 422
    assert not is_signed_in(two)


def test_a_recovery_code_signs_in_once_however_it_is_typed(signed_in: Client, person):
    _device, codes = turn_on(signed_in)
    one, two = Client(), Client()
    for browser in (one, two):
        sign_in(browser, person)

    assert send_code(one, codes[3].upper().replace("-", " ")).status_code == 302
    assert send_code(two, codes[3]).status_code == 422
    assert RecoveryCode.objects.of_person(person).count() == 9


def test_recovery_codes_are_kept_as_digests_and_of_others_are_good_for_nothing(signed_in: Client, person):
    _device, codes = turn_on(signed_in)
    other = PersonFactory(editor=True)
    make.second_factor(other)
    browser = Client()
    sign_in(browser, other)

    assert not set(RecoveryCode.objects.values_list("digest", flat=True)) & set(codes)
    assert send_code(browser, codes[0]).status_code == 422


def test_half_signed_in_lasts_five_minutes_and_ends_with_the_password(signed_in: Client, person, clock):
    device, _codes = turn_on(signed_in)
    late, changed = Client(), Client()
    for browser in (late, changed):
        sign_in(browser, person)
    person.set_password("another long phrase 8")
    person.save()
    assert changed.get(CODE)["Location"] == SIGN_IN
    sign_in(late, person, "another long phrase 8")
    assert late.get(CODE).status_code == 200

    clock.shift(timedelta(minutes=5, seconds=1))

    assert send_code(late, code_of(device))["Location"] == SIGN_IN
    assert not is_signed_in(late)


def test_who_signs_in_where_another_was_on_the_way_stays_as_long_as_others_do(signed_in: Client, person, clock):
    turn_on(signed_in)
    browser = Client()
    sign_in(browser, person)
    sign_in(browser, PersonFactory(researcher=True))

    clock.shift(timedelta(minutes=6))

    assert is_signed_in(browser)


def test_the_way_goes_on_to_where_it_led_and_to_no_other_site(signed_in: Client, person):
    device, codes = turn_on(signed_in)
    there, elsewhere = Client(), Client()
    sign_in(there, person, next="/desk/articles/")
    sign_in(elsewhere, person, next="https://evil.example/")

    assert send_code(there, code_of(device, later=1))["Location"] == "/desk/articles/"
    assert send_code(elsewhere, codes[0])["Location"] == "/desk/"


def test_turning_it_on_ends_other_sign_ins(signed_in: Client, person):
    other = Client()
    sign_in(other, person)

    turn_on(signed_in)

    assert is_signed_in(signed_in)
    assert not is_signed_in(other)


@pytest.mark.parametrize("act", ["off", "renew"])
def test_turning_it_off_and_new_codes_ask_for_password_and_code(signed_in: Client, act: str, clock):
    device, codes = turn_on(signed_in)
    address = FACTOR + {"off": "off/", "renew": "recovery-codes/"}[act]
    clock.shift(timedelta(seconds=30))

    for password, code in (("wrong", code_of(device)), (PASSWORD, "000000"), (PASSWORD, "")):
        assert signed_in.post(address, {f"{act}-present": password, f"{act}-code": code}).status_code == 422
    assert TOTPDevice.objects.filter(confirmed=True).exists()
    answer = signed_in.post(address, {f"{act}-present": PASSWORD, f"{act}-code": code_of(device)})

    assert answer.status_code == (302 if act == "off" else 200)
    assert TOTPDevice.objects.exists() is (act == "renew")
    assert codes[0] not in answer.content.decode()
    assert RecoveryCode.objects.count() == (0 if act == "off" else 10)


def test_reset_takes_device_and_codes_away_and_says_so(signed_in: Client, person, capsys):
    turn_on(signed_in)

    call_command("reset_person", person.username)

    assert "second factor" in capsys.readouterr().err
    assert not TOTPDevice.objects.exists()
    assert not RecoveryCode.objects.exists()
    assert not SignIn.objects.exists()


EVERYWHERE = [
    "/",
    "/desk/",
    "/accounts/me/",
    "/accounts/me/everything/",
    "/accounts/me/leave/",
    "/articles/",
    "/admin/",
]


@pytest.mark.parametrize("trait", ["editor", "administrator"])
def test_where_it_is_required_who_can_write_gets_no_further_without(client: Client, settings, trait: str):
    settings.ARCHIVE_SECOND_FACTOR = "required"
    sign_in(client, PersonFactory(**{trait: True}))

    for address in EVERYWHERE[:-1]:
        assert client.get(address)["Location"] == FACTOR, address
    assert client.post("/accounts/me/password/", {"present": PASSWORD})["Location"] == FACTOR
    assert client.get(FACTOR).status_code == 200

    turn_on(client)

    assert client.get("/desk/").status_code == 200
    assert client.get(ME).status_code == 200


def test_where_it_is_required_who_cannot_write_is_offered_it(client: Client, settings):
    settings.ARCHIVE_SECOND_FACTOR = "required"
    sign_in(client, PersonFactory(researcher=True))

    assert client.get(ME).status_code == 200


def test_a_sign_in_past_the_page_for_codes_is_none_where_it_is_required(client: Client, settings, person):
    settings.ARCHIVE_SECOND_FACTOR = "required"
    make.second_factor(person)
    client.force_login(person)

    assert client.get("/desk/")["Location"] == SIGN_IN
    assert not is_signed_in(client)


def test_turned_off_where_it_is_required_it_is_asked_for_again(signed_in: Client, settings, clock):
    settings.ARCHIVE_SECOND_FACTOR = "required"
    device, _codes = turn_on(signed_in)
    clock.shift(timedelta(seconds=30))

    signed_in.post(f"{FACTOR}off/", {"off-present": PASSWORD, "off-code": code_of(device)})

    assert signed_in.get("/desk/")["Location"] == FACTOR


def test_secrets_are_on_no_page_of_another_person(client: Client, person):
    other = PersonFactory(administrator=True)
    theirs = make.second_factor(other), make.RecoveryCodeFactory(person=other), make.SignInFactory(person=other)
    client.force_login(person)

    for address in (ME, FACTOR, f"{ME}everything/", f"{ME}leave/"):
        page = client.get(address).content.decode()
        for secret in (theirs[0].key, theirs[1].digest, theirs[2].session_key, theirs[2].public_id, other.username):
            assert secret not in page, address


def test_one_s_own_secret_is_shown_only_until_it_counts(signed_in: Client):
    device, codes = turn_on(signed_in)

    pages = "".join(signed_in.get(address).content.decode() for address in (ME, FACTOR, f"{ME}everything/"))

    assert device.key not in pages
    assert "<svg" not in pages
    assert not any(code in pages for code in codes)
