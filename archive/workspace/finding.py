"""What an address of the workspace names: one's own, or what may be read; anything else is 404, whatever it is."""

from __future__ import annotations

from typing import Any, TypeVar

from django.http import Http404

from archive.models import Collection, CollectionEntry, Person, SavedSearch

AnyOwn = TypeVar("AnyOwn", Collection, SavedSearch)


def own(model: type[AnyOwn], public_id: str, person: Person, *, current: bool = True) -> AnyOwn:
    """What this person owns under an id. current: not what was taken out. One query."""
    rows: Any = model._default_manager.get_queryset()
    rows = rows.of(person).with_public_id(public_id).select_related("owner")
    found: AnyOwn | None = (rows.current() if current else rows).first()
    if found is None:
        raise Http404
    return found


def readable(public_id: str, person: Person) -> Collection:
    """A collection of this person's, or one that somebody shares. One query."""
    found = Collection.objects.visible_to(person).with_public_id(public_id).select_related("owner").first()
    if found is None:
        raise Http404
    return found


def entry(collection: Collection, public_id: str, person: Person, *, current: bool = True) -> CollectionEntry:
    """An entry of a collection that this person owns. One query."""
    rows = CollectionEntry.objects.of(person).in_collection(collection).with_public_id(public_id).in_order()
    found = (rows.current() if current else rows).first()
    if found is None:
        raise Http404
    return found
