"""Articles over time: bars add up to the list that they stand in, and each leads to the articles that it counts."""

import datetime
import json
import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from archive.access import extracts
from archive.browse import bars
from archive.models import Article, Outlet
from archive.models.vocabulary import DateBasis, DatePrecision
from tests.factories import ArticleFactory, CaptureFactory, FigureFactory, MeasureFactory, OutletFactory, PersonFactory

pytestmark = pytest.mark.django_db

# Any days, days in part, whole months, an open end, an open start, none; of three outlets, some with copies.
DATES = [
    *[("2024-03-01", "2024-03-01"), ("2024-03-31", "2024-03-31"), ("2024-03-01", "2024-03-31"), ("2024-02-29", None)],
    *[("2023-12-31", "2024-01-01"), ("2023-01-01", "2023-12-31"), (None, "2024-04-02"), ("2022-05-09", "2022-05-09")],
    *[("2014-01-01", "2021-12-31"), ("2024-03-15", "2024-04-15"), (None, None), (None, None)],
]
QUESTIONS = [
    *[
        "",
        "outlet=one",
        "outlet=one&outlet=two",
        "sort=oldest",
        "sort=saved",
        "page=1",
        "from=&to=&date=published&sort=",
    ],
    *["from=2023&to=2024", "from=2024-03-10&to=2024-03-20", "to=2023-06&date=published", "from=2024-02&outlet=one"],
    *["from=2024-03&to=2024-03&date=earliest", "from=2024-03-02&date=earliest", "to=2023-05-10&date=earliest"],
    *["from=2026&date=saved", "to=2026-11-03&date=saved&sort=saved", "counted=2024", "counted=2023-12-31/2024-03-15"],
    *["from=2024&counted=2024-03", "q=headline", "q=headline&sort=newest&from=2024", "from=2010&to=2060&date=earliest"],
]


def article(number: int, first: str | None, last: str | None, outlet: Outlet) -> Article:
    made: Article = ArticleFactory(
        published=True,
        headline=f"Headline {number}",
        outlet=outlet,
        published_from=first and datetime.date.fromisoformat(first),
        published_to=last and datetime.date.fromisoformat(last),
        published_precision=DatePrecision.RANGE if first or last else DatePrecision.UNKNOWN,
        published_basis=DateBasis.BYLINE if first or last else "",
    )
    for copy in range(number % 3):
        CaptureFactory(article=made, captured_at=datetime.datetime(2025 + copy, 6, 1, tzinfo=datetime.UTC))
    return made


@pytest.fixture
def articles(db: None) -> list[Article]:
    """With a draft, which is counted nowhere."""
    outlets = [OutletFactory(published=True, slug=slug, name=f"Outlet {slug}") for slug in ("one", "two", "three")]
    made = [article(number, *days, outlets[number % 3]) for number, days in enumerate(DATES)]
    ArticleFactory(outlet=outlets[0], headline="Headline of a draft")
    extracts.rebuild([one.pk for one in made])
    return made


def drawn(client: Client, address: str) -> tuple[bars.Bars | None, int]:
    """The bars on a page of articles, and the number of articles that its list has."""
    answer = client.get(address)
    assert answer.status_code == 200
    assert not answer.context["list"].problems, (address, answer.context["list"].problems)
    return answer.context["bars"], answer.context["list"].total


def follow(client: Client, address: str) -> int:
    """Follow every bar of a list, and every bar of where it leads; gives the number of bars followed."""
    found, total = drawn(client, address)
    if found is None:
        return 0
    assert sum(bar.count for bar in found.all) == found.total == total, address
    lengths = {bar.address: drawn(client, bar.address)[1] for bar in found.all}
    assert lengths == {bar.address: bar.count for bar in found.all}, address
    # What leads to itself is drawn no finer.
    return len(lengths) + sum(follow(client, one) for one, count in lengths.items() if count < total)


