"""Counting each text once: a switch takes exactly the reprints out of a list and of every number beside it."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client

from archive.access import extracts
from archive.filters.articles import ArticleFilter
from archive.models import Article, ReprintGroup
from archive.search import engine
from tests import factories as make

pytestmark = pytest.mark.django_db


def article(day: str | None, **fields: Any) -> Article:
    if day is None:
        return make.ArticleFactory(published=True, undated=True, **fields)
    return make.ArticleFactory(published=True, published_from=datetime.date.fromisoformat(day), **fields)


@pytest.fixture
def text() -> ReprintGroup:
    return make.ReprintGroupFactory()


def ids(client: Client, question: str, page: str = "/articles") -> list[str]:
    """Ids in a list's file, which must be those of its page."""
    data = json.loads(b"".join(client.get(f"{page}.json?{question}").streaming_content))
    found = [row["id"] for row in data["records"]]
    assert [row.ref.id for row in client.get(f"{page}/?{question}").context_data["articles"]] == found
    return found


def test_a_text_stands_once_where_the_earliest_of_those_found_stands(client: Client, text: ReprintGroup):
    russian, english = (
        make.OutletFactory(published=True, slug="first"),
        make.OutletFactory(published=True, slug="other"),
    )
    undated = article(None, outlet=english, reprint_group=text)
    later = article("2024-07-02", outlet=english, reprint_group=text)
    first = article("2024-06-30", outlet=russian, reprint_group=text, headline="The first of them")
    alone = article("2024-07-01", outlet=english)
    make.ArticleFactory(reprint_group=text, published_from=datetime.date(2020, 1, 1))

    assert ids(client, "") == [later.public_id, alone.public_id, first.public_id, undated.public_id]
    assert ids(client, "once=1") == [alone.public_id, first.public_id]
    assert ids(client, "once=1&outlet=other") == [later.public_id, alone.public_id]
    assert ids(client, "once=1&from=2024-07") == [later.public_id, alone.public_id]
    assert ids(client, "once=1&date=undated") == [undated.public_id]


def test_the_switch_says_how_many_texts_there_are_and_its_address_gives_them(client: Client, text: ReprintGroup):
    for day in ("2024-06-01", "2024-06-02", "2024-06-03"):
        article(day, reprint_group=text, language="ru")
    article("2024-06-04", language="ru")

    off = client.get("/articles/?language=ru&page=1").context_data["once"]
    on = client.get(f"/articles/{off.address}")

    assert off.address == "?language=ru&once=1"
    assert (off.articles, off.texts) == (4, 2)
    assert on.context_data["list"].total == 2
    assert (on.context_data["once"].articles, on.context_data["once"].texts) == (4, 2)
    assert on.context_data["once"].address == "?language=ru"
    assert '<input type="checkbox" name="once" value="1" form="ask" checked>' in on.content.decode()


def test_there_is_no_switch_where_no_two_articles_are_one_text(client: Client, text: ReprintGroup):
    article("2024-06-01", reprint_group=text)
    article("2024-06-01")

    assert 'name="once"' not in client.get("/articles/").content.decode()


def test_the_row_of_a_text_leads_to_the_articles_that_it_stands_for(client: Client, text: ReprintGroup):
    others = [
        article(f"2024-06-0{number}", reprint_group=text, outlet__name=f"Reprinting outlet {number}")
        for number in range(2, 9)
    ]
    first = article("2024-06-01", reprint_group=text)

    page = client.get("/articles/?once=1")
    row = page.context_data["articles"][0]

    assert row.ref.id == first.public_id
    assert [one.ref.id for one in row.also] == [one.public_id for one in others[:5]]
    assert row.also_more == 2
    assert f'<a href="{others[0].get_absolute_url()}">Reprinting outlet 2</a> (2 June 2024)' in page.content.decode()
    assert "also in" not in client.get("/articles/").content.decode()


QUESTIONS = ["once=1", "once=1&from=2024-06&to=2024-07", "once=1&from=2024-07", "once=1&q=number"]


@pytest.mark.parametrize("question", QUESTIONS)
def test_bars_of_texts_add_up_and_each_leads_to_as_many(client: Client, text: ReprintGroup, question: str):
    for day in ("2024-06-30", "2024-07-02", "2023-01-09", None):
        article(day, reprint_group=text)
        article(day)
    pair = make.ReprintGroupFactory()
    for day in ("2024-07-09", "2024-08-01"):
        article(day, reprint_group=pair)
    extracts.rebuild(list(Article.objects.values_list("pk", flat=True)))

    page = client.get(f"/articles/?{question}").context_data

    assert sum(bar.count for bar in page["bars"].all) == page["list"].total
    for bar in page["bars"].all:
        behind = client.get(bar.address).context_data
        assert behind["list"].total == bar.count, bar.address
        assert behind["once"].texts == bar.count
        counted = client.get(bar.address.replace("once=1&", "")).context_data
        assert counted["list"].total == behind["once"].articles
        assert counted["once"] is None or counted["once"].texts == bar.count


