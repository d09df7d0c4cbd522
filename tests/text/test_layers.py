"""Marks that lie over one another."""

from hypothesis import given
from hypothesis import strategies as st

from archive.text.layers import layers

STRETCHES = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=12)


@given(STRETCHES, st.lists(st.integers(-5, 45), max_size=5))
def test_each_place_of_the_text_has_exactly_the_marks_that_cover_it(stretches, cuts):
    marked = [(start, end, number) for number, (start, end) in enumerate(stretches)]

    found = layers((3, 30), marked, cuts)

    assert [one.start for one in found] == [3, *(one.end for one in found[:-1])]
    assert found[-1].end == 30
    for one in found:
        for place in range(one.start, one.end):
            assert list(one.marks) == [n for n, (start, end) in enumerate(stretches) if start <= place < end]
        assert not any(one.start < cut < one.end for cut in cuts)


def test_nested_and_overlapping_marks_stand_in_the_order_in_which_they_were_given():
    found = layers((0, 10), [(0, 10, "outer"), (2, 4, "inner"), (3, 7, "across")])

    assert [(one.start, one.end, one.marks) for one in found] == [
        (0, 2, ("outer",)),
        (2, 3, ("outer", "inner")),
        (3, 4, ("outer", "inner", "across")),
        (4, 7, ("outer", "across")),
        (7, 10, ("outer",)),
    ]
