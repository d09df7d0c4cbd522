"""What a backup says of itself: a folder, its parts, and a manifest that is written last.

```
DIR/captures/ab/cd/abcd…            bytes received, shared by all backups, each under its SHA-256
DIR/20261123T031500.000000Z/        one backup; its name is when it was begun, in UTC
    database.sqlite3, or database.dump
    captures.txt                    names of the bytes that belong to it, one a line
    manifest.json
```

A folder without a manifest is not a backup, but what a killed one left.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from archive.operations import files
from archive.text.hashing import canonical_json, sha256_hex

FORM = 1
NAME = "manifest.json"
CAPTURES = "captures"
CAPTURES_LIST = "captures.txt"
_FOLDER = re.compile(r"\d{8}T\d{6}\.\d{6}Z")
_BLOB = re.compile(r"[0-9a-f]{64}")
NOT_A_BACKUP = (
    "{} holds no whole backup: its manifest is missing. “manage.py backup --list” names those that are whole."
)


class NotABackup(LookupError):
    """There is no whole backup at this place."""


class Damaged(ValueError):
    """A part of a backup is not as it was written; the message names it."""


@dataclass(frozen=True, slots=True)
class Part:
    """size: bytes."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """made_at: ISO 8601, when the snapshot of the database was taken. build: of the code that made it.

    migrations: "app.name" each. seq, head: number and hash of the newest event. rows: by table.
    parts: files of this backup, by name. captures: how many files of received bytes belong to it, and their sizes' sum.
    absent: names of bytes that the database refers to and that were missing or damaged already.
    """

    made_at: str
    build: str
    vendor: str
    migrations: list[str]
    seq: int
    head: str
    rows: dict[str, int]
    parts: dict[str, Part]
    captures: int
    captures_size: int
    absent: list[str]
    form: int = FORM

    @property
    def size(self) -> int:
        """Bytes of its own files and of the captures that belong to it."""
        return self.captures_size + sum(part.size for part in self.parts.values())

    @property
    def database_part(self) -> str:
        return next(name for name in self.parts if name != CAPTURES_LIST)


def folder_name(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%S.%fZ")


def part_of(path: Path) -> Part:
    return Part(files.digest_of(path), path.stat().st_size)


def write(folder: Path, manifest: Manifest) -> None:
    """Write the manifest, last of all: from then on the folder is a backup."""
    said = asdict(manifest)
    whole = {**said, "sha256": sha256_hex(canonical_json(said))}
    files.write(folder / NAME, (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode())


def read(folder: Path) -> Manifest:
    """Read what a backup says of itself. Raises NotABackup, Damaged."""
    try:
        said: dict[str, Any] = json.loads((folder / NAME).read_bytes())
        digest = said.pop("sha256")
        if digest != sha256_hex(canonical_json(said)):
            raise Damaged(f"{NAME} of backup {folder.name} has been changed or damaged since it was written.")
        if said["form"] != FORM:
            raise Damaged(f"{NAME} of backup {folder.name} has form {said['form']}; this code reads form {FORM}.")
        return Manifest(**{**said, "parts": {name: Part(**part) for name, part in said["parts"].items()}})
    except (FileNotFoundError, NotADirectoryError) as error:
        raise NotABackup(NOT_A_BACKUP.format(folder)) from error
    except Damaged:
        raise
    # Whatever a damaged byte makes of it: no JSON, no text, no object, no such key.
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise Damaged(f"{NAME} of backup {folder.name} cannot be read: it is damaged.") from error


def folders(root: Path) -> list[Path]:
    """Every folder that a backup was begun in, the oldest first."""
    if not root.is_dir():
        return []
    return sorted(path for path in root.iterdir() if _FOLDER.fullmatch(path.name) and path.is_dir())


def is_begun(folder: Path) -> bool:
    """Whether this is what a killed backup left: no manifest was ever written."""
    return not (folder / NAME).exists()


def blobs(folder: Path) -> list[str]:
    """Names of the received bytes that belong to a backup, checked when it was read. Raises Damaged."""
    try:
        names = (folder / CAPTURES_LIST).read_text(encoding="ascii").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise Damaged(f"{CAPTURES_LIST} of backup {folder.name} cannot be read.") from error
    if not all(map(_BLOB.fullmatch, names)):
        raise Damaged(f"{CAPTURES_LIST} of backup {folder.name} is damaged.")
    return names


def blob_path(root: Path, blob: str) -> Path:
    """Where received bytes lie in a folder of backups."""
    return root / CAPTURES / blob[:2] / blob[2:4] / blob


def damages(folder: Path, manifest: Manifest) -> Iterator[str]:
    """Read every byte of a backup; one sentence for each part that is missing or not as it was written."""
    for name, part in manifest.parts.items():
        path = folder / name
        if not path.is_file():
            yield f"{name} of backup {folder.name} is missing."
        elif part_of(path) != part:
            yield f"{name} of backup {folder.name} is damaged."
        elif name == CAPTURES_LIST:
            yield from _damaged_blobs(folder)


def _damaged_blobs(folder: Path) -> Iterator[str]:
    for blob in blobs(folder):
        path = blob_path(folder.parent, blob)
        if not path.is_file():
            yield f"{path.relative_to(folder.parent)} is missing."
        elif files.digest_of(path) != blob:
            yield f"{path.relative_to(folder.parent)} is damaged. Remove it: the next backup copies it again."
