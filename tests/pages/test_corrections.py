"""Corrections: every change of what was public, by day and with what stood there, and nothing that is hidden today."""

import re

import pytest
from django.db import transaction
from django.test import Client

from archive.access import extracts
from archive.desk import record_parts
from archive.history import events
from archive.history.events import Change
from archive.models import Event, Person
from archive.models.vocabulary import EventAct, HarmReview, RecordKind
from archive.records.corrections import correction_records
from tests.desk.acts import FACTORIES
from tests.factories import (
    ActorFactory,
    AppearanceFactory,
    ArticleFactory,
    CitationFactory,
    ClaimFactory,
    FigureFactory,
    OutletFactory,
    PassageFactory,
    PersonFactory,
    RedactionFactory,
    SourceFactory,
    captured,
)

pytestmark = pytest.mark.django_db


def ed() -> Person:
    """The one editor who signs so."""
    return Person.objects.filter(pen_name="Ed").first() or PersonFactory(editor=True, pen_name="Ed")


def happened(act: EventAct, record, *changes: tuple[str, str | None, str | None], by=None, why: str = "") -> Event:
    with transaction.atomic():
        return events.append(
            act,
            RecordKind(str(record._meta.model_name)),
            record.public_id,
            by=by or ed(),
            changes=[Change(*change) for change in changes],
            why=why,
            is_public=True,
        )


def edited(record, *changes: tuple[str, str | None, str | None], **more) -> Event:
    return happened(EventAct.EDIT, record, *changes, **more)


def listed(client: Client) -> list[str]:
    """The entries of the page, as words."""
    page = client.get("/corrections/").content.decode()
    found = re.findall(r'<li class="correction".*?</li>', page, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]*>", " ", entry).split()) for entry in found]


def fed(client: Client) -> str:
    return client.get("/corrections.atom").content.decode()


def test_a_change_is_listed_with_its_day_who_signs_for_it_and_what_stood_there(client: Client):
    article = ArticleFactory(published=True, headline="The headline")
    event = edited(article, ("summary", "Before that", "After that"), why="A slip of mine")

    (entry,) = listed(client)

    day = f"{event.at.day} {event.at:%B %Y}"
    for told in (day, "Ed", "The headline", "Summary", "before: Before that", "after: After that"):
        assert told in entry
    feed = fed(client)
    assert "Summary: Before that → After that. Ed." in feed
    for page in (entry, feed):
        assert f"{event.at:%H:%M}" not in page
        assert "A slip of mine" not in page


def test_who_has_no_pen_name_or_no_account_any_more_is_the_editors(client: Client):
    nameless, gone = PersonFactory(editor=True, pen_name=""), PersonFactory(editor=True, pen_name="Gone")
    for person in (nameless, gone):
        edited(ArticleFactory(published=True), ("summary", "a", "b"), by=person)
    gone.delete()

    entries = listed(client)

    assert all("the editors" in entry for entry in entries)
    assert nameless.username not in str(entries)


@pytest.mark.parametrize(
    ("factory", "field"),
    [
        (ArticleFactory, "headline"),
        (OutletFactory, "about"),
        (ClaimFactory, "sentence"),
        (SourceFactory, "title"),
        (ActorFactory, "role"),
        (FigureFactory, "note"),
    ],
)
def test_every_kind_of_record_is_listed(client: Client, factory, field: str):
    edited(factory(published=True), (field, "Old words", "New words"))

    (entry,) = listed(client)

    assert "before: Old words" in entry
    assert "after: New words" in entry


@pytest.mark.parametrize("state", ["draft", "in_review", "withdrawn"])
def test_what_is_not_public_is_in_no_list(client: Client, state: str):
    edited(ArticleFactory(**({} if state == "draft" else {state: True})), ("summary", "a", "b"))

    assert listed(client) == []


def test_what_was_changed_before_it_was_published_is_no_correction(client: Client, desk_acts):
    report = AppearanceFactory()
    figure = FigureFactory(appearance=report)
    for record in (report.article, report.claim, figure):
        edited(record, ("note", "Draft words", "More"))
    desk_acts.publish(report.article)
    assert listed(client) == []

    for record in (report.article, report.claim, figure):
        edited(record, ("note", "Public words", "More"))

    entries = listed(client)
    assert len(entries) == 3
    assert all("Public words" in entry for entry in entries)


