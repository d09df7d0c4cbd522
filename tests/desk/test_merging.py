"""Merging: nothing that pointed to either record is lost, the old address leads on, and what follows is rebuilt."""

import random

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import F
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.access import extracts
from archive.desk import merge_actions, merging
from archive.history import events
from archive.models import (
    Actor,
    Article,
    Check,
    Claim,
    Comment,
    Credit,
    Event,
    EventValue,
    ImportRow,
    Outlet,
    Passage,
    PublicRequest,
    Redirect,
    ReprintGroup,
    Source,
    Suggestion,
)
from archive.models.vocabulary import RecordKind
from archive.provenance import counts
from tests.desk.acts import changes_of, coded, send, shown_to_readers
from tests.desk.edit_form import sent_by
from tests.factories import (
    ActorFactory,
    ActorNameFactory,
    AnnotationFactory,
    AppearanceFactory,
    ArticleFactory,
    CheckFactory,
    CitationFactory,
    ClaimActorFactory,
    ClaimFactory,
    ClaimLinkFactory,
    CommentFactory,
    CreditFactory,
    DateEvidenceFactory,
    FigureFactory,
    ImportRowFactory,
    OutletDomainFactory,
    OutletFactory,
    OwnershipNoteFactory,
    PassageFactory,
    PersonFactory,
    PlaceFactory,
    PublicRequestFactory,
    RedactionFactory,
    ReprintGroupFactory,
    SourceActorFactory,
    SourceCheckFactory,
    SourceCopyFactory,
    SourceFactory,
    SourceIdentifierFactory,
    SuggestionFactory,
    captured,
)
from tests.ingest.import_files import item, run, written

pytestmark = pytest.mark.django_db

FACTORIES = {
    "outlet": OutletFactory,
    "actor": ActorFactory,
    "source": SourceFactory,
    "claim": ClaimFactory,
    "article": ArticleFactory,
}
MODELS = {"outlet": Outlet, "actor": Actor, "source": Source, "claim": Claim, "article": Article}
PUBLIC = {"outlet": "outlets", "actor": "actors", "source": "sources", "claim": "claims", "article": "articles"}


def address_of(record) -> str:
    return f"/desk/{record._meta.model_name}/{record.public_id}/merge/"


def merge(desk: Client, old, survivor, **changes: object):
    address = address_of(old)
    page = desk.get(address, {"into": survivor.public_id})
    return desk.post(address, sent_by(page, address, **{"why": "They are one", **changes}))


def pair(kind: str, **values: object):
    return FACTORIES[kind](**values), FACTORIES[kind](**values)


# What it comes to.


@pytest.mark.parametrize("kind", FACTORIES)
def test_the_old_address_leads_to_the_survivor_for_everybody(desk: Client, client: Client, kind: str):
    old, survivor = pair(kind, published=True)

    answer = merge(desk, old, survivor)

    assert answer.status_code == 302
    for visitor in (client, desk):
        moved = visitor.get(old.get_absolute_url())
        assert (moved.status_code, moved.headers["Location"]) == (301, survivor.get_absolute_url())
    if kind == "outlet":
        assert client.get(f"/outlets/{old.public_id}/").headers["Location"] == survivor.get_absolute_url()


@pytest.mark.parametrize("kind", FACTORIES)
def test_both_histories_tell_of_the_merge_and_why(desk: Client, editor, kind: str):
    old, survivor = pair(kind, published=True)

    merge(desk, old, survivor)

    went, merged = Event.objects.order_by("seq")
    assert (went.act, went.public_id) == ("withdraw", old.public_id)
    assert changes_of(went)["merged into"] == (None, survivor.public_id)
    assert (merged.act, merged.public_id, merged.person) == ("merge", survivor.public_id, editor.public_id)
    assert changes_of(merged)["why"] == (None, "They are one")
    assert old.public_id in changes_of(merged)["merged"][1]
    old.refresh_from_db()
    survivor.refresh_from_db()
    assert (old.status, old.withdrawn_reason, old.version, survivor.version) == ("withdrawn", "duplicate", 2, 2)
    assert events.faults() == []


