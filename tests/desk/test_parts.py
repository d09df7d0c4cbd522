"""Parts of records: each is added, changed and removed at its record, with an event, and what follows is rebuilt."""

import datetime
import re

import pytest
from django.test import Client

from archive.access import extracts
from archive.desk import editable, record_parts
from archive.models import Article, Event, SourceCheck
from archive.models.vocabulary import PassageState
from archive.provenance import counts
from tests.desk.acts import changes_of, last_event
from tests.desk.edit_form import sent_by
from tests.factories import (
    ActorFactory,
    ActorNameFactory,
    AppearanceFactory,
    ArticleFactory,
    CitationFactory,
    ClaimActorFactory,
    ClaimFactory,
    ClaimLinkFactory,
    CreditFactory,
    DateEvidenceFactory,
    OutletDomainFactory,
    OutletFactory,
    OwnershipNoteFactory,
    PassageFactory,
    SourceActorFactory,
    SourceCheckFactory,
    SourceCopyFactory,
    SourceFactory,
    SourceIdentifierFactory,
    captured,
)

pytestmark = pytest.mark.django_db


def actor_called(name: str):
    return ActorFactory(name=name)


# Kind of record, part, its factory and the field of it that names the record, what is typed, what is said then.
PARTS = [
    ("actor", "spelling", ActorNameFactory, "actor", {"name": "Бастрыкин", "language": "ru"}, "Бастрыкин · ru"),
    ("outlet", "domain", OutletDomainFactory, "outlet", {"domain": "https://www.Mirror.example/x"}, "mirror.example"),
    ("outlet", "ownership", OwnershipNoteFactory, "outlet", {"text": "A fund", "reference": "Its page"}, "A fund"),
    ("source", "voice", SourceActorFactory, "source", {"actor": "committee", "role_as_printed": "head"}, "Committee"),
    ("source", "identifier", SourceIdentifierFactory, "source", {"scheme": "x-post", "value": "77"}, "77"),
    ("source", "copy", SourceCopyFactory, "source", {"address": "https://copies.example/a"}, "https://copies.example/a"),
    ("claim", "done", ClaimActorFactory, "claim", {"actor": "Committee", "part": "done-by"}, "Committee"),
    ("claim", "link", ClaimLinkFactory, "from_claim", {"to_claim": "The other claim.", "kind": "updates"}, "other"),
    ("article", "citation", CitationFactory, "article", {"source": "A briefing", "label": "[9]"}, "[9] · A briefing"),
    (
        "article",
        "date",
        DateEvidenceFactory,
        "article",
        {"words": "In June", "precision": "month", "basis": "listing", "earliest": "2024-06-01"},
        "In June",
    ),
]  # fmt: skip
FACTORIES = {
    "actor": ActorFactory,
    "outlet": OutletFactory,
    "source": SourceFactory,
    "claim": ClaimFactory,
    "article": ArticleFactory,
}


@pytest.fixture(autouse=True)
def others(db: None) -> None:
    ActorFactory(name="Committee")
    ClaimFactory(sentence="The other claim.")
    SourceFactory(title="A briefing")


def add(desk: Client, kind: str, record, part: str, /, **values: object):
    address = f"/desk/{kind}/{record.public_id}/parts/{part}/"
    return desk.post(address, sent_by(desk.get(f"/desk/{kind}/{record.public_id}/edit/"), address, **values))


def change(desk: Client, kind: str, record, part: str, row, /, **values: object):
    address = f"/desk/{kind}/{record.public_id}/parts/{part}/{row.pk}/"
    return desk.post(address, sent_by(desk.get(address), address, **values))


def remove(desk: Client, kind: str, record, part: str, row, /, **values: object):
    address = f"/desk/{kind}/{record.public_id}/parts/{part}/{row.pk}/"
    page = desk.get(address)
    if page.status_code == 404:
        page = desk.get(f"/desk/{kind}/{record.public_id}/edit/")
    return desk.post(f"{address}remove/", sent_by(page, f"{address}remove/", **values))


