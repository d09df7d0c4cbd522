"""Records as plain data: dicts, lists, text and numbers, for JSON."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date
from functools import lru_cache
from typing import Any


def as_data(value: Any) -> Any:
    """A record as dicts, lists, text, numbers and ISO dates, for JSON; key order is the fields' order.

    What stands in a record many times is told of once, and is one dict in many places: nobody may change it.
    """
    return _as_data(value, {})


def _as_data(value: Any, done: dict[int, Any]) -> Any:
    """done: by the identity of dataclasses, all of which the record holds until the end."""
    if value is None or isinstance(value, (str, int, float)):
        return value
    if isinstance(value, (list, tuple)):
        return [_as_data(item, done) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    names = _fields(type(value))  # type: ignore[arg-type]  # a class is a key like any other
    if names is None:
        return value
    if id(value) not in done:
        done[id(value)] = {name: _as_data(getattr(value, name), done) for name in names}
    return done[id(value)]


@lru_cache(maxsize=256)
def _fields(kind: type) -> tuple[str, ...] | None:
    """The names of a dataclass's fields; None for what is none."""
    return tuple(one.name for one in fields(kind)) if is_dataclass(kind) else None


def at(site: str, data: Any) -> Any:
    """The same data with whole addresses of pages: a file is read where no site is open."""
    if isinstance(data, dict):
        return {name: f"{site}{value}" if name == "page" else at(site, value) for name, value in data.items()}
    if isinstance(data, list):
        return [at(site, value) for value in data]
    return data
