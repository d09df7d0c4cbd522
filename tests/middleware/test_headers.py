"""What every answer says to the browser."""

import pytest
from django.test import Client

from tests import factories


@pytest.mark.parametrize("address", ["/robots.txt", "/healthz", "/no-such-page/", "/articles/%00"])
def test_every_answer_forbids_what_comes_from_elsewhere(client: Client, address: str):
    headers = client.get(address).headers

    assert headers["Content-Security-Policy"].startswith("default-src 'none'; ")
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


def test_scripts_come_from_here_and_ask_here_alone(client: Client):
    policy = client.get("/robots.txt").headers["Content-Security-Policy"].split("; ")

    assert {"default-src 'none'", "script-src 'self'", "connect-src 'self'"} <= set(policy)


@pytest.mark.parametrize("address", ["/robots.txt", "/healthz", "/no-such-page/"])
def test_anonymous_readers_get_no_cookie(client: Client, address: str):
    assert not client.get(address).cookies


@pytest.mark.django_db
def test_answers_to_signed_in_people_are_kept_nowhere(client: Client):
    client.force_login(factories.PersonFactory())

    assert client.get("/robots.txt").headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("verb", ["post", "put", "delete", "patch"])
def test_a_wrong_verb_is_405_with_a_page_that_names_the_right_ones(client: Client, verb: str):
    answer = getattr(client, verb)("/robots.txt")

    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, HEAD"
    assert "GET, HEAD" in answer.content.decode()