def in_a_source(**states):
    """A figure of a report in a source that is an article."""
    return FigureFactory(
        appearance=AppearanceFactory(article=None, source=SourceFactory(article=ArticleFactory(**states)))
    )


@pytest.mark.parametrize("act", [EventAct.PUBLISH, EventAct.ADD, EventAct.IMPORT])
@pytest.mark.parametrize("kind", ["claim", "source"])
def test_whatever_makes_a_record_public_what_was_changed_before_is_no_correction(client: Client, act, kind: str):
    figure = in_a_source()
    report = figure.appearance
    opened, *others = (report.claim, report.source) if kind == "claim" else (report.source, report.claim)
    for record in (opened, report, figure):
        edited(record, ("note", "Draft words", "More"))
    happened(act, ArticleFactory(published=True), (f"{kind} {opened.public_id}", "draft", "published"))
    for record in (opened, *others):
        record.status = "published"
        record.save()
    assert listed(client) == []

    for record in (opened, report, figure):
        edited(record, ("note", "Public words", "More"))

    entries = listed(client)
    assert len(entries) == 3
    assert all("Public words" in entry for entry in entries)


def test_words_that_read_like_a_publishing_are_none(client: Client):
    article = ArticleFactory(published=True)
    edited(article, ("summary", "Old words", "New words"))
    edited(article, ("note", "draft", "published"))

    assert "Old words" in str(listed(client))


@pytest.mark.parametrize("field", ["byline", "person_key", "status"])
def test_a_change_of_what_nobody_reads_is_no_correction(client: Client, field: str):
    edited(ArticleFactory(published=True), (field, "a", "b"), why="Because")

    assert listed(client) == []


EDITORIAL = "Changed for editorial reasons."


def about_redacted(kind: str):
    """A record around an article in whose text “Testov” is redacted."""
    article = ArticleFactory(published=True, outlet__published=True)
    text = captured(article, "A headline", "A man named Testov was sent.")
    RedactionFactory(passage=PassageFactory(capture_text=text, words="named Testov"))
    report = AppearanceFactory(article=article, claim__published=True, speaker=ActorFactory(published=True))
    found = {"article": article, "outlet": article.outlet, "claim": report.claim, "actor": report.speaker}
    if kind == "source":
        return CitationFactory(article=article, source__published=True).source
    if kind == "figure":
        return FigureFactory(appearance=report)
    return found[kind]


@pytest.mark.parametrize("kind", ["article", "outlet", "claim", "source", "actor", "figure"])
@pytest.mark.parametrize("old", ["He is named Testov.", "NAMED\n  testov"])
def test_words_that_are_redacted_today_are_not_told_wherever_they_stood(client: Client, kind: str, old: str):
    record = about_redacted(kind)
    edited(record, ("note", old, "Nothing"), ("kind", "a", "b"))

    (entry,) = listed(client)

    assert EDITORIAL in entry
    for page in (entry, fed(client)):
        assert "testov" not in page.lower()
        assert "Nothing" not in page


def test_a_redaction_elsewhere_hides_nothing_here(client: Client):
    about_redacted("article")
    edited(ArticleFactory(published=True), ("summary", "named Testov", "named otherwise"))

    assert "named Testov" in listed(client)[0]


@pytest.mark.parametrize(
    ("factory", "flag", "field"),
    [
        (ArticleFactory, "headline_withheld", "headline"),
        (ArticleFactory, "address_withheld", "address"),
        (SourceFactory, "title_withheld", "title"),
        (SourceFactory, "address_withheld", "address"),
    ],
)
def test_what_is_withheld_today_is_not_told(client: Client, factory, flag: str, field: str):
    edited(factory(published=True, **{flag: True}), (field, "Old secret", "New secret"))

    (entry,) = listed(client)

    assert EDITORIAL in entry
    assert "secret" not in entry + fed(client)


