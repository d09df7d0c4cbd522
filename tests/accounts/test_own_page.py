"""A person's page: password, pen name, sign-ins, and the download of everything of theirs."""

import json
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from archive.history import versions
from archive.models import Article, SignIn
from archive.models.sessions import digest
from archive.records import everything
from tests import factories as make
from tests.accounts.signing import ME, is_signed_in, sign_in
from tests.factories import PASSWORD, PersonFactory

pytestmark = pytest.mark.django_db
NEW = "an entirely different phrase 7"
START = datetime(2026, 11, 3, 12, 20, tzinfo=UTC)


def change(client: Client, present: str = PASSWORD, password: str = NEW, again: str = NEW):
    return client.post(f"{ME}password/", {"present": present, "password": password, "again": again})


@pytest.fixture
def person():
    return PersonFactory(editor=True, username="kate", pen_name="Kate")


@pytest.fixture
def signed_in(client: Client, person) -> Client:
    sign_in(client, person)
    return client


def test_a_new_password_asks_for_the_present_one_and_ends_other_sign_ins(signed_in: Client, person):
    other = Client()
    sign_in(other, person)
    before = signed_in.session.session_key

    answer = change(signed_in)

    assert answer["Location"] == f"{ME}?done=password"
    assert "Your password is changed" in signed_in.get(answer["Location"]).content.decode()
    assert signed_in.session.session_key != before
    assert not is_signed_in(other)
    assert SignIn.objects.of_person(person).count() == 1
    assert sign_in(Client(), person, NEW).status_code == 302


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"present": "wrong"}, "This is not your password"),
        ({"again": "something else entirely 9"}, "The two passwords differ"),
        ({"password": "short 1", "again": "short 1"}, "too short"),
        ({"present": ""}, "This field is required"),
    ],
)
def test_a_password_that_is_not_taken_changes_nothing(signed_in: Client, person, fields, complaint):
    answer = change(signed_in, **fields)

    assert answer.status_code == 422
    assert complaint in answer.content.decode()
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_the_rules_for_passwords_are_shown_before(signed_in: Client):
    assert "at least 12 characters" in signed_in.get(ME).content.decode()


def test_a_pen_name_signs_from_then_on_and_under_summaries_that_stand_already(signed_in: Client, person):
    signed = make.ArticleFactory(published=True, summary="So it was.", summary_by="Kate")
    others = make.ArticleFactory(published=True, summary="So it was.", summary_by="Otto")
    tag = Client().get(signed.get_absolute_url())["ETag"]

    answer = signed_in.post(f"{ME}pen-name/", {"pen_name": "  Q.\n K. "})

    assert answer.status_code == 302
    person.refresh_from_db()
    assert person.pen_name == "Q. K."
    assert list(Article.objects.order_by("pk").values_list("summary_by", flat=True)) == ["Q. K.", "Otto"]
    page = Client().get(signed.get_absolute_url())
    assert "Q. K." in page.content.decode()
    assert page["ETag"] != tag
    assert others.summary_by == "Otto"


def test_without_a_pen_name_one_signs_as_the_editors(signed_in: Client, person):
    before = versions.public_version()
    signed_in.post(f"{ME}pen-name/", {"pen_name": ""})

    assert versions.public_version() == before + 1
    person.refresh_from_db()
    assert person.signature == "the editors"


@pytest.mark.parametrize("name", ["Otto", "oTTO", "ＯＴＴＯ", "otto-the-editor", "Катя", "катя"])
def test_nobody_signs_with_what_could_be_taken_for_another(signed_in: Client, person, name: str):
    PersonFactory(username="otto-the-editor", pen_name="Otto")
    PersonFactory(pen_name="КАТЯ")

    answer = signed_in.post(f"{ME}pen-name/", {"pen_name": name})

    assert answer.status_code == 422
    assert "could be taken for somebody else" in answer.content.decode()
    person.refresh_from_db()
    assert person.pen_name == "Kate"


@pytest.mark.parametrize("name", ["Ka\u202ete", "a" * 81, "\ue000"])
def test_a_name_that_nobody_can_read_is_refused(signed_in: Client, name: str):
    assert signed_in.post(f"{ME}pen-name/", {"pen_name": name}).status_code == 422


def test_one_s_own_names_and_the_editors_can_be_pen_names(signed_in: Client):
    PersonFactory(pen_name="The editors")
    for name in ("KATE", "kate", "the editors"):
        assert signed_in.post(f"{ME}pen-name/", {"pen_name": name}).status_code == 302


def test_making_the_same_account_again_is_told_by_its_user_name(person):
    with pytest.raises(CommandError, match="reset_person kate"):
        call_command("create_person", "kate", "--role", "editor", "--pen-name", "Kate")


@pytest.mark.parametrize(("name", "pen_name"), [("otto", "kate"), ("otto", "KATE"), ("Pen-Kate", "")])
def test_no_account_is_made_with_another_s_name(person, name: str, pen_name: str):
    PersonFactory(pen_name="pen-kate")

    with pytest.raises(CommandError, match="could be taken for somebody else"):
        call_command("create_person", name, "--role", "editor", "--pen-name", pen_name)


