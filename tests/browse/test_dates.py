"""Dates as far as they are known: a stretch of days finds every record that may be of one of them."""

import datetime
import re

import pytest
from django.test import Client

from archive.models.vocabulary import DateBasis, DatePrecision
from tests.factories import (
    AppearanceFactory,
    ArticleFactory,
    CaptureFactory,
    ClaimFactory,
    CreditFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db


def dated(first, last, precision):
    """A published article whose evidence says this much of its date."""
    return ArticleFactory(
        published=True,
        published_from=first and datetime.date.fromisoformat(first),
        published_to=last and datetime.date.fromisoformat(last),
        published_precision=precision,
        published_basis=DateBasis.BYLINE,
    )


def found(query):
    page = Client().get(f"/articles/?{query}")
    assert page.status_code == 200
    return re.findall(r"/articles/([0-9a-z]{8})/", page.content.decode())


def test_an_article_of_june_is_found_by_any_days_of_june_and_not_by_july():
    article = dated("2024-06-01", "2024-06-30", DatePrecision.MONTH)

    assert article.public_id in found("from=2024-06-10&to=2024-06-20")
    assert article.public_id in found("from=2024-06")
    assert article.public_id in found("to=2024-06-01")
    assert found("from=2024-07&to=2024-07") == []
    assert found("to=2024-05") == []


def test_an_open_end_is_found_by_every_later_day():
    article = dated("2024-06-27", None, DatePrecision.OPEN_END)

    assert article.public_id in found("from=2025")
    assert found("to=2024-06-26") == []


@pytest.mark.parametrize("precision", [DatePrecision.NO_YEAR, DatePrecision.UNKNOWN])
def test_a_date_without_its_year_is_found_by_no_stretch_of_days(precision):
    article = ArticleFactory(published=True, published_from=None, published_precision=precision, published_basis="")

    assert article.public_id in found("")
    assert found("from=1000&to=2100") == []


def test_the_day_of_the_saved_copy_is_asked_for_apart_from_the_day_of_publication():
    article = dated("2024-06-27", "2024-06-27", DatePrecision.DAY)
    CaptureFactory(article=article, captured_at=datetime.datetime(2026, 11, 4, 23, 30, tzinfo=datetime.UTC))

    assert article.public_id in found("from=2026-11-04&to=2026-11-04&date=saved")
    assert found("from=2024-06&to=2024-06&date=saved") == []
    assert found("from=2026-11-04&to=2026-11-04&date=published") == []


def test_articles_are_sorted_by_their_newest_copy_on_request():
    first, second = (dated(day, day, DatePrecision.DAY) for day in ("2024-01-01", "2024-02-01"))
    for article, year in ((first, 2026), (second, 2025)):
        CaptureFactory(article=article, captured_at=datetime.datetime(year, 1, 1, tzinfo=datetime.UTC))

    assert list(dict.fromkeys(found("sort=saved"))) == [first.public_id, second.public_id]
    assert list(dict.fromkeys(found(""))) == [second.public_id, first.public_id]


def claims(query):
    page = Client().get(f"/claims/?{query}")
    assert page.status_code == 200
    return list(dict.fromkeys(re.findall(r"/claims/([0-9a-z]{8})/", page.content.decode())))


def test_claims_are_found_by_the_day_of_the_event_and_by_the_day_on_which_it_was_said():
    happened = ClaimFactory(
        published=True,
        date_from=datetime.date(2022, 9, 1),
        date_to=datetime.date(2022, 11, 30),
        date_precision=DatePrecision.SEASON,
    )
    source = SourceFactory(published=True, date_from=datetime.date(2024, 6, 27), date_to=datetime.date(2024, 6, 27))
    CreditFactory(appearance=AppearanceFactory(claim=happened, published=True), source=source)

    assert claims("from=2022-10&to=2022-10") == [happened.public_id]
    assert claims("from=2022-10&to=2022-10&date=said") == []
    assert claims("from=2024-06-27&to=2024-06-27&date=said") == [happened.public_id]
    assert claims("from=2024-06-27&to=2024-06-27&date=happened") == []


def test_an_unpublished_source_dates_no_claim():
    claim = ClaimFactory(published=True)
    source = SourceFactory(date_from=datetime.date(2024, 6, 27))
    CreditFactory(appearance=AppearanceFactory(claim=claim, published=True), source=source)

    assert claims("from=2024-06-27&to=2024-06-27&date=said") == []


def test_claims_are_sorted_by_event_and_by_statement_on_request():
    early, late = (
        ClaimFactory(published=True, date_from=datetime.date(year, 1, 1), date_precision=DatePrecision.DAY)
        for year in (2021, 2022)
    )
    for claim, year in ((early, 2025), (late, 2024)):
        source = SourceFactory(published=True, date_from=datetime.date(year, 1, 1))
        AppearanceFactory(claim=claim, in_source=True, source=source, published=True)

    assert claims("sort=happened") == [late.public_id, early.public_id]
    assert claims("sort=said") == [early.public_id, late.public_id]


@pytest.mark.parametrize("typed", ["2024-13", "yesterday", "2024-02-30", "XXXX-06-27", "2024/2025", "99999", "%F0"])
def test_what_is_no_day_month_or_year_is_answered_in_words(typed):
    page = Client().get(f"/articles/?from={typed}")

    assert page.status_code in {200, 400}
    if page.status_code == 200:
        assert "cannot be" in page.content.decode()


def test_the_form_keeps_what_was_asked_and_carries_the_outlet_along():
    article = dated("2024-06-27", "2024-06-27", DatePrecision.DAY)

    page = Client().get(f"/articles/?outlet={article.outlet.slug}&from=2024-06&date=published").content.decode()

    assert 'name="from" size="10" value="2024-06"' in page
    assert f'name="outlet" value="{article.outlet.slug}" form="ask" checked' in page
