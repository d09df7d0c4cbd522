"""Editing a record: what is kept of it, who may, and what happens when two do it at once."""

import pytest
from django.db import transaction
from django.test import Client

from archive.history import events
from archive.history.versions import public_version
from archive.models import Article, Event, Figure
from archive.models.vocabulary import EventAct
from tests.desk.edit_form import sent_by
from tests.factories import (
    ActorFactory,
    ArticleFactory,
    ClaimFactory,
    CountryFactory,
    FigureFactory,
    OutletFactory,
    PassageFactory,
    PeopleGroupFactory,
    PlaceFactory,
    SourceFactory,
    TacticFactory,
    captured,
)

pytestmark = pytest.mark.django_db

FACTORIES = {
    "article": ArticleFactory,
    "outlet": OutletFactory,
    "claim": ClaimFactory,
    "source": SourceFactory,
    "actor": ActorFactory,
    "figure": FigureFactory,
}
TEXT_FIELDS = {
    "article": "summary",
    "outlet": "about",
    "claim": "note",
    "source": "note",
    "actor": "role",
    "figure": "note",
}


def address_of(record, kind: str = "article") -> str:
    return f"/desk/{kind}/{record.public_id}/edit/"


def edit(desk: Client, record, kind: str = "article", **changes: object):
    address = address_of(record, kind)
    return desk.post(address, sent_by(desk.get(address), address, **changes))


def last_event() -> Event:
    return Event.objects.latest("seq")


def changes_of(event: Event) -> dict[str, tuple[str | None, str | None]]:
    return {value.field: (value.old, value.new) for value in event.values_kept.all()}


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


# Two editors at once.


def stale_save(desk: Client, record, kind: str, theirs: dict[str, object], mine: dict[str, object]):
    """Open the form, let another editor save, then send the form."""
    address = address_of(record, kind)
    opened = desk.get(address)
    other_saved = desk.post(address, sent_by(opened, address, **theirs))
    assert other_saved.status_code == 302
    return desk.post(address, sent_by(opened, address, **mine))


def test_of_two_saves_made_from_one_version_the_second_writes_nothing(desk: Client):
    article = ArticleFactory()

    answer = stale_save(desk, article, "article", {"summary": "Theirs"}, {"summary": "Mine"})

    assert answer.status_code == 409
    assert Event.objects.count() == 1
    article.refresh_from_db()
    assert (article.summary, article.version) == ("Theirs", 2)


@pytest.mark.parametrize("kind", FACTORIES)
def test_a_stale_save_shows_both_texts_and_can_be_saved_from_there(desk: Client, kind: str):
    record, field = FACTORIES[kind](), TEXT_FIELDS[kind]

    answer = stale_save(desk, record, kind, {field: "What they wrote"}, {field: "What I wrote"})
    page = answer.content.decode()
    again = desk.post(address_of(record, kind), sent_by(answer, address_of(record, kind)))

    assert "What they wrote" in page
    assert "What I wrote" in page
    assert again.status_code == 302
    record.refresh_from_db()
    assert (getattr(record, field), record.version) == ("What I wrote", 3)
    assert changes_of(last_event())[field] == ("What they wrote", "What I wrote")


def test_a_stale_save_does_not_undo_what_only_the_other_editor_changed(desk: Client):
    article = ArticleFactory(headline="Old headline", summary="Old summary")

    answer = stale_save(desk, article, "article", {"headline": "Their headline"}, {"summary": "My summary"})
    desk.post(address_of(article), sent_by(answer, address_of(article)))

    article.refresh_from_db()
    assert (article.headline, article.summary) == ("Their headline", "My summary")


def test_a_form_that_is_stale_twice_keeps_what_was_written(desk: Client):
    article = ArticleFactory(summary="Old")
    address = address_of(article)
    first = stale_save(desk, article, "article", {"summary": "Theirs"}, {"summary": "Mine"})
    edit(desk, article, headline="Another hand again")

    second = desk.post(address, sent_by(first, address))
    saved = desk.post(address, sent_by(second, address))

    assert (second.status_code, saved.status_code) == (409, 302)
    article.refresh_from_db()
    assert (article.headline, article.summary) == ("Another hand again", "Mine")


# Figures need evidence.


def figure_with_text() -> Figure:
    figure = FigureFactory(low=10_000)
    text = captured(figure.appearance.article, "A headline", "About 20,000 were sent.")
    PassageFactory(capture_text=text, words="About 20,000")
    return figure


@pytest.mark.parametrize("changes", [{"low": "20000", "high": "20000"}, {"comparator": "about"}])
def test_a_changed_number_needs_its_passage_and_is_else_not_written(desk: Client, changes: dict[str, str]):
    figure = figure_with_text()

    answer = edit(desk, figure, "figure", **changes)

    assert answer.status_code == 422
    assert "needs the passage" in answer.content.decode()
    figure.refresh_from_db()
    assert (figure.low, figure.comparator, figure.version) == (10_000, "none", 1)
    assert Event.objects.count() == 0


def test_a_changed_number_with_its_passage_is_written(desk: Client):
    figure = figure_with_text()
    page = desk.get(address_of(figure, "figure"))
    passage = figure.appearance.article.captures.get().texts.get().passages.get()
    assert "“About 20,000”" in page.content.decode()

    answer = edit(desk, figure, "figure", low="20000", high="20000", comparator="about", passage=str(passage.pk))

    assert answer.status_code == 302
    figure.refresh_from_db()
    assert (figure.low, figure.high, figure.comparator, figure.passage) == (20_000, 20_000, "about", passage)


