"""Coding: records are meant by their names, in any script and spelling, and never guessed between two."""

import pytest
from django.test import Client

from archive.models import Actor, Appearance, Claim
from archive.models.vocabulary import Act
from tests.desk.test_coding import BODY, filled_in, save
from tests.factories import (
    ActorFactory,
    ActorNameFactory,
    AppearanceFactory,
    ArticleFactory,
    ClaimFactory,
    CreditFactory,
    FigureFactory,
    MeasureFactory,
    SourceFactory,
    captured,
)

pytestmark = pytest.mark.django_db
CLAIM = "Recruits are sent"


@pytest.fixture
def article():
    made = ArticleFactory(headline="Recruits were sent", language="en")
    captured(made, "Recruits were sent", BODY)
    ClaimFactory(sentence=CLAIM)
    return made


def test_a_speaker_is_found_in_another_script_and_by_id(desk: Client, article):
    speaker = ActorFactory(name="Alexander Bastrykin")
    ActorNameFactory(actor=speaker, name="Александр Бастрыкин")
    sent = filled_in(desk, article, "Nobody answered.") | {"claim": CLAIM}

    for typed in ("александр бастрыкин", f"Whatever ({speaker.public_id})"):
        assert save(desk, article, **sent | {"speaker": typed}).status_code == 302

    assert [report.speaker for report in Appearance.objects.all()] == [speaker, speaker]
    assert Actor.objects.count() == 1


def test_of_two_records_of_one_name_none_is_taken_and_both_are_shown(desk: Client, article):
    twins = [SourceFactory(title="Update of the day") for _ in range(2)]
    sent = filled_in(desk, article, "Nobody answered.") | {"claim": CLAIM, "source": "Update of the day"}

    refused = save(desk, article, **sent)
    no_third = save(desk, article, **sent | {"source_kind": "statement"})
    taken = save(desk, article, **sent | {"source": f"Update of the day ({twins[1].public_id})"})

    assert (refused.status_code, no_third.status_code) == (422, 422)
    assert all(one.public_id in refused.content.decode() for one in twins)
    assert taken.status_code == 302
    assert Appearance.objects.get().credits.get().source == twins[1]


def test_what_was_withdrawn_is_not_meant_by_its_name(desk: Client, article):
    ActorFactory(name="The Ministry", withdrawn=True)
    stands = ActorFactory(name="The Ministry")

    answer = save(
        desk, article, **filled_in(desk, article, "Nobody answered.") | {"claim": CLAIM, "speaker": "The Ministry"}
    )

    assert answer.status_code == 302
    assert Appearance.objects.get().speaker == stands


def test_a_source_that_is_an_article_comes_back_as_it_was_proposed(desk: Client, article):
    other = SourceFactory(of_article=True)
    CreditFactory(appearance=AppearanceFactory(article=article), source=other)
    sent = filled_in(desk, article, "The ministry said that about 10,000 recruits were sent.") | {"claim": CLAIM}

    assert sent["source"]
    assert save(desk, article, **sent).status_code == 302
    assert Appearance.objects.latest("pk").credits.get().source == other


def test_a_report_names_several_sources_and_each_is_credited_and_cited(desk: Client, article):
    first, second = SourceFactory(title="The speech"), SourceFactory(title="The post")
    sent = filled_in(desk, article, "Nobody answered.") | {"claim": CLAIM, "source": "The speech"}

    answer = save(desk, article, **sent | {"credit1-source": "The post", "credit1-how": "quotes"})

    assert answer.status_code == 302
    credits = Appearance.objects.get().credits.order_by("pk")
    assert [(one.source, one.how) for one in credits] == [(first, "quotes"), (second, "quotes")]
    assert {citation.source for citation in article.citations.all()} == {first, second}


def test_a_place_of_a_number_beyond_the_text_is_a_mistake_in_words(desk: Client, article):
    sent = filled_in(desk, article, "about 10,000 recruits were sent") | {"claim": CLAIM}

    answer = save(desk, article, **sent | {"figure0-measure": MeasureFactory().slug, "figure0-span": "0-999999999"})

    assert answer.status_code == 422
    assert "choose the passage again" in answer.content.decode()
    assert not Appearance.objects.exists()


def test_nobody_takes_their_own_word(desk: Client, article):
    own = SourceFactory(title="", article=article, kind="media-report")
    post = SourceFactory(title="The post")
    sent = {"act": Act.ASSERTS, "hedge": "none", "voice": "own-words", "part": "body", "claim": CLAIM}

    of_itself = save(desk, article, **sent | {"source": own.public_id})
    in_itself = desk.post(f"/desk/sources/{post.public_id}/reports/", sent | {"source": "The post"})

    assert (of_itself.status_code, in_itself.status_code) == (422, 422)
    assert not Appearance.objects.exists()


def test_a_name_that_is_too_long_to_be_held_is_a_mistake_in_words(desk: Client, article):
    sent = filled_in(desk, article, "Nobody answered.") | {"claim": "x" * 320, "claim_kind": "practice"}

    answer = save(desk, article, **sent)

    assert answer.status_code == 422
    assert "At most 300 letters" in answer.content.decode()
    assert Claim.objects.count() == 1


def test_the_measure_by_which_a_claim_was_counted_last_is_offered_with_it(desk: Client, article):
    counted = FigureFactory(appearance__claim=ClaimFactory(sentence="Many are sent"), measure=MeasureFactory())

    page = desk.get(f"/desk/articles/{article.public_id}/code/").content.decode()

    assert f'value="Many are sent" data-measure="{counted.measure.slug}"' in page


def test_a_sentence_that_a_withdrawn_claim_has_is_a_mistake_in_words(desk: Client, article):
    ClaimFactory(sentence="Nobody answers", withdrawn=True)
    sent = filled_in(desk, article, "Nobody answered.") | {"claim": "Nobody answers", "claim_kind": "practice"}

    answer = save(desk, article, **sent)

    assert answer.status_code == 422
    assert "A claim with this sentence exists" in answer.content.decode()
    assert not Appearance.objects.exists()
