"""Redacting hides words at every door, and asks about every other place that holds them."""

import pytest
from django.test import Client

from archive.history.versions import public_version
from archive.models import Check, Event, PublicExtract, Redaction
from archive.models.vocabulary import CheckKind, EventAct
from tests.desk.acts import (
    coded,
    redact,
    shown_to_readers,
)
from tests.factories import (
    ArticleFactory,
    CitationFactory,
    captured,
)

pytestmark = pytest.mark.django_db


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

    assert not Check.objects.filter(kind=CheckKind.REDACTED_ELSEWHERE).exists()


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
