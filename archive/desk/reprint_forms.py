"""Forms that say of articles that they are one text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from archive.desk.decision_forms import DecisionForm
from archive.models import Article, Person
from archive.text import addresses
from archive.text.identifiers import is_public_id


class LeaveForm(DecisionForm):
    ids = "leave_%s"
    why = forms.CharField(label=_("Why"), required=False, max_length=500)


class ReprintForm(DecisionForm):
    """`other` gives an article: by its id, its page here, or its address at the outlet."""

    ids = "reprint_%s"
    other = forms.CharField(label=_("The same text as: id or address of the other article"), max_length=2048)
    why = forms.CharField(label=_("Why"), required=False, max_length=500)

    def __init__(self, data: Mapping[str, Any] | None = None, *, article: Article, reader: Person) -> None:
        super().__init__(data)
        self._article, self._reader = article, reader

    def clean_other(self) -> Article:
        typed: str = self.cleaned_data["other"]
        held = Article.objects.visible_to(self._reader).not_withdrawn()
        named = typed.removesuffix("/").rpartition("/articles/")[2]
        found = list(held.with_public_ids([named])) if is_public_id(named) else []
        if not found:
            try:
                found = list(held.held_under([addresses.address_key(typed)])[:2])
            except addresses.NotAnAddress:
                found = []
        if not found:
            raise ValidationError(_now("No article is held under this id or address."))
        if len(found) > 1:
            raise ValidationError(_now("Several articles are held under this address. Give the id of one."))
        if found[0].pk == self._article.pk:
            raise ValidationError(_now("That is this article."))
        return found[0]
