"""Files as lines of bytes, in bounded memory, packed or plain.

The first bytes decide whether a file is packed, not its name. A packed file may swell without end: no
line is held that is over the limit, and a line that goes on beyond all reason ends the reading.
"""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from archive.ingest.received import FileBroken

MAXIMUM_LINE = 2 * 1024 * 1024  # bytes
HOPELESS_LINE = 64 * 1024 * 1024
_PACKED = b"\x1f\x8b"
_CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Line:
    """number: from 1. body: without its line end; empty where it was over the limit."""

    number: int
    body: bytes
    is_too_long: bool = False


@contextmanager
def opened(path: Path) -> Iterator[tuple[BinaryIO, BinaryIO]]:
    """Open a file; give its unpacked bytes, and the file itself, whose position tells how far reading is."""
    with path.open("rb") as raw:
        is_packed = raw.read(2) == _PACKED
        raw.seek(0)
        if not is_packed:
            yield raw, raw
            return
        with gzip.GzipFile(fileobj=raw, mode="rb") as unpacked:
            yield cast(BinaryIO, unpacked), raw


def digest_of(path: Path) -> str:
    """SHA-256 of a file as it lies there, packed or not."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def lines(file: BinaryIO) -> Iterator[Line]:
    """Lines of a file, blank ones too. Only a line feed ends a line. Raises FileBroken."""
    number = 0
    while body := _part(file, MAXIMUM_LINE + 1, number):
        number += 1
        is_too_long = len(body) > MAXIMUM_LINE and not body.endswith(b"\n")
        if is_too_long:
            _skip_rest(file, number)
        body = b"" if is_too_long else body.removesuffix(b"\n").removesuffix(b"\r")
        yield Line(number, body.removeprefix(b"\xef\xbb\xbf") if number == 1 else body, is_too_long)


def _skip_rest(file: BinaryIO, number: int) -> None:
    skipped = MAXIMUM_LINE
    while (part := _part(file, _CHUNK, number)) and not part.endswith(b"\n"):
        skipped += len(part)
        if skipped > HOPELESS_LINE:
            raise FileBroken(number, f"a line of more than {HOPELESS_LINE // 1024**2} MB is no row")


def _part(file: BinaryIO, size: int, number: int) -> bytes:
    try:
        return file.readline(size)
    except (EOFError, OSError, zlib.error) as error:
        raise FileBroken(number, f"its packing is damaged ({error})") from error
