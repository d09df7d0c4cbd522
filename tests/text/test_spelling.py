"""Words that sound almost as typed: slips count alike in both scripts; what a search finds anyway is left out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text import spelling

KNOWN = spelling.sounds("Bastrykin summons contract regiment бастрыкин повестка recruits omsk marina marine")


def nearest(typed: str) -> list[str]:
    [one] = spelling.sounds(typed)
    return [found.word for _slips, found in spelling.nearest(one, KNOWN, 3)]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("bastrikni", "bastrykin"),
        ("bsatrykin", "bastrykin"),
        ("бастркин", "бастрыкин"),
        ("sumons", None),
        ("sommons", "summons"),
        ("usmmons", "summons"),
        ("contarct", "contract"),
        ("повстека", "повестка"),
        ("regimnt", "regiment"),
    ],
)
def test_a_slip_is_put_right_in_the_script_that_was_typed(typed: str, meant: str | None):
    # A doubled letter is no slip: both have one sound, and one search finds both.
    assert nearest(typed)[:1] == ([meant] if meant else [])


@pytest.mark.parametrize("typed", ["recruit", "recruited", "Bastrykin", "bastrikin", "zubrowka", "contracting"])
def test_words_that_are_found_anyway_or_are_far_off_have_no_other(typed: str):
    assert nearest(typed) == []


def test_a_short_word_has_one_slip_at_most():
    assert nearest("omks") == ["omsk"]
    assert nearest("okms") == []


def test_short_words_and_numbers_are_neither_put_right_nor_offered():
    assert spelling.sounds("of the war 2024 F-16 30,000 a1b2c3") == []


@given(st.text(alphabet="abcdefghiklmnoprstuv", min_size=4, max_size=12), st.data())
def test_whatever_is_within_its_slips_is_within_reach(word: str, data: st.DataObject):
    """Else a word would be offered by chance: whether it is compared at all."""
    at = data.draw(st.integers(0, len(word) - 2))
    swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    for one, other in ((word, swapped), (swapped, word)):
        for typed in spelling.sounds(one):
            for known in spelling.sounds(other):
                if len(typed.sound) == len(known.sound) == len(word):
                    assert spelling.reach(typed.sound).holds(known.sound)


def test_words_are_put_right_where_they_stand_and_the_rest_stays():
    written = spelling.put_right('title:"Bastrikni  summons" -x BASTRIKNI*', {"bastrikni": "bastrykin"})

    assert written == 'title:"bastrykin  summons" -x bastrykin*'
