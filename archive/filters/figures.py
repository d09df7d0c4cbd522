"""What the list of figures may be asked: of the number, and of the report and the claim in which it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from archive.filters import reports
from archive.filters.claims import ReportFilter
from archive.filters.dates import stretch
from archive.filters.facets import counted, grouped
from archive.filters.reports import FROM_FIGURES, PATHS_OF_FIGURES
from archive.filters.tally import Tally, among, are_apart
from archive.filters.terms import Choices, Terms
from archive.models import Figure, TacticUse
from archive.models import vocabulary as words
from archive.models.evidence import FigureQuerySet

SORTS = [
    ("newest", _("Newest day first")),
    ("oldest", _("Oldest day first")),
    ("largest", _("Largest first")),
    ("measure", _("By what is counted")),
]
DATES = [
    ("counted", _("it was so")),
    ("said", _("said by the source")),
    ("happened", _("said to have happened")),
]
ORDERS = {"oldest": "oldest_first", "largest": "largest_first", "measure": "by_measure"}


class FigureFilter(ReportFilter):
    """min, max: the number as worded lies between them. from, to: by default of the day or period it holds for."""

    first = ("stage", "measure", "people", "speaker", "area", "outlet", "place")
    further = (
        *("comparator", "counting", "kind", "tactic", "source", "source_kind", "credit", "voice", "act"),
        *("language", "outlet_country"),
    )
    dates = DATES

    comparator = Terms(Choices(words.Comparator), _("Wording of the number"))
    counting = Terms(Choices(words.CountingBasis), _("How it was counted"))
    sort = django_filters.ChoiceFilter(choices=SORTS, method="unchanged")

    class Meta:
        model = Figure
        fields: list[str] = []

    def filter_queryset(self, figures: FigureQuerySet) -> FigureQuerySet:
        found = figures
        if self._is_narrowed:
            # Each once, however many credits its report has.
            pks: Any = self._found("").settled() or self._narrowed(figures).values("pk")
            found = figures.filter(pk__in=pks)
        order = ORDERS.get(self.form.cleaned_data["sort"], "newest_first")
        ordered: FigureQuerySet = getattr(found, order)()
        return ordered

    @property
    def _is_narrowed(self) -> bool:
        asked = {name for name in self.filters if isinstance(self.filters[name], Terms) and self.asked(name)}
        return bool(asked or stretch(self.form.cleaned_data) or self.range_of_numbers != (None, None))

    def _narrowed(self, figures: FigureQuerySet, without: str = "", beside: Q | None = None) -> FigureQuerySet:
        """The figures of which all that is asked is so, but for one parameter. beside: what else must be so.

        What concerns one report goes into one condition, which comes last: it must be met in one place.
        """
        found = figures.order_by()
        for name in ("people", "area", "place", "tactic"):
            for group in self.groups(name, without):
                found = found.filter(pk__in=Figure.objects.published().filter(self._is_so(name, group)).values("pk"))
        once = {name for name in PATHS_OF_FIGURES if name not in {"people", "area", "place"} and name != without}
        so = self.meeting(once, FROM_FIGURES) & reports.in_range(*self.range_of_numbers, FROM_FIGURES)
        for name in ("comparator", "counting"):
            if name != without and self.asked(name):
                so &= Q(**{f"{name}__in": self.values(name)})
        return found.filter(so & self._on_its_day() & (beside or Q()))

    def _is_so(self, name: str, values: tuple[str, ...]) -> Q:
        if name == "tactic":
            uses = TacticUse.objects.published().filter(tactic__slug__in=values)
            return Q(appearance__claim__in=uses.values("appearance__claim"))
        meant = self.gazetteer.within(values) if name == "place" else values
        return reports.meeting({name: meant}, FROM_FIGURES, PATHS_OF_FIGURES)

    def _on_its_day(self) -> Q:
        days, kind = stretch(self.form.cleaned_data), self.form.cleaned_data["date"]
        if not days:
            return Q()
        if kind == "said":
            return reports.said_between(*days, FROM_FIGURES)
        if kind == "happened":
            return reports.happening_between(*days, FROM_FIGURES)
        return reports.holding_between(*days, FROM_FIGURES)

    def counts(self, name: str) -> Mapping[str, int]:
        without = "" if self.is_all(name) else name
        if name in {"comparator", "counting"}:
            return grouped(self._narrowed(self.queryset, without), name)
        if name == "tactic":
            found = self._by_tactic(without)
        elif are_apart(name, {one for one in PATHS_OF_FIGURES if one != without and self.asked(one)}):
            found = self._found(without).by_value(PATHS_OF_FIGURES[name])
        else:
            found = self._together(name, without)
        return counted(self.gazetteer.lifted(found) if name == "place" else found)

    def _found(self, without: str) -> Tally:
        """The figures found. One query, the first time."""
        key = self._of_question(without)
        if key not in self._known:
            self._known[key] = Tally(self._narrowed(self.queryset, without), "pk", FROM_FIGURES)
        return self._known[key]

    def _together(self, name: str, without: str) -> dict[str, set[int]]:
        """Where the value must stand in a row of which something else is asked."""
        found: defaultdict[str, set[int]] = defaultdict(set)
        for path in PATHS_OF_FIGURES[name]:
            rows = self._narrowed(self.queryset, without, path.is_so(FROM_FIGURES, isnull=False))
            for value, figure in rows.values_list(path.under(FROM_FIGURES), "pk").distinct():
                found[value].add(figure)
        return found

    def _by_tactic(self, without: str) -> dict[str, set[int]]:
        """Figures by what any report asserts of their claims."""
        of_claims = self._found(without).grouped("claim")
        found: defaultdict[str, set[int]] = defaultdict(set)
        uses = TacticUse.objects.published().order_by().values_list("tactic__slug", "appearance__claim").distinct()
        for slug, claim in among(uses, "appearance__claim", of_claims):
            found[slug].update(of_claims.get(claim, ()))
        return found
