"""The summary of an article is begun with what its coded claims say, and saved as an edit of the article."""

import pytest
from django.test import Client

from archive.models import Article
from archive.models.vocabulary import EventAct
from tests.desk.acts import changes_of, last_event
from tests.factories import AppearanceFactory, ArticleFactory, ClaimFactory

pytestmark = pytest.mark.django_db


def screen(desk: Client, article: Article):
    return desk.get(f"/desk/articles/{article.public_id}/code/").context["summary_form"]


def save(desk: Client, article: Article, **sent: object):
    return desk.post(f"/desk/articles/{article.public_id}/summary/", {"version": article.version} | sent)


def test_a_summary_begins_with_the_claims_in_their_order_each_once(desk: Client):
    article = ArticleFactory(summary="")
    sent, kept = ClaimFactory(sentence="Recruits are sent."), ClaimFactory(sentence="Papers are kept")
    for position, claim in enumerate((sent, kept, sent)):
        AppearanceFactory(article=article, claim=claim, position=position)

    assert screen(desk, article).initial["summary"] == "It reports: Recruits are sent; Papers are kept."
    assert screen(desk, ArticleFactory(summary="")).initial["summary"] == ""


def test_a_summary_is_saved_as_an_edit_and_shown_again(desk: Client, editor):
    article = ArticleFactory(summary="")

    answer = save(desk, article, summary="It reports: Recruits are sent.")

    article.refresh_from_db()
    assert answer.url.endswith(f"/desk/articles/{article.public_id}/code/#summary")
    assert article.summary == screen(desk, article).initial["summary"] == "It reports: Recruits are sent."
    assert (last_event().act, last_event().public_id) == (EventAct.EDIT, article.public_id)
    assert "summary" in changes_of(last_event())


def test_of_a_public_article_a_new_summary_needs_a_reason(desk: Client):
    article = ArticleFactory(published=True)

    refused, saved = save(desk, article, summary="New"), save(desk, article, summary="New", why="Read again")

    assert (refused.status_code, saved.status_code) == (422, 302)
    assert 'rows="4"' in refused.content.decode()
    assert ">\nNew</textarea>" in refused.content.decode()


def test_of_two_summaries_at_once_neither_is_lost(desk: Client):
    article = ArticleFactory(summary="")
    save(desk, article, summary="Theirs")

    stale = save(desk, article, summary="Mine")
    again = stale.context["summary_form"]

    assert stale.status_code == 409
    assert "Stored is: “Theirs”." in stale.content.decode()
    assert again["summary"].value() == "Mine"
    assert save(desk, article, summary="Mine", version=again["version"].value()).status_code == 302
    assert save(desk, article, version="").status_code == 422
