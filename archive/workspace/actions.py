"""Writing what people keep: collections, their entries, saved searches.

Whoever acts owns what is written: rows of somebody else are not found. None of it is history, so none of it appends
an event. Taking something out only notes when; it is put back as it was, or deleted for good.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from archive.history import versions
from archive.models import Article, Claim, Collection, CollectionEntry, Person, SavedSearch
from archive.models.workspace import Kept, digest_of

MOST_COLLECTIONS = 200
MOST_ENTRIES = 300
MOST_SEARCHES = 50


class TooMany(Exception):
    """Somebody keeps as much as one person can. most: how much that is."""

    def __init__(self, most: int) -> None:
        self.most = most
        super().__init__(str(most))


class Stale(Exception):
    """It was saved since the form was opened; nothing was written. stored: as it stands now."""

    def __init__(self, stored: Kept) -> None:
        self.stored = stored
        super().__init__(f"{stored} has version {stored.version}.")


def make_collection(title: str, *, note: str = "", is_shared: bool = False, by: Person) -> Collection:
    """Start a collection. Raises TooMany."""
    _leave_room(Collection.objects.of(by).count(), MOST_COLLECTIONS)
    return Collection.objects.create(owner=by, title=title, note=note, is_shared=is_shared)


def change(
    kept: Collection | CollectionEntry | SavedSearch, values: Mapping[str, Any], *, expected: int, by: Person
) -> None:
    """Change some fields of what somebody owns. Raises Stale, where another form of theirs was saved first."""
    rows: Any = type(kept).objects.of(by).with_pk(kept.pk)
    if not rows.at_version(expected).update(version=F("version") + 1, **values):
        raise Stale(rows.get())


def remove(kept: Kept, *, by: Person) -> None:
    """Take something out of its place, to be put back or deleted for good. A feed ends with its search."""
    rows: Any = type(kept)._default_manager.get_queryset()
    off = {"feed_digest": ""} if isinstance(kept, SavedSearch) else {}
    rows.of(by).with_pk(kept.pk).current().update(removed_at=timezone.now(), **off)


def put_back(kept: Kept, *, by: Person) -> None:
    """Put something back to where it was. Raises TooMany."""
    if isinstance(kept, SavedSearch):
        _leave_room(SavedSearch.objects.of(by).current().count(), MOST_SEARCHES)
    rows: Any = type(kept)._default_manager.get_queryset()
    rows.of(by).with_pk(kept.pk).update(removed_at=None)


def forget(kept: Kept, *, by: Person) -> None:
    """Delete for good what was taken out."""
    rows: Any = type(kept)._default_manager.get_queryset()
    rows.of(by).with_pk(kept.pk).removed().delete()


def add_entry(collection: Collection, record: Article | Claim, *, note: str = "", by: Person) -> CollectionEntry:
    """Put a record at the end of a collection; what was taken out of it or is in it already is where it was.

    A note is added to the one that is there. Raises TooMany.
    """
    with transaction.atomic():
        held = Collection.objects.of(by).locked(collection.pk)
        entries = CollectionEntry.objects.in_collection(held)
        there = entries.holding(record).first()
        if there is None:
            _leave_room(entries.count(), MOST_ENTRIES)
            place = 1 + max(entries.values_list("position", flat=True), default=0)
            kind = str(record._meta.model_name)
            return CollectionEntry.objects.create(collection=held, position=place, note=note, **{kind: record})
        there.removed_at = None
        if note and note not in there.note:
            there.note = "\n\n".join(filter(None, [there.note, note]))
            there.version += 1
        there.save(update_fields=["removed_at", "note", "version"])
        return there


def collect(title: str, record: Article | Claim, *, note: str = "", by: Person) -> CollectionEntry:
    """Start a collection with a record. Raises TooMany."""
    with transaction.atomic():
        return add_entry(make_collection(title, by=by), record, note=note, by=by)


def move(collection: Collection, places: Mapping[str, int], *, by: Person) -> None:
    """Put entries (public ids) at places, from 1, one after the other; the others keep their order around them."""
    with transaction.atomic():
        held = Collection.objects.of(by).locked(collection.pk)
        entries = CollectionEntry.objects.in_collection(held).current()
        order = list(entries.order_by("position", "pk"))
        by_id = {entry.public_id: entry for entry in order}
        for public_id, place in places.items():
            if entry := by_id.get(public_id):
                order.remove(entry)
                order.insert(max(place, 1) - 1, entry)
        for place, entry in enumerate(order, start=1):
            entry.position = place
        CollectionEntry.objects.bulk_update(order, ["position"])


def save_search(kind: str, query: str, name: str, *, by: Person) -> SavedSearch:
    """Keep a question (``filters.saved.kept``), seen as of now. One that is kept already stays as it is.

    Raises TooMany.
    """
    seen = {"seen_seq": versions.newest_event()[0], "seen_at": timezone.now()}
    there = SavedSearch.objects.of(by).asking(kind, query).first()
    if there is not None and there.removed_at is None:
        return there
    _leave_room(SavedSearch.objects.of(by).current().count(), MOST_SEARCHES)
    if there is not None:
        SavedSearch.objects.of(by).with_pk(there.pk).update(removed_at=None, name=name, **seen)
        return there
    try:
        with transaction.atomic():
            return SavedSearch.objects.create(owner=by, kind=kind, query=query, name=name, **seen)
    except IntegrityError:
        # Sent twice at once: the first one was kept.
        return SavedSearch.objects.of(by).asking(kind, query).get()


def see(search: SavedSearch, seq: int, *, by: Person) -> None:
    """Note that what was public by an event was seen, and later things were not; never beyond the newest event."""
    seen = min(seq, versions.newest_event()[0])
    SavedSearch.objects.of(by).with_pk(search.pk).update(seen_seq=seen, seen_at=timezone.now())


def make_feed(search: SavedSearch, *, by: Person) -> str:
    """Give a search a feed with a new secret, which nobody is told again; an older secret opens nothing any more."""
    token = secrets.token_urlsafe(32)
    SavedSearch.objects.of(by).with_pk(search.pk).current().update(feed_digest=digest_of(token))
    return token


def end_feed(search: SavedSearch, *, by: Person) -> None:
    SavedSearch.objects.of(by).with_pk(search.pk).update(feed_digest="")


def _leave_room(held: int, most: int) -> None:
    if held >= most:
        raise TooMany(most)
