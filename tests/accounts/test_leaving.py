"""Somebody leaves: all that is private goes in one transaction, and their work stays without their name."""

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client

from archive.history import events
from archive.history.events import Change
from archive.models import (
    Annotation,
    Assignment,
    Collection,
    CollectionEntry,
    Comment,
    Event,
    FormDraft,
    Person,
    RecoveryCode,
    SavedSearch,
    SignIn,
)
from archive.models.vocabulary import EventAct, RecordKind
from archive.records import everything
from tests import factories as make
from tests.accounts.signing import ME, code_of, is_signed_in, sign_in
from tests.factories import PASSWORD, PersonFactory

pytestmark = pytest.mark.django_db
LEAVE = f"{ME}leave/"


@pytest.fixture
def person():
    return PersonFactory(editor=True, username="kate", pen_name="Kate")


@pytest.fixture
def signed_in(client: Client, person) -> Client:
    sign_in(client, person)
    return client


def leave(client: Client, name: str = "kate", present: str = PASSWORD, **more: str):
    return client.post(LEAVE, {"name": name, "present": present, **more})


def test_the_page_says_what_goes_and_what_stays_and_changes_nothing(signed_in: Client):
    page = signed_in.get(LEAVE).content.decode()

    assert "What you typed into forms of the desk and did not send." in page
    assert "as said by someone who left" in page
    assert "cannot be undone" in page
    assert Person.objects.count() == 1


@pytest.mark.parametrize("fields", [{"name": "kat"}, {"present": "wrong"}, {"name": ""}, {"name": "KATE"}])
def test_without_name_and_password_nothing_is_removed(signed_in: Client, fields):
    assert leave(signed_in, **fields).status_code == 422
    assert is_signed_in(signed_in)


def test_who_has_a_second_factor_types_a_code_too(signed_in: Client, person):
    device = make.second_factor(person)

    assert leave(signed_in).status_code == 422
    assert leave(signed_in, code="000000").status_code == 422
    assert leave(signed_in, code=code_of(device)).status_code == 200
    assert not Person.objects.exists()


def test_all_that_is_private_goes_and_what_they_did_stays_without_their_name(signed_in: Client, person):
    article = make.ArticleFactory(published=True, summary="So it was.", summary_by="Kate")
    events.append(
        EventAct.EDIT,
        RecordKind.ARTICLE,
        article.public_id,
        by=person,
        changes=[Change("note", "", "x")],
        is_public=True,
    )
    make.FormDraftFactory(person=person)
    make.AssignmentFactory(article=article, person=person)
    make.RecoveryCodeFactory(person=person)
    make.CommentFactory(record=article.public_id, author=person.public_id, text="I wonder.")
    other = Client()
    sign_in(other, person)

    answer = leave(signed_in)

    assert "Your account is removed" in answer.content.decode()
    assert not Person.objects.exists()
    assert [model.objects.count() for model in (SignIn, FormDraft, Assignment, RecoveryCode)] == [0, 0, 0, 0]
    assert not is_signed_in(signed_in)
    assert not is_signed_in(other)
    assert Event.objects.get().person == person.public_id
    assert events.faults() == []
    article.refresh_from_db()
    assert article.summary_by == ""
    assert "Kate" not in Client().get(article.get_absolute_url()).content.decode()
    assert Comment.objects.get().author == person.public_id
    reader = Client()
    reader.force_login(PersonFactory(editor=True))
    talk = reader.get(f"/desk/article/{article.public_id}/talk/").content.decode()
    assert "someone who left" in talk
    assert person.public_id not in talk


def test_notes_collections_and_searches_go_and_answers_of_others_stay(signed_in: Client, person):
    article = make.ArticleFactory(published=True)
    public, answered = (make.AnnotationFactory(author=person, article=article, body=f"Note {n}") for n in "12")
    type(public).objects.filter(pk=public.pk).update(
        sharing="published", published_by="someone1", published_at=make.NOON
    )
    type(public).objects.filter(pk=answered.pk).update(sharing="shared")
    answer = make.AnnotationFactory(answering=answered, body="I think so, too.", shared=True)
    entry = make.CollectionEntryFactory(collection__owner=person, article=article)
    make.SavedSearchFactory(owner=person, fed=True)
    person.groups.clear()
    held = signed_in.get(f"{ME}everything/").json()
    assert [len(held[name]) for name in ("notes", "collections", "saved_searches")] == [2, 1, 1]
    assert held["collections"][0]["entries"][0]["record"] == article.public_id

    assert leave(signed_in).status_code == 200

    kept = list(Annotation.objects.order_by("pk").values_list("pk", "author", "body"))
    assert kept == [(answered.pk, None, ""), (answer.pk, answer.author_id, "I think so, too.")]
    assert [model.objects.count() for model in (Collection, CollectionEntry, SavedSearch)] == [0, 0, 0]
    assert events.faults() == []
    assert entry.article_id == article.pk


def test_the_last_administrator_stays_and_is_told_what_to_do(client: Client):
    person = PersonFactory(administrator=True, username="kate")
    PersonFactory(administrator=True, is_active=False)
    sign_in(client, person)

    assert "You are the only administrator" in client.get(LEAVE).content.decode()
    assert leave(client).status_code == 409
    PersonFactory(administrator=True)

    assert leave(client).status_code == 200
    assert not Person.objects.filter(username="kate").exists()


def test_what_the_administration_noted_of_an_account_goes_with_it(signed_in: Client, person):
    """Its table stays where it was switched off again, and would refuse the removal."""
    with connection.cursor() as cursor:
        number = "bigint" if connection.vendor == "postgresql" else "integer"
        cursor.execute(
            f"CREATE TABLE django_admin_log (id integer, object_id text, content_type_id integer,"
            f" user_id {number} NOT NULL REFERENCES archive_person (id) DEFERRABLE INITIALLY DEFERRED)"
        )
        cursor.execute("INSERT INTO django_admin_log VALUES (1, '0', 0, %s)", [person.pk])

    assert leave(signed_in).status_code == 200
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_admin_log")
        assert cursor.fetchone() == (0,)


def test_every_table_that_refers_to_accounts_is_in_the_list_of_what_goes(person):
    """A new table of people's own must be told and removed; else its rows would go, or stay, unsaid."""
    referring = {
        relation.related_model
        for relation in Person._meta.related_objects
        if relation.related_model in apps.get_models(include_auto_created=False)
    }

    assert referring == {rows.model for rows in everything.rows_of(person)}
