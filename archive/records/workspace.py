"""Everything that the workspace keeps of a person, as plain data, to be taken out.

It names records by their id and address alone: what an owner may see of them changes, what the owner wrote does not.
What was taken out and can still be put back is in it. Of a feed's secret only a digest is kept, so it is not.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from archive.models import Collection, CollectionEntry, Person, SavedSearch


@dataclass(frozen=True, slots=True)
class KeptEntry:
    kind: str
    id: str
    page: str
    note: str
    position: int
    added_at: datetime
    removed_at: datetime | None


@dataclass(frozen=True, slots=True)
class KeptCollection:
    title: str
    note: str
    is_shared: bool
    page: str
    created_at: datetime
    removed_at: datetime | None
    entries: tuple[KeptEntry, ...]


@dataclass(frozen=True, slots=True)
class KeptSearch:
    """list: the list that is asked. address: the list, asked so."""

    name: str
    list: str
    query: str
    address: str
    seen_at: datetime
    has_feed: bool
    created_at: datetime
    removed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Workspace:
    collections: tuple[KeptCollection, ...]
    searches: tuple[KeptSearch, ...]


def everything_of(person: Person) -> Workspace:
    """All collections with their entries, and all saved searches, the oldest first. Three queries."""
    entries: dict[int, list[KeptEntry]] = defaultdict(list)
    for one in CollectionEntry.objects.of(person).in_order():
        entries[one.collection_id].append(
            KeptEntry(
                kind=one.kind,
                id=one.record.public_id,
                page=one.record.get_absolute_url(),
                note=one.note,
                position=one.position,
                added_at=one.created_at,
                removed_at=one.removed_at,
            )
        )
    return Workspace(
        tuple(_collection(one, tuple(entries[one.pk])) for one in Collection.objects.of(person).oldest_first()),
        tuple(_search(one) for one in SavedSearch.objects.of(person).oldest_first()),
    )


def _collection(one: Collection, entries: tuple[KeptEntry, ...]) -> KeptCollection:
    return KeptCollection(
        title=one.title,
        note=one.note,
        is_shared=one.is_shared,
        page=one.get_absolute_url(),
        created_at=one.created_at,
        removed_at=one.removed_at,
        entries=entries,
    )


def _search(one: SavedSearch) -> KeptSearch:
    return KeptSearch(
        name=one.name,
        list=one.kind,
        query=one.query,
        address=one.list_address,
        seen_at=one.seen_at,
        has_feed=bool(one.feed_digest),
        created_at=one.created_at,
        removed_at=one.removed_at,
    )
