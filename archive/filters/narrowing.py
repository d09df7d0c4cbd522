"""How a question about articles becomes QuerySets: which articles, and how many under each value of a facet.

What is asked of reports must be so of one claim of the article. Several values of one parameter, all of them wanted,
may stand on several claims, each together with everything else that is asked. An article whose claims are not coded
yet is found by what was provisionally said of it, as long as nothing finer is asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from archive.filters import reports
from archive.filters.facets import counted_pairs, grouped
from archive.filters.reports import FROM_REPORTS, PATHS, Gazetteer, Values
from archive.models import Appearance, Article, Citation, TacticUse
from archive.models.appearances import AppearanceQuerySet
from archive.models.articles import ArticleQuerySet

OF_ARTICLES = ("outlet", "outlet_country", "outlet_kind", "language", "depth")
OF_SOURCES = {"source": "source__public_id", "source_kind": "source__kind"}
OF_REPORTS = (
    *("tactic", "people", "area", "country", "place", "setting", "response", "kind", "claim", "done_by"),
    *("speaker", "actor", "act", "voice", "credit", "occasion", "measure", "stage"),
)
PROVISIONAL = {
    "tactic": "provisional_tactics__slug",
    "people": "provisional_people__slug",
    "area": "provisional_areas__slug",
}
FROM_ARTICLES = {"article": ""}

Days = tuple[date | None, date | None]
# Rows that lead to values and articles, the way to the value, and the way to the article.
Leading = tuple[QuerySet[Any], str, str]


@dataclass(frozen=True, slots=True)
class ArticleQuestion:
    """What is asked of articles beside words and dates of their own.

    asked: values by parameter. all_of: parameters of which all values are wanted. happened, said: stretches of days.
    alone: whether the sources asked for must be all that the article takes its word from.
    """

    asked: Values
    all_of: frozenset[str] = frozenset()
    least: int | None = None
    most: int | None = None
    happened: Days | None = None
    said: Days | None = None
    alone: bool = False
    gazetteer: Gazetteer = field(default_factory=Gazetteer)

    def narrowed(self, articles: ArticleQuerySet) -> ArticleQuerySet:
        """The articles of which all that is asked is so."""
        found = self._of_their_own(articles)
        for world in self._worlds():
            found = found.filter(self._is_so(world))
        return found

    def counts(self, articles: ArticleQuerySet, name: str) -> Mapping[str, int]:
        """How many of the articles there would be under each value of a parameter, were that asked as well."""
        without = "" if name in self.all_of else name
        if name in OF_ARTICLES:
            return grouped(self._but(without).narrowed(articles), PATHS[name][0].under(FROM_ARTICLES))
        if name in OF_SOURCES:
            return self._counts_of_sources(self._but(without).narrowed(articles), name)
        within = self._of_their_own(articles)
        for value in self.asked.get(name, ()) if name in self.all_of else ():
            within = within.filter(self._is_so({**self._of_reports(), name: (value,)}))
        worlds = list(self._but(name)._worlds()) or [{}]
        if len(worlds) == 1 and name != "place":
            return sum((grouped(*leading) for leading in self._leading(name, worlds[0], within)), Counter())
        first, *others = [self._pairs(name, world, within) for world in worlds]
        return counted_pairs(first.intersection(*others))

    def _but(self, name: str) -> ArticleQuestion:
        rest = {one: values for one, values in self.asked.items() if one != name}
        return ArticleQuestion(
            rest, self.all_of, self.least, self.most, self.happened, self.said, self.alone, self.gazetteer
        )

    def _of_reports(self) -> Values:
        return {name: values for name, values in self.asked.items() if name in OF_REPORTS}

    @property
    def _is_finer(self) -> bool:
        """Whether more is asked of reports than terms."""
        return any(part is not None for part in (self.least, self.most, self.happened, self.said))

    def _worlds(self) -> Iterator[Values]:
        """What must be so of one claim, as often as another claim may serve."""
        asked = self._of_reports()
        several = {name: asked[name] for name in self.all_of if len(asked.get(name, ())) > 1}
        if not several and (asked or self._is_finer):
            yield asked
        for name, values in several.items():
            for value in values:
                yield {**asked, name: (value,)}

    def _of_their_own(self, articles: ArticleQuerySet) -> ArticleQuerySet:
        own = {name: values for name, values in self.asked.items() if name in OF_ARTICLES}
        found = articles.filter(reports.meeting(own, FROM_ARTICLES)) if own else articles
        for name, path in OF_SOURCES.items():
            values = self.asked.get(name, ())
            for group in [(value,) for value in values] if name in self.all_of else [values] if values else []:
                found = found.filter(
                    Q(pk__in=Citation.objects.published().filter(**{f"{path}__in": group}).values("article"))
                    | Q(pk__in=_crediting(name, group).values("article"))
                )
        if self.alone and self.asked.get("source"):
            found = found.resting_on_alone(self.asked["source"])
        return found

    def _is_so(self, world: Values) -> Q:
        """Articles with a claim of which all this is so, or to which it is ascribed until their claims are coded."""
        found = Q(pk__in=self._rows(world).values("article"))
        if self._is_finer or not PROVISIONAL.keys() >= world.keys():
            return found
        return found | Q(pk__in=self._ascribed(world).values("pk"))

    def _ascribed(self, world: Values) -> ArticleQuerySet:
        """Articles without coded claims of which all this is provisionally said; some more than once."""
        coded = Appearance.objects.published().filter(article=OuterRef("pk"))
        so = {f"{PROVISIONAL[name]}__in": values for name, values in world.items()}
        return Article.objects.published().filter(~Exists(coded), **so)

    def _rows(self, world: Values, beside: Q | None = None) -> AppearanceQuerySet:
        """Published reports in articles of which, or of whose claims, all this is so."""
        asked = {name: values for name, values in world.items() if name not in {"tactic", "place"}}
        if "place" in world:
            asked["place"] = self.gazetteer.within(world["place"])
        so = reports.meeting(asked, FROM_REPORTS) & reports.in_range(self.least, self.most, FROM_REPORTS)
        if self.happened:
            so &= reports.happening_between(*self.happened, FROM_REPORTS)
        if self.said:
            so &= reports.said_between(*self.said, FROM_REPORTS)
        rows = Appearance.objects.published().filter(so & (beside or Q()), article__isnull=False)
        if "tactic" in world:
            uses = TacticUse.objects.published().filter(tactic__slug__in=world["tactic"])
            here = {"appearance__claim": OuterRef("claim"), "appearance__article": OuterRef("article")}
            rows = rows.filter(Exists(uses.filter(**here)))
        return rows

    def _leading(self, name: str, world: Values, within: ArticleQuerySet) -> Iterator[Leading]:
        """The rows that lead from the values of a parameter to articles, as far as all else that is asked is so."""
        pks = within.order_by().values("pk")
        if name == "tactic":
            uses = TacticUse.objects.published().filter(appearance__article__in=pks)
            if world or self._is_finer:
                here = {"claim": OuterRef("appearance__claim"), "article": OuterRef("appearance__article")}
                uses = uses.filter(Exists(self._rows(world).filter(**here)))
            yield uses, "tactic__slug", "appearance__article"
        else:
            path = PATHS[name][0]
            rows = self._rows(world, path.is_so(FROM_REPORTS, isnull=False)).filter(article__in=pks)
            yield rows, path.under(FROM_REPORTS), "article"
        if name in PROVISIONAL and not self._is_finer and PROVISIONAL.keys() >= world.keys():
            yield self._ascribed(world).filter(pk__in=pks), PROVISIONAL[name], "pk"

    def _pairs(self, name: str, world: Values, within: ArticleQuerySet) -> set[tuple[str, int]]:
        found: set[tuple[str, int]] = set()
        for rows, path, pk in self._leading(name, world, within):
            found |= {pair for pair in rows.values_list(path, pk) if pair[0]}
        if name == "place":
            return {(around, pk) for slug, pk in found for around in self.gazetteer.around(slug)}
        return found

    def _counts_of_sources(self, articles: ArticleQuerySet, name: str) -> Mapping[str, int]:
        pks, path = articles.order_by().values("pk"), OF_SOURCES[name]
        cited = Citation.objects.published().filter(article__in=pks).values_list(path, "article")
        credited = _crediting(name).filter(article__in=pks).values_list(f"credits__{path}", "article")
        return counted_pairs([*cited, *credited])


def _crediting(name: str, values: Sequence[str] | None = None) -> AppearanceQuerySet:
    """Reports in articles with a confirmed credit to a source; to one of these, where values are given."""
    path = PATHS[name][0]
    so = path.is_so(FROM_REPORTS, isnull=False) if values is None else path.is_so(FROM_REPORTS, **{"in": values})
    return Appearance.objects.published().filter(so, article__isnull=False)
