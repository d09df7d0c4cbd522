"""Pages in web archives: WARC and ARC, packed or not, and WACZ. Runs in the child alone.

Everything is read as a stream with a budget, members of a WACZ too; nothing is unpacked to a name that an archive
gives, and nothing that an archive says is believed unseen: junk yields records, a cut file yields fewer.
"""

from __future__ import annotations

import codecs
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO, Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord

from archive.extract.results import Refusal
from archive.text.addresses import NotAnAddress, canonical_address

# Octets that may be read out of one archive, unpacked; and that one page may have, decoded.
BUDGET = 512 * 1024 * 1024
LARGEST_PAGE = 8 * 1024 * 1024
MOST_PAGES = 500
MOST_RECORDS = 50_000
MOST_MEMBERS = 2000
_HTML = frozenset({"text/html", "application/xhtml+xml"})
_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"
_STARTS = (b"WARC/", b"filedesc:")
_IN_WACZ = re.compile(r"archive/[^/]+\.w?arc(?:\.gz)?\Z")
_CANNOT_BE_READ = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError,
)  # fmt: skip
_PIECE = 64 * 1024


@dataclass
class _Budget:
    """Octets left to read; what is wrong with the files read so far."""

    left: int = BUDGET
    broken: int = 0

    def take(self, count: int) -> None:
        self.left -= count
        if self.left < 0:
            raise Refusal("too-large-unpacked")


class _Stream:
    """A file read within a budget; where it is broken it ends, and the budget knows."""

    def __init__(self, file: IO[bytes], budget: _Budget) -> None:
        self._file = file
        self._budget = budget

    def read(self, size: int = -1) -> bytes:
        try:
            piece = self._piece(_PIECE if size < 0 else min(size, _PIECE))
        except _CANNOT_BE_READ:
            self._budget.broken += 1
            return b""
        self._budget.take(len(piece))
        return piece

    def _piece(self, size: int) -> bytes:
        return self._file.read(size)


class _Unpacked(_Stream):
    """The same for gzip, whether each record is a member or all are one.

    Before a further member that begins a record comes an empty line: some writers leave out what should part them.
    """

    _packed = b""
    _member: Any = None
    _is_between = False

    def _piece(self, size: int) -> bytes:
        while True:
            self._packed = self._packed or self._file.read(_PIECE)
            if not self._packed:
                if self._member is not None:
                    raise EOFError
                return b""
            if self._member is None:
                if not self._packed.strip(b"\0"):
                    self._packed = b""
                    continue
                self._member = zlib.decompressobj(zlib.MAX_WBITS | 16)
            piece: bytes = self._member.decompress(self._packed, size)
            self._packed = self._member.unused_data or self._member.unconsumed_tail
            if self._member.eof:
                self._member = None
            if piece:
                starts_record = self._is_between and piece.startswith(_STARTS[0])
                self._is_between = self._member is None
                return b"\r\n\r\n" + piece if starts_record else piece


def make_ready() -> None:
    """Load what is loaded late by those who need it: once the doors are closed, it cannot be."""
    datetime.strptime("2020", "%Y")  # noqa: DTZ007  # only loads its module
    for codec in ("cp437", "idna", "ascii", "latin-1"):
        codecs.lookup(codec)


