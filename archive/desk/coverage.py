"""The months in which an outlet was watched: what its page at the desk shows of them, and the form that notes them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from archive.desk.decision_forms import DecisionForm
from archive.filters.dates import OneMonth
from archive.models import Coverage, Outlet
from archive.text import month_runs
from archive.text.dates import PartialDate

# Thirty years.
MOST_MONTHS = 360


def watched(outlet: Outlet) -> list[str]:
    """Runs of months in words. One query."""
    return month_runs.told(Coverage.objects.of_outlet(outlet).months())


class MonthField(OneMonth):
    """A month that has begun, or None where nothing is typed."""

    default_error_messages = {"to_come": _("That month has not come yet.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=7, widget=forms.TextInput(attrs={"size": 8, "placeholder": "2024-06"}), **kwargs)

    def clean(self, value: Any) -> PartialDate | None:
        asked = super().clean(value)
        if asked and asked.earliest and asked.earliest > timezone.localdate():
            raise ValidationError(self.error_messages["to_come"], code="to_come")
        return asked


class CoverageForm(DecisionForm):
    """`months()` are those from the first to the last."""

    ids = "coverage_%s"
    first = MonthField(label=_("From"))
    last = MonthField(label=_("To, where it is another month"), required=False)
    is_watched = forms.TypedChoiceField(
        label=_("In these months the outlet was"),
        choices=[("1", _("watched")), ("0", _("not watched, or nobody knows"))],
        coerce=lambda value: value == "1",
        initial="1",
    )
    why = forms.CharField(label=_("How, for the history"), required=False, max_length=500)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("first") and cleaned.get("last"):
            first, last = self._ends()
            if last < first:
                self.add_error("last", _now("The last month is before the first."))
            elif last - first >= MOST_MONTHS:
                self.add_error("last", _now("At most %(n)s months at once.") % {"n": MOST_MONTHS})
        return cleaned

    def _ends(self) -> tuple[int, int]:
        first, last = self.cleaned_data["first"], self.cleaned_data["last"]
        return month_runs.month_of(first.earliest), month_runs.month_of((last or first).earliest)

    def months(self) -> list[date]:
        first, last = self._ends()
        return [month_runs.first_day(month) for month in range(first, last + 1)]