@pytest.mark.parametrize(("kind", "part", "_factory", "_owner", "typed", "said"), PARTS)
def test_a_part_is_added_with_one_event_of_its_record(desk: Client, kind, part, _factory, _owner, typed, said):
    record = FACTORIES[kind]()

    answer = add(desk, kind, record, part, **typed)

    assert (answer.status_code, answer.headers.get("Location")) == (
        302,
        f"/desk/{kind}/{record.public_id}/edit/#{part}",
    )
    event = Event.objects.get()
    assert (event.act, event.kind, event.public_id) == ("edit", kind, record.public_id)
    before, after = changes_of(event)[part]
    assert before is None
    assert said in after
    record.refresh_from_db()
    assert record.version == 2
    assert said in desk.get(f"/desk/{kind}/{record.public_id}/edit/").content.decode()


@pytest.mark.parametrize(("kind", "part", "factory", "owner", "typed", "said"), PARTS)
def test_a_part_is_changed_and_removed_and_the_history_keeps_what_it_was(
    desk: Client, kind, part, factory, owner, typed, said
):
    record = FACTORIES[kind]()
    row = factory(**{owner: record})

    changed = change(desk, kind, record, part, row, **typed)
    first = changes_of(last_event())[part]
    removed = remove(desk, kind, record, part, row)
    second = changes_of(last_event())[part]

    assert (changed.status_code, removed.status_code) == (302, 302)
    assert first[0] is not None
    assert said in first[1]
    assert (second[0], second[1]) == (first[1], None)
    assert not type(row).objects.filter(pk=row.pk).exists()
    record.refresh_from_db()
    assert (record.version, Event.objects.count()) == (3, 2)


@pytest.mark.parametrize(("kind", "part", "factory", "owner", "typed", "_said"), PARTS)
def test_parts_of_a_public_record_change_only_with_a_reason(desk: Client, kind, part, factory, owner, typed, _said):
    record = FACTORIES[kind](published=True)
    row = factory(**{owner: record})

    refused = [add(desk, kind, record, part, **typed), remove(desk, kind, record, part, row)]
    saved = change(desk, kind, record, part, row, **typed, why="It was wrong")

    assert [answer.status_code for answer in refused] == [422, 422]
    assert all("Say why" in answer.content.decode() for answer in refused)
    assert saved.status_code == 302
    assert changes_of(Event.objects.get())["why"] == (None, "It was wrong")


@pytest.mark.parametrize(("kind", "part", "factory", "owner", "typed", "_said"), PARTS)
def test_a_stale_form_of_a_part_writes_nothing_and_keeps_what_was_typed(
    desk: Client, kind, part, factory, owner, typed, _said
):
    record = FACTORIES[kind]()
    address = f"/desk/{kind}/{record.public_id}/parts/{part}/"
    row = factory(**{owner: record})
    type(record).objects.filter(pk=record.pk).update(version=2)

    stale = desk.post(address, {**sent_by(desk.get(address), address, **typed), "version": "1"})
    removed = desk.post(f"{address}{row.pk}/remove/", {"version": "1"})

    assert (stale.status_code, removed.status_code) == (409, 409)
    assert sent_by(stale, address)["version"] == ["2"]
    assert sent_by(stale, address)[next(iter(typed))] == [next(iter(typed.values()))]
    assert Event.objects.count() == 0


@pytest.mark.parametrize(("kind", "part", "factory", "owner", "_typed", "_said"), PARTS)
def test_the_page_of_a_record_runs_as_many_queries_for_twenty_parts_as_for_one(
    editor, count_queries, kind, part, factory, owner, _typed, _said
):
    record = FACTORIES[kind]()
    address = f"/desk/{kind}/{record.public_id}/edit/"
    factory(**{owner: record})
    queries_for_one = count_queries(address, editor)
    for _ in range(19):
        factory(**{owner: record})

    assert count_queries(address, editor) == queries_for_one


