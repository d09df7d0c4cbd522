"""The one compact form by which a passage is coded: claim, speaker, voice, credit, numbers, tactics.

Records are named as people name them: a claim by its sentence, a person or body and a source by name. What is held is
taken; what is not is made with it, once the editor says what kind of thing it is, so that a slip makes no record.
"""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from archive.desk.measures_typed import NotAMeasure, read_measure
from archive.models import Actor, Article, CaptureText, Claim, PeopleGroup, Person, Place, Source, Tactic
from archive.models import vocabulary as words
from archive.text import numbers
from archive.text.dates import NotADate, PartialDate, parse_edtf

FIGURES = 3
PLACE = re.compile(r"(\d{1,18}):(\d{1,9})-(\d{1,9})", re.ASCII)


class PassageField(forms.CharField):
    """A place in a captured text, "text:start-end"; gives (CaptureText pk, start, end), or None where none is held."""

    def clean(self, value: Any) -> tuple[int, int, int] | None:
        typed = super().clean(value)
        if not typed:
            return None
        match = PLACE.fullmatch(typed)
        if match is None or int(match[2]) >= int(match[3]):
            raise ValidationError(_now("Choose the passage in the text again."))
        return int(match[1]), int(match[2]), int(match[3])


class SpanField(forms.CharField):
    """A place in the text that the report names, "start-end"; None where nothing is typed."""

    def clean(self, value: Any) -> tuple[int, int] | None:
        typed = super().clean(value)
        if not typed:
            return None
        match = PLACE.fullmatch(f"1:{typed}")
        if match is None or int(match[2]) >= int(match[3]):
            raise ValidationError(_now("Choose the passage in the text again."))
        return int(match[2]), int(match[3])


class DateTyped(forms.CharField):
    """A date as it is written here: 2024-06-27, 2024-06, 2024, ../2024-06-27; None where nothing is typed."""

    def clean(self, value: Any) -> PartialDate | None:
        typed = super().clean(value)
        if not typed:
            return None
        try:
            return parse_edtf(typed)
        except NotADate as error:
            raise ValidationError(str(error)) from error


class FigureForm(forms.Form):
    """A number of the passage. span: where it stands, "start-end" in the text."""

    comparator = forms.ChoiceField(label=_("Wording"), choices=words.Comparator.choices, required=False)
    low = forms.IntegerField(label=_("at least"), min_value=0, max_value=10**15, required=False)
    high = forms.IntegerField(label=_("at most"), min_value=0, max_value=10**15, required=False)
    measure = forms.CharField(label=_("What is counted"), max_length=160, required=False)
    as_of = DateTyped(label=_("As of"), max_length=40, required=False)
    counting = forms.ChoiceField(label=_("Counted"), choices=words.CountingBasis.choices, required=False)
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


class ReportForm(forms.Form):
    """What a passage reports. Beside it stand up to three numbers (``figure_forms``)."""

    at = PassageField(required=False, max_length=60, widget=forms.HiddenInput)
    claim = forms.CharField(label=_("Claim"), max_length=300)
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
    speaker = forms.CharField(label=_("Who says so"), max_length=200, required=False)
    speaker_kind = forms.ChoiceField(
        label=_("Not held yet: make"), choices=[("", "—"), *words.ActorKind.choices], required=False
    )
    source = forms.CharField(
        label=_("Source that it names"), max_length=500, required=False, help_text=_("Empty: no source is stated.")
    )
    source_kind = forms.ChoiceField(
        label=_("Not held yet: make"), choices=[("", "—"), *words.SourceKind.choices], required=False
    )
    how = forms.ChoiceField(label=_("How"), choices=words.CreditHow.choices)
    basis = forms.ChoiceField(
        label=_("Named"), choices=[one for one in words.CreditBasis.choices if one[0] != words.CreditBasis.NONE_STATED]
    )
    tactics = forms.ModelMultipleChoiceField(
        label=_("Methods of pressure asserted"),
        queryset=Tactic.objects.all(),
        to_field_name="slug",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    note = forms.CharField(label=_("Note, signed by the editors"), required=False, max_length=2000)
    why = forms.CharField(label=_("Why (the article is public)"), required=False, max_length=500)

    def __init__(self, *args: Any, carrier: Article | Source, reader: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.carrier, self.reader = carrier, reader
        if not carrier.is_published:
            del self.fields["why"]

    def clean_at(self) -> tuple[int, int, int] | None:
        at: tuple[int, int, int] | None = self.cleaned_data["at"]
        if at is None or isinstance(self.carrier, Source):
            return None
        text = CaptureText.objects.of_article(self.carrier).filter(pk=at[0]).first()
        if text is None or at[2] > len(text.text):
            raise ValidationError(_now("This passage is not in the article's text: choose it again."))
        return at

    def clean_claim(self) -> Claim | str:
        sentence = " ".join(self.cleaned_data["claim"].split())
        return Claim.objects.visible_to(self.reader).filter(sentence=sentence).first() or sentence

    def clean_speaker(self) -> Actor | str | None:
        name = " ".join(self.cleaned_data["speaker"].split())
        return (Actor.objects.visible_to(self.reader).called(name).first() or name) if name else None

    def clean_source(self) -> Source | str | None:
        title = " ".join(self.cleaned_data["source"].split())
        return (Source.objects.visible_to(self.reader).titled(title).first() or title) if title else None

    def clean(self) -> dict[str, Any]:
        asked = super().clean() or {}
        for name, kind in (("claim", "claim_kind"), ("speaker", "speaker_kind"), ("source", "source_kind")):
            if isinstance(asked.get(name), str) and not asked.get(kind):
                advice = _now("“%(name)s” is not held: choose from the list, or say what kind it is to make it.")
                self.add_error(name, advice % {"name": asked[name]})
        if asked.get("source_kind") == words.SourceKind.AFFECTED_PERSON and isinstance(asked.get("source"), str):
            self.add_error("source", _now("Make the source of an affected person on its own page: it keeps no name."))
        return asked


def figure_forms(data: Any = None, *, initial: list[dict[str, Any]] | None = None) -> list[FigureForm]:
    """The forms of up to three numbers beside a report."""
    filled = [*(initial or []), *[{}] * FIGURES][:FIGURES]
    return [FigureForm(data, prefix=f"figure{n}", initial=values) for n, values in enumerate(filled)]
