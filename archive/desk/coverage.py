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
from archive.models import Coverage, Outlet
from archive.text import month_runs
from archive.text.dates import NotADate, parse_edtf

# Thirty years.
MOST_MONTHS = 360


def watched(outlet: Outlet) -> list[str]:
    """Runs of months in words. One query."""
    months = map(month_runs.month_of, Coverage.objects.of_outlet(outlet).months())
    return [month_runs.said(*run) for run in month_runs.runs(months)]


class MonthField(forms.CharField):
    """Gives the first day of a month, or None where nothing is typed."""

    default_error_messages = {"invalid": _("Write a month: 2024-06."), "to_come": _("That month has not come yet.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=7, widget=forms.TextInput(attrs={"size": 8, "placeholder": "2024-06"}), **kwargs)

    def clean(self, value: Any) -> date | None:
        typed = super().clean(value)
        if not typed:
            return None
        try:
            asked = parse_edtf(typed)
        except NotADate as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error
        if asked.precision != "month" or asked.earliest is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        if asked.earliest > timezone.localdate():
            raise ValidationError(self.error_messages["to_come"], code="to_come")
        return asked.earliest


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
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", _now("The last month is before the first."))
        elif first and last and month_runs.month_of(last) - month_runs.month_of(first) >= MOST_MONTHS:
            self.add_error("last", _now("At most %(n)s months at once.") % {"n": MOST_MONTHS})
        return cleaned

    def months(self) -> list[date]:
        first = month_runs.month_of(self.cleaned_data["first"])
        last = month_runs.month_of(self.cleaned_data["last"] or self.cleaned_data["first"])
        return [month_runs.first_day(month) for month in range(first, last + 1)]
