"""Forms for the archive's own vocabulary: places, what is counted, and the definitions of tactics."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from archive.desk.forms import RecordForm
from archive.models import Measure, Place, Tactic
from archive.text import normalise


class PlaceForm(RecordForm):
    class Meta:
        model = Place
        fields = ("name", "kind", "country", "parent")
        labels: ClassVar[dict[str, Any]] = {"parent": _("Lies in")}
        help_texts: ClassVar[dict[str, Any]] = {
            "kind": _("A settlement is the finest: no street, no building, no camp is a place.")
        }

    def clean_name(self) -> str:
        return normalise.single_line(self.cleaned_data["name"])


class MeasureForm(RecordForm):
    """origin and territory: empty for people from everywhere, and for everywhere."""

    class Meta:
        model = Measure
        fields = ("stage", "people", "origin", "territory", "unit", "definition")
        labels: ClassVar[dict[str, Any]] = {"origin": _("People from"), "territory": _("Counted in")}
        help_texts: ClassVar[dict[str, Any]] = {
            "origin": _("Empty where the number is not limited to people from one area."),
            "territory": _("Empty for everywhere."),
        }


class TacticForm(RecordForm):
    """The definition alone: the term itself comes with the vocabulary."""

    class Meta:
        model = Tactic
        fields = ("definition", "include", "exclude", "example")
