"""The house: names, sizes, signatures and documents keep up with the code."""

import ast
import re
from datetime import date

import pytest
from django.apps import apps
from django.db import models

from tests.project import code

BOXES_FOR_LEFTOVERS = {"utils", "helpers", "common", "core", "lib", "services", "misc", "selectors"}
LONGEST_FILE = 320
# Lines without the docstring. Most functions are under thirty; a record laid out field by field is longer.
LONGEST_FUNCTION = 45
# Long without being complicated: one list of words.
LISTS_OF_WORDS = ("models/vocabulary.py",)
# Accounts are made on the server's command line, where nobody is signed in.
# Nor is whoever asks for something from outside.
WITHOUT_A_PERSON = ("accounts", "requests")
# These give the person who then acts.
ACCOUNTS_FOR_MACHINES = {"import_account"}
SETTING = re.compile(r"""env_(?:flag|number|words|folder)\(\s*"([A-Z_]+)"|os\.environ(?:\.get)?[\(\[]\s*"([A-Z_]+)\"""")
DOCUMENTED = re.compile(r"^\| `([A-Z_]+)` \|", re.MULTILINE)
READ_ELSEWHERE = {"ARCHIVE_REQUIRE_ALL", "ARCHIVE_SHARED_DATA"}
# Written for the commands of Django itself, not by an operator.
NOT_FOR_OPERATORS = {"DJANGO_SETTINGS_MODULE"}


def settings_read_by(path) -> set[str]:
    return {one or other for one, other in SETTING.findall(path.read_text(encoding="utf-8"))} - NOT_FOR_OPERATORS


def test_every_setting_is_documented_and_every_documented_setting_is_read():
    read = settings_read_by(code.PACKAGE / "settings.py")
    documented = set(DOCUMENTED.findall((code.ROOT / "docs/settings.md").read_text(encoding="utf-8")))

    assert read | READ_ELSEWHERE == documented
    assert {name for name in read if name.startswith("ARCHIVE_")} > {"ARCHIVE_DATA", "ARCHIVE_PRODUCTION"}


def test_settings_alone_read_the_environment():
    readers = [
        str(path.relative_to(code.ROOT))
        for path in code.modules()
        if "ARCHIVE_" in " ".join(settings_read_by(path)) and path.name != "settings.py"
    ]

    assert readers == []


def test_decisions_are_numbered_dated_and_have_a_status():
    decisions = sorted((code.ROOT / "docs/adr").glob("*.md"))

    assert [path.name[:4] for path in decisions] == [f"{number:04}" for number in range(1, len(decisions) + 1)]
    for path in decisions:
        lines = path.read_text(encoding="utf-8").splitlines()
        assert lines[0].startswith(f"# {path.name[:4]}: "), path.name
        assert re.fullmatch(r"Status: (proposed|accepted|superseded by \d{4})", lines[2]), path.name
        assert date.fromisoformat(lines[3].removeprefix("Date: ")), path.name
        assert {"## Context", "## Decision", "## Consequences"} <= set(lines), path.name


def test_no_module_is_a_box_for_leftovers():
    assert [path for path in code.modules() if BOXES_FOR_LEFTOVERS & {*path.parts, path.stem}] == []


def test_files_are_short_enough_to_read():
    lengths = {
        str(path.relative_to(code.ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in code.modules()
        if not code.stands_in(path, "migrations", *LISTS_OF_WORDS)
    }

    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def lines_of(function: ast.FunctionDef) -> int:
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def test_functions_are_short_enough_to_read():
    long = [
        f"{path.relative_to(code.ROOT)}:{node.lineno} {node.name}"
        for path in code.modules()
        if not code.stands_in(path, "migrations")
        for node in ast.walk(code.tree(path))
        if isinstance(node, ast.FunctionDef) and lines_of(node) > LONGEST_FUNCTION
    ]

    assert long == []


def test_every_module_says_what_it_is_for():
    silent = [
        str(path.relative_to(code.ROOT))
        for path in code.modules()
        if path.read_text(encoding="utf-8").strip()
        and not code.stands_in(path, "migrations")
        and not ast.get_docstring(code.tree(path))
    ]

    assert silent == []


def test_actions_take_who_acts_by_name():
    nameless = [
        f"{path.relative_to(code.ROOT)}:{node.lineno} {node.name}"
        for path in code.modules()
        if "actions" in path.stem and not code.stands_in(path, *WITHOUT_A_PERSON)
        for node in code.tree(path).body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and node.name not in ACCOUNTS_FOR_MACHINES
        and "by" not in {argument.arg for argument in node.args.kwonlyargs}
    ]

    assert nameless == []


def fields_with_choices() -> list[models.Field]:
    return [
        field
        for model in apps.get_app_config("archive").get_models(include_auto_created=True)
        for field in model._meta.local_fields
        if field.choices
    ]


@pytest.mark.parametrize("field", fields_with_choices(), ids=lambda field: f"{field.model.__name__}.{field.name}")
def test_the_database_knows_the_words_that_a_field_may_hold(field: models.Field):
    conditions = [
        str(constraint.condition)
        for constraint in field.model._meta.constraints
        if isinstance(constraint, models.CheckConstraint)
    ]

    assert any(f"'{field.name}__in'" in condition for condition in conditions)
