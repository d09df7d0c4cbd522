"""Pages are listed and read from WARC and WACZ; what is broken or too much is a sentence, and nothing half-done."""

import gzip
import io
import os
import time
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from archive.extract.reading import LIMITS, CannotExtract, extract, list_records, read_record
from tests.extract.pages import MORE, PAGE

SAMPLES = Path(os.environ.get("ARCHIVE_SHARED_DATA", "/nowhere")) / "warc-samples"
HTML = "Content-Type: text/html; charset=UTF-8"


def zipped(body: bytes) -> bytes:
    """Without the time of packing: what a test is called must not change from one process to another."""
    return gzip.compress(body, mtime=0)


def warc(
    *records: tuple[str, bytes],
    packed: bool = True,
    headers: str = HTML,
    date: str = "2024-07-03T10:00:00Z",
) -> bytes:
    """A WARC of answers, each an address and a body; each packed by itself, or none."""
    written = []
    for address, body in records:
        http = f"HTTP/1.1 200 OK\r\n{headers}\r\n\r\n".encode() + body
        said = f"WARC-Type: response\r\nWARC-Target-URI: {address}\r\nWARC-Date: {date}\r\n"
        kind = "Content-Type: application/http; msgtype=response\r\n"
        record = f"WARC/1.0\r\n{said}{kind}Content-Length: {len(http)}\r\n\r\n".encode() + http + b"\r\n\r\n"
        written.append(zipped(record) if packed else record)
    return b"".join(written)


def wacz(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, body in members.items():
            file.writestr(name, body)
    return out.getvalue()


TWO = (("https://news.example/a", PAGE.encode()), ("https://news.example/b", b"<p>b</p>"))


@pytest.mark.parametrize(
    "body",
    [
        warc(*TWO),
        warc(*TWO, packed=False),
        zipped(warc(*TWO, packed=False)),
        wacz(**{"archive/data.warc.gz": warc(*TWO), "pages/pages.jsonl": b""}),
        wacz(**{"archive/data.warc": warc(*TWO, packed=False)}),
    ],
    ids=["packed by record", "not packed", "packed as a whole", "WACZ", "WACZ, not packed"],
)
def test_pages_are_listed_and_the_chosen_one_is_read(body: bytes):
    listed = list_records(body)
    first = listed.pages[0]
    page = read_record(body, first.member, first.number)

    assert [one.address for one in listed.pages] == ["https://news.example/a", "https://news.example/b"]
    assert (first.at, first.status, first.media_type) == ("2024-07-03T10:00:00+00:00", 200, "text/html")
    assert page.body == PAGE.encode()
    assert (page.record, page.charset) == (first, "utf-8")
    assert MORE in extract(page.body, page.record.media_type, page.record.address, charset=page.charset).text


def test_a_page_is_freed_of_its_encoding():
    body = warc(("https://news.example/", zipped(PAGE.encode())), headers=f"{HTML}\r\nContent-Encoding: gzip")

    assert read_record(body, "", 1).body == PAGE.encode()


@pytest.mark.parametrize(
    "body",
    [
        warc(("https://news.example/a.png", b"\x89PNG"), TWO[1], headers="Content-Type: image/png"),
        warc(("ftp://news.example/", b"<p>a</p>")),
        warc(("https://user@news.example/", b"<p>a</p>")),
        warc(TWO[0], date="yesterday"),
        warc(TWO[0], date="2924-01-01T00:00:00Z"),
        warc(TWO[0], date="0001-01-01T00:00:00+10:00"),
    ],
    ids=["pictures", "not the web", "with a user", "no time", "time to come", "time before all time"],
)
def test_records_that_are_no_page_or_cannot_be_so_are_not_offered(body: bytes):
    with pytest.raises(CannotExtract, match="holds no web page"):
        list_records(body)
    listed = list_records(body + warc(TWO[1]))

    assert [one.address for one in listed.pages] == ["https://news.example/b"]


def test_of_a_cut_file_the_whole_pages_are_offered_and_the_rest_is_told():
    body = warc(*TWO)
    listed = list_records(body[:-20])

    assert [one.address for one in listed.pages] == ["https://news.example/a"]
    assert [note.kind for note in listed.notes] == ["broken-archive-part"]
    with pytest.raises(CannotExtract):
        read_record(body[:-20], "", 2)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"words",
        b"<html></html>",
        b"\x1f\x8b",
        warc(*TWO)[:100],
        warc(*TWO, packed=False)[:300],
        zipped(b"words"),
        b"PK\x03\x04" + bytes(100),
        wacz(**{"archive/data.warc.gz": b"junk"}),
        wacz(**{"../../data.warc": warc(*TWO)}),
        wacz(**{"archive/../../data.warc": warc(*TWO)}),
        wacz(**{"/archive/data.warc": warc(*TWO)}),
        b"WARC/1.0\r\nContent-Length: -1\r\n\r\n",
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999999999999999999\r\n\r\n",
    ],
)
def test_what_is_no_web_archive_or_broken_is_refused(body: bytes):
    with pytest.raises(CannotExtract):
        list_records(body)


@pytest.mark.parametrize(("member", "number"), [("", 3), ("", 0), ("", -1), ("archive/data.warc", 1), ("../a", 1)])
def test_a_page_that_is_not_there_is_not_found(member: str, number: int):
    with pytest.raises(CannotExtract, match="not in the web archive"):
        read_record(warc(*TWO), member, number)


def zeros(megabytes: int) -> bytes:
    """Gzip members of a megabyte each: a thousandth of what they unpack to."""
    return zipped(bytes(1024 * 1024)) * megabytes


def deflated(megabytes: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join([*(packer.compress(bytes(1024 * 1024)) for _ in range(megabytes)), packer.flush()])


@pytest.mark.parametrize(
    "body",
    [
        zipped(b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 900000000\r\n\r\n") + zeros(600),
        zipped(b"WARC/1.0\r\n") + zeros(600),
        wacz(**{"archive/data.warc.gz": zipped(b"WARC/1.0\r\nContent-Length: 900000000\r\n\r\n") + zeros(600)}),
    ],
    ids=["one record", "one header", "in a WACZ"],
)
def test_a_bomb_is_refused_in_good_time(body: bytes):
    """With a quarter of the processor time that is allowed, in a quarter of a minute."""
    started = time.monotonic()
    with pytest.raises(CannotExtract):
        list_records(body, limits=replace(LIMITS, cpu_seconds=LIMITS.cpu_seconds // 4, seconds=LIMITS.seconds // 4))

    assert time.monotonic() - started < 15


def test_a_page_that_unpacks_to_very_much_is_refused():
    body = warc(("https://news.example/", deflated(100)), headers=f"{HTML}\r\nContent-Encoding: gzip")

    assert len(list_records(body).pages) == 1
    with pytest.raises(CannotExtract, match="8 MB"):
        read_record(body, "", 1)


@pytest.mark.skipif(not SAMPLES.exists(), reason="NOT TESTED ON REAL WEB ARCHIVES: ARCHIVE_SHARED_DATA is not set")
def test_real_web_archives_give_pages_or_a_sentence():
    given = refused = 0
    for path in sorted(SAMPLES.glob("*[!tl]")):
        body = path.read_bytes()
        try:
            listed = list_records(body)
        except CannotExtract:
            refused += 1
            continue
        first = listed.pages[0]
        assert read_record(body, first.member, first.number).record == first
        given += 1

    assert given >= 30
    assert given + refused >= 44
