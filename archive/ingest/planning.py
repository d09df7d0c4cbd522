"""What is to become of the rows of a batch, found out by a fixed number of questions to the archive."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from archive.ingest.received import Outcome, Received, Result
from archive.ingest.rows import Row
from archive.models import Article, ImportRow
from archive.text.identifiers import random_public_id

OTHER_CONTENT = "This item was imported before with other content, as article {id}. Edit that article instead."
OTHER_KEY = "Its address is held by article {id}, which says something else. Edit that article instead."


@dataclass(frozen=True, slots=True)
class Item:
    """A row as received and as read."""

    received: Received
    row: Row


@dataclass(frozen=True, slots=True)
class Addition:
    """A row that is new. public_id: of the article to be."""

    item: Item
    public_id: str


@dataclass(slots=True)
class Plan:
    additions: list[Addition] = field(default_factory=list)
    results: list[Result] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Held:
    """An article that the archive, or an earlier row of the batch, holds.

    digests: of the rows that it came from; none where it came another way.
    """

    public_id: str
    headline: str = ""
    language: str = ""
    published: tuple[date | None, date | None] = (None, None)
    digests: frozenset[str] = frozenset()

    def says(self, row: Row) -> bool:
        """Whether the row says nothing that this article does not say."""
        if self.digests:
            return row.digest in self.digests
        when = (row.when.earliest, row.when.latest) if row.when else self.published
        return (
            row.headline in ("", self.headline)
            and row.language in ("", self.language)
            and when == self.published
            and not row.has_text
        )


class Known:
    """Keys and addresses that are taken: by the archive, and by what was planned before.

    A dry run keeps one for the whole file; an import makes a new one for each batch.
    """

    def __init__(self) -> None:
        self.keys: dict[tuple[str, str], Held] = {}
        self.addresses: dict[str, Held] = {}

    def look_up(self, rows: Sequence[Row]) -> None:
        """Add what the archive holds under these rows' keys and addresses. Three queries at most."""
        wanted = {(row.collection, row.key) for row in rows}
        found = ImportRow.objects.keyed({one for one, _ in wanted}, {key for _, key in wanted})
        for collection, key, digest, public_id in found.values_list(
            "source_file", "row_key", "digest", "article__public_id"
        ):
            if (collection, key) in wanted:
                self.keys[collection, key] = Held(public_id or "", digests=frozenset([digest]))
        addresses = {row.address for row in rows if row.address and (row.collection, row.key) not in self.keys}
        if addresses:
            self.addresses.update(_held_at(addresses))

    def take(self, row: Row, public_id: str) -> None:
        held = Held(public_id, digests=frozenset([row.digest]))
        self.keys[row.collection, row.key] = held
        if row.address:
            self.addresses[row.address] = held


def _held_at(addresses: Iterable[str]) -> dict[str, Held]:
    articles = {
        pk: (address, public_id, headline, language, (first, last))
        for pk, address, public_id, headline, language, first, last in Article.objects.at_addresses(
            addresses
        ).values_list("pk", "address", "public_id", "headline", "language", "published_from", "published_to")
    }
    digests: dict[int, set[str]] = {pk: set() for pk in articles}
    if articles:
        for pk, digest in ImportRow.objects.of_articles(articles).values_list("article", "digest"):
            digests[pk].add(digest)
    return {
        address: Held(public_id, headline, language, published, frozenset(digests[pk]))
        for pk, (address, public_id, headline, language, published) in articles.items()
        if address
    }


def plan(items: Sequence[Item], known: Known) -> Plan:
    """Sort rows into new ones, ones that are held already, and ones that contradict what is held."""
    known.look_up([item.row for item in items])
    planned = Plan()
    for item in items:
        row = item.row
        held = known.keys.get((row.collection, row.key))
        by_address = None if held else known.addresses.get(row.address)
        if held:
            same, column, reason = row.digest in held.digests, "id", OTHER_CONTENT
        elif by_address:
            held, same, column, reason = by_address, by_address.says(row), "url", OTHER_KEY
        else:
            public_id = random_public_id()
            known.take(row, public_id)
            planned.additions.append(Addition(item, public_id))
            continue
        planned.results.append(_held(item, held, column if not same else "", reason if not same else ""))
    return planned


def _held(item: Item, held: Held, column: str, reason: str) -> Result:
    return Result(
        item.received.line,
        Outcome.CONFLICT if reason else Outcome.SAME,
        column,
        reason.format(id=held.public_id),
        item.row.key,
        held.public_id,
    )
