"""Files and folders that can be imported, and the rows that each gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from archive.ingest import csv_rows, json_rows, lines
from archive.ingest.received import Received, RowRefused
from archive.text import normalise

PAGES = "pages"  # the collection of plain texts, which are items of no file


class NotAFile(ValueError):
    """A path names nothing that can be imported; the message says what would do."""


@dataclass(frozen=True, slots=True)
class Page:
    """What a plain text does not say of itself."""

    outlet: str = ""
    address: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """A file being read. preamble: bytes that explain those of each row. position: tells the bytes read so far."""

    received: Iterator[Received]
    media_type: str
    preamble: bytes
    position: Callable[[], int]


def paths_in(path: Path) -> list[Path]:
    """The file itself, or the plain texts in a folder, by name. Raises NotAFile."""
    if path.is_dir():
        found = sorted(path.glob("*.txt"))
        if not found:
            raise NotAFile(f"The folder “{path.name}” holds no .txt file.")
        return found
    if not path.is_file():
        raise NotAFile(f"“{path.name}” is not a file or a folder. Give a .jsonl, .csv or .txt file, packed or not.")
    return [path]


def is_page(path: Path) -> bool:
    return _ending(path) == ".txt"


@contextmanager
def reading(path: Path, page: Page) -> Iterator[Rows]:
    """Open a file as rows. Raises NotAFile, and csv_rows.NoColumns."""
    ending = _ending(path)
    with lines.opened(path) as (unpacked, raw):
        if ending == ".txt":
            body = unpacked.read(lines.MAXIMUM_LINE + 1)
            yield Rows(iter([_page_row(body, page)]), "text/plain", b"", raw.tell)
        elif ending == ".csv":
            rows = csv_rows.CsvRows(lines.lines(unpacked))
            yield Rows(iter(rows), "text/csv", rows.header, raw.tell)
        else:
            yield Rows(json_rows.json_rows(lines.lines(unpacked)), "application/json", b"", raw.tell)


def _ending(path: Path) -> str:
    ending = Path(path.name.lower().removesuffix(".gz")).suffix
    if ending not in (".jsonl", ".ndjson", ".json", ".csv", ".txt"):
        raise NotAFile(f"“{path.name}”: name it .jsonl, .csv or .txt after what it holds (.gz may follow).")
    return ending


def _page_row(body: bytes, page: Page) -> Received:
    count = max(1, body.count(b"\n"))
    if len(body) > lines.MAXIMUM_LINE:
        refusal = RowRefused("text", f"The page is longer than {lines.MAXIMUM_LINE // 1024**2} MB.")
        return Received(1, count, refusal=refusal)
    values = {
        "source": PAGES,
        "outlet": page.outlet,
        "url": page.address,
        "language": page.language,
        "text": normalise.decode_bytes(body),
    }
    return Received(1, count, body, values, is_whole_page=True)
