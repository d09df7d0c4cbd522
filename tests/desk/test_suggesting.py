"""Signs that two articles have one origin: what is noted, what is not, and what is never asked again."""

import itertools
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from archive.desk import actions, reuse_work, suggesting
from archive.management.commands import worker
from archive.models import Article, Figure, Fingerprint, Pointer, Suggestion, TextReading
from archive.models.vocabulary import SuggestionKind, SuggestionState, WithdrawalReason
from archive.records import beside
from tests.factories import (
    ActorFactory,
    AppearanceFactory,
    ArticleFactory,
    FigureFactory,
    IntakeFactory,
    MeasureFactory,
    OutletFactory,
    PersonFactory,
    SuggestionFactory,
    captured,
)

pytestmark = pytest.mark.django_db

numbers = itertools.count()
POST = "pic.twitter.com/Ab3dE6gHij"


def words(count: int) -> str:
    return " ".join(f"word{next(numbers)}" for _ in range(count))


PASSAGE = " ".join(f"shared{number}" for number in range(25))


def test_a_shared_passage_is_suggested_with_its_exact_places_and_none_of_its_words():
    text = captured(ArticleFactory(), "Some headline", f"{words(30)} {PASSAGE} {words(9)}")
    reuse_work.look()
    later = captured(ArticleFactory(), "Another one", f"{words(70)} {PASSAGE}. {words(5)}")
    captured(ArticleFactory(), "A third one", words(90))

    assert reuse_work.look() == 2

    (one,) = Suggestion.objects.all()
    assert (one.kind, one.left, one.right) == ("text-overlap", text.capture.article, later.capture.article)
    ((count, start, end, there, end_there),) = one.evidence["passages"]
    assert count == one.evidence["words"] == 25
    assert text.text[start:end] == later.text[there:end_there] == PASSAGE
    assert one.evidence["texts"] == [text.pk, later.pk]
    assert "shared" not in str(one.evidence)


def test_texts_taken_in_at_once_are_compared_with_each_other_once_and_not_again():
    for _ in range(3):
        captured(ArticleFactory(), words(4), PASSAGE)

    assert reuse_work.look(most=1) == 3
    assert Suggestion.objects.count() == 3
    assert reuse_work.look() == 0
    call_command("suggest_reuse", verbosity=0)
    assert Suggestion.objects.count() == 3


def test_what_was_rejected_never_returns_whichever_way_round():
    texts = [captured(ArticleFactory(), words(4), PASSAGE) for _ in range(2)]
    reuse_work.look()
    one = Suggestion.objects.get()
    one.left, one.right = one.right, one.left
    one.state, one.decided_by = SuggestionState.REJECTED, "00000000"
    one.decided_at = one.created_at
    one.save()

    captured(texts[0].capture.article, words(4), f"{PASSAGE} {words(3)}")
    assert reuse_work.look() == 1

    assert Suggestion.objects.get() == one
    assert not Suggestion.objects.open().exists()


def test_an_older_copy_of_the_same_article_is_neither_compared_nor_kept():
    article = ArticleFactory()
    old = captured(article, words(4), PASSAGE)
    reuse_work.look()
    new = captured(article, words(4), f"{PASSAGE} {words(30)}")
    reuse_work.look()

    assert not Suggestion.objects.exists()
    assert not Fingerprint.objects.filter(text=old).exists()
    assert Fingerprint.objects.filter(text=new).exists()


def test_an_older_copy_that_comes_later_takes_nothing_from_the_newest():
    article = ArticleFactory()
    newest = captured(article, words(4), f"{words(30)} {PASSAGE} {POST}")
    reuse_work.look()
    kept = set(Fingerprint.objects.values_list("text", "value"))
    old = captured(article, words(4), words(30), captured_at=newest.capture.captured_at - timedelta(days=9))
    reuse_work.look()

    assert set(Fingerprint.objects.values_list("text", "value")) == kept
    assert Pointer.objects.get().text == newest
    assert TextReading.objects.get(text=old).is_compared
    later = captured(ArticleFactory(), words(4), PASSAGE).capture.article
    reuse_work.look()
    assert Suggestion.objects.get().right == later