def test_merges_in_a_row_all_lead_to_the_last(desk: Client, client: Client):
    first, second, third = (OutletFactory(published=True) for _ in range(3))

    merge(desk, first, second)
    second.refresh_from_db()
    merge(desk, second, third)

    for gone in (first, second):
        assert client.get(gone.get_absolute_url()).headers["Location"] == third.get_absolute_url()
    assert set(Redirect.objects.values_list("new", flat=True)) == {third.slug}


def test_nothing_leads_to_what_is_hidden(desk: Client, client: Client):
    old, survivor = pair("claim")

    merge(desk, old, survivor)

    hidden, absent = client.get(old.get_absolute_url()), client.get("/claims/00000000/")
    assert (hidden.status_code, hidden.content) == (absent.status_code, absent.content)


@pytest.mark.parametrize("kind", FACTORIES)
def test_keys_of_imports_and_talk_follow(desk: Client, kind: str):
    old, survivor = pair(kind)
    ImportRowFactory(record_kind=kind, record_id=old.pk, article=old if kind == "article" else None)
    CommentFactory(kind=kind, record=old.public_id)

    merge(desk, old, survivor)

    row = ImportRow.objects.get()
    assert (row.record_id, row.article) == (survivor.pk, survivor if kind == "article" else None)
    assert Comment.objects.get().record == survivor.public_id


def test_notes_on_requests_are_told_at_the_survivor(desk: Client, client: Client):
    old, survivor = pair("article", published=True)
    PublicRequestFactory(decided=True, address=old.get_absolute_url(), public_note="A name was taken out.")

    merge(desk, old, survivor)

    assert PublicRequest.objects.get().address == survivor.get_absolute_url()
    assert "A name was taken out." in client.get(survivor.get_absolute_url()).content.decode()


@pytest.mark.parametrize(("published", "told"), [(True, 1), (False, 0)])
def test_what_was_public_and_merged_is_told_as_withdrawn(desk: Client, client: Client, published: bool, told: int):
    old, survivor = ClaimFactory(**{"published": True} if published else {}), ClaimFactory(published=True)

    merge(desk, old, survivor)

    page = client.get("/corrections/").content.decode()
    assert page.count('<li class="correction"') == told
    assert changes_of(Event.objects.earliest("seq"))["status"] == (old.status, "withdrawn")


def test_an_import_after_a_merge_adds_nothing_twice_and_new_rows_go_to_the_survivor(desk: Client, tmp_path, settings):
    settings.ARCHIVE_CAPTURES = tmp_path / "captures"
    run(written(tmp_path, item(1)))
    old, survivor = Outlet.objects.get(), OutletFactory()
    merge(desk, old, survivor)

    run(written(tmp_path, item(1), item(2)))

    assert Article.objects.count() == 2
    assert set(Article.objects.values_list("outlet", flat=True)) == {survivor.pk}
    assert Outlet.objects.count() == 2


# What stands against it.


def test_what_was_withdrawn_to_protect_people_is_never_merged(desk: Client):
    hidden, other = ClaimFactory(withdrawn=True), ClaimFactory()

    page = desk.get(address_of(hidden), {"into": other.public_id}).content.decode()
    assert "to protect people" in page
    for old, survivor in ((hidden, other), (other, hidden)):
        form = {"into": survivor.public_id, "version": 1, "into_version": 1, "why": "They are one"}
        answer = desk.post(address_of(old), form)
        assert answer.status_code == 422
        assert "to protect people" in answer.content.decode()
    assert (Event.objects.count(), Redirect.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("kind", "old", "survivor", "reason"),
    [
        ("claim", {"published": True}, {}, "choose the public one"),
        ("source", {"of_article": True}, {}, "is an article of the archive"),
        ("actor", {"withdrawn": True, "withdrawn_reason": "error"}, {}, "was withdrawn"),
    ],
)
def test_what_cannot_be_merged_says_why(desk: Client, kind: str, old, survivor, reason: str):
    gone, stays = FACTORIES[kind](**old), FACTORIES[kind](**survivor)

    page = desk.get(address_of(gone), {"into": stays.public_id}).content.decode()

    assert reason in page
    assert 'name="into_version"' not in page


def test_a_body_is_not_merged_into_its_own_part(desk: Client):
    body = ActorFactory()
    part = ActorFactory(parent=ActorFactory(parent=body))

    refused = desk.get(address_of(body), {"into": part.public_id}).content.decode()
    merged = merge(desk, part, body)

    assert "is part of the other" in refused
    assert merged.status_code == 302