def test_no_part_has_the_name_of_a_field_in_the_history_of_its_record():
    for kind, parts in record_parts.PARTS.items():
        assert not {part.key for part in parts} & set(editable.EDITABLE[kind].form.base_fields)


@pytest.mark.parametrize("part", ["nothing", "spelling"])
def test_a_part_that_a_record_does_not_have_is_not_found(desk: Client, part: str):
    record = OutletFactory()

    assert desk.get(f"/desk/outlet/{record.public_id}/parts/{part}/").status_code == 404
    assert desk.get(f"/desk/outlet/{record.public_id}/parts/domain/{'9' * 30}/").status_code == 404


def test_a_part_of_another_record_is_not_changed_here(desk: Client):
    row, other = ActorNameFactory(), ActorFactory()

    assert desk.get(f"/desk/actor/{other.public_id}/parts/spelling/{row.pk}/").status_code == 404
    assert (
        desk.post(f"/desk/actor/{other.public_id}/parts/spelling/{row.pk}/remove/", {"version": "1"}).status_code == 404
    )


def test_what_a_part_was_is_read_in_the_history_and_no_button_promises_to_put_it_back(desk: Client):
    record = ActorFactory()
    add(desk, "actor", record, "spelling", name="Бастрыкин")

    page = desk.get(f"/desk/actor/{record.public_id}/history/").content.decode()

    assert "Бастрыкин" in page
    assert "/restore/" not in page


# Who is meant.


def test_a_name_that_may_be_two_is_asked_about(desk: Client):
    source = SourceFactory()
    one, two = ActorFactory(name="Ministry of Defence"), ActorFactory(name="Ministry of Defence")

    asked = add(desk, "source", source, "voice", actor="Ministry of Defence")
    told = add(desk, "source", source, "voice", actor=f"Ministry of Defence ({two.public_id})")

    assert asked.status_code == 422
    assert one.public_id in asked.content.decode()
    assert told.status_code == 302
    assert source.roles.get().actor == two


def test_a_name_that_nobody_has_is_said_to_be_unknown(desk: Client):
    answer = add(desk, "source", SourceFactory(), "voice", actor="Zzyzx")

    assert answer.status_code == 422
    assert "Nothing is held under this name" in answer.content.decode()


def test_the_same_twice_is_refused(desk: Client):
    row = SourceIdentifierFactory()

    answer = add(desk, "source", SourceFactory(), "identifier", scheme=row.scheme, value=row.value)

    assert answer.status_code == 422
    assert "Another source has this identifier" in answer.content.decode()


@pytest.mark.parametrize("domain", ["no host", "http://", "a" * 300, "[::1", "..", "x_y"])
def test_what_is_no_domain_is_refused(desk: Client, domain: str):
    assert add(desk, "outlet", OutletFactory(), "domain", domain=domain).status_code == 422


# Checks of sources stay.


def test_a_check_of_a_source_is_added_by_name_and_never_changed(desk: Client, editor):
    source = SourceFactory()
    answer = add(desk, "source", source, "look", checked_on="2026-11-20", state="not-found", note="Deleted")

    check = SourceCheck.objects.get()
    address = f"/desk/source/{source.public_id}/parts/look/{check.pk}/"

    assert answer.status_code == 302
    assert (check.checked_by, check.state) == (editor.public_id, "not-found")
    assert desk.get(address).status_code == 404
    assert desk.post(f"{address}remove/", {"version": "2"}).status_code == 404
    SourceCheckFactory(source=source)
    assert desk.get(f"/desk/source/{source.public_id}/edit/").content.decode().count("Change or remove") == 0


# Links from both sides.


def test_a_link_is_shown_from_both_sides_and_cut_from_either(desk: Client):
    link = ClaimLinkFactory(kind="updates")
    other = link.to_claim

    page = desk.get(f"/desk/claim/{other.public_id}/edit/").content.decode()
    cut = remove(desk, "claim", other, "link", link)

    assert f"is updated by: {link.from_claim}" in page
    assert desk.get(f"/desk/claim/{other.public_id}/parts/link/{link.pk}/").status_code == 404
    assert cut.status_code == 302
    assert other.links_in.count() == 0


