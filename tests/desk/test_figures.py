"""A changed number needs the passage that it stands in; a place is never too fine."""

import pytest
from django.test import Client

from archive.models import Event, Figure
from tests.desk.acts import (
    address_of,
    edit,
)
from tests.factories import (
    ClaimFactory,
    FigureFactory,
    PassageFactory,
    PlaceFactory,
    captured,
)

pytestmark = pytest.mark.django_db


def figure_with_text() -> Figure:
    figure = FigureFactory(low=10_000)
    text = captured(figure.appearance.article, "A headline", "About 20,000 were sent.")
    PassageFactory(capture_text=text, words="About 20,000")
    return figure


@pytest.mark.parametrize("changes", [{"low": "20000", "high": "20000"}, {"comparator": "about"}])
def test_a_changed_number_needs_its_passage_and_is_else_not_written(desk: Client, changes: dict[str, str]):
    figure = figure_with_text()

    answer = edit(desk, figure, "figure", **changes)

    assert answer.status_code == 422
    assert "needs the passage" in answer.content.decode()
    figure.refresh_from_db()
    assert (figure.low, figure.comparator, figure.version) == (10_000, "none", 1)
    assert Event.objects.count() == 0


def test_a_changed_number_with_its_passage_is_written(desk: Client):
    figure = figure_with_text()
    page = desk.get(address_of(figure, "figure"))
    passage = figure.appearance.article.captures.get().texts.get().passages.get()
    assert "“About 20,000”" in page.content.decode()

    answer = edit(desk, figure, "figure", low="20000", high="20000", comparator="about", passage=str(passage.pk))

    assert answer.status_code == 302
    figure.refresh_from_db()
    assert (figure.low, figure.high, figure.comparator, figure.passage) == (20_000, 20_000, "about", passage)


def test_a_passage_of_another_article_is_no_evidence(desk: Client):
    figure = figure_with_text()
    foreign = PassageFactory()

    answer = edit(desk, figure, "figure", low="5", high="5", passage=str(foreign.pk))

    assert answer.status_code == 422
    assert "Select a valid choice" in answer.content.decode()


def test_bounds_that_do_not_fit_their_comparator_are_refused(desk: Client):
    figure = figure_with_text()

    answer = edit(desk, figure, "figure", comparator="more-than")

    assert answer.status_code == 422
    assert "do not fit the comparator" in answer.content.decode()


@pytest.mark.parametrize("setting", ["housing", "place-of-worship", "home"])
def test_what_happens_at_homes_and_worship_is_placed_no_finer_than_a_region(desk: Client, setting: str):
    town = PlaceFactory(name="A town", kind="settlement")
    claim = ClaimFactory()

    refused = edit(desk, claim, "claim", setting=setting, places=[town.slug])
    region = PlaceFactory(name="A region", kind="region")
    saved = edit(desk, claim, "claim", setting=setting, places=[region.slug])

    assert refused.status_code == 422
    assert "no finer than its region" in refused.content.decode()
    assert saved.status_code == 302
