"""Publishing, withdrawing, redacting and deciding: what follows from each, and what stands against it."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from archive.access import extracts
from archive.access.texts import texts_for
from archive.history import events
from archive.history.versions import public_version
from archive.models import Article, Capture, Check, Event, PublicExtract, Redaction
from archive.models.vocabulary import CheckDecision, CheckKind, EventAct, RecordStatus
from tests.desk.edit_form import sent_by
from tests.factories import (
    ActorFactory,
    AppearanceFactory,
    ArticleFactory,
    CheckFactory,
    CitationFactory,
    ClaimActorFactory,
    CreditFactory,
    FigureFactory,
    OutletFactory,
    PassageFactory,
    PlaceFactory,
    SourceActorFactory,
    SourceFactory,
    captured,
)

pytestmark = pytest.mark.django_db

READER = AnonymousUser()


def page_of(article: Article) -> str:
    return f"/desk/articles/{article.public_id}/"


def send(desk: Client, article: Article, what: str, **changes: object):
    address = f"{page_of(article)}{what}/"
    return desk.post(address, sent_by(desk.get(page_of(article)), address, **changes))


def shown_to_readers(article: Article) -> str:
    article.refresh_from_db()
    return " ".join(quote.plain for quote in texts_for([article], READER)[article.pk].passages)


def coded(words: str = "About 20,000 were sent", **article: object) -> Article:
    """An article with one report of a claim whose wording is held."""
    record = ArticleFactory(**article)
    text = captured(record, "A headline", f"{words}, it says.")
    is_public = record.status == RecordStatus.PUBLISHED
    report = AppearanceFactory(
        article=record, claim__published=is_public, passage=PassageFactory(capture_text=text, words=words)
    )
    extracts.rebuild([record.pk])
    return report.article


# Publishing.


def test_publishing_makes_public_what_the_article_stands_on(desk: Client):
    report = AppearanceFactory(speaker=ActorFactory())
    article = report.article
    credited = CreditFactory(appearance=report).source
    source_of_source = CreditFactory(
        appearance=AppearanceFactory(claim=report.claim, source=credited, article=None)
    ).source
    cited = CitationFactory(article=article).source
    behind = SourceActorFactory(source=cited).actor
    doer = ClaimActorFactory(claim=report.claim).actor
    strangers = [SourceFactory(), ActorFactory(), AppearanceFactory().claim]

    answer = send(desk, article, "publish")

    assert answer.status_code == 302
    used = [article, article.outlet, report.claim, report.speaker, credited, source_of_source, cited, behind, doer]
    for record in [*used, *strangers]:
        record.refresh_from_db()
    assert {record.status for record in used} == {RecordStatus.PUBLISHED}
    assert {record.status for record in strangers} == {RecordStatus.DRAFT}


def test_publishing_is_one_event_that_names_each_record_made_public(desk: Client, editor):
    report = AppearanceFactory()

    send(desk, report.article, "publish")

    event = Event.objects.get()
    fields = {value.field for value in event.values_kept.all()}
    assert (event.act, event.public_id, event.person) == (EventAct.PUBLISH, report.article.public_id, editor.public_id)
    assert fields == {"status", f"outlet {report.article.outlet.public_id}", f"claim {report.claim.public_id}"}


def test_what_was_withdrawn_stays_withdrawn_when_an_article_that_uses_it_is_published(desk: Client):
    report = AppearanceFactory(claim__withdrawn=True)

    send(desk, report.article, "publish")

    report.claim.refresh_from_db()
    assert report.claim.status == RecordStatus.WITHDRAWN


def test_publishing_shows_the_wording_and_counts_the_claim(desk: Client):
    article = coded()
    before = public_version()

    send(desk, article, "publish")

    claim = article.appearances.get().claim
    assert shown_to_readers(article) == "About 20,000 were sent"
    assert claim.counts.articles == 1
    assert public_version() == before + 1


def test_publishing_shows_the_wording_of_other_articles_that_report_the_same_claim(desk: Client):
    other = coded(published=True)
    claim = other.appearances.get().claim
    claim.status = RecordStatus.DRAFT
    claim.save()
    extracts.rebuild([other.pk])
    assert shown_to_readers(other) == ""

    send(desk, AppearanceFactory(claim=claim).article, "publish")

    assert shown_to_readers(other) == "About 20,000 were sent"


def test_an_article_without_a_headline_is_not_published_unless_it_is_withheld(desk: Client):
    missing, withheld = ArticleFactory(headline=""), ArticleFactory(headline="", headline_withheld=True)

    refused, done = send(desk, missing, "publish"), send(desk, withheld, "publish")

    assert (refused.status_code, done.status_code) == (422, 302)
    assert "It has no headline" in refused.content.decode()
    missing.refresh_from_db()
    assert (missing.status, missing.version) == (RecordStatus.DRAFT, 1)


def test_an_undecided_do_no_harm_check_keeps_an_article_from_being_published(desk: Client):
    article = ArticleFactory()
    captured(article, "A headline", "A paragraph.", cleared=False)

    refused = send(desk, article, "publish")
    review(desk, article, "blocked")
    done = send(desk, article, "publish")

    assert (refused.status_code, done.status_code) == (422, 302)
    assert "do-no-harm check of a saved copy is not decided" in refused.content.decode()


@pytest.mark.parametrize(("blocking", "status"), [(True, 422), (False, 302)])
def test_an_open_check_that_blocks_keeps_an_article_from_being_published(desk: Client, blocking: bool, status: int):
    check = CheckFactory(is_blocking=blocking)

    assert send(desk, check.article, "publish").status_code == status


@pytest.mark.parametrize("decision", ["resolved", "kept"])
def test_a_decided_check_no_longer_blocks(desk: Client, editor, decision: str):
    check = CheckFactory(blocking=True)

    send(desk, check.article, "checks", decision=decision)

    check.refresh_from_db()
    assert (check.decision, check.decided_by) == (decision, editor.public_id)
    assert Event.objects.get().act == EventAct.DECIDE
    assert send(desk, check.article, "publish").status_code == 302


def test_a_check_is_decided_once(desk: Client):
    check = CheckFactory()
    address = f"{page_of(check.article)}checks/"
    form = sent_by(desk.get(page_of(check.article)), address, decision="kept")
    desk.post(address, form)

    second = desk.post(address, {**form, "decision": "resolved"})

    assert second.status_code == 409
    check.refresh_from_db()
    assert check.decision == CheckDecision.KEPT
    assert Event.objects.count() == 1


def small(low: int = 3, kind: str = "settlement", **more: object) -> Article:
    place = PlaceFactory(name=f"A {kind}", kind=kind)
    values = {"low": low, "appearance__claim__places": [place], **more}
    return FigureFactory(**values).appearance.article


def test_a_small_number_in_a_small_place_asks_an_editor_before_it_is_published(desk: Client):
    article = small()

    refused = send(desk, article, "publish")
    check = Check.objects.get(article=article)
    send(desk, article, "checks", decision="kept")
    done = send(desk, article, "publish")

    assert (refused.status_code, done.status_code) == (422, 302)
    assert (check.kind, check.is_blocking) == (CheckKind.HARM_SMALL_FIGURE, True)
    assert Check.objects.count() == 1


@pytest.mark.parametrize(
    ("figure", "is_asked"),
    [
        ({"low": 9}, True),
        ({"low": 10}, False),
        ({"low": None, "high": 10, "comparator": "fewer-than"}, True),
        ({"low": None, "high": 10, "comparator": "up-to"}, False),
        ({"low": 3, "high": None, "comparator": "at-least"}, True),
        ({"low": 3, "high": 300, "comparator": "between"}, False),
        ({"low": None, "high": None, "comparator": "words"}, False),
        ({"low": 3, "kind": "region"}, False),
        ({"low": 3, "kind": "country"}, False),
        ({"low": 3, "measure__unit": "countries"}, False),
        ({"low": 3, "kind": "country", "measure__territory__kind": "settlement"}, True),
    ],
)
def test_numbers_of_people_under_ten_are_asked_about_where_a_settlement_is_named(
    desk: Client, figure: dict[str, object], is_asked: bool
):
    answer = send(desk, small(**figure), "publish")

    assert Check.objects.exists() == is_asked
    assert answer.status_code == (422 if is_asked else 302)


def test_of_two_who_publish_at_once_the_second_is_told(desk: Client):
    article = ArticleFactory()
    address = f"{page_of(article)}publish/"
    form = sent_by(desk.get(page_of(article)), address)
    desk.post(address, form)

    assert desk.post(address, form).status_code == 409
    assert Event.objects.count() == 1


def test_a_draft_is_sent_to_review(desk: Client):
    article = ArticleFactory()

    answer = send(desk, article, "submit")

    article.refresh_from_db()
    assert (answer.status_code, article.status, article.version) == (302, RecordStatus.IN_REVIEW, 2)


# Withdrawing.


def test_a_withdrawn_article_keeps_its_row_and_is_seen_by_the_desk_alone(desk: Client):
    article = coded(published=True)
    before = public_version()

    answer = send(desk, article, "withdraw", reason="safety", why="A relative asked")

    assert answer.status_code == 302
    article.refresh_from_db()
    assert (article.status, article.withdrawn_reason) == (RecordStatus.WITHDRAWN, "safety")
    assert article.withdrawn_on is not None
    assert not Article.objects.visible_to(READER).exists()
    assert shown_to_readers(article) == ""
    assert article.appearances.get().claim.counts.articles == 0
    assert public_version() == before + 1
    assert desk.get(page_of(article)).status_code == 200


@pytest.mark.parametrize("reason", ["", "because"])
def test_withdrawing_needs_one_of_the_reasons(desk: Client, reason: str):
    article = ArticleFactory(published=True)

    answer = send(desk, article, "withdraw", reason=reason)

    assert answer.status_code == 422
    article.refresh_from_db()
    assert article.status == RecordStatus.PUBLISHED


def test_withdrawing_from_a_stale_page_is_answered_409(desk: Client):
    article = ArticleFactory(published=True)
    address = f"{page_of(article)}withdraw/"
    form = sent_by(desk.get(page_of(article)), address, reason="error")
    desk.post(address, form)

    assert desk.post(address, form).status_code == 409
    assert Event.objects.count() == 1


# Redacting.


def redact(desk: Client, article: Article, quote: str, **more: object):
    return send(desk, article, "redactions", quote=quote, reason="private-person", **more)


def test_redacted_words_are_hidden_from_readers_at_once(desk: Client):
    article = coded("A man named Testov Test was sent", published=True)
    before = public_version()
    assert "Testov Test" in shown_to_readers(article)

    answer = redact(desk, article, "Testov Test")

    assert answer.status_code == 302
    assert "Testov" not in shown_to_readers(article)
    assert "A man named" in shown_to_readers(article)
    assert "Testov" not in str(PublicExtract.objects.get().spans)
    assert public_version() == before + 1


def test_the_history_of_a_redaction_holds_none_of_its_words(desk: Client, editor):
    article = coded("A man named Testov Test was sent")

    redact(desk, article, "Testov Test")

    event = Event.objects.get()
    assert event.act == EventAct.REDACT
    assert "Testov" not in str([(value.old, value.new) for value in event.values_kept.all()])
    assert Redaction.objects.get().made_by == editor.public_id


def test_redacting_asks_about_every_other_field_that_holds_the_words(desk: Client):
    article = coded(
        "A man named Testov Test was sent", headline="TESTOV  TEST sent to the front", summary="About testov test."
    )
    report = article.appearances.get()
    report.note = "Testov\u00a0Test said so."
    report.save()
    cited = CitationFactory(article=article, source__title="Interview with Testov Test").source
    captured(article, "Another headline", "A second copy names Testov Test, too.")

    redact(desk, article, "Testov Test", text=str(article.captures.last().texts.get().pk))

    subjects = sorted(check.subject.split(",")[0] for check in Check.objects.all())
    second = article.captures.first()
    assert subjects == sorted(
        [
            "article.headline",
            "article.summary",
            f"report {report.public_id}.note",
            f"source {cited.public_id}.title",
            f"text of capture {second.public_id}",
        ]
    )
    assert {(check.kind, check.is_blocking) for check in Check.objects.all()} == {(CheckKind.REDACTED_ELSEWHERE, True)}


def test_a_redaction_that_stands_nowhere_else_asks_nothing(desk: Client):
    article = coded("A man named Testov Test was sent")

    redact(desk, article, "Testov Test")

    assert not Check.objects.exists()


def test_words_that_stand_twice_need_what_is_around_them(desk: Client):
    article = ArticleFactory()
    captured(article, "A headline", "First Testov went, then Testov came.")

    unclear = redact(desk, article, "Testov")
    clear = redact(desk, article, "Testov", before="then ")

    assert unclear.status_code == 422
    assert "stands in several places" in unclear.content.decode()
    assert clear.status_code == 302
    assert Redaction.objects.get().passage.start == len("A headline\n\nFirst Testov went, then ")


@pytest.mark.parametrize("quote", ["", "Words that are not there", "x" * 3000])
def test_words_that_are_not_in_the_text_are_refused(desk: Client, quote: str):
    article = ArticleFactory()
    captured(article, "A headline", "First Testov went.")

    assert redact(desk, article, quote).status_code == 422
    assert not Redaction.objects.exists()


def test_a_text_of_another_article_is_not_redacted_from_here(desk: Client):
    article, other = coded(), coded("Testov")

    answer = redact(desk, article, "Testov", text=str(other.captures.get().texts.get().pk))

    assert answer.status_code == 422
    assert not Redaction.objects.exists()


def test_redacting_twice_is_one_redaction(desk: Client):
    article = coded("A man named Testov Test was sent")
    redact(desk, article, "Testov Test")

    assert redact(desk, article, "Testov Test").status_code == 409
    assert Redaction.objects.count() == Event.objects.count() == 1


# The do-no-harm check.


def review(desk: Client, article: Article, decision: str):
    capture = article.captures.get()
    address = f"/desk/captures/{capture.public_id}/review/"
    return desk.post(address, sent_by(desk.get(page_of(article)), address, decision=decision))


def test_wording_leaves_the_desk_when_its_check_is_cleared_and_goes_back_when_it_is_blocked(desk: Client, editor):
    article = coded(published=True)
    Capture.objects.update(harm_review="open", harm_reviewed_by="", harm_reviewed_at=None)
    extracts.rebuild([article.pk])
    assert shown_to_readers(article) == ""

    review(desk, article, "cleared")
    cleared = shown_to_readers(article)
    review(desk, article, "blocked")

    assert cleared == "About 20,000 were sent"
    assert shown_to_readers(article) == ""
    assert [event.kind for event in Event.objects.all()] == ["capture", "capture"]
    assert article.captures.get().harm_reviewed_by == editor.public_id


def test_a_do_no_harm_check_that_somebody_else_decided_meanwhile_is_not_decided_over(desk: Client):
    article = ArticleFactory()
    captured(article, "A headline", cleared=False)
    address = f"/desk/captures/{article.captures.get().public_id}/review/"
    form = sent_by(desk.get(page_of(article)), address)
    desk.post(address, {**form, "decision": "blocked"})

    answer = desk.post(address, {**form, "decision": "cleared"})

    assert answer.status_code == 409
    assert article.captures.get().harm_review == "blocked"


# Terms of reuse.


def add_policy(desk: Client, outlet, **changes: object):
    address, form_page = f"/desk/outlets/{outlet.public_id}/policies/", f"/desk/outlet/{outlet.public_id}/edit/"
    values = {"read_on": "2026-11-20", "why": "New terms", **changes}
    return desk.post(address, sent_by(desk.get(form_page), address, **values))


def test_a_tightened_policy_clips_what_is_shown_and_asks_about_it(desk: Client):
    article = coded("About 20,000 were sent", published=True, outlet__limit=500)
    assert shown_to_readers(article)

    answer = add_policy(desk, article.outlet, extract_limit="10")

    assert answer.status_code == 302
    assert shown_to_readers(article) == ""
    check = Check.objects.get()
    assert (check.kind, check.article, check.is_blocking) == (CheckKind.EXTRACT_CLIPPED, article, False)
    assert [policy.version for policy in article.outlet.policies.all()] == [2, 1]
    assert Event.objects.get().kind == "outlet"


def test_a_loosened_policy_shows_more_and_asks_nothing(desk: Client):
    article = coded("About 20,000 were sent", published=True, outlet__limit=10)

    add_policy(desk, article.outlet, extract_limit="500")

    assert shown_to_readers(article) == "About 20,000 were sent"
    assert not Check.objects.exists()


@pytest.mark.parametrize(
    "changes", [{"extract_limit": "-1"}, {"extract_limit": "1000001"}, {"read_on": "soon"}, {"why": ""}]
)
def test_terms_that_cannot_be_kept_are_refused(desk: Client, changes: dict[str, str]):
    outlet = OutletFactory(published=True)

    answer = add_policy(desk, outlet, **changes)

    assert answer.status_code == 422
    assert not outlet.policies.exists()


def test_terms_added_from_a_stale_page_are_answered_409_and_can_be_sent_from_there(desk: Client):
    outlet = OutletFactory()
    address, form_page = f"/desk/outlets/{outlet.public_id}/policies/", f"/desk/outlet/{outlet.public_id}/edit/"
    form = sent_by(desk.get(form_page), address, extract_limit="100", read_on="2026-11-20")
    desk.post(address, form)

    stale = desk.post(address, {**form, "extract_limit": "50"})
    again = desk.post(address, sent_by(stale, address))

    assert (stale.status_code, again.status_code) == (409, 302)
    assert [policy.extract_limit for policy in outlet.policies.all()] == [50, 100]


def test_after_all_of_it_the_chain_is_whole(desk: Client):
    article = coded("A man named Testov Test was sent")
    send(desk, article, "submit")
    send(desk, article, "publish")
    redact(desk, article, "Testov Test")
    add_policy(desk, article.outlet, extract_limit="5")
    send(desk, article, "withdraw", reason="error")

    assert Event.objects.count() == 5
    assert events.faults() == []
