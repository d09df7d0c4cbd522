"""Coding: a passage chosen in the text becomes a report with claim, speaker, source and numbers, in one save."""

import re

import pytest
from django.forms import ChoiceField
from django.test import Client

from archive.access.coding import coding_text
from archive.models import Actor, Appearance, Article, Citation, Claim, Event, Figure, Measure, Source
from archive.models.vocabulary import CreditBasis, CreditState, Depth, EventAct, RecordStatus, Voice
from tests.factories import (
    ActorFactory,
    AppearanceFactory,
    ArticleFactory,
    ClaimFactory,
    CreditFactory,
    FigureFactory,
    MeasureFactory,
    PassageFactory,
    RedactionFactory,
    SourceFactory,
    TacticFactory,
    TacticUseFactory,
    captured,
)
from tests.text.made_up import seconds

pytestmark = pytest.mark.django_db

BODY = "The ministry said that about 10,000 recruits were sent. Nobody answered."


@pytest.fixture
def article() -> Article:
    made = ArticleFactory(headline="Recruits were sent", language="en")
    captured(made, "Recruits were sent", BODY)
    return made


def place(article: Article, words: str) -> str:
    """Where words stand, as the screen writes it."""
    text = article.captures.get().texts.get()
    # Real texts have spaces that do not break, where a reader sees plain ones.
    start = text.text.replace("\N{NO-BREAK SPACE}", " ").index(words)
    return f"{text.pk}:{start}-{start + len(words)}"


