"""Quotes from elsewhere, and where they stand in a text that is held here."""

from dataclasses import dataclass
from time import process_time

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from archive.text import placing
from archive.text.anchor import QuoteIsAmbiguous, QuoteNotFound, quote_with_context

# Letters of several scripts, marks that join them, pictures of several code points, spaces and quotation marks.
LETTERS = [
    "а",
    "я",
    "é",
    "e\u0301",
    "ش",
    "َ",
    "ג",
    "漢",
    "👨‍👩‍👧",
    "🇺🇦",
    " ",
    "\n",
    "\n\n",
    "\u00a0",
    "“",
    '"',
    "’",
    "-",
    "–",
    "a",
    "b",
]
TEXTS = st.one_of(st.lists(st.sampled_from(LETTERS), min_size=1, max_size=40).map("".join), st.text(min_size=1))


@dataclass
class Quoted:
    quote: str
    prefix: str = ""
    suffix: str = ""
    start: int | None = None
    end: int | None = None


def alike(words):
    """What counts as the same words: slow and plain."""
    same = {"“": '"', "”": '"', "’": "'", "–": "-"}
    return "".join(same.get(letter, letter) for letter in " ".join(part for part in f"|{words}|".split()))[1:-1]


@st.composite
def spans(draw, texts=TEXTS):
    text = draw(texts)
    start = draw(st.integers(0, len(text) - 1))
    return text, (start, draw(st.integers(start + 1, len(text))))


@given(spans(), st.integers(0, 32))
def test_what_is_taken_from_a_text_is_placed_where_it_was(taken, width):
    text, (start, end) = taken
    prefix, quote, suffix = quote_with_context(text, (start, end), width)

    assert placing.place(text, Quoted(quote, prefix, suffix, start, end)) == (start, end)


@given(TEXTS, spans())
@example("ab “a” b", ("a", (0, 1)))
def test_in_another_text_a_quote_is_placed_on_its_own_words_or_not_at_all(text, taken):
    other, (start, end) = taken
    prefix, quote, suffix = quote_with_context(other, (start, end), 4)

    try:
        found = placing.place(text, Quoted(quote, prefix, suffix, start, end))
    except QuoteNotFound:
        found = None
    except QuoteIsAmbiguous:
        return

    if found is None:
        assert quote not in text or not quote.strip()
    else:
        assert alike(text[slice(*found)]).strip() == alike(quote).strip()


@given(TEXTS, TEXTS, TEXTS)
def test_a_quote_that_stands_once_is_found_whatever_stood_around_it(before, quote, after):
    text = f"{before}X{quote}Y{after}"
    wanted = f"X{quote}Y"
    assume("X" not in before + quote + after)

    assert placing.place(text, Quoted(wanted, "other words ", " and others", 0, 3)) == (
        len(before),
        len(before) + len(wanted),
    )


@pytest.mark.parametrize(
    ("quote", "prefix", "placed"),
    [
        ('said "no" to\n  them', "", "said “no” to them"),
        ("людей - \u00a0не\nменее", "", "людей – не менее"),
        ("it's\u2009over.\n\nThe rest", "", "it’s over. The rest"),
        ("  The rest ", "over.\n", "The rest"),
    ],
)
def test_line_breaks_and_quotation_marks_of_a_live_page_count_as_those_of_the_text(quote, prefix, placed):
    text = "They said “no” to them; людей – не менее 70. Yes, it’s over. The rest waited."

    start, end = placing.place(text, Quoted(quote, prefix))

    assert text[start:end] == placed


def test_the_place_is_in_the_text_as_it_is_before_and_after_runs_of_spaces():
    assert placing.place("a  \n\n b\u00a0\u00a0 c", Quoted("b c")) == (6, 11)
    assert placing.place("a  \n\n b\u00a0\u00a0 c", Quoted("a b")) == (0, 7)


def test_a_position_decides_between_places_only_where_the_words_stand_exactly_there():
    text = "seventy, then seventy"

    assert placing.place(text, Quoted("seventy", start=14, end=21)) == (14, 21)
    with pytest.raises(QuoteIsAmbiguous):
        placing.place(text, Quoted("seventy", start=13, end=20))


def test_context_on_one_side_is_enough_and_contexts_that_disagree_decide_nothing():
    text = "First 70 were listed. Then 70 were called."

    assert placing.place(text, Quoted("70", "Then ", " are missing")) == (27, 29)
    with pytest.raises(QuoteIsAmbiguous):
        placing.place(text, Quoted("70", "Then ", " were listed"))


def test_words_that_are_not_in_the_text_and_empty_ones_are_placed_nowhere():
    for quote in ("eighty", "foo", " ", ""):
        with pytest.raises(QuoteNotFound):
            placing.place("seventy xfoo", Quoted(" foo" if quote == "foo" else quote))


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("a" * 200_000, "a" * 2_500 + "b" + "a" * 2_499),
        ("ab " * 66_000, "ab " * 1_600 + "c"),
        (" " * 100_000 + "\n " * 50_000, "\n \u00a0x " * 1_000),
        ("“" * 200_000, '"' * 4_999 + "'"),
    ],
)
def test_hostile_repetition_costs_no_more_than_reading_the_text_some_times(text, quote):
    places = placing.Places(text)
    began = process_time()
    for _again in range(5):
        with pytest.raises(QuoteNotFound):
            places.of(Quoted(quote, quote[:500], quote[-500:], 7, 7 + len(quote)))

    assert process_time() - began < 2
