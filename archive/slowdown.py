"""Slowing down whoever sends too much, without keeping who that is.

Each sending takes one of a few places in a table that all workers share. A place is named by HMAC(address of the
reader, key of the day) and is free again when its time is over; the worker deletes it within the next hour. The key is
drawn by chance, stands in this table alone and goes within two hours of its day: then nobody, who has all the
archive's secrets included, can tell a name from any other. The table is in no backup. Of an IPv6 address the network
counts (64 bits), which is one household.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import secrets

from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.http import HttpRequest
from django.utils import timezone

CACHE = "slowdown"
HOUR = 60 * 60  # seconds
LONGEST = 24 * HOUR


def takes_place(request: HttpRequest, act: str, *, most: int, seconds: int, of: str = "") -> bool:
    """Take one of the reader's places for an act; False where all are taken. Queries: the key's, and four a place.

    most: places. seconds: until a place is free again; never more than a day. of: counted apart for each such word.
    Behind a front that does not name its readers nobody is slowed down, rather than each for what the others do.
    """
    if not names_readers():
        return True
    return _takes(f"{act}-{_digest(of, _network(_address(request)))}", most, seconds)


def takes_place_of(word: str, act: str, *, most: int, seconds: int) -> bool:
    """Take one of the places that all readers together have for a word, such as the name of an account; as above."""
    return _takes(f"{act}-{_digest(word)}", most, seconds)


def note(request: HttpRequest, act: str, *, of: str) -> None:
    """Remember until the end of the day, at the latest, that this reader did this to that word."""
    if names_readers():
        caches[CACHE].set(f"{act}-{_digest(of, _network(_address(request)))}", 1, LONGEST)


def is_noted(request: HttpRequest, act: str, *, of: str) -> bool:
    """Whether this reader did this to that word today. Two queries."""
    return names_readers() and bool(caches[CACHE].get(f"{act}-{_digest(of, _network(_address(request)))}"))


def names_readers() -> bool:
    """Whether readers can be told apart: not behind a front that does not name them."""
    return bool(settings.ARCHIVE_READER_HEADER) or not settings.ARCHIVE_PRODUCTION


def _takes(name: str, most: int, seconds: int) -> bool:
    places = caches[CACHE]
    return any(places.add(f"{name}-{place}", 1, min(seconds, LONGEST)) for place in range(most))


def forget_old() -> int:
    """Delete places and keys whose time is over. Returns how many. One query."""
    now = connection.ops.adapt_datetimefield_value(timezone.now().replace(microsecond=0))
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM archive_slowdown WHERE expires < %s", [now])
        return int(cursor.rowcount)


def _digest(*words: str) -> str:
    """A name for somebody that lasts a day and cannot be turned back when the key of the day is gone."""
    drawn = secrets.token_hex()
    # Of workers that draw at once, the first one's key is everybody's.
    now = timezone.localtime()
    key = caches[CACHE].get_or_set(f"key-{now.date()}", drawn, (25 - now.hour) * HOUR) or drawn
    said = "\0".join(words).encode(errors="replace")
    return hmac.new(key.encode(), said, hashlib.sha256).hexdigest()[:32]


def _address(request: HttpRequest) -> str:
    """The address as the front server names it, or else that of the connection."""
    if settings.ARCHIVE_READER_HEADER:
        # A front adds to what it was sent: the last one is its own word.
        return str(request.headers.get(settings.ARCHIVE_READER_HEADER, "")).rpartition(",")[2].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def _network(address: str) -> str:
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address[:100]
    if isinstance(found, ipaddress.IPv6Address):
        found = found.ipv4_mapped or found
    return str(ipaddress.ip_network((found, 64), strict=False)) if found.version == 6 else str(found)