def test_a_record_is_not_merged_with_itself(desk: Client):
    actor = ActorFactory()

    answer = desk.post(address_of(actor), {"into": actor.public_id, "version": 1, "into_version": 1, "why": "So"})

    assert answer.status_code == 422
    assert "with itself" in answer.content.decode()


def test_a_merge_needs_a_reason_and_gives_back_its_form(desk: Client):
    old, survivor = pair("actor")

    answer = merge(desk, old, survivor, why="")

    assert answer.status_code == 422
    assert Event.objects.count() == 0


@pytest.mark.parametrize("which", [0, 1])
def test_a_merge_seen_before_either_was_saved_again_is_not_done(desk: Client, which: int):
    both = pair("actor")
    page = desk.get(address_of(both[0]), {"into": both[1].public_id})
    Actor.objects.filter(pk=both[which].pk).update(version=2)

    answer = desk.post(address_of(both[0]), sent_by(page, address_of(both[0]), why="They are one"))

    assert answer.status_code == 409
    assert Event.objects.count() == 0


@pytest.mark.parametrize("kind", ["figure", "place", "nothing"])
def test_other_kinds_are_not_merged(desk: Client, kind: str):
    assert desk.get(f"/desk/{kind}/00000000/merge/").status_code == 404


def test_what_was_merged_is_not_offered_again(desk: Client):
    old, survivor = pair("outlet")
    merge(desk, old, survivor)
    article = ArticleFactory()

    form = desk.get(f"/desk/article/{article.public_id}/edit/").content.decode()

    assert f'value="{old.slug}"' not in form
    assert f'value="{survivor.slug}"' in form


# What protects people.


def in_both(words: str, *, published: bool = True):
    """Two articles with the same words in a released text, in the second coded."""
    survivor = ArticleFactory(published=True)
    old = ArticleFactory(outlet=survivor.outlet, **{"published": True} if published else {})
    for article in (survivor, old):
        captured(article, "A headline", f"{words}, it says.")
    report = AppearanceFactory(article=old, claim__published=True, passage=passage_in(old, words))
    extracts.rebuild([old.pk, survivor.pk])
    return old, survivor, report


def passage_in(article: Article, words: str) -> Passage:
    return PassageFactory(capture_text=article.captures.get().texts.get(), words=words)


@pytest.mark.parametrize("published", [True, False])
def test_what_is_hidden_in_one_article_is_hidden_in_what_another_brings(desk: Client, published: bool):
    old, survivor, _report = in_both("Somebody Nameless was taken", published=published)
    RedactionFactory(passage=passage_in(survivor, "Somebody Nameless"))

    assert merge(desk, old, survivor).status_code == 302

    shown = shown_to_readers(survivor)
    assert "was taken" in shown
    assert "Nameless" not in shown
    assert list(Article.objects.search("taken")) == [survivor]
    assert list(Article.objects.search("nameless")) == []


def test_what_is_hidden_in_an_article_that_goes_is_hidden_in_the_one_that_stays(desk: Client):
    survivor, old, report = in_both("Somebody Nameless was taken")
    RedactionFactory(passage=passage_in(old, "Somebody Nameless"))
    Article.objects.filter(pk=survivor.pk).update(summary="Somebody  nameless was taken.")

    merge(desk, old, survivor)

    assert "Nameless" not in shown_to_readers(report.article)
    check = Check.objects.get(article=survivor, kind="redacted-elsewhere")
    assert (check.subject.partition(",")[0], check.is_blocking) == ("article.summary", True)


def test_a_place_that_was_left_in_the_same_text_stays_as_it_was(desk: Client):
    old, survivor = pair("article", published=True)
    text = captured(survivor, "A headline", "Ali spoke. The street is called Ali.")
    RedactionFactory(passage=PassageFactory(capture_text=text, words="Ali"))

    merge(desk, old, survivor)

    assert text.passages.filter(redactions__isnull=False).count() == 1


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        ("article", "headline_withheld", True),
        ("article", "address_withheld", True),
        ("article", "is_noindex", True),
        ("article", "sensitivity", "children"),
        ("source", "title_withheld", True),
        ("source", "address_withheld", True),
    ],
)
def test_a_field_that_protects_somebody_holds_for_both(desk: Client, kind: str, field: str, value):
    old, survivor = FACTORIES[kind](published=True, **{field: value}), FACTORIES[kind](published=True)
    before = getattr(survivor, field)
    assert "holds for both" in desk.get(address_of(old), {"into": survivor.public_id}).content.decode()

    merge(desk, old, survivor)

    survivor.refresh_from_db()
    assert getattr(survivor, field) == value
    merged = Event.objects.latest("seq")
    assert changes_of(merged)[field] == (events.as_text(before), events.as_text(value))


