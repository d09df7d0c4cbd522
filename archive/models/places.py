"""Countries and places, never finer than a settlement."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from archive.models.base import User, known
from archive.models.vocabulary import PlaceKind


class Country(models.Model):
    """A country of ISO 3166-1, named as in CLDR."""

    code = models.CharField(max_length=2, primary_key=True)
    name = models.CharField(max_length=80)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "countries"
        constraints = [
            models.CheckConstraint(condition=Q(code__regex=r"^[A-Z]{2}$"), name="country_code_two_capitals"),
        ]

    def __str__(self) -> str:
        return self.name


class PlaceQuerySet(models.QuerySet["Place"]):
    def visible_to(self, user: User) -> Self:
        """Places are vocabulary; records at them pass their own door."""
        return self.all()

    def slugs_from(self, start: str) -> set[str]:
        """All slugs in use that begin so. One query."""
        return set(self.filter(slug__startswith=start).values_list("slug", flat=True))

    def areas(self) -> Self:
        """Places that people come from: a country, a region of the world or a printed grouping."""
        return self.filter(kind__in=[PlaceKind.COUNTRY, PlaceKind.WORLD_REGION, PlaceKind.GROUPING])


class Place(models.Model):
    """A place as precise as it was printed; a grouping or region never expands into countries.

    parent: the place that this one lies in, for searches of a region with its towns.
    """

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=PlaceKind)
    country = models.ForeignKey(Country, null=True, blank=True, on_delete=models.PROTECT)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")

    objects = PlaceQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            known("kind", PlaceKind, "place_kind_known"),
            models.CheckConstraint(
                condition=~Q(parent=models.F("id")),
                name="place_not_its_own_parent",
                violation_error_message="A place cannot lie in itself.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def rank(self) -> int:
        """How fine its kind is: 0 for a region of the world, the most for a settlement."""
        return list(PlaceKind.values).index(self.kind)

    @property
    def is_finer_than_region(self) -> bool:
        return self.kind == PlaceKind.SETTLEMENT
