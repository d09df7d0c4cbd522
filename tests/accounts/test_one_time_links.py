"""Accounts begin and are reset with one-time links, which commands print."""

import datetime

import pytest
import time_machine
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client

from archive.accounts import actions, links
from archive.models import Person
from archive.models.base import is_desk, reads_full_text
from tests.factories import PASSWORD, PersonFactory

pytestmark = pytest.mark.django_db

NEW = "an entirely different phrase 7"


def printed_link(capsys: pytest.CaptureFixture[str], *command: str) -> str:
    call_command(*command)
    return capsys.readouterr().out.strip()


def send(client: Client, link: str, password: str = NEW, again: str | None = None):
    return client.post(link, {"password": password, "again": password if again is None else again})


def test_there_are_no_accounts_that_nobody_made():
    assert Person.objects.count() == 0


@pytest.mark.parametrize(
    ("role", "desk", "full_text", "staff"),
    [
        ("researcher", False, True, False),
        ("editor", True, True, False),
        ("administrator", True, True, True),
    ],
)
def test_a_role_opens_what_it_is_for(role: str, desk: bool, full_text: bool, staff: bool, capsys):
    printed_link(capsys, "create_person", "kateryna", "--role", role)

    person = Person.objects.get_by_natural_key("kateryna")
    assert (is_desk(person), reads_full_text(person), person.is_staff) == (desk, full_text, staff)
    assert not person.is_superuser


def test_a_new_account_has_no_password_and_opens_by_its_link_alone(client: Client, capsys):
    link = printed_link(capsys, "create_person", "kateryna", "--role", "editor", "--pen-name", "K.")
    person = Person.objects.get_by_natural_key("kateryna")
    assert not person.has_usable_password()
    assert person.pen_name == "K."

    answer = send(client, link)

    assert answer.status_code == 302
    assert client.login(username="kateryna", password=NEW)


def test_a_link_names_the_account_by_its_random_id_and_not_by_its_row(capsys):
    link = printed_link(capsys, "create_person", "kateryna", "--role", "editor")

    person = Person.objects.get_by_natural_key("kateryna")
    assert link.startswith(f"/accounts/password/{person.public_id}/")


def test_a_link_works_once(client: Client, capsys):
    link = printed_link(capsys, "create_person", "kateryna", "--role", "editor")
    send(client, link)

    assert client.get(link).status_code == 404
    assert send(client, link, "another long phrase 8").status_code == 404
    assert client.login(username="kateryna", password=NEW)


def test_of_two_forms_opened_by_one_link_one_wins():
    person = PersonFactory()
    token = links.path_for(person).split("/")[-2]
    actions.set_password(person, NEW, token=token)

    with pytest.raises(actions.LinkIsUsed):
        actions.set_password(person, "another long phrase 8", token=token)

    person.refresh_from_db()
    assert person.check_password(NEW)


def test_a_link_is_good_for_three_days(client: Client, capsys):
    start = datetime.datetime(2026, 11, 3, 12, tzinfo=datetime.UTC)
    with time_machine.travel(start, tick=False):
        link = printed_link(capsys, "create_person", "kateryna", "--role", "editor")

    with time_machine.travel(start + datetime.timedelta(days=2, hours=23), tick=False):
        assert client.get(link).status_code == 200
    with time_machine.travel(start + datetime.timedelta(days=3, hours=1), tick=False):
        assert client.get(link).status_code == 404


def test_a_link_of_one_account_does_not_open_another(client: Client):
    one, other = PersonFactory(), PersonFactory()
    token = links.path_for(one).split("/")[-2]

    assert client.get(f"/accounts/password/{other.public_id}/{token}/").status_code == 404


@pytest.mark.parametrize("token", ["no-token", "a-" + "b" * 3000, "0-0", "%D0%B6-1", "set-password"])
def test_a_link_that_was_made_up_is_answered_like_one_that_is_gone(client: Client, token: str):
    person = PersonFactory()

    assert client.get(f"/accounts/password/{person.public_id}/{token}/").status_code == 404
    assert client.get(f"/accounts/password/zzzzzzzz/{token}/").status_code == 404


def test_a_closed_account_cannot_be_opened_by_a_link(client: Client):
    person = PersonFactory(is_active=False)

    assert client.get(links.path_for(person)).status_code == 404


@pytest.mark.parametrize(
    ("password", "again", "complaint"),
    [
        ("short 1", "short 1", "too short"),
        ("password1234", "password1234", "too common"),
        ("84736251904837", "84736251904837", "entirely numeric"),
        ("kateryna-bondar", "kateryna-bondar", "too similar"),
        (NEW, "something else entirely 9", "The two passwords differ"),
        ("", "", "This field is required"),
        ("x" * 5000, "x" * 5000, "at most 1000 characters"),
    ],
)
def test_a_weak_password_is_refused_and_the_link_stays_good(client: Client, password: str, again: str, complaint: str):
    person = PersonFactory(username="kateryna.bondar")
    link = links.path_for(person)

    answer = send(client, link, password, again)

    assert complaint in answer.content.decode()
    assert client.get(link).status_code == 200
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_reset_takes_the_password_away_and_ends_the_sessions(client: Client, capsys):
    person = PersonFactory(editor=True, username="kateryna")
    client.force_login(person)
    assert client.get("/desk/").status_code == 200

    link = printed_link(capsys, "reset_person", "kateryna")

    assert client.get("/desk/").status_code == 302
    assert not Client().login(username="kateryna", password=PASSWORD)
    assert Client().get(link).status_code == 200


def test_setting_a_password_ends_the_sessions_that_were_open(client: Client):
    person = PersonFactory(editor=True)
    client.force_login(person)

    send(Client(), links.path_for(person))

    assert client.get("/desk/").status_code == 302


def test_a_taken_name_is_refused_with_what_to_do():
    PersonFactory(username="kateryna")

    with pytest.raises(CommandError, match="taken.*reset_person kateryna"):
        call_command("create_person", "kateryna", "--role", "editor")

    assert Person.objects.count() == 1


@pytest.mark.parametrize("name", ["", "   ", "two words", "a" * 151, "x\x00y", "\ud800", "<script>"])
def test_a_name_that_no_account_can_have_is_refused_in_plain_words(name: str):
    with pytest.raises(CommandError):
        call_command("create_person", name, "--role", "editor")

    assert Person.objects.count() == 0


def test_a_name_is_kept_in_one_form(capsys):
    printed_link(capsys, "create_person", "  ｋａｔｅ ", "--role", "researcher")

    assert Person.objects.get().username == "kate"


def test_resetting_nobody_says_so():
    with pytest.raises(CommandError, match="No account has the name “nobody”"):
        call_command("reset_person", "nobody")


def test_a_role_that_is_not_one_is_refused():
    with pytest.raises(CommandError, match="invalid choice"):
        call_command("create_person", "kateryna", "--role", "owner")