def screen(desk: Client, article: Article, query: str = "") -> str:
    answer = desk.get(f"/desk/articles/{article.public_id}/code/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def filled_in(desk: Client, article: Article, words: str) -> dict[str, str]:
    """The form as it comes for chosen words."""
    context = desk.get(f"/desk/articles/{article.public_id}/code/?at={place(article, words)}").context
    sheet, sent = context["sheet"], {}
    for form in (sheet.report, *sheet.credits, *sheet.figures):
        for name, field in form.fields.items():
            value = form.initial.get(name, field.initial)
            if value is None and type(field) is ChoiceField:
                value = field.choices[0][0]
            if value is not None:
                sent[form.add_prefix(name)] = value
    return sent


def save(desk: Client, article: Article, **sent: object):
    return desk.post(f"/desk/articles/{article.public_id}/code/", sent)


def test_every_sentence_is_a_link_that_chooses_it(desk: Client, article):
    page = screen(desk, article)

    for words in ("The ministry said that about 10,000 recruits were sent.", "Nobody answered."):
        assert f"?at={place(article, words)}#code" in page


def test_a_text_of_very_many_sentences_is_shown_in_good_time(editor):
    made = ArticleFactory(language="en")
    captured(made, "Recruits were sent", "\n\n".join(["Men were sent. Nobody answered."] * 16_000))
    shown = []

    assert seconds(lambda _text: shown.append(coding_text(made, editor)), "") < 5
    assert sum(len(paragraph.sentences) for paragraph in shown[0].paragraphs) == 32_001


def test_chosen_words_fill_the_form_in(desk: Client, article):
    sent = filled_in(desk, article, "The ministry said that about 10,000 recruits were sent.")

    assert sent["voice"] == Voice.REPORTED_SPEECH
    assert sent["verb"] == "said"
    assert (sent["figure0-comparator"], sent["figure0-low"], sent["figure0-high"]) == ("about", 10_000, 10_000)


def test_a_passage_is_chosen_by_its_words_too(desk: Client, article):
    answer = desk.get(f"/desk/articles/{article.public_id}/code/", {"quote": "Nobody answered."})

    assert answer.status_code == 302
    assert answer.url.endswith(f"?at={place(article, 'Nobody answered.')}#code")
    assert "was not found" in screen(desk, article, "?quote=not+in+there")


def test_a_report_is_saved_with_all_that_belongs_to_it(desk: Client, article, editor):
    claim, speaker = ClaimFactory(sentence="Recruits are sent to the war"), ActorFactory(name="The Ministry")
    post, measure = SourceFactory(title="Post of the ministry"), MeasureFactory()
    tactic = TacticFactory(slug="raid")
    words = "about 10,000 recruits were sent"

    answer = save(
        desk,
        article,
        **filled_in(desk, article, words)
        | {
            "claim": "Recruits are sent to the war",
            "speaker": "The Ministry",
            "source": "Post of the ministry",
            "how": "reports",
            "basis": "same-passage",
            "tactics": ["raid"],
            "figure0-measure": measure.slug,
            "figure0-as_of": "2024-06",
        },
    )

    assert answer.status_code == 302
    report = Appearance.objects.get()
    assert (report.claim, report.speaker, report.article) == (claim, speaker, article)
    assert report.passage.capture_text.text[report.passage.start : report.passage.end] == words
    credit = report.credits.get()
    assert (credit.source, credit.basis, credit.state) == (post, CreditBasis.SAME_PASSAGE, CreditState.CONFIRMED)
    figure = report.figures.get()
    assert (figure.written, figure.measure, str(figure.as_of_from)) == ("about 10,000", measure, "2024-06-01")
    # What nobody said of a number is not said.
    assert figure.counting == "not-stated"
    passage = figure.passage
    assert passage.capture_text.text[passage.start : passage.end] == "about 10,000"
    assert [use.tactic for use in report.tactic_uses.all()] == [tactic]
    assert Citation.objects.get().source == post
    article.refresh_from_db()
    assert article.depth == Depth.CLAIMS
    event = Event.objects.latest("seq")
    assert (event.act, event.public_id, event.person) == (EventAct.ADD, report.public_id, editor.public_id)


def test_what_is_not_held_is_made_once_its_kind_is_said(desk: Client, article):
    sent = filled_in(desk, article, "Nobody answered.") | {
        "claim": "Nobody answers for the recruits",
        "speaker": "A New Body",
        "source": "A new report",
        "how": "quotes",
        "basis": "elsewhere",
    }

    refused = save(desk, article, **sent)
    made = save(
        desk,
        article,
        **sent
        | {
            "claim_kind": "practice",
            "speaker_kind": "ngo",
            "source_kind": "ngo-report",
            "people": ["naturalised"],
        },
    )

    assert refused.status_code == 422
    assert "“A New Body” is not held" in refused.content.decode()
    assert 'value="Nobody answers for the recruits"' in refused.content.decode()
    assert made.status_code == 302
    assert (Claim.objects.get().status, Claim.objects.get().kind) == (RecordStatus.DRAFT, "practice")
    assert [one.slug for one in Claim.objects.get().people.all()] == ["naturalised"]
    assert (Actor.objects.get().kind, Source.objects.get().kind) == ("ngo", "ngo-report")


def test_a_report_without_a_source_says_that_none_is_stated(desk: Client, article):
    ClaimFactory(sentence="Nobody answers")

    save(desk, article, **filled_in(desk, article, "Nobody answered."), claim="Nobody answers")

    assert Appearance.objects.get().credits.get().basis == CreditBasis.NONE_STATED
    assert Citation.objects.count() == 0


def test_everything_that_a_report_makes_has_its_own_beginning_in_the_history(desk: Client, article):
    sent = filled_in(desk, article, "about 10,000 recruits were sent") | {
        "claim": "A claim",
        "claim_kind": "practice",
        "speaker": "A body",
        "speaker_kind": "ngo",
        "source": "A report",
        "source_kind": "ngo-report",
        "figure0-measure": "sent/naturalised/all",
    }

    assert save(desk, article, **sent).status_code == 302

    made = [Claim.objects.get(), Actor.objects.get(), Source.objects.get()]
    names = {(event.kind, event.public_id) for event in Event.objects.filter(act=EventAct.ADD)}
    assert names >= {(one._meta.model_name, one.public_id) for one in made}
    assert ("measure", str(Measure.objects.get(slug="sent/naturalised/all").pk)) in names


def test_a_measure_is_made_of_its_parts(desk: Client, article):
    ClaimFactory(sentence="Recruits are sent")
    sent = filled_in(desk, article, "about 10,000 recruits were sent") | {"claim": "Recruits are sent"}

    wrong = save(desk, article, **sent | {"figure0-measure": "gone/naturalised/all"})
    right = save(desk, article, **sent | {"figure0-measure": "sent/naturalised/all"})

    assert wrong.status_code == 422
    assert "“gone” is no stage" in wrong.content.decode()
    assert right.status_code == 302
    assert [one.slug for one in Measure.objects.get().people.all()] == ["naturalised"]


def test_a_proposed_number_without_a_measure_is_not_saved(desk: Client, article):
    ClaimFactory(sentence="Recruits are sent")

    save(desk, article, **filled_in(desk, article, "about 10,000 recruits were sent"), claim="Recruits are sent")

    assert Figure.objects.count() == 0


def test_bounds_that_do_not_fit_are_told_and_nothing_is_saved(desk: Client, article):
    ClaimFactory(sentence="Recruits are sent")
    sent = filled_in(desk, article, "about 10,000 recruits were sent") | {"claim": "Recruits are sent"}

    answer = save(desk, article, **sent | {"figure0-measure": MeasureFactory().slug, "figure0-high": 20_000})

    assert answer.status_code == 422
    assert "needs one number" in answer.content.decode()
    assert Appearance.objects.count() == 0


def test_the_source_and_speaker_of_the_last_report_are_proposed_again(desk: Client, article):
    last = AppearanceFactory(article=article, speaker=ActorFactory(name="The Ministry"))
    CreditFactory(appearance=last, source=SourceFactory(title="Post of the ministry"))

    sent = filled_in(desk, article, "The ministry said that about 10,000 recruits were sent.")

    assert (sent["source"], sent["speaker"]) == ("Post of the ministry", "The Ministry")


def test_a_report_is_taken_back_and_its_claim_stays(desk: Client, article):
    text = article.captures.get().texts.get()
    report = AppearanceFactory(article=article, passage=PassageFactory(capture_text=text, words="Nobody answered."))
    FigureFactory(appearance=report)

    answer = desk.post(f"/desk/reports/{report.public_id}/remove/")

    assert answer.status_code == 302
    assert not Appearance.objects.exists()
    assert not Figure.objects.exists()
    assert Claim.objects.filter(pk=report.claim_id).exists()
    assert (Event.objects.latest("seq").act, Event.objects.latest("seq").public_id) == ("edit", article.public_id)


def test_in_a_public_article_a_report_needs_a_reason_and_becomes_public_with_its_claim(desk: Client):
    article = ArticleFactory(published=True, headline="Recruits were sent")
    captured(article, "Recruits were sent", BODY)
    sent = filled_in(desk, article, "Nobody answered.") | {"claim": "Nobody answers", "claim_kind": "practice"}

    refused = save(desk, article, **sent)
    saved = save(desk, article, **sent, why="Read again")

    assert refused.status_code == 422
    assert "Say why you change it" in refused.content.decode()
    assert saved.status_code == 302
    assert Claim.objects.get().is_published
    assert "Nobody answers" in Client().get(article.get_absolute_url()).content.decode()


@pytest.mark.parametrize("at", ["", "x", "1:2", "1:9-3", "999999:0-4", "1:0-99999999999", "²:1-2"])
def test_a_place_that_is_none_is_a_mistake_in_words(desk: Client, article, at: str):
    ClaimFactory(sentence="Nobody answers")

    shown = desk.get(f"/desk/articles/{article.public_id}/code/", {"at": at})
    sent = filled_in(desk, article, "Nobody answered.") | {"claim": "Nobody answers", "at": at}
    answer = save(desk, article, **sent)

    assert shown.status_code == 200
    assert answer.status_code == (422 if at else 302)


def test_hidden_words_are_marked_for_the_editor(desk: Client, article):
    text = article.captures.get().texts.get()
    RedactionFactory(passage=PassageFactory(capture_text=text, words="The ministry"))

    assert re.search(r'data-kinds="redaction">The ministry<', screen(desk, article))


def test_what_a_source_takes_from_another_is_coded_once_in_the_source(desk: Client, article):
    claim, speech = ClaimFactory(sentence="Recruits are sent"), SourceFactory(title="The speech")
    post = SourceFactory(title="Post of the ministry")
    address = f"/desk/sources/{post.public_id}/reports/"
    sent = {"act": "asserts", "hedge": "none", "voice": "own-words", "part": "body"}

    refused = desk.post(address, sent | {"claim": "No such claim"})
    answer = desk.post(address, sent | {"claim": "Recruits are sent", "source": "The speech"})

    assert refused.status_code == 422
    assert answer.status_code == 302
    report = Appearance.objects.get()
    assert (report.claim, report.source, report.article) == (claim, post, None)
    assert report.credits.get().source == speech
    assert Citation.objects.count() == 0
    assert Event.objects.latest("seq").public_id == report.public_id


def test_unsent_words_are_offered_taken_up_and_dropped_when_the_report_is_saved(desk: Client, article, editor):
    ClaimFactory(sentence="Nobody answers")
    address = f"/desk/articles/{article.public_id}/code/"
    sent = filled_in(desk, article, "Nobody answered.")
    desk.post("/desk/drafts/", sent | {"claim": "Half a cl", "place": address})

    offered, taken_up = screen(desk, article), screen(desk, article, "?unsent=1")

    assert "Your unsent words" in offered
    assert 'value="Half a cl"' not in offered
    assert 'value="Half a cl"' in taken_up
    assert "Nobody answered.</blockquote>" in taken_up
    save(desk, article, **sent | {"claim": "Nobody answers"})
    assert "Your unsent words" not in screen(desk, article)


def test_the_screen_asks_as_often_for_much_coding_as_for_little(desk: Client, article, editor, count_queries):
    at = place(article, "Nobody answered.")

    def code_more() -> int:
        report = AppearanceFactory(article=article, speaker=ActorFactory())
        CreditFactory(appearance=report, source=SourceFactory(of_article=True))
        FigureFactory(appearance=report)
        TacticUseFactory(appearance=report)
        return count_queries(f"/desk/articles/{article.public_id}/code/?at={at}", editor)

    first, *others = [code_more() for _ in range(3)]

    assert others == [first, first]
