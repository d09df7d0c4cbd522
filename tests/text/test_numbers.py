"""Figures as worded."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text import numbers

BOUND = st.one_of(st.none(), st.integers(-2, 40), st.decimals(-2, 40, places=1))


@pytest.mark.parametrize(
    ("comparator", "low", "high", "expected"),
    [
        ("none", 30000, 30000, "30,000"),
        ("none", 5, 5, "5"),
        ("none", 0, 0, "0"),
        ("about", 10000, 10000, "about 10,000"),
        ("more-than", 16000, None, "more than 16,000"),
        ("at-least", 80000, None, "at least 80,000"),
        ("nearly", None, 70, "nearly 70"),
        ("up-to", None, 3000, "up to 3,000"),
        ("fewer-than", None, 10, "fewer than 10"),
        ("between", 15, 1200, "between 15 and 1,200"),
        ("words", None, None, "no number (words only)"),
        ("none", Decimal("12.50"), Decimal("12.5"), "12.5"),
        ("none", Decimal("16000.00"), Decimal("16000"), "16,000"),
    ],
)
def test_a_figure_is_written_as_a_reader_would_say_it(comparator, low, high, expected):
    assert numbers.check_bounds(comparator, low, high) is None
    assert numbers.written_figure(comparator, low, high) == expected


@pytest.mark.parametrize(
    ("comparator", "low", "high", "expected"),
    [
        ("none", 9, 9, True),
        ("none", 10, 10, False),
        ("fewer-than", None, 10, True),
        ("fewer-than", None, 11, False),
        ("up-to", None, 9, True),
        ("up-to", None, 10, False),
        ("at-least", 9, None, True),
        ("at-least", 10, None, False),
        ("between", 3, 12, False),
        ("words", None, None, False),
    ],
)
def test_fewer_than_ten_are_few_as_far_as_the_bounds_tell(comparator, low, high, expected):
    assert numbers.is_small(comparator, low, high) is expected


@pytest.mark.parametrize(
    ("comparator", "low", "high", "advice"),
    [
        ("words", 5, None, "Leave low and high empty"),
        ("none", 5, None, "same number in low and high"),
        ("none", 5, 6, "same number in low and high"),
        ("about", None, None, "same number in low and high"),
        ("more-than", 5, 6, "leave high empty"),
        ("more-than", None, 6, "leave high empty"),
        ("at-least", None, None, "Fill in low"),
        ("nearly", 5, 5, "leave low empty"),
        ("up-to", 5, None, "leave low empty"),
        ("fewer-than", None, None, "Fill in high"),
        ("between", 6, 6, "smaller one in low"),
        ("between", 6, 5, "smaller one in low"),
        ("between", 6, None, "smaller one in low"),
        ("none", -1, -1, "below zero"),
        ("none", Decimal("NaN"), Decimal("NaN"), "below zero"),
        ("exactly", 5, 5, "not a comparator"),
    ],
)
def test_bounds_that_do_not_fit_are_refused_with_what_to_do(comparator, low, high, advice):
    assert advice in (numbers.check_bounds(comparator, low, high) or "")
    with pytest.raises(ValueError, match=advice):
        numbers.written_figure(comparator, low, high)


@given(st.sampled_from([*numbers.COMPARATORS, "exactly", ""]), BOUND, BOUND)
def test_every_figure_is_either_refused_or_written(comparator, low, high):
    if numbers.check_bounds(comparator, low, high) is None:
        assert numbers.written_figure(comparator, low, high)


@given(BOUND.filter(lambda bound: bound is not None and bound >= 0), BOUND)
def test_no_pair_of_bounds_fits_a_lower_and_an_upper_bound_at_once(low, high):
    fitting = {name for name in numbers.COMPARATORS if numbers.check_bounds(name, low, high) is None}

    families = [{"none", "about"}, {"more-than", "at-least"}, {"between"}]
    assert not fitting or fitting in families
