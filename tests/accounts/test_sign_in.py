"""Signing in and out: plain errors, no way to another site, nothing that tells who has an account."""

import pytest
from django.test import Client
from django.urls import reverse

from archive.models import Person
from tests.factories import PASSWORD, PersonFactory

pytestmark = pytest.mark.django_db

SIGN_IN = "/accounts/sign-in/"


def sign_in(client: Client, name: str, password: str = PASSWORD, **more: str):
    return client.post(SIGN_IN, {"username": name, "password": password, **more})


def test_the_page_has_a_form_with_a_key_and_every_field_has_its_label(client: Client):
    page = client.get(SIGN_IN)

    assert "csrfmiddlewaretoken" in page.content.decode()
    assert 'for="id_username"' in page.content.decode()
    assert 'for="id_password"' in page.content.decode()
    assert "csrftoken" in page.cookies


@pytest.mark.parametrize(("trait", "leads_to"), [("editor", "desk:home"), ("researcher", "browse:home")])
def test_people_go_on_to_where_they_work(client: Client, trait: str, leads_to: str):
    person = PersonFactory(**{trait: True})

    answer = sign_in(client, person.username)

    assert answer.status_code == 302
    assert answer["Location"] == reverse(leads_to)


def test_a_name_is_read_without_the_spaces_around_it(client: Client):
    PersonFactory(username="kate")

    assert sign_in(client, "  ｋａｔｅ ").status_code == 302


def test_a_wrong_password_and_an_unknown_name_get_the_same_words(client: Client):
    PersonFactory(username="kate")
    PersonFactory(username="closed", is_active=False)

    pages = {
        sign_in(client, name, password).content.decode().replace(name, "")
        for name, password in (("kate", "wrong"), ("nobody", "wrong"), ("closed", PASSWORD))
    }

    assert all("Name and password do not fit together" in page for page in pages)


@pytest.mark.parametrize(
    "address", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "\\\\evil.example"]
)
def test_nobody_is_led_to_another_site(client: Client, address: str):
    person = PersonFactory(researcher=True)

    answer = sign_in(client, person.username, next=address)

    assert answer["Location"] == reverse("browse:home")


def test_a_page_of_the_archive_is_gone_on_to(client: Client):
    person = PersonFactory(editor=True)

    assert sign_in(client, person.username, next="/desk/articles/")["Location"] == "/desk/articles/"


@pytest.mark.parametrize(
    "value",
    ["x\x00y", "\ufffe", "a" * 200_000, "😀" * 500, "' OR 1=1 --", "%00", "\u202e", "ı", "\n\n", "{{ 7*7 }}"],
)
@pytest.mark.parametrize("field", ["username", "password", "next"])
def test_strange_values_are_refused_and_never_break_the_page(client: Client, field: str, value: str):
    PersonFactory(username="kate")

    answer = client.post(SIGN_IN, {"username": "kate", "password": "wrong", field: value})

    assert answer.status_code in {200, 400}
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "body", [b"username=%ED%A0%80&password=x", b"username=%ff&password=x", b"username=a&password=%00"]
)
def test_bytes_that_are_no_text_are_answered_400(client: Client, body: bytes):
    answer = client.post(SIGN_IN, body, content_type="application/x-www-form-urlencoded")

    assert answer.status_code == 400


def test_a_form_without_its_key_is_refused():
    client = Client(enforce_csrf_checks=True)
    person = PersonFactory()

    assert sign_in(client, person.username).status_code == 403


def test_signing_out_takes_a_form_and_not_a_link(client: Client):
    client.force_login(PersonFactory(researcher=True))
    assert client.get("/accounts/sign-out/").status_code == 405
    assert "_auth_user_id" in client.session

    answer = client.post("/accounts/sign-out/")

    assert answer.status_code == 302
    assert "_auth_user_id" not in client.session


def test_who_is_signed_in_is_not_asked_again(client: Client):
    client.force_login(PersonFactory(researcher=True))

    assert client.get(SIGN_IN).status_code == 302


def test_answers_to_people_who_are_signed_in_are_kept_nowhere(client: Client):
    client.force_login(PersonFactory(editor=True))

    assert client.get("/desk/")["Cache-Control"] == "private, no-store"


def test_no_form_asks_for_an_email_address_and_no_account_has_one(client: Client):
    assert "mail" not in client.get(SIGN_IN).content.decode().lower()
    assert "email" not in {field.name for field in Person._meta.get_fields()}
