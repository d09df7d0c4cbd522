"""How alike two texts are."""

from hypothesis import given
from hypothesis import strategies as st

from archive.text.likeness import likeness, runs, sampled
from tests.text.made_up import any_text

WORDS = [f"word{number}" for number in range(200)]


def test_a_copy_with_a_changed_sentence_is_nearly_the_same_and_another_text_is_not():
    text = " ".join(WORDS)
    changed = " ".join([*WORDS[:100], "something", "else", *WORDS[104:]])

    assert likeness(runs(text), runs(changed)) > 0.9
    assert likeness(runs(text), runs(" ".join(reversed(WORDS)))) == 0


@given(any_text, any_text)
def test_likeness_is_a_share_and_the_same_from_either_side(one: str, other: str):
    share = likeness(runs(one), runs(other))

    assert 0 <= share <= 1
    assert share == likeness(runs(other), runs(one))
    assert likeness(runs(one), runs(one)) == (1.0 if runs(one) else 0.0)


@given(any_text, st.integers(0, 8), st.integers(1, 9))
def test_samples_are_runs_of_words_of_one_line_no_more_than_asked_for(text: str, count: int, length: int):
    found = sampled(text, count=count, length=length)

    assert len(found) <= count
    assert all(len(words.split(" ")) == length for words in found)


def test_samples_are_spread_over_the_text():
    lines = [" ".join(f"line{number} word{place}" for place in range(6)) for number in range(40)]

    found = sampled("\n".join(lines), count=4, length=5)

    assert len(found) == 4
    assert len({next(word for word in words.split() if word.startswith("line")) for words in found}) == 4
