"""The database refuses bad rows, each by a constraint named for its rule; none goes without a test here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models import F

from archive.models import ArchiveState, Event, EventValue
from archive.models.vocabulary import DateBasis, DatePrecision, EventAct, RecordKind
from tests import factories as make

pytestmark = pytest.mark.django_db

EARLY, LATE = date(2024, 1, 1), date(2024, 2, 1)
OF_ARCHIVE = [model for model in apps.get_app_config("archive").get_models() if model.__module__.startswith("archive.")]
CONSTRAINTS = {one.name: (model, one) for model in OF_ARCHIVE for one in model._meta.constraints}
VOCABULARIES = sorted(name for name in CONSTRAINTS if name.endswith("_known"))


# A term from nowhere breaks these, too, and PostgreSQL names whichever comes first in the alphabet.
ALSO_BROKEN = {
    "figure_comparator_known": "figure_bounds_fit_comparator",
    "passage_state_known": "passage_anchored_or_quoted",
    "public_request_state_known": "public_request_decision_whole",
    "suggestion_state_known": "suggestion_decision_whole",
    "annotation_motivation_known": "annotation_reply_answers_one",
    "annotation_sharing_known": "annotation_publication_whole",
}


def refused(row: models.Model, name: str, /, **values: Any) -> None:
    """Write values past every form and method; the database must refuse them by this name."""
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        type(row)._base_manager.filter(pk=row.pk).update(**values)
    # SQLite names the columns of a unique constraint instead of the constraint.
    names = (name, ALSO_BROKEN.get(name, name), "UNIQUE constraint failed")
    assert any(one in str(refusal.value) for one in names), refusal.value


def an_event() -> Event:
    return Event.objects.create(
        seq=1, at=make.NOON, person="0" * 8, act=EventAct.ADD, kind=RecordKind.ARTICLE, public_id="1" * 8, hash="0" * 64
    )


FACTORIES: dict[str, Callable[..., models.Model]] = {
    name.removesuffix("Factory"): getattr(make, name) for name in make.__all__ if name.endswith("Factory")
}


@pytest.mark.parametrize("name", [name for name in VOCABULARIES if not name.startswith("event_")])
def test_a_term_from_no_vocabulary_is_refused(name: str) -> None:
    model, _ = CONSTRAINTS[name]
    prefix = {"DateEvidence": "date_evidence_", "ReusePolicy": "reuse_policy_"}.get(model.__name__)
    table = prefix or "".join(f"_{c.lower()}" if c.isupper() else c for c in model.__name__).lstrip("_") + "_"
    field = name.removeprefix(table).removesuffix("_known")

    made = FACTORIES[model.__name__](**({"withdrawn": True} if field == "withdrawn_reason" else {}))
    refused(made, name, **{field: "nonsense"})


@pytest.mark.parametrize("name", [name for name in VOCABULARIES if name.startswith("event_")])
def test_an_event_with_a_term_from_no_vocabulary_is_refused(name: str) -> None:
    field = name.removeprefix("event_").removesuffix("_known")
    right = {"act": EventAct.ADD, "kind": RecordKind.ARTICLE}

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Event.objects.create(seq=1, at=make.NOON, person="0", public_id="1", hash="0", **(right | {field: "nonsense"}))


def a_reply() -> models.Model:
    return make.AnnotationFactory(answering=make.AnnotationFactory())  # type: ignore[no-any-return]  # untyped


def a_note_on_words() -> models.Model:
    return make.AnnotationFactory(in_text=make.CaptureTextFactory(), words="first")  # type: ignore[no-any-return]  # untyped


BAD_VALUES = [
    ("country_code_two_capitals", make.CountryFactory, {}, {"code": "u1"}),
    ("place_not_its_own_parent", make.PlaceFactory, {}, {"parent": F("id")}),
    ("actor_withdrawal_whole", make.ActorFactory, {}, {"status": "withdrawn"}),
    ("actor_name_present", make.ActorFactory, {}, {"name": ""}),
    ("actor_not_its_own_parent", make.ActorFactory, {}, {"parent": F("id")}),
    ("outlet_withdrawal_whole", make.OutletFactory, {}, {"withdrawn_on": EARLY}),
    ("outlet_name_present", make.OutletFactory, {}, {"name": ""}),
    ("ownership_note_has_reference", make.OwnershipNoteFactory, {}, {"reference": ""}),
    ("reuse_policy_limit_sane", make.ReusePolicyFactory, {}, {"extract_limit": 1_000_001}),
    ("article_withdrawal_whole", make.ArticleFactory, {}, {"status": "withdrawn", "withdrawn_on": EARLY}),
    ("article_dates_in_order", make.ArticleFactory, {}, {"published_from": LATE, "published_to": EARLY}),
    ("article_address_absent_or_whole", make.ArticleFactory, {}, {"address": ""}),
    ("article_published_has_headline", make.ArticleFactory, {"published": True}, {"headline": ""}),
    ("date_evidence_in_order", make.DateEvidenceFactory, {}, {"earliest": LATE, "latest": EARLY}),
    ("date_evidence_bounds_never_chosen", make.DateEvidenceFactory, {"basis": DateBasis.FOOTER}, {"is_chosen": True}),
    ("date_evidence_no_year_no_bounds", make.DateEvidenceFactory, {}, {"precision": DatePrecision.NO_YEAR}),
    ("capture_harm_review_whole", make.CaptureFactory, {}, {"harm_review": "cleared"}),
    ("capture_sha256_hex", make.CaptureFactory, {}, {"sha256": "A" * 64}),
    ("capture_blob_hex", make.CaptureFactory, {}, {"blob": "../../etc/passwd"}),
    ("passage_anchored_or_quoted", make.PassageFactory, {}, {"end": F("start")}),
    ("passage_anchored_or_quoted", make.PassageFactory, {}, {"state": "not-in-this-version"}),
    ("public_extract_within_limit", make.PublicExtractFactory, {}, {"length": 201}),
    ("claim_withdrawal_whole", make.ClaimFactory, {"withdrawn": True}, {"status": "published"}),
    ("claim_dates_in_order", make.ClaimFactory, {}, {"date_from": LATE, "date_to": EARLY}),
    ("claim_sentence_present", make.ClaimFactory, {}, {"sentence": ""}),
    ("claim_link_not_to_itself", make.ClaimLinkFactory, {}, {"to_claim": F("from_claim")}),
    ("source_withdrawal_whole", make.SourceFactory, {}, {"withdrawn_reason": "error"}),
    ("source_dates_in_order", make.SourceFactory, {}, {"date_from": LATE, "date_to": EARLY}),
    ("source_titled_or_article", make.SourceFactory, {}, {"title": ""}),
    ("source_affected_naming_whole", make.SourceFactory, {}, {"kind": "affected-person"}),
    ("source_affected_naming_whole", make.SourceFactory, {}, {"person_key": "0" * 8}),
    ("appearance_in_article_or_source", make.AppearanceFactory, {}, {"article": None}),
    ("credit_source_unless_none_stated", make.CreditFactory, {}, {"source": None}),
    ("credit_source_unless_none_stated", make.CreditFactory, {"none_stated": True}, {"basis": "same-passage"}),
    ("figure_dates_in_order", make.FigureFactory, {}, {"as_of_from": LATE, "as_of_to": EARLY}),
    ("figure_not_part_of_itself", make.FigureFactory, {}, {"of_figure": F("id")}),
    ("check_decision_whole", make.CheckFactory, {}, {"decision": "resolved"}),
    ("intake_end_has_time", make.IntakeFactory, {}, {"state": "failed"}),
    ("comment_says_something", make.CommentFactory, {}, {"text": ""}),
    ("comment_resolution_whole", make.CommentFactory, {}, {"resolved_by": "0" * 8}),
    ("public_request_decision_whole", make.PublicRequestFactory, {}, {"state": "granted"}),
    ("public_request_decision_whole", make.PublicRequestFactory, {"decided": True}, {"contact": "a@mail.example"}),
    ("collection_title_present", make.CollectionFactory, {}, {"title": ""}),
    ("collection_entry_of_article_or_claim", make.CollectionEntryFactory, {}, {"article": None}),
    ("saved_search_name_present", make.SavedSearchFactory, {}, {"name": ""}),
    ("saved_search_feed_digest_hex", make.SavedSearchFactory, {}, {"feed_digest": "secret"}),
    ("suggestion_of_two_articles", make.SuggestionFactory, {}, {"left": F("right")}),
    ("suggestion_decision_whole", make.SuggestionFactory, {}, {"state": "rejected"}),
    ("redirect_not_to_itself", make.RedirectFactory, {}, {"new": F("old")}),
    ("link_check_of_article_or_source", make.LinkCheckFactory, {}, {"article": None}),
    ("annotation_reply_answers_one", make.AnnotationFactory, {}, {"motivation": "replying"}),
    ("annotation_reply_stays_inside", a_reply, {}, {"sharing": "proposed"}),
    ("annotation_says_something", make.AnnotationFactory, {}, {"body": ""}),
    ("annotation_link_has_claim", make.AnnotationFactory, {}, {"motivation": "linking"}),
    ("annotation_place_whole", make.AnnotationFactory, {}, {"start": 3}),
    ("annotation_place_whole", a_note_on_words, {}, {"start": F("end")}),
    ("annotation_place_whole", a_note_on_words, {}, {"quote": "words"}),
    ("annotation_publication_whole", make.AnnotationFactory, {}, {"sharing": "published"}),
    ("annotation_publication_whole", make.AnnotationFactory, {"published": True}, {"sharing": "shared"}),
    ("annotation_removed_leaves_nothing", make.AnnotationFactory, {}, {"author": None}),
    ("annotation_tag_present", make.AnnotationTagFactory, {}, {"tag": ""}),
]


@pytest.mark.parametrize(("name", "factory", "made", "bad"), BAD_VALUES)
def test_a_row_that_breaks_a_rule_is_refused(
    name: str, factory: Any, made: dict[str, Any], bad: dict[str, Any]
) -> None:
    refused(factory(**made), name, **bad)


@pytest.mark.parametrize("basis", [DateBasis.FOOTER, DateBasis.RENDER_STAMP])
def test_a_footer_or_render_stamp_is_never_the_date_of_an_article(basis: str) -> None:
    refused(make.ArticleFactory(), "article_published_basis_known", published_basis=basis)


FIGURES = [
    ("none", 10, 11),
    ("none", 10, None),
    ("about", None, 10),
    ("more-than", 10, 10),
    ("more-than", None, 10),
    ("at-least", None, None),
    ("nearly", 10, 10),
    ("up-to", 10, None),
    ("fewer-than", None, None),
    ("between", 10, 10),
    ("between", 11, 10),
    ("words", 10, None),
    ("words", None, 10),
]


@pytest.mark.parametrize(("comparator", "low", "high"), FIGURES)
def test_bounds_that_do_not_fit_their_comparator_are_refused(comparator: str, low: Any, high: Any) -> None:
    refused(make.FigureFactory(), "figure_bounds_fit_comparator", comparator=comparator, low=low, high=high)


FITTING = [("none", 10, 10), ("about", 10, 10), ("more-than", 10, None), ("at-least", 10, None), ("nearly", None, 70)]
FITTING += [("up-to", None, 70), ("fewer-than", None, 70), ("between", 10, 20), ("words", None, None)]


@pytest.mark.parametrize(("comparator", "low", "high"), FITTING)
def test_bounds_that_fit_their_comparator_are_kept(comparator: str, low: Any, high: Any) -> None:
    figure = make.FigureFactory(comparator=comparator, low=low, high=high)

    assert figure.written


TWICE = [
    ("actor_name_once", make.ActorNameFactory, ("actor", "name")),
    ("reuse_policy_version_once", make.ReusePolicyFactory, ("outlet", "version")),
    ("article_address_once", make.ArticleFactory, ("address",)),
    ("date_evidence_one_chosen", make.DateEvidenceFactory, ("article", "is_chosen")),
    ("capture_text_once_per_extractor", make.CaptureTextFactory, ("capture", "extractor")),
    ("passage_once", make.PassageFactory, ("capture_text", "start", "end")),
    ("redaction_once", make.RedactionFactory, ("passage",)),
    ("claim_sentence_once", make.ClaimFactory, ("sentence",)),
    ("claim_actor_once", make.ClaimActorFactory, ("claim", "actor", "part")),
    ("claim_link_once", make.ClaimLinkFactory, ("from_claim", "to_claim", "kind")),
    ("source_actor_once", make.SourceActorFactory, ("source", "actor")),
    ("source_identifier_once", make.SourceIdentifierFactory, ("scheme", "value")),
    ("citation_once", make.CitationFactory, ("article", "source", "label")),
    ("credit_source_once", make.CreditFactory, ("appearance", "source")),
    ("tactic_use_once", make.TacticUseFactory, ("appearance", "tactic")),
    ("check_once", make.CheckFactory, ("article", "kind", "subject")),
    ("form_draft_once", make.FormDraftFactory, ("person", "place")),
    ("redirect_once", make.RedirectFactory, ("kind", "old")),
    ("annotation_tag_once", make.AnnotationTagFactory, ("annotation", "tag")),
    ("annotation_imported_once", partial(make.AnnotationFactory, imported_id="urn:1"), ("author",)),
    ("suggestion_once", make.SuggestionFactory, ("kind", "left", "right")),
    ("fingerprint_once", make.FingerprintFactory, ("value", "text")),
    ("pointer_once", make.PointerFactory, ("value", "kind", "text")),
    ("coverage_once", make.CoverageFactory, ("outlet", "month")),
    ("link_check_article_once_a_day", make.LinkCheckFactory, ("article", "address", "checked_on")),
    (
        "link_check_source_once_a_day",
        partial(make.LinkCheckFactory, of_source=True),
        ("source", "address", "checked_on"),
    ),
    ("recovery_code_once", make.RecoveryCodeFactory, ("person", "digest")),
    ("person_pen_name_once", make.PersonFactory, ("pen_name_key",)),
    ("collection_entry_article_once", make.CollectionEntryFactory, ("collection", "article")),
    (
        "collection_entry_claim_once",
        partial(make.CollectionEntryFactory, of_claim=True),
        ("collection", "claim"),
    ),
    ("saved_search_once", make.SavedSearchFactory, ("owner", "kind", "query")),
    ("saved_search_feed_digest_once", partial(make.SavedSearchFactory, fed=True), ("feed_digest",)),
    ("import_run_once_per_file", make.ImportRunFactory, ("digest", "is_publishing")),
    ("import_row_once", make.ImportRowFactory, ("source_file", "row_key")),
]


@pytest.mark.parametrize(("name", "factory", "fields"), TWICE)
def test_the_same_thing_twice_is_refused(name: str, factory: Any, fields: tuple[str, ...]) -> None:
    first = factory(is_chosen=True, article__published_basis="") if name == "date_evidence_one_chosen" else factory()
    second = factory()

    refused(second, name, **{field: getattr(first, field) for field in fields})


def test_a_second_statement_that_none_is_stated_is_refused() -> None:
    first = make.CreditFactory(none_stated=True)
    second = make.CreditFactory(none_stated=True)

    refused(second, "credit_none_stated_once", appearance=first.appearance)


def test_a_second_value_of_one_field_in_one_event_is_refused() -> None:
    event = an_event()
    EventValue.objects.create(event=event, field="headline", salt="00" * 16)

    with pytest.raises(IntegrityError), transaction.atomic():
        EventValue.objects.create(event=event, field="headline", salt="00" * 16)


def test_a_second_state_of_the_archive_is_refused() -> None:
    with pytest.raises(IntegrityError, match="archive_state_one_row"), transaction.atomic():
        ArchiveState.objects.create(pk=2)


def test_every_constraint_is_tested_here() -> None:
    tested = {name for name, *_ in BAD_VALUES} | {name for name, *_ in TWICE} | set(VOCABULARIES)
    tested |= {"figure_bounds_fit_comparator", "credit_none_stated_once", "event_value_once", "archive_state_one_row"}

    assert tested == set(CONSTRAINTS)


def test_every_choice_is_known_to_the_database() -> None:
    """A field with choices and no constraint would take anything by SQL."""
    constrained = {
        (model, field)
        for model, one in CONSTRAINTS.values()
        if isinstance(one, models.CheckConstraint)
        for field in _fields_of(one.condition)
    }
    loose = [
        f"{model.__name__}.{field.name}"
        for model in OF_ARCHIVE
        for field in model._meta.fields
        if field.choices and (model, field.name) not in constrained
    ]

    assert loose == []


def _fields_of(condition: models.Q) -> set[str]:
    found: set[str] = set()
    for child in condition.children:
        if isinstance(child, models.Q):
            found |= _fields_of(child)
        else:
            found.add(child[0].split("__")[0])
    return found
