"""What the list of articles may be asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import django_filters
from django.utils.translation import gettext_lazy as _

from archive.filters.listing import ListFilter
from archive.models import Article, Outlet
from archive.models.articles import ArticleQuerySet

if TYPE_CHECKING:
    from django.http import HttpRequest

SORTS = [("newest", _("Newest first")), ("oldest", _("Oldest first"))]


def outlets_to_ask_for(request: HttpRequest) -> object:
    return Outlet.objects.visible_to(request.user).published()


class ArticleFilter(ListFilter):
    """outlet: slugs, several are OR. sort: by the earliest day on which each may have been published."""

    several = ("outlet",)

    outlet = django_filters.ModelMultipleChoiceFilter(
        field_name="outlet__slug", to_field_name="slug", queryset=outlets_to_ask_for, distinct=False
    )
    sort = django_filters.ChoiceFilter(choices=SORTS, method="in_order")

    class Meta:
        model = Article
        fields: list[str] = []

    def in_order(self, articles: ArticleQuerySet, name: str, value: str) -> ArticleQuerySet:
        return articles.order_by("sort_on", "pk") if value == "oldest" else articles
