"""A coded report is opened again in its form and changed; nobody's work is written over unseen."""

import re

import pytest
from django.test import Client

from archive.models import Appearance, Check, Citation, Claim, ClaimCount, Event, Figure
from archive.models.vocabulary import CheckDecision, CheckKind, CreditBasis, CreditState, EventAct
from tests.desk.test_coding import BODY, filled_in, place, save
from tests.factories import (
    ActorFactory,
    AppearanceFactory,
    ArticleFactory,
    CheckFactory,
    CitationFactory,
    ClaimFactory,
    CreditFactory,
    FigureFactory,
    MeasureFactory,
    PassageFactory,
    PlaceFactory,
    SourceFactory,
    TacticFactory,
    TacticUseFactory,
    captured,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def report() -> Appearance:
    article = ArticleFactory(headline="Recruits were sent", language="en", depth="claims")
    text = captured(article, "Recruits were sent", BODY)
    made = AppearanceFactory(
        article=article,
        claim=ClaimFactory(sentence="Recruits are sent"),
        speaker=ActorFactory(name="The Ministry"),
        passage=PassageFactory(capture_text=text, words="Nobody answered."),
        voice="own-words",
    )
    CreditFactory(appearance=made, source=SourceFactory(title="The post"))
    return made


def held(desk: Client, report: Appearance) -> dict[str, object]:
    """The form as it comes for a stored report."""
    sheet = desk.get(address(report)).context["sheet"]
    forms = (sheet.report, *sheet.credits, *sheet.figures)
    return {form.add_prefix(name): value for form in forms for name, value in form.initial.items() if value}


def address(report: Appearance) -> str:
    return f"/desk/reports/{report.public_id}/"


def test_a_report_is_shown_as_it_was_coded_and_saved_as_it_is_changed(desk: Client, report):
    sent = held(desk, report)
    tactic = TacticFactory(slug="raid")
    ClaimFactory(sentence="Nobody answers")

    answer = desk.post(address(report), sent | {"claim": "Nobody answers", "voice": "hearsay", "tactics": ["raid"]})

    assert answer.status_code == 302
    stored = Appearance.objects.get()
    assert (stored.pk, stored.claim.sentence, stored.voice) == (report.pk, "Nobody answers", "hearsay")
    assert (stored.speaker, stored.passage) == (report.speaker, report.passage)
    assert [credit.source.title for credit in stored.credits.all()] == ["The post"]
    assert [use.tactic for use in stored.tactic_uses.all()] == [tactic]
    event = Event.objects.latest("seq")
    told = {value.field: (value.old, value.new) for value in event.values_kept.all()}
    assert (event.act, event.public_id) == (EventAct.EDIT, report.public_id)
    assert told["voice"] == ("own-words", "hearsay")
    assert told.keys() == {"claim", "voice", "tactics"}


def test_a_form_that_holds_what_is_stored_saves_nothing(desk: Client, report):
    answer = desk.post(address(report), held(desk, report))

    assert answer.status_code == 422
    assert "holds what is stored already" in answer.content.decode()
    assert not Event.objects.exists()


def test_a_stale_form_is_refused_shows_both_and_can_be_saved_after(desk: Client, report):
    mine = held(desk, report) | {"voice": "hearsay"}
    desk.post(address(report), held(desk, report) | {"verb": "claimed"})

    stale = desk.post(address(report), mine)
    again = stale.context["sheet"].report["version"].value()

    assert stale.status_code == 409
    assert "Verb as printed: you wrote “—”, stored is “claimed”." in stale.content.decode()
    assert desk.post(address(report), mine | {"version": again, "verb": "claimed"}).status_code == 302
    assert (Appearance.objects.get().voice, Appearance.objects.get().verb) == ("hearsay", "claimed")


def test_another_passage_is_chosen_for_a_report(desk: Client, report):
    at = place(report.article, "The ministry said that about 10,000 recruits were sent.")

    page = desk.get(address(report), {"at": at}).content.decode()
    desk.post(address(report), held(desk, report) | {"at": at})

    assert "The ministry said that about 10,000 recruits were sent.</blockquote>" in page
    passage = Appearance.objects.get().passage
    assert f"{passage.capture_text_id}:{passage.start}-{passage.end}" == at


def test_a_source_that_is_taken_out_of_the_form_is_credited_no_more(desk: Client, report):
    desk.post(address(report), held(desk, report) | {"source": ""})

    assert [credit.basis for credit in report.credits.all()] == [CreditBasis.NONE_STATED]


def test_what_an_editor_inferred_is_confirmed_by_saying_where_it_is_named(desk: Client, report):
    report.credits.update(basis=CreditBasis.INFERRED, state=CreditState.SUGGESTED)

    desk.post(address(report), held(desk, report) | {"basis": "elsewhere"})

    credit = report.credits.get()
    assert (credit.basis, credit.state) == (CreditBasis.ELSEWHERE, CreditState.CONFIRMED)
    assert Citation.objects.get().source == credit.source


def test_numbers_are_added_to_a_report_and_taken_back_from_it(desk: Client, report):
    wrong, kept = FigureFactory(appearance=report, low=5, high=5), FigureFactory(appearance=report)
    number = {"figure0-low": 700, "figure0-high": 700, "figure0-comparator": "none"}
    sent = held(desk, report) | number | {"figure0-measure": MeasureFactory().slug, "dropped": [wrong.public_id]}

    answer = desk.post(address(report), sent)

    assert answer.status_code == 302
    assert set(Figure.objects.values_list("low", flat=True)) == {kept.low, 700}


def test_another_measure_for_the_same_number_is_a_change_and_told_in_the_history(desk: Client, report):
    wrong, right = FigureFactory(appearance=report, low=5, high=5, comparator="none"), MeasureFactory()
    number = {"figure0-low": 5, "figure0-high": 5, "figure0-comparator": "none", "figure0-measure": right.slug}

    answer = desk.post(address(report), held(desk, report) | number | {"dropped": [wrong.public_id]})

    assert answer.status_code == 302
    assert Figure.objects.get().measure == right
    (told,) = [value for value in Event.objects.latest("seq").values_kept.all() if value.field == "figures"]
    assert right.slug in told.new
    assert wrong.public_id in told.old


def test_what_stood_on_the_words_of_a_report_goes_with_it_to_other_words(desk: Client, report):
    own = PassageFactory(capture_text=report.passage.capture_text, words="about 10,000")
    use, figure = TacticUseFactory(appearance=report, passage=report.passage), FigureFactory(appearance=report)
    kept = FigureFactory(appearance=report, passage=own)
    Figure.objects.filter(pk=figure.pk).update(passage=report.passage)

    desk.post(address(report), held(desk, report) | {"at": place(report.article, "The ministry said")})

    moved = Appearance.objects.get().passage
    assert moved != report.passage
    for row in (use, figure, kept):
        row.refresh_from_db()
    assert (use.passage, figure.passage, kept.passage) == (moved, moved, own)


def test_more_sources_than_a_form_begins_with_all_stay(desk: Client, report):
    for _ in range(14):
        CreditFactory(appearance=report, source=SourceFactory())

    assert desk.post(address(report), held(desk, report) | {"verb": "claimed"}).status_code == 302

    assert report.credits.count() == 15


def test_a_source_without_a_title_stays_when_something_else_is_changed(desk: Client, report):
    nameless = SourceFactory(title="", title_withheld=True)
    report.credits.update(source=nameless)

    assert desk.post(address(report), held(desk, report) | {"verb": "claimed"}).status_code == 302

    assert report.credits.get().source == nameless


def test_another_way_of_crediting_leaves_a_confirmed_inference_confirmed(desk: Client, report):
    report.credits.update(basis=CreditBasis.INFERRED, state=CreditState.CONFIRMED)

    desk.post(address(report), held(desk, report) | {"how": "translates"})

    assert (report.credits.get().how, report.credits.get().state) == ("translates", CreditState.CONFIRMED)


def test_a_change_in_public_publishes_what_the_report_needs_and_no_other_draft(desk: Client, report):
    for record in (report.article, report.article.outlet, report.claim, report.speaker):
        type(record).objects.filter(pk=record.pk).update(status="published")
    needed, other = report.credits.get().source, CitationFactory(article=report.article).source

    assert desk.post(address(report), held(desk, report) | {"verb": "claimed", "why": "Read again"}).status_code == 302

    needed.refresh_from_db()
    other.refresh_from_db()
    assert (needed.is_published, other.is_published) == (True, False)


def test_an_open_question_about_one_number_keeps_no_editor_from_taking_it_back(desk: Client, report):
    for record in (report.article, report.article.outlet, report.claim, report.speaker):
        type(record).objects.filter(pk=record.pk).update(status="published")
    report.claim.places.add(PlaceFactory(kind="settlement"))
    figure = FigureFactory(appearance=report, low=3, high=3)
    CheckFactory(
        article=report.article, kind=CheckKind.HARM_SMALL_FIGURE, subject=f"figure {figure.public_id}", is_blocking=True
    )
    sent = held(desk, report) | {"why": "Read again"}

    assert desk.post(address(report), sent | {"verb": "claimed"}).status_code == 422
    assert desk.post(address(report), sent | {"dropped": [figure.public_id]}).status_code == 302


def test_the_first_report_of_an_article_makes_an_open_form_of_it_stale(desk: Client):
    article = ArticleFactory(headline="Recruits were sent", depth="listed")
    captured(article, "Recruits were sent", BODY)
    ClaimFactory(sentence="Nobody answers")

    save(desk, article, **filled_in(desk, article, "Nobody answered.") | {"claim": "Nobody answers"})

    before = article.version
    article.refresh_from_db()
    assert (article.depth, article.version) == ("claims", before + 1)


def test_a_refused_screen_leads_to_the_screen(desk: Client, report):
    report.article.status = "published"
    report.article.save()

    page = desk.post(f"{address(report)}remove/").content.decode()

    code = f"/desk/articles/{report.article.public_id}/code/"
    assert f'href="{code}?at=' in page
    assert f'<form class="quote-form" method="get" action="{code}"' in page


def test_methods_that_stay_keep_where_they_were_found(desk: Client, report):
    use = TacticUseFactory(appearance=report)

    desk.post(address(report), held(desk, report) | {"voice": "hearsay"})

    assert list(report.tactic_uses.all()) == [use]


def test_a_report_of_an_older_copy_keeps_its_words_when_it_is_changed(desk: Client, report):
    captured(report.article, "Recruits were sent", "Every word of it was written anew.")

    page = desk.get(address(report)).content.decode()
    answer = desk.post(address(report), held(desk, report) | {"voice": "hearsay"})

    assert "Nobody answered.</blockquote>" in page
    assert answer.status_code == 302
    assert Appearance.objects.get().passage == report.passage


def test_a_place_of_an_older_copy_is_not_taken_for_one_of_the_newest(desk: Client, report):
    article = report.article
    sent = filled_in(desk, article, "The ministry said that about 10,000 recruits were sent.") | {
        "claim": "Recruits are sent"
    }
    captured(article, "Recruits were sent", "Every word of it was written anew, and at greater length than before.")

    answer = save(desk, article, **sent)

    assert answer.status_code == 422
    assert "choose it again" in answer.content.decode()


def test_in_public_a_changed_report_needs_a_reason_and_its_claims_are_counted_anew(desk: Client, report):
    for record in (report.article, report.article.outlet, report.claim, report.speaker):
        type(record).objects.filter(pk=record.pk).update(status="published")
    other = ClaimFactory(sentence="Nobody answers")
    sent = held(desk, report) | {"claim": "Nobody answers"}

    refused, saved = desk.post(address(report), sent), desk.post(address(report), sent | {"why": "Read again"})

    assert (refused.status_code, saved.status_code) == (422, 302)
    other.refresh_from_db()
    assert other.is_published
    assert report.credits.get().source.is_published
    counted = dict(ClaimCount.objects.values_list("claim", "articles"))
    assert counted == {report.claim.pk: 0, other.pk: 1}


def test_readers_are_told_what_was_changed_of_a_public_report_and_that_one_was_taken_back(desk: Client, report):
    for record in (report.article, report.article.outlet, report.claim, report.speaker):
        type(record).objects.filter(pk=record.pk).update(status="published")
    ClaimFactory(sentence="Nobody answers")

    desk.post(address(report), held(desk, report) | {"claim": "Nobody answers", "hedge": "likely", "why": "Read again"})
    desk.post(f"{address(report)}remove/", {"why": "Read again"})

    page = " ".join(re.sub(r"<[^>]*>", " ", Client().get("/corrections/").content.decode()).split())
    assert "A report that was taken back changed" in page
    assert report.claim.public_id not in page
    assert Client().get("/corrections.atom").status_code == 200


def test_what_was_changed_of_a_public_report_is_told_field_by_field(desk: Client, report):
    for record in (report.article, report.article.outlet, report.claim, report.speaker):
        type(record).objects.filter(pk=record.pk).update(status="published")
    ClaimFactory(sentence="Nobody answers")

    desk.post(address(report), held(desk, report) | {"claim": "Nobody answers", "hedge": "likely", "why": "Read again"})

    page = " ".join(re.sub(r"<[^>]*>", " ", Client().get("/corrections/").content.decode()).split())
    assert "Hedge before: none → after: likely" in page
    assert "Claim changed" in page


def test_a_small_number_becomes_public_once_an_editor_says_that_it_singles_nobody_out(desk: Client):
    article = ArticleFactory(published=True, headline="Recruits were sent")
    captured(article, "Recruits were sent", "Then 3 recruits were sent. Nobody answered.")
    ClaimFactory(sentence="Recruits are sent", places=[PlaceFactory(kind="settlement")])
    sent = filled_in(desk, article, "3 recruits were sent") | {
        "claim": "Recruits are sent",
        "figure0-measure": MeasureFactory().slug,
        "figure0-comparator": "none",
        "figure0-low": 3,
        "figure0-high": 3,
        "why": "Read again",
    }

    refused, saved = save(desk, article, **sent), save(desk, article, **sent | {"is_small_safe": "on"})

    assert refused.status_code == 422
    assert "Decide whether that may be shown" in refused.content.decode()
    assert saved.status_code == 302
    check = Check.objects.get(kind=CheckKind.HARM_SMALL_FIGURE)
    assert (check.decision, check.subject) == (CheckDecision.KEPT, f"figure {Figure.objects.get().public_id}")
    assert Event.objects.filter(act=EventAct.DECIDE, public_id=article.public_id).count() == 1


def test_what_a_public_source_takes_from_another_is_public_with_all_that_speaks_in_it(desk: Client):
    post, speaker = SourceFactory(published=True), ActorFactory(name="Somebody")
    speech = SourceFactory(title="The speech")
    speech.actors.add(speaker)
    ClaimFactory(sentence="Recruits are sent")
    sent = {"act": "asserts", "hedge": "none", "voice": "own-words", "part": "body", "claim": "Recruits are sent"}

    answer = desk.post(f"/desk/sources/{post.public_id}/reports/", sent | {"source": "The speech", "why": "Read again"})

    assert answer.status_code == 302
    for record in (Claim.objects.get(), speech, speaker):
        record.refresh_from_db()
        assert record.is_published, record


def test_no_number_is_coded_in_a_source_where_nobody_is_asked_whether_it_singles_somebody_out(desk: Client):
    source, measure = SourceFactory(published=True), MeasureFactory()
    ClaimFactory(sentence="Recruits are sent", places=[PlaceFactory(kind="settlement")])
    where = f"/desk/sources/{source.public_id}/reports/"
    sent = {"act": "asserts", "hedge": "none", "voice": "own-words", "part": "body", "claim": "Recruits are sent"}
    number = {"figure0-measure": measure.slug, "figure0-low": 3, "figure0-high": 3, "figure0-comparator": "none"}

    answer = desk.post(where, sent | number | {"why": "Read again"})

    assert answer.status_code == 302
    assert "figure0" not in desk.get(where).content.decode()
    assert not Figure.objects.exists()


def test_a_report_of_a_source_is_changed_and_taken_back_like_one_of_an_article(desk: Client):
    report = AppearanceFactory(article=None, source=SourceFactory(), claim=ClaimFactory(sentence="Recruits are sent"))

    changed = desk.post(address(report), held(desk, report) | {"verb": "claimed"})
    gone = desk.post(f"{address(report)}remove/")

    assert changed.status_code == gone.status_code == 302
    assert gone.url.startswith(f"/desk/sources/{report.source.public_id}/reports/")
    assert not Appearance.objects.exists()
    assert desk.get(address(report)).status_code == 404
    assert desk.post(f"{address(report)}remove/").status_code == 404


def test_unsent_words_of_a_source_are_kept_and_dropped_when_it_is_saved(desk: Client):
    source = SourceFactory()
    ClaimFactory(sentence="Recruits are sent")
    where = f"/desk/sources/{source.public_id}/reports/"
    sent = {"act": "asserts", "hedge": "none", "voice": "own-words", "part": "body"}
    desk.post("/desk/drafts/", sent | {"claim": "Half a cl", "place": where})

    assert "Your unsent words" in desk.get(where).content.decode()
    assert 'value="Half a cl"' in desk.get(where, {"unsent": "1"}).content.decode()
    assert desk.post(where, sent | {"claim": "Recruits are sent"}).status_code == 302
    assert "Your unsent words" not in desk.get(where).content.decode()
