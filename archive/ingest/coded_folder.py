"""A folder of coded examples as it lies on disk: places, bodies, claims, sources, articles, each with a key.

Keys hold the rows together and never leave the folder; the archive gives its records random ids.
``fixtures/README.md`` describes the form.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archive.text.hashing import canonical_json, sha256_hex

Row = dict[str, Any]

# What an ImportRow is kept for; places and measures are known by their slugs.
RECORDS = ("outlet", "actor", "claim", "article", "source")


class FolderNotWhole(ValueError):
    """A file of the folder is missing, is not JSON, or has a row without a key."""


@dataclass(frozen=True, slots=True)
class CodedFolder:
    """name: the collection that the keys belong to. digest: SHA-256 over all rows."""

    name: str
    places: tuple[Row, ...]
    measures: tuple[Row, ...]
    outlets: tuple[Row, ...]
    actors: tuple[Row, ...]
    claims: tuple[Row, ...]
    sources: tuple[Row, ...]
    articles: tuple[Row, ...]

    @property
    def digest(self) -> str:
        everything = [self.places, self.measures, *(self.rows(kind) for kind in RECORDS)]
        return sha256_hex(canonical_json([list(rows) for rows in everything]))

    def rows(self, kind: str) -> tuple[Row, ...]:
        """Rows of one of RECORDS."""
        found: tuple[Row, ...] = getattr(self, f"{kind}s")
        return found

    def row_keys(self) -> Iterator[str]:
        """Every key with its kind in front: ``claim:C02``."""
        for kind in RECORDS:
            for row in self.rows(kind):
                yield row_key(kind, row["key"])


def row_key(kind: str, key: str) -> str:
    return f"{kind}:{key}"


def row_digest(row: Row) -> str:
    """SHA-256 of a row, the same for equal rows however they are laid out."""
    return sha256_hex(canonical_json(row))


def read(path: Path) -> CodedFolder:
    """Read a folder. Raises FolderNotWhole with the name of the file at fault."""
    lists = {name: tuple(_rows(path / f"{name}.json")) for name in _LISTS}
    files = sorted((path / "articles").glob("*.json"))
    articles = tuple(_keyed(_json(file), file) for file in files)
    return CodedFolder(name=f"fixtures/{path.name}", articles=articles, **lists)


_LISTS = ("places", "measures", "outlets", "actors", "claims", "sources")


def _rows(file: Path) -> Iterator[Row]:
    found = _json(file)
    if not isinstance(found, list):
        raise FolderNotWhole(f"{file.name} does not hold a list.")
    for row in found:
        yield _keyed(row, file)


def _keyed(row: object, file: Path) -> Row:
    if not isinstance(row, dict) or not isinstance(row.get("key"), str):
        raise FolderNotWhole(f"{file.name} holds a row without a key.")
    return row


def _json(file: Path) -> object:
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise FolderNotWhole(f"{file.name} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise FolderNotWhole(f"{file.name} is not JSON: {error}.") from error
