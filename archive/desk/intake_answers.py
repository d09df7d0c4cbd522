"""What an editor typed or answered about an intake, kept among its proposals."""

from __future__ import annotations

from typing import Any

from archive.models import Intake

TYPED = "typed by the editor"
# To the question whether it is the article that is held.
NEW_ARTICLE = "new-article"


def typed(name: str, value: str) -> dict[str, Any]:
    """An answer as an intake keeps it."""
    return {"field": name, "value": value, "basis": "", "found_in": TYPED}


def all_of(intake: Intake) -> list[dict[str, Any]]:
    """Every answer, without the pages that were offered."""
    return [one for one in intake.proposals if one["found_in"] == TYPED]


def answer_of(intake: Intake, name: str) -> str:
    """The answer of this name; empty where there is none."""
    return next((str(one["value"]) for one in all_of(intake) if one["field"] == name), "")
