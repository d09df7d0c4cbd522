"""Files that are on disk when they are said to be, and that nobody but their owner reads."""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

OWNER_READS = 0o600
OWNER_ENTERS = 0o700
_CHUNK = 1024 * 1024


class FolderBusy(RuntimeError):
    """Another process works in the folder of backups just now."""


def new_file(path: Path) -> BinaryIO:
    """Open a file for writing that its owner alone may read. Raises FileExistsError."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_READS), "wb")


def make_folder(path: Path) -> Path:
    """Make a folder that its owner alone may enter, and those above it, unless they are there."""
    # One by one: mkdir gives the folders above it the usual mode.
    for folder in [*reversed(path.parents), path]:
        if not folder.exists():
            folder.mkdir(mode=OWNER_ENTERS, exist_ok=True)
    return path


def sync(path: Path) -> None:
    """Have a file's bytes, or a folder's names, on disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def digest_of(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal digits; memory stays bounded."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write(path: Path, body: bytes) -> None:
    """Write a new file whole and on disk, or not at all: the name comes last."""
    temporary = path.with_name(f".writing-{path.name}")
    temporary.unlink(missing_ok=True)
    with new_file(temporary) as file:
        file.write(body)
    sync(temporary)
    os.replace(temporary, path)
    sync(path.parent)


def copy(source: Path, target: Path, *, sha256: str = "") -> bool:
    """Copy a file, on disk under its name only when whole; memory stays bounded.

    sha256: what its bytes must come to; empty asks nothing. Returns False, and leaves no copy, where they differ.
    """
    make_folder(target.parent)
    temporary = target.with_name(f".writing-{target.name}")
    temporary.unlink(missing_ok=True)
    digest = hashlib.sha256()
    try:
        with source.open("rb") as reading, new_file(temporary) as writing:
            while chunk := reading.read(_CHUNK):
                digest.update(chunk)
                writing.write(chunk)
        if sha256 and digest.hexdigest() != sha256:
            return False
        sync(temporary)
        os.replace(temporary, target)
    finally:
        temporary.unlink(missing_ok=True)
    sync(target.parent)
    return True


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Keep other processes out of a folder of backups; a killed one keeps nobody out. Raises FolderBusy."""
    with (make_folder(folder) / ".lock").open("ab") as lock:
        os.chmod(lock.fileno(), OWNER_READS)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise FolderBusy(f"Another backup is being written to {folder}. Wait for it, then try again.") from error
        yield
