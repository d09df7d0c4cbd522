"""What the lists of outlets, sources and actors may be asked; lists of terms only for a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from archive.filters import terms
from archive.filters.dates import OneMonth, stretch
from archive.filters.facets import FacetedFilter, counted, sets_by_value
from archive.filters.listing import ListFilter
from archive.filters.tally import among
from archive.filters.terms import Choices, Languages, Terms, Wordings
from archive.models import Actor, Measure, Outlet, Source, Tactic
from archive.models import vocabulary as words
from archive.models.base import overlapping


class Month(django_filters.Filter):
    field_class = OneMonth


class RecordFilter(FacetedFilter):
    """A list whose parameters are each a way from the record to a value.

    paths: the way, by parameter, and what else must be so of the same rows. orders: a word of the QuerySet by order.
    """

    paths: Mapping[str, tuple[str, Mapping[str, object]]] = {}
    orders: Mapping[str, str] = {}

    def filter_queryset(self, records: QuerySet[Any]) -> QuerySet[Any]:
        found = self._narrowed(records)
        word = self.orders.get(self.form.cleaned_data["sort"])
        return getattr(found, word)() if word else found

    def _narrowed(self, records: QuerySet[Any], without: str = "") -> QuerySet[Any]:
        found = records
        for name, (path, beside) in self.paths.items():
            if name != without and (values := self.values(name)):
                so = self._rows().filter(**{f"{path}__in": values}, **beside)
                found = found.filter(pk__in=so.values("pk"))
        days = stretch(self.form.cleaned_data)
        return found.filter(overlapping("date_from", "date_to", start=days[0], end=days[1])) if days else found

    def _rows(self) -> Any:
        return self._meta.model.objects.visible_to(self.user).published().order_by()

    def counts(self, name: str) -> Mapping[str, int]:
        path, beside = self.paths[name]
        found = frozenset(self._narrowed(self._rows(), name).values_list("pk", flat=True))
        # Counted here: databases without statistics look each record up in each row beside it.
        pairs = self._rows().filter(**beside).values_list(path, "pk").distinct()
        return counted(sets_by_value(pair for pair in among(pairs, "pk", found) if pair[1] in found))


class OutletFilter(RecordFilter):
    """With what each publishes about: the languages are those of its articles here. watched: a month."""

    first = ("outlet_country", "outlet_kind", "language")
    marks: Mapping[str, Any] = {"watched": _("Watched in")}
    orders = {"articles": "with_most_articles_first"}
    paths = {
        "outlet_country": ("country__code", {}),
        "outlet_kind": ("kind", {}),
        "language": ("articles__language", {"articles__status": words.RecordStatus.PUBLISHED}),
    }
    SORTS = [("name", _("By name")), ("articles", _("Most articles first"))]

    outlet_country = Terms(terms.COUNTRIES, _("Country"))
    outlet_kind = Terms(Choices(words.OutletKind), _("Kind"))
    language = Terms(Languages(), _("Language of its articles"))
    watched = Month(method="unchanged")
    sort = django_filters.ChoiceFilter(choices=SORTS, method="unchanged")

    class Meta:
        model = Outlet
        fields: list[str] = []

    def _narrowed(self, records: QuerySet[Any], without: str = "") -> QuerySet[Any]:
        month, found = self.form.cleaned_data["watched"], super()._narrowed(records, without)
        return found.filter(pk__in=Outlet.objects.watched_in(month.earliest).values("pk")) if month else found


class SourceFilter(RecordFilter):
    """state: what came of the last look for the source. outlet: whose articles cite it."""

    first = ("source_kind", "actor", "state", "outlet")
    further = ("occasion", "place")
    orders = {"cited": "most_cited_first", "changed": "recently_changed"}
    paths = {
        "source_kind": ("kind", {}),
        "actor": ("actors__public_id", {}),
        "state": ("state", {}),
        "outlet": ("citations__article__outlet__slug", {"citations__article__status": words.RecordStatus.PUBLISHED}),
        "occasion": ("occasion", {}),
        "place": ("place__slug", {}),
    }
    SORTS = [("newest", _("Newest first")), ("cited", _("Cited most first")), ("changed", _("Changed last first"))]
    dates = [("said", _("said or dated"))]

    source_kind = Terms(Choices(words.SourceKind), _("Kind"))
    actor = Terms(terms.ACTORS, _("Who speaks in it"))
    state = Terms(Choices(words.SourceCheckState), _("When it was last looked for"))
    outlet = Terms(terms.OUTLETS, _("Cited by"))
    occasion = Terms(Wordings(), _("Occasion"))
    place = Terms(terms.PLACES, _("Place"))
    sort = django_filters.ChoiceFilter(choices=SORTS, method="unchanged")

    class Meta:
        model = Source
        fields: list[str] = []

    def _rows(self) -> Any:
        return super()._rows().with_state()


class ActorFilter(RecordFilter):
    """part: whether a claim says that the actor did or answered something."""

    first = ("kind", "country", "part")
    further = ("parent",)
    marks: Mapping[str, Any] = {}
    paths = {
        "kind": ("kind", {}),
        "country": ("country__code", {}),
        "part": ("parts_in_claims__part", {"parts_in_claims__claim__status": words.RecordStatus.PUBLISHED}),
        "parent": ("parent__public_id", {"parent__status": words.RecordStatus.PUBLISHED}),
    }
    SORTS = [("name", _("By name"))]

    kind = Terms(Choices(words.ActorKind), _("Kind"))
    country = Terms(terms.COUNTRIES, _("Country"))
    part = Terms(Choices(words.ClaimActorPart), _("In claims said to be"))
    parent = Terms(terms.ACTORS, _("Belongs to"))
    sort = django_filters.ChoiceFilter(choices=SORTS, method="unchanged")

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
