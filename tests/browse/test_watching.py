"""Under every chart of months stands how many outlets were watched; months without watching are hatched."""

from __future__ import annotations

import datetime
import re

import pytest
from django.test import Client

from archive.models import Article, Outlet
from archive.provenance import counts
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def outlets() -> tuple[Outlet, Outlet]:
    """Two outlets with articles of March and April 2024; both watched in March, one from February to May."""
    first, second = (make.OutletFactory(published=True, slug=slug) for slug in ("first", "second"))
    for outlet, day in ((first, "2024-03-04"), (first, "2024-04-05"), (second, "2024-03-06")):
        make.ArticleFactory(published=True, outlet=outlet, published_from=datetime.date.fromisoformat(day))
    hidden = make.OutletFactory()
    for outlet, months in ((first, (2, 3, 4, 5)), (second, (3,)), (hidden, (1, 2, 3))):
        for month in months:
            make.CoverageFactory(outlet=outlet, month=datetime.date(2024, month, 1))
    return first, second


@pytest.mark.parametrize("page", ["/", "/articles/"])
def test_runs_of_months_say_how_many_outlets_were_watched(client: Client, outlets: tuple[Outlet, Outlet], page: str):
    answer = client.get(page)
    watching = answer.context_data["bars"].watching

    assert [(one.when, one.outlets) for one in watching.stretches] == [
        ("January 2024", 0),
        ("February 2024", 1),
        ("March 2024", 2),
        ("April 2024", 1),
        ("May 2024", 1),
        ("June to December 2024", 0),
    ]
    for one in watching.stretches:
        if one.outlets:
            assert client.get(one.address).context_data["list"].total == one.outlets
    assert [bar.watched for bar in answer.context_data["bars"].all] == [(2, 2), (1, 1)]
    page_said = answer.content.decode()
    assert "January 2024; June to December 2024." in page_said
    assert len(re.findall(r'<rect class="unwatched" aria-hidden="true"', page_said)) == 2


def test_hatching_covers_the_months_without_watching(client: Client, outlets: tuple[Outlet, Outlet]):
    gaps = client.get("/articles/").context_data["bars"].watching.gaps

    assert [(gap.at, gap.width) for gap in gaps] == [(0.0, 8.333), (41.667, 58.333)]


def test_a_list_of_some_outlets_counts_those(client: Client, outlets: tuple[Outlet, Outlet]):
    def watched(question: str) -> int:
        answer = client.get(f"/articles/?{question}").context_data["bars"]
        return max(one.outlets for one in answer.watching.stretches)

    assert watched("outlet=first") == 1
    assert watched("outlet_kind=news-site") == 2
    months = client.get("/articles/?outlet_kind=news-site").context_data["bars"].watching.stretches
    assert months[2].address == "/outlets/?outlet_kind=news-site&watched=2024-03"


@pytest.mark.parametrize("month", ["2024", "2024-03-01", "soon", "2024-01/2024-03"])
def test_outlets_are_asked_for_one_month(client: Client, month: str):
    assert "watched" in client.get(f"/outlets/?watched={month}").context_data["list"].problems[0]


def test_an_outlets_page_says_when_it_was_watched(client: Client, outlets: tuple[Outlet, Outlet]):
    page = client.get("/outlets/first/")

    assert page.context_data["watched"] == ["February to May 2024"]
    assert [gap.when for gap in page.context_data["bars"].watching.gaps] == ["January 2024", "June to December 2024"]
    assert "<li>February to May 2024</li>" in page.content.decode()
    assert "No month is noted" in client.get(make.OutletFactory(published=True).get_absolute_url()).content.decode()


def test_where_nothing_is_noted_everything_is_hatched_and_said_to_be(client: Client):
    for day in (4, 5):
        make.ArticleFactory(published=True, published_from=datetime.date(2024, 3, day))

    page = client.get("/articles/")

    assert [gap.when for gap in page.context_data["bars"].watching.gaps] == ["2024"]
    assert "That is so of all of these." in page.content.decode()


def test_months_that_have_not_come_are_not_hatched(client: Client):
    today = datetime.datetime.now(tz=datetime.UTC).date()
    for _ in range(2):
        make.ArticleFactory(published=True, published_from=today)

    (last,) = client.get("/articles/").context_data["bars"].watching.gaps

    assert last.when.endswith(f"{today:%B %Y}") or today.month == 12


def test_in_a_chart_by_year_each_number_leads_to_the_outlets_of_a_month_that_it_names(
    client: Client, outlets: tuple[Outlet, Outlet]
):
    make.ArticleFactory(published=True, outlet=outlets[0], published_from=datetime.date(2014, 5, 1))
    bars = client.get("/articles/").context_data["bars"]

    watched = [(one.when, one.outlets, one.linked) for one in bars.watching.stretches if one.outlets]

    assert bars.unit == "year"
    assert watched == [
        ("February 2024", 1, ""),
        ("March 2024", 2, ""),
        ("April to May 2024", 1, "April 2024"),
    ]
    for one in bars.watching.stretches:
        if one.outlets:
            assert client.get(one.address).context_data["list"].total == one.outlets


def test_a_claims_timeline_is_hatched_where_no_outlet_was_watched(client: Client, outlets: tuple[Outlet, Outlet]):
    claim = make.ClaimFactory(published=True)
    for article in Article.objects.all():
        make.AppearanceFactory(claim=claim, article=article)
    counts.rewrite([claim.pk])
    make.ArticleFactory(published=True, outlet=outlets[0], published_from=datetime.date(2024, 7, 1))
    later = make.ArticleFactory(published=True, outlet=outlets[0], published_from=datetime.date(2024, 6, 1))
    make.AppearanceFactory(claim=claim, article=later)

    answer = client.get(claim.get_absolute_url())
    timeline = answer.context_data["timeline"]

    assert [(gap.at, gap.width, gap.when) for gap in timeline.watching.gaps] == [(75.0, 25.0, "June 2024")]
    assert [one.outlets for one in timeline.watching.stretches] == [2, 1, 1, 0]
    page = answer.content.decode()
    assert page.count('<rect class="unwatched" aria-hidden="true"') == 1
    assert "what is missing there: June 2024." in re.sub(r"\s+", " ", page)


def test_the_small_bars_of_an_outlet_are_hatched_where_it_was_not_watched(
    client: Client, outlets: tuple[Outlet, Outlet]
):
    answer = client.get("/outlets/")
    drawn = {row.ref.id: spark for row, spark in answer.context_data["outlets"]}

    assert [gap.when for gap in drawn["first"].watching.gaps] == ["January 2024", "June to December 2024"]
    assert [gap.when for gap in drawn["second"].watching.gaps] == ["January to February 2024", "April to December 2024"]
    # Behind the months stand a gap and the bar of what has no date.
    last = drawn["second"].watching.gaps[-1]
    assert last.at + last.width == pytest.approx(100 * 12 / 15, abs=0.01)
    assert answer.content.decode().count('fill="url(#unwatched)"') == 5
