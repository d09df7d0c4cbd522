"""What is taken from a page or a web archive, as plain data that passes between two processes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

HEADLINE = "headline"
BYLINE = "byline"
OUTLET = "outlet"
LANGUAGE = "language"
ADDRESS = "address"
DESCRIPTION = "description"
PUBLISHED = "published"

# Bases of dates that may bound the day of publication and never be it; terms of `DateBasis`.
BOUNDS_ONLY = frozenset({"render-stamp", "footer", "cited-item"})


@dataclass(frozen=True, slots=True)
class Proposal:
    """One value for one field, and where it came from; an editor decides.

    what: the field. value: as the field takes it (dates in EDTF, languages as BCP 47). where: "JSON-LD headline".
    words: as printed or declared, for dates. basis: a term of `DateBasis`, for dates.
    """

    what: str
    value: str
    where: str
    words: str = ""
    basis: str = ""

    @property
    def only_bounds(self) -> bool:
        """A footer's year, a render stamp or a date of something cited says nothing of the day itself."""
        return self.basis in BOUNDS_ONLY


@dataclass(frozen=True, slots=True)
class Note:
    """Something that could not be kept or is not certain. count: how many, where that says something."""

    kind: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class Extracted:
    """All visible text of a page and what the page says of itself.

    text: NFC, blank lines between paragraphs, the headline first. zones: one a paragraph.
    proposals: the best of each field first. extractor: name and version of what did it.
    """

    text: str
    zones: tuple[str, ...]
    proposals: tuple[Proposal, ...]
    notes: tuple[Note, ...]
    extractor: str

    def proposed(self, what: str) -> tuple[Proposal, ...]:
        return tuple(proposal for proposal in self.proposals if proposal.what == what)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        return cls(
            data["text"],
            tuple(data["zones"]),
            tuple(Proposal(**proposal) for proposal in data["proposals"]),
            tuple(Note(**note) for note in data["notes"]),
            data["extractor"],
        )


@dataclass(frozen=True, slots=True)
class Recorded:
    """A page in a web archive. number: its place, from 1, by which it is asked for; at: UTC, or empty.

    member: the file inside a WACZ; empty for a WARC. size: octets as stored in the record, headers not counted.
    """

    number: int
    member: str
    address: str
    at: str
    status: int
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class Listed:
    """The pages that a web archive holds, the first `records.MOST_PAGES` of them."""

    pages: tuple[Recorded, ...]
    notes: tuple[Note, ...]

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        return cls(
            tuple(Recorded(**page) for page in data["pages"]),
            tuple(Note(**note) for note in data["notes"]),
        )


class Refusal(Exception):
    """The child's word that it will not go on. kind: a key of `reading.SENTENCES`."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        super().__init__(kind)