def test_a_withheld_headline_is_not_found_in_the_text_that_moved(desk: Client):
    old, survivor = pair("article", published=True)
    Article.objects.filter(pk=old.pk).update(headline_withheld=True)
    captured(old, "Somebody Nameless was taken", "Such words.")

    merge(desk, old, survivor)

    assert list(Article.objects.search("words")) == [survivor]
    assert list(Article.objects.search("nameless")) == []


# The gates of publishing.


def test_a_draft_that_may_not_be_published_does_not_become_public_by_a_merge(desk: Client):
    article = coded()
    CheckFactory(article=article, is_blocking=True)
    survivor = ArticleFactory(published=True)

    page = desk.get(address_of(article), {"into": survivor.public_id}).content.decode()
    form = {"into": survivor.public_id, "version": 1, "into_version": 1, "why": "They are one"}
    answer = desk.post(address_of(article), form)

    assert answer.status_code == 422
    for told in (page, answer.content.decode()):
        assert "A check is open" in told
    assert Event.objects.count() == 0


def test_where_a_second_person_publishes_nobody_publishes_their_own_by_a_merge(desk: Client, settings):
    settings.ARCHIVE_SECOND_PERSON = True
    draft, survivor = ArticleFactory(), ArticleFactory(published=True)

    refused = desk.get(address_of(draft), {"into": survivor.public_id}).content.decode()

    assert "send it to review first" in refused


def test_a_draft_that_rests_on_drafts_is_published_first(desk: Client):
    draft, survivor = coded(), ArticleFactory(published=True)
    claim = draft.appearances.get().claim

    refused = desk.get(address_of(draft), {"into": survivor.public_id}).content.decode()
    send(desk, draft, "publish")
    draft.refresh_from_db()
    merged = merge(desk, draft, survivor)

    assert f"public with it: {claim.sentence}" in refused.replace("&quot;", '"')
    assert merged.status_code == 302
    assert "20,000" in shown_to_readers(survivor)


def test_an_article_is_looked_at_anew_with_what_moved_to_it(desk: Client):
    old, survivor = pair("article", published=True)
    captured(old, "A headline", "Call +380 44 123 45 67, it says.")

    merge(desk, old, survivor)

    assert "personal-data" in survivor.checks.values_list("kind", flat=True)


# Conserved counts.


def _outlet(chance: random.Random, record) -> None:
    ArticleFactory.create_batch(chance.randint(0, 2), outlet=record, published=chance.random() < 0.5)
    OutletDomainFactory.create_batch(chance.randint(0, 2), outlet=record)
    OwnershipNoteFactory.create_batch(chance.randint(0, 2), outlet=record)


def _actor(chance: random.Random, record) -> None:
    for name in chance.sample(["One", "Two", "Three"], chance.randint(0, 3)):
        ActorNameFactory(actor=record, name=name)
    for source in chance.sample(list(Source.objects.all()), 2):
        SourceActorFactory(source=source, actor=record)
    for claim in chance.sample(list(Claim.objects.all()), 2):
        ClaimActorFactory(claim=claim, actor=record, part=chance.choice(["done-by", "answered-by"]))
    AppearanceFactory.create_batch(chance.randint(0, 2), speaker=record)
    ActorFactory.create_batch(chance.randint(0, 1), parent=record)


def _source(chance: random.Random, record) -> None:
    for actor in chance.sample(list(Actor.objects.all()), 2):
        SourceActorFactory(source=record, actor=actor)
    for article in chance.sample(list(Article.objects.all()), 2):
        CitationFactory(article=article, source=record, label=chance.choice(["[1]", "[2]"]))
    for report in chance.sample(list(AppearanceFactory._meta.model.objects.exclude(source=record)), 2):
        CreditFactory(appearance=report, source=record, state=chance.choice(["confirmed", "suggested"]))
    AppearanceFactory.create_batch(chance.randint(0, 2), in_source=True, source=record)
    SourceIdentifierFactory.create_batch(chance.randint(0, 2), source=record)
    SourceCopyFactory.create_batch(chance.randint(0, 1), source=record)
    SourceCheckFactory.create_batch(chance.randint(0, 1), source=record)


