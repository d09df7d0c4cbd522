"""Figures and articles drawn over time: the geometry of it."""

import datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from archive.browse import bars, labels, scales
from archive.browse.bar_links import Question
from archive.models.months import MonthCounts
from archive.records.watching import Noted
from archive.text.dates import parse_edtf

COUNTS = st.builds(
    lambda months, undated: MonthCounts(tuple((*month, months[month]) for month in sorted(months)), undated),
    st.dictionaries(st.tuples(st.integers(1000, 2100), st.integers(1, 12)), st.integers(1, 10_000), max_size=40),
    st.integers(0, 1000),
)


@pytest.mark.parametrize(
    ("rough", "step"), [(0.3, 1), (1, 1), (1.1, 2), (4, 5), (7, 10), (10, 10), (2500, 5000), (20_000, 20_000)]
)
def test_ticks_stand_at_round_numbers(rough: float, step: int):
    assert scales.round_step(rough) == step


def test_a_scale_starts_at_zero_and_ends_above_the_largest_number():
    scale = scales.Scale(first=738_000, last=738_365, top=40_000, step=10_000)

    assert [tick.text for tick in scale.ticks()] == ["0", "10,000", "20,000", "30,000", "40,000"]
    assert scale.y(0) == scales.PAGE.height - scales.PAGE.bottom
    assert scale.y(40_000) == scales.PAGE.top


@given(COUNTS)
def test_bars_of_any_counts_add_up_in_order_within_the_drawing(counts: MonthCounts):
    found = bars.draw(counts, Question("/articles/", QueryDict("outlet=one&page=3")), Noted({}))

    if counts.total < 2 or not counts.dated:
        assert found is None
        return
    assert sum(bar.count for bar in found.all) == found.total == counts.total
    assert len(found.all) == len({bar.address for bar in found.all})
    assert [bar.at for bar in found.all] == sorted(bar.at for bar in found.all)
    assert all(0 <= bar.at <= bar.x < bar.x + bar.width <= bar.at + bar.place + 0.01 <= 100.01 for bar in found.all)
    assert all(bars.TOP <= bar.y < bar.y + bar.height <= bars.BASE + 0.1 for bar in found.all)
    assert {bar.height for bar in found.all if bar.count == found.most} == {bars.BASE - bars.TOP}
    assert len(found.bars) <= 100
    assert 1 <= len(found.labels) <= bars.MOST_LABELS


@given(COUNTS)
def test_a_bar_holds_the_months_that_its_address_asks_for(counts: MonthCounts):
    found = bars.draw(counts, Question("/articles/", QueryDict()), Noted({}))

    for bar in found.bars if found else ():
        asked = parse_qs(urlsplit(bar.address).query)
        start, end = parse_edtf(asked["from"][0]).earliest, parse_edtf(asked["to"][0]).latest
        assert bar.count == sum(n for y, m, n in counts.dated if start <= datetime.date(y, m, 1) <= end)


@pytest.mark.parametrize(
    ("last", "unit"), [((2024, 12), "month"), ((2025, 1), "year"), ((2079, 12), "year"), ((2080, 1), "range")]
)
def test_more_than_sixty_months_are_drawn_by_year_and_more_than_sixty_years_by_ten(last: tuple[int, int], unit: str):
    counts = MonthCounts(((2020, 1, 1), (*last, 1)))

    assert bars.draw(counts, Question("/articles/", QueryDict()), Noted({})).unit == unit


places = st.builds(
    lambda x, y, text: labels.Place(float(x), float(y), float(y) - 12, text),
    *(st.integers(64, 736), st.integers(48, 284), st.sampled_from(["30,000", "at least 180", "thousands " * 9])),
)


@given(st.lists(places, max_size=25))
def test_no_label_stands_on_another_or_on_a_mark_or_beyond_the_drawing(found: list[labels.Place]):
    made = labels.set_apart(found, 64, 760, 0, 300)

    boxes = []
    for label in filter(None, made):
        half = len(label.text) * labels.LETTER / 2
        boxes.append(labels.Box(label.x - half + 0.1, label.x + half - 0.1, label.y - labels.HEAD, label.y + 3.9))
    marks = [labels.Box(one.x - 7.9, one.x + 7.9, one.y - 7.9, one.y + 7.9) for one in found]
    assert not any(box.meets(other) for n, box in enumerate(boxes) for other in (*boxes[n + 1 :], *marks))
    assert all(box.left >= 63 and box.right <= 761 and box.top >= 0 and box.bottom <= 301 for box in boxes)


def test_three_numbers_close_together_are_all_written_and_the_moved_one_is_led_to():
    close = [labels.Place(400.0, 150.0, 138.0, "30,000")] + [
        labels.Place(400.0 + n, 150.0, 138.0, f"3{n},000") for n in (20, 26)
    ]

    made = labels.set_apart(close, 64, 760, 0, 300)

    assert [label and label.text for label in made] == ["30,000", "320,000", "326,000"]
    assert len({label.y for label in made if label}) == 3
    assert made[0].lead == ""
    assert made[2].lead
    assert labels.set_apart([labels.Place(750.0, 50.0, 38.0, "more than 1,000,000")], 64, 760, 0, 300)[0].x < 700
