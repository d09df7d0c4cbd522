"""Files hold the records of their list, whatever it was asked, in its order."""

import csv
import io
import json
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from archive.access import extracts
from archive.exports import files
from archive.models import Article
from archive.provenance import counts
from tests.factories import (
    DAY,
    AppearanceFactory,
    ArticleFactory,
    ClaimFactory,
    OutletFactory,
    PersonFactory,
    TacticFactory,
    TacticUseFactory,
)

pytestmark = pytest.mark.django_db


def body(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return b"".join(answer).decode()


def ids_on_pages(client: Client, path: str, query: str) -> list[str]:
    """The ids that the list shows, page after page."""
    found: list[str] = []
    for number in range(1, 100):
        page = client.get(f"{path}?{query}&page={number}").context
        if page["list"].problems:
            return found
        found += [row.ref.id for row in page[path.strip("/")]]
    raise AssertionError("The list has no end.")


@pytest.fixture(scope="module")
def mixed(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Once for all tests here, in a transaction that is rolled back after the last of them."""
    with django_db_blocker.unblock(), transaction.atomic():
        make_mixed_archive()
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _archive(mixed: None, db: None) -> None:
    """Each test within a savepoint of its own."""


def make_mixed_archive() -> None:
    outlets = [OutletFactory(published=True, slug=slug) for slug in ("one", "two", "three")]
    tactic = TacticFactory(slug="raid")
    for number in range(45):
        article = ArticleFactory(
            published=True, outlet=outlets[number % 3], published_from=DAY.replace(year=2000 + number % 7)
        )
        claim = ClaimFactory(published=True)
        report = AppearanceFactory(article=article, claim=claim)
        if number % 2:
            TacticUseFactory(appearance=report, tactic=tactic)
        counts.rewrite([claim.pk])
    ArticleFactory(published=True, undated=True, outlet=outlets[0])
    ArticleFactory(outlet=outlets[0], headline="A headline of a draft")
    extracts.rebuild(list(Article.objects.values_list("pk", flat=True)))


@pytest.mark.parametrize(
    ("kind", "query"),
    [
        ("articles", ""),
        ("articles", "sort=oldest"),
        ("articles", "outlet=one"),
        ("articles", "outlet=one&outlet=three&sort=oldest"),
        ("articles", "from=2001&to=2004-06&date=published"),
        ("articles", "sort=saved"),
        ("articles", "q=headline*"),
        ("articles", "outlet=one&from=&to=&date=published&sort=newest"),
        ("claims", ""),
        ("claims", "sort=happened"),
        ("claims", "sort=said&tactic=raid"),
        ("claims", "tactic=raid"),
    ],
)
@pytest.mark.parametrize("reader", ["anybody", "editor"])
def test_files_hold_exactly_the_records_of_the_list_in_its_order(
    client: Client, monkeypatch, kind: str, query: str, reader: str
):
    # Several batches, the last one not full.
    monkeypatch.setattr(files, "BATCH", 7)
    if reader == "editor":
        client.force_login(PersonFactory(editor=True))

    listed = ids_on_pages(client, f"/{kind}/", query)
    as_csv = [line["id"] for line in csv.DictReader(io.StringIO(body(client, f"/{kind}.csv?{query}")))]
    as_json = [record["id"] for record in json.loads(body(client, f"/{kind}.json?{query}"))["records"]]

    assert len(listed) > 14
    assert as_csv == as_json == listed