@pytest.mark.parametrize("flag", ["headline_withheld", "address_withheld", "is_noindex", "to_protect"])
def test_a_change_made_for_safety_says_no_more(client: Client, flag: str):
    edited(ArticleFactory(published=True), (flag, "False", "True"), ("summary", "Old secret", "New secret"))

    (entry,) = listed(client)

    assert EDITORIAL in entry
    assert "secret" not in entry


def test_a_redaction_is_told_without_where_and_what(client: Client):
    happened(
        EventAct.REDACT, ArticleFactory(published=True), ("redaction", None, "capture abc, 5 to 9: private-person")
    )

    (entry,) = listed(client)

    assert EDITORIAL in entry
    assert "capture" not in entry
    assert "private" not in entry


def test_a_copy_that_could_be_read_and_can_be_no_more_is_told_of_and_one_that_never_could_is_not(client: Client):
    article = ArticleFactory(published=True)
    blocked, never = (captured(article, "A headline", words).capture for words in ("One.", "Two."))
    happened(EventAct.DECIDE, blocked, ("harm_review", HarmReview.CLEARED, HarmReview.BLOCKED))
    happened(EventAct.DECIDE, never, ("harm_review", HarmReview.OPEN, HarmReview.BLOCKED))

    (entry,) = listed(client)

    assert EDITORIAL in entry


def test_of_what_was_withdrawn_kind_reason_and_day_are_told_and_nothing_else(client: Client):
    article = ArticleFactory(withdrawn=True, withdrawn_reason="safety", headline="Old secret")
    edited(article, ("summary", "Older secret", "b"))
    happened(EventAct.WITHDRAW, article, ("status", "published", "withdrawn"), why="Secret reason")

    (entry,) = listed(client)

    assert re.fullmatch(r"\d+ \w+ \d{4} · Article Withdrawn: To protect people", entry)
    assert "ecret" not in fed(client)
    assert article.public_id not in fed(client) + client.get("/corrections/").content.decode()


def test_of_what_was_withdrawn_a_moment_ago_no_edit_is_told():
    article = ArticleFactory(withdrawn=True)
    edit = edited(article, ("summary", "Old secret", "b"))
    withdrawal = happened(EventAct.WITHDRAW, article, ("status", "published", "withdrawn"))

    (told,) = correction_records([withdrawal, edit])

    assert (told.about, told.changes) == (None, ())


def test_a_draft_that_was_withdrawn_was_never_public(client: Client):
    happened(EventAct.WITHDRAW, ArticleFactory(withdrawn=True), ("status", "draft", "withdrawn"))

    assert listed(client) == []


@pytest.mark.parametrize("field", ["places", "place", "parent", "outlet", "something_new"])
def test_places_and_other_records_are_told_without_values(client: Client, field: str):
    edited(ClaimFactory(published=True), (field, "Old secret", "New secret"))

    (entry,) = listed(client)

    assert "changed" in entry
    assert "secret" not in entry + fed(client)


@pytest.mark.parametrize(
    ("figure", "change"),
    [
        ({}, ("low", "3", "30")),
        ({}, ("high", "10", "30")),
        ({}, ("comparator", "fewer-than", "none")),
        ({"low": 9}, ("note", "of Testtown", "")),
        ({"comparator": "fewer-than", "low": None, "high": 10}, ("measure", "testtown/sent", "testland/sent")),
    ],
)
def test_numbers_so_small_that_they_single_somebody_out_are_not_told(client: Client, figure, change):
    edited(FigureFactory(published=True, **figure), change)

    assert EDITORIAL in listed(client)[0]


def test_larger_numbers_are_told(client: Client):
    edited(FigureFactory(published=True), ("low", "11", "30"), ("comparator", "none", "at-least"))

    assert "before: 11 → after: 30" in listed(client)[0]


def test_parts_of_a_record_are_told_without_values_whatever_their_name(client: Client):
    keys = [(kind, part.key) for kind, found in record_parts.PARTS.items() for part in found]
    for kind, key in keys:
        edited(FACTORIES[kind](published=True), (key, "Old secret", "New secret"))

    entries = listed(client)

    assert len(entries) == len(keys)
    assert all("changed" in entry for entry in entries)
    assert "secret" not in str(entries)