def _claim(chance: random.Random, record) -> None:
    for actor in chance.sample(list(Actor.objects.all()), 2):
        ClaimActorFactory(claim=record, actor=actor, part=chance.choice(["done-by", "answered-by"]))
    for other in chance.sample(list(Claim.objects.exclude(pk=record.pk)), 2):
        kind = chance.choice(["updates", "explains"])
        if not record.links_out.filter(to_claim=other, kind=kind).exists():
            ClaimLinkFactory(from_claim=record, to_claim=other, kind=kind)
    AppearanceFactory.create_batch(chance.randint(0, 3), claim=record)


def _article(chance: random.Random, record) -> None:
    for source in chance.sample(list(Source.objects.all()), 2):
        CitationFactory(article=record, source=source, label=chance.choice(["[1]", "[2]"]))
    for subject in chance.sample(["one", "two", "three"], 2):
        CheckFactory(article=record, subject=subject)
    AppearanceFactory.create_batch(chance.randint(0, 2), article=record)
    DateEvidenceFactory.create_batch(chance.randint(0, 2), article=record, is_chosen=False)


FILLED = {"outlet": _outlet, "actor": _actor, "source": _source, "claim": _claim, "article": _article}


def pointing(*records) -> set[tuple[str, int]]:
    """The rows that point to any of the records, each once."""
    return {
        (relation.related_model.__name__, pk)
        for record in records
        for relation in merging.relations(type(record))
        for pk in relation.related_model._default_manager.filter(**{relation.field.name: record}).values_list(
            "pk", flat=True
        )
    }


@pytest.mark.parametrize("kind", FILLED)
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000))
def test_rows_that_point_to_either_record_are_conserved(kind: str, seed: int):
    """What pointed to either points to the survivor, less what was held twice, as the preview said."""
    chance = random.Random(seed)  # noqa: S311  # rows for a test
    with transaction.atomic():
        by = PersonFactory(editor=True)
        ActorFactory.create_batch(3)
        SourceFactory.create_batch(3)
        ClaimFactory.create_batch(2)
        CreditFactory.create_batch(3)
        old, survivor = pair(kind)
        for record in (old, survivor):
            FILLED[kind](chance, record)
        before = pointing(old, survivor)
        plan = merging.plan(old, survivor, by=by)
        double = {(type(row).__name__, row.pk) for move in plan.moves for row, _same in move.double}

        merge_actions.merge(old, survivor, by=by, version=1, survivor_version=1, why="They are one")

        assert len(pointing(old)) == sum(move.staying for move in plan.moves)
        after = pointing(old, survivor)
        # The name of a body that went is a name of the survivor now.
        assert {model for model, _pk in after - before} == ({"ActorName"} if kind == "actor" else set())
        assert before - after == double
        assert not Credit.objects.filter(source=F("appearance__source")).exists()
        assert events.faults() == []
        transaction.set_rollback(True)


@pytest.mark.parametrize("model", MODELS.values())
def test_whatever_points_to_a_record_is_moved_by_a_merge_or_known_to_be_made_anew(model):
    hidden = {
        relation.related_model.__name__
        for relation in model._meta.get_fields(include_hidden=True)
        if relation.auto_created and not relation.concrete and relation.hidden
    }
    joins = {through.__name__ for through in (field.remote_field.through for field in model._meta.many_to_many)}
    moved = {relation.get_accessor_name() for relation in merging.relations(model)}
    every = {one.get_accessor_name() for one in model._meta.related_objects if not one.many_to_many}

    # Words are made anew; entries of collections are followed when they are shown, and the desk tells of none.
    assert hidden - joins <= {"SuggestedWord", "CollectionEntry"}
    assert every - moved == (merging.DERIVED | merging.OF_PEOPLE) & every


