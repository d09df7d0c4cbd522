"""Whether a name begins as typed: in both scripts, at every letter, and never where nothing was typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text import beginnings


def begins(name: str, typed: str) -> bool:
    return beginnings.fits(beginnings.name_tokens(name), beginnings.read(typed))


@pytest.mark.parametrize("name", ["Alexander Bastrykin", "Александр Бастрыкин", "Alexander Bastrikin"])
@pytest.mark.parametrize("typed", ["b", "bas", "bastr", "Bastry", "бастр", "БАСТРЫКИН", "алекс", "bas alex", "«бастр"])
def test_a_name_is_met_by_the_beginning_of_any_of_its_words_in_either_script(name: str, typed: str):
    assert begins(name, typed)


@pytest.mark.parametrize("typed", ["astrykin", "bastrikni", "bas ivan", "", " ", "?", "ь"])
def test_what_begins_no_word_meets_nothing(typed: str):
    assert not begins("Alexander Bastrykin", typed)


@pytest.mark.parametrize(
    "name", ["Кадыров", "Харків", "Шойгу", "Wagner", "Щедрин", "Ministry of Defence", "Tadzhikistan", "п’ять"]
)
def test_a_word_is_met_at_each_of_its_letters(name: str):
    assert [typed for end in range(1, len(name) + 1) if not begins(name, typed := name[:end])] == []


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12), st.integers(1, 12))
def test_any_word_of_letters_is_met_by_its_beginnings(word: str, end: int):
    assert begins(f"of {word} and", word[:end])


@given(st.text(max_size=100))
def test_anything_can_be_typed(typed: str):
    assert len(beginnings.read(typed)) <= beginnings.MOST_WORDS