@pytest.mark.parametrize("question", QUESTIONS)
def test_bars_add_up_to_the_list_and_each_leads_to_as_many_articles(client: Client, articles, question: str):
    assert follow(client, f"/articles/?{question}") > 0


def test_a_bar_keeps_the_rest_of_the_question_but_not_the_page(client: Client, articles):
    found, _ = drawn(client, "/articles/?outlet=one&outlet=two&sort=oldest&q=headline&page=1")

    for bar in found.all:
        asked = parse_qs(urlsplit(bar.address).query)
        assert (asked["outlet"], asked["sort"], asked["q"]) == (["one", "two"], ["oldest"], ["headline"])
        assert "page" not in asked


def test_the_files_hold_what_a_bar_counts(client: Client, articles):
    for question in ("", "?from=2024&to=2024"):
        for bar in drawn(client, f"/articles/{question}")[0].all:
            answer = client.get(bar.address.replace("/articles/", "/articles.json"))
            assert len(json.loads(b"".join(answer))["records"]) == bar.count


def test_every_bar_says_what_it_is_and_a_table_says_the_same(client: Client, articles):
    text = client.get("/articles/?outlet=one&from=2024").content.decode()

    bars_said = re.findall(r'<a class="bar" href="([^"]+)" aria-label="([^"]+)"><title>([^<]+)</title>', text)
    lines = re.findall(r'scope="row">([^<]+)</th><td class="amount"><a href="([^"]+)">([\d,]+)</a>', text)
    assert [(address, name) for address, name, _ in bars_said] == [(address, name) for address, _, name in bars_said]
    assert [(address, name.partition(" article")[0]) for address, name, _ in bars_said] == [
        (address, f"{when}: {count}") for when, address, count in lines
    ]
    assert "March 2024: 2 articles" in {name for _, name, _ in bars_said}


def test_articles_without_a_date_stand_beside_behind_a_gap(client: Client, articles):
    found, _ = drawn(client, "/articles/")

    last = found.bars[-1]
    assert found.undated.count == 2
    assert found.undated.at > last.at + 2 * last.place
    assert "Date not known: 2 articles" in client.get("/articles/").content.decode()


def test_the_axis_covers_the_stretch_that_was_asked_for(client: Client, articles):
    found, _ = drawn(client, "/articles/?from=2022&to=2024&date=earliest")

    assert [label.text for label in found.labels] == ["2022", "2023", "2024"]
    assert (found.start, found.end) == (0.0, 100.0)


@pytest.mark.parametrize("number", [0, 1])
def test_nothing_is_drawn_of_one_article_or_none(client: Client, number: int):
    ArticleFactory.create_batch(number, published=True)

    assert '<figure class="bars">' not in client.get("/articles/").content.decode()


def test_nothing_is_drawn_where_a_question_cannot_be_understood(client: Client, articles):
    assert '<figure class="bars">' not in client.get("/articles/?from=yesterday").content.decode()


@pytest.mark.parametrize("days", ["from=2024", "to=2024", "from=2024&to=2024"])
def test_days_are_not_asked_of_articles_without_a_date(client: Client, articles, days: str):
    answer = client.get(f"/articles/?date=undated&{days}&outlet=one")

    assert "cannot be asked of articles without a date of publication" in answer.content.decode()
    assert 'href="/articles/?date=undated&amp;outlet=one"' in answer.content.decode()
    assert client.get(f"/articles.csv?date=undated&{days}").status_code == 400


def test_empty_days_do_not_stand_against_asking_for_articles_without_a_date(client: Client, articles):
    assert drawn(client, "/articles/?from=&to=&date=undated")[1] == 2


@pytest.mark.parametrize("typed", ["2024-13", "yesterday", "2024/..", "../2024", "2024-22", "2024/2023", "XXXX-06"])
def test_what_no_articles_are_counted_in_is_answered_in_words(client: Client, typed: str):
    assert "“counted” cannot be" in client.get("/articles/", {"counted": typed}).content.decode()


