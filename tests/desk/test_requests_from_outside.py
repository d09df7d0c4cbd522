"""Requests from outside at the desk: decided once, with an answer, perhaps a note for readers, perhaps a withdrawal."""

import pytest
from django.test import Client

from archive.history.versions import public_version
from archive.models import Event, PublicRequest
from archive.models.vocabulary import EventAct, RecordStatus, RequestState
from tests.desk.acts import changes_of
from tests.desk.edit_form import sent_by
from tests.factories import ArticleFactory, ClaimFactory, PublicRequestFactory

pytestmark = pytest.mark.django_db


def page_of(asked: PublicRequest) -> str:
    return f"/desk/requests/{asked.public_id}/"


def decide(desk: Client, asked: PublicRequest, **fields: str):
    page = page_of(asked)
    return desk.post(page, sent_by(desk.get(page), page, **{"state": "granted", "answer": "Done."} | fields))


def about(record, **more: str) -> PublicRequest:
    return PublicRequestFactory(address=record.get_absolute_url(), **more)


def test_the_desk_reads_what_was_written_and_how_to_reach_whoever_wrote_it(desk: Client):
    asked = about(ArticleFactory(published=True), text="He lives there.", contact="somebody@mail.example")

    page = desk.get(page_of(asked)).content.decode()

    assert "He lives there." in page
    assert "somebody@mail.example" in page


def test_a_decision_has_its_answer_its_day_and_its_author_and_the_contact_is_gone(desk: Client, editor):
    asked = about(ArticleFactory(published=True))

    assert decide(desk, asked, state="declined", answer="It is a public office.").status_code == 302

    asked.refresh_from_db()
    assert (asked.state, asked.answer, asked.contact) == (RequestState.DECLINED, "It is a public office.", "")
    assert (asked.decided_by, asked.decided_on is None) == (editor.public_id, False)


def test_the_history_says_that_it_was_decided_and_nothing_of_what_was_written(desk: Client):
    asked = about(ArticleFactory(published=True), text="He lives there.")

    decide(desk, asked, answer="Done, thank you.")

    event = Event.objects.get()
    assert (event.act, event.kind, event.public_id) == (EventAct.DECIDE, "request", asked.public_id)
    assert changes_of(event) == {"state": ("open", "granted")}


@pytest.mark.parametrize("record", [ArticleFactory, ClaimFactory])
def test_a_note_for_readers_stands_on_the_records_page_and_makes_it_a_new_one(desk: Client, client: Client, record):
    found, version = record(published=True), public_version()

    decide(desk, about(found), public_note="A name was hidden after a request.")

    assert public_version() == version + 1
    page = client.get(found.get_absolute_url()).content.decode()
    assert "A name was hidden after a request." in page
    assert "Request granted" in page
    assert "A name was hidden" not in client.get(record(published=True).get_absolute_url()).content.decode()


def test_without_a_note_readers_see_no_change(desk: Client):
    asked, version = about(ArticleFactory(published=True)), public_version()

    decide(desk, asked)

    assert public_version() == version


def test_a_withdrawal_made_from_a_request_carries_its_class_of_reason(desk: Client, client: Client):
    article = ArticleFactory(published=True)

    assert decide(desk, about(article), withdraw_for="safety").status_code == 302

    article.refresh_from_db()
    assert (article.status, article.withdrawn_reason) == (RecordStatus.WITHDRAWN, "safety")
    gone = client.get(article.get_absolute_url())
    assert gone.status_code == 410
    assert "To protect people" in gone.content.decode()
    assert list(Event.objects.values_list("act", flat=True)) == [EventAct.WITHDRAW, EventAct.DECIDE]


def test_what_is_declined_withdraws_nothing(desk: Client):
    article = ArticleFactory(published=True)

    answer = decide(desk, about(article), state="declined", withdraw_for="safety")

    article.refresh_from_db()
    assert (answer.status_code, article.status, Event.objects.count()) == (422, RecordStatus.PUBLISHED, 0)


@pytest.mark.parametrize("address", ["/claims/{}/", "https://outlet.example/", "//x", "nowhere"])
def test_only_articles_of_the_archive_can_be_withdrawn_so(desk: Client, address: str):
    asked = PublicRequestFactory(address=address.format(ClaimFactory(published=True).public_id))

    page = desk.get(page_of(asked)).content.decode()

    assert 'name="withdraw_for"' not in page
    assert decide(desk, asked).status_code == 302


@pytest.mark.parametrize("address", ["/about/", "https://outlet.example/", "the one of June"])
def test_a_note_for_readers_is_asked_for_only_where_they_would_read_it(desk: Client, address: str):
    asked = PublicRequestFactory(address=address)

    page = desk.get(page_of(asked)).content.decode()
    answer = decide(desk, asked, public_note="For nobody.")

    asked.refresh_from_db()
    assert 'name="public_note"' not in page
    assert (answer.status_code, asked.public_note) == (302, "")


@pytest.mark.parametrize(
    "typed", ["https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example/", "javascript:alert(1)"]
)
def test_an_address_that_is_none_of_ours_is_no_link(desk: Client, typed: str):
    page = desk.get(page_of(PublicRequestFactory(address=typed))).content.decode()

    assert typed in page
    assert f'href="{typed}"' not in page


def test_who_decides_what_is_decided_is_told_and_nothing_is_written(desk: Client):
    asked = about(ArticleFactory(published=True))
    page = page_of(asked)
    form = sent_by(desk.get(page), page, state="granted", answer="First.")
    desk.post(page, form)

    answer = desk.post(page, form | {"answer": "Second."})

    asked.refresh_from_db()
    assert (answer.status_code, asked.answer, Event.objects.count()) == (409, "First.", 1)
    assert "Somebody else decided this" in answer.content.decode()


@pytest.mark.parametrize("fields", [{"answer": ""}, {"state": "open"}, {"public_note": "x" * 301}])
def test_a_decision_that_is_not_whole_comes_back_filled_in(desk: Client, fields: dict[str, str]):
    asked = about(ArticleFactory(published=True))

    answer = decide(desk, asked, **fields)

    asked.refresh_from_db()
    assert (answer.status_code, asked.state) == (422, RequestState.OPEN)


def test_decided_requests_have_a_list_of_their_own(desk: Client):
    asked, decided = PublicRequestFactory(), PublicRequestFactory(decided=True)

    opened, closed = (desk.get(f"/desk/requests/{query}").content.decode() for query in ("", "?state=decided"))

    assert page_of(asked) in opened
    assert page_of(decided) not in opened
    assert page_of(decided) in closed
    assert page_of(asked) not in closed
