"""An annotation as plain data: what goes out into files and comes in from them.

Nothing here knows a database. Whoever takes annotations in finds their places (``text.placing``), their articles,
terms and claims, and makes everything private.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

HIGHLIGHTING, COMMENTING, QUESTIONING = "highlighting", "commenting", "questioning"
TAGGING, LINKING, REPLYING = "tagging", "linking", "replying"
MOTIVATIONS = (HIGHLIGHTING, COMMENTING, QUESTIONING, TAGGING, LINKING, REPLYING)


@dataclass(frozen=True, slots=True)
class Told:
    """One annotation.

    id: an IRI, or ''. body: plain text. tags: free; tactics: slugs of the glossary's terms. claim: the address of a
    claim's page here, or ''. creator: a pen name, or ''. created, modified: UTC.
    source: the address of the annotated page, of an article here or in a foreign file of any page; outlet_address:
    where the outlet published it, or ''. quote, prefix, suffix: NFC. start, end: code points in the reader's own text,
    paragraphs joined by a blank line.
    reply_to: the id of what it answers. Only replies have one, and neither source nor place: those of what they answer.
    sharing: private, shared, proposed or published; it goes into no file, and what comes from one is private.
    """

    id: str = ""
    motivation: str = COMMENTING
    body: str = ""
    tags: tuple[str, ...] = ()
    tactics: tuple[str, ...] = ()
    claim: str = ""
    creator: str = ""
    created: datetime | None = None
    modified: datetime | None = None
    source: str = ""
    outlet_address: str = ""
    quote: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int | None = None
    end: int | None = None
    reply_to: str = ""
    sharing: str = "private"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file holds. problems: sentences on what is not in `tolds` as it was in the file."""

    tolds: tuple[Told, ...] = ()
    problems: tuple[str, ...] = ()


class Unreadable(ValueError):
    """One annotation cannot be taken in, for the reason said."""


JSON = Any  # dict, list, str, int, float, bool or None, of any shape: whoever takes it asks
