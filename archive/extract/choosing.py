"""Which of several headlines and bylines is proposed first.

The headline is the one that readers saw, on the page; where it is printed with a word above it ("Sport: …"), what the
metadata give without that word. A byline that only repeats the outlet's name says nothing of who wrote.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from archive.extract.results import BYLINE, HEADLINE, OUTLET, Proposal
from archive.extract.zoning import alike, key

_PRINTED = "printed on the page"
_SITE = re.compile(r"(.{8,}?)\s+[|–—•·»:-]+\s+([^|–—•·»]{2,60})\Z")
# Each tells of a whole page; several names there are those of a list of authors.
_LISTS = frozenset({"rel author"})
_MOST_NAMES_OF_ONE_PAGE = 2


def bare_headlines(proposals: Iterable[Proposal], address: str) -> list[Proposal]:
    """Take the site's name off the end of headlines."""
    found = list(proposals)
    sites = {key(one.value) for one in found if one.what == OUTLET} | {_host(address)}
    others = [key(one.value) for one in found if one.what == HEADLINE]
    return [replace(one, value=_bare(one.value, sites, others)) if one.what == HEADLINE else one for one in found]


def in_order(proposals: Sequence[Proposal], printed: str) -> list[Proposal]:
    """Put the best headline and the best byline first; the others stay in order."""
    headlines = [one for one in proposals if one.what == HEADLINE]
    sites = {key(one.value) for one in proposals if one.what == OUTLET}
    bylines = sorted(
        (one for one in proposals if one.what == BYLINE), key=lambda one: (key(one.value) in sites, _is_a_list(one))
    )
    rest = [one for one in proposals if one.what not in {HEADLINE, BYLINE}]
    return [*_headlines(headlines, printed), *bylines, *rest]


def _headlines(headlines: list[Proposal], printed: str) -> list[Proposal]:
    if not printed:
        return headlines
    wanted = key(printed)
    for index, one in enumerate(headlines):
        # As printed, but for a word above or below it.
        if one.where != "h1" and len(key(one.value)) >= len(wanted) / 2 and key(one.value) in wanted:
            return [one, *headlines[:index], Proposal(HEADLINE, printed, _PRINTED), *headlines[index + 1 :]]
    if headlines and not any(alike(key(one.value), wanted) for one in headlines):
        # What the page prints largest is then its own name or that of a section.
        return [*headlines, Proposal(HEADLINE, printed, _PRINTED)]
    return [Proposal(HEADLINE, printed, _PRINTED), *headlines]


def _bare(headline: str, sites: set[str], others: Sequence[str]) -> str:
    for _turn in range(2):
        match = _SITE.match(headline)
        if not match:
            break
        end = key(match[2])
        is_site = any(site and (end in site or site in end) for site in sites) and len(end) >= 2
        if not is_site and key(match[1]) not in others:
            break
        headline = match[1]
    return headline


def _is_a_list(one: Proposal) -> bool:
    return one.where in _LISTS and one.value.count(",") >= _MOST_NAMES_OF_ONE_PAGE


def _host(address: str) -> str:
    """The telling part of a host: "news" of www.news.example."""
    host = (urlsplit(address).hostname or "").removeprefix("www.")
    return key(host.rpartition(".")[0])
