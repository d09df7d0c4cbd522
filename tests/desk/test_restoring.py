"""Looking back at what was done to a record, and putting back what it was."""

import pytest
from django.db import transaction
from django.test import Client

from archive.history import events
from archive.models import Event
from archive.models.vocabulary import EventAct
from tests.desk.acts import (
    address_of,
    edit,
    last_event,
)
from tests.desk.edit_form import sent_by
from tests.factories import (
    ArticleFactory,
    TacticFactory,
)

pytestmark = pytest.mark.django_db


def test_the_history_shows_who_changed_what_and_why_the_newest_first(desk: Client):
    article = ArticleFactory(published=True, summary="First words")
    edit(desk, article, summary="Second words", why="Unclear")
    edit(desk, article, summary="Third words", why="Still unclear")

    page = desk.get(f"/desk/article/{article.public_id}/history/").content.decode()

    assert page.index("<del>Second words</del>") < page.index("<del>First words</del>")
    assert page.index("Still unclear") < page.index("Unclear")
    assert "Ed edited" in page


def restore(desk: Client, record, event: Event, kind: str = "article", **changes: object):
    address = f"/desk/{kind}/{record.public_id}/restore/{event.seq}/"
    page = desk.get(f"/desk/{kind}/{record.public_id}/history/")
    return desk.post(address, sent_by(page, address, **changes))


def test_restoring_puts_back_what_was_before_an_event_as_a_new_edit(desk: Client):
    tactic = TacticFactory()
    article = ArticleFactory(headline="First", summary="First words")
    edit(desk, article, headline="Second", provisional_tactics=[tactic.slug], is_noindex="on")
    early = last_event()
    edit(desk, article, summary="Later words")

    answer = restore(desk, article, early)

    assert answer.status_code == 302
    article.refresh_from_db()
    assert (article.headline, article.summary, article.is_noindex) == ("First", "First words", False)
    assert article.provisional_tactics.count() == 0
    assert (last_event().act, Event.objects.count(), article.version) == (EventAct.RESTORE, 3, 4)


def test_what_was_restored_can_itself_be_taken_back(desk: Client):
    article = ArticleFactory(summary="First")
    edit(desk, article, summary="Second")
    restore(desk, article, last_event())

    restore(desk, article, last_event())

    article.refresh_from_db()
    assert article.summary == "Second"
    assert Event.objects.count() == 3


def test_restoring_a_public_record_needs_a_reason_and_keeps_what_would_be_restored(desk: Client):
    article = ArticleFactory(published=True, summary="First")
    edit(desk, article, summary="Second", why="Unclear")

    answer = restore(desk, article, last_event())

    assert answer.status_code == 422
    assert sent_by(answer, address_of(article))["summary"] == ["First"]


def test_restoring_from_a_stale_page_is_answered_409(desk: Client):
    article = ArticleFactory(summary="First")
    edit(desk, article, summary="Second")
    event = last_event()
    address = f"/desk/article/{article.public_id}/restore/{event.seq}/"
    page = desk.get(f"/desk/article/{article.public_id}/history/")
    edit(desk, article, summary="Third")

    answer = desk.post(address, sent_by(page, address))

    assert answer.status_code == 409
    article.refresh_from_db()
    assert article.summary == "Third"


def test_what_was_purged_by_law_cannot_be_restored(desk: Client, editor):
    article = ArticleFactory(summary="What must go")
    edit(desk, article, summary="Second")
    event = last_event()
    with transaction.atomic():
        events.purge_values([event], by=editor, why="A court's order")

    answer = restore(desk, article, event)

    assert answer.status_code == 422
    assert "purged by lawful order" in answer.content.decode()


def test_an_event_of_another_record_restores_nothing(desk: Client):
    one, other = ArticleFactory(), ArticleFactory()
    edit(desk, other, summary="Other")

    answer = desk.post(f"/desk/article/{one.public_id}/restore/{last_event().seq}/", {"version": "1"})

    assert answer.status_code == 404
    assert desk.post(f"/desk/article/{one.public_id}/restore/{'9' * 40}/", {"version": "1"}).status_code == 404


@pytest.mark.parametrize("path", ["article/zzzzzzzz", "nothing/00000000", "person/00000000", "import/00000000"])
@pytest.mark.parametrize("page", ["edit", "history"])
def test_what_is_not_there_is_answered_404(desk: Client, path: str, page: str):
    assert desk.get(f"/desk/{path}/{page}/").status_code == 404
