"""Lists as files: the records of the page, all of them, in its order, in no other words than the public's."""

import csv
import io
import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from archive.access import extracts
from archive.exports import files
from archive.ingest.csv_rows import CsvRows
from archive.ingest.lines import lines
from archive.models import Article
from archive.models import vocabulary as terms
from archive.provenance import counts
from tests.factories import (
    DAY,
    AppearanceFactory,
    ArticleFactory,
    CitationFactory,
    ClaimFactory,
    OutletFactory,
    PassageFactory,
    PeopleGroupFactory,
    PersonFactory,
    PlaceFactory,
    RedactionFactory,
    SourceFactory,
    TacticFactory,
    TacticUseFactory,
    captured,
)
from tests.scenes import one_speech

pytestmark = pytest.mark.django_db


def body(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return b"".join(answer).decode()


def lines_of(client: Client, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body(client, address))))


@pytest.mark.parametrize("kind", ["articles", "claims"])
@pytest.mark.parametrize("ending", ["csv", "json", "atom"])
@pytest.mark.parametrize("query", ["bogus=1", "page=abc", "page=0", "page=1&page=2", "sort=name", "outlet=nobody"])
def test_a_question_that_cannot_be_understood_is_400_with_the_reason(
    client: Client, kind: str, ending: str, query: str
):
    answer = client.get(f"/{kind}.{ending}?{query}")
    text = answer.content.decode()

    assert answer.status_code == 400
    assert f"“{query.partition('=')[0]}”" in text
    assert f'href="/{kind}/' in text


def test_a_file_says_what_was_asked_and_on_which_day(client: Client):
    ArticleFactory(published=True, outlet__slug="one")
    today = timezone.localdate().isoformat()

    answer = client.get("/articles.csv?outlet=one&page=1")
    (line,) = csv.DictReader(io.StringIO(b"".join(answer).decode()))
    told = json.loads(body(client, "/articles.json?outlet=one"))

    assert answer.headers["Content-Disposition"] == f'attachment; filename="articles-{today}.csv"'
    assert (line["query"], line["exported_on"]) == ("outlet=one", today)
    assert (told["query"], told["exported_on"], told["count"]) == ("outlet=one", today, 1)
    assert told["list"] == "http://testserver/articles/?outlet=one"


def test_an_empty_list_is_a_whole_file(client: Client):
    OutletFactory(published=True, slug="one")

    assert lines_of(client, "/articles.csv?outlet=one") == []
    assert body(client, "/claims.csv").startswith("id,sentence,kind,")
    assert json.loads(body(client, "/articles.json?outlet=one"))["records"] == []


def test_an_articles_line_says_what_its_page_says(client: Client):
    article = one_speech().articles[0]

    line = next(line for line in lines_of(client, "/articles.csv") if line["id"] == article.public_id)

    assert line["title"] == "Headline ten"
    assert line["outlet"] == article.outlet.name
    assert line["url"] == article.address
    assert line["published_at"] == article.published_from.isoformat()
    assert line["passages"] == "already ten thousand were sent"
    assert (line["claims"], line["sources"], line["is_provisional"]) == ("1", "1", "no")
    assert line["version"] == "1"
    assert line["page"] == f"http://testserver/articles/{article.public_id}/"


def test_a_claims_line_has_the_counts_of_its_page_and_the_articles_that_are_counted(client: Client):
    scene = one_speech()

    (line,) = lines_of(client, "/claims.csv")
    (told,) = json.loads(body(client, "/claims.json"))["records"]

    assert [line[name] for name in ("articles", "routes", "origins", "denials")] == ["3", "2", "1", "0"]
    assert sorted(line["article_ids"].split("; ")) == sorted(article.public_id for article in scene.articles)
    assert told["page"] == f"http://testserver/claims/{scene.claim.public_id}/"
    assert [term["slug"] for term in told["tactics"]] == line["tactics"].split("; ")


@pytest.mark.parametrize("role", ["researcher", "editor", "administrator"])
def test_who_may_read_more_takes_no_more_away_than_the_public(client: Client, role: str):
    article = ArticleFactory(published=True, headline="Names a person", headline_withheld=True, outlet__limit=20)
    text = captured(article, "Names a person", "Short words here.", "Words over the limit, " + "and more " * 20)
    for words in ("Short words here.", "Words over the limit, " + "and more " * 20):
        passage = PassageFactory(capture_text=text, words=words.strip())
        AppearanceFactory(claim=ClaimFactory(published=True), article=article, passage=passage)
    RedactionFactory(passage=PassageFactory(capture_text=text, words="words"))
    extracts.rebuild([article.pk])
    for_the_public = [body(client, f"/articles.{ending}") for ending in ("csv", "json", "atom")]

    client.force_login(PersonFactory(**{role: True}))

    assert [body(client, f"/articles.{ending}") for ending in ("csv", "json", "atom")] == for_the_public
    assert "Short" in for_the_public[0]
    assert "over the limit" not in for_the_public[0] + for_the_public[1]
    assert "Names a person" not in "".join(for_the_public)


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "'=1", "''-1", "'quoted'", "plain", "\u2212no formula"]