def test_reading_ends_a_batch_by_length_and_stops_where_it_was_told_to(monkeypatch):
    monkeypatch.setattr(reuse_work, "LETTERS_AT_ONCE", 100)
    for _ in range(3):
        captured(ArticleFactory(), words(4), PASSAGE)

    assert [reuse_work.look(most=1) for _ in range(4)] == [1, 1, 1, 0]
    assert Suggestion.objects.count() == 3


def test_what_is_wanted_elsewhere_goes_before_each_batch(monkeypatch):
    monkeypatch.setattr(reuse_work, "LETTERS_AT_ONCE", 100)
    for _ in range(3):
        captured(ArticleFactory(), words(4), PASSAGE)
    answers = iter([False, False, True, True])

    assert reuse_work.look(is_wanted_elsewhere=lambda: next(answers)) == 0
    assert TextReading.objects.count() == 2
    waiting = IntakeFactory()
    worker.suggest_reuse()
    assert (TextReading.objects.count(), Suggestion.objects.count()) == (2, 0)
    waiting.delete()
    worker.suggest_reuse()
    assert (TextReading.objects.count(), Suggestion.objects.count()) == (3, 3)


def test_the_command_tells_how_far_it_is_and_notes_nothing_where_nothing_may_be_written(settings, capsys):
    captured(ArticleFactory(), words(4), PASSAGE)
    settings.ARCHIVE_READ_ONLY = True
    with pytest.raises(CommandError):
        call_command("suggest_reuse")
    assert not TextReading.objects.exists()

    settings.ARCHIVE_READ_ONLY = False
    call_command("suggest_reuse", verbosity=2)
    assert capsys.readouterr().out == "1 texts compared so far.\n1 texts compared.\n"


def test_texts_of_withdrawn_articles_are_neither_found_nor_counted(monkeypatch):
    monkeypatch.setattr(reuse_work, "MOST_HOLDERS", 3)
    gone = [captured(ArticleFactory(), words(4), f"{PASSAGE} {POST}").capture.article for _ in range(3)]
    reuse_work.look()
    Suggestion.objects.all().delete()
    Article.objects.filter(pk__in=[one.pk for one in gone]).update(
        status="withdrawn", withdrawn_reason="error", withdrawn_on="2026-01-01"
    )
    held = [captured(ArticleFactory(), words(4), f"{PASSAGE} {POST}").capture.article for _ in range(3)]
    reuse_work.look()

    pairs = set(Suggestion.objects.values_list("kind", "left", "right"))
    wanted = {(one.pk, other.pk) for one, other in itertools.combinations(held, 2)}
    assert pairs == {(kind, *pair) for kind in ("text-overlap", "shared-post") for pair in wanted}


def test_a_text_that_was_withdrawn_and_is_held_again_meets_what_was_read_meanwhile():
    back = captured(ArticleFactory(published=True), words(4), PASSAGE).capture.article
    reuse_work.look()
    back.refresh_from_db()
    actions.withdraw(
        back, reason=WithdrawalReason.ERROR, by=PersonFactory(editor=True), version=back.version, why="By mistake"
    )
    meanwhile = captured(ArticleFactory(), words(4), PASSAGE).capture.article
    assert reuse_work.look() == 1
    assert not Suggestion.objects.exists()

    Article.objects.filter(pk=back.pk).update(status="draft", withdrawn_reason="", withdrawn_on=None)

    assert reuse_work.look() == 1
    assert Suggestion.objects.get().left == back
    assert Suggestion.objects.get().right == meanwhile


def test_furniture_is_told_whatever_was_read_before(monkeypatch):
    monkeypatch.setattr(reuse_work, "MOST_HOLDERS", 3)
    monkeypatch.setattr(reuse_work, "_WORDS_KEPT", 2)
    outlet = OutletFactory()
    for _ in range(6):
        captured(ArticleFactory(outlet=outlet), words(4), PASSAGE)
    reuse_work.look()

    assert not Suggestion.objects.exists()


def test_the_furniture_of_an_outlet_is_no_sign_and_the_same_text_elsewhere_is(monkeypatch):
    monkeypatch.setattr(reuse_work, "MOST_HOLDERS", 3)
    outlet = OutletFactory()
    for _ in range(6):
        captured(ArticleFactory(outlet=outlet), "Weather", PASSAGE)
        reuse_work.look()
    among_the_first = Suggestion.objects.count()
    assert among_the_first == 3

    elsewhere = captured(ArticleFactory(), "Weather", PASSAGE).capture.article
    reuse_work.look()

    (one,) = Suggestion.objects.of_article(elsewhere.pk)
    assert one.left == Article.objects.order_by("pk")[0]
    assert Suggestion.objects.count() == among_the_first + 1


