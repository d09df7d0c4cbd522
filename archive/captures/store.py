"""Content-addressed files: a blob's name is the SHA-256 of its bytes.

A blob is written whole and on disk before any row refers to it: temporary file, fsync, rename, fsync of the
folder, and only then the caller's transaction. A crash in between leaves a blob that no row knows
(harmless, swept later), never a row without its bytes.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from archive.text.hashing import sha256_hex

_NAME = re.compile(r"[0-9a-f]{64}")


class BlobMissing(LookupError):
    """The bytes of a capture are not where they should be."""


def path_of(blob: str) -> Path:
    """Where a blob lies, in two levels of folders. Raises ValueError for what is not a SHA-256."""
    if not _NAME.fullmatch(blob):
        raise ValueError(f"{blob!r} is not the name of a blob: 64 hexadecimal digits.")
    return Path(settings.ARCHIVE_CAPTURES) / blob[:2] / blob[2:4] / blob


def keep(body: bytes) -> str:
    """Store bytes, once; give back their SHA-256. Call before the transaction that refers to them."""
    blob = sha256_hex(body)
    path = path_of(blob)
    if path.exists():
        return blob
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)
    return blob


def read(blob: str, *, offset: int = 0, size: int | None = None) -> bytes:
    """Bytes of a blob from an offset on. Raises BlobMissing with the name of what is gone."""
    try:
        with path_of(blob).open("rb") as file:
            file.seek(offset)
            return file.read() if size is None else file.read(size)
    except FileNotFoundError as error:
        raise BlobMissing(f"The file of blob {blob} is missing. Restore it from a backup.") from error


def blobs() -> Iterator[str]:
    """Names of all that is stored."""
    root = Path(settings.ARCHIVE_CAPTURES)
    return (path.name for path in root.glob("??/??/*") if _NAME.fullmatch(path.name))


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
