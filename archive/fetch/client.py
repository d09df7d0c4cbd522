"""Fetching one page: its address read once, every machine on the way checked, everything limited.

The order is the safety: read the address, refuse odd text, resolve its name once, refuse unless every address found is
public, connect to one of those addresses and look who is at the other end. A redirect starts from the beginning.
What an editor is told is the same for an address that is refused and for one where nobody answers, so that the
archive cannot be used to look round the network that it stands in.
"""

from __future__ import annotations

import http.client
import ssl
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TypeVar

from django.conf import settings
from django.utils.translation import gettext as _

from archive.fetch import ranges, wire
from archive.text.addresses import AddressParts, NotAnAddress, canonical_address, led_to, parsed_address

REDIRECTS = 3
_REDIRECTING = frozenset({301, 302, 303, 307, 308})
_HEADERS_SENT = (
    "User-Agent: Mozilla/5.0 (compatible; news archive)\r\n"
    "Accept: text/html, application/xhtml+xml;q=0.9, */*;q=0.1\r\n"
    "Accept-Encoding: gzip\r\n"
    "Connection: close\r\n"
)
_PIECE = 64 * 1024


class Refused(Exception):
    """A page was not fetched; the message is a sentence for the editor, who can still save or paste the page."""


class NotAsked(Refused):
    """No server was asked: the address, or this archive, does not allow it."""


