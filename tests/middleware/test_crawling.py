"""Robots are told where the many addresses of a list end."""

import pytest
from django.test import Client

from tests.doors.table import ROWS
from tests.factories import ArticleFactory, ClaimFactory, OutletFactory

pytestmark = pytest.mark.django_db
LISTS = ["/articles/", "/claims/", "/outlets/", "/sources/", "/actors/", "/figures/", "/measures/", "/tactics/"]
LISTS += ["/corrections/"]
FILES = ["/articles.csv", "/articles.json", "/articles.atom", "/claims.csv", "/claims.json", "/claims.atom"]


def robots(client: Client, address: str) -> str | None:
    return client.get(address).headers.get("X-Robots-Tag")


def test_every_public_list_is_looked_at_here():
    named = [row.name for row in ROWS if row.name.endswith("-list") and row.answers["anonymous"] == 200]

    assert len(set(named)) == len(LISTS)


@pytest.mark.parametrize("path", LISTS)
def test_a_list_may_be_kept_while_it_has_one_filter_at_most(client: Client, path: str):
    assert robots(client, path) is None
    assert robots(client, f"{path}?outlet=one&from=&to=&date=published&page=2&sort=oldest") is None


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("query", ["outlet=one&outlet=two", "tactic=raid&people=x", "tactic=raid&bogus=1"])
def test_a_list_with_two_filters_or_more_is_not_for_search_engines(client: Client, path: str, query: str):
    assert robots(client, f"{path}?{query}") == "noindex, nofollow"


@pytest.mark.parametrize("path", FILES)
def test_files_of_lists_are_not_for_search_engines(client: Client, path: str):
    assert robots(client, path) == "noindex, nofollow"


def test_a_page_that_is_held_already_is_still_not_for_search_engines(client: Client):
    OutletFactory(published=True, slug="one")
    OutletFactory(published=True, slug="two")
    address = "/articles/?outlet=one&outlet=two"
    tag = client.get(address).headers["ETag"]

    answer = client.get(address, headers={"If-None-Match": tag})

    assert answer.status_code == 304
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"


def many(count: int, name: str = "filter{}") -> str:
    return "&".join(f"{name.format(number)}=x" for number in range(count))


@pytest.mark.parametrize("path", [*LISTS, *FILES])
@pytest.mark.parametrize("query", [many(9), many(25, "outlet"), many(1000, "f{}"), many(1001, "f{}")])
def test_more_filters_than_anybody_chooses_are_400_with_the_reason(client: Client, path: str, query: str):
    answer = client.get(f"{path}?{query}")

    assert answer.status_code == 400
    if query != many(1001, "f{}"):
        assert b"at most 8 filters" in answer.content


def test_eight_filters_and_many_values_of_one_are_answered(client: Client):
    slugs = [OutletFactory(published=True).slug for _ in range(24)]

    assert "Too many" not in client.get(f"/articles/?{many(8)}").content.decode()
    assert client.get("/articles.json?" + "&".join(f"outlet={slug}" for slug in slugs)).status_code == 200


def test_records_are_for_search_engines(client: Client):
    for record in (ArticleFactory(published=True), ClaimFactory(published=True)):
        assert robots(client, record.get_absolute_url()) is None
