"""What the shorter lists may be asked: claims by what is coded of them, the others for a page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from archive.filters.dates import DatedListFilter
from archive.filters.listing import ListFilter
from archive.models import Actor, Appearance, Claim, Measure, Outlet, PeopleGroup, Place, Source, Tactic
from archive.models.claims import ClaimQuerySet

SORTS = [
    ("voices", _("Most starting points first")),
    ("happened", _("Newest event first")),
    ("said", _("Said last first")),
]
DATES = [("happened", _("happened")), ("said", _("said"))]


class ClaimFilter(DatedListFilter):
    """tactic: asserted in a published report of the claim. people, area: set on the claim. Several are OR.

    from, to: of the event, or of the sources that carry the claim or are credited for it.
    """

    several = ("tactic", "people", "area")
    dates = DATES

    tactic = django_filters.ModelMultipleChoiceFilter(
        to_field_name="slug", queryset=Tactic.objects.all(), method="with_tactic"
    )
    people = django_filters.ModelMultipleChoiceFilter(
        field_name="people__slug", to_field_name="slug", queryset=PeopleGroup.objects.all()
    )
    area = django_filters.ModelMultipleChoiceFilter(
        field_name="areas__slug", to_field_name="slug", queryset=Place.objects.all()
    )

    sort = django_filters.ChoiceFilter(choices=SORTS, method="in_order")

    class Meta:
        model = Claim
        fields: list[str] = []

    def in_order(self, claims: ClaimQuerySet, name: str, value: str) -> ClaimQuerySet:
        return {"happened": claims.by_event, "said": claims.by_statement}.get(value, claims.all)()

    def between(self, records: Any, kind: str, start: date | None, end: date | None) -> Any:
        return records.said_between(start, end) if kind == "said" else records.happening_between(start, end)

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
