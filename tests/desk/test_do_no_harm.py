"""The do-no-harm check of a capture decides whether its wording leaves the desk."""

import pytest
from django.test import Client

from archive.access import extracts
from archive.models import Capture, Event
from tests.desk.acts import (
    coded,
    page_of,
    review,
    shown_to_readers,
)
from tests.desk.edit_form import sent_by
from tests.factories import (
    ArticleFactory,
    captured,
)

pytestmark = pytest.mark.django_db


def test_wording_leaves_the_desk_when_its_check_is_cleared_and_goes_back_when_it_is_blocked(desk: Client, editor):
    article = coded(published=True)
    Capture.objects.update(harm_review="open", harm_reviewed_by="", harm_reviewed_at=None)
    extracts.rebuild([article.pk])
    assert shown_to_readers(article) == ""

    review(desk, article, "cleared")
    cleared = shown_to_readers(article)
    review(desk, article, "blocked")

    assert cleared == "About 20,000 were sent"
    assert shown_to_readers(article) == ""
    assert [event.kind for event in Event.objects.all()] == ["capture", "capture"]
    assert article.captures.get().harm_reviewed_by == editor.public_id


def test_a_do_no_harm_check_that_somebody_else_decided_meanwhile_is_not_decided_over(desk: Client):
    article = ArticleFactory()
    captured(article, "A headline", cleared=False)
    address = f"/desk/captures/{article.captures.get().public_id}/review/"
    form = sent_by(desk.get(page_of(article)), address)
    desk.post(address, {**form, "decision": "blocked"})

    answer = desk.post(address, {**form, "decision": "cleared"})

    assert answer.status_code == 409
    assert article.captures.get().harm_review == "blocked"
