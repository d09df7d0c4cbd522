"""Signs of machine rewriting."""

import pytest
from hypothesis import given

from archive.text.paragraphs import paragraphs
from archive.text.rewriting import SIGNS, signs
from tests.text.made_up import SLOW, any_text, seconds


def kinds(*parts: str) -> list[str]:
    text = "\n\n".join(parts)
    return [sign.kind for sign in signs(text, paragraphs(text))]


def test_a_sentence_that_stands_twice_is_a_sign():
    assert kinds("A headline", "Seven people came to the old market. Seven people came to the old market.") == [
        "repeated-sentence"
    ]


def test_short_sentences_and_a_headline_printed_again_are_none():
    assert (
        kinds("Seven people came to the old market", "All went. All went.", "Seven people came to the old market") == []
    )


@pytest.mark.parametrize(
    "words",
    [
        "It touches on rain-and-wind, bread, and local-news topics.",
        "It falls under bread-and-butter and town-news.",
        "The {{ title }} was here.",
        "Bread&nbsp;and butter were there.",
    ],
)
def test_words_that_a_page_left_over_are_a_sign(words: str):
    assert kinds("A headline", f"Some people came. {words}") == ["left-over-words"]


@pytest.mark.parametrize(
    "words",
    [
        "It was a hit-and-run case.",
        "See https://a.example/rain-and-wind/local-news for it.",
        "Day-to-day work went on.",
    ],
)
def test_phrases_and_addresses_with_hyphens_are_none(words: str):
    assert kinds("A headline", f"Some people came. {words}") == []


@pytest.mark.parametrize("parts", [("[1] A book", "[4] Another"), ("1. Bread", "2. Butter", "5. Salt")])
def test_numbering_with_holes_is_a_sign(parts: tuple[str, ...]):
    assert kinds("A headline", "Some people came.", *parts) == ["broken-numbering"]


def test_whole_numbering_is_none():
    assert (
        kinds("A headline", "They came [1] and went [2].", "[1] A book", "[2] Another", "1. Bread", "2. Butter") == []
    )


@given(any_text)
def test_signs_stand_within_the_text_each_kind_once(text: str):
    found = signs(text, paragraphs(text))

    assert len({sign.kind for sign in found}) == len(found)
    assert {sign.kind for sign in found} <= set(SIGNS)
    for sign in found:
        assert sign.places
        assert all(0 <= start < end <= len(text) for start, end in sign.places)


@pytest.mark.parametrize("text", SLOW, ids=lambda text: text[:6].strip() or "space")
def test_long_runs_of_one_sign_are_read_at_once(text: str):
    assert seconds(lambda found: signs(found, paragraphs(found)), text) < 10
