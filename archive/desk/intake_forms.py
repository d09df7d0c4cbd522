"""Forms of the ways in: an address, a file, a pasted text; and the choice of a page of a web archive."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from archive.desk.decision_forms import DecisionForm
from archive.text import addresses, normalise

LONGEST_TEXT = 1_000_000


class WayForm(DecisionForm):
    """One way in. way: its name in the page's forms."""

    way: ClassVar[str]

    def clean_address(self) -> str:
        """Bring the address into the spelling that the archive keeps; one without a scheme is an https one."""
        address = self.cleaned_data["address"]
        if not address:
            return ""
        try:
            return addresses.canonical_address(address if "://" in address else f"https://{address}")
        except addresses.NotAnAddress as error:
            raise ValidationError(str(error)) from error

    def clean_outlet(self) -> str:
        return normalise.single_line(self.cleaned_data["outlet"])


class AddressForm(WayForm):
    way = "address"
    ids = "address_%s"
    address = forms.CharField(
        label=_("Address of the article"), max_length=addresses.MAXIMUM_LENGTH, widget=forms.TextInput
    )


class FileForm(WayForm):
    way = "file"
    ids = "file_%s"
    file = forms.FileField(label=_("Saved page"), help_text=_("HTML or plain text, WARC, ARC or WACZ."), max_length=200)
    address = forms.CharField(
        label=_("Address that it is from, if the file does not say"),
        required=False,
        max_length=addresses.MAXIMUM_LENGTH,
    )
    outlet = forms.CharField(label=_("Outlet, if the file does not say"), required=False, max_length=200)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: MultiValueDict[str, UploadedFile] | None = None,
        *,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.files = files if files is not None else MultiValueDict()


class TextForm(WayForm):
    way = "text"
    ids = "text_%s"
    text = forms.CharField(
        label=_("Text, the headline first"), max_length=LONGEST_TEXT, strip=False, widget=forms.Textarea({"rows": 12})
    )
    address = forms.CharField(label=_("Address that it is from"), required=False, max_length=addresses.MAXIMUM_LENGTH)
    outlet = forms.CharField(
        label=_("Outlet"),
        required=False,
        max_length=200,
        help_text=_("An address is enough where its outlet is known."),
    )

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if not any(character.isalnum() for character in normalise.plain_text(text)):
            raise ValidationError(_("There is no text in it."))
        return text

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned["address"] and not cleaned["outlet"]:
            self.add_error("outlet", _("Say where it is from: give its address or its outlet."))
        return cleaned


WAYS: dict[str, type[WayForm]] = {form.way: form for form in (AddressForm, FileForm, TextForm)}


class PageForm(DecisionForm):
    """Which page of a web archive is meant: its place in the list that is shown."""

    page = forms.TypedChoiceField(coerce=int)

    def __init__(self, data: Mapping[str, Any] | None = None, *, pages: Sequence[object]) -> None:
        super().__init__(data)
        field = self.fields["page"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared so above
        field.choices = [(str(place), str(place)) for place in range(len(pages))]
