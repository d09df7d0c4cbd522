"""Whether what is coded of one article agrees with itself."""

from __future__ import annotations

import datetime

import pytest

from archive.models import Appearance, Article
from archive.models import vocabulary as terms
from archive.provenance import consistency
from tests.factories import (
    ActorFactory,
    AppearanceFactory,
    ArticleFactory,
    ClaimFactory,
    FigureFactory,
    MeasureFactory,
    PeopleGroupFactory,
    PlaceFactory,
)

pytestmark = pytest.mark.django_db
JULY = datetime.date(2024, 7, 2)


def reports(article: Article) -> list[Appearance]:
    return list(Appearance.objects.in_article(article).loaded().prefetch_related("claim__people"))


def series(article: Article) -> list[set[int | None]]:
    return [{figure.low for figure in found} for found in consistency.differing_series(reports(article))]


def figures(one: dict[str, object], other: dict[str, object]) -> Article:
    """An article with two figures of one measure and of no speaker, on one day."""
    article, measure = ArticleFactory(), MeasureFactory()
    for values in (one, other):
        FigureFactory(**{"appearance__article": article, "measure": measure, **values})
    return article


def test_two_numbers_of_one_series_differ():
    assert series(figures({"low": 30}, {"low": 40})) == [{30, 40}]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"low": 30}, {"low": 30}),
        ({"low": 30}, {"low": 40, "as_of_from": JULY}),
        ({"low": 30}, {"low": None, "high": None, "comparator": "words"}),
        ({"low": 30}, {"low": 40, "appearance__claim__kind": "forecast"}),
    ],
)
def test_equal_numbers_other_times_words_and_forecasts_do_not(one: dict[str, object], other: dict[str, object]):
    assert series(figures(one, other)) == []


def test_times_that_are_only_worded_are_one_time_where_they_are_one_wording():
    undated = {"as_of_from": None, "as_of_precision": "no-year"}

    april_and_may = figures({"low": 3, "as_of_words": "April", **undated}, {"low": 4, "as_of_words": "May", **undated})
    april_twice = figures({"low": 3, "as_of_words": "April", **undated}, {"low": 4, "as_of_words": "April", **undated})

    assert (series(april_and_may), series(april_twice)) == ([], [{3, 4}])


def test_other_measures_and_speakers_make_other_series():
    measures = figures({"low": 30}, {"low": 40, "measure": MeasureFactory()})
    speakers = figures({"low": 30}, {"low": 40, "appearance__speaker": ActorFactory()})

    assert series(measures) == series(speakers) == []


def test_a_part_is_no_rival_of_its_whole():
    article = ArticleFactory()
    whole = FigureFactory(appearance__article=article, low=70)
    FigureFactory(appearance__article=article, measure=whole.measure, low=18, of_figure=whole)

    assert series(article) == []


def test_one_number_with_two_stages_is_noticed_and_with_two_territories_is_not():
    people = PeopleGroupFactory()
    measures = {
        stage: MeasureFactory(stage=stage, people=[people]) for stage in (terms.Stage.REGISTERED, terms.Stage.SUMMONED)
    }
    elsewhere = MeasureFactory(stage=terms.Stage.REGISTERED, people=[people], territory=PlaceFactory())
    first = figures(
        {"low": 70, "measure": measures["registered"]},
        {"low": None, "high": 70, "comparator": "nearly", "measure": measures["summoned"]},
    )
    second = figures({"low": 70, "measure": measures["registered"]}, {"low": 70, "measure": elsewhere})

    assert [(number, len(found)) for number, found in consistency.same_numbers(reports(first))] == [(70, 2)]
    assert consistency.same_numbers(reports(second)) == []


def headlined(body: dict[str, object], **headline: object) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """What a headline and one body report of the same claim differ in."""
    article, claim = ArticleFactory(), ClaimFactory(people=[PeopleGroupFactory()])
    AppearanceFactory(**{"article": article, "claim": claim, "part": "headline", "destination": "front", **headline})
    AppearanceFactory(**{"article": article, "claim": claim, **body})
    return [(one.differs_in, one.said, one.otherwise) for one in consistency.headline_differences(reports(article))]


def test_a_headline_with_another_destination_than_the_body_differs():
    assert headlined({"destination": "rear"}) == [("destination", ("front",), ("rear",))]


def test_a_headline_without_the_hedge_of_the_body_differs():
    assert headlined({"hedge": "likely"}) == [("hedge", ("none",), ("likely",))]


@pytest.mark.parametrize(
    ("body", "headline"),
    [
        ({"destination": "front"}, {}),
        ({"destination": "not-stated"}, {}),
        ({"destination": ""}, {}),
        ({"destination": "rear"}, {"destination": ""}),
        ({"destination": "rear"}, {"part": "standfirst"}),
    ],
)
def test_what_is_equal_or_not_said_does_not(body: dict[str, object], headline: dict[str, object]):
    assert headlined(body, **headline) == []


@pytest.mark.parametrize(
    ("voice", "is_on_them", "expected"),
    [("quotation", True, 1), ("part-quotation", True, 1), ("own-words", True, 0), ("quotation", False, 0)],
)
def test_a_quotation_on_the_same_people_counts_though_it_is_another_claim(voice: str, is_on_them: bool, expected: int):
    people, others = PeopleGroupFactory(), PeopleGroupFactory()

    found = headlined(
        {
            "destination": "rear",
            "voice": voice,
            "claim": ClaimFactory(people=[people if is_on_them else others]),
        },
        claim=ClaimFactory(people=[people]),
    )

    assert len(found) == expected


def test_areas_are_those_of_the_figures():
    article, claim = ArticleFactory(), ClaimFactory()
    for part, origin in (("headline", PlaceFactory(name="The north")), ("body", PlaceFactory(name="The south"))):
        FigureFactory(
            appearance__article=article, appearance__claim=claim, appearance__part=part, measure__origin=origin
        )

    found = consistency.headline_differences(reports(article))

    assert [(one.differs_in, one.said, one.otherwise) for one in found] == [("area", ("The north",), ("The south",))]
