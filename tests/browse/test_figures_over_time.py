"""A measure's figures drawn over time, in tables and as a file: marks for what was said, series apart, links to it."""

import csv
import datetime
import html
import io
import re
from typing import Any

import pytest
from django.test import Client

from archive.models import Actor, Figure, Measure
from archive.models import vocabulary as terms
from tests.factories import ActorFactory, AppearanceFactory, FigureFactory, MeasureFactory, SourceFactory

pytestmark = pytest.mark.django_db


def told(measure: Measure, number: int, day: datetime.date | None, **more: Any) -> Figure:
    return FigureFactory(published=True, measure=measure, low=number, as_of_from=day, **more)


def page_of(client: Client, measure: Measure) -> str:
    answer = client.get(measure.get_absolute_url())
    assert answer.status_code == 200
    return answer.content.decode()


def rows_of(client: Client, measure: Measure) -> list[dict[str, str]]:
    answer = client.get(measure.get_absolute_url().rstrip("/") + ".csv")
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(b"".join(answer).decode())))


@pytest.fixture
def speaker() -> Actor:
    return ActorFactory(published=True, name="The Chairman")


@pytest.mark.parametrize(("first", "second"), [(30_000, 80_000), (10_000, 20_000)])
def test_what_one_speaker_said_on_two_days_are_two_steps_of_one_series(client: Client, speaker: Actor, first, second):
    measure = MeasureFactory()
    days = (datetime.date(2024, 6, 27), datetime.date(2025, 5, 20))
    told(measure, first, days[0], appearance__speaker=speaker)
    told(measure, second, days[1], appearance__speaker=speaker, counting=terms.CountingBasis.TOTAL_TO_DATE)

    text = page_of(client, measure)

    [steps] = re.findall(r'<path class="steps" d="([^"]+)"', text)
    assert re.fullmatch(r"M[\d.]+ [\d.]+H[\d.]+V[\d.]+", steps)
    assert text.count('<g class="series"') == 1
    assert f"{first:,}, 27 June 2024, The Chairman" in text
    assert f"{second:,}, 20 May 2025, total to date, The Chairman" in text
    assert "differ" not in text.split('id="figures"')[0]


def test_what_was_new_in_a_period_is_a_series_apart_that_is_labelled_and_not_joined(client: Client, speaker: Actor):
    measure = MeasureFactory()
    for year in (2022, 2023):
        new = {"counting": terms.CountingBasis.IN_PERIOD, "as_of_to": datetime.date(year, 12, 31)}
        told(measure, 500, datetime.date(year, 1, 1), appearance__speaker=speaker, **new)
        total = {"counting": terms.CountingBasis.TOTAL_TO_DATE}
        told(measure, year, datetime.date(year, 6, 1), appearance__speaker=speaker, **total)

    text = page_of(client, measure)

    assert text.count('<g class="series"') == 2
    assert text.count('<path class="steps"') == 1
    assert text.count('<line class="period"') == 2
    assert re.search(r"<h3><a [^>]+>The Chairman</a>, new in a period</h3>", text)
    assert [row["is_new"] for row in rows_of(client, measure)] == ["no", "no", "yes", "yes"]


@pytest.mark.parametrize(
    ("comparator", "bounds", "mark"),
    [
        (terms.Comparator.AT_LEAST, (10, None), r'<path class="open" d="M\S+ \S+v-18'),
        (terms.Comparator.UP_TO, (None, 10), r'<path class="open" d="M\S+ \S+v18'),
        (terms.Comparator.BETWEEN, (10, 20), r'<path class="span"'),
        (terms.Comparator.ABOUT, (10, 10), r'<circle class="about"'),
        (terms.Comparator.WORDS, (None, None), r'<path class="dot" data-words'),
    ],
)
def test_each_comparator_has_a_mark_of_its_own(client: Client, comparator, bounds, mark):
    measure = MeasureFactory()
    for year in (2022, 2023):
        told(measure, 15, datetime.date(year, 6, 1))
    assert not re.search(mark, page_of(client, measure).replace("\n", ""))

    FigureFactory(published=True, measure=measure, comparator=comparator, low=bounds[0], high=bounds[1])

    assert len(re.findall(mark, page_of(client, measure))) == 1


