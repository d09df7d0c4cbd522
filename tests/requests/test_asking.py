"""Asking for something from outside: without a cookie, without a name, and nothing of it is published."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from archive.models import PublicRequest
from archive.models.vocabulary import RequestState
from archive.requests import actions
from tests.desk.edit_form import sent_by
from tests.factories import ArticleFactory, ClaimFactory, PublicRequestFactory

pytestmark = pytest.mark.django_db

FORM = "/requests/new/"


def fill(client: Client, **fields: str) -> dict[str, str]:
    typed = {"kind": "takedown", "address": "/articles/abc/", "text": "My brother can be recognised."}
    return sent_by(client.get(FORM), FORM, **(typed | fields))


@pytest.mark.parametrize("record", [ArticleFactory, ClaimFactory])
def test_every_records_page_leads_to_the_form_with_its_address_filled_in(client: Client, record):
    page = record(published=True).get_absolute_url()

    link = re.search(rf'href="({FORM}\?address=[^"]+)"', client.get(page).content.decode())

    assert link
    assert sent_by(client.get(link[1]), FORM)["address"] == [page]


def test_a_request_is_kept_for_the_editors_and_answered_with_its_reference(client: Client):
    answer = client.post(FORM, fill(client, contact="somebody@mail.example"))

    asked = PublicRequest.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/requests/{asked.public_id}/")
    assert (asked.kind, asked.text, asked.state) == ("takedown", "My brother can be recognised.", RequestState.OPEN)
    page = client.get(answer["Location"]).content.decode()
    assert asked.public_id in page
    assert "My brother" not in page
    assert "somebody@" not in page


def test_no_cookie_is_set_on_the_way(client: Client):
    assert not client.get(FORM).cookies
    answer = client.post(FORM, fill(client), follow=True)

    assert answer.status_code == 200
    assert not client.cookies


def test_the_form_is_taken_without_a_key_in_a_cookie_and_from_the_archives_own_pages_alone():
    strict = Client(enforce_csrf_checks=True)

    refused = strict.post(FORM, fill(strict), headers={"Sec-Fetch-Site": "cross-site"})
    taken = strict.post(FORM, fill(strict), headers={"Sec-Fetch-Site": "same-origin"})

    assert (refused.status_code, taken.status_code, PublicRequest.objects.count()) == (403, 302, 1)


@pytest.mark.parametrize("token", ["", "form", "form:1abc:zzz", "x" * 150])
def test_what_was_sent_without_a_form_of_ours_is_not_taken_and_nothing_typed_is_lost(client: Client, token: str):
    answer = client.post(FORM, fill(client) | {"token": token})

    assert (answer.status_code, PublicRequest.objects.count()) == (422, 0)
    again = sent_by(answer, FORM)
    assert again["text"] == ["My brother can be recognised."]
    assert client.post(FORM, again).status_code == 302


def test_a_form_that_lay_open_for_a_day_is_sent_once_more(client: Client):
    with time_machine.travel(datetime(2026, 11, 3, 12, tzinfo=UTC)) as clock:
        form = fill(client)
        clock.shift(timedelta(hours=25))

        answer = client.post(FORM, form)

    assert (answer.status_code, PublicRequest.objects.count()) == (422, 0)
    assert "lay open for more than a day" in answer.content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("text", ""),
        ("text", "x" * 5001),
        ("contact", "x" * 201),
        ("address", "x" * 501),
        ("kind", "bribe"),
        ("address", ""),
    ],
)
def test_what_is_missing_or_too_long_is_not_taken(client: Client, field: str, value: str):
    answer = client.post(FORM, fill(client, **{field: value}))

    assert (answer.status_code, PublicRequest.objects.count()) == (422, 0)
    assert "Nothing is lost" in answer.content.decode()


@pytest.mark.parametrize(
    "typed",
    [
        "http://testserver{}",
        "testserver{}",
        "{}",
        "https://testserver{}?page=2#reports",
        "https://archive.example{}",
        "Other.Archive.example:8000{}",
    ],
)
@pytest.mark.parametrize("ending", ["/", ""])
def test_the_address_of_a_record_is_kept_as_its_path(client: Client, settings, typed: str, ending: str):
    settings.ALLOWED_HOSTS = ["testserver", "archive.example", ".archive.example"]
    page = ArticleFactory(published=True).get_absolute_url()

    client.post(FORM, fill(client, address=typed.format(page.removesuffix("/") + ending)))

    assert PublicRequest.objects.get().address == page


@pytest.mark.parametrize(
    "typed",
    [
        "https://outlet.example/articles/abc/",
        "https://testserver@outlet.example/articles/abc/",
        "the one of June",
        "/about/",
        "http://[",
        "//",
        f"/articles/{'x' * 490}",
    ],
)
def test_any_other_address_is_kept_as_it_was_typed(client: Client, typed: str):
    client.post(FORM, fill(client, address=typed))

    assert PublicRequest.objects.get().address == typed


def test_who_sends_many_is_slowed_down_and_others_are_not(client: Client):
    answers = [client.post(FORM, fill(client), REMOTE_ADDR="203.0.113.7") for _time in range(6)]
    other = client.post(FORM, fill(client), REMOTE_ADDR="203.0.113.8")

    assert [answer.status_code for answer in answers] == [302] * 5 + [429]
    assert answers[-1]["Retry-After"] == "3600"
    assert sent_by(answers[-1], FORM)["text"] == ["My brother can be recognised."]
    assert other.status_code == 302


def test_no_more_are_taken_on_a_day_than_people_send(client: Client, monkeypatch):
    monkeypatch.setattr(actions, "MOST_A_DAY", 1)
    client.post(FORM, fill(client))

    answer = client.post(FORM, fill(client))

    assert (answer.status_code, PublicRequest.objects.count()) == (429, 1)


def test_what_was_decided_stands_under_the_reference(client: Client):
    asked = PublicRequestFactory(decided=True, answer="The name is hidden now.")

    page = client.get(f"/requests/{asked.public_id}/").content.decode()

    assert "Granted" in page
    assert "The name is hidden now." in page
    assert "My brother" not in page


def test_there_is_nothing_under_another_reference(client: Client):
    assert client.get("/requests/zzzzzzzz/").status_code == 404


@pytest.mark.parametrize("address", [FORM, "/requests/{}/"])
def test_forms_and_references_are_not_for_search_engines_nor_kept(client: Client, address: str):
    answer = client.get(address.format(PublicRequestFactory().public_id))

    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in answer["Cache-Control"]
    assert "ETag" not in answer
