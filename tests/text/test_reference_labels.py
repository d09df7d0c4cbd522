"""Bracketed labels of references, and the gaps in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text.reference_labels import labels, missing_in, written
from tests.text.made_up import any_text


@pytest.mark.parametrize(
    ("text", "listed", "marked", "missing"),
    [
        ("All came.\n\nSources:[1] A\n\n[5] B", [1, 5], [], "2–4"),
        ("All came [1], all went [2].\n\n[1] A\n[2] B", [1, 2], [1, 2], ""),
        ("All came [2] and [4].", [], [2, 4], "1, 3"),
        ("Only [7] is there.", [], [7], ""),
        ("In [2024] and [x]", [], [], ""),
    ],
)
def test_labels_are_told_apart_by_where_they_stand(text: str, listed: list[int], marked: list[int], missing: str):
    found = labels(text)

    assert (sorted(found.listed), sorted(found.marked), written(found.missing)) == (listed, marked, missing)


def test_listed_labels_that_no_sentence_has_are_unmarked():
    assert labels("All came [2].\n\n[1] A\n[2] B\n[3] C").unmarked == [1, 3]


@given(st.sets(st.integers(1, 60), min_size=2))
def test_what_is_missing_and_what_is_there_make_the_numbering_whole(numbers: set[int]):
    gaps = missing_in(dict.fromkeys(numbers, (0, 1)))

    between = {number for low, high in gaps for number in range(low, high + 1)}
    assert between | numbers == set(range(1, max(numbers) + 1))
    assert not between & numbers


@given(any_text)
def test_labels_stand_within_the_text(text: str):
    found = labels(text)

    for start, end in [*found.listed.values(), *found.marked.values()]:
        assert text[start] == "["
        assert text[end - 1] == "]"
