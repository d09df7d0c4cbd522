"""Forms for the parts of a record: further names, who speaks, what a source was found under, dates and their basis."""

from __future__ import annotations

from typing import Any, ClassVar
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_domain_name
from django.db import models
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from archive.desk import editable, finding, widgets
from archive.desk.forms import LARGEST_VERSION, AddressField, PassageField
from archive.models import (
    ActorName,
    Article,
    Citation,
    ClaimActor,
    ClaimLink,
    DateEvidence,
    OutletDomain,
    OwnershipNote,
    SourceActor,
    SourceCheck,
    SourceCopy,
    SourceIdentifier,
)
from archive.models.base import User
from archive.models.vocabulary import RecordKind
from archive.text import normalise


class RecordField(forms.CharField):
    """A record by its name, in any script, or by its id: a list of thousands would be most of the page."""

    def __init__(self, *, kind: RecordKind, **kwargs: Any) -> None:
        super().__init__(max_length=600, help_text=_("The name, in any script, or the id."), **kwargs)
        self.kind = kind
        self.reader: User | None = None

    def clean(self, value: Any) -> Any:
        """The record itself; what came near is named where it is not clear. Raises ValidationError."""
        typed = super().clean(value)
        if not typed or self.reader is None:
            return None
        if self.kind not in finding.CALLED:
            return self._by_id(typed, self.reader)
        found, near = finding.meant(finding.in_use(self.kind, self.reader), typed)
        if found is not None:
            return editable.find(self.kind, found.key, self.reader)
        if near:
            advice = _("Which one? %(names)s")
            raise ValidationError(advice % {"names": "; ".join(map(finding.written, near))})
        raise ValidationError(_("Nothing is held under this name or id. Add it first."))

    def _by_id(self, typed: str, reader: User) -> Any:
        """An article: there are too many to be known by name."""
        try:
            return editable.find(self.kind, typed.strip(), reader)
        except Http404:
            raise ValidationError(_("Nothing is held under this id.")) from None


class PartForm(forms.ModelForm):
    """Checks one part of a record; `part_actions` writes it. version: of the record."""

    version = forms.IntegerField(min_value=1, max_value=LARGEST_VERSION, widget=forms.HiddenInput)
    why = forms.CharField(
        label=_("Why"), required=False, max_length=500, help_text=_("Needed once the record is public.")
    )

    def __init__(self, *args: Any, owner: models.Model, reader: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, RecordField):
                field.reader = reader
                held = getattr(self.instance, name) if getattr(self.instance, f"{name}_id", None) else None
                self.initial[name] = f"{held} ({editable.key_text(held)})" if held else ""
            if isinstance(field.widget, forms.Select):
                field.widget = widgets.in_one_go(field.widget)
        self.fields["why"] = self.fields.pop("why")
        passage = self.fields.get("passage")
        if isinstance(passage, PassageField) and isinstance(owner, Article):
            passage.offer(owner, reader)

    def part_values(self) -> dict[str, Any]:
        """The cleaned values of the part's own fields."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("version", "why")}


class ActorNameForm(PartForm):
    class Meta:
        model = ActorName
        fields = ("name", "language")

    def clean_name(self) -> str:
        return normalise.single_line(self.cleaned_data["name"])


class DomainForm(PartForm):
    class Meta:
        model = OutletDomain
        fields = ("domain",)

    def clean_domain(self) -> str:
        """The bare host of whatever was typed: an address, or a name. Raises ValidationError."""
        typed = self.cleaned_data["domain"].strip().lower()
        try:
            host = urlsplit(typed if "//" in typed else f"//{typed}").hostname or ""
        except ValueError:
            host = ""
        validate_domain_name(host)
        return host.removeprefix("www.")


class OwnershipNoteForm(PartForm):
    class Meta:
        model = OwnershipNote
        fields = ("text", "reference")


class VoiceForm(PartForm):
    actor = RecordField(kind=RecordKind.ACTOR, label=_("Who speaks"))

    class Meta:
        model = SourceActor
        fields = ("actor", "role_as_printed")


class IdentifierForm(PartForm):
    class Meta:
        model = SourceIdentifier
        fields = ("scheme", "value")

    def clean_value(self) -> str:
        return normalise.single_line(self.cleaned_data["value"])


class CopyForm(PartForm):
    class Meta:
        model = SourceCopy
        fields = ("address", "saved_on")
        field_classes: ClassVar[dict[str, type[forms.Field]]] = {"address": AddressField}


class SourceCheckForm(PartForm):
    class Meta:
        model = SourceCheck
        fields = ("checked_on", "state", "note")


class DoneForm(PartForm):
    actor = RecordField(kind=RecordKind.ACTOR, label=_("Who"))

    class Meta:
        model = ClaimActor
        fields = ("actor", "part")


class LinkForm(PartForm):
    to_claim = RecordField(kind=RecordKind.CLAIM, label=_("The other claim"))

    class Meta:
        model = ClaimLink
        fields = ("kind", "to_claim")
        labels: ClassVar[dict[str, Any]] = {"kind": _("This claim")}


class DateEvidenceForm(PartForm):
    class Meta:
        model = DateEvidence
        fields = ("earliest", "latest", "precision", "words", "basis", "passage", "is_chosen", "note")
        field_classes: ClassVar[dict[str, type[forms.Field]]] = {"passage": PassageField}
        help_texts: ClassVar[dict[str, Any]] = {
            "is_chosen": _("The day of publication follows from it. Never a footer's year or the time of rendering.")
        }


class CitationForm(PartForm):
    source = RecordField(kind=RecordKind.SOURCE, label=_("Source"))

    class Meta:
        model = Citation
        fields = ("source", "label", "is_listed_only", "address_as_printed", "passage", "position")
        field_classes: ClassVar[dict[str, type[forms.Field]]] = {"passage": PassageField}
