"""What the desk refuses of places and measures."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive.desk import rules
from archive.models import Claim, Measure, PeopleGroup, Place
from archive.models.terms import measure_slug
from archive.models.vocabulary import SETTINGS_NO_FINER_THAN_REGION

COUNTED = {"stage", "people", "origin", "territory", "unit"}
LONGEST_SLUG = 160


def refuse_place(place: Place) -> None:
    """Raises ValidationError for a place finer than a settlement, one that lies in itself, and one that would be
    finer than its claims may show. Queries: one for each place around it, and one.
    """
    outer = place.parent
    if outer is not None and outer.is_finer_than_region:
        raise ValidationError({"parent": _("Nothing lies in a settlement: no place is finer.")})
    if outer is not None and outer.rank > place.rank:
        raise ValidationError({"parent": _("A place lies in one of its own kind or a wider one.")})
    seen: set[int] = set()
    while outer is not None and outer.pk not in seen:
        if outer.pk == place.pk:
            raise ValidationError({"parent": _("A place cannot lie in itself, nor in one of its parts.")})
        seen.add(outer.pk)
        outer = outer.parent
    if place.is_finer_than_region and place.pk:
        if any(part.rank <= place.rank for part in place.parts.all()):
            raise ValidationError({"kind": _("Other places lie in it, so it is no settlement.")})
        if (claim := Claim.objects.set_in(place, SETTINGS_NO_FINER_THAN_REGION).first()) is not None:
            try:
                rules.refuse_place_too_fine(claim.setting, [place])
            except ValidationError as error:
                raise ValidationError({"kind": [f"“{claim}”: {message}" for message in error.messages]}) from error


def refuse_other_count(measure: Measure, changed: Collection[str]) -> None:
    """Raises ValidationError where a measure with figures would count something else. One query."""
    if COUNTED.intersection(changed) and measure.pk and (figures := measure.figures.count()):
        advice = ngettext(
            "%(count)s figure is coded under this measure, and was counted as it says now: its definition alone can be"
            " changed. Add another measure for what is counted otherwise.",
            "%(count)s figures are coded under this measure, and were counted as it says now: its definition alone can"
            " be changed. Add another measure for what is counted otherwise.",
            figures,
        )
        raise ValidationError(advice % {"count": figures})


def slug_of(measure: Measure, people: Iterable[PeopleGroup]) -> str:
    """The slug that follows from what is counted. Raises ValidationError where nobody is, or too much is."""
    groups = [group.slug for group in people]
    if not groups:
        raise ValidationError({"people": _("Say who is counted.")})
    origin, territory = measure.origin, measure.territory
    slug = measure_slug(measure.stage, groups, origin.slug if origin else None, territory.slug if territory else None)
    if len(slug) > LONGEST_SLUG:
        raise ValidationError({"people": _("These are too many groups for one measure. Choose fewer.")})
    return slug