def test_a_list_says_in_words_which_bar_it_was_narrowed_to(client: Client, articles):
    text = client.get("/articles/?date=saved&to=2027&counted=2024-03").content.decode()

    assert "Counted in</span> March 2024" in text
    assert 'href="?date=saved&amp;to=2027"' in text
    assert '<input type="hidden" name="counted" value="2024-03">' in text


def test_home_draws_the_whole_archive(client: Client, articles):
    found = client.get("/").context["bars"]

    assert found.total == len(DATES)
    assert {bar.address: drawn(client, bar.address)[1] for bar in found.all} == {
        bar.address: bar.count for bar in found.all
    }


def test_home_draws_the_measures_with_most_figures_of_known_days_each_a_link(client: Client):
    measures = MeasureFactory.create_batch(5)
    for number, measure in enumerate(measures, start=1):
        FigureFactory.create_batch(number, published=True, measure=measure)
        FigureFactory.create_batch(9 - number, measure=measure)
        FigureFactory.create_batch(9 - number, published=True, measure=measure, as_of_from=None)

    links = re.findall(r'<a class="small-chart-name" href="([^"]+)"', client.get("/").content.decode())

    assert links == [one.get_absolute_url() for one in (measures[4], measures[3], measures[2])]


def test_home_shows_an_editor_no_figure_that_others_do_not_see(client: Client):
    measure = MeasureFactory()
    FigureFactory.create_batch(2, published=True, low=111, measure=measure)
    FigureFactory(low=987_654, measure=measure)
    client.force_login(PersonFactory(editor=True))

    text = client.get("/").content.decode()

    assert "small-chart-name" in text
    assert "987,654" not in text


def test_home_runs_as_many_queries_for_many_figures_as_for_few(count_queries: Callable[..., int]):
    measures = MeasureFactory.create_batch(3)
    found = []
    for more in (2, 10):
        for measure in measures:
            FigureFactory.create_batch(more, published=True, measure=measure)
        found.append(count_queries("/"))

    assert found[0] == found[1]


def test_an_outlets_page_draws_its_own_articles(client: Client, articles):
    found = client.get("/outlets/one/").context["bars"]

    assert found.total == client.get("/outlets/one/").context["list"].total == 4
    assert {bar.address: drawn(client, bar.address)[1] for bar in found.all} == {
        bar.address: bar.count for bar in found.all
    }


def test_outlets_are_drawn_on_one_scale_each_row_of_bars_a_link_to_its_list(client: Client):
    for slug, number in (("large", 8), ("small", 1)):
        ArticleFactory.create_batch(number, published=True, outlet=OutletFactory(published=True, slug=slug, name=slug))
    OutletFactory(published=True, slug="empty", name="empty")

    lines = dict((row.ref.id, spark) for row, spark in client.get("/outlets/").context["outlets"])
    text = client.get("/outlets/").content.decode()

    assert lines["empty"] is None
    assert lines["large"].width == lines["small"].width
    assert lines["large"].path.replace("v-24.0h", "v-3.0h").replace("v24.0z", "v3.0z") == lines["small"].path
    assert re.findall(r'class="spark" href="([^"]+)"', text) == ["/articles/?outlet=large", "/articles/?outlet=small"]


def test_months_are_the_same_on_both_databases_and_for_lists_that_join_or_cut(articles):
    published = Article.objects.published()
    counted = published.by_month()

    assert counted.dated[0] == (2014, 1, 1)
    assert dict(((year, month), count) for year, month, count in counted.dated)[2024, 3] == 4
    assert counted.undated == 2
    assert published.recently_saved_first().by_month() == counted
    assert published.newest_first()[:5].by_month().total == 5
    assert published.saved_between(datetime.date(2025, 1, 1), None).by_month().total == 8
    by_outlet = published.by_outlet_and_month(Outlet.objects.with_slugs(["one", "two"]))
    assert {key: one.total for key, one in by_outlet.items()} == {one.outlet_id: 4 for one in articles[:2]}
