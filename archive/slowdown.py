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


def takes_place(request: HttpRequest, act: str, *, most: int, seconds: int) -> bool:
    """Take one of the reader's places for an act; False where all are taken. Queries: the key's, and four a place.

    most: places. seconds: until a place is free again; never more than a day.
    Behind a front that does not name its readers nobody is slowed down, rather than each for what the others do.
    """
    if settings.ARCHIVE_PRODUCTION and not settings.ARCHIVE_READER_HEADER:
        return True
    places, name = caches[CACHE], f"{act}-{_reader(request)}"
    return any(places.add(f"{name}-{place}", 1, min(seconds, LONGEST)) for place in range(most))


def forget_old() -> int:
    """Delete places and keys whose time is over. Returns how many. One query."""
    now = connection.ops.adapt_datetimefield_value(timezone.now().replace(microsecond=0))
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM archive_slowdown WHERE expires < %s", [now])
        return int(cursor.rowcount)


def _reader(request: HttpRequest) -> str:
    """A name for the reader that lasts a day and cannot be turned back when the key of the day is gone."""
    drawn = secrets.token_hex()
    # Of workers that draw at once, the first one's key is everybody's.
    now = timezone.localtime()
    key = caches[CACHE].get_or_set(f"key-{now.date()}", drawn, (25 - now.hour) * HOUR) or drawn
    return hmac.new(key.encode(), _network(_address(request)).encode(), hashlib.sha256).hexdigest()[:32]


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
