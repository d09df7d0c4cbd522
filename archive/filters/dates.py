"""A day, a month or a year in a list's question.

“from=2024-06” starts with the first of June, “to=2024-06” ends with its last day. What is asked for is a
stretch of days; records overlap it with all the days that they may stand for.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from archive.filters.listing import ListFilter
from archive.text.dates import UNKNOWN, NotADate, PartialDate, parse_edtf

UNDATED = "undated"


class DayMonthOrYear(forms.CharField):
    """Gives a PartialDate with both ends, or None where nothing is asked."""

    askable = frozenset({"day", "month", "year"})

    default_error_messages = {"invalid": _("Write a day, a month or a year: 2024-06-27, 2024-06 or 2024.")}

    def clean(self, value: Any) -> PartialDate | None:
        typed = super().clean(value)
        if not typed:
            return None
        try:
            asked = parse_edtf(typed)
        except NotADate as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error
        if asked.precision not in self.askable:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return asked


class StretchOrUndated(DayMonthOrYear):
    """The same, or two of them with a slash between; “undated” gives a PartialDate without ends."""

    askable = DayMonthOrYear.askable | {"range"}
    default_error_messages = {
        "invalid": _("Write a day, a month, a year, two of them with a slash between, or “undated”.")
    }

    def clean(self, value: Any) -> PartialDate | None:
        return UNKNOWN if value == UNDATED else super().clean(value)


class OneMonth(DayMonthOrYear):
    """A month alone."""

    askable = frozenset({"month"})
    default_error_messages = {"invalid": _("Write a month: 2024-06.")}


class DateFilter(django_filters.Filter):
    """One end of the stretch; the list reads both together, so alone it narrows nothing."""

    field_class = DayMonthOrYear

    def filter(self, qs: QuerySet[Any], value: PartialDate | None) -> QuerySet[Any]:
        return qs


def stretch(asked: dict[str, Any]) -> tuple[date | None, date | None] | None:
    """First and last day that are asked for, either open; None where neither is asked."""
    start, end = asked.get("from"), asked.get("to")
    if start is None and end is None:
        return None
    return (start.earliest if start else None), (end.latest if end else None)


class DatedListFilter(ListFilter):
    """A list that may be asked for a stretch of days. dates: the kinds of date it knows, the first by default; none,
    and it is asked for no days.
    """

    dates: Sequence[tuple[str, Any]] = ()

    @classmethod
    def get_filters(cls) -> dict[str, django_filters.Filter]:
        """Add what cannot be an attribute: “from” is a word of the language."""
        found: dict[str, django_filters.Filter] = super().get_filters()
        if not cls.dates:
            return found
        found["from"], found["to"] = DateFilter(label=_("From")), DateFilter(label=_("To"))
        # Which date is meant narrows nothing by itself.
        found["date"] = django_filters.ChoiceFilter(choices=cls.dates, method="unchanged", label=_("Date"))
        return found
