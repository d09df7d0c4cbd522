"""The search box: what may be typed into it, and what is said of how it was read."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError

from archive.filters.listing import OVER_BUDGET
from archive.search import language
from archive.search import tree as trees


class QueryField(forms.CharField):
    """Words typed, read as a query; one over its budget says by what."""

    def clean(self, value: object) -> language.Query:
        words = super().clean(value)
        try:
            return language.parse(words)
        except language.QueryTooLarge as error:
            raise ValidationError(str(error), code=OVER_BUDGET) from error


@dataclass(frozen=True, slots=True)
class Search:
    """A search as it was understood. words: as typed. told: what it finds, in a sentence. notes: what was read
    otherwise than typed. order: a value of “sort”, and in words. may_be_ranked: whether "best" is worth offering;
    is_cut_short: it would be, but too many were found.
    """

    words: str
    tree: trees.Node | None
    told: str
    notes: tuple[str, ...]
    order: str
    order_said: str
    may_be_ranked: bool
    is_cut_short: bool
