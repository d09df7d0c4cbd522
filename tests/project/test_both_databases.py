"""One `pytest` asks both databases for the same tests."""

import subprocess
from types import SimpleNamespace

import pytest

from tests.project import code

REST = "not browser and not once"


@pytest.mark.parametrize(("marks", "second"), [("", REST), ("a or b", f"(a or b) and {REST}")])
def test_marks_that_are_asked_for_hold_on_the_second_database_too(pytestconfig, monkeypatch, marks: str, second: str):
    suite = pytestconfig.pluginmanager.get_plugin(str(code.ROOT / "conftest.py"))
    asked = ["-m", marks] if marks else []
    commands: list[list[str]] = []

    def run(command: list[str], **_how: object) -> SimpleNamespace:
        commands.append(command)
        return SimpleNamespace(returncode=0)

    monkeypatch.setattr(subprocess, "run", run)
    suite.run_on_each(asked, marks)

    assert commands[0][3:-2] == asked
    # Of several, pytest takes the last.
    assert commands[1][-2:] == ["-m", second]
