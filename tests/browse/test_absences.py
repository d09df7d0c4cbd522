"""Addresses behind which nothing is to be seen: merged, withdrawn, hidden or never there."""

import pytest
from django.test import Client

from archive.models import vocabulary as terms
from tests.factories import (
    ActorFactory,
    ArticleFactory,
    ClaimFactory,
    OutletFactory,
    RedirectFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db
RECORDS = {
    "article": (ArticleFactory, {"headline": "What stood here"}),
    "outlet": (OutletFactory, {"name": "What stood here"}),
    "claim": (ClaimFactory, {"sentence": "What stood here"}),
    "source": (SourceFactory, {"title": "What stood here"}),
    "actor": (ActorFactory, {"name": "What stood here"}),
}


@pytest.mark.parametrize("kind", RECORDS)
def test_a_withdrawn_record_says_why_and_when_and_nothing_else(client: Client, kind: str):
    factory, words = RECORDS[kind]
    record = factory(withdrawn=True, **words)

    answer = client.get(record.get_absolute_url())
    text = answer.content.decode()

    assert answer.status_code == 410
    assert "To protect people" in text
    assert "20 November 2026" in text
    assert "What stood here" not in text


@pytest.mark.parametrize("kind", RECORDS)
def test_a_merged_record_leads_to_the_one_that_holds_it_now(client: Client, kind: str):
    factory, words = RECORDS[kind]
    record = factory(published=True, **words)
    key = record.slug if kind == "outlet" else record.public_id
    RedirectFactory(kind=terms.RecordKind(kind), old="gone-now", new=key)

    answer = client.get(f"/{kind}s/gone-now/")

    assert answer.status_code == 301
    assert answer.headers["Location"] == record.get_absolute_url()


@pytest.mark.parametrize("kind", RECORDS)
def test_a_hidden_record_answers_like_one_that_never_was(client: Client, kind: str):
    factory, words = RECORDS[kind]
    record = factory(**words)

    hidden, absent = client.get(record.get_absolute_url()), client.get(f"/{kind}s/00000000/")

    assert hidden.status_code == absent.status_code == 404
    assert hidden.content == absent.content


@pytest.mark.parametrize("path", ["articles", "claims"])
def test_machines_get_the_same_answers(client: Client, path: str):
    factory = ArticleFactory if path == "articles" else ClaimFactory
    withdrawn, kept = factory(withdrawn=True), factory(published=True)
    RedirectFactory(kind=terms.RecordKind(path.removesuffix("s")), old="gone-now", new=kept.public_id)

    gone, moved = client.get(f"/{path}/{withdrawn.public_id}.json"), client.get(f"/{path}/gone-now.json")

    assert gone.status_code == 410
    assert gone.json() == {
        "kind": path.removesuffix("s"),
        "withdrawn_on": "2026-11-20",
        "reason": "To protect people",
    }
    assert (moved.status_code, moved.headers["Location"]) == (301, f"/{path}/{kept.public_id}.json")
    assert client.get(f"/{path}/00000000.json").status_code == 404


def test_a_measure_that_nobody_uses_is_not_found(client: Client):
    assert client.get("/measures/sent/nobody/nowhere/").status_code == 404
