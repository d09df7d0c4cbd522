"""The hash chain over events: pure functions on data.

Each event's hash covers the previous one, so that a changed, removed or re-ordered event is found.
Values are covered by salted digests only: purging a value and its salt leaves the chain valid and
gives nothing to guess at. (Schneier and Kelsey, Secure Audit Logs, 1999, for the chain.)
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from archive.text.hashing import canonical_json, sha256_hex


@dataclass(frozen=True, slots=True)
class Link:
    """An event as the chain sees it. at: UTC. digests: [[field, old, new], …]."""

    seq: int
    at: datetime
    person: str
    act: str
    kind: str
    public_id: str
    digests: list[list[str]]
    previous: str
    hash: str = ""


def link_hash(link: Link) -> str:
    """SHA-256 of the canonical JSON of all that the event says, and of the hash before it."""
    return sha256_hex(
        canonical_json(
            {
                "seq": link.seq,
                "at": link.at.astimezone(UTC).isoformat(timespec="microseconds"),
                "person": link.person,
                "act": link.act,
                "kind": link.kind,
                "public_id": link.public_id,
                "digests": link.digests,
                "previous": link.previous,
            }
        )
    )


def faults(links: Iterable[Link], *, head: str, seq: int) -> list[str]:
    """Sentences that say what is wrong with the chain; none where it is whole.

    links: in order of seq. head, seq: as the state row has them.
    """
    found: list[str] = []
    previous, expected = "", 1
    for link in links:
        if link.seq != expected:
            found.append(f"Event {expected} is missing: after it comes event {link.seq}.")
            expected = link.seq
        if link.previous != previous:
            found.append(f"Event {link.seq} does not follow from the event before it.")
        if link_hash(link) != link.hash:
            found.append(f"Event {link.seq} has been changed since it was written.")
        previous, expected = link.hash, expected + 1
    if previous != head or expected - 1 != seq:
        found.append(f"The newest event is {expected - 1}; the archive's state says {seq} or another hash.")
    return found
