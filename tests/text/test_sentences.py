"""Where sentences begin and end."""

import pytest
from hypothesis import given

from archive.text.sentences import digest, sentences
from tests.text.made_up import SLOW, any_text, seconds


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One came. Two went! Why? Then all", ["One came.", "Two went!", "Why?", "Then all"]),
        ("“So.” He left…  Then all", ["“So.”", "He left…", "Then all"]),
        ("Headline\n\nFirst line\nsecond line.", ["Headline", "First line", "second line."]),
        ("Mr. Test met A. B. Test. They spoke.", ["Mr. Test met A. B. Test.", "They spoke."]),
        ("Около 5 тыс. Человек ждали. Потом ушли.", ["Около 5 тыс. Человек ждали.", "Потом ушли."]),
        ("It grew by 1.5 per cent. Then it fell.", ["It grew by 1.5 per cent.", "Then it fell."]),
        ("", []),
        (" \n . \n", ["."]),
    ],
)
def test_a_text_is_cut_into_sentences(text: str, expected: list[str]):
    assert cut(text) == expected


@given(any_text)
def test_sentences_hold_everything_but_space_and_nothing_twice(text: str):
    found = sentences(text)

    assert "".join("".join(cut(text)).split()) == "".join(text.split())
    assert all(0 <= start < end <= len(text) for start, end in found)
    assert all(one[1] <= other[0] for one, other in zip(found, found[1:], strict=False))


@given(any_text)
def test_a_sentence_is_named_by_its_words_and_not_by_its_spaces_or_case(text: str):
    assert digest(text) == digest(f" {'  '.join(text.split())} ")
    assert len(digest(text)) == 12


@pytest.mark.parametrize("text", SLOW, ids=lambda text: text[:6].strip() or "space")
def test_long_runs_of_one_sign_are_read_at_once(text: str):
    assert seconds(sentences, text) < 10
