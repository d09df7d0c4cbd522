"""Passages that two texts share, and fingerprints."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text import reuse
from tests.text.made_up import SLOW, any_text, seconds

ONES, OTHERS = ([f"{name}{number}" for number in range(60)] for name in ("alpha", "beta"))
PASSAGE = [f"gamma{number}" for number in range(40)]


def shared(one: str, other: str, **options):
    return reuse.shared(reuse.words_of(one), reuse.words_of(other), **options)


@given(st.integers(0, 60), st.integers(0, 60), st.integers(reuse.RUN, 40), st.sampled_from([" ", "\n\n", ", “", "… "]))
def test_a_planted_passage_is_found_at_its_exact_place_and_leaves_a_common_fingerprint(at, there, length, between):
    passage = between.join(PASSAGE[:length])
    before, before_other = "".join(f"{word} " for word in ONES[:at]), "".join(f"{word}. " for word in OTHERS[:there])
    one, other = (
        f"{before}{passage} {' '.join(ONES[at:])}",
        f"{before_other}{passage.upper()}; {' '.join(OTHERS[there:])}",
    )

    (found,) = shared(one, other)

    assert found.words == length
    assert one[slice(*found.left)] == passage
    assert other[slice(*found.right)] == passage.upper()
    if length >= reuse.CERTAIN:
        assert reuse.fingerprints(reuse.words_of(one)) & reuse.fingerprints(reuse.words_of(other))


@given(any_text, any_text)
def test_shared_passages_read_the_same_do_not_overlap_and_are_the_same_from_either_side(one, other):
    one, other = f"{one} {other} {one}", f"{other} {one}"

    found = shared(one, other)

    assert {(each.left, each.right) for each in found} == {(each.right, each.left) for each in shared(other, one)}
    for spans, text in (([each.left for each in found], one), ([each.right for each in found], other)):
        ordered = sorted(spans)
        assert all(before[1] <= after[0] for before, after in zip(ordered, ordered[1:], strict=False))
        assert all(0 <= start < end <= len(text) for start, end in spans)
    for each in found:
        words = [reuse.words_of(text[slice(*span)]).ids for text, span in ((one, each.left), (other, each.right))]
        assert words[0] == words[1]
        assert len(words[0]) == each.words >= reuse.RUN


def test_texts_without_a_common_word_share_nothing():
    one, other = reuse.words_of(" ".join(ONES)), reuse.words_of(" ".join(OTHERS))

    assert reuse.shared(one, other) == []
    assert not reuse.fingerprints(one) & reuse.fingerprints(other)
    assert shared("", "") == []
    assert reuse.fingerprints(reuse.words_of("five words are not enough")) == set()


def test_case_apostrophes_stress_marks_and_unseen_characters_part_no_passage():
    one, other = "п’ять людей із села при\u0301йшли до міста", "П'ять людей\u00ad із СЕЛА прийшли до міста"

    (found,) = shared(one, other)

    assert (found.left, found.right) == ((0, len(one)), (0, len(other)))


def test_no_passage_goes_across_what_is_not_read():
    one = " ".join(PASSAGE)
    cut = one.index(PASSAGE[20])
    first, second = (0, cut - 1), (cut + len(PASSAGE[20]), len(one))

    found = reuse.shared(reuse.words_of(one, [first, second]), reuse.words_of(one, [first, second]))

    assert [(each.words, each.left) for each in found] == [(20, first), (19, (second[0] + 1, second[1]))]


def test_a_passage_that_stands_in_many_texts_is_left_out_and_one_that_goes_beyond_it_stays():
    furniture = " ".join(PASSAGE)
    held = reuse.words_of(furniture)

    def common(run, values):
        return reuse.fingerprints(held).issuperset(values) and held.has(run)

    one, other = f"{' '.join(ONES)} {furniture}", f"{' '.join(OTHERS)} {furniture}"

    assert shared(one, other, is_common=common) == []
    (found,) = shared(f"{one} {' '.join(ONES)}", f"{other} {' '.join(ONES)}", is_common=common)
    assert found.words == len(PASSAGE) + len(ONES)


def test_words_that_many_texts_have_in_an_order_that_few_have_are_no_furniture():
    passage = " ".join(PASSAGE)
    others = [reuse.words_of(" ".join([*PASSAGE[at:], *PASSAGE[:at]])) for at in (13, 27)]

    (found,) = shared(passage, passage, is_common=lambda run, values: any(other.has(run) for other in others))

    assert found.words == len(PASSAGE)
    assert shared(passage, passage, is_common=lambda run, values: True) == []


@pytest.mark.parametrize("text", [SLOW[2], "one two three four five six seven " * 5_000])
def test_texts_that_repeat_themselves_take_no_longer_than_others(text):
    assert seconds(lambda one: shared(one, one), text) < 20
