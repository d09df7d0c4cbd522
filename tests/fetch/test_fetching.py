"""A page is fetched as its server gave it, with the way that led to it."""

import gzip
import ssl
import zlib
from datetime import UTC, datetime

import pytest
import trustme

from archive.fetch import client
from archive.fetch.client import Refused
from tests.fetch.fetchers import Names, near
from tests.fetch.server import Server, page, redirect

BODY = "<h1>Täter</h1>".encode()


def packed(body: bytes) -> bytes:
    """Without the time of packing: what a test is called must not change from one process to another."""
    return gzip.compress(body, mtime=0)


def test_a_page_comes_with_its_bytes_type_and_time():
    with Server(page(BODY, "Set-Cookie: a=b")) as server:
        before = datetime.now(UTC)
        got = near(server.port).fetch(f"http://news.example:{server.port}/a?b=1&utm_source=mail#top")

    assert got.body == BODY
    assert (got.status, got.media_type, got.charset) == (200, "text/html", "utf-8")
    assert got.asked == got.address == f"http://news.example:{server.port}/a?b=1"
    assert before <= got.fetched_at <= datetime.now(UTC)


def test_nothing_of_this_machine_or_its_people_is_sent(monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9/")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9/")
    with Server(page()) as server:
        near(server.port).fetch(f"http://news.example:{server.port}/a")

    names = [line.split(b":")[0].lower() for line in server.requests[0].split(b"\r\n")[1:] if line]
    assert names == [b"host", b"user-agent", b"accept", b"accept-encoding", b"connection"]
    assert f"Host: news.example:{server.port}\r\n".encode() in server.requests[0]


def test_redirects_are_followed_as_given_and_their_end_is_told_canonical():
    def answer(request: bytes) -> list[bytes]:
        if b"GET /a " in request:
            return [redirect("/b?utm_source=kept")]
        if b"GET /b?utm_source=kept " in request:
            return [redirect("c/статья?utm_source=mail&p=1".encode(), "301 Moved Permanently")]
        return [page(b"end")]

    with Server(answer) as server:
        got = near(server.port).fetch(f"http://news.example:{server.port}/a")

    assert got.body == b"end"
    assert got.asked.endswith("/a")
    assert got.address == f"http://news.example:{server.port}/c/%D1%81%D1%82%D0%B0%D1%82%D1%8C%D1%8F?p=1"
    assert [request.split(b" ")[1].partition(b"?")[2] for request in server.requests] == [
        b"",
        b"utm_source=kept",
        b"utm_source=mail&p=1",
    ]


def test_three_redirects_are_followed_and_a_fourth_is_not():
    def answer(request: bytes) -> list[bytes]:
        step = int(request.split(b" ")[1].strip(b"/"))
        return [redirect(f"/{step - 1}") if step else page(b"end")]

    with Server(answer) as server:
        fetcher = near(server.port)
        assert fetcher.fetch(f"http://news.example:{server.port}/3").body == b"end"
        with pytest.raises(Refused, match="more than three times"):
            fetcher.fetch(f"http://news.example:{server.port}/4")


@pytest.mark.parametrize(
    ("headers", "sent"),
    [
        ("Content-Encoding: gzip", packed(BODY)),
        ("Content-Encoding: GZIP", packed(BODY[:3]) + packed(BODY[3:])),
        ("Content-Encoding: identity", BODY),
    ],
)
def test_one_layer_of_packing_is_taken_off(headers: str, sent: bytes):
    with Server(page(sent, headers)) as server:
        assert near(server.port).fetch(f"http://news.example:{server.port}/").body == BODY


def test_a_page_in_chunks_is_put_together():
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    with Server(head + b"3\r\none\r\n4\r\n two\r\n0\r\n\r\n") as server:
        got = near(server.port).fetch(f"http://news.example:{server.port}/")

    assert got.body == b"one two"
    assert got.media_type == ""


def test_a_missing_page_is_given_with_its_status():
    with Server(page(b"gone", status="404 Not Found")) as server:
        assert near(server.port).fetch(f"http://news.example:{server.port}/").status == 404


@pytest.mark.parametrize(
    ("headers", "sent"),
    [
        ("Content-Encoding: br", b"\x0b\x02\x80text\x03"),
        ("Content-Encoding: gzip, gzip", packed(packed(BODY))),
        ("Content-Encoding: gzip", packed(BODY)[:-4]),
        ("Content-Encoding: gzip", zlib.compress(BODY)),
    ],
    ids=["not asked for", "twice", "cut", "not gzip"],
)
def test_a_page_that_cannot_be_unpacked_is_refused(headers: str, sent: bytes):
    with Server(page(sent, headers)) as server, pytest.raises(Refused, match="could not be fetched"):
        near(server.port).fetch(f"http://news.example:{server.port}/")


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"nonsense\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
        b"HTTP/1.1 103 Early Hints\r\n\r\n",
        b"HTTP/1.1 999 Blocked\r\nContent-Length: 0\r\n\r\n",
    ],
)
def test_an_answer_that_is_broken_or_cut_is_refused(answer: bytes):
    with Server(answer) as server, pytest.raises(Refused, match="could not be fetched"):
        near(server.port).fetch(f"http://news.example:{server.port}/")


def server_certificates(name: str) -> tuple[trustme.CA, ssl.SSLContext]:
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    return authority, context


def test_a_server_shows_a_certificate_for_the_name_that_was_asked_for():
    authority, context = server_certificates("news.example")

    def trusted() -> ssl.SSLContext:
        ours = ssl.create_default_context()
        authority.configure_trust(ours)
        return ours

    with Server(page(BODY), tls=context) as server:
        names = {"news.example": [["127.0.0.1"]], "other.example": [["127.0.0.1"]]}
        fetcher = near(server.port, names=names, certificates=trusted)
        assert fetcher.fetch(f"https://news.example:{server.port}/").body == BODY
        with pytest.raises(Refused, match="could not be fetched"):
            fetcher.fetch(f"https://other.example:{server.port}/")
        with pytest.raises(Refused, match="could not be fetched"):
            near(server.port).fetch(f"https://news.example:{server.port}/")

    assert len(server.requests) == 1


def test_a_name_is_looked_up_once_and_its_next_address_tried_where_one_does_not_answer():
    names = Names({"news.example": [["127.0.0.1", "127.0.0.1"], ["192.0.2.1"]]})
    with Server(page(BODY)) as server:
        fetcher = client.Fetcher(resolve=names, is_allowed=lambda address: True, ports=frozenset({server.port}))
        assert fetcher.fetch(f"http://news.example:{server.port}/").body == BODY

    assert names.asked == ["news.example"]


def test_an_operator_can_turn_fetching_off(settings):
    settings.ARCHIVE_FETCH = False

    with pytest.raises(Refused, match="fetches no pages"):
        client.fetch("https://news.example/")
