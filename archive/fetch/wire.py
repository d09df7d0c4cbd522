"""A connection that keeps to a clock and to a number of bytes, whatever the other side sends."""

from __future__ import annotations

import http.client
import io
import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Sequence
from ipaddress import ip_address

from archive.fetch.ranges import Address

Resolver = Callable[[str, int], Sequence[str]]

# http.client reads ahead by as much.
_READ_AHEAD = io.DEFAULT_BUFFER_SIZE


class TooMuch(Exception):
    """More bytes came than are taken."""


class Clock:
    """Seconds left of those given for one fetch, its redirects included."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Raises TimeoutError when there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


class Wire(io.RawIOBase):
    """What a connection sends, for http.client to read: each read looks at the clock and at the count.

    limit: bytes that may come in all; raised once the headers have been read.
    """

    def __init__(self, connection: socket.socket, clock: Clock, limit: int) -> None:
        super().__init__()
        self._connection = connection
        self._clock = clock
        self._received = 0
        self.limit = limit + _READ_AHEAD

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # typeshed's Buffer is not for 3.11
        self._connection.settimeout(self._clock.left())
        count = self._connection.recv_into(buffer)
        self._received += count
        if self._received > self.limit:
            raise TooMuch
        return count

    def makefile(self, _mode: str) -> io.BufferedReader:
        """What http.client asks a socket for."""
        return io.BufferedReader(self, _READ_AHEAD)


def system_resolver(host: str, port: int) -> list[str]:
    """Ask the machine's resolver for every address of a name."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(place[4][0]) for place in found))


def looked_up(resolve: Resolver, host: str, port: int, clock: Clock) -> list[Address]:
    """Resolve a name once, within the time left. A number, in brackets if it is IPv6, is its own address.

    Raises OSError, TimeoutError among them, or ValueError where nothing usable is found.
    """
    try:
        return [ip_address(host.strip("[]"))]
    except ValueError:
        pass
    # The system's resolver cannot be told how long it may take; a late answer is for nobody.
    answers: queue.Queue[Sequence[str] | Exception] = queue.Queue(1)

    def ask() -> None:
        try:
            answers.put(resolve(host, port))
        except (OSError, UnicodeError) as error:
            answers.put(error)

    threading.Thread(target=ask, daemon=True).start()
    try:
        answer = answers.get(timeout=clock.left())
    except queue.Empty:
        raise TimeoutError from None
    if isinstance(answer, Exception):
        raise OSError(str(answer)) from answer
    return [ip_address(text) for text in answer]


def connected(addresses: Sequence[Address], port: int, clock: Clock) -> socket.socket:
    """Connect to the first of these addresses that answers, and to no other; a third of the time for each.

    Raises OSError where none does, or where the other end is not the address asked for.
    """
    failure: OSError = ConnectionError("no address")
    for address in addresses[:3]:
        family = socket.AF_INET if address.version == 4 else socket.AF_INET6
        connection = socket.socket(family, socket.SOCK_STREAM)
        try:
            connection.settimeout(max(clock.left() / 3, 0.1))
            connection.connect((str(address), port))
            if ip_address(connection.getpeername()[0]) != address:
                raise ConnectionError("another end")
        except OSError as error:
            connection.close()
            failure = error
            continue
        return connection
    raise failure


def secured(connection: socket.socket, host: str, context: ssl.SSLContext, clock: Clock) -> ssl.SSLSocket:
    """Put TLS on a connection, for this name and no other. Raises ssl.SSLError where the certificate is not its."""
    connection.settimeout(clock.left())
    return context.wrap_socket(connection, server_hostname=host.strip("[]"))


def answer_on(wire: Wire) -> http.client.HTTPResponse:
    """Read status and headers of an answer. Raises http.client.HTTPException for what is none, or is endless."""
    answer = http.client.HTTPResponse(wire)  # type: ignore[arg-type]  # it asks for makefile() and nothing else
    try:
        answer.begin()
    except TooMuch:
        raise http.client.HTTPException("headers") from None
    return answer
