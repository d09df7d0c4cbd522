"""Figures drawn over time: the geometry of it."""

import pytest

from archive.browse import charts


@pytest.mark.parametrize(
    ("rough", "step"), [(0.3, 1), (1, 1), (1.1, 2), (4, 5), (7, 10), (10, 10), (2500, 5000), (20_000, 20_000)]
)
def test_ticks_stand_at_round_numbers(rough: float, step: int):
    assert charts.round_step(rough) == step


def test_a_scale_starts_at_zero_and_ends_above_the_largest_number():
    scale = charts.Scale(first=738_000, last=738_365, top=40_000, step=10_000)

    assert [tick.text for tick in scale.ticks()] == ["0", "10,000", "20,000", "30,000", "40,000"]
    assert scale.y(0) == charts.PAGE.height - charts.PAGE.bottom
    assert scale.y(40_000) == charts.PAGE.top
