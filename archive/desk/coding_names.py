"""Names to choose from while a report is typed: of what was changed last, each as the form takes it back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from archive.models import Actor, Claim, Figure, Measure, Person, Source

OFFERED = 400


def written(record: Claim | Actor | Source | None, reader: Person) -> str:
    """A record by its name and id, as a field of the form takes it back."""
    return f"{name_of(record, reader)} ({record.public_id})".lstrip() if record else ""


def name_of(record: Claim | Actor | Source, reader: Person) -> str:
    return record.title_for(reader) if isinstance(record, Source) else str(record)


class Names:
    """What is offered to a person. Five queries."""

    def __init__(self, reader: Person) -> None:
        self._claims = list(Claim.objects.visible_to(reader).not_withdrawn().recently_changed()[:OFFERED])
        self._actors = list(Actor.objects.visible_to(reader).not_withdrawn().recently_changed()[:OFFERED])
        sources = Source.objects.visible_to(reader).not_withdrawn().recently_changed()
        self._sources = list(sources.select_related("article")[:OFFERED])
        self._counted = Figure.objects.visible_to(reader).last_measures(self._claims)
        self._reader = reader
        offered: list[Claim | Actor | Source] = [*self._claims, *self._actors, *self._sources]
        self._alike = Counter((type(one), name_of(one, reader)) for one in offered)
        self.measures = [measure.slug for measure in Measure.objects.visible_to(reader).order_by("slug")[:OFFERED]]

    def typed(self, record: Claim | Actor | Source | None) -> str:
        """A record's name, and its id where the name is not known to be its own."""
        if record is None:
            return ""
        name = name_of(record, self._reader)
        is_its_own = name and self._alike[type(record), name] == 1
        return name if is_its_own else written(record, self._reader)

    @property
    def claims(self) -> Iterable[tuple[str, str]]:
        """Each with the measure by which it was counted last, or nothing."""
        return ((self.typed(claim), self._counted.get(claim.pk, "")) for claim in self._claims)

    @property
    def actors(self) -> Iterable[str]:
        return map(self.typed, self._actors)

    @property
    def sources(self) -> Iterable[str]:
        return map(self.typed, self._sources)