@pytest.mark.parametrize("kind", ["article", "claim"])
def test_private_notes_follow_and_no_editor_is_told_of_them(kind):
    by = PersonFactory(editor=True)
    old, survivor = pair(kind)
    article = old if kind == "article" else ArticleFactory(published=True)
    claim = old if kind == "claim" else None
    note = AnnotationFactory(article=article, claim=claim, body="PrivateWords")
    client = Client()
    client.force_login(by)

    page = client.get(f"/desk/{kind}/{old.public_id}/merge/", {"into": survivor.public_id}).content.decode()
    merge_actions.merge(old, survivor, by=by, version=1, survivor_version=1, why="They are one")

    note.refresh_from_db()
    assert getattr(note, kind) == survivor
    assert "annotation" not in page.lower()
    assert not EventValue.objects.filter(new__contains="annotation").exists()


REPORTED = {
    "outlet": lambda record: ArticleFactory.create_batch(5, outlet=record),
    "actor": lambda record: SourceActorFactory.create_batch(5, actor=record),
    "source": lambda record: CreditFactory.create_batch(5, source=record),
    "claim": lambda record: ClaimLinkFactory.create_batch(5, from_claim=record),
    "article": lambda record: CitationFactory.create_batch(5, article=record),
}


@pytest.mark.parametrize("kind", REPORTED)
def test_the_preview_runs_as_many_queries_for_many_rows_as_for_few(editor, count_queries, kind: str):
    old, survivor = pair(kind)
    address = f"{address_of(old)}?into={survivor.public_id}"
    REPORTED[kind](old)
    queries = count_queries(address, editor)
    REPORTED[kind](old)
    REPORTED[kind](survivor)

    assert count_queries(address, editor) == queries


# What is kept of what is held twice.


def test_of_two_credits_to_one_source_the_confirmed_one_stays(desk: Client):
    old, survivor = pair("source")
    report = AppearanceFactory()
    kept = CreditFactory(appearance=report, source=old, state="confirmed")
    CreditFactory(appearance=report, source=survivor, state="suggested")

    merge(desk, old, survivor)

    credit = Credit.objects.get()
    assert (credit.pk, credit.source, credit.state) == (kept.pk, survivor, "confirmed")


def test_a_source_does_not_credit_itself_after_a_merge(desk: Client):
    old, survivor = pair("source")
    CreditFactory(appearance=AppearanceFactory(in_source=True, source=old), source=survivor)
    CreditFactory(appearance=AppearanceFactory(in_source=True, source=survivor), source=old)

    merge(desk, old, survivor)

    assert Credit.objects.count() == 0


def test_a_body_is_found_by_the_name_of_the_one_that_went(desk: Client):
    old, survivor = ActorFactory(name="Бастрыкин", published=True), ActorFactory(name="Bastrykin", published=True)
    report = AppearanceFactory(published=True, speaker=old)
    extracts.rebuild([report.article_id])

    merge(desk, old, survivor)

    report.refresh_from_db()
    assert report.speaker == survivor
    assert [name.name for name in survivor.names.all()] == ["Бастрыкин"]
    assert list(Article.objects.search("Бастрыкин")) == [report.article]


def test_a_form_opened_before_a_merge_does_not_take_the_article_back(desk: Client):
    old, survivor = pair("outlet")
    article = ArticleFactory(outlet=old)
    address = f"/desk/article/{article.public_id}/edit/"
    opened = desk.get(address)
    merge(desk, old, survivor)

    answer = desk.post(address, sent_by(opened, address, summary="Mine"))

    assert answer.status_code != 302
    article.refresh_from_db()
    assert article.outlet == survivor


# What follows.


def test_articles_of_a_merged_outlet_show_what_the_survivors_terms_allow_and_editors_are_asked(desk: Client):
    article = coded("About 20,000 were sent", published=True, outlet__limit=500, outlet__published=True)
    strict = OutletFactory(published=True, limit=10)
    assert "20,000" in shown_to_readers(article)

    merge(desk, article.outlet, strict)

    assert "20,000" not in shown_to_readers(article)
    assert Check.objects.get(article=article).kind == "extract-clipped"


def test_two_sources_merged_never_make_more_starting_points(desk: Client):
    first = CreditFactory(published=True)
    claim = first.appearance.claim
    second = CreditFactory(
        appearance=AppearanceFactory(claim=claim, article=ArticleFactory(published=True)),
        source=SourceFactory(published=True),
    )
    counts.rewrite([claim.pk])
    before = claim.counts.origins

    merge(desk, first.source, second.source)

    assert (before, Claim.objects.get(pk=claim.pk).counts.origins) == (2, 1)