@pytest.mark.parametrize("words", FORMULAS)
def test_a_formula_leaves_as_words_and_an_import_reads_it_as_it_was(client: Client, words: str):
    ArticleFactory(published=True, headline=words, outlet__name=words)

    text = body(client, "/articles.csv")
    (cells,) = list(csv.reader(io.StringIO(text)))[1:]
    (received,) = CsvRows(lines(io.BytesIO(text.encode())))

    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in cells)
    assert received.values["title"] == received.values["outlet"] == words


def test_an_import_reads_the_whole_of_an_export_as_it_was(client: Client):
    article = ArticleFactory(published=True, headline='A "quoted", long\u2028headline', language="uk")

    (received,) = CsvRows(lines(io.BytesIO(body(client, "/articles.csv").encode())))

    told = {name: received.values[name] for name in ("id", "title", "url", "outlet", "language", "published_at")}
    assert told == {
        "id": article.public_id,
        "title": article.headline,
        "url": article.address,
        "outlet": article.outlet.name,
        "language": "uk",
        "published_at": article.published_from.isoformat(),
    }


def listed_article() -> None:
    report = AppearanceFactory(published=True)
    TacticUseFactory(appearance=report)
    CitationFactory(article=report.article, source=SourceFactory(published=True))
    counts.rewrite([report.claim_id])
    listed_only = ArticleFactory(published=True)
    listed_only.provisional_people.add(PeopleGroupFactory())
    listed_only.provisional_areas.add(PlaceFactory())


@pytest.mark.parametrize("kind", ["articles", "claims"])
@pytest.mark.parametrize("ending", ["csv", "json", "atom"])
def test_a_file_costs_as_many_queries_for_forty_records_as_for_one(client: Client, kind: str, ending: str):
    found = []
    for more in (1, 39):
        for _ in range(more):
            listed_article()
        with CaptureQueriesContext(connection) as queries:
            assert body(client, f"/{kind}.{ending}").count(f"/{kind}/") >= more
        found.append(len(queries))

    assert found[0] == found[1]


def test_each_further_batch_costs_the_same(client: Client, monkeypatch):
    monkeypatch.setattr(files, "BATCH", 3)
    found = []
    for batches in (2, 4, 6):
        for _ in range(3):
            listed_article()
        with CaptureQueriesContext(connection) as queries:
            assert len(lines_of(client, "/articles.csv")) == 3 * batches
        found.append(len(queries))

    assert found[2] - found[1] == found[1] - found[0] < 30


def test_a_file_is_sent_while_it_is_made_and_leaves_out_what_is_taken_back_meanwhile(client: Client, monkeypatch):
    monkeypatch.setattr(files, "BATCH", 1)
    monkeypatch.setattr(files, "PIECE", 1)
    newest = ArticleFactory(published=True, published_from=DAY.replace(year=2025))
    oldest = ArticleFactory(published=True, headline="Taken back", published_from=DAY.replace(year=2001))

    answer: Any = client.get("/articles.json")
    sent = iter(answer)
    start = next(sent) + next(sent)
    Article.objects.filter(pk=oldest.pk).update(
        status=terms.RecordStatus.WITHDRAWN, withdrawn_on=DAY, withdrawn_reason=terms.WithdrawalReason.SAFETY
    )
    told = json.loads(start + b"".join(sent))

    assert [record["id"] for record in told["records"]] == [newest.public_id]
    assert told["count"] == 1


@pytest.mark.parametrize("kind", ["articles", "claims"])
def test_the_order_of_a_file_is_asked_for_and_not_left_to_the_database(client: Client, kind: str):
    """Small tables come back in the order of an index by chance, so that a comparison of ids alone proves nothing."""
    listed_article()

    with CaptureQueriesContext(connection) as queries:
        body(client, f"/{kind}.csv")

    ids = next(query["sql"] for query in queries if f'FROM "archive_{kind.removesuffix("s")}"' in query["sql"])
    assert "ORDER BY" in ids


def test_asking_for_the_head_of_a_file_makes_no_file(client: Client):
    listed_article()

    with CaptureQueriesContext(connection) as queries:
        answer = client.head("/articles.csv")

    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/csv")
    assert len(queries) < 4


def test_an_article_that_denies_a_claim_is_not_among_those_that_carry_it(client: Client):
    scene = one_speech()
    AppearanceFactory(claim=scene.claim, article=ArticleFactory(published=True), act=terms.Act.DENIES)
    counts.rewrite([scene.claim.pk])

    (line,) = lines_of(client, "/claims.csv")

    assert (line["articles"], line["denials"]) == ("3", "1")
    assert len(line["article_ids"].split("; ")) == 3


def test_an_article_that_is_not_coded_yet_has_its_provisional_terms_and_says_so(client: Client):
    article = ArticleFactory(published=True)
    article.provisional_tactics.add(TacticFactory(slug="raid"))

    (line,) = lines_of(client, "/articles.csv")

    assert (line["tactics"], line["is_provisional"], line["claim_ids"]) == ("raid", "yes", "")


def test_a_file_that_is_held_already_is_not_made_again_on_the_same_day(client: Client, time_machine):
    time_machine.move_to("2026-11-23T10:00:00Z")
    tag = client.get("/articles.csv").headers["ETag"]

    assert client.get("/articles.csv", headers={"If-None-Match": tag}).status_code == 304
    time_machine.move_to("2026-11-24T10:00:00Z")
    assert client.get("/articles.csv", headers={"If-None-Match": tag}).status_code == 200
