"""Under which addresses an article may be held already."""

from __future__ import annotations

from collections.abc import Iterable

from archive.extract.results import ADDRESS, Extracted
from archive.text.addresses import NotAnAddress, address_key


def address_keys(extracted: Extracted | None, addresses: Iterable[str]) -> tuple[str, ...]:
    """Keys, as `Article.address_key`, of where a page was asked for, where it was found, and what it calls itself.

    addresses: as given, in the order of their weight; what is no address is passed over. For a notice, never for a
    refusal: a page may call itself anything.
    """
    said = [proposal.value for proposal in extracted.proposed(ADDRESS)] if extracted else []
    keys: dict[str, None] = {}
    for address in (*addresses, *said):
        try:
            keys[address_key(address)] = None
        except NotAnAddress:
            continue
    return tuple(keys)
