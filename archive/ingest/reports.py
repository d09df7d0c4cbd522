"""What an import tells: the rows at fault, a file of all that was not added, and how far it is."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol, TextIO

from archive.ingest.received import Outcome, Result

_SHOWN = 20
_BAR = 30
_SECONDS = 0.2


class Stream(Protocol):
    """What a command writes to: Django's wrapper of a stream, or the stream itself."""

    def write(self, text: str) -> object: ...


class Terminal(Stream, Protocol):
    def isatty(self) -> bool: ...

    def flush(self) -> None: ...


class Reporter:
    """Tells of one file. out: for people. report: for programs, one JSON object a row that was not added."""

    def __init__(self, name: str, out: Stream, report: TextIO | None) -> None:
        self._name = name
        self._out = out
        self._report = report
        self._faults = 0

    def result(self, result: Result) -> None:
        if result.outcome is Outcome.ADDED:
            return
        if self._report is not None:
            self._report.write(json.dumps({"file": self._name, **as_dict(result)}) + "\n")
        if result.outcome is Outcome.SAME:
            return
        self._faults += 1
        if self._faults <= _SHOWN:
            self._out.write(f"  {result.sentence()}")
        elif self._faults == _SHOWN + 1:
            self._out.write("  … and more; --report FILE keeps them all.")


def as_dict(result: Result) -> dict[str, object]:
    """A result for a report; columns that do not apply are left out."""
    values = {
        "line": result.line,
        "outcome": result.outcome.value,
        "field": result.column,
        "reason": result.reason,
        "key": result.key,
        "article": result.public_id,
    }
    return {name: value for name, value in values.items() if value != ""}


@contextmanager
def report_at(path: Path | None) -> Iterator[TextIO | None]:
    """Open the file for the report anew; none where none is wished."""
    if path is None:
        yield None
        return
    with path.open("w", encoding="utf-8") as file:
        yield file


class Bar:
    """How far the reading of a file is, drawn over itself; only a terminal is told."""

    def __init__(self, size: int, stream: Terminal) -> None:
        self._size = max(size, 1)
        self._stream = stream
        self._is_shown = stream.isatty()
        self._drawn_at = float("-inf")

    def progress(self, done: int) -> None:
        now = time.monotonic()
        if not self._is_shown or now - self._drawn_at < _SECONDS:
            return
        self._drawn_at = now
        part = min(done / self._size, 1)
        filled = int(part * _BAR)
        self._stream.write(f"\r[{'#' * filled}{'.' * (_BAR - filled)}] {part:4.0%}")
        self._stream.flush()

    def end(self) -> None:
        if self._is_shown:
            self._stream.write("\r" + " " * (_BAR + 8) + "\r")
            self._stream.flush()
