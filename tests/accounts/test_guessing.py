"""Guessing is slow: by account, by source, for codes and for links; and few hashes are made at once."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import caches
from django.db import connection
from django.test import Client

from archive import passwords
from archive.accounts import guessing, links
from tests import factories as make
from tests.accounts.signing import CODE, ME, SIGN_IN, code_of, is_signed_in, send_code, sign_in
from tests.factories import PASSWORD, PersonFactory

pytestmark = pytest.mark.django_db
START = datetime(2026, 11, 3, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(START, tick=False) as travelling:
        yield travelling


def guess(name: str, address: str = "203.0.113.7", password: str = "", **more: str):
    return Client(REMOTE_ADDR=address).post(SIGN_IN, {"username": name, "password": password or "wrong", **more})


def strangers(name: str, tries: int = guessing.OF_ACCOUNT) -> None:
    """All tries of an account, each from elsewhere."""
    for number in range(tries):
        assert guess(name, f"198.51.100.{number}").status_code == 200


@pytest.mark.parametrize("name", ["kate", "nobody"])
def test_an_account_that_is_guessed_at_is_slowed_whether_it_is_there_or_not(name: str):
    PersonFactory(username="kate")
    strangers(name)

    answer = guess(f" {name} ", "192.0.2.1", PASSWORD, next="/desk/articles/")

    assert answer.status_code == 429
    assert answer["Retry-After"] == "300"
    page = answer.content.decode()
    assert f'value=" {name} "' in page or f'value="{name}"' in page
    assert 'value="/desk/articles/"' in page
    assert "Wait five minutes" in page


def test_after_five_minutes_the_right_password_is_right_again(clock):
    PersonFactory(username="kate")
    strangers("kate")
    assert guess("kate", password=PASSWORD).status_code == 429

    clock.shift(timedelta(minutes=5, seconds=2))

    assert guess("kate", password=PASSWORD).status_code == 302


def test_from_where_the_owner_signed_in_today_strangers_do_not_keep_them_out():
    PersonFactory(username="kate")
    assert guess("kate", "192.0.2.1", PASSWORD).status_code == 302

    strangers("kate", guessing.OF_ACCOUNT - 1)

    assert guess("kate", "192.0.2.2", PASSWORD).status_code == 429
    assert guess("kate", "192.0.2.1", PASSWORD).status_code == 302


def test_a_source_that_tries_many_names_is_slowed_and_others_are_not():
    PersonFactory(username="kate")
    for number in range(guessing.OF_SOURCE):
        assert guess(f"name-{number}").status_code == 200

    assert guess("kate", password=PASSWORD).status_code == 429
    assert guess("kate", "192.0.2.1", PASSWORD).status_code == 302


def test_neither_names_nor_addresses_are_kept():
    guess("kate-the-typed-name")

    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM archive_slowdown")
        assert "kate" not in str(rows := cursor.fetchall())
    assert rows
    assert "203.0.113" not in str(rows)


def test_codes_are_slowed_for_the_account_and_the_right_one_with_them(clock):
    person = PersonFactory(editor=True)
    device = make.second_factor(person)
    client = Client()
    sign_in(client, person)
    for _number in range(guessing.OF_CODES):
        assert send_code(client, "000000").status_code == 422

    answer = send_code(client, code_of(device))

    assert answer.status_code == 429
    assert answer["Retry-After"] == "300"
    assert not is_signed_in(client)
    clock.shift(timedelta(minutes=5, seconds=2))
    sign_in(client, person)
    assert send_code(client, code_of(device)).status_code == 302


def test_the_present_password_is_guessed_slowly_too(client: Client):
    client.force_login(PersonFactory())
    form = {"present": "wrong", "password": "an entirely different phrase 7", "again": "an entirely different phrase 7"}
    for _number in range(guessing.OF_ACCOUNT):
        assert client.post(f"{ME}password/", form).status_code == 422

    assert client.post(f"{ME}password/", form | {"present": PASSWORD}).status_code == 429


def test_links_that_do_not_work_are_slowed_and_a_good_one_is_not(client: Client):
    good = links.path_for(PersonFactory())
    for number in range(guessing.OF_LINKS):
        assert client.get(f"/accounts/password/{number:08}/x-y/").status_code == 404

    answer = client.get("/accounts/password/zzzzzzzz/x-y/")

    assert answer.status_code == 429
    assert answer["Retry-After"] == "3600"
    assert client.get(good).status_code == 200


@pytest.fixture
def argon2(settings):
    settings.PASSWORD_HASHERS = ["archive.passwords.FewAtOnceArgon2PasswordHasher"]


def test_when_all_turns_are_taken_signing_in_answers_503_and_later_goes_on(argon2, monkeypatch):
    monkeypatch.setattr(passwords, "LONGEST_WAIT", 0.01)
    person = PersonFactory()
    with passwords.turn(), passwords.turn():
        answer = sign_in(Client(raise_request_exception=False), person)

    assert answer.status_code == 503
    assert int(answer["Retry-After"]) > 0
    assert sign_in(Client(), person).status_code == 302


def test_two_hashes_are_made_at_once_and_no_more(argon2, monkeypatch):
    now, most, lock = 0, 0, threading.Lock()
    both = threading.Event()

    def work() -> None:
        nonlocal now, most
        with passwords.turn():
            with lock:
                now += 1
                most = max(most, now)
                if now == passwords.AT_ONCE:
                    both.set()
            both.wait(5)
            with lock:
                now -= 1

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert most == passwords.AT_ONCE


def test_an_unknown_name_costs_a_hash_as_a_known_one_does(argon2, monkeypatch):
    made = []
    before = passwords.turn
    monkeypatch.setattr(passwords, "turn", lambda: made.append(1) or before())
    PersonFactory(username="kate")
    counts = []
    for name in ("kate", "nobody"):
        made.clear()
        guess(name)
        counts.append(len(made))

    assert counts == [1, 1]


def test_nobody_who_only_looks_takes_a_place(client: Client):
    caches["slowdown"].clear()
    for address in (SIGN_IN, CODE, "/"):
        client.get(address)

    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM archive_slowdown")
        assert cursor.fetchone() == (0,)
