"""The page of one note: changed, answered and removed by who may, published and taken back by editors."""

import pytest
from django.test import Client

from archive.annotate import actions
from archive.history import events
from archive.models import Annotation, Event, EventValue, PublicExtract
from archive.models.vocabulary import Sharing
from tests import factories as make

pytestmark = pytest.mark.django_db


def as_(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def note():
    article = make.ArticleFactory(published=True, outlet__limit=60)
    text = make.captured(article, "Headline", "They were taken to the front, he said, and nobody came back.")
    return make.AnnotationFactory(
        in_text=text, words="taken to the front", body="Whose words are these?", proposed=True
    )


@pytest.fixture
def editor():
    return make.PersonFactory(editor=True)


def form_of(note, **fields) -> dict[str, object]:
    held = {"motivation": note.motivation, "sharing": note.sharing, "body": note.body, "version": note.version}
    return held | fields


def test_its_author_changes_it_and_a_stale_form_loses_nothing(note):
    client, address = as_(note.author), note.get_absolute_url()
    sent = form_of(note, body="Changed here", tags="voice")

    changed = client.post(address, sent)
    stale = client.post(address, sent | {"body": "Changed there"})
    again = client.post(address, sent | {"body": "Changed there", "version": note.version + 1})

    assert (changed.status_code, stale.status_code, again.status_code) == (302, 409, 302)
    page = stale.content.decode()
    assert "Changed here" in page
    assert "Changed there" in page
    note.refresh_from_db()
    assert (note.body, note.start is not None) == ("Changed there", True)


def test_a_highlight_is_changed_without_naming_its_words_again_and_put_to_other_words(note):
    Annotation.objects.filter(pk=note.pk).update(motivation="highlighting", body="")
    client, address = as_(note.author), note.get_absolute_url()

    kept = client.post(address, form_of(note, motivation="highlighting", body=""))
    moved = client.post(address, form_of(note, motivation="highlighting", body="", version=2, quote="nobody came back"))

    assert (kept.status_code, moved.status_code) == (302, 302)
    note.refresh_from_db()
    assert note.text.text[note.start : note.end] == "nobody came back"


def test_others_neither_change_nor_remove_it(note, editor):
    client = as_(editor)

    changed = client.post(note.get_absolute_url(), form_of(note, body="Mine"))
    removed = client.post(f"{note.get_absolute_url()}remove/", {"version": note.version})

    assert (changed.status_code, removed.status_code) == (403, 404)
    note.refresh_from_db()
    assert note.body == "Whose words are these?"


def test_a_private_note_is_not_there_for_anybody_else(note, editor):
    Annotation.objects.filter(pk=note.pk).update(sharing=Sharing.PRIVATE)
    addresses = ("", "reply/", "remove/", "publish/", "decline/")

    for person in (editor, make.PersonFactory(researcher=True), make.PersonFactory(administrator=True)):
        client = as_(person)
        answers = [client.post(note.get_absolute_url() + end).status_code for end in addresses]
        assert set(answers) <= {403, 404}
        assert client.get(note.get_absolute_url()).status_code == 404


def test_a_removed_note_is_gone_and_answers_of_others_stay(note):
    reply = make.AnnotationFactory(answering=note, body="His, I think", shared=True)
    make.AnnotationFactory(answering=note, author=note.author, body="Mine, too", sharing="private")

    as_(note.author).post(f"{note.get_absolute_url()}remove/", {"version": note.version})

    left = Annotation.objects.get(reply_to=None)
    assert (left.author, left.body, left.text, left.claim) == (None, "", None, None)
    assert [one.pk for one in left.replies.all()] == [reply.pk]
    page = as_(reply.author).get(f"/articles/{note.article.public_id}/text/").content.decode()
    assert "removed by its author" in page
    assert "His, I think" in page
    as_(reply.author).post(f"{reply.get_absolute_url()}remove/", {"version": reply.version})
    assert not Annotation.objects.filter(pk=reply.pk).exists()


def test_a_published_note_is_read_by_everybody_within_the_outlets_limit_and_stands_in_the_history(note, editor):
    public, article = Client(), f"/articles/{note.article.public_id}/"
    before = public.get(article).content.decode()

    answer = as_(editor).post(f"{note.get_absolute_url()}publish/", {"version": note.version})

    page = public.get(article).content.decode()
    assert answer.status_code == 302
    assert "Whose words are these?" not in before
    assert "Whose words are these?" in page
    assert note.author.pen_name in page
    assert "taken to the front" in page
    assert PublicExtract.objects.get(article=note.article).length == len("taken to the front")
    assert "Whose words are these?" in public.get(f"{article}annotations.jsonld").content.decode()
    event = Event.objects.get(act="publish", kind="annotation", public_id=note.public_id)
    assert EventValue.objects.get(event=event, field="body").new == "Whose words are these?"
    assert events.faults() == []


def test_words_beyond_the_outlets_limit_are_not_shown_with_a_published_note(editor):
    article = make.ArticleFactory(published=True, outlet__limit=10)
    text = make.captured(article, "Headline", "They were taken to the front.")
    note = make.AnnotationFactory(in_text=text, words="taken to the front", proposed=True)

    as_(editor).post(f"{note.get_absolute_url()}publish/", {"version": note.version})

    page = Client().get(f"/articles/{article.public_id}/").content.decode()
    assert note.body in page
    assert "taken to the front" not in page
    assert "the outlet’s limit" in page


def test_what_an_author_changes_after_publication_an_editor_reads_before_everybody_does(note, editor):
    actions.publish(note, version=note.version, is_checked=False, by=editor)
    note.refresh_from_db()

    as_(note.author).post(note.get_absolute_url(), form_of(note, sharing="proposed", body="Something else"))

    page = Client().get(f"/articles/{note.article.public_id}/").content.decode()
    note.refresh_from_db()
    assert (note.sharing, note.passage) == (Sharing.PROPOSED, None)
    assert "Something else" not in page
    assert "Whose words are these?" not in page
    assert Event.objects.filter(act="withdraw", kind="annotation").count() == 1


def test_an_editor_takes_a_published_note_back_with_a_reason(note, editor):
    actions.publish(note, version=note.version, is_checked=False, by=editor)
    note.refresh_from_db()
    client, address = as_(editor), f"{note.get_absolute_url()}decline/"

    without = client.post(address, {"version": note.version})
    client.post(address, {"version": note.version, "why": "Names the wrong speaker"})

    note.refresh_from_db()
    assert without.status_code == 422
    assert note.sharing == Sharing.SHARED
    assert EventValue.objects.filter(field="why", new="Names the wrong speaker").exists()
    assert "Whose words" not in Client().get(f"/articles/{note.article.public_id}/").content.decode()


@pytest.mark.parametrize(
    ("body", "checked", "status"),
    [
        ("Call +380 44 123 45 67", False, 409),
        ("Call +380 44 123 45 67", True, 302),
        ("His name is SecretName", True, 409),
    ],
)
def test_a_note_that_could_harm_somebody_is_not_published_unseen(note, editor, body, checked, status):
    hidden = make.captured(
        note.article, "Headline", "SecretName stood there.", captured_at=make.NOON.replace(year=2025)
    )
    make.RedactionFactory(passage=make.PassageFactory(capture_text=hidden, words="SecretName"))
    Annotation.objects.filter(pk=note.pk).update(body=body)

    answer = as_(editor).post(
        f"{note.get_absolute_url()}publish/", {"version": note.version} | ({"is_checked": "on"} if checked else {})
    )

    assert answer.status_code == status


def test_where_a_second_person_is_asked_for_an_editor_does_not_publish_their_own_note(note, editor, settings):
    settings.ARCHIVE_SECOND_PERSON = True
    Annotation.objects.filter(pk=note.pk).update(author=editor)

    refused = as_(editor).post(f"{note.get_absolute_url()}publish/", {"version": note.version})
    published = as_(make.PersonFactory(editor=True)).post(
        f"{note.get_absolute_url()}publish/", {"version": note.version}
    )

    assert (refused.status_code, published.status_code) == (409, 302)


def test_researchers_publish_nothing(note):
    answer = as_(make.PersonFactory(researcher=True)).post(
        f"{note.get_absolute_url()}publish/", {"version": note.version}
    )

    assert answer.status_code == 403


def test_everything_of_somebody_who_leaves_is_removed_and_answers_of_others_stay(note, editor):
    other = make.AnnotationFactory(answering=note, shared=True)
    own = make.AnnotationFactory(answering=make.AnnotationFactory(shared=True), author=note.author, shared=True)
    published = make.AnnotationFactory(author=note.author, article=note.article, proposed=True)
    actions.publish(published, version=1, is_checked=False, by=editor)

    assert actions.remove_all_of(by=note.author) == 3

    assert not Annotation.objects.filter(author=note.author).exists()
    assert not Annotation.objects.filter(pk__in=[own.pk, published.pk]).exists()
    assert Annotation.objects.get(pk=other.pk).reply_to.body == ""
