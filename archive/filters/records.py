"""What the shorter lists may be asked: claims by what is coded of them, the others for a page."""

from __future__ import annotations

from collections.abc import Sequence

import django_filters

from archive.filters.listing import ListFilter
from archive.models import Actor, Appearance, Claim, Measure, Outlet, PeopleGroup, Place, Source, Tactic
from archive.models.claims import ClaimQuerySet


class ClaimFilter(ListFilter):
    """tactic: asserted in a published report of the claim. people, area: set on the claim. Several are OR."""

    several = ("tactic", "people", "area")

    tactic = django_filters.ModelMultipleChoiceFilter(
        to_field_name="slug", queryset=Tactic.objects.all(), method="with_tactic"
    )
    people = django_filters.ModelMultipleChoiceFilter(
        field_name="people__slug", to_field_name="slug", queryset=PeopleGroup.objects.all()
    )
    area = django_filters.ModelMultipleChoiceFilter(
        field_name="areas__slug", to_field_name="slug", queryset=Place.objects.all()
    )

    class Meta:
        model = Claim
        fields: list[str] = []

    def with_tactic(self, claims: ClaimQuerySet, name: str, tactics: Sequence[Tactic]) -> ClaimQuerySet:
        if not tactics:
            return claims
        reports = Appearance.objects.published().filter(tactic_uses__tactic__in=tactics)
        return claims.filter(pk__in=reports.values("claim"))


class OutletFilter(ListFilter):
    class Meta:
        model = Outlet
        fields: list[str] = []


class SourceFilter(ListFilter):
    class Meta:
        model = Source
        fields: list[str] = []


class ActorFilter(ListFilter):
    class Meta:
        model = Actor
        fields: list[str] = []


class MeasureFilter(ListFilter):
    class Meta:
        model = Measure
        fields: list[str] = []


class TacticFilter(ListFilter):
    class Meta:
        model = Tactic
        fields: list[str] = []
