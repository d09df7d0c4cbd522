"""What keeps an article from being published, and how an editor settles it."""

import pytest
from django.test import Client

from archive.models import Article, Check, Event
from archive.models.vocabulary import CheckDecision, CheckKind, EventAct, RecordStatus
from tests.desk.acts import (
    page_of,
    review,
    send,
)
from tests.desk.edit_form import sent_by
from tests.factories import (
    ArticleFactory,
    CheckFactory,
    FigureFactory,
    PlaceFactory,
    captured,
)

pytestmark = pytest.mark.django_db


def test_an_article_without_a_headline_is_not_published_unless_it_is_withheld(desk: Client):
    missing, withheld = ArticleFactory(headline=""), ArticleFactory(headline="", headline_withheld=True)

    refused, done = send(desk, missing, "publish"), send(desk, withheld, "publish")

    assert (refused.status_code, done.status_code) == (422, 302)
    assert "It has no headline" in refused.content.decode()
    missing.refresh_from_db()
    assert (missing.status, missing.version) == (RecordStatus.DRAFT, 1)


def test_an_undecided_do_no_harm_check_keeps_an_article_from_being_published(desk: Client):
    article = ArticleFactory()
    captured(article, "A headline", "A paragraph.", cleared=False)

    refused = send(desk, article, "publish")
    review(desk, article, "blocked")
    done = send(desk, article, "publish")

    assert (refused.status_code, done.status_code) == (422, 302)
    assert "do-no-harm check of a saved copy is not decided" in refused.content.decode()


@pytest.mark.parametrize(("blocking", "status"), [(True, 422), (False, 302)])
def test_an_open_check_that_blocks_keeps_an_article_from_being_published(desk: Client, blocking: bool, status: int):
    check = CheckFactory(is_blocking=blocking)

    assert send(desk, check.article, "publish").status_code == status


@pytest.mark.parametrize("decision", ["resolved", "kept"])
def test_a_decided_check_no_longer_blocks(desk: Client, editor, decision: str):
    check = CheckFactory(blocking=True)

    send(desk, check.article, "checks", decision=decision)

    check.refresh_from_db()
    assert (check.decision, check.decided_by) == (decision, editor.public_id)
    assert Event.objects.get().act == EventAct.DECIDE
    assert send(desk, check.article, "publish").status_code == 302


def test_a_check_is_decided_once(desk: Client):
    check = CheckFactory()
    address = f"{page_of(check.article)}checks/"
    form = sent_by(desk.get(page_of(check.article)), address, decision="kept")
    desk.post(address, form)

    second = desk.post(address, {**form, "decision": "resolved"})

    assert second.status_code == 409
    check.refresh_from_db()
    assert check.decision == CheckDecision.KEPT
    assert Event.objects.count() == 1


def small(low: int = 3, kind: str = "settlement", **more: object) -> Article:
    place = PlaceFactory(name=f"A {kind}", kind=kind)
    values = {"low": low, "appearance__claim__places": [place], **more}
    return FigureFactory(**values).appearance.article


def test_a_small_number_in_a_small_place_asks_an_editor_before_it_is_published(desk: Client):
    article = small()

    refused = send(desk, article, "publish")
    check = Check.objects.get(article=article)
    send(desk, article, "checks", decision="kept")
    done = send(desk, article, "publish")

    assert (refused.status_code, done.status_code) == (422, 302)
    assert (check.kind, check.is_blocking) == (CheckKind.HARM_SMALL_FIGURE, True)
    assert Check.objects.count() == 1


@pytest.mark.parametrize(
    ("figure", "is_asked"),
    [
        ({"low": 9}, True),
        ({"low": 10}, False),
        ({"low": None, "high": 10, "comparator": "fewer-than"}, True),
        ({"low": None, "high": 10, "comparator": "up-to"}, False),
        ({"low": 3, "high": None, "comparator": "at-least"}, True),
        ({"low": 3, "high": 300, "comparator": "between"}, False),
        ({"low": None, "high": None, "comparator": "words"}, False),
        ({"low": 3, "kind": "region"}, False),
        ({"low": 3, "kind": "country"}, False),
        ({"low": 3, "measure__unit": "countries"}, False),
        ({"low": 3, "kind": "country", "measure__territory__kind": "settlement"}, True),
    ],
)
def test_numbers_of_people_under_ten_are_asked_about_where_a_settlement_is_named(
    desk: Client, figure: dict[str, object], is_asked: bool
):
    answer = send(desk, small(**figure), "publish")

    assert Check.objects.exists() == is_asked
    assert answer.status_code == (422 if is_asked else 302)


def test_of_two_who_publish_at_once_the_second_is_told(desk: Client):
    article = ArticleFactory()
    address = f"{page_of(article)}publish/"
    form = sent_by(desk.get(page_of(article)), address)
    desk.post(address, form)

    assert desk.post(address, form).status_code == 409
    assert Event.objects.count() == 1


def test_a_draft_is_sent_to_review(desk: Client):
    article = ArticleFactory()

    answer = send(desk, article, "submit")

    article.refresh_from_db()
    assert (answer.status_code, article.status, article.version) == (302, RecordStatus.IN_REVIEW, 2)
