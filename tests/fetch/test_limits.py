"""No server can hold a fetch longer, or send it more, than the limits say."""

import gzip
import threading
import time
import tracemalloc
from collections.abc import Iterator

import pytest

from archive.fetch.client import Fetcher, Limits, Refused
from tests.fetch.fetchers import HERE, near
from tests.fetch.server import Server, page, redirect

SHORT = Limits(seconds=0.6)
MEGABYTE = 1024 * 1024
OK = b"HTTP/1.1 200 OK\r\n"


def seconds_of(fetcher: Fetcher, port: int) -> float:
    started = time.monotonic()
    with pytest.raises(Refused, match="could not be fetched"):
        fetcher.fetch(f"http://news.example:{port}/")
    return time.monotonic() - started


@pytest.mark.parametrize(
    "start",
    [
        b"",
        OK + b"X-A: ",
        OK + b"\r\n",
        OK + b"Transfer-Encoding: chunked\r\n\r\n1",
    ],
    ids=["status", "header", "body", "chunk"],
)
def test_a_server_that_drips_is_left_when_the_time_is_over(start: bytes):
    def drip(_request: bytes) -> Iterator[bytes]:
        yield start
        while server.pause(0.05):
            yield b"1"

    with Server(drip) as server:
        assert seconds_of(near(server.port, limits=SHORT), server.port) < 2


def test_a_server_that_says_nothing_is_left_when_the_time_is_over():
    def silence(_request: bytes) -> Iterator[bytes]:
        server.pause(10)
        yield b""

    with Server(silence) as server:
        assert seconds_of(near(server.port, limits=SHORT), server.port) < 2


def test_the_time_is_one_for_all_redirects():
    def answer(request: bytes) -> Iterator[bytes]:
        server.pause(0.3)
        yield redirect("/" + "a" * request.count(b"a"))

    with Server(answer) as server:
        assert seconds_of(near(server.port, limits=SHORT), server.port) < 2


def test_a_resolver_that_does_not_answer_is_left_when_the_time_is_over():
    ended = threading.Event()

    def never(_host: str, _port: int) -> list[str]:
        ended.wait(10)
        return [HERE]

    try:
        assert seconds_of(Fetcher(resolve=never, limits=SHORT, ports=frozenset({81})), 81) < 2
    finally:
        ended.set()


def test_tls_that_never_begins_is_left_when_the_time_is_over():
    def silence(_request: bytes) -> Iterator[bytes]:
        server.pause(10)
        yield b""

    with Server(silence) as server:
        started = time.monotonic()
        with pytest.raises(Refused, match="could not be fetched"):
            near(server.port, limits=SHORT).fetch(f"https://news.example:{server.port}/")

    assert time.monotonic() - started < 2


def memory_of(fetcher: Fetcher, port: int, said: str) -> int:
    """The most that a refused fetch held at once, in octets."""
    tracemalloc.start()
    try:
        with pytest.raises(Refused, match=said):
            fetcher.fetch(f"http://news.example:{port}/")
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_small_answer_that_unpacks_to_very_much_is_stopped_early():
    bomb = gzip.compress(bytes(200 * MEGABYTE))
    assert len(bomb) < MEGABYTE

    with Server(page(bomb, "Content-Encoding: gzip")) as server:
        fetcher = near(server.port, limits=Limits(decoded=4 * MEGABYTE))
        assert memory_of(fetcher, server.port, "larger than") < 20 * MEGABYTE


@pytest.mark.parametrize(
    "head",
    [OK + b"\r\n", OK + b"Content-Length: 99999999999\r\n\r\n"],
    ids=["endless", "announced"],
)
def test_an_answer_without_end_is_stopped(head: bytes):
    def flood(_request: bytes) -> Iterator[bytes]:
        yield head
        while server.pause(0):
            yield bytes(65536)

    with Server(flood) as server:
        fetcher = near(server.port, limits=Limits(wire=MEGABYTE))
        assert memory_of(fetcher, server.port, "larger than") < 8 * MEGABYTE


@pytest.mark.parametrize(
    "line",
    [b"X-%d: a\r\n", b"X-%d: " + b"a" * 60000 + b"\r\n", b" folded %d\r\n", b"\r\nHTTP/1.1 100 Continue\r\nA: %d\r\n"],
    ids=["many", "long", "folded", "interim answers"],
)
def test_a_flood_of_headers_is_stopped(line: bytes):
    sent = 0

    def flood(_request: bytes) -> Iterator[bytes]:
        nonlocal sent
        yield b"HTTP/1.1 100 Continue\r\n" if line.startswith(b"\r\n") else OK + b"A: b\r\n"
        while server.pause(0):
            sent += 1
            yield line % sent

    with Server(flood) as server:
        assert memory_of(near(server.port), server.port, "could not be fetched") < 8 * MEGABYTE
