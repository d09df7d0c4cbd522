"""Withdrawing takes an article from the readers and deletes nothing."""

import pytest
from django.test import Client

from archive.history.versions import public_version
from archive.models import Article, Event
from archive.models.vocabulary import RecordStatus
from tests.desk.acts import (
    READER,
    coded,
    page_of,
    send,
    shown_to_readers,
)
from tests.desk.edit_form import sent_by
from tests.factories import (
    ArticleFactory,
)

pytestmark = pytest.mark.django_db


def test_a_withdrawn_article_keeps_its_row_and_is_seen_by_the_desk_alone(desk: Client):
    article = coded(published=True)
    before = public_version()

    answer = send(desk, article, "withdraw", reason="safety", why="A relative asked")

    assert answer.status_code == 302
    article.refresh_from_db()
    assert (article.status, article.withdrawn_reason) == (RecordStatus.WITHDRAWN, "safety")
    assert article.withdrawn_on is not None
    assert not Article.objects.visible_to(READER).exists()
    assert shown_to_readers(article) == ""
    assert article.appearances.get().claim.counts.articles == 0
    assert public_version() == before + 1
    assert desk.get(page_of(article)).status_code == 200


@pytest.mark.parametrize("reason", ["", "because"])
def test_withdrawing_needs_one_of_the_reasons(desk: Client, reason: str):
    article = ArticleFactory(published=True)

    answer = send(desk, article, "withdraw", reason=reason)

    assert answer.status_code == 422
    article.refresh_from_db()
    assert article.status == RecordStatus.PUBLISHED


def test_withdrawing_from_a_stale_page_is_answered_409(desk: Client):
    article = ArticleFactory(published=True)
    address = f"{page_of(article)}withdraw/"
    form = sent_by(desk.get(page_of(article)), address, reason="error")
    desk.post(address, form)

    assert desk.post(address, form).status_code == 409
    assert Event.objects.count() == 1