def test_paragraphs_that_are_furniture_are_not_read():
    notice = f"All rights reserved. {' '.join(PASSAGE.split()[:22])}"
    for _ in range(2):
        text = captured(ArticleFactory(), words(4), words(30), notice)
        text.zones = ["headline", "body", "terms"]
        text.save()
    reuse_work.look()

    assert not Suggestion.objects.exists()


def test_the_same_post_is_a_sign_and_a_link_within_one_outlet_is_none():
    outlet = OutletFactory()
    for owner in (outlet, outlet):
        captured(ArticleFactory(outlet=owner), words(4), f"{words(9)} {POST} https://a.example/reports/{1}. {words(8)}")
    captured(ArticleFactory(), words(4), f"{words(9)} (http://www.a.example/reports/1/) and https://b.example/")
    reuse_work.look()

    post, *links = Suggestion.objects.order_by("-kind")
    assert (post.kind, post.evidence["shared"]) == ("shared-post", ["x picture: Ab3dE6gHij"])
    assert [(link.kind, link.evidence["shared"]) for link in links] == [("shared-link", ["a.example/reports/1"])] * 2


def test_one_figure_of_one_speaker_is_a_sign_and_an_equal_number_alone_is_none():
    speaker, measure = ActorFactory(), MeasureFactory()
    reports = [AppearanceFactory(article=ArticleFactory(), speaker=who) for who in (speaker, speaker, ActorFactory())]
    figures = [FigureFactory(appearance=report, measure=measure, low=300, high=300) for report in reports]
    FigureFactory(appearance=AppearanceFactory(article=ArticleFactory(), speaker=speaker), low=300, high=300)

    assert reuse_work.look_at_figures() == 1

    (one,) = Suggestion.objects.all()
    assert (one.kind, one.left, one.right) == ("same-figure", reports[0].article, reports[1].article)
    assert one.evidence["figures"] == [[figures[0].public_id], [figures[1].public_id]]
    assert reuse_work.look_at_figures() == 0


def test_a_figure_that_was_put_right_is_asked_about_no_longer_and_what_was_decided_stays():
    speaker, measure = ActorFactory(), MeasureFactory()
    figures = [
        FigureFactory(
            appearance=AppearanceFactory(article=ArticleFactory(), speaker=speaker), measure=measure, low=300, high=300
        )
        for _ in range(3)
    ]
    other = SuggestionFactory()
    assert reuse_work.look_at_figures() == 3
    decided = Suggestion.objects.order_by("pk").last()
    decided.state, decided.decided_by, decided.decided_at = SuggestionState.REJECTED, "00000000", decided.created_at
    decided.save()

    Figure.objects.filter(pk=figures[2].pk).update(low=301, high=301)
    assert reuse_work.look_at_figures() == 0

    kept = Suggestion.objects.filter(kind="same-figure", state=SuggestionState.OPEN)
    assert [(one.left, one.right) for one in kept] == [(figures[0].appearance.article, figures[1].appearance.article)]
    assert set(Suggestion.objects.exclude(pk=kept.get().pk)) == {other, decided}


def test_only_what_was_surely_published_before_is_a_possible_source():
    first, later, vague = (
        ArticleFactory(published_from=start, published_to=end)
        for start, end in (("2024-07-01", "2024-07-02"), ("2024-07-03", "2024-07-03"), ("2024-07-01", None))
    )
    for article in (first, later, vague):
        article.refresh_from_db()

    assert beside.possible_source(later, first) == first
    assert beside.possible_source(first, vague) is None


def test_a_pair_is_kept_with_the_older_article_first():
    evidence = {"words": 20, "of": [1, 2], "texts": [3, 4], "passages": [[20, 1, 2, 3, 4]]}
    turned = suggesting.Found(SuggestionKind.TEXT_OVERLAP, 9, 5, evidence).in_order()

    assert (turned.left, turned.right) == (5, 9)
    assert turned.evidence == {"words": 20, "of": [2, 1], "texts": [4, 3], "passages": [[20, 3, 4, 1, 2]]}
