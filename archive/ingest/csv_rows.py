"""Rows written as CSV, with the names of the columns in the first line.

A spreadsheet takes a cell that begins with = + - or @ for a formula, so exports put an apostrophe before
it; reading takes one apostrophe away, and every cell comes back as it was.
Source: RFC 4180; OWASP, CSV Injection.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator

from archive.ingest.lines import MAXIMUM_LINE, Line
from archive.ingest.received import FIELDS, FileBroken, Received, RowRefused

_NEUTRALISED = re.compile(r"'+[=+\-@\t\r]")


class NoColumns(ValueError):
    """The first line names no column that the archive knows."""


def restored(cell: str) -> str:
    """A cell as it was before an export neutralised it: one apostrophe less before = + - @ tab or CR."""
    return cell[1:] if _NEUTRALISED.match(cell) else cell


class CsvRows:
    """The rows of a CSV file. header: its first line as received, kept with every batch."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._lines = _Consumed(lines)
        # The limit holds for the process; no cell is longer than the longest line that is read.
        csv.field_size_limit(MAXIMUM_LINE)
        self._reader = csv.reader(self._lines, strict=True)
        self.names = self._columns()
        self.header = self._lines.taken()

    def __iter__(self) -> Iterator[Received]:
        while True:
            first = self._lines.number + 1
            try:
                cells = next(self._reader)
                values = self._values(cells)
            except StopIteration:
                return
            except csv.Error as error:
                refusal = RowRefused("", f"The quotation marks of this row do not fit ({error}).")
                yield Received(first, self._lines.number, self._lines.taken(), refusal=refusal)
                # What the reader held of the broken row must not leak into the next one.
                self._reader = csv.reader(self._lines, strict=True)
            except RowRefused as refusal:
                yield Received(first, self._lines.number, self._lines.taken(), refusal=refusal)
            else:
                body = self._lines.taken()
                if cells:
                    yield Received(first, self._lines.number, body, values)

    def _columns(self) -> list[str]:
        try:
            names = [restored(name).strip().lower() for name in next(self._reader, [])]
        except csv.Error as error:
            raise NoColumns(f"The first line cannot be read as CSV ({error}).") from error
        known = [name for name in names if name in FIELDS]
        if not known or len(known) != len(set(known)):
            raise NoColumns(f"The first line must name columns, each once, out of: {', '.join(FIELDS)}.")
        return names

    def _values(self, cells: list[str]) -> dict[str, object]:
        if self._lines.has_overlong:
            raise RowRefused("", f"The row is longer than {MAXIMUM_LINE // 1024**2} MB.")
        if cells and len(cells) != len(self.names):
            raise RowRefused("", f"The row has {len(cells)} cells, the first line {len(self.names)}.")
        return {name: restored(cell) or None for name, cell in zip(self.names, cells, strict=False)}


class _Consumed:
    """Lines as text for the reader of CSV, and a record of the bytes that the current row took."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._lines = iter(lines)
        self._bytes: list[bytes] = []
        self._size = 0
        self.number = 0
        self.has_overlong = False

    def __iter__(self) -> _Consumed:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.number = line.number
        self.has_overlong |= line.is_too_long
        self._bytes.append(line.body)
        self._size += len(line.body) + 1
        if self._size > MAXIMUM_LINE:
            raise FileBroken(line.number, "a quotation mark is opened and not closed for 2 MB")
        # Bytes that are not UTF-8 become lone surrogates, which no field lets through.
        return line.body.decode("utf-8", "surrogateescape") + "\n"

    def taken(self) -> bytes:
        """The bytes of the lines read since the last call."""
        body = b"\n".join(self._bytes)
        self._bytes, self._size, self.has_overlong = [], 0, False
        return body
