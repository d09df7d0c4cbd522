"""Cells of CSV that a spreadsheet takes for text. Source: OWASP, CSV Injection."""

import re

_FORMULA = re.compile(r"'*[=+\-@\t\r]")


def neutralised(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: with an apostrophe before it, which an import takes away."""
    return f"'{cell}" if _FORMULA.match(cell) else cell
