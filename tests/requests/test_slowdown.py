"""Slowing down without keeping who: digests under a key of the day, shared by all workers, gone when over."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import caches
from django.db import connection
from django.test import RequestFactory

from archive import slowdown

pytestmark = pytest.mark.django_db

DAY = datetime(2026, 11, 3, 12, tzinfo=UTC)


def takes(address: str = "203.0.113.7", act: str = "try", **headers: str) -> bool:
    request = RequestFactory().get("/", REMOTE_ADDR=address, headers=headers)
    return slowdown.takes_place(request, act, most=2, seconds=slowdown.HOUR)


def kept() -> list[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM archive_slowdown")
        return cursor.fetchall()


def places() -> list[str]:
    """Names of the places that are taken."""
    return [name for name, _value in kept() if ":key-" not in name]


def test_a_reader_has_some_places_for_each_act_and_others_have_their_own():
    assert [takes(), takes(), takes()] == [True, True, False]
    assert takes("203.0.113.8")
    assert takes(act="another")


def test_a_place_is_free_again_when_its_time_is_over():
    with time_machine.travel(DAY, tick=False) as clock:
        assert [takes(), takes(), takes()] == [True, True, False]
        clock.shift(timedelta(hours=1, seconds=2))
        assert takes()


def test_no_address_is_kept_and_no_two_days_have_the_same_digest():
    with time_machine.travel(DAY, tick=False) as clock:
        takes()
        clock.shift(timedelta(days=1))
        takes()

    assert len(set(places())) == 2
    assert "203.0.113" not in str(kept())


def test_when_the_key_of_the_day_is_gone_nobody_makes_the_same_digest_again():
    takes()
    before = places()
    caches["slowdown"].clear()
    takes()

    assert len(before + places()) == len({*before, *places()}) == 2


def test_the_key_of_a_day_goes_with_its_day():
    late = DAY.replace(hour=23, minute=50)
    with time_machine.travel(late, tick=False) as clock:
        takes()
        clock.shift(timedelta(hours=2, minutes=10))

        assert slowdown.forget_old() == 2
    assert kept() == []


def test_what_is_over_is_deleted_and_the_rest_is_kept():
    with time_machine.travel(DAY, tick=False) as clock:
        takes("203.0.113.7")
        clock.shift(timedelta(hours=2))
        takes("203.0.113.8")

        assert slowdown.forget_old() == 1
    assert len(places()) == 1


def test_a_household_of_the_newer_addresses_is_one_reader():
    assert [takes("2001:db8:1:2::1"), takes("2001:db8:1:2:ffff::9"), takes("2001:db8:1:2::7")] == [True, True, False]
    assert takes("2001:db8:1:3::1")


def test_an_older_address_in_newer_form_is_the_same():
    assert [takes("203.0.113.7"), takes("::ffff:203.0.113.7"), takes("203.0.113.7")] == [True, True, False]


def test_the_last_address_that_the_front_names_counts(settings):
    settings.ARCHIVE_READER_HEADER = "X-Reader-Address"

    named = [{"X-Reader-Address": f"198.51.100.{n}, 203.0.113.7"} for n in range(3)]
    assert [takes("10.0.0.1", **one) for one in named] == [True, True, False]
    assert takes("10.0.0.1", **{"X-Reader-Address": "203.0.113.8"})


def test_behind_a_front_that_names_nobody_nobody_waits_for_others(settings):
    settings.ARCHIVE_PRODUCTION = True

    assert all(takes("10.0.0.1") for _time in range(5))
    assert kept() == []


@pytest.mark.parametrize("address", ["", "unix:", "999.1.1.1", "x" * 500, "Адрес"])
def test_an_odd_address_is_some_reader(address: str):
    assert [takes(address), takes(address), takes(address)] == [True, True, False]


def test_all_workers_share_the_places():
    takes()

    (name,) = places()
    assert caches["slowdown"].has_key(name.split(":", 2)[2])
