"""Snippets and highlights: which words of a text are hits, and which stretch is shown."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archive.text import analysis, normalise, snippets
from archive.text.spans import MARK

# Few letters, so that what is sought is there now and then; and all that words hold beside letters.
LETTERS = "ⅣⓀ①🄀⚡\ufe0fabdeghjkpstwyx бвгжийпхьыії'’-\u00ad\u0301.\n █30"
TEXTS = st.one_of(st.text(st.sampled_from(LETTERS), max_size=120), st.text(max_size=60)).map(normalise.plain_text)
WORDS = st.text(st.sampled_from("abdeghkpstyбвгийпхї"), min_size=1, max_size=3)
LANGUAGES = st.sampled_from([None, "", "ru", "uk", "en"])


def sought_words(*typed: str) -> snippets.Sought:
    """Look for words in every form."""
    return snippets.Sought.words(token for word in typed for token in analysis.query_stems(word))


def hits(pieces) -> list[str]:
    """Give the texts of the hits among pieces."""
    return [piece.text for piece in pieces if piece.is_hit]


@given(TEXTS, st.lists(WORDS, max_size=3), LANGUAGES)
@example("п'ять їх", ["ять"], "uk")
@example("x'b b'b", ["b"], "en")
@example("a khan, хан", ["хан"], None)
@example("a photo, фото", ["фото"], None)
@example("a year, ера", ["ера"], None)
@example("quote", ["kuote"], None)
def test_hits_are_the_words_whose_token_is_sought_and_no_others(text, typed, language):
    sought = sought_words(*typed)
    stems = {row[0] for row in sought.rows}

    found = snippets.find(text, sought, language=language)

    def is_sought(word: str) -> bool:
        if language is None:
            return not stems.isdisjoint(analysis.tokens_of(word))
        return not stems.isdisjoint(analysis.tokens(word, language))

    assert found == [place for place in analysis.places(text) if is_sought(text[slice(*place)])]


@given(TEXTS, st.lists(WORDS, max_size=3), LANGUAGES)
def test_the_pieces_of_a_highlighted_text_are_the_text(text, typed, language):
    pieces = snippets.highlight(text, sought_words(*typed), language=language)

    assert "".join(piece.text for piece in pieces) == text
    assert all(piece.text for piece in pieces)


@given(TEXTS, st.lists(WORDS, max_size=3), LANGUAGES, st.integers(min_value=1, max_value=50))
@example("a " * 40 + "abde", ["abde"], None, 1)
def test_a_snippet_is_a_part_of_the_text_no_wider_than_asked_and_shows_a_hit(text, typed, language, width):
    sought = sought_words(*typed)

    snippet = snippets.snippet(text, sought, language=language, width=width)
    shown = "".join(piece.text for piece in snippet.pieces)

    assert shown in text
    assert len(shown) <= width
    assert shown == shown.strip()
    assert any(piece.is_hit for piece in snippet.pieces) or not snippets.find(text, sought, language=language)
    assert (snippet.is_cut_before or snippet.is_cut_after) == (shown != text)


def test_a_redactions_mark_is_never_a_hit_and_ends_no_word():
    text = f"Called by {MARK}, then {MARK}Bastrykin{MARK} spoke"

    pieces = snippets.highlight(text, sought_words("Bastrykin", "by", MARK))

    assert hits(pieces) == ["by", "Bastrykin"]


@pytest.mark.parametrize(
    ("text", "typed", "expected"),
    [
        ("Об этом сказал Бастрыкин. «Бастрыкина» ждут.", "Bastrikin", ["Бастрыкин", "Бастрыкина"]),
        ("Мобілізували п’ятьох; п'яти мало.", "п'ять", ["п’ятьох", "п'яти"]),
        ("Луганськ, Luhansk, Lugansk", "Luhansk", ["Луганськ", "Luhansk", "Lugansk"]),
        ("мос\u00adква и Москве", "москва", ["мос\u00adква", "Москве"]),
        ("Recruiting was recruited; rector.", "recruit", ["Recruiting", "recruited"]),
    ],
)
def test_hits_are_marked_as_they_are_written(text, typed, expected):
    assert hits(snippets.highlight(text, sought_words(typed))) == expected


def test_words_in_a_row_are_hits_only_in_their_row():
    sought = snippets.Sought(analysis.query_readings("labour broker"))

    pieces = snippets.highlight(
        "A broker of labour; labour-brokers; labour. Brokers of labour ь broker", sought, language="en"
    )

    assert hits(pieces) == ["labour", "brokers", "labour", "Brokers", "labour", "broker"]


def test_words_that_begin_as_sought_are_hits():
    sought = snippets.Sought(frozenset(), frozenset({"bastr"}))

    assert hits(snippets.highlight("Bastrykin, Бастрикін, bas", sought)) == ["Bastrykin", "Бастрикін"]


def test_a_snippet_shows_where_most_different_hits_stand_together():
    far = "Migrants came. " + "Nothing else happened in the town that day. " * 20
    text = f"{far}The office sent migrants to the front. {far[15:]}"

    snippet = snippets.snippet(text, sought_words("migrant", "front"), language="en", width=120)

    assert hits(snippet.pieces) == ["migrants", "front"]
    assert snippet.is_cut_before
    assert snippet.is_cut_after
    assert "The office sent migrants to the front." in "".join(piece.text for piece in snippet.pieces)


def test_a_snippet_without_hits_is_the_beginning_of_the_text_cut_between_words():
    snippet = snippets.snippet("One two three four five", snippets.Sought(frozenset()), width=12)

    assert snippet == snippets.Snippet((snippets.Piece("One two", False),), False, True)


def test_a_long_text_of_apostrophes_is_gone_through_in_one_go():
    text = "a'b’" * 20_000 + " b'a"

    assert snippets.find(text, sought_words("b'a"), language="en") == [(len(text) - 3, len(text))]