def test_a_chart_of_texts_says_that_it_counts_texts(client: Client, text: ReprintGroup):
    for day in ("2024-06-01", "2024-06-02", "2024-07-02"):
        article(day, reprint_group=text)
    article("2024-07-03")
    chart, of_articles = (
        client.get(address).content.decode().partition('<figure class="bars">')[2].partition("</figure>")[0]
        for address in ("/articles/?once=1", "/articles/")
    )

    for said in ('aria-label="Texts by month"', ">Texts</th>", 'aria-label="June 2024: 1 text"'):
        assert said in chart
        assert said not in of_articles
    for said in ('aria-label="Articles by month"', ">Articles</th>", 'aria-label="June 2024: 2 articles"'):
        assert said in of_articles
        assert said not in chart


@pytest.mark.parametrize("question", ["", "once=1", "counted=2024"])
def test_a_switch_that_takes_too_long_is_stopped(text: ReprintGroup, monkeypatch: pytest.MonkeyPatch, question: str):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL stops statements itself: statement_timeout is tested with the settings.")
    for day in ("2024-06-01", "2024-06-02"):
        article(day, reprint_group=text)
    asked = ArticleFilter(QueryDict(question), queryset=Article.objects.published().newest_first(), request=None)
    assert asked.is_valid()
    monkeypatch.setattr(engine, "_STEPS_BETWEEN_LOOKS", 1)
    monkeypatch.setattr(engine.time_limit.__wrapped__, "__defaults__", (0.0,))

    with pytest.raises(engine.SearchTooSlow):
        asked.switch(2)


def test_counting_texts_of_a_whole_list_reads_which_are_one_text_once(
    client: Client, text: ReprintGroup, django_assert_num_queries: Callable[..., Any]
):
    for day in ("2024-06-01", "2024-06-02"):
        article(day, reprint_group=text)
    asked = ArticleFilter(QueryDict("once=1"), queryset=Article.objects.published().newest_first(), request=None)
    assert asked.is_valid()

    with django_assert_num_queries(1):
        switch = asked.switch(1)

    assert (switch.articles, switch.texts) == (2, 1)


def test_the_list_on_an_outlets_page_counts_texts_as_well(client: Client, text: ReprintGroup):
    outlet = make.OutletFactory(published=True, slug="often")
    first = article("2024-06-01", outlet=outlet, reprint_group=text)
    for day in ("2024-06-02", "2024-07-02"):
        article(day, outlet=outlet, reprint_group=text)
    article("2024-07-03", outlet=outlet)

    page = client.get("/outlets/often/?once=1")

    assert page.context_data["list"].total == 2
    assert page.context_data["articles"][-1].ref.id == first.public_id
    assert page.context_data["once"].articles == 4
    assert [bar.count for bar in page.context_data["bars"].all] == [1, 1]
    for bar in page.context_data["bars"].all:
        assert client.get(bar.address).context_data["list"].total == bar.count
    assert client.get(page.context_data["all_articles"]).context_data["list"].total == 2


def test_the_feed_and_the_table_hold_each_text_once(client: Client, text: ReprintGroup):
    for day in ("2024-06-01", "2024-06-02"):
        article(day, reprint_group=text)

    assert client.get("/articles.atom?once=1").content.decode().count("<entry>") == 1
    rows = b"".join(client.get("/articles.csv?once=1").streaming_content).decode().strip().splitlines()
    assert len(rows) == 2


@pytest.mark.parametrize("question", ["once=2", "once=yes", "once=1&once=1"])
def test_a_switch_is_one_or_nothing(client: Client, question: str):
    assert "once" in client.get(f"/articles/?{question}").context_data["list"].problems[0]
    assert client.get(f"/articles.csv?{question}").status_code == 400


def test_claims_are_not_asked_to_count_texts(client: Client):
    assert client.get("/claims.json?once=1").status_code == 400


def test_counting_texts_costs_as_many_queries_however_many_there_are(count_queries: Callable[..., int]):
    def text_of_three() -> None:
        text = make.ReprintGroupFactory()
        for day in ("2024-06-01", "2024-06-02", "2024-07-03"):
            article(day, reprint_group=text)

    for _ in range(2):
        text_of_three()
    before = count_queries("/articles/?once=1"), count_queries("/articles/")
    for _ in range(4):
        text_of_three()

    assert (count_queries("/articles/?once=1"), count_queries("/articles/")) == before
