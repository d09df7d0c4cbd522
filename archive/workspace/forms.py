"""The forms of the workspace. Each that changes something held carries the version from which it was made."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from archive.models.vocabulary import RecordKind, SavedList
from archive.models.workspace import LONGEST_QUERY, LONGEST_TITLE
from archive.text.identifiers import PUBLIC_ID_LENGTH

LONGEST_NOTE = 10_000
LARGEST_VERSION = 2**31 - 1
LARGEST_SEQ = 2**63 - 1


def note_field() -> forms.CharField:
    return forms.CharField(
        label=_("Note"), required=False, max_length=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 4})
    )


def version_field() -> forms.IntegerField:
    return forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=LARGEST_VERSION)


class NewCollectionForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=LONGEST_TITLE)
    note = note_field()
    is_shared = forms.BooleanField(
        label=_("Share with researchers"),
        required=False,
        help_text=_("Researchers and editors can then read it, signed with your pen name or as “a researcher”."),
    )


class CollectionForm(NewCollectionForm):
    version = version_field()


class EntryForm(forms.Form):
    note = note_field()
    version = version_field()


class CollectForm(forms.Form):
    """Put a record into a collection that there is (``into``), or into a new one (``title``)."""

    kind = forms.ChoiceField(choices=[(one.value, one.label) for one in (RecordKind.ARTICLE, RecordKind.CLAIM)])
    record = forms.CharField(max_length=PUBLIC_ID_LENGTH)
    into = forms.CharField(required=False, max_length=PUBLIC_ID_LENGTH)
    title = forms.CharField(required=False, max_length=LONGEST_TITLE)
    note = note_field()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("into") and not cleaned.get("title"):
            raise ValidationError(_("Choose a collection, or write the title of a new one."))
        return cleaned


class SaveSearchForm(forms.Form):
    kind = forms.ChoiceField(choices=SavedList.choices)
    query = forms.CharField(required=False, max_length=LONGEST_QUERY, strip=False)
    name = forms.CharField(label=_("Name"), max_length=LONGEST_TITLE)


class SearchForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=LONGEST_TITLE)
    version = version_field()


class SeenForm(forms.Form):
    seq = forms.IntegerField(min_value=0, max_value=LARGEST_SEQ)


class NewsForm(forms.Form):
    """What the page of a saved search may be asked. new: an event; what came to be public later is listed."""

    new = forms.IntegerField(required=False, min_value=0, max_value=LARGEST_SEQ)
    page = forms.IntegerField(required=False, min_value=1, max_value=1_000_000)

    def problems(self) -> list[str]:
        """Of each parameter that cannot be used, what is wrong with it."""
        unknown = [name for name in self.data if name not in self.fields]
        words = _("“%(name)s” is not something that this page can be asked, or not so.")
        return [words % {"name": name[:60]} for name in [*unknown, *self.errors]]
