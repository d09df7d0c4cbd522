"""Talk about a record: for editors alone, open until somebody closes it."""

import pytest
from django.test import Client

from archive.models import Comment
from tests.desk.acts import FACTORIES, address_of, page_of
from tests.desk.edit_form import sent_by
from tests.factories import ArticleFactory, CommentFactory, PersonFactory

pytestmark = pytest.mark.django_db

KINDS = ["article", "claim", "source", "actor", "outlet"]


def talk_of(kind: str, record) -> str:
    return f"/desk/{kind}/{record.public_id}/talk/"


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_said_on_a_records_page_stands_there_with_its_author(desk: Client, editor, kind: str):
    record = FACTORIES[kind]()
    page = page_of(record) if kind == "article" else address_of(record, kind)

    answer = desk.post(
        talk_of(kind, record), sent_by(desk.get(page), talk_of(kind, record), text="Whose number is it?")
    )

    assert (answer.status_code, answer["Location"]) == (302, f"{page}#talk")
    shown = desk.get(page).content.decode().split('id="talk"')[1]
    assert "Whose number is it?" in shown
    assert "Ed ·" in shown
    assert "1 open" in shown


def test_a_matter_is_settled_by_whoever_settles_it_and_opened_again(desk: Client, editor):
    article = ArticleFactory()
    comment = CommentFactory(record=article.public_id)
    address = f"{talk_of('article', article)}settle/"

    desk.post(address, {"comment": comment.pk, "state": "resolved"})

    comment.refresh_from_db()
    assert (comment.resolved_by, comment.resolved_at is None) == (editor.public_id, False)
    assert "closed by Ed" in desk.get(page_of(article)).content.decode()

    assert desk.post(address, {"comment": comment.pk, "state": "open"}).status_code == 302
    comment.refresh_from_db()
    assert (comment.resolved_by, comment.resolved_at) == ("", None)


def test_who_settles_what_is_settled_is_told(desk: Client):
    article = ArticleFactory()
    comment = CommentFactory(record=article.public_id, resolved_by="someone1", resolved_at="2026-11-03T12:00Z")

    answer = desk.post(f"{talk_of('article', article)}settle/", {"comment": comment.pk, "state": "resolved"})

    assert answer.status_code == 409
    assert "Somebody else closed it" in answer.content.decode()


def test_a_matter_is_settled_at_its_own_record_only(desk: Client):
    comment, other = CommentFactory(record=ArticleFactory().public_id), ArticleFactory()

    answer = desk.post(f"{talk_of('article', other)}settle/", {"comment": comment.pk, "state": "resolved"})

    comment.refresh_from_db()
    assert (answer.status_code, comment.resolved_by) == (422, "")


@pytest.mark.parametrize("text", ["", "   ", "x" * 5001])
def test_what_cannot_be_said_comes_back_as_it_was_typed(desk: Client, text: str):
    article = ArticleFactory()

    answer = desk.post(talk_of("article", article), {"text": text})

    assert (answer.status_code, Comment.objects.count()) == (422, 0)
    assert text in answer.content.decode()


@pytest.mark.parametrize("kind", ["figure", "nothing", "request"])
def test_kinds_without_talk_have_no_page_of_it(desk: Client, kind: str):
    assert desk.get(f"/desk/{kind}/zzzzzzzz/talk/").status_code == 404


def test_nobody_but_editors_says_anything(client: Client):
    article = ArticleFactory(published=True)
    client.force_login(PersonFactory(researcher=True))

    assert client.post(talk_of("article", article), {"text": "Hello"}).status_code == 403
    assert Comment.objects.count() == 0


def test_talk_stays_at_the_desk(desk: Client, client: Client):
    article = ArticleFactory(published=True)
    CommentFactory(record=article.public_id, text="Between ourselves")

    assert "Between ourselves" not in client.get(article.get_absolute_url()).content.decode()
    assert "Between ourselves" not in desk.get(article.get_absolute_url()).content.decode()


def test_the_page_of_an_article_runs_as_many_queries_for_much_talk_as_for_little(editor, count_queries):
    article = ArticleFactory()
    CommentFactory(record=article.public_id, author=PersonFactory(editor=True).public_id)
    queries_for_one = count_queries(page_of(article), editor)
    for _time in range(9):
        CommentFactory(record=article.public_id, author=PersonFactory().public_id)

    assert count_queries(page_of(article), editor) == queries_for_one
