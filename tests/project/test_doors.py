"""Records have one door, and writing another: nothing goes round them, which is looked up in the code itself."""

import ast
from pathlib import Path

import pytest

from tests.project import code

# The rings that own the tables, and what an administrator runs by hand.
BELOW_THE_DOORS = ("models", "migrations", "history", "management", "access", "provenance", "captures", "search")
# Tables that hide nothing: terms of the vocabularies, where merged records went, and accounts, which have
# doors of their own.
OPEN_TABLES = {"Country", "Group", "Measure", "PeopleGroup", "Person", "Place", "Redirect", "Tactic"}
# Parts of ingest/actions.py, desk/actions.py and desk/coding_actions.py, which call them inside their transactions.
HANDS_OF_ACTIONS = ("ingest/records.py", "ingest/coded_*.py", "desk/coding_rows.py", "desk/publishing.py")
READING = {"all", "filter", "exclude", "get", "annotate", "values", "values_list", "raw", "extra"}
WRITING = {
    "update",
    "save",
    "delete",
    "create",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
}
NOT_RECORDS = {"request", "session", "hashlib", "digest"}


def is_open_table(node: ast.expr) -> bool:
    """Tell whether a manager's owner is a table that hides nothing."""
    return isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in OPEN_TABLES


def is_second_reading(call: ast.Call) -> bool:
    """Tell whether a call reads anew, by `get(pk=record.pk)`, a row that has come through the door before."""
    match call:
        case ast.Call(func=ast.Attribute(attr="get"), args=[], keywords=[ast.keyword(arg="pk", value=value)]):
            return isinstance(value, ast.Attribute) and value.attr == "pk"
    return False


def is_manager(node: ast.expr) -> bool:
    """Tell whether an expression is `Something.objects` or `something._default_manager`."""
    return isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager", "_base_manager"}


def rounds_the_door_to_records(path: Path) -> list[str]:
    """List calls such as `Article.objects.filter(…)`."""
    return [
        f"{code.place(path, call)} .objects.{call.func.attr}()"
        for call in code.calls(path)
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in READING
        and is_manager(call.func.value)
        and not is_open_table(call.func.value)
        and not is_second_reading(call)
    ]


def queries_in_views(path: Path) -> list[str]:
    """List calls of query-building methods on anything, where views should only speak the vocabulary."""
    return [
        f"{code.place(path, call)} .{call.func.attr}()"
        for call in code.calls(path)
        if isinstance(call.func, ast.Attribute) and call.func.attr in {"filter", "exclude", "annotate", "aggregate"}
    ]


def writes(path: Path) -> list[str]:
    """List calls that write to the database: on a manager, or under names that only models have."""
    found = []
    for call in code.calls(path):
        if not isinstance(call.func, ast.Attribute) or call.func.attr not in WRITING:
            continue
        owner = call.func.value
        # dict.update and hash.update write no row: they are given a value, and rows are given names.
        on_plain_value = call.func.attr == "update" and not call.keywords and not is_manager(owner)
        if on_plain_value or isinstance(owner, ast.Name) and owner.id in NOT_RECORDS:
            continue
        found.append(f"{code.place(path, call)} .{call.func.attr}()")
    return found


def is_hand_of_actions(path: Path) -> bool:
    return any(path.relative_to(code.PACKAGE).match(pattern) for pattern in HANDS_OF_ACTIONS)


def test_nothing_above_the_doors_asks_the_tables_past_visible_to():
    found = [
        line
        for path in code.modules()
        if not code.stands_in(path, *BELOW_THE_DOORS)
        for line in rounds_the_door_to_records(path)
    ]

    assert found == [], "Start from Model.objects.visible_to(user), or give the QuerySet the word that is missing."


def test_views_speak_the_vocabulary_of_querysets():
    found = [line for path in code.modules() if path.name.startswith("views") for line in queries_in_views(path)]

    assert found == [], "A view selects with words such as for_listing(); give the QuerySet the word that is missing."


def test_rows_are_written_by_actions_alone():
    found = [
        line
        for path in code.modules()
        if not code.stands_in(path, *BELOW_THE_DOORS) and "actions" not in path.stem and not is_hand_of_actions(path)
        for line in writes(path)
    ]

    assert found == [], "Write in an actions.py, in a function with by=."


@pytest.mark.parametrize(
    ("line", "finder"),
    [
        ("Article.objects.filter(pk=1)", rounds_the_door_to_records),
        ("models.Article.objects.all()", rounds_the_door_to_records),
        ("type(record)._default_manager.get(pk=1)", rounds_the_door_to_records),
        ("articles.filter(status='x')", queries_in_views),
        ("article.save()", writes),
        ("Article.objects.bulk_create(rows)", writes),
        ("articles.update(status='x')", writes),
    ],
)
def test_these_tests_find_what_they_look_for(tmp_path: Path, monkeypatch, line: str, finder):
    path = tmp_path / "views.py"
    path.write_text(line)
    monkeypatch.setattr(code, "ROOT", tmp_path)

    assert len(finder(path)) == 1


@pytest.mark.parametrize(
    "line",
    [
        "names.update({'a': 1})",
        "digest.update(b'x')",
        "Article.objects.visible_to(user)",
        "Tactic.objects.all()",
        "Article.objects.get(pk=article.pk)",
    ],
)
def test_these_tests_leave_alone_what_is_fine(tmp_path: Path, monkeypatch, line: str):
    path = tmp_path / "views.py"
    path.write_text(line)
    monkeypatch.setattr(code, "ROOT", tmp_path)

    assert [*rounds_the_door_to_records(path), *writes(path)] == []