@pytest.mark.parametrize("state", ["draft", "withdrawn"])
def test_what_stands_in_a_source_whose_article_is_not_public_leads_to_the_source(client: Client, state: str):
    figure = in_a_source(headline="Hidden headline", **({} if state == "draft" else {state: True}))
    report = figure.appearance
    for record in (report.source, report.claim):
        record.status = "published"
        record.save()
    edited(report, ("note", "Old words", "b"))
    edited(figure, ("note", "Old words", "b"))

    page = client.get("/corrections/").content.decode()

    assert page.count(f'<h2><a href="{report.source.get_absolute_url()}">') == 2
    assert report.source.article.public_id not in page
    assert "Hidden headline" not in page


@pytest.mark.parametrize("field", ["title", "address"])
def test_what_a_source_has_from_its_article_is_told_without_values(client: Client, field: str):
    source = SourceFactory(published=True, article=ArticleFactory(published=True))
    edited(source, (field, "Old secret", "New secret"))

    (entry,) = listed(client)

    assert "changed" in entry
    assert "secret" not in entry + fed(client)


def test_values_that_were_purged_are_not_told(client: Client):
    event = edited(ArticleFactory(published=True), ("summary", "Old secret", "b"))
    with transaction.atomic():
        events.purge_values([event], by=PersonFactory(editor=True), why="By order")

    (entry,) = listed(client)

    assert EDITORIAL in entry


def test_terms_of_lists_and_switches_are_told_in_words(client: Client):
    edited(ArticleFactory(published=True), ("depth", "listed", "claims"), ("is_lead", "False", "True"))

    (entry,) = listed(client)

    assert "Listed: found and described" in entry
    assert "before: no → after: yes" in entry


def test_the_newest_come_first_fifty_on_a_page(client: Client):
    article = ArticleFactory(published=True)
    for number in range(51):
        edited(article, ("summary", f"Number {number}", "x"))

    assert "Number 50" in listed(client)[0]
    assert len(listed(client)) == 50
    assert "before: </span>Number 0<" in client.get("/corrections/?page=2").content.decode()
    assert fed(client).count("<entry>") == 50


@pytest.mark.parametrize("address", ["/corrections/", "/corrections.atom"])
def test_many_run_as_many_queries_as_few(count_queries, address: str):
    def change() -> None:
        for kind in ("article", "outlet", "claim", "source", "actor", "figure"):
            edited(about_redacted(kind), ("note", "named Testov", "b"))
            edited(about_redacted(kind), ("note", "a", "b"))

    change()
    queries_for_few = count_queries(address)
    change()
    change()

    assert count_queries(address) == queries_for_few


def test_nothing_of_an_entrys_name_tells_how_much_the_desk_does(client: Client):
    article = ArticleFactory(published=True)
    for _time in range(3):
        edited(ArticleFactory(), ("summary", "a", "b"))
    event = edited(article, ("summary", "a", "b"))

    page = client.get("/corrections/").content.decode()

    assert f'id="c-{event.hash[:16]}"' in page


@pytest.mark.parametrize("query", ["?page=0", "?page=two", "?page=99", "?kind=article"])
def test_an_odd_question_is_explained_on_the_page_and_refused_by_the_feed(client: Client, query: str):
    page, feed = client.get(f"/corrections/{query}"), client.get(f"/corrections.atom{query}")

    assert (page.status_code, feed.status_code) == (200, 400)
    assert "This list cannot be shown as asked" in page.content.decode()


def test_an_edit_at_the_desk_with_its_box_ticked_protects_what_stood_there(client: Client, desk_acts):
    article = ArticleFactory(published=True, summary="Old secret")
    extracts.rebuild([article.pk])

    assert desk_acts.edit(article, summary="New", why="Because", to_protect="on").status_code == 302

    (entry,) = listed(client)
    assert EDITORIAL in entry
    assert "secret" not in entry


@pytest.fixture
def desk_acts():
    """An editor who publishes and edits by the forms of the desk."""
    from tests.desk import acts

    browser = Client()
    browser.force_login(ed())

    class Acts:
        def publish(self, article) -> None:
            assert acts.send(browser, article, "publish").status_code == 302

        def edit(self, record, **changes):
            return acts.edit(browser, record, **changes)

    return Acts()
