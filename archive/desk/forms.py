"""Forms of the desk: one for each kind of record that can be edited.

Every form that edits carries the version that it was made from, and beside each field the value that it
started with (`initial-…`), so that a stale save can tell what its editor changed from what was only there.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from archive.access import texts
from archive.desk import widgets
from archive.models import (
    Actor,
    Article,
    Claim,
    Country,
    Figure,
    Outlet,
    Passage,
    Source,
)
from archive.models.base import Record, User
from archive.text import addresses, normalise

LARGEST_VERSION = 2**31 - 1
# Related records without a public id or slug of their own.
KEYS: dict[type[models.Model], str] = {Country: "code", Passage: "pk"}


def key_of(model: type[models.Model]) -> str:
    """The field by which forms and history name a record of this model."""
    if model in KEYS:
        return KEYS[model]
    fields = {field.name for field in model._meta.get_fields()}
    return "slug" if "slug" in fields else "public_id"


class PassageField(forms.ModelChoiceField):
    """Shows each passage by its words, as the access door gives them."""

    quotes: Mapping[int, texts.Quote] = MappingProxyType({})

    def offer(self, article: Article, reader: User) -> None:
        """Let passages that stand in an article's texts be chosen. Two queries, and those of its texts."""
        self.queryset = Passage.objects.of_article(article).anchored()
        self.quotes = texts.texts_for([article], reader)[article.pk].quotes

    def label_from_instance(self, obj: Any) -> str:
        quote = self.quotes.get(obj.pk)
        return f"“{quote.plain}”" if quote else str(obj)


class AddressField(forms.URLField):
    """An address typed without its scheme is an https one."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(assume_scheme="https", **kwargs)


class RecordForm(forms.ModelForm):
    """Checks what an editor typed; `actions.edit` writes it."""

    version = forms.IntegerField(min_value=1, max_value=LARGEST_VERSION, widget=forms.HiddenInput)
    why = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=500,
        help_text=_("Kept in the history. Needed once the record is public."),
    )

    to_protect = forms.BooleanField(
        label=_("This protects somebody"),
        required=False,
        help_text=_("The public list of corrections then says that something was changed, and not what."),
    )

    own_fields: ClassVar[tuple[str, ...]] = ("version", "why", "to_protect")

    def __init__(self, *args: Any, reader: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reader = reader
        for name in self.field_names():
            field = self.fields[name]
            field.show_hidden_initial = True
            if isinstance(field.widget, forms.Select):
                field.widget = widgets.in_one_go(field.widget)
            if isinstance(field, forms.ModelChoiceField) and field.queryset is not None:
                field.to_field_name = key_of(field.queryset.model)
                if issubclass(field.queryset.model, Record):
                    records: Any = field.queryset
                    field.queryset = records.not_merged()
        # After everything that it explains.
        for name in ("why", "to_protect"):
            self.fields[name] = self.fields.pop(name)

    @classmethod
    def field_names(cls) -> list[str]:
        """The fields of the record, without those of the form's own."""
        return [name for name in cls.base_fields if name not in cls.own_fields]

    def record_values(self) -> dict[str, Any]:
        """The cleaned values of the record's fields."""
        return {name: self.cleaned_data[name] for name in self.field_names() if name in self.cleaned_data}


class ArticleForm(RecordForm):
    class Meta:
        model = Article
        fields = (
            "outlet",
            "headline",
            "headline_withheld",
            "byline",
            "language",
            "address",
            "address_withheld",
            "summary",
            "depth",
            "sensitivity",
            "is_noindex",
            "is_lead",
            "reference_gaps",
            "note",
            "provisional_tactics",
            "provisional_people",
            "provisional_areas",
        )
        field_classes: ClassVar[dict[str, type[forms.Field]]] = {"address": AddressField}

    def clean_headline(self) -> str:
        return normalise.single_line(self.cleaned_data["headline"])

    def clean_address(self) -> str | None:
        address = self.cleaned_data["address"]
        if not address:
            return None
        try:
            return addresses.canonical_address(address)
        except addresses.NotAnAddress as error:
            raise ValidationError(str(error)) from error


class OutletForm(RecordForm):
    class Meta:
        model = Outlet
        fields = ("name", "kind", "country", "languages", "website", "about")
        field_classes: ClassVar[dict[str, type[forms.Field]]] = {"website": AddressField}


class ClaimForm(RecordForm):
    class Meta:
        model = Claim
        fields = (
            "sentence",
            "kind",
            "date_from",
            "date_to",
            "date_precision",
            "date_words",
            "people",
            "areas",
            "places",
            "setting",
            "response",
            "is_lead",
            "note",
        )


class SourceForm(RecordForm):
    class Meta:
        model = Source
        fields = (
            "kind",
            "title",
            "title_withheld",
            "occasion",
            "place",
            "date_from",
            "date_to",
            "date_precision",
            "date_words",
            "address",
            "address_withheld",
            "affected_naming",
            "is_lead",
            "note",
        )
        field_classes: ClassVar[dict[str, type[forms.Field]]] = {"address": AddressField}


class ActorForm(RecordForm):
    class Meta:
        model = Actor
        fields = ("name", "kind", "parent", "country", "role")


class FigureForm(RecordForm):
    """passage: of the same article, each shown by its words. of_figure: another number of the same article."""

    class Meta:
        model = Figure
        fields = (
            "passage",
            "comparator",
            "low",
            "high",
            "measure",
            "as_of_from",
            "as_of_to",
            "as_of_precision",
            "as_of_words",
            "counting",
            "of_figure",
            "note",
        )
        field_classes: ClassVar[dict[str, type[forms.Field]]] = {"passage": PassageField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        report = self.instance.appearance
        article = report.article or report.source.article
        passage, whole = self.fields["passage"], self.fields["of_figure"]
        assert isinstance(passage, PassageField)  # noqa: S101  # told by Meta
        assert isinstance(whole, forms.ModelChoiceField)  # noqa: S101  # told by the model
        figures = report.figures.all()
        passage.queryset = Passage.objects.none()
        if article is not None:
            figures = Figure.objects.in_article(article)
            passage.offer(article, self.reader)
        whole.queryset = figures.exclude(pk=self.instance.pk)
