"""The door to the texts of older saved copies: what is hidden in one is hidden in each."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from archive.access import copies
from archive.models.vocabulary import HarmReview, PassageState
from tests.factories import (
    NOON,
    ArticleFactory,
    CaptureTextFactory,
    PassageFactory,
    PersonFactory,
    RedactionFactory,
    captured,
)

pytestmark = pytest.mark.django_db
NAME = "Somebody"
MARK = "█████"


@pytest.fixture
def researcher():
    return PersonFactory(researcher=True)


@pytest.fixture
def editor():
    return PersonFactory(editor=True)


def two_copies(old, new, **article):
    """An article whose copies have these paragraphs, the headline first."""
    made = ArticleFactory(published=True, **article)
    return made, captured(made, *old, captured_at=NOON - timedelta(days=1)), captured(made, *new)


def hide(text, words):
    return RedactionFactory(passage=PassageFactory(capture_text=text, words=words))


def read(article, user):
    """Each readable copy as its paragraphs, the newest first."""
    held = copies.readable(article, user)
    return [
        ["".join(piece.text for piece in one.pieces) for one in text] for text in copies.texts_of(article, user, held)
    ]


def test_a_researcher_reads_every_cleared_copy_and_the_public_none(researcher):
    article, old, _new = two_copies(("A headline", "Seventy went."), ("A headline", "Eighty went."))
    captured(article, "A headline", "Not looked at.", cleared=False)

    assert read(article, researcher) == [["A headline", "Eighty went."], ["A headline", "Seventy went."]]
    assert copies.readable(article, AnonymousUser()) == []
    old.capture.harm_review = HarmReview.BLOCKED
    old.capture.save()
    assert read(article, researcher) == [["A headline", "Eighty went."]]


def test_copies_of_a_draft_are_read_at_the_desk_alone(researcher, editor):
    article, _old, _new = two_copies(("A headline", "Old."), ("A headline", "New."))
    article.status = "draft"
    article.save()

    assert read(article, researcher) == []
    assert len(read(article, editor)) == 2


def test_a_copy_that_somebody_chose_before_it_was_blocked_is_not_read(researcher):
    article, old, _new = two_copies(("A headline", "Old."), ("A headline", "New."))
    chosen = copies.readable(article, researcher)
    old.capture.harm_review = HarmReview.BLOCKED
    old.capture.save()

    assert copies.texts_of(article, researcher, chosen)[1] == ()


def test_of_several_readings_of_one_copy_the_newest_counts(researcher):
    article, _old, new = two_copies(("A headline", "Old."), ("A headline", "New."))
    CaptureTextFactory(capture=new.capture, extractor="plain-2", text="A headline\n\nRead better.")

    assert read(article, researcher) == [["A headline", "Read better."], ["A headline", "Old."]]


@pytest.mark.parametrize("redacted", [0, 1])
def test_words_hidden_in_one_copy_are_hidden_in_the_other(redacted, researcher, editor):
    article, *texts = two_copies(
        ("A headline", f"Then {NAME} went.", f"{NAME.upper()}!"), ("A headline", f"Then {NAME} came back.")
    )
    hide(texts[redacted], NAME)

    assert read(article, researcher) == [
        ["A headline", f"Then {MARK} came back."],
        ["A headline", f"Then {MARK} went.", f"{MARK}!"],
    ]
    assert NAME in str(read(article, editor))


def test_other_words_in_the_place_of_hidden_ones_are_hidden(researcher):
    around = "The office called up the man {} on the second of July."
    article, _old, new = two_copies(
        ("A headline", around.format(f"{NAME}, 34,")), ("A headline", around.format(f"{NAME}, 35,"))
    )
    hide(new, f"{NAME}, 35,")

    first, second = read(article, researcher)

    assert first == second == ["A headline", around.format(MARK)]


def test_hidden_words_of_which_only_the_quote_is_kept_are_hidden(researcher):
    article, _old, new = two_copies(("A headline", f"Then {NAME} went."), ("A headline", "Then he went."))
    passage = PassageFactory(capture_text=new, words="Then", state=PassageState.NOT_IN_VERSION, quote=NAME)
    RedactionFactory(passage=passage)

    assert read(article, researcher)[1] == ["A headline", f"Then {MARK} went."]


def test_a_withheld_headline_is_hidden_in_every_copy_and_wherever_else_it_stands(researcher, editor):
    article, _old, _new = two_copies(
        ("An older headline", "Text. The newer headline"),
        ("The newer headline", "An older headline."),
        headline="The newer headline",
        headline_withheld=True,
    )

    assert read(article, researcher) == [[MARK, f"{MARK}."], [MARK, f"Text. {MARK}"]]
    assert "headline" in str(read(article, editor))


def test_reading_takes_as_many_queries_for_many_redactions_and_copies(researcher, django_assert_num_queries):
    article, old, new = two_copies(("A headline", "One two three."), ("A headline", "One two four."))
    captured(article, "A headline", "One.")
    for word in ("One", "two", "three"):
        hide(old, word)
    hide(new, "four")
    researcher.has_perm("archive.use_desk")

    with django_assert_num_queries(5):
        read(article, researcher)
