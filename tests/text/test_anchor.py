"""Quotes and the places where they stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text import anchor

# Few letters, so that quotes repeat.
REPETITIVE = st.text("ab \n", min_size=1, max_size=60)


@st.composite
def texts_with_a_span(draw, texts):
    text = draw(texts)
    start = draw(st.integers(0, len(text) - 1))
    return text, anchor.TextSpan(start, draw(st.integers(start + 1, len(text))))


def places(text, wanted):
    return [at for at in range(len(text)) if text.startswith(wanted, at)]


@given(texts_with_a_span(st.one_of(REPETITIVE, st.text(min_size=1))), st.integers(0, 8))
def test_a_quote_with_its_context_finds_its_place_again_unless_all_of_it_is_repeated(text_and_span, width):
    text, span = text_and_span
    prefix, quote, suffix = anchor.quote_with_context(text, span, width)

    if len(places(text, prefix + quote + suffix)) == 1:
        assert anchor.anchor_quote(text, quote, prefix=prefix, suffix=suffix) == span
    else:
        with pytest.raises(anchor.QuoteIsAmbiguous):
            anchor.anchor_quote(text, quote, prefix=prefix, suffix=suffix)


@given(REPETITIVE, st.text("ab \n", max_size=4), st.text("ab", max_size=2), st.text("ab", max_size=2))
def test_a_place_is_given_only_where_quote_and_context_stand_once(text, quote, prefix, suffix):
    starts = places(text, prefix + quote + suffix) if quote else []

    if len(starts) == 1:
        start, end = anchor.anchor_quote(text, quote, prefix=prefix, suffix=suffix)
        assert (start, text[start:end]) == (starts[0] + len(prefix), quote)
    else:
        with pytest.raises(anchor.QuoteIsAmbiguous if starts else anchor.QuoteNotFound):
            anchor.anchor_quote(text, quote, prefix=prefix, suffix=suffix)


def test_positions_are_code_points_not_bytes_or_surrogate_pairs():
    assert anchor.anchor_quote("🇬🇧 призыв, 70 человек", "70") == (11, 13)


def test_a_quote_with_plain_spaces_finds_words_that_the_page_joined_by_no_break_spaces():
    text = "Called up: 30\u202f000 in\u00a0all."

    assert anchor.anchor_quote(text, "30 000 in all", prefix="up: ") == (11, 24)


def test_a_quote_that_fits_exactly_is_not_confused_with_one_of_other_spaces():
    assert anchor.anchor_quote("in\u00a0all, in all", "in all") == (8, 14)


def test_context_chooses_between_two_places_of_the_same_words():
    text = "First 70 were listed. Then 70 were called."

    assert anchor.anchor_quote(text, "70", prefix="Then ") == (27, 29)
    assert anchor.anchor_quote(text, "70", suffix=" were listed") == (6, 8)


def test_a_repeated_quote_is_refused_with_both_places_and_what_to_do():
    with pytest.raises(anchor.QuoteIsAmbiguous, match="Give more of the words") as refused:
        anchor.anchor_quote("banana", "ana")

    assert refused.value.starts == (1, 3)


def test_words_that_are_not_in_the_text_are_refused_with_what_to_do():
    with pytest.raises(anchor.QuoteNotFound, match="Copy the words exactly"):
        anchor.anchor_quote("five were called", "six")


def test_words_with_the_wrong_context_are_refused_with_what_is_wrong():
    with pytest.raises(anchor.QuoteNotFound, match="not with these words around them"):
        anchor.anchor_quote("five were called", "five", suffix=" was")


def test_an_empty_quote_is_refused():
    with pytest.raises(anchor.QuoteNotFound, match="empty"):
        anchor.anchor_quote("text", "", prefix="te", suffix="xt")


def test_a_message_shows_the_beginning_of_a_long_quote_and_no_odd_characters():
    with pytest.raises(anchor.QuoteNotFound) as refused:
        anchor.anchor_quote("text", "a\x00\ud800" + "b" * 5000)

    assert len(str(refused.value)) < 300
    str(refused.value).encode()


@pytest.mark.parametrize("span", [(-1, 2), (0, 5), (3, 2)])
def test_context_of_a_span_that_is_not_within_the_text_is_refused(span):
    with pytest.raises(ValueError, match="not within"):
        anchor.quote_with_context("text", span)


def test_context_is_shorter_at_the_ends_of_the_text():
    assert anchor.quote_with_context("one two three", (4, 7), width=100) == ("one ", "two", " three")
