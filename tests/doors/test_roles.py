"""The role × address table: who gets what where, and no address without its row."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.doors.table import ROLES, ROWS, Row

pytestmark = pytest.mark.django_db


def names(resolver: URLResolver, prefix: str = "") -> set[str]:
    """Full names of all patterns; a pattern without a name is given by its route, so that it fails."""
    found: set[str] = set()
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            found |= names(pattern, inner)
        elif isinstance(pattern, URLPattern):
            found.add(f"{prefix}{pattern.name or pattern.pattern}")
    return found


def test_every_address_stands_in_the_table() -> None:
    assert names(get_resolver(settings.ROOT_URLCONF)) == {row.name for row in ROWS}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name + row.query)
def test_each_role_gets_what_the_table_says(row: Row, world) -> None:
    for role in ROLES:
        client = Client(raise_request_exception=False)
        if world.people[role]:
            client.force_login(world.people[role])

        answer = client.get(row.address(world))

        assert answer.status_code == row.answers[role], f"{role}: {answer.content[:500]!r}"
        if answer.status_code == 302:
            assert answer.headers["Location"].startswith("/")
        if role == "anonymous" and row.name != "accounts:sign-in":
            assert not answer.cookies, f"{row.name} sets {list(answer.cookies)}"
        if role != "anonymous":
            assert answer.headers["Cache-Control"] == "private, no-store", role


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("browse:article-detail", "draft"),
        ("browse:article-json", "draft"),
        ("browse:outlet-detail", "draft_outlet"),
        ("browse:source-detail", "draft_source"),
        ("browse:actor-detail", "draft_actor"),
        ("claims:claim-detail", "draft_claim"),
        ("claims:claim-json", "draft_claim"),
    ],
)
def test_what_is_hidden_and_what_never_was_answer_alike(name: str, key: str, world) -> None:
    row = next(row for row in ROWS if row.name == name)
    hidden = row.every_address(world)[1 + row.others.index(key)]
    absent = hidden.replace(world.ids[key], "00000000")

    client = Client(raise_request_exception=False)
    first, second = client.get(hidden), client.get(absent)

    assert first.status_code == second.status_code == 404
    assert first.content == second.content


@pytest.mark.parametrize(
    ("name", "key"), [("browse:article-detail", "withdrawn"), ("claims:claim-detail", "withdrawn_claim")]
)
def test_a_withdrawn_record_answers_410_with_its_reason_and_nothing_else(name: str, key: str, world) -> None:
    row = next(row for row in ROWS if row.name == name)
    answer = Client().get(row.every_address(world)[1 + row.others.index(key)])

    assert answer.status_code == 410
    assert "Canary" not in answer.content.decode()
