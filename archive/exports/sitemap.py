"""The map of addresses for search engines: what is published, less what was asked to be left out or is withheld.

A small archive is one map; a large one is an index of parts, each at the same address with its number.
Source: sitemaps.org protocol 0.9 (a map holds at most 50,000 addresses).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from django.utils.html import escape
from django.views.decorators.http import require_safe

from archive.models import Actor, Article, Claim, Outlet, Source
from archive.models.base import RecordQuerySet

PART = 10_000
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
MEDIA_TYPE = "application/xml; charset=utf-8"
PAGES = (
    "browse:home",
    "browse:article-list",
    "browse:outlet-list",
    "claims:claim-list",
    "browse:source-list",
    "browse:actor-list",
    "browse:measure-list",
    "browse:tactic-list",
    "pages:about",
    "pages:methodology",
    "pages:safety",
    "pages:correction-list",
)

Records = RecordQuerySet[Any]


@login_not_required
@require_safe
def sitemap(request: HttpRequest) -> HttpResponseBase:
    """Answer with the whole map, its index, or one part of it. Queries: five counts, and what the part reads."""
    site = request.build_absolute_uri("/").rstrip("/")
    kinds = [(kind, kind.count()) for kind in published()]
    lots = [kind[start : start + PART] for kind, size in kinds for start in range(0, size, PART)]
    part = request.GET.get("part")
    if part is not None:
        number = part_number(part, len(lots))
        lines = address_lines([lots[number - 1]], site, PAGES if number == 1 else ())
    elif sum(size for _kind, size in kinds) <= PART:
        lines = address_lines(lots, site, PAGES)
    else:
        lines = index_lines(f"{site}{request.path}", len(lots))
    return StreamingHttpResponse(lines, content_type=MEDIA_TYPE)


def published() -> list[Records]:
    """What anybody may be told of, whoever asks, kind by kind."""
    public = AnonymousUser()
    return [
        Outlet.objects.visible_to(public).for_robots(),
        Article.objects.visible_to(public).for_robots(),
        Claim.objects.visible_to(public).for_robots(),
        Source.objects.visible_to(public).for_robots(),
        Actor.objects.visible_to(public).for_robots(),
    ]


def part_number(text: str, last: int) -> int:
    """Read the number of a part. Raises Http404 where there is none."""
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else 0
    if not 1 <= number <= last:
        raise Http404
    return number


def address_lines(lots: Iterable[Records], site: str, pages: Iterable[str]) -> Iterator[str]:
    """Write a map line by line; a day is that of the record's last change."""
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{NAMESPACE}">\n'
    for name in pages:
        yield f"<url><loc>{escape(site + reverse(name))}</loc></url>\n"
    for lot in lots:
        for record in lot.iterator(chunk_size=2000):
            address = escape(site + record.get_absolute_url())
            yield f"<url><loc>{address}</loc><lastmod>{record.updated_at:%Y-%m-%d}</lastmod></url>\n"
    yield "</urlset>\n"


def index_lines(address: str, parts: int) -> Iterator[str]:
    """Write the index of a map in parts."""
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex xmlns="{NAMESPACE}">\n'
    for number in range(1, parts + 1):
        yield f"<sitemap><loc>{escape(address)}?part={number}</loc></sitemap>\n"
    yield "</sitemapindex>\n"