def listed(_job: dict[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
    """List the pages of an archive. Raises Refusal where there is none to choose."""
    budget = _Budget()
    pages: list[dict[str, Any]] = []
    records = 0
    for member, number, record, is_whole in _records(body, budget):
        records += 1
        page = _page(member, number, record) if is_whole else None
        if page and len(pages) < MOST_PAGES:
            pages.append(page)
    if not pages:
        raise Refusal("broken-archive" if budget.broken or not records else "no-pages")
    notes = [{"kind": "broken-archive-part", "count": budget.broken}] if budget.broken else []
    return {"pages": pages, "notes": notes}, b""


def record(job: dict[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
    """Give the page at a place, decoded. Raises Refusal where it is not there, not whole or too large."""
    for member, number, found, is_whole in _records(body, _Budget(), wanted=(job["member"], job["number"])):
        if (member, number) == (job["member"], job["number"]):
            page = _page(member, number, found)
            if page is None or not is_whole:
                break
            return page | {"charset": _charset(found)}, found.content
    raise Refusal("no-such-page")


@dataclass
class _Found:
    """What is needed of a record once it has been read to its end."""

    rec_type: str
    address: str
    date: str
    status: str
    content_type: str
    size: int
    content: bytes = b""


def _records(
    body: bytes, budget: _Budget, wanted: tuple[str, int] = ("", 0)
) -> Iterator[tuple[str, int, _Found, bool]]:
    """Every record with its file, its number and whether it is whole; the content of the wanted one alone is kept."""
    for member, stream in _files(body, budget):
        archive = ArchiveIterator(stream, arc2warc=True)
        number = 0
        try:
            for one in archive:
                number += 1
                if number > MOST_RECORDS:
                    raise Refusal("too-much-work")
                yield member, number, *_read(one, keep=(member, number) == wanted)
        except (ArchiveLoadFailed, *_CANNOT_BE_READ):
            budget.broken += 1


def _files(body: bytes, budget: _Budget) -> Iterator[tuple[str, _Stream]]:
    """The WARC files of what was uploaded: itself, or members of a WACZ."""
    if body.startswith(_GZIP):
        yield "", _Unpacked(io.BytesIO(body), budget)
    elif body.startswith(_STARTS):
        yield "", _Stream(io.BytesIO(body), budget)
    elif body.startswith(_ZIP):
        yield from _members(body, budget)
    else:
        raise Refusal("not-an-archive")


def _members(body: bytes, budget: _Budget) -> Iterator[tuple[str, _Stream]]:
    try:
        whole = zipfile.ZipFile(io.BytesIO(body))
    except _CANNOT_BE_READ:
        raise Refusal("broken-archive") from None
    with whole:
        members = whole.infolist()
        if len(members) > MOST_MEMBERS:
            raise Refusal("too-much-work")
        chosen = [member for member in members if _IN_WACZ.match(member.filename)]
        if not chosen:
            raise Refusal("not-an-archive")
        for member in chosen:
            try:
                with whole.open(member) as file:
                    is_packed = member.filename.endswith(".gz")
                    yield member.filename, (_Unpacked if is_packed else _Stream)(file, budget)
            except _CANNOT_BE_READ:
                budget.broken += 1


def _read(one: ArcWarcRecord, *, keep: bool) -> tuple[_Found, bool]:
    """Read a record to its end; its content, decoded, if it is to be kept. Tells whether it was whole."""
    headers, http = one.rec_headers, one.http_headers
    content_type = (http.get_header("Content-Type") if http else None) or one.content_type or ""
    declared = _number(headers.get_header("Content-Length"))
    found = _Found(
        rec_type=one.rec_type or "",
        address=headers.get_header("WARC-Target-URI") or "",
        date=headers.get_header("WARC-Date") or "",
        status=http.get_statuscode() if http else "",
        content_type=content_type,
        size=max(one.payload_length, 0) if http else declared,
    )
    if keep:
        found.content = _content(one)
    while one.raw_stream.read(_PIECE):
        pass
    return found, declared > 0 and getattr(one.raw_stream, "limit", 0) <= 0


def _content(one: ArcWarcRecord) -> bytes:
    """A page, freed of its encodings. Raises Refusal where it is too large or cannot be decoded."""
    content = bytearray()
    stream = one.content_stream()
    try:
        while piece := stream.read(_PIECE):
            content += piece
            if len(content) > LARGEST_PAGE:
                raise Refusal("too-large")
    except _CANNOT_BE_READ:
        raise Refusal("no-such-page") from None
    return bytes(content)


def _page(member: str, number: int, found: _Found) -> dict[str, Any] | None:
    """A record as a page to choose; None where it is none, or where what it says of itself cannot be so."""
    media_type = found.content_type.partition(";")[0].strip().lower()
    status = _number(found.status) if found.rec_type == "response" else 200
    if found.rec_type not in {"response", "resource"} or media_type not in _HTML or not 100 <= status < 600:
        return None
    try:
        address = canonical_address(found.address)
    except NotAnAddress:
        return None
    moment = _moment(found.date)
    if not moment:
        return None
    return {
        "number": number, "member": member, "address": address, "at": moment, "status": status,
        "media_type": media_type, "size": found.size,
    }  # fmt: skip


def _moment(text: str) -> str:
    """A WARC's time in ISO 8601, UTC; nothing where it is none, before the web or still to come."""
    try:
        moment = datetime.fromisoformat(text.strip())
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return ""
    return moment.isoformat() if datetime(1990, 1, 1, tzinfo=UTC) < moment <= datetime.now(UTC) else ""


def _charset(found: _Found) -> str:
    match = re.search(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", found.content_type, re.IGNORECASE)
    return match[1].lower() if match else ""


def _number(text: str | None) -> int:
    """A whole number of at most nine digits, or nought."""
    return int(text) if text and re.fullmatch(r"[0-9]{1,9}", text.strip()) else 0
