"""Which numbers a text gives, and what is none."""

import pytest
from hypothesis import given

from archive.text.numerals import numerals
from tests.text.made_up import SLOW, any_text, seconds


def found(text: str) -> list[tuple[str, tuple[int, ...]]]:
    return [(text[one.start : one.end], one.values) for one in numerals(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("30,000 people and 12 cities", [("30,000", (30000,)), ("12", (12,))]),
        ("some 30 000 came, 30.000 went", [("30 000", (30000,)), ("30.000", (30000,))]),
        ("30\u202f000 there", [("30\u202f000", (30000,))]),
        ("twenty-five of two hundred and fifty", [("twenty-five", (25,)), ("two hundred and fifty", (250,))]),
        ("two hundred and fifty thousand", [("two hundred and fifty thousand", (250000,))]),
        ("10 thousand, 1.5 million", [("10 thousand", (10000,)), ("1.5 million", (1500000,))]),
        ("a dozen, a hundred", [("dozen", (12,)), ("hundred", (100,))]),
        ("thousands, and hundreds of thousands", [("thousands", ()), ("hundreds of thousands", ())]),
        ("30–40 thousand, 10-12 men", [("30–40 thousand", (30000, 40000)), ("10-12", (10, 12))]),
        ("between 30 and 40", [("30", (30,)), ("40", (40,))]),
        ("2,5 тыс. человек, двести пятьдесят", [("2,5 тыс", (2500,)), ("двести пятьдесят", (250,))]),
        ("сотни добровольцев, тисячі людей", [("сотни", ()), ("тисячі", ())]),
        ("12 добровольцев, 500 годных, четырёх вернули", [("12", (12,)), ("500", (500,)), ("четырёх", (4,))]),
        ("п’ятдесят чоловіків, 45 тисяч осіб", [("п’ятдесят", (50,)), ("45 тисяч", (45000,))]),
        ("40% of 3.5 per cent", [("40", (40,)), ("3.5", ())]),
    ],
)
def test_numbers_are_read_in_digits_and_words(text: str, expected: list[tuple[str, tuple[int, ...]]]):
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "in 2024, from 2014 to 2021, in 2022/12 and 2014–2021",
        "on 27 June or June 27; 2024-06-27, 27.06.2024 and 02 July 2024, or 5–7 May",
        "27 июня 2024 года, 3 липня, 15 октября",
        "at 10:42, 5 p.m. and 2024-09-15T04:17:16+03:00",
        "after five years, three months, 10 days, 5 лет, 3 дня, 2 роки and 15 km",
        "aged 23, a 23-year-old, 30-летний, 19-річний, Test, 41, came",
        "[1] and [12]",
        "1. First\n2) Second",
        "one of them, один из них",
        "a T-72, an S-300, G7, 200th, 1990s, five-day, two-thirds of all",
        "https://a.example/2/30000?x=5 www.b.example/77 @name99 x12@y.example +380 44 123 45 67",
        "Article 275, No. 5, № 12, ст. 328, статья 5",
        "9" * 30,
    ],
)
def test_dates_ages_labels_and_names_are_no_numbers(text: str):
    assert found(text) == []


def test_a_day_without_its_year_does_not_swallow_the_number_after_a_month():
    assert found("In March 16,000 came, in May 16,000 more") == [("16,000", (16000,)), ("16,000", (16000,))]


@given(any_text)
def test_numbers_stand_within_the_text_in_order_and_apart(text: str):
    places = [(one.start, one.end) for one in numerals(text)]

    assert all(0 <= start < end <= len(text) for start, end in places)
    assert all(one[1] <= other[0] for one, other in zip(places, places[1:], strict=False))
    assert all(value >= 0 for one in numerals(text) for value in one.values)


@pytest.mark.parametrize("text", SLOW, ids=lambda text: text[:6].strip() or "space")
def test_long_runs_of_one_sign_are_read_at_once(text: str):
    assert seconds(numerals, text) < 10
