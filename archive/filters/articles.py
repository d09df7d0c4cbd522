"""What the list of articles may be asked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Any

import django_filters
from django.db import connection
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from archive.filters import terms
from archive.filters.dates import UNDATED, StretchOrUndated, stretch
from archive.filters.narrowing import OF_ARTICLES, OF_OUTLETS, OF_REPORTS, OF_SOURCES, ArticleQuestion
from archive.filters.once import Found, Once, Texts, switch_of
from archive.filters.parameters import ReportParameters
from archive.filters.reports import values_of
from archive.filters.searching import QueryField, Search
from archive.filters.terms import Languages, SwitchFilter, Terms
from archive.models import Article, Coverage, finding
from archive.models.articles import ArticleQuerySet
from archive.models.finding import BestFirst
from archive.models.independence import CoverageQuerySet
from archive.search import engine
from archive.search.language import Query, explain
from archive.text.dates import UNKNOWN, PartialDate

SORTS = [
    ("newest", _("Newest first")),
    ("oldest", _("Oldest first")),
    ("saved", _("Saved last first")),
    ("changed", _("Changed last first")),
]
# Of searches alone.
BEST = ("best", _("Best match first"))
EARLIEST, SAVED = "earliest", "saved"
DATES = [
    ("published", _("published by the outlet")),
    (EARLIEST, _("first possible day of publication, each counted once")),
    (SAVED, _("saved here")),
    (UNDATED, _("no date of publication known")),
    ("happened", _("said to have happened")),
    ("said", _("said by the source")),
]


class Words(django_filters.Filter):
    field_class = QueryField


class CountedIn(django_filters.Filter):
    field_class = StretchOrUndated


class ArticleFilter(ReportParameters):
    """q: words, as search.language reads them. The rest: what is coded of the article, and of what it reports.

    from, to: a stretch of days of the kind that “date” names; an article that may be of any of them is found.
    counted: a stretch to which the first day belongs that an article may be of, or “undated”; beside any other date.
    once: articles that are one text stand as one, the earliest of those found (``filters.once``).
    sort: by the earliest day on which each may have been published, or by copies; or, for a search that finds no
    more articles than can be ranked, by how well each fits, which is the order of a search that asks for none.
    """

    first = ("outlet", "tactic", "area", "people", "language", "speaker", "source", "place")
    further = (
        *("outlet_country", "outlet_kind", "source_kind", "setting", "response", "done_by", "kind"),
        *("act", "voice", "credit", "stage", "measure", "country", "depth"),
    )
    marks = {**ReportParameters.marks, "counted": _("Counted in"), "alone": _("Source alone")}
    dates = DATES

    language = Terms(Languages(), _("Language"))
    source = Terms(terms.SOURCES, _("Source it names"), can_be_all=True)
    alone = SwitchFilter(label=_("Source alone"))
    once = SwitchFilter(label=_("Count each text once"))
    q = Words(method="unchanged")
    counted = CountedIn(method="unchanged")
    sort = django_filters.ChoiceFilter(choices=[BEST, *SORTS], method="unchanged")

    # Whether what was found could be put in order of fit; known once it was looked for.
    _is_ranked = False

    class Meta:
        model = Article
        fields: list[str] = []

    def filter_queryset(self, articles: ArticleQuerySet) -> ArticleQuerySet:
        found = self.question.narrowed(self._looked_among)
        return self.in_order(self._found.texts if self.is_once else found, self.form.cleaned_data["sort"])

    @property
    def is_once(self) -> bool:
        return bool(self.form.cleaned_data["once"])

    @cached_property
    def _texts(self) -> Texts:
        return Texts.among(self._looked_among, self.form.cleaned_data["counted"])

    @cached_property
    def _found(self) -> Found:
        narrowed = self.question.narrowed(self._looked_among)
        return Found(narrowed, self._texts, are_all=narrowed is self._looked_among)

    def others(self) -> dict[int, list[int]]:
        """The articles for which another stands, by that one (primary keys)."""
        return self._found.others() if self.is_once else {}

    def switch(self, total: int | None) -> Once | None:
        """The switch that counts each text once; None where it would change nothing. Queries: constant.

        total: of the list; None where it could not be understood. Raises SearchTooSlow.
        """
        if total is None:
            return None
        with engine.time_limit(connection):
            return self._switch(total)

    def _switch(self, total: int) -> Once | None:
        if self.is_once or not self.form.cleaned_data["counted"]:
            return switch_of(self, self._found.collapsed, total)
        if not self._texts.text:
            return None
        # Under a bar, a text stands where its earliest article does: only the other list knows.
        turned = self.data.copy()
        turned["once"] = "1"
        texts = type(self)(turned, queryset=self.queryset, request=self.request).qs.count()
        return switch_of(self, total - texts, total)

    def counts(self, name: str) -> Mapping[str, int]:
        return self.question.counts(self._looked_among, name)

    @cached_property
    def _looked_among(self) -> ArticleQuerySet:
        articles: ArticleQuerySet = self.queryset
        found = self._within(articles)
        # Words and copies are looked for once, not again for each facet.
        is_asked = found is not articles
        return finding.settled(found).order_by(*articles.query.order_by) if is_asked else articles

    def _within(self, articles: ArticleQuerySet) -> ArticleQuerySet:
        """Those that the words and dates of the question find."""
        kind, days = self._kind_of_date, stretch(self.form.cleaned_data)
        found = self.counted_in(articles, self.form.cleaned_data["counted"])
        found = found.found_by(self._query.tree) if self._query.tree else found
        if kind == UNDATED:
            return found.undated()
        return self.between(found, kind, *days) if days and kind not in {"happened", "said"} else found

    @property
    def _kind_of_date(self) -> str:
        return self.form.cleaned_data["date"] or self.dates[0][0]

    def coverage(self) -> CoverageQuerySet:
        """When those outlets were watched that the question asks for, or all."""
        theirs = values_of(self.form.cleaned_data, OF_OUTLETS)
        noted = Coverage.objects.visible_to(self.user).published()
        return noted.of_outlets({OF_OUTLETS[name]: values for name, values in theirs.items()})

    @cached_property
    def question(self) -> ArticleQuestion:
        """What is asked beside words and the articles' own dates."""
        asked, kind = self.form.cleaned_data, self._kind_of_date
        days = stretch(asked)
        return ArticleQuestion(
            asked=values_of(asked, (*OF_ARTICLES, *OF_SOURCES, *OF_REPORTS)),
            all_of=frozenset(name for name in (*OF_SOURCES, *OF_REPORTS) if self.is_all(name)),
            least=asked["min"],
            most=asked["max"],
            happened=days if kind == "happened" else None,
            said=days if kind == "said" else None,
            alone=asked["alone"],
            everything=self.queryset,
            texts=self._texts if self.is_once else None,
        )

    def problems(self) -> dict[str, str]:
        found = super().problems()
        if not found and self.form.cleaned_data["date"] == UNDATED and stretch(self.form.cleaned_data):
            words = _now("“%(name)s” cannot be asked of articles without a date of publication.")
            found = {name: words % {"name": name} for name in ("from", "to") if self.data.get(name)}
        if "alone" not in found and self.data.get("alone") and not self.data.get("source"):
            found["alone"] = _now("“alone” is asked of a source: name it with “source”.")
        return found

    def results(self) -> ArticleQuerySet | BestFirst:
        found: ArticleQuerySet = self.qs
        tree, sort = self._query.tree, self.form.cleaned_data["sort"]
        if tree is None or sort not in {"", "best"}:
            return found
        best = found.best_first(tree)
        self._is_ranked = best is not None
        return found if best is None else best

    @property
    def _query(self) -> Query:
        found: Query = self.form.cleaned_data["q"]
        return found

    def search(self, total: int | None) -> Search | None:
        """How the search was understood, once it was answered; None where nothing was asked for.

        total: articles found.
        """
        typed = self.data.get("q", "").strip()
        if not typed or total is None:
            return None
        query, sort = self._query, self.form.cleaned_data["sort"]
        is_rankable = finding.is_rankable(query.tree)
        return Search(
            words=typed,
            tree=query.tree,
            told=explain(query),
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

    def in_order(self, articles: ArticleQuerySet, sort: str) -> ArticleQuerySet:
        orders = {"saved": articles.recently_saved_first, "changed": articles.recently_changed}
        if sort in orders:
            return orders[sort]()
        return articles.order_by("sort_on", "pk") if sort == "oldest" else articles

    def between(self, records: Any, kind: str, start: date | None, end: date | None) -> Any:
        if kind == EARLIEST:
            return records.first_published_between(start, end)
        return records.saved_between(start, end) if kind == SAVED else records.published_between(start, end)

    def counted_in(self, articles: ArticleQuerySet, asked: PartialDate | None) -> ArticleQuerySet:
        """Those under the bars of these months; of texts that count once, all articles, of which one stands there."""
        if asked is None:
            return articles
        is_undated = asked == UNKNOWN
        found = articles.undated() if is_undated else articles.first_published_between(asked.earliest, asked.latest)
        return found | articles.in_reprint_groups() if self.is_once else found
