"""Unsent words: kept for whoever typed them, offered again, forgotten when sent, thrown away or a month old."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from archive.models import Event, FormDraft
from tests.desk.acts import address_of, edit
from tests.desk.edit_form import sent_by
from tests.factories import ArticleFactory, FormDraftFactory, PersonFactory

pytestmark = pytest.mark.django_db


def keep(desk: Client, place: str, **fields: str):
    return desk.post("/desk/drafts/", {**sent_by(desk.get(place), place, **fields), "place": place})


def test_what_is_typed_is_kept_and_offered_on_the_forms_page_with_its_time(desk: Client):
    article = ArticleFactory(summary="Stored")
    place = address_of(article)

    answer = keep(desk, place, summary="Half a sentence")
    page = desk.get(place).content.decode()

    assert answer.status_code == 200
    assert f"Your unsent words of {answer.json()['saved_at']}" in page
    assert "Half a sentence" not in page
    assert "Half a sentence" in desk.get(f"{place}?unsent=1").content.decode()


def test_the_last_words_win_and_are_no_history(desk: Client):
    place = address_of(ArticleFactory())

    keep(desk, place, summary="First")
    keep(desk, place, summary="Second")

    assert FormDraft.objects.get().fields["summary"] == ["Second"]
    assert Event.objects.count() == 0


def test_words_that_were_taken_up_can_be_saved_and_are_forgotten_then(desk: Client):
    article = ArticleFactory()
    place = address_of(article)
    keep(desk, place, summary="Half a sentence")

    answer = desk.post(place, sent_by(desk.get(f"{place}?unsent=1"), place, summary="A whole sentence."))

    article.refresh_from_db()
    assert (answer.status_code, article.summary) == (302, "A whole sentence.")
    assert FormDraft.objects.count() == 0


def test_words_from_before_another_editors_save_are_compared_with_it(desk: Client):
    article = ArticleFactory(summary="Stored")
    place = address_of(article)
    keep(desk, place, summary="Mine")
    other = Client()
    other.force_login(PersonFactory(editor=True))
    edit(other, article, summary="Theirs")

    answer = desk.post(place, sent_by(desk.get(f"{place}?unsent=1"), place))

    assert answer.status_code == 409
    assert {"Mine", "Theirs"} <= set(answer.content.decode().replace(">", "<").split("<"))


def test_a_form_that_cannot_be_saved_keeps_its_unsent_words(desk: Client):
    place = address_of(ArticleFactory(published=True))
    keep(desk, place, summary="Mine")

    answer = desk.post(place, sent_by(desk.get(f"{place}?unsent=1"), place, why=""))

    assert (answer.status_code, FormDraft.objects.count()) == (422, 1)


def test_words_are_thrown_away_by_whoever_typed_them(desk: Client):
    place = address_of(ArticleFactory())
    keep(desk, place, summary="Mine")
    others = FormDraftFactory(place=place)

    answer = desk.post("/desk/drafts/drop/", sent_by(desk.get(place), "/desk/drafts/drop/"))

    assert (answer.status_code, answer["Location"]) == (302, place)
    assert list(FormDraft.objects.all()) == [others]


def test_nobody_is_offered_the_words_of_others(desk: Client):
    place = address_of(ArticleFactory())
    FormDraftFactory(place=place, fields={"summary": ["Between me and myself"]})

    assert "unsent words" not in desk.get(place).content.decode()
    assert "Between me and myself" not in desk.get(f"{place}?unsent=1").content.decode()


def test_the_key_of_a_form_is_not_kept(desk: Client):
    place = address_of(ArticleFactory())
    desk.post("/desk/drafts/", {"place": place, "summary": "x", "csrfmiddlewaretoken": "secret"})

    assert FormDraft.objects.get().fields == {"summary": ["x"]}


@pytest.mark.parametrize(
    "place", ["", "/articles/", "/desk/nothing/at/all/x/", "https://x.example/desk/", "/desk/" + "x" * 300]
)
def test_what_is_no_form_of_the_desk_is_not_kept(desk: Client, place: str):
    answer = desk.post("/desk/drafts/", {"place": place, "summary": "x"})

    assert (answer.status_code, FormDraft.objects.count()) == (422, 0)


def test_what_is_larger_than_any_form_is_not_kept(desk: Client):
    answer = desk.post("/desk/drafts/", {"place": address_of(ArticleFactory()), "summary": "x" * 400_000})

    assert (answer.status_code, FormDraft.objects.count()) == (422, 0)


def test_words_are_taken_with_the_key_of_a_form_only(editor):
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)

    assert client.post("/desk/drafts/", {"place": address_of(ArticleFactory()), "summary": "x"}).status_code == 403


def test_the_worker_forgets_words_that_are_a_month_old():
    old, young = FormDraftFactory(), FormDraftFactory()
    FormDraft.objects.filter(pk=old.pk).update(saved_at=timezone.now() - timedelta(days=31))
    FormDraft.objects.filter(pk=young.pk).update(saved_at=timezone.now() - timedelta(days=29))

    call_command("worker", once=True)

    assert list(FormDraft.objects.all()) == [young]