def test_a_claim_is_not_linked_to_itself(desk: Client):
    claim = ClaimFactory()

    answer = add(desk, "claim", claim, "link", to_claim=claim.public_id, kind="updates")

    assert answer.status_code == 422
    assert "to itself" in answer.content.decode()


# Dates.

DAY = {"earliest": "2024-06-27", "latest": "2024-06-27", "precision": "day", "words": "27 June", "basis": "byline"}


def test_the_chosen_date_is_the_day_of_publication(desk: Client):
    article = ArticleFactory()
    assert article.date_evidence.get().is_chosen

    answer = add(desk, "article", article, "date", **DAY, is_chosen="on")

    assert answer.status_code == 302
    article.refresh_from_db()
    assert (article.published_from, article.published_basis) == (datetime.date(2024, 6, 27), "byline")
    assert (article.published_words, article.sort_on) == ("27 June", datetime.date(2024, 6, 27))
    assert article.date_evidence.get(is_chosen=True).words == "27 June"
    assert changes_of(last_event())["published_from"][1] == "2024-06-27"


@pytest.mark.parametrize("part", ["date", "citation"])
def test_words_that_no_text_of_the_article_has_any_more_are_not_offered(desk: Client, part: str):
    article = ArticleFactory()
    text = captured(article, "A headline", "Words that stand.")
    stands = PassageFactory(capture_text=text, words="Words that stand")
    PassageFactory(capture_text=text, start=3, end=9, state=PassageState.NOT_IN_VERSION, quote="Words that are gone")

    page = desk.get(f"/desk/article/{article.public_id}/edit/").content.decode()

    form = page.partition(f"/parts/{part}/")[2].partition("</form>")[0]
    offered = form.partition('name="passage"')[2].partition("</select>")[0]
    assert re.findall(r'<option value="(\d+)"', offered) == [str(stands.pk)]


def test_without_a_chosen_date_none_is_known(desk: Client):
    article = ArticleFactory()

    remove(desk, "article", article, "date", article.date_evidence.get())

    article.refresh_from_db()
    assert (article.published_from, article.published_basis, article.published_precision) == (None, "", "unknown")


@pytest.mark.parametrize("basis", ["footer", "render-stamp"])
def test_a_footer_or_render_stamp_is_kept_and_never_chosen(desk: Client, basis: str):
    article = ArticleFactory()

    refused = add(desk, "article", article, "date", **DAY | {"basis": basis}, is_chosen="on")
    kept = add(desk, "article", article, "date", **DAY | {"basis": basis})

    assert refused.status_code == 422
    assert "bounds a date" in refused.content.decode()
    assert kept.status_code == 302
    before = article.published_from
    article.refresh_from_db()
    assert article.published_from == before


# What follows.


def test_an_article_is_found_by_a_new_name_of_who_speaks_in_it(desk: Client, client: Client):
    report = AppearanceFactory(published=True, speaker=ActorFactory(name="A committee", published=True))
    extracts.rebuild([report.article_id])

    add(desk, "actor", report.speaker, "spelling", name="Щедрин", language="ru", why="As printed")

    assert list(Article.objects.search("Shchedrin")) == [report.article]


def test_two_sources_in_which_one_body_speaks_become_one_starting_point(desk: Client):
    actor = ActorFactory(published=True)
    first = CreditFactory(published=True)
    claim = first.appearance.claim
    second = CreditFactory(
        appearance=AppearanceFactory(claim=claim, article=ArticleFactory(published=True)),
        source=SourceFactory(published=True),
    )
    SourceActorFactory(source=first.source, actor=actor)
    counts.rewrite([claim.pk])
    before = claim.counts.origins

    add(desk, "source", second.source, "voice", actor=actor.public_id, why="It speaks there, too")

    claim.refresh_from_db()
    assert (before, claim.counts.origins) == (2, 1)
