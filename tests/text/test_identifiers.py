"""Public identifiers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text import identifiers


def test_a_new_public_id_has_eight_characters_of_crockfords_alphabet():
    for _ in range(500):
        public_id = identifiers.random_public_id()
        assert len(public_id) == identifiers.PUBLIC_ID_LENGTH == 8
        assert set(public_id) <= set("0123456789abcdefghjkmnpqrstvwxyz")
        assert identifiers.is_public_id(public_id)


def test_two_thousand_public_ids_are_all_different():
    assert len({identifiers.random_public_id() for _ in range(2000)}) == 2000


@pytest.mark.parametrize(
    "text", ["", "0123456", "012345678", "ABCDEFGH", "abcdefgi", "abcdefgl", "abcdefgo", "٠1234567"]
)
def test_a_text_of_another_length_case_or_alphabet_is_no_public_id(text):
    assert not identifiers.is_public_id(text)


@given(st.text())
def test_any_text_can_be_asked_about(text):
    assert identifiers.is_public_id(text) == (len(text) == 8 and set(text) <= set(identifiers.ALPHABET))
