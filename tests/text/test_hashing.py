"""Digests and the canonical form of JSON."""

import enum
import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text import hashing

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
LARGEST = hashing.LARGEST_INTEGER
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abcé", max_size=3), inner, max_size=4),
    max_leaves=12,
)
SALT = b"0123456789abcdef"


def composed(value):
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, list):
        return [composed(item) for item in value]
    if isinstance(value, dict):
        return {composed(key): composed(item) for key, item in value.items()}
    return value


def test_sha256_of_nothing_is_the_published_one():
    assert hashing.sha256_hex(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_canonical_json_sorts_keys_and_leaves_no_space():
    assert hashing.canonical_json({"b": [1, True, None], "a": "ж"}) == '{"a":"ж","b":[1,true,null]}'.encode()


@given(VALUES)
def test_canonical_json_reads_back_as_the_value_with_its_text_composed(value):
    assert json.loads(hashing.canonical_json(value)) == composed(value)


@given(st.dictionaries(st.text("abcdé", max_size=3), st.integers(0, 9)))
def test_canonical_json_does_not_depend_on_the_order_of_keys(pairs):
    assert hashing.canonical_json(dict(reversed(pairs.items()))) == hashing.canonical_json(pairs)


def test_two_spellings_of_one_letter_have_one_canonical_form():
    assert hashing.canonical_json("cafe\u0301") == hashing.canonical_json("caf\u00e9")


def test_a_member_of_a_text_enumeration_is_written_as_its_value():
    class Act(enum.StrEnum):
        ASSERTS = "asserts"

    assert hashing.canonical_json({Act.ASSERTS: Act.ASSERTS}) == b'{"asserts":"asserts"}'


def nested(depth):
    value = "inside"
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize(
    "value",
    [
        1.0,
        float("nan"),
        b"bytes",
        {1: "number as key"},
        {"e\u0301": 1, "\u00e9": 2},
        "\ud800",
        {"\ud800": 1},
        {1, 2},
        object(),
        2**53,
        -(2**53),
        nested(100_000),
    ],
)
def test_what_has_no_single_form_is_refused(value):
    with pytest.raises(hashing.NotCanonical):
        hashing.canonical_json(value)


def test_a_list_that_holds_itself_is_refused():
    value = []
    value.append(value)

    with pytest.raises(hashing.NotCanonical, match="nested"):
        hashing.canonical_json(value)


def test_salted_digests_of_no_value_an_empty_one_and_the_word_absent_differ():
    digests = {hashing.salted_digest(value, SALT) for value in (None, "", "absent", "text:")}

    assert len(digests) == 4


@given(TEXTS, st.binary(min_size=16, max_size=32), st.binary(min_size=16, max_size=32))
def test_one_value_under_two_salts_has_two_digests(value, one, other):
    same = hashing.salted_digest(value, one) == hashing.salted_digest(value, other)

    # HMAC fills a short key up with zero bytes, so keys that differ in them only are one key.
    assert same == (one.rstrip(b"\0") == other.rstrip(b"\0"))


def test_a_short_salt_is_refused_and_a_drawn_one_is_taken():
    with pytest.raises(ValueError, match="too short"):
        hashing.salted_digest("value", b"short")

    assert len(hashing.salted_digest("value", hashing.new_salt())) == 64
    assert hashing.new_salt() != hashing.new_salt()


def test_a_value_with_a_lone_surrogate_has_no_digest():
    with pytest.raises(hashing.NotCanonical, match="surrogate"):
        hashing.salted_digest("\udfff", SALT)