def test_counts_of_merged_claims_count_the_articles_of_both(desk: Client):
    first, second = AppearanceFactory(published=True), AppearanceFactory(published=True)
    counts.rewrite([first.claim_id, second.claim_id])

    merge(desk, first.claim, second.claim)

    assert Claim.objects.get(pk=second.claim_id).counts.articles == 2
    assert Claim.objects.get(pk=first.claim_id).counts.articles == 0


def test_small_figures_that_become_public_by_a_merge_are_asked_about(desk: Client):
    place = PlaceFactory(kind="settlement")
    draft, public = ClaimFactory(places=[place]), ClaimFactory(published=True, places=[place])
    report = AppearanceFactory(claim=draft, article=ArticleFactory(published=True))
    FigureFactory(appearance=report, low=3)

    merge(desk, draft, public)

    check = Check.objects.get(article=report.article)
    assert (check.kind, check.is_blocking) == ("harm-small-figure", True)


def test_of_two_articles_the_survivors_date_holds_and_the_others_is_kept(desk: Client):
    old, survivor = pair("article")
    before = survivor.published_from

    merge(desk, old, survivor)

    survivor.refresh_from_db()
    assert survivor.published_from == before
    assert sorted(survivor.date_evidence.values_list("is_chosen", flat=True)) == [False, True]


@pytest.mark.parametrize("is_other_way_round", [True, False])
@pytest.mark.parametrize("decided", [0, 1])
def test_of_two_suggestions_of_one_pair_the_decided_one_is_kept(desk: Client, decided: int, is_other_way_round: bool):
    (old, survivor), third = pair("article"), ArticleFactory()
    sides = [{"left": old, "right": third}, {"left": survivor, "right": third}]
    if is_other_way_round:
        sides[1] = {"left": third, "right": survivor}
    kept = [SuggestionFactory(decided=number == decided, **side) for number, side in enumerate(sides)][decided]

    merge(desk, old, survivor)

    one = Suggestion.objects.get()
    assert (one, one.state) == (kept, kept.state)
    assert {one.left, one.right} == {survivor, third}


def test_suggestions_of_other_articles_and_kinds_all_move(desk: Client):
    (old, survivor), third = pair("article"), ArticleFactory()
    SuggestionFactory(left=old, right=third)
    SuggestionFactory(left=third, right=survivor, kind="shared-post")
    SuggestionFactory(left=ArticleFactory(), right=old)
    SuggestionFactory(left=old, right=survivor)

    merge(desk, old, survivor)

    rows = Suggestion.objects.order_by("pk")
    assert [survivor in (row.left, row.right) for row in rows] == [True] * 3
    assert old not in {side for row in rows for side in (row.left, row.right)}


def test_two_articles_that_are_each_one_text_with_others_make_one_group_of_all(desk: Client):
    groups = ReprintGroupFactory.create_batch(2)
    old, survivor = (ArticleFactory(reprint_group=group) for group in groups)
    with_old, with_survivor = (ArticleFactory(reprint_group=group, published=True) for group in groups)

    assert merge(desk, old, survivor).status_code == 302

    assert set(groups[1].articles.all()) == {old, survivor, with_old, with_survivor}
    assert not ReprintGroup.objects.exclude(pk=groups[1].pk).exists()
    told = Event.objects.get(public_id=with_old.public_id)
    assert changes_of(told)["reprint_group"] == (groups[0].public_id, groups[1].public_id)
    assert not Event.objects.filter(public_id=with_survivor.public_id).exists()
    assert events.faults() == []


def test_two_articles_that_are_sources_too_are_merged_after_their_sources(desk: Client):
    first, second = SourceFactory(of_article=True), SourceFactory(of_article=True)

    refused = desk.get(address_of(first.article), {"into": second.article.public_id}).content.decode()
    sources = merge(desk, first, second)
    articles = merge(desk, first.article, second.article)

    assert f"Merge source {first.public_id} into source {second.public_id} first" in refused
    assert (sources.status_code, articles.status_code) == (302, 302)


def test_readers_find_no_merged_record_in_lists(desk: Client):
    old, survivor = pair("claim", published=True)

    merge(desk, old, survivor)

    assert list(Claim.objects.visible_to(AnonymousUser())) == [survivor]
    assert RecordKind(Redirect.objects.get().kind) == RecordKind.CLAIM
