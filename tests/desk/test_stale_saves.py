"""Two editors at one record: the second save writes nothing, and loses nothing."""

import pytest
from django.test import Client

from archive.models import Event
from tests.desk.acts import (
    FACTORIES,
    TEXT_FIELDS,
    address_of,
    changes_of,
    edit,
    last_event,
)
from tests.desk.edit_form import sent_by
from tests.factories import (
    ArticleFactory,
)

pytestmark = pytest.mark.django_db


def stale_save(desk: Client, record, kind: str, theirs: dict[str, object], mine: dict[str, object]):
    """Open the form, let another editor save, then send the form."""
    address = address_of(record, kind)
    opened = desk.get(address)
    other_saved = desk.post(address, sent_by(opened, address, **theirs))
    assert other_saved.status_code == 302
    return desk.post(address, sent_by(opened, address, **mine))


def test_of_two_saves_made_from_one_version_the_second_writes_nothing(desk: Client):
    article = ArticleFactory()

    answer = stale_save(desk, article, "article", {"summary": "Theirs"}, {"summary": "Mine"})

    assert answer.status_code == 409
    assert Event.objects.count() == 1
    article.refresh_from_db()
    assert (article.summary, article.version) == ("Theirs", 2)


@pytest.mark.parametrize("kind", FACTORIES)
def test_a_stale_save_shows_both_texts_and_can_be_saved_from_there(desk: Client, kind: str):
    record, field = FACTORIES[kind](), TEXT_FIELDS[kind]

    answer = stale_save(desk, record, kind, {field: "What they wrote"}, {field: "What I wrote"})
    page = answer.content.decode()
    again = desk.post(address_of(record, kind), sent_by(answer, address_of(record, kind)))

    assert "What they wrote" in page
    assert "What I wrote" in page
    assert again.status_code == 302
    record.refresh_from_db()
    assert (getattr(record, field), record.version) == ("What I wrote", 3)
    assert changes_of(last_event())[field] == ("What they wrote", "What I wrote")


def test_a_stale_save_does_not_undo_what_only_the_other_editor_changed(desk: Client):
    article = ArticleFactory(headline="Old headline", summary="Old summary")

    answer = stale_save(desk, article, "article", {"headline": "Their headline"}, {"summary": "My summary"})
    desk.post(address_of(article), sent_by(answer, address_of(article)))

    article.refresh_from_db()
    assert (article.headline, article.summary) == ("Their headline", "My summary")


def test_a_form_that_is_stale_twice_keeps_what_was_written(desk: Client):
    article = ArticleFactory(summary="Old")
    address = address_of(article)
    first = stale_save(desk, article, "article", {"summary": "Theirs"}, {"summary": "Mine"})
    edit(desk, article, headline="Another hand again")

    second = desk.post(address, sent_by(first, address))
    saved = desk.post(address, sent_by(second, address))

    assert (second.status_code, saved.status_code) == (409, 302)
    article.refresh_from_db()
    assert (article.headline, article.summary) == ("Another hand again", "Mine")
