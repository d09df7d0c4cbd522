"""People in public roles and bodies: who speaks, who acts, who answers. Private persons are never actors."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from archive.models.base import Record, RecordQuerySet, known
from archive.models.places import Country
from archive.models.vocabulary import ActorKind


class ActorQuerySet(RecordQuerySet["Actor"]):
    def part_of(self, parents: Iterable[int]) -> Self:
        """Bodies and people directly below one of these."""
        return self.filter(parent__in=parents)

    def called(self, name: str) -> Self:
        """Known by exactly this name, in any of its spellings; the oldest first."""
        return self.filter(Q(name=name) | Q(names__name=name)).order_by("pk").distinct()

    def named_in(self, reports: models.QuerySet, claims: models.QuerySet, sources: models.QuerySet) -> Self:  # type: ignore[type-arg]  # models above this one
        """Who speaks in the reports, acts in the claims or stands behind the sources, each once."""
        return self.filter(
            Q(appearances__in=reports) | Q(parts_in_claims__claim__in=claims) | Q(roles__source__in=sources)
        ).distinct()

    def for_listing(self) -> Self:
        """Load what browse/actor_list.html reads. Two queries."""
        return self.select_related("parent", "country").prefetch_related("names").order_by("name", "pk")

    def for_page(self) -> Self:
        return self.select_related("parent", "country").prefetch_related("names")


class Actor(Record):
    """A person in a public role, or a body.

    parent: the body that it belongs to; two voices of one parent are one starting point.
    role: the public role; the role as printed at one occasion stands on the source.
    """

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=ActorKind)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    country = models.ForeignKey(Country, null=True, blank=True, on_delete=models.PROTECT)
    role = models.CharField(max_length=200, blank=True)

    objects = ActorQuerySet.as_manager()

    class Meta(Record.Meta):
        ordering = ["name"]
        constraints = [
            *Record.Meta.constraints,
            known("kind", ActorKind, "actor_kind_known"),
            models.CheckConstraint(condition=~Q(name=""), name="actor_name_present"),
            models.CheckConstraint(
                condition=~Q(parent=models.F("id")),
                name="actor_not_its_own_parent",
                violation_error_message="A body cannot be its own parent.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("browse:actor-detail", kwargs={"public_id": self.public_id})


class ActorName(models.Model):
    """A name in one script and spelling, as met in print."""

    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=200)
    language = models.CharField(max_length=12, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["actor", "name"], name="actor_name_once")]

    def __str__(self) -> str:
        return self.name
