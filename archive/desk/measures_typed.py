"""A measure as an editor types it: stage/people/territory, as in its address; held or to be made."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from archive.models import Measure, PeopleGroup, Place
from archive.models.terms import measure_slug
from archive.models.vocabulary import Stage, Unit


class NotAMeasure(ValueError):
    """What was typed names no measure; the message says what to type."""


@dataclass(frozen=True, slots=True)
class TypedMeasure:
    """The parts of a measure. held: the measure, where there is one already."""

    slug: str
    stage: str
    people: tuple[PeopleGroup, ...]
    origin: Place | None
    territory: Place | None
    held: Measure | None

    @property
    def unit(self) -> str:
        return Unit.COUNTRIES if self.stage == Stage.COUNTRIES else Unit.PERSONS


def read_measure(typed: str) -> TypedMeasure:
    """Read "sent/naturalised/ru" or "recruited/foreign-recruits-from-np/all". Raises NotAMeasure."""
    parts = [part.strip() for part in typed.strip().strip("/").split("/")]
    if len(parts) != 3:
        raise NotAMeasure(_("Write what is counted as stage/people/territory, such as sent/naturalised/ru."))
    stage, who, where = parts
    if stage not in Stage.values:
        stages = ", ".join(Stage.values)
        raise NotAMeasure(_("“%(stage)s” is no stage. They are: %(stages)s.") % {"stage": stage, "stages": stages})
    who, _from, origin_slug = who.partition("-from-")
    slugs = who.split("+")
    people = tuple(PeopleGroup.objects.filter(slug__in=slugs))
    if len(people) < len(set(slugs)):
        raise NotAMeasure(_("“%(who)s” names no people concerned. Join several with +.") % {"who": who})
    origin = _place(origin_slug) if origin_slug else None
    territory = None if where == "all" else _place(where)
    slug = measure_slug(stage, slugs, origin_slug or None, None if where == "all" else where)
    held = Measure.objects.filter(slug=slug).first()
    return TypedMeasure(slug, stage, people, origin, territory, held)


def _place(slug: str) -> Place:
    found = Place.objects.filter(slug=slug).first()
    if found is None:
        raise NotAMeasure(_("“%(slug)s” is no place that is held. Add it first, or write “all”.") % {"slug": slug})
    return found