class LedOn(Refused):
    """Servers answered, and each sent on to the next."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Of one fetch. seconds: in all, with its redirects. The others: octets of one answer."""

    seconds: float = 10
    headers: int = 32 * 1024
    wire: int = 8 * 1024 * 1024
    decoded: int = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as its server gave it.

    asked, address: canonical, before and after redirects. media_type, charset: as declared, lower case, or empty.
    body: the octets of the page, freed of transfer and content encoding. fetched_at: UTC.
    """

    asked: str
    address: str
    status: int
    media_type: str
    charset: str
    body: bytes
    fetched_at: datetime


Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class Fetcher:
    """Fetches pages. Only tests give it anything: a resolver, addresses, ports and certificates of their own."""

    resolve: wire.Resolver = wire.system_resolver
    is_allowed: Callable[[ranges.Address], bool] = ranges.is_public
    ports: frozenset[int] = frozenset({80, 443})
    certificates: Callable[[], ssl.SSLContext] = ssl.create_default_context
    limits: Limits = field(default_factory=Limits)

    def fetch(self, address: str) -> Fetched:
        """Get a page, following three redirects at most. Raises Refused with what to tell the editor."""
        asked = self._first(address)
        return replace(self._led(asked, self._read), asked=str(asked))

    def status(self, address: str) -> int:
        """Ask for a page and read no more than the head of the answer: its HTTP status. Raises Refused, LedOn."""
        return self._led(self._first(address), lambda answer, _parts: answer.status)

    def _led(self, asked: AddressParts, read: Callable[[http.client.HTTPResponse, AddressParts], Read]) -> Read:
        """Follow the redirects and read what stands at their end."""
        clock = wire.Clock(self.limits.seconds)
        parts = asked
        try:
            for _turn in range(REDIRECTS + 1):
                answer = self._one(parts, clock, read)
                if not isinstance(answer, AddressParts):
                    return answer
                parts = answer
        except wire.TooMuch:
            raise Refused(
                _("This page is larger than the archive takes from a server. Save it as a file and upload it.")
            ) from None
        except (OSError, ValueError, http.client.HTTPException, zlib.error):
            # One sentence for all that can happen, see above. NotAnAddress is a ValueError, ssl.SSLError an OSError.
            raise Refused(_could_not()) from None
        raise LedOn(_("This page sends its readers on more than three times. Give the address that it ends at."))

    def _first(self, address: str) -> AddressParts:
        """Read what the editor typed; what is wrong with the text alone may be told."""
        try:
            parts = parsed_address(address.strip()).without_tracking()
        except NotAnAddress as error:
            raise NotAsked(str(error)) from None
        if parts.port not in self.ports:
            raise NotAsked(_("Pages are fetched from ports 80 and 443 only."))
        return parts

    def _one(
        self, parts: AddressParts, clock: wire.Clock, read: Callable[[http.client.HTTPResponse, AddressParts], Read]
    ) -> Read | AddressParts:
        """Ask one server once: gives what is read, or the address it leads to."""
        if parts.port not in self.ports:
            raise ConnectionError("port")
        addresses = wire.looked_up(self.resolve, parts.host, parts.port, clock)
        if not addresses or not all(map(self.is_allowed, addresses)):
            raise ConnectionError("address")
        connection = wire.connected(addresses, parts.port, clock)
        try:
            if parts.scheme == "https":
                connection = wire.secured(connection, parts.host, self.certificates(), clock)
            connection.settimeout(clock.left())
            connection.sendall(_request(parts))
            stream = wire.Wire(connection, clock, self.limits.headers)
            answer = wire.answer_on(stream)
            location = answer.headers.get("Location")
            if answer.status in _REDIRECTING and location:
                # Servers send UTF-8 here, which http.client shows as Latin-1.
                return led_to(parts, location.encode("latin-1").decode("utf-8"))
            stream.limit = self.limits.wire
            return read(answer, parts)
        finally:
            connection.close()

    def _read(self, answer: http.client.HTTPResponse, parts: AddressParts) -> Fetched:
        """Read a page within the limits. Raises ValueError for an encoding not asked for or a cut page."""
        if not 200 <= answer.status < 600:
            raise ValueError("status")
        if (answer.length or 0) > self.limits.wire:
            raise wire.TooMuch
        headers = answer.headers
        encoding = (headers.get("Content-Encoding") or "identity").strip().lower()
        body = _decoded(answer, encoding, self.limits.decoded)
        declared = headers.get("Content-Type")
        return Fetched(
            asked=str(parts),
            address=canonical_address(str(parts)),
            status=answer.status,
            media_type=headers.get_content_type() if declared else "",
            charset=(headers.get_content_charset() or "") if declared else "",
            body=body,
            fetched_at=datetime.now(UTC),
        )


def fetch(address: str) -> Fetched:
    """Get a page for an editor. Raises Refused; ARCHIVE_FETCH=0 refuses all."""
    if not settings.ARCHIVE_FETCH:
        raise Refused(_("This archive fetches no pages. Save the page as a file and upload it, or paste its text."))
    return Fetcher().fetch(address)


def status(address: str) -> int:
    """Ask whether a page is still there, without reading it. Raises Refused, as fetch does."""
    if not settings.ARCHIVE_FETCH:
        raise NotAsked(_("This archive fetches no pages."))
    return Fetcher().status(address)


def _could_not() -> str:
    return _(
        "This page could not be fetched. Open it in your browser; if it is there, save it as a file and upload it,"
        " or paste its text."
    )


def _request(parts: AddressParts) -> bytes:
    return f"GET {parts.target} HTTP/1.1\r\nHost: {parts.place}\r\n{_HEADERS_SENT}\r\n".encode("ascii")


def _decoded(answer: http.client.HTTPResponse, encoding: str, limit: int) -> bytes:
    """Read a body, taking one layer of gzip off it as it comes."""
    if encoding not in {"identity", "gzip", "x-gzip"}:
        raise ValueError("encoding")
    body = bytearray()
    gunzip = _Gunzip() if encoding != "identity" else None
    while piece := answer.read(_PIECE):
        body += gunzip.piece(piece, limit + 1 - len(body)) if gunzip else piece
        if len(body) > limit:
            raise wire.TooMuch
    if answer.length or gunzip and not gunzip.is_whole:
        raise ValueError("cut")
    return bytes(body)


class _Gunzip:
    """Unpacks gzip piece by piece, one member after the other, and never more than it is asked for."""

    def __init__(self) -> None:
        self._member = zlib.decompressobj(zlib.MAX_WBITS | 16)
        self.is_whole = False

    def piece(self, packed: bytes, most: int) -> bytes:
        """Unpack a piece, `most` octets at most: whoever gets as many stops there, for the rest is dropped."""
        unpacked = bytearray()
        while packed and len(unpacked) < most:
            if self._member.eof:
                if not packed.strip(b"\0"):
                    break
                self._member = zlib.decompressobj(zlib.MAX_WBITS | 16)
            unpacked += self._member.decompress(packed, most - len(unpacked))
            packed = self._member.unused_data
        self.is_whole = self._member.eof
        return bytes(unpacked)
