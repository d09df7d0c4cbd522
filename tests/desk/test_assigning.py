"""Who has an article in hand: taken, given and let go with one click, and never taken from under somebody's hands."""

import pytest
from django.test import Client

from archive.models import Assignment, Event
from tests.desk.acts import page_of
from tests.desk.edit_form import sent_by
from tests.factories import ArticleFactory, AssignmentFactory, PersonFactory

pytestmark = pytest.mark.django_db


def assign(desk: Client, article, **fields: str):
    return desk.post(f"{page_of(article)}assign/", fields)


def held_by(article):
    found = Assignment.objects.filter(article=article).first()
    return found.person if found else None


def test_an_article_is_taken_with_one_click_in_a_list_and_the_list_comes_back(desk: Client, editor):
    article = ArticleFactory()
    form = sent_by(desk.get("/desk/articles/?status=draft"), f"{page_of(article)}assign/")

    answer = desk.post(f"{page_of(article)}assign/", form | {"to": editor.public_id})

    assert (answer.status_code, answer["Location"]) == (302, "/desk/articles/?status=draft")
    assert held_by(article) == editor


def test_an_article_is_given_to_somebody_else_on_its_page(desk: Client, editor):
    article, other = AssignmentFactory(person=editor).article, PersonFactory(editor=True)

    answer = assign(desk, article, to=other.public_id, seen=editor.public_id)

    assert (answer.status_code, answer["Location"]) == (302, page_of(article))
    assert held_by(article) == other


def test_an_article_is_let_go(desk: Client, editor):
    article = AssignmentFactory(person=editor).article

    assign(desk, article, to="", seen=editor.public_id)

    assert held_by(article) is None


@pytest.mark.parametrize("seen", ["", "zzzzzzzz"])
def test_what_somebody_else_took_meanwhile_stays_theirs(desk: Client, editor, seen: str):
    assignment = AssignmentFactory()

    answer = assign(desk, assignment.article, to=editor.public_id, seen=seen)

    assert answer.status_code == 409
    assert "Somebody else took it" in answer.content.decode()
    assert held_by(assignment.article) == assignment.person


@pytest.mark.parametrize("role", ["researcher", None])
def test_articles_are_given_to_editors_alone(desk: Client, role: str | None):
    article, person = ArticleFactory(), PersonFactory(**({role: True} if role else {}))

    answer = assign(desk, article, to=person.public_id)

    assert (answer.status_code, held_by(article)) == (422, None)


def test_articles_are_not_given_to_closed_accounts(desk: Client):
    article, gone = ArticleFactory(), PersonFactory(editor=True, is_active=False)

    assert assign(desk, article, to=gone.public_id).status_code == 422


@pytest.mark.parametrize(
    "back", ["https://elsewhere.example/", "//elsewhere.example/desk/", "/articles/", "/desk/\r\nX: y"]
)
def test_the_way_back_never_leads_away_from_the_desk(desk: Client, editor, back: str):
    answer = assign(desk, ArticleFactory(), to=editor.public_id, back=back)

    assert answer.status_code == 302
    assert answer["Location"].startswith("/desk/")
    assert "\n" not in answer["Location"]


def test_hands_are_no_history(desk: Client, editor):
    assign(desk, ArticleFactory(), to=editor.public_id)

    assert Event.objects.count() == 0
