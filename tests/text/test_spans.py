"""Sets of positions, and masking."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text import spans

SPAN = st.tuples(st.integers(0, 40), st.integers(0, 40))
SPANS = st.lists(SPAN, max_size=8)
HOLES_OF_A_TEXT = st.lists(st.tuples(st.integers(-5, 45), st.integers(-5, 45)), max_size=6)


def positions(some):
    return {position for start, end in some for position in range(start, end)}


@given(SPANS)
def test_a_union_covers_the_same_positions_in_order_without_touching(some):
    joined = spans.union(some)

    assert positions(joined) == positions(some)
    assert all(start < end for start, end in joined)
    assert all(one[1] < other[0] for one, other in zip(joined, joined[1:], strict=False))
    assert spans.union(joined) == joined


@given(SPANS)
def test_length_counts_each_position_once(some):
    assert spans.length(some) == len(positions(some))


@given(SPANS, SPANS)
def test_subtracting_holes_leaves_exactly_the_other_positions(some, holes):
    left = spans.subtract(some, holes)

    assert positions(left) == positions(some) - positions(holes)
    assert spans.union(left) == left


@given(SPANS, SPANS)
def test_what_is_left_and_what_was_there_of_the_holes_make_up_the_whole(some, holes):
    left = spans.subtract(some, holes)
    taken = spans.subtract(some, left)

    assert spans.length(left) + spans.length(taken) == spans.length(some)


@given(SPAN, SPAN)
def test_spans_overlap_where_they_have_a_position_in_common(one, other):
    assert spans.overlaps(one, other) == bool(positions([one]) & positions([other]))


def test_thousands_of_spans_and_holes_are_subtracted_in_one_pass():
    some = [(at, at + 7) for at in range(0, 200_000, 10)]
    holes = [(at + 2, at + 4) for at in range(0, 200_000, 10)]

    assert spans.length(spans.subtract(some, holes)) == 20_000 * 5


TEXT = "".join(chr(ord("a") + at % 26) for at in range(40))


@given(SPAN, HOLES_OF_A_TEXT)
def test_masked_text_shows_every_other_position_and_no_hidden_one(span, holes):
    pieces = spans.mask(TEXT, span, holes)

    shown = "".join(piece.text for piece in pieces if not piece.is_redacted)
    assert shown == "".join(TEXT[at] for at in sorted(positions([span]) - positions(holes)) if at < len(TEXT))


@given(SPAN, HOLES_OF_A_TEXT)
def test_pieces_tell_their_place_in_the_readers_own_text(span, holes):
    pieces = spans.mask(TEXT, span, holes)

    whole = "".join(piece.text for piece in pieces)
    assert all(whole[piece.start : piece.end] == piece.text for piece in pieces)
    assert not [one for one, other in zip(pieces, pieces[1:], strict=False) if one.is_redacted and other.is_redacted]


@given(st.text(max_size=20), st.text(min_size=1, max_size=60), st.text(min_size=1, max_size=60), st.text(max_size=20))
def test_hidden_words_of_any_length_leave_the_same_pieces(before, secret, other_secret, after):
    def masked(hidden):
        text = before + hidden + after
        return spans.mask(text, (0, len(text)), [(len(before), len(before) + len(hidden))])

    assert masked(secret) == masked(other_secret)


def test_holes_that_touch_or_overlap_get_one_mark_and_holes_apart_get_two():
    assert spans.mask("Omsk, five people", (0, 17), [(6, 8), (8, 10), (9, 13)]) == [
        ("Omsk, ", 0, 6, False),
        (spans.MARK, 6, 11, True),
        ("ople", 11, 15, False),
    ]
    assert sum(piece.is_redacted for piece in spans.mask("Omsk, five", (0, 10), [(0, 4), (6, 10)])) == 2


@pytest.mark.parametrize("span", [(5, 5), (7, 3), (50, 60)])
def test_a_span_with_nothing_in_it_has_no_pieces(span):
    assert spans.mask(TEXT, span, [(0, 40)]) == []


def test_a_span_that_is_hidden_whole_is_one_mark():
    assert spans.mask(TEXT, (3, 6), [(0, 40)], mark="[hidden]") == [("[hidden]", 0, 8, True)]


@given(SPANS, SPAN)
def test_a_span_meets_a_union_where_they_have_a_position_in_common(some, one):
    assert spans.meets(spans.union(some), one) == bool(positions(some) & positions([one]))
