"""Names that stand as those of private people do; all of them made up."""

import pytest
from hypothesis import given

from archive.text.private_persons import SIGNS, private_persons
from tests.text.made_up import SLOW, any_text, seconds


def found(text: str) -> list[tuple[str, str]]:
    return [(one.name, one.sign) for one in private_persons(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Testo Testov, 23, came home.", ("Testo Testov", "age")),
        ("Then Testo (41) came home.", ("Testo", "age")),
        ("Testo Testov, aged 19, left.", ("Testo Testov", "age")),
        ("The 23-year-old builder Testo Testov left.", ("Testo Testov", "age")),
        ("Вчера 23-летний рабочий Тест Тестов ушёл.", ("Тест Тестов", "age")),
        ("Учора 19-річний Тест Тестенко пішов.", ("Тест Тестенко", "age")),
        ("his younger brother Testo came", ("Testo", "relation")),
        ("They asked Testo’s mother twice", ("Testo", "relation")),
        ("the wife of Testo Testov", ("Testo Testov", "relation")),
        ("Его сестра Теста Тестова уехала", ("Теста Тестова", "relation")),
        ("Testo Testov, a resident of the old town", ("Testo Testov", "home")),
        ("житель города Пример Тест Тестов", ("Тест Тестов", "home")),
        ("мешканка села Теста Тестенко", ("Теста Тестенко", "home")),
        ("a man named Testo was there", ("Testo", "named")),
        ("человек по имени Тест был там", ("Тест", "named")),
    ],
)
def test_a_name_with_an_age_a_relation_or_a_home_is_found(text: str, expected: tuple[str, str]):
    assert expected[1] in [sign for _name, sign in found(text)]
    assert any(name.endswith(expected[0].split()[-1]) for name, _sign in found(text))


@pytest.mark.parametrize(
    "text",
    [
        "Testo Testov, Chairman of the Test Committee, said so on June 27, 2024.",
        "Residents of Syria, Afghanistan, North Korea or Iran came.",
        "The Test Ministry called 23 people in Testtown.",
        "Председатель комитета Тест Тестов заявил об этом.",
        "a 23-year-old law and a five-year plan",
    ],
)
def test_people_in_office_and_places_are_not(text: str):
    assert found(text) == []


@given(any_text)
def test_names_stand_within_the_text_and_apart(text: str):
    places = private_persons(text)

    assert all(text[one.start : one.end] == one.name and one.name and one.sign in SIGNS for one in places)
    assert all(one.end <= other.start for one, other in zip(places, places[1:], strict=False))


@pytest.mark.parametrize("text", SLOW, ids=lambda text: text[:6].strip() or "space")
def test_long_runs_of_one_sign_are_read_at_once(text: str):
    assert seconds(private_persons, text) < 10
