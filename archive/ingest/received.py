"""What a file gives, row by row, before anything is known to be right about it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

# The columns of a row. Whatever else a row holds stays in its own bytes, which are kept.
FIELDS = ("id", "source", "url", "outlet", "title", "author", "published_at", "language", "text")

_SURROGATE = re.compile("[\ud800-\udfff]")


class RowRefused(ValueError):
    """A row cannot become a record. field: the column at fault, empty where it is the whole row."""

    def __init__(self, column: str, reason: str) -> None:
        self.column = column
        self.reason = reason
        super().__init__(f"{column}: {reason}" if column else reason)


class FileBroken(ValueError):
    """The rest of a file cannot be read; what came before is good."""

    def __init__(self, line: int, reason: str) -> None:
        self.line = line
        self.reason = reason
        super().__init__(f"The file cannot be read beyond line {line}: {reason}.")


@dataclass(frozen=True, slots=True)
class Received:
    """One row as it came. line, last_line: from 1. body: its own bytes, without the line end.

    values: column → value. is_whole_page: the text holds the headline, too. refusal: why it cannot be used.
    """

    line: int
    last_line: int
    body: bytes = b""
    values: Mapping[str, object] = field(default_factory=dict)
    is_whole_page: bool = False
    refusal: RowRefused | None = None


class Outcome(StrEnum):
    ADDED = "added"
    SAME = "same"
    CONFLICT = "conflict"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a row. public_id: of the article that was added, or that holds the row already."""

    line: int
    outcome: Outcome
    column: str = ""
    reason: str = ""
    key: str = ""
    public_id: str = ""

    def sentence(self) -> str:
        """The result as one line for a terminal; half characters are shown by their code."""
        where = f"line {self.line}" + (f", {self.column}" if self.column else "")
        words = f"{where}: {self.outcome}" + (f": {self.reason}" if self.reason else "")
        return _SURROGATE.sub(lambda match: f"\\u{ord(match[0]):04x}", words)


def result_of_refusal(line: int, refusal: RowRefused, key: str = "") -> Result:
    return Result(line, Outcome.REFUSED, refusal.column, refusal.reason, key)
