"""Telephone numbers, addresses of e-mail, documents and accounts; all of them made up."""

import pytest
from hypothesis import given

from archive.text.personal_data import KINDS, personal_data
from tests.text.made_up import SLOW, any_text, seconds


def found(text: str) -> list[tuple[str, str]]:
    return [(one.kind, text[one.start : one.end]) for one in personal_data(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Write to test.person+x@mail.example now", ("e-mail", "test.person+x@mail.example")),
        ("Пишите на тест@пример.example", ("e-mail", "тест@пример.example")),
        ("Call +380 44 000-00-00 today", ("telephone", "+380 44 000-00-00")),
        ("Call +7 (495) 000-00-00 today", ("telephone", "+7 (495) 000-00-00")),
        ("Звоните 8 (900) 000-00-00", ("telephone", "8 (900) 000-00-00")),
        ("Телефонуйте 067 000 00 00", ("telephone", "067 000 00 00")),
        ("тел.: 22-33-44", ("telephone", "22-33-44")),
        ("his passport number 4500 000000 was taken", ("document", "4500 000000")),
        ("паспорт серии 45 00 № 000000", ("document", "45 00 № 000000")),
        ("паспорт АА 000000", ("document", "АА 000000")),
        ("СНИЛС 000-000-000 00", ("document", "000-000-000 00")),
        ("ИНН 000000000000", ("document", "000000000000")),
        ("IBAN UA00 0000 0000 0000 0000 0000 0000 0", ("account", "UA00 0000 0000 0000 0000 0000 0000 0")),
        ("card 4000 0000 0000 0002", ("account", "4000 0000 0000 0002")),
        ("перевод на 4000 0000 0000 0002", ("account", "4000 0000 0000 0002")),
        ("счёт 40817810000000000000", ("account", "40817810000000000000")),
    ],
)
def test_what_reaches_or_identifies_one_person_is_found(text: str, expected: tuple[str, str]):
    assert found(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "30,000 people, 12 500 000 roubles, 2014–2021, 100,000",
        "On 2024-06-27 at 2024-09-15T04:17:16+03:00",
        "@name wrote it, see a.example/b",
        "перевод на 4000 0000 0000 0001",
        "paid 195 000 and 2 000 000 more",
        "pages 100-200-300",
    ],
)
def test_numbers_of_people_money_and_days_are_none(text: str):
    assert found(text) == []


@given(any_text)
def test_findings_stand_within_the_text_and_apart(text: str):
    places = personal_data(text)

    assert all(0 <= one.start < one.end <= len(text) and one.kind in KINDS for one in places)
    assert all(one.end <= other.start for one, other in zip(places, places[1:], strict=False))


@pytest.mark.parametrize("text", SLOW, ids=lambda text: text[:6].strip() or "space")
def test_long_runs_of_one_sign_are_read_at_once(text: str):
    assert seconds(personal_data, text) < 10