def test_sign_ins_say_since_when_and_which_is_this_one_and_nothing_of_browsers(person):
    with time_machine.travel(START, tick=False) as clock:
        other, this = Client(headers={"User-Agent": "Netscape"}, REMOTE_ADDR="203.0.113.7"), Client()
        sign_in(other, person)
        clock.shift(timedelta(hours=2))
        sign_in(this, person)

        page = this.get(ME).content.decode()

    assert "Since 3 November 2026, 14:20; last used on 3 November 2026, 14:00 UTC" in page
    assert "Since 3 November 2026, 12:20; last used on 3 November 2026, 12:00 UTC" in page
    assert page.count("This browser") == 1
    assert page.count("End it") == 1
    assert "Netscape" not in str(list(SignIn.objects.values()))
    assert "203.0.113" not in str(list(SignIn.objects.values()))


def test_a_sign_in_that_is_ended_is_ended_at_once(signed_in: Client, person):
    other = Client()
    sign_in(other, person)
    theirs = SignIn.objects.get(session_key=digest(other.session.session_key))

    signed_in.post(f"{ME}sign-ins/end/", {"which": theirs.public_id})

    assert not is_signed_in(other)
    assert is_signed_in(signed_in)


def test_all_others_are_ended_and_nobody_else_s(signed_in: Client, person):
    others, stranger = [Client(), Client()], Client()
    for other in others:
        sign_in(other, person)
    sign_in(stranger, PersonFactory())

    signed_in.post(f"{ME}sign-ins/end/", {"which": "others"})

    assert [is_signed_in(other) for other in others] == [False, False]
    assert is_signed_in(signed_in)
    assert is_signed_in(stranger)


def test_nobody_ends_the_sign_in_of_another(signed_in: Client):
    theirs = make.SignInFactory()

    signed_in.post(f"{ME}sign-ins/end/", {"which": theirs.public_id})

    assert SignIn.objects.filter(pk=theirs.pk).exists()


def test_signing_out_and_time_take_the_rows_away(signed_in: Client, person):
    signed_in.post("/accounts/sign-out/")
    assert not SignIn.objects.exists()

    with time_machine.travel(START, tick=False) as clock:
        sign_in(signed_in, person)
        clock.shift(timedelta(hours=12, seconds=1))
        assert not is_signed_in(signed_in)
        call_command("clearsessions")
    assert not SignIn.objects.exists()


def test_the_table_does_not_hold_what_browsers_hold(signed_in: Client):
    key = signed_in.cookies["sessionid"].value

    assert key not in str(list(SignIn.objects.values()))
    assert key not in signed_in.get(ME).content.decode()


def test_use_is_written_once_an_hour_and_reading_writes_nothing_else(person):
    with time_machine.travel(START, tick=False) as clock:
        client = Client()
        sign_in(client, person)
        written = []
        for _number in range(3):
            clock.shift(timedelta(minutes=40))
            with CaptureQueriesContext(
                connection,
            ) as queries:
                client.get("/about/")
            written.append(sum("UPDATE" in query["sql"] for query in queries))

    assert written == [0, 1, 0]
    assert SignIn.objects.get().used_at == START + timedelta(minutes=80)


def test_while_the_archive_is_read_only_no_use_is_noted(person, settings):
    with time_machine.travel(START, tick=False) as clock:
        client = Client()
        sign_in(client, person)
        settings.ARCHIVE_READ_ONLY = True
        clock.shift(timedelta(hours=2))
        assert is_signed_in(client)

    assert SignIn.objects.get().used_at == START


def test_the_page_takes_as_many_queries_for_twenty_sign_ins_as_for_one(count_queries, person):
    with_one = count_queries(ME, person)
    make.SignInFactory.create_batch(19, person=person)

    assert count_queries(ME, person) == with_one


def test_everything_is_one_file_that_says_what_is_what(signed_in: Client, person):
    article = make.ArticleFactory()
    make.FormDraftFactory(person=person, place="/desk/x/", fields={"summary": ["Unsent Ж words"]})
    make.CommentFactory(record=article.public_id, author=person.public_id, text="I wonder.")
    make.CommentFactory(record=article.public_id, text="Somebody else said this.")
    make.AssignmentFactory(article=article, person=person)
    make.IntakeFactory(asked_by=person.public_id, address="https://outlet.example/one")

    answer = signed_in.get(f"{ME}everything/")

    held = json.loads(answer.content)
    assert answer["Content-Disposition"] == 'attachment; filename="everything.json"'
    assert answer["Cache-Control"] == "private, no-store"
    assert set(held) == {"about", *(part.name for part in everything.PARTS)}
    assert set(held["about"]) == {"made_at", *(part.name for part in everything.PARTS)}
    assert held["account"]["user_name"] == "kate"
    assert held["account"]["roles"] == ["Editor"]
    assert held["unsent_words"][0]["fields"] == {"summary": ["Unsent Ж words"]}
    assert [one["text"] for one in held["comments"]] == ["I wonder."]
    assert held["in_hand"][0]["article"] == article.public_id
    assert held["pages_added"][0]["address"] == "https://outlet.example/one"
    assert len(held["sign_ins"]) == 1
    assert person.password not in answer.content.decode()


def test_everything_takes_as_many_queries_for_much_as_for_little(count_queries, person):
    with_little = count_queries(f"{ME}everything/", person)
    for _number in range(3):
        make.AssignmentFactory(person=person)
        make.CommentFactory(author=person.public_id)
        make.FormDraftFactory(person=person)

    assert count_queries(f"{ME}everything/", person) == with_little


def test_anonymous_readers_are_asked_to_sign_in_and_get_no_cookie(client: Client):
    answer = client.get(ME)

    assert answer["Location"] == f"/accounts/sign-in/?next={ME}"
    assert not answer.cookies
