"""Rows written as JSON, one object a line.

JSON as written by strangers: a key that stands twice means different things to different readers, numbers
may be too large to hold, brackets may nest until a reader falls over. All of that is a refusal.
Source: RFC 8259, sections 4, 6 and 9.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator
from typing import Never

from archive.ingest.lines import MAXIMUM_LINE, Line
from archive.ingest.received import Received, RowRefused

_LONGEST_NUMBER = 40  # digits


def json_rows(lines: Iterable[Line]) -> Iterator[Received]:
    """One row for each line that is not blank."""
    for line in lines:
        if not line.is_too_long and not line.body.strip():
            continue
        try:
            if line.is_too_long:
                raise RowRefused("", f"The line is longer than {MAXIMUM_LINE // 1024**2} MB.")
            values = read_object(line.body)
        except RowRefused as refusal:
            yield Received(line.number, line.number, line.body, refusal=refusal)
        else:
            yield Received(line.number, line.number, line.body, values)


def read_object(body: bytes) -> dict[str, object]:
    """Read one JSON object. Raises RowRefused, and nothing else, for anything that is not one."""
    try:
        value = _DECODER.decode(body.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise RowRefused("", f"Byte {error.start + 1} of the line is not UTF-8.") from error
    except json.JSONDecodeError as error:
        raise RowRefused("", f"This is not JSON at character {error.colno}: {error.msg}.") from error
    except RecursionError as error:
        raise RowRefused("", "Its brackets are nested too deep.") from error
    if not isinstance(value, dict):
        raise RowRefused("", "A row is an object in braces, with a name before each value.")
    return value


def _pairs(pairs: list[tuple[str, object]]) -> dict[str, object]:
    values = dict(pairs)
    if len(values) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise RowRefused(twice[:60], "The name stands twice in the row. Keep one.")
    return values


def _whole(digits: str) -> int:
    if len(digits) > _LONGEST_NUMBER:
        raise RowRefused("", f"A number of {len(digits)} digits is too large.")
    return int(digits)


def _fraction(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise RowRefused("", f"The number {text[:40]} is too large.")
    return number


def _no_number(name: str) -> Never:
    raise RowRefused("", f"{name} is not a number in JSON.")


_DECODER = json.JSONDecoder(
    object_pairs_hook=_pairs, parse_int=_whole, parse_float=_fraction, parse_constant=_no_number
)
