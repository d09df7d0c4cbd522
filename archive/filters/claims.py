"""What the list of claims may be asked.

What is asked of reports (outlet, language, speaker, voice, source, number) must stand together in one of them; what
is asked of the claim must be so of it; its methods are the union of what its reports assert.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property
from typing import Any

import django_filters
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from archive.filters import reports
from archive.filters.dates import stretch
from archive.filters.facets import counted
from archive.filters.parameters import ReportParameters
from archive.filters.reports import FROM_CLAIMS, FROM_REPORTS, OF_CLAIMS, PATHS, Gazetteer, values_of
from archive.filters.tally import TACTICS, Tally, are_apart
from archive.filters.terms import OUTLETS, Choices, Languages, Terms
from archive.models import Appearance, Claim, TacticUse
from archive.models.claims import ClaimQuerySet
from archive.models.vocabulary import AssertedBy

SORTS = [
    ("voices", _("Most starting points first")),
    ("articles", _("In most articles first")),
    ("happened", _("Newest event first")),
    ("said", _("Said last first")),
    ("changed", _("Changed last first")),
]
NO_YEAR = "no-year"
DATES = [
    ("happened", _("said to have happened")),
    ("said", _("said by the source")),
    ("published", _("published by an outlet")),
    (NO_YEAR, _("in a year that is not printed")),
]


# How outlets carry claims: words of the reports' QuerySet.
CARRIED = {"first_in": "before_others", "relayed_by": "relaying", "no_source_in": "naming_no_source"}


class ReportFilter(ReportParameters):
    """What claims and figures read alike of these parameters."""

    def meeting(self, names: set[str], roots: Mapping[str, str]) -> Q:
        """What is asked by these parameters, of rows from which ``roots`` lead on."""
        asked = values_of(self.form.cleaned_data, names)
        if "place" in asked:
            asked["place"] = self.gazetteer.within(asked["place"])
        return reports.meeting(asked, roots)

    @cached_property
    def gazetteer(self) -> Gazetteer:
        return Gazetteer()

    @cached_property
    def _known(self) -> dict[object, Any]:
        """What was read already for this question."""
        return {}

    @property
    def range_of_numbers(self) -> tuple[int | None, int | None]:
        return self.form.cleaned_data["min"], self.form.cleaned_data["max"]

    def _of_question(self, without: str) -> str:
        """One name for all parameters that leave the same question when they are left out."""
        is_asked = without in self.filters and bool(self.asked(without))
        return without if is_asked else ""

    def groups(self, name: str, without: str) -> list[tuple[str, ...]]:
        """The values of a parameter of which each group must be met: one group, or each value where all are wanted."""
        values = self.values(name) if name != without else ()
        if self.is_all(name):
            return [(value,) for value in values]
        return [values] if values else []


class ClaimFilter(ReportFilter):
    """language_not: claims that no article in the language carries, such as what is never told in English.

    asserted_by: of the method that is asked for, or of any; a claim has it from one report. first_in, relayed_by,
    no_source_in: outlets. from, to: of the event, or of the sources that carry the claim or are credited for it.
    """

    first = ("tactic", "people", "area", "outlet", "speaker", "place", "kind", "source")
    further = (
        *("done_by", "setting", "response", "act", "voice", "credit", "source_kind", "stage", "measure", "country"),
        *("language", "language_not", "outlet_country", "outlet_kind"),
    )
    dates = DATES

    language_not = Terms(Languages(), _("Not told in"))
    first_in = Terms(OUTLETS, _("Carried first by"))
    relayed_by = Terms(OUTLETS, _("On the word of another, in"))
    no_source_in = Terms(OUTLETS, _("Without a source, in"))
    asserted_by = Terms(Choices(AssertedBy), _("Method asserted by"))
    sort = django_filters.ChoiceFilter(choices=SORTS, method="unchanged")

    class Meta:
        model = Claim
        fields: list[str] = []

    def filter_queryset(self, claims: ClaimQuerySet) -> ClaimQuerySet:
        found = self._narrowed(claims)
        if found is not claims:
            found = claims.filter(pk__in=self._pks(""))
        return getattr(found, ORDERS.get(self.form.cleaned_data["sort"], "all"))()

    def _narrowed(self, claims: ClaimQuerySet, without: str = "") -> ClaimQuerySet:
        found = self._of_their_own(claims, without)
        names = self._asked_of_reports(without)
        return found.filter(pk__in=self._rows(names).values("claim")) if names else found

    def _of_their_own(self, claims: ClaimQuerySet, without: str) -> ClaimQuerySet:
        found = claims
        for name in OF_CLAIMS:
            for group in self.groups(name, without):
                values = self.gazetteer.within(group) if name == "place" else group
                found = found.filter(pk__in=Claim.objects.published().filter(_is_so(name, values)).values("pk"))
        said_by = self.values("asserted_by") if without != "asserted_by" else ()
        for group in self.groups("tactic", without) or ([()] if said_by else []):
            uses = TacticUse.objects.published().asserted_by(said_by)
            uses = uses.filter(tactic__slug__in=group) if group else uses
            found = found.filter(pk__in=uses.values("appearance__claim"))
        for name, word in CARRIED.items():
            if (outlets := self.values(name)) and without != name:
                found = found.filter(pk__in=getattr(Appearance.objects, word)(outlets).values("claim"))
        if (told := self.values("language_not")) and without != "language_not":
            found = found.exclude(pk__in=self._told_in(told).values("claim"))
        days, kind = stretch(self.form.cleaned_data), self._kind_of_date
        if kind == NO_YEAR:
            return found.of_no_printed_year()
        if days and kind in {"happened", "said"}:
            return found.said_between(*days) if kind == "said" else found.happening_between(*days)
        return found

    @property
    def _kind_of_date(self) -> str:
        return self.form.cleaned_data["date"] or "happened"

    def problems(self) -> dict[str, str]:
        found = super().problems()
        if self.data.get("date") == NO_YEAR and (self.data.get("from") or self.data.get("to")):
            found["date"] = _now("What happened in a year that is not printed cannot be asked for by “from” and “to”.")
        return found

    def _told_in(self, languages: tuple[str, ...]) -> Any:
        return Appearance.objects.published().filter(article__language__in=languages)

    def _asked_of_reports(self, without: str = "") -> set[str]:
        """Parameters that speak of reports and were given; so do the range of numbers and days of publication."""
        names = {name for name in PATHS if name not in OF_CLAIMS and name != without and self.asked(name)}
        if any(bound is not None for bound in self.range_of_numbers):
            names.add("range")
        if self._kind_of_date == "published" and stretch(self.form.cleaned_data):
            names.add("published")
        return names

    def _rows(self, names: set[str], beside: Q | None = None) -> Any:
        """Published reports of which all this is so."""
        so = self.meeting(names & PATHS.keys(), FROM_REPORTS)
        so &= reports.in_range(*self.range_of_numbers, FROM_REPORTS)
        if "published" in names and (days := stretch(self.form.cleaned_data)):
            so &= reports.published_between(*days, FROM_REPORTS)
        return Appearance.objects.published().filter(so & (beside or Q()))

    def counts(self, name: str) -> Mapping[str, int]:
        without = "" if self.is_all(name) else name
        if name in OF_CLAIMS:
            found = self._found(without).by_value(PATHS[name])
        elif name == "tactic":
            found = self._tactics(without)
        elif name == "language_not":
            return self._not_told(without)
        else:
            asked = frozenset(self._asked_of_reports(without))
            is_apart = are_apart(name, asked)
            found = self._reports(without, asked).by_value(PATHS[name]) if is_apart else self._together(name, asked)
        return counted(self.gazetteer.lifted(found) if name == "place" else found)

    def _found(self, without: str) -> Tally:
        """The claims found. One query, the first time."""
        key = self._of_question(without)
        if ("claims", key) not in self._known:
            claims = self._narrowed(self.queryset, without)
            self._known["claims", key] = Tally(claims, "pk", FROM_CLAIMS)
        return self._known["claims", key]

    def _reports(self, without: str, asked: frozenset[str]) -> Tally:
        """Reports of the claims found, of which so much is so. One query, the first time."""
        key = (self._of_question(without), asked)
        if key not in self._known:
            rows = self._rows(set(asked)).filter(claim__in=self._pks(without))
            self._known[key] = Tally(rows, "claim", FROM_REPORTS)
        return self._known[key]

    def _pks(self, without: str) -> Any:
        """Ids of the claims found, known where they are few."""
        return self._found(without).settled() or self._narrowed(self.queryset, without).order_by().values("pk")

    def _together(self, name: str, asked: frozenset[str]) -> dict[str, set[int]]:
        """Where the value must stand in a row of which something else is asked."""
        without = "" if self.is_all(name) else name
        found: defaultdict[str, set[int]] = defaultdict(set)
        for path in PATHS[name]:
            rows = self._rows(set(asked), path.is_so(FROM_REPORTS, isnull=False)).filter(claim__in=self._pks(without))
            for value, claim in rows.order_by().values_list(path.under(FROM_REPORTS), "claim").distinct():
                found[value].add(claim)
        return found

    def _tactics(self, without: str) -> dict[str, set[int]]:
        """The claims found by their methods; those in the voice that is asked for. One query more for a voice."""
        if not (said_by := self.values("asserted_by")):
            return self._reports(without, frozenset()).by_value(TACTICS)
        uses = TacticUse.objects.published().asserted_by(said_by).filter(appearance__claim__in=self._pks(without))
        found: defaultdict[str, set[int]] = defaultdict(set)
        for tactic, claim in uses.order_by().values_list("tactic__slug", "appearance__claim").distinct():
            found[tactic].add(claim)
        return found

    def _not_told(self, without: str) -> Mapping[str, int]:
        told = counted(self._reports(without, frozenset()).by_value(PATHS["language"]))
        total = len(self._found(without))
        return {language: total - n for language, n in told.items() if n < total}


ORDERS = {
    "articles": "by_articles",
    "happened": "by_event",
    "said": "by_statement",
    "changed": "recently_changed",
}


def _is_so(name: str, values: tuple[str, ...] | None = None) -> Q:
    path = PATHS[name][0]
    return path.is_so(FROM_CLAIMS, isnull=False) if values is None else path.is_so(FROM_CLAIMS, **{"in": values})