def test_what_has_no_day_stands_beside_and_every_figure_is_drawn_and_in_the_table_in_one_order(client: Client):
    measure = MeasureFactory()
    undated = {"as_of_to": None, "as_of_precision": terms.DatePrecision.UNKNOWN}
    figures = [
        told(measure, 40, None, **undated),
        *(told(measure, number, datetime.date(2020 + number, 6, 1)) for number in (1, 3, 2)),
    ]

    text = page_of(client, measure)
    drawn, table = text.split('id="figures"')
    numbers = re.findall(r'<text class="value"[^>]*>([^<]+)</text>', drawn)

    assert ">day not stated</text>" in drawn
    assert numbers == ["1", "2", "3", "40"]
    by_number = {figure.low: figure.public_id for figure in figures}
    assert re.findall(r'id="figure-(\w+)"', table) == [by_number[int(number)] for number in numbers]
    assert [row["id"] for row in rows_of(client, measure)] == [by_number[int(number)] for number in numbers]


def test_a_small_chart_is_scaled_by_what_it_draws(client: Client):
    measure = MeasureFactory()
    for year in (2022, 2023):
        told(measure, 40, datetime.date(year, 6, 1))
    told(measure, 90_000, None, as_of_to=None, as_of_precision=terms.DatePrecision.UNKNOWN)

    [(_measure, chart)] = client.get("/").context_data["figures"]

    assert chart.most.text == "40"
    assert sum(len(line.points) for line in chart.lines) == 2


def test_a_figure_of_a_source_that_is_an_article_stands_on_the_page_of_the_source(client: Client):
    source = SourceFactory(published=True, of_article=True)
    report = AppearanceFactory(published=True, article=None, source=source)
    FigureFactory(appearance=report, measure=(measure := MeasureFactory()))

    [given_in] = re.findall(r'href="([^"#]+)#report-(\w+)"', page_of(client, measure))

    assert given_in == (source.get_absolute_url(), report.public_id)
    assert f'id="report-{report.public_id}"' in client.get(given_in[0]).content.decode()


def test_a_mark_leads_to_the_passage_that_gives_it_or_where_several_do_to_its_rows(client: Client):
    measure = MeasureFactory()
    alone = told(measure, 5, datetime.date(2023, 6, 1))
    twice = [told(measure, 9, datetime.date(2024, 6, 1)) for _ in range(2)]

    drawn = page_of(client, measure).split('id="figures"')[0]
    links = re.findall(r'<a href="([^"]+)" aria-label="([^"]+)"', drawn.split("<svg")[1])

    article = alone.appearance.article
    assert html.unescape(links[0][0]) == f"{article.get_absolute_url()}#report-{alone.appearance.public_id}"
    assert f'id="report-{alone.appearance.public_id}"' in client.get(article.get_absolute_url()).content.decode()
    assert links[1:] == [(f"#figure-{twice[0].public_id}", "9, 1 June 2024, in 2 reports")]


def test_the_file_holds_what_the_public_reads_whoever_asks_and_takes_no_question(client: Client, django_user_model):
    figure = FigureFactory(published=True, appearance__speaker=ActorFactory(published=True, name="=SUM(1)"))
    FigureFactory(measure=figure.measure)
    address = figure.measure.get_absolute_url().rstrip("/") + ".csv"

    [row] = rows_of(client, figure.measure)

    assert (row["low"], row["high"], row["as_of"], row["speaker"]) == ("10000", "10000", "2024-06-27", "'=SUM(1)")
    assert row["page"] == f"http://testserver{figure.measure.get_absolute_url()}#figure-{figure.public_id}"
    assert client.get(address + "?speaker=x").status_code == 400
    assert client.head(address).headers["Content-Type"].startswith("text/csv")
    assert client.get("/measures/no/such.csv").status_code == 404
