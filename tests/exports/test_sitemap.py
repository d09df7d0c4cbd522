"""The map of addresses: what search engines may be told of, and nothing else."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from archive.exports import sitemap
from tests.factories import ActorFactory, ArticleFactory, ClaimFactory, OutletFactory, PersonFactory, SourceFactory

pytestmark = pytest.mark.django_db


def addresses(client: Client, address: str = "/sitemap.xml") -> list[str]:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("application/xml")
    return re.findall(r"<loc>http://testserver([^<]+)</loc>", b"".join(answer).decode())


def test_it_names_every_published_record_and_list(client: Client):
    article = ArticleFactory(published=True)
    records = [article, article.outlet, ClaimFactory(published=True), SourceFactory(published=True)]
    records.append(ActorFactory(published=True))

    found = addresses(client)

    assert {record.get_absolute_url() for record in records} < set(found)
    assert {"/", "/articles/", "/claims/", "/about/"} < set(found)
    assert len(found) == len(set(found))


@pytest.mark.parametrize("reader", [{}, {"editor": True}])
def test_it_is_silent_about_what_is_hidden_withheld_or_asked_to_be_left_out(client: Client, reader: dict[str, bool]):
    hidden = [
        ArticleFactory(),
        ArticleFactory(withdrawn=True),
        ArticleFactory(published=True, is_noindex=True),
        ArticleFactory(published=True, headline_withheld=True),
        ArticleFactory(published=True, address_withheld=True),
        SourceFactory(published=True, title_withheld=True),
        SourceFactory(published=True, address_withheld=True),
        SourceFactory(published=True, of_article=True),
        OutletFactory(),
        ClaimFactory(in_review=True),
        ActorFactory(),
    ]
    if reader:
        client.force_login(PersonFactory(**reader))

    found = addresses(client)

    assert [record for record in hidden if f"/{record.public_id}/" in " ".join(found)] == []
    assert hidden[8].get_absolute_url() not in found


def test_a_large_archive_has_a_map_in_parts(client: Client, monkeypatch):
    monkeypatch.setattr(sitemap, "PART", 4)
    for record in ArticleFactory.create_batch(9, published=True):
        ClaimFactory(published=True, sentence=f"Claim {record.pk}")

    index = addresses(client)
    parts = [addresses(client, address) for address in index]
    records = [address for part in parts for address in part if re.search(r"/(articles|claims|outlets)/.", address)]

    assert index == [f"/sitemap.xml?part={number}" for number in range(1, 10)]
    assert len(records) == len(set(records)) == 27
    assert max(len(part) for part in parts[1:]) == 4
    assert parts[0][0] == "/"


@pytest.mark.parametrize("part", ["0", "2", "-1", "x", "", "٣", "9" * 5000])
def test_a_part_that_is_not_there_is_404(client: Client, part: str):
    OutletFactory(published=True)

    assert client.get(f"/sitemap.xml?part={part}").status_code == 404


def test_it_costs_as_many_queries_for_many_records_as_for_one(client: Client):
    found = []
    for more in (1, 19):
        ArticleFactory.create_batch(more, published=True)
        with CaptureQueriesContext(connection) as queries:
            addresses(client)
        found.append(len(queries))

    assert found[0] == found[1]


def test_robots_are_told_where_the_map_is_and_of_no_record(client: Client):
    ArticleFactory(published=True)

    lines = client.get("/robots.txt").content.decode().splitlines()

    assert "Sitemap: http://testserver/sitemap.xml" in lines
    assert not [line for line in lines if re.search(r"/(articles|claims|outlets|sources|actors)/", line)]
