"""What the record of a new article starts with, from what was read of its page: each value with where it stands.

An editor decides; nothing here asks the database.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from archive.desk.intake_answers import TYPED
from archive.desk.intake_reading import Reading, headlines
from archive.extract.held import address_keys
from archive.extract.results import ADDRESS, BYLINE, LANGUAGE, OUTLET, PUBLISHED, Extracted, Proposal
from archive.models.vocabulary import DatePrecision
from archive.text import anchor
from archive.text.addresses import NotAnAddress, address_key, canonical_address
from archive.text.anchor import TextSpan
from archive.text.dates import NotADate, PartialDate, parse_edtf
from archive.text.normalise import single_line

MOST_PROPOSALS = 80
_LONGEST = 500
_WORDS = 120


@dataclass(frozen=True, slots=True)
class FoundDay:
    """A day of publication as the page says it. span: where its words stand in the text, if they do so once."""

    proposal: Proposal
    when: PartialDate
    span: TextSpan | None
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Draft:
    """A record to be. address, outlet, host: empty where not known. taken: the proposals that its fields are from."""

    headline: str
    byline: str
    language: str
    address: str
    outlet: str
    host: str
    days: tuple[FoundDay, ...]
    keys: tuple[str, ...]
    taken: tuple[Proposal, ...]

    @property
    def address_key(self) -> str:
        return address_key(self.address) if self.address else ""

    @property
    def chosen(self) -> FoundDay | None:
        return next((day for day in self.days if day.is_chosen), None)


def draft_of(reading: Reading, *, outlet: str = "") -> Draft:
    """Choose the best of what was proposed. outlet: as the editor typed it, which goes before what the page says."""
    found = reading.found
    headline = next(iter(headlines(found)), None)
    byline, language = (next(iter(found.proposed(what)), None) for what in (BYLINE, LANGUAGE))
    publisher = Proposal(OUTLET, outlet, TYPED) if outlet else next(iter(found.proposed(OUTLET)), None)
    address = _address(reading)
    days = tuple(_days(found))
    chosen = next((day.proposal for day in days if day.is_chosen), None)
    taken = (headline, byline, language, publisher, address, chosen)
    return Draft(
        headline=single_line(headline.value)[:500] if headline else "",
        byline=single_line(byline.value)[:300] if byline else "",
        language=language.value[:12] if language else "",
        address=address.value if address else "",
        outlet=single_line(publisher.value)[:200] if publisher else "",
        host=(urlsplit(address.value).hostname or "").removeprefix("www.") if address else "",
        days=days,
        keys=address_keys(found, reading.addresses),
        taken=tuple(one for one in taken if one),
    )


def as_kept(draft: Draft, found: Extracted) -> list[dict[str, Any]]:
    """All proposals as an intake keeps them, those first that the draft took."""
    proposed = [*draft.taken, *(one for one in found.proposals if one not in draft.taken)]
    return [
        {
            "field": one.what,
            "value": one.value[:_LONGEST],
            "basis": one.basis,
            "found_in": one.where,
            "is_taken": one in draft.taken,
            "only_bounds": one.only_bounds,
        }
        for one in proposed[:MOST_PROPOSALS]
    ]


def _address(reading: Reading) -> Proposal | None:
    """The address of the article: what the page calls itself, if that is on its own host, or where it was found."""
    said = [one for one in reading.found.proposed(ADDRESS) if _is_article(one.value)]
    if not reading.addresses:
        return next(iter(said), None)
    found = canonical_address(reading.addresses[-1])
    own = [one for one in said if _host(one.value) == _host(found)]
    return own[0] if own else Proposal(ADDRESS, found, "where it was found")


def _host(address: str) -> str:
    return (urlsplit(address).hostname or "").removeprefix("www.")


def _is_article(address: str) -> bool:
    """Whether a page may be meant: many sites call every page by the address of their front page."""
    try:
        parts = urlsplit(canonical_address(address))
    except NotAnAddress:
        return False
    return bool(parts.path.strip("/") or parts.query)


def _days(found: Extracted) -> Iterator[FoundDay]:
    """Days that the page says, in their order; the first that may be the day of publication is chosen.

    One without its year is chosen only where there is no other.
    """
    read = list(_read(found.proposed(PUBLISHED)))
    usable = [
        proposal for proposal, when in read if not proposal.only_bounds and when.precision != DatePrecision.NO_YEAR
    ]
    usable += [proposal for proposal, _when in read if not proposal.only_bounds]
    for proposal, when in read:
        yield FoundDay(proposal, when, _span(found.text, proposal), proposal is next(iter(usable), None))


def _read(proposals: Sequence[Proposal]) -> Iterator[tuple[Proposal, PartialDate]]:
    for proposal in proposals:
        try:
            yield proposal, parse_edtf(proposal.value)
        except NotADate:
            continue


def _span(text: str, proposal: Proposal) -> TextSpan | None:
    """Where the words of a date stand; none where they stand in several places, or only in the page's metadata."""
    words = proposal.words[:_WORDS].strip()
    try:
        return anchor.anchor_quote(text, words) if words else None
    except (anchor.QuoteNotFound, anchor.QuoteIsAmbiguous):
        return None
