"""Saying that articles are one text, and that one is a text of its own after all."""

from __future__ import annotations

import pytest
from django.test import Client

from archive.history import versions
from archive.models import Article, Person, ReprintGroup
from tests import factories as make
from tests.desk.acts import changes_of, last_event, page_of, send
from tests.desk.edit_form import sent_by

pytestmark = pytest.mark.django_db


def group_of(article: Article) -> ReprintGroup | None:
    article.refresh_from_db()
    return article.reprint_group


@pytest.mark.parametrize("named", ["by id", "by its page", "by its address"])
def test_an_article_is_joined_with_another_and_readers_see_both(desk: Client, client: Client, named: str):
    here, other = make.ArticleFactory.create_batch(2, published=True)
    words = {"by id": other.public_id, "by its page": f"http://x.example{other.get_absolute_url()}"}
    before = versions.public_version()

    answer = send(desk, here, "reprints", other=words.get(named, other.address), why="The same words")

    assert answer.status_code == 302
    group = group_of(here)
    assert group is not None
    assert group_of(other) == group
    assert changes_of(last_event())["reprint_group"] == (None, group.public_id)
    assert versions.public_version() == before + 2
    page = client.get(here.get_absolute_url()).content.decode()
    assert "One text, 2 articles" in page
    assert f'<a href="{other.get_absolute_url()}">{other.headline}</a>' in page


def test_joining_two_texts_makes_one_of_all_their_articles(desk: Client):
    first, second = make.ReprintGroupFactory.create_batch(2)
    held = make.ArticleFactory.create_batch(2, reprint_group=first)
    others = make.ArticleFactory.create_batch(2, reprint_group=second)

    send(desk, others[0], "reprints", other=held[0].public_id)

    assert {group_of(one) for one in (*held, *others)} == {first}
    assert list(ReprintGroup.objects.all()) == [first]


def test_an_article_leaves_and_the_history_says_which_text(desk: Client, client: Client):
    text = make.ReprintGroupFactory()
    here, *others = make.ArticleFactory.create_batch(3, published=True, reprint_group=text)

    assert send(desk, here, "reprints/leave", why="Not the same").status_code == 302

    assert group_of(here) is None
    assert changes_of(last_event())["reprint_group"] == (text.public_id, None)
    assert "One text" not in client.get(here.get_absolute_url()).content.decode()
    assert "One text, 2 articles" in client.get(others[0].get_absolute_url()).content.decode()


def test_a_draft_of_the_text_is_named_at_the_desk_alone(desk: Client, client: Client):
    text = make.ReprintGroupFactory()
    here = make.ArticleFactory(published=True, reprint_group=text)
    draft = make.ArticleFactory(headline="Not yet for readers", reprint_group=text)

    assert draft.headline in desk.get(page_of(here)).content.decode()
    page = client.get(here.get_absolute_url()).content.decode()
    assert draft.headline not in page
    assert "One text" not in page


@pytest.mark.parametrize("other", ["", "nonesuch", "https://outlet.example/not-held", "itself", "withdrawn", "\x07"])
def test_what_names_no_other_article_is_refused(desk: Client, other: str):
    here, gone = make.ArticleFactory(), make.ArticleFactory(withdrawn=True)
    named = {"itself": here.public_id, "withdrawn": gone.public_id}.get(other, other)

    assert send(desk, here, "reprints", other=named).status_code == 422
    assert group_of(here) is None


def test_what_somebody_else_said_already_is_answered_409(desk: Client, editor: Person):
    text = make.ReprintGroupFactory()
    here, other = make.ArticleFactory.create_batch(2, reprint_group=text)
    alone = make.ArticleFactory()

    assert send(desk, here, "reprints", other=other.public_id).status_code == 409
    assert desk.post(f"{page_of(alone)}reprints/leave/").status_code == 409


def test_an_article_that_stands_for_a_merged_one_is_of_its_text(desk: Client):
    text = make.ReprintGroupFactory()
    old, survivor = make.ArticleFactory(reprint_group=text), make.ArticleFactory()
    address = f"/desk/article/{old.public_id}/merge/"

    page = desk.get(address, {"into": survivor.public_id})
    assert desk.post(address, sent_by(page, address, why="They are one")).status_code == 302

    assert group_of(survivor) == text
