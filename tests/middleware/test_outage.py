"""The bad day: 503 that says when to come back, and reading that goes on while writing rests."""

import pytest
from django.db import connection
from django.db.utils import InterfaceError, OperationalError
from django.test import Client

from archive.pages import errors
from tests import factories


class Unplugged:
    """Fail each statement as a database that has gone away does."""

    def __call__(self, execute, sql, params, many, context):
        raise OperationalError("server closed the connection unexpectedly")


@pytest.mark.django_db
def test_a_page_is_503_while_the_database_is_away(client: Client):
    with connection.execute_wrapper(Unplugged()):
        answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "30"


@pytest.mark.django_db
def test_the_process_is_alive_while_the_database_is_away(client: Client):
    with connection.execute_wrapper(Unplugged()):
        assert client.get("/healthz").status_code == 200


@pytest.mark.django_db
def test_an_outage_while_the_session_is_looked_up_is_503(client: Client):
    client.force_login(factories.PersonFactory())
    client.raise_request_exception = False

    with connection.execute_wrapper(Unplugged()):
        answer = client.get("/desk/")

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "30"


@pytest.mark.django_db
def test_a_page_that_asks_the_database_is_503_for_anonymous_readers(client: Client):
    client.raise_request_exception = False

    with connection.execute_wrapper(Unplugged()):
        assert client.get("/articles/").status_code == 503


@pytest.mark.parametrize(
    "words",
    ["database is locked", "canceling statement due to statement timeout", "couldn't get a connection"],
)
def test_locks_timeouts_and_a_full_pool_are_outages(words: str):
    assert errors.is_outage(OperationalError(words))


def test_a_connection_that_was_closed_is_an_outage():
    assert errors.is_outage(InterfaceError("connection already closed"))


@pytest.mark.parametrize(
    "mistake",
    [OperationalError("no such table: x"), OperationalError('near "FRM": syntax error'), ValueError("x")],
)
def test_our_own_mistakes_are_not_outages(mistake: Exception):
    assert not errors.is_outage(mistake)


def test_a_change_is_503_while_the_archive_is_read_only(client: Client, settings):
    settings.ARCHIVE_READ_ONLY = True

    answer = client.post("/accounts/sign-in/", {"username": "somebody"})

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "30"
    assert "takes no changes" in answer.content.decode()


def test_reading_goes_on_while_the_archive_is_read_only(client: Client, settings):
    settings.ARCHIVE_READ_ONLY = True

    assert client.get("/robots.txt").status_code == 200
