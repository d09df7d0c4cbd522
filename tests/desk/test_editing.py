"""Editing a record: what is kept of it, and what is refused."""

import pytest
from django.test import Client

from archive.history.versions import public_version
from archive.models import Article, Event
from tests.desk.acts import (
    FACTORIES,
    TEXT_FIELDS,
    address_of,
    changes_of,
    edit,
    last_event,
)
from tests.desk.edit_form import sent_by
from tests.factories import (
    ActorFactory,
    ArticleFactory,
    ClaimFactory,
    CountryFactory,
    OutletFactory,
    PeopleGroupFactory,
    TacticFactory,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", FACTORIES)
def test_every_kind_of_record_is_edited_with_one_event(desk: Client, editor, kind: str):
    record = FACTORIES[kind]()
    field = TEXT_FIELDS[kind]
    before = getattr(record, field) or None

    answer = edit(desk, record, kind, **{field: "Written anew"})

    assert answer.status_code == 302
    event = Event.objects.get()
    assert (event.kind, event.public_id, event.person) == (kind, record.public_id, editor.public_id)
    assert changes_of(event)[field] == (before, "Written anew")
    record.refresh_from_db()
    assert (getattr(record, field), record.version) == ("Written anew", 2)


@pytest.mark.parametrize("kind", FACTORIES)
def test_a_form_sent_back_as_it_came_changes_nothing(desk: Client, kind: str):
    record = FACTORIES[kind]()

    answer = edit(desk, record, kind)

    assert answer.status_code == 422
    assert "Nothing was saved" in answer.content.decode()
    record.refresh_from_db()
    assert (record.version, Event.objects.count()) == (1, 0)


def test_related_records_are_kept_in_the_history_by_their_names_for_the_public(desk: Client):
    article = ArticleFactory(outlet__slug="the-old")
    other = OutletFactory(slug="the-new")
    tactics = [TacticFactory(slug="b-tactic").slug, TacticFactory(slug="a-tactic").slug]

    edit(desk, article, outlet=other.slug, provisional_tactics=tactics)

    assert changes_of(last_event()) == {
        "outlet": ("the-old", "the-new"),
        "provisional_tactics": (None, "a-tactic, b-tactic"),
    }


def test_a_record_shows_what_it_has_chosen_when_its_form_opens(desk: Client):
    group, country = PeopleGroupFactory(slug="some-people"), CountryFactory(code="UZ", name="Uzbekistan")
    claim = ClaimFactory(people=[group])
    actor = ActorFactory(country=country, parent=ActorFactory())

    shown_claim = sent_by(desk.get(address_of(claim, "claim")), address_of(claim, "claim"))
    shown_actor = sent_by(desk.get(address_of(actor, "actor")), address_of(actor, "actor"))

    assert shown_claim["people"] == ["some-people"]
    assert shown_actor["country"] == ["UZ"]
    assert shown_actor["parent"] == [actor.parent.public_id]


def test_a_changed_summary_is_signed_with_the_pen_name(desk: Client):
    article = ArticleFactory()

    edit(desk, article, summary="In other words.")

    article.refresh_from_db()
    assert article.summary_by == "Ed"


def test_a_changed_address_is_brought_into_its_one_spelling_with_its_key(desk: Client):
    article = ArticleFactory()

    edit(desk, article, address="HTTPS://Other.example/story/?utm_source=x#top")

    article.refresh_from_db()
    assert article.address == "https://other.example/story/"
    assert article.address_key == ArticleFactory(address="https://other.example/story").address_key


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"address": "https://user:secret@outlet.example/"}, "not an address that can be kept"),
        ({"headline": ""}, "needs its headline"),
        ({"headline": "x" * 501}, "at most 500 characters"),
        ({"outlet": "no-such-outlet"}, "Select a valid choice"),
        ({"depth": "bottomless"}, "Select a valid choice"),
        ({"version": "9" * 30}, "less than or equal"),
    ],
)
def test_what_cannot_be_kept_is_said_and_nothing_is_written(desk: Client, changes: dict[str, str], complaint: str):
    article = ArticleFactory(published=True)

    answer = edit(desk, article, why="To see", **changes)

    assert answer.status_code == 422
    assert complaint in answer.content.decode()
    assert Event.objects.count() == 0
    assert Article.objects.get().version == 1


def test_an_address_that_another_article_has_is_refused(desk: Client):
    other, article = ArticleFactory(), ArticleFactory()

    answer = edit(desk, article, address=other.address)

    assert answer.status_code == 422
    assert "already in the archive" in answer.content.decode()


@pytest.mark.parametrize("kind", FACTORIES)
def test_a_public_record_is_not_changed_without_a_reason(desk: Client, kind: str):
    record = FACTORIES[kind](published=True)
    field = TEXT_FIELDS[kind]

    refused = edit(desk, record, kind, **{field: "Written anew"})
    saved = edit(desk, record, kind, **{field: "Written anew"}, why="It was unclear")

    assert refused.status_code == 422
    assert "Say why" in refused.content.decode()
    assert saved.status_code == 302
    assert changes_of(Event.objects.get())["why"] == (None, "It was unclear")


def test_what_the_editor_wrote_stands_in_the_form_again_when_it_is_refused(desk: Client):
    article = ArticleFactory(published=True)

    answer = edit(desk, article, summary="Long work of an afternoon")

    assert sent_by(answer, address_of(article))["summary"] == ["Long work of an afternoon"]


def test_editing_a_public_record_moves_the_public_version_and_a_draft_does_not(desk: Client):
    draft, public = ArticleFactory(), ArticleFactory(published=True)
    before = public_version()
    edit(desk, draft, summary="Anew")
    after_draft = public_version()
    edit(desk, public, summary="Anew", why="Unclear")

    assert (after_draft, public_version()) == (before, before + 1)