def test_a_passage_of_another_article_is_no_evidence(desk: Client):
    figure = figure_with_text()
    foreign = PassageFactory()

    answer = edit(desk, figure, "figure", low="5", high="5", passage=str(foreign.pk))

    assert answer.status_code == 422
    assert "Select a valid choice" in answer.content.decode()


def test_bounds_that_do_not_fit_their_comparator_are_refused(desk: Client):
    figure = figure_with_text()

    answer = edit(desk, figure, "figure", comparator="more-than")

    assert answer.status_code == 422
    assert "do not fit the comparator" in answer.content.decode()


@pytest.mark.parametrize("setting", ["housing", "place-of-worship", "home"])
def test_what_happens_at_homes_and_worship_is_placed_no_finer_than_a_region(desk: Client, setting: str):
    town = PlaceFactory(name="A town", kind="settlement")
    claim = ClaimFactory()

    refused = edit(desk, claim, "claim", setting=setting, places=[town.slug])
    region = PlaceFactory(name="A region", kind="region")
    saved = edit(desk, claim, "claim", setting=setting, places=[region.slug])

    assert refused.status_code == 422
    assert "no finer than its region" in refused.content.decode()
    assert saved.status_code == 302


# Looking back, and putting back.


def test_the_history_shows_who_changed_what_and_why_the_newest_first(desk: Client):
    article = ArticleFactory(published=True, summary="First words")
    edit(desk, article, summary="Second words", why="Unclear")
    edit(desk, article, summary="Third words", why="Still unclear")

    page = desk.get(f"/desk/article/{article.public_id}/history/").content.decode()

    assert page.index("<del>Second words</del>") < page.index("<del>First words</del>")
    assert page.index("Still unclear") < page.index("Unclear")
    assert "Ed edited" in page


def restore(desk: Client, record, event: Event, kind: str = "article", **changes: object):
    address = f"/desk/{kind}/{record.public_id}/restore/{event.seq}/"
    page = desk.get(f"/desk/{kind}/{record.public_id}/history/")
    return desk.post(address, sent_by(page, address, **changes))


def test_restoring_puts_back_what_was_before_an_event_as_a_new_edit(desk: Client):
    tactic = TacticFactory()
    article = ArticleFactory(headline="First", summary="First words")
    edit(desk, article, headline="Second", provisional_tactics=[tactic.slug], is_noindex="on")
    early = last_event()
    edit(desk, article, summary="Later words")

    answer = restore(desk, article, early)

    assert answer.status_code == 302
    article.refresh_from_db()
    assert (article.headline, article.summary, article.is_noindex) == ("First", "First words", False)
    assert article.provisional_tactics.count() == 0
    assert (last_event().act, Event.objects.count(), article.version) == (EventAct.RESTORE, 3, 4)


def test_what_was_restored_can_itself_be_taken_back(desk: Client):
    article = ArticleFactory(summary="First")
    edit(desk, article, summary="Second")
    restore(desk, article, last_event())

    restore(desk, article, last_event())

    article.refresh_from_db()
    assert article.summary == "Second"
    assert Event.objects.count() == 3


def test_restoring_a_public_record_needs_a_reason_and_keeps_what_would_be_restored(desk: Client):
    article = ArticleFactory(published=True, summary="First")
    edit(desk, article, summary="Second", why="Unclear")

    answer = restore(desk, article, last_event())

    assert answer.status_code == 422
    assert sent_by(answer, address_of(article))["summary"] == ["First"]


def test_restoring_from_a_stale_page_is_answered_409(desk: Client):
    article = ArticleFactory(summary="First")
    edit(desk, article, summary="Second")
    event = last_event()
    address = f"/desk/article/{article.public_id}/restore/{event.seq}/"
    page = desk.get(f"/desk/article/{article.public_id}/history/")
    edit(desk, article, summary="Third")

    answer = desk.post(address, sent_by(page, address))

    assert answer.status_code == 409
    article.refresh_from_db()
    assert article.summary == "Third"


def test_what_was_purged_by_law_cannot_be_restored(desk: Client, editor):
    article = ArticleFactory(summary="What must go")
    edit(desk, article, summary="Second")
    event = last_event()
    with transaction.atomic():
        events.purge_values([event], by=editor, why="A court's order")

    answer = restore(desk, article, event)

    assert answer.status_code == 422
    assert "purged by lawful order" in answer.content.decode()


def test_an_event_of_another_record_restores_nothing(desk: Client):
    one, other = ArticleFactory(), ArticleFactory()
    edit(desk, other, summary="Other")

    answer = desk.post(f"/desk/article/{one.public_id}/restore/{last_event().seq}/", {"version": "1"})

    assert answer.status_code == 404
    assert desk.post(f"/desk/article/{one.public_id}/restore/{'9' * 40}/", {"version": "1"}).status_code == 404


@pytest.mark.parametrize("path", ["article/zzzzzzzz", "nothing/00000000", "person/00000000", "import/00000000"])
@pytest.mark.parametrize("page", ["edit", "history"])
def test_what_is_not_there_is_answered_404(desk: Client, path: str, page: str):
    assert desk.get(f"/desk/{path}/{page}/").status_code == 404
