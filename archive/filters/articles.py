"""What the list of articles may be asked."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import django_filters
from django.utils.translation import gettext_lazy as _

from archive.filters.dates import DatedListFilter
from archive.models import Article, Outlet
from archive.models.articles import ArticleQuerySet

if TYPE_CHECKING:
    from django.http import HttpRequest

SORTS = [("newest", _("Newest first")), ("oldest", _("Oldest first")), ("saved", _("Saved last first"))]
DATES = [("published", _("published by the outlet")), ("saved", _("saved here"))]


def outlets_to_ask_for(request: HttpRequest) -> object:
    return Outlet.objects.visible_to(request.user).published()


class ArticleFilter(DatedListFilter):
    """outlet: slugs, several are OR. sort: by the earliest day on which each may have been published, or by copies.

    from, to: a stretch of days of the kind that “date” names; an article that may be of any of them is found.
    """

    several = ("outlet",)
    dates = DATES

    outlet = django_filters.ModelMultipleChoiceFilter(
        field_name="outlet__slug", to_field_name="slug", queryset=outlets_to_ask_for, distinct=False
    )
    sort = django_filters.ChoiceFilter(choices=SORTS, method="in_order")

    class Meta:
        model = Article
        fields: list[str] = []

    def in_order(self, articles: ArticleQuerySet, name: str, value: str) -> ArticleQuerySet:
        if value == "saved":
            return articles.recently_saved_first()
        return articles.order_by("sort_on", "pk") if value == "oldest" else articles

    def between(self, records: Any, kind: str, start: date | None, end: date | None) -> Any:
        return records.saved_between(start, end) if kind == "saved" else records.published_between(start, end)
