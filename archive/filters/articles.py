"""What the list of articles may be asked."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import django_filters
from django.utils.translation import gettext_lazy as _

from archive.filters.dates import UNDATED, DatedListFilter, StretchOrUndated, stretch
from archive.filters.searching import QueryField, Search
from archive.models import Article, Outlet, finding
from archive.models.articles import ArticleQuerySet
from archive.models.finding import BestFirst
from archive.search import language
from archive.text.dates import UNKNOWN, PartialDate

if TYPE_CHECKING:
    from django.http import HttpRequest

SORTS = [("newest", _("Newest first")), ("oldest", _("Oldest first")), ("saved", _("Saved last first"))]
# Of searches alone.
BEST = ("best", _("Best match first"))
EARLIEST, SAVED = "earliest", "saved"
DATES = [
    ("published", _("published by the outlet")),
    (EARLIEST, _("first possible day of publication, each counted once")),
    (SAVED, _("saved here")),
    (UNDATED, _("no date of publication known")),
]


def outlets_to_ask_for(request: HttpRequest) -> object:
    return Outlet.objects.visible_to(request.user).published()


class Words(django_filters.Filter):
    field_class = QueryField


class CountedIn(django_filters.Filter):
    field_class = StretchOrUndated


class ArticleFilter(DatedListFilter):
    """q: words, as search.language reads them. outlet: slugs, several are OR.

    from, to: a stretch of days of the kind that “date” names; an article that may be of any of them is found.
    counted: a stretch to which the first day belongs that an article may be of, or “undated”; beside any other date.
    sort: by the earliest day on which each may have been published, or by copies; or, for a search that finds no
    more articles than can be ranked, by how well each fits, which is the order of a search that asks for none.
    """

    several = ("outlet",)
    carried = ("q", "counted")
    dates = DATES

    outlet = django_filters.ModelMultipleChoiceFilter(
        field_name="outlet__slug", to_field_name="slug", queryset=outlets_to_ask_for, distinct=False
    )
    q = Words(method="fitting")
    counted = CountedIn(method="counted_in")
    sort = django_filters.ChoiceFilter(choices=[BEST, *SORTS], method="in_order")

    # Whether what was found could be put in order of fit; known once it was looked for.
    _is_ranked = False

    class Meta:
        model = Article
        fields: list[str] = []

    def fitting(self, articles: ArticleQuerySet, name: str, query: language.Query) -> ArticleQuerySet:
        return articles.found_by(query.tree)

    def results(self) -> ArticleQuerySet | BestFirst:
        found: ArticleQuerySet = self.qs
        tree, sort = self._query.tree, self.form.cleaned_data["sort"]
        if tree is None or sort not in {"", "best"}:
            return found
        best = found.best_first(tree)
        self._is_ranked = best is not None
        return found if best is None else best

    @property
    def _query(self) -> language.Query:
        found: language.Query = self.form.cleaned_data["q"]
        return found

    def search(self, total: int | None) -> Search | None:
        """How the search was understood, once it was answered; None where nothing was asked for.

        total: articles found.
        """
        words = self.data.get("q", "").strip()
        if not words or total is None:
            return None
        query, sort = self._query, self.form.cleaned_data["sort"]
        is_rankable = finding.is_rankable(query.tree)
        return Search(
            words=words,
            tree=query.tree,
            told=language.explain(query),
            notes=query.notes,
            order=(order := self._order()),
            order_said=str(dict([BEST, *SORTS])[order]),
            may_be_ranked=is_rankable and 0 < total <= finding.MOST_RANKED,
            is_cut_short=is_rankable and sort in {"", "best"} and total > finding.MOST_RANKED,
        )

    def _order(self) -> str:
        sort: str = self.form.cleaned_data["sort"]
        return "best" if self._is_ranked else "newest" if sort in {"", "best"} else sort

    def sorts(self, search: Search | None) -> list[tuple[str, Any]]:
        """The orders worth offering."""
        return [BEST, *SORTS] if search and search.may_be_ranked else SORTS

    def in_order(self, articles: ArticleQuerySet, name: str, value: str) -> ArticleQuerySet:
        if value == "saved":
            return articles.recently_saved_first()
        return articles.order_by("sort_on", "pk") if value == "oldest" else articles

    def between(self, records: Any, kind: str, start: date | None, end: date | None) -> Any:
        if kind == EARLIEST:
            return records.first_published_between(start, end)
        return records.saved_between(start, end) if kind == SAVED else records.published_between(start, end)

    def chosen(self, records: Any, name: str, value: str) -> Any:
        return records.undated() if value == UNDATED else records

    def counted_in(self, articles: ArticleQuerySet, name: str, asked: PartialDate) -> ArticleQuerySet:
        if asked == UNKNOWN:
            return articles.undated()
        return articles.first_published_between(asked.earliest, asked.latest)

    def problems(self) -> dict[str, str]:
        found = super().problems()
        if not found and self.form.cleaned_data["date"] == UNDATED and stretch(self.form.cleaned_data):
            words = _("“%(name)s” cannot be asked of articles without a date of publication.")
            found = {name: str(words) % {"name": name} for name in ("from", "to") if self.data.get(name)}
        return found
