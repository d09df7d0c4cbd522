"""The one compact form by which a passage is coded: claim, speaker, voice, credits, numbers, tactics.

Records are named as people name them: a claim by its sentence, a person or body and a source by name. What is held is
taken; what is not is made with it, once the editor says what kind of thing it is, so that a slip makes no record.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from archive.desk.coding_fields import DateTyped, Known, PassageField, SpanField, named
from archive.desk.forms import LARGEST_VERSION
from archive.desk.measures_typed import NotAMeasure, read_measure
from archive.models import Appearance, Article, CaptureText, PeopleGroup, Place, Source, Tactic
from archive.models import vocabulary as words
from archive.models.vocabulary import RecordKind
from archive.text import numbers


class FigureForm(forms.Form):
    """A number of the passage. span: where it stands, "start-end" in the text."""

    comparator = forms.ChoiceField(label=_("Wording"), choices=words.Comparator.choices, required=False)
    low = forms.IntegerField(label=_("at least"), min_value=0, max_value=10**15, required=False)
    high = forms.IntegerField(label=_("at most"), min_value=0, max_value=10**15, required=False)
    measure = forms.CharField(label=_("What is counted"), max_length=160, required=False)
    as_of = DateTyped(label=_("As of"), max_length=40, required=False)
    counting = forms.ChoiceField(
        label=_("Counted"), choices=words.CountingBasis.choices, initial=words.CountingBasis.NOT_STATED, required=False
    )
    span = SpanField(required=False, max_length=40, widget=forms.HiddenInput)

    @property
    def is_in_sight(self) -> bool:
        """Whether something was proposed or typed."""
        return self.is_bound and bool(self["measure"].value()) or bool(self.initial)

    @property
    def is_filled(self) -> bool:
        return bool(self.cleaned_data.get("measure"))

    def clean(self) -> dict[str, Any]:
        asked = super().clean() or {}
        if not asked.get("measure"):
            # A number that was proposed and is not wanted: without what it counts it is no figure.
            return asked
        comparator = asked.get("comparator") or words.Comparator.NONE
        problem = numbers.check_bounds(comparator, asked.get("low"), asked.get("high"))
        if problem:
            raise ValidationError(problem)
        try:
            asked["measure"] = read_measure(asked["measure"])
        except NotAMeasure as error:
            raise ValidationError({"measure": str(error)}) from error
        return asked | {"comparator": comparator}


class CreditForm(forms.Form):
    """A source that the passage names for what it says. Empty: none more is named."""

    source = forms.CharField(label=_("Source that it names"), max_length=540, required=False)
    source_kind = forms.ChoiceField(
        label=_("Not held yet: make"), choices=[("", "—"), *words.SourceKind.choices], required=False
    )
    how = forms.ChoiceField(label=_("How"), choices=words.CreditHow.choices, required=False)
    basis = forms.ChoiceField(
        label=_("Named"),
        choices=[one for one in words.CreditBasis.choices if one[0] != words.CreditBasis.NONE_STATED],
        required=False,
    )

    def __init__(self, *args: Any, carrier: Article | Source, known: Known, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.carrier, self.known = carrier, known

    @property
    def is_in_sight(self) -> bool:
        return bool(self["source"].value())

    def clean(self) -> dict[str, Any]:
        asked = super().clean() or {}
        kind, typed = asked.get("source_kind", ""), asked.get("source", "")
        try:
            asked["source"] = named(RecordKind.SOURCE, typed, known=self.known, is_new=bool(kind))
        except ValidationError as error:
            self.add_error("source", error)
            return asked
        if isinstance(asked["source"], str) and kind == words.SourceKind.AFFECTED_PERSON:
            self.add_error("source", _now("Make the source of an affected person on its own page: it keeps no name."))
        if asked["source"] == self.carrier or getattr(asked["source"], "article", None) == self.carrier:
            self.add_error("source", _now("Nobody takes their own word: name another source, or none."))
        asked["how"] = asked.get("how") or words.CreditHow.REPORTS.value
        asked["basis"] = asked.get("basis") or words.CreditBasis.SAME_PASSAGE.value
        return asked


class ReportForm(forms.Form):
    """What a passage reports. Beside it stand its sources and its numbers (``coding_sheet``).

    version: of the report that is changed; a new one has none.
    """

    at = PassageField(required=False, max_length=60, widget=forms.HiddenInput)
    version = forms.IntegerField(min_value=1, max_value=LARGEST_VERSION, required=False, widget=forms.HiddenInput)
    claim = forms.CharField(label=_("Claim"), max_length=340)
    claim_kind = forms.ChoiceField(
        label=_("A new claim is"), choices=[("", "—"), *words.ClaimKind.choices], required=False
    )
    people = forms.ModelMultipleChoiceField(
        label=_("New claim: people concerned"), queryset=PeopleGroup.objects.all(), to_field_name="slug", required=False
    )
    places = forms.ModelMultipleChoiceField(
        label=_("New claim: where"), queryset=Place.objects.all(), to_field_name="slug", required=False
    )
    act = forms.ChoiceField(label=_("Act"), choices=words.Act.choices)
    voice = forms.ChoiceField(label=_("Whose words"), choices=words.Voice.choices)
    part = forms.ChoiceField(label=_("Part of the page"), choices=words.Part.choices)
    hedge = forms.ChoiceField(label=_("Hedge"), choices=words.Hedge.choices)
    verb = forms.CharField(label=_("Verb as printed"), max_length=60, required=False)
    speaker = forms.CharField(label=_("Who says so"), max_length=240, required=False)
    speaker_kind = forms.ChoiceField(
        label=_("Not held yet: make"), choices=[("", "—"), *words.ActorKind.choices], required=False
    )
    stance = forms.ChoiceField(label=_("The outlet"), choices=words.Stance.choices, required=False)
    wording = forms.ChoiceField(label=_("Wording"), choices=words.Wording.choices, required=False)
    destination = forms.ChoiceField(
        label=_("Said to be sent to"), choices=[("", "—"), *words.Destination.choices], required=False
    )
    tactics = forms.ModelMultipleChoiceField(
        label=_("Methods of pressure asserted"),
        queryset=Tactic.objects.all(),
        to_field_name="slug",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    note = forms.CharField(label=_("Note, signed by the editors"), required=False, max_length=2000)
    dropped = forms.MultipleChoiceField(
        label=_("Numbers coded so far: take back"), required=False, widget=forms.CheckboxSelectMultiple
    )
    is_small_safe = forms.BooleanField(
        label=_("A number below ten with a place finer than its region: I have looked, and it singles nobody out."),
        required=False,
    )
    why = forms.CharField(label=_("Why (the article is public)"), required=False, max_length=500)

    def __init__(
        self, *args: Any, carrier: Article | Source, known: Known, report: Appearance | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.carrier, self.known, self.report = carrier, known, report
        held = [(figure.public_id, str(figure)) for figure in report.figures.all()] if report else []
        dropped = self.fields["dropped"]
        assert isinstance(dropped, forms.MultipleChoiceField)  # noqa: S101  # told above
        dropped.choices = held
        if not held:
            del self.fields["dropped"]
        if not carrier.is_published:
            del self.fields["why"]
        if not carrier.is_published or isinstance(carrier, Source):
            del self.fields["is_small_safe"]

    @property
    def is_further_in_sight(self) -> bool:
        """Whether one of the terms says something that most reports do not."""
        usual = {"stance": words.Stance.PASSES_ON, "wording": words.Wording.NOT_KNOWN, "destination": ""}
        return any((self[name].value() or value) != value for name, value in usual.items())

    def clean_at(self) -> tuple[int, int, int] | None:
        at: tuple[int, int, int] | None = self.cleaned_data["at"]
        if at is None or isinstance(self.carrier, Source) or at == place_of(self.report):
            return at if isinstance(self.carrier, Article) else None
        newest = CaptureText.objects.of_article(self.carrier).first()
        if newest is None or newest.pk != at[0] or at[2] > len(newest.text):
            raise ValidationError(_now("This passage is not in the newest text: choose it again."))
        return at

    def clean_claim(self) -> Any:
        return self._named(RecordKind.CLAIM, "claim")

    def clean_speaker(self) -> Any:
        return self._named(RecordKind.ACTOR, "speaker")

    def _named(self, kind: RecordKind, field: str) -> Any:
        is_new = bool(self.data.get(self.add_prefix(f"{field}_kind")))
        return named(kind, self.cleaned_data[field], known=self.known, is_new=is_new)

    def clean(self) -> dict[str, Any]:
        asked = super().clean() or {}
        asked["stance"] = asked.get("stance") or words.Stance.PASSES_ON.value
        asked["wording"] = asked.get("wording") or words.Wording.NOT_KNOWN.value
        return asked


def place_of(report: Appearance | None) -> tuple[int, int, int] | None:
    """Where the passage of a report stands: its text's pk, start and end."""
    passage = report.passage if report else None
    return (passage.capture_text_id, passage.start, passage.end) if passage else None
