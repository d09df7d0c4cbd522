"""How a question about articles becomes QuerySets: which articles, and how many under each value of a facet.

What is asked of reports must be so of one claim of the article. Several values of one parameter, all of them wanted,
may stand on several claims, each together with everything else that is asked. An article whose claims are not coded
yet is found by what was provisionally said of it, as long as nothing finer is asked.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from archive.filters import reports
from archive.filters.facets import counted, sets_by_value
from archive.filters.once import Texts
from archive.filters.reports import FROM_REPORTS, PATHS, Gazetteer, Values
from archive.filters.tally import TACTICS, Tally, among, are_apart
from archive.models import Appearance, Article, Citation, Outlet, Source, TacticUse, finding
from archive.models.appearances import AppearanceQuerySet
from archive.models.articles import ArticleQuerySet

OF_OUTLETS = {"outlet": "slug", "outlet_country": "country__code", "outlet_kind": "kind"}
OF_ROWS = ("outlet", "language", "depth")
OF_ARTICLES = (*OF_OUTLETS, "language", "depth")
OF_SOURCES = {"source": "public_id", "source_kind": "kind"}
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

NOTHING: Values = {}

Days = tuple[date | None, date | None]


@dataclass(frozen=True, slots=True)
class ArticleQuestion:
    """What is asked of articles beside words and dates of their own.

    asked: values by parameter. all_of: parameters of which all values are wanted. happened, said: stretches of days.
    alone: whether the sources asked for must be all that the article takes its word from. everything: the QuerySet of
    all that is published, where the list begins with it: rows beside its articles need not be looked up in it.
    texts: where each text counts once, which articles are of one. known: what was read already.
    """

    asked: Values
    all_of: frozenset[str] = frozenset()
    least: int | None = None
    most: int | None = None
    happened: Days | None = None
    said: Days | None = None
    alone: bool = False
    everything: ArticleQuerySet | None = None
    texts: Texts | None = None
    gazetteer: Gazetteer = field(default_factory=Gazetteer)
    known: dict[str, Any] = field(default_factory=dict)

    def narrowed(self, articles: ArticleQuerySet) -> ArticleQuerySet:
        """The articles of which all that is asked is so, in their order."""
        key = repr(("narrowed", sorted(self.asked.items())))
        worlds = list(self._worlds())
        if not worlds:
            return self._of_their_own(articles)
        if key not in self.known:
            found = self._of_their_own(articles)
            for world in worlds:
                found = found.filter(self._is_so(world))
            self.known[key] = finding.settled(found)
        narrowed: ArticleQuerySet = self.known[key]
        return narrowed.order_by(*articles.query.order_by)

    def counts(self, articles: ArticleQuerySet, name: str) -> Mapping[str, int]:
        """How many of the articles there would be under each value of a parameter, were that asked as well."""
        without = "" if name in self.all_of else name
        if name in OF_ARTICLES:
            return self._but(without)._counts_of_articles(articles, name)
        if name in OF_SOURCES:
            return self._but(without)._counts_of_sources(articles, name)
        within = self._of_their_own(articles)
        all_of = {name: self.asked[name]} if name in self.all_of and name in self.asked else NOTHING
        for value in all_of.get(name, ()):
            within = within.filter(self._is_so({**self._of_reports(), name: (value,)}))
        worlds = list(self._but(name)._worlds()) or [{}]
        first, *others = [self._under(name, world, within, all_of) for world in worlds]
        for other in others:
            first = {value: articles & other.get(value, set()) for value, articles in first.items()}
        return self._counted(first)

    def _counted(self, sets: Mapping[str, set[int]]) -> Mapping[str, int]:
        """How many there are under each value: articles, or texts."""
        if self.texts is None:
            return counted(sets)
        return +Counter({value: self.texts.number(pks) for value, pks in sets.items() if value})

    def _but(self, name: str) -> ArticleQuestion:
        return replace(self, asked={one: values for one, values in self.asked.items() if one != name})

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
        """Those of which so much is so as is asked of the articles themselves and of their sources."""
        own = {name: values for name, values in self.asked.items() if name in {*OF_ARTICLES, *OF_SOURCES}}
        if not own:
            return articles
        key = repr(("own", sorted(own.items())))
        if key not in self.known:
            self.known[key] = finding.settled(self._found_by_own(articles, own))
        found: ArticleQuerySet = self.known[key]
        return found.order_by(*articles.query.order_by)

    def _found_by_own(self, articles: ArticleQuerySet, asked: Values) -> ArticleQuerySet:
        own = {name: values for name, values in asked.items() if name in OF_ARTICLES}
        found = articles.filter(reports.meeting(own, FROM_ARTICLES)) if own else articles
        for name, path in OF_SOURCES.items():
            values = asked.get(name, ())
            for group in [(value,) for value in values] if name in self.all_of else [values] if values else []:
                found = found.filter(
                    Q(pk__in=Citation.objects.published().filter(**{f"source__{path}__in": group}).values("article"))
                    | Q(pk__in=_crediting(name, group).values("article"))
                )
        if self.alone and asked.get("source"):
            found = found.resting_on_alone(asked["source"])
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
        rows = Appearance.objects.published_in_articles().filter(so & (beside or Q()))
        if "tactic" in world:
            # Of the same claim and article, so the rows' own conditions hold of them as well.
            uses = TacticUse.objects.order_by().filter(tactic__slug__in=world["tactic"])
            here = {"appearance__claim": OuterRef("claim"), "appearance__article": OuterRef("article")}
            rows = rows.filter(Exists(uses.filter(**here)))
        return rows

    def _under(self, name: str, world: Values, within: ArticleQuerySet, all_of: Values) -> dict[str, set[int]]:
        """The articles within that have a claim of which a value and all of the world is so, by the value."""
        found: defaultdict[str, set[int]] = defaultdict(set)
        for value, pk in self._ascribed_values(name, world, within):
            found[value].add(pk)
        if name == "tactic" and (world or self._is_finer):
            pairs = self._tactics_beside(world, within, all_of)
        elif are_apart(name, self._looked_at(world)):
            pairs = self._tally(world, within, all_of).by_value(TACTICS if name == "tactic" else PATHS[name])
        else:
            pairs = self._together(name, world, within)
        for value, articles in pairs.items():
            found[value] |= articles
        return self.gazetteer.lifted(found) if name == "place" else found

    def _looked_at(self, world: Values) -> set[str]:
        """What is asked of reports, by the parameters."""
        finer = {"range": self.least is not None or self.most is not None, "said": self.said is not None}
        return {*world, *(name for name, is_asked in finer.items() if is_asked)}

    def _tally(self, world: Values, within: ArticleQuerySet, all_of: Values = NOTHING) -> Tally:
        """All reports within of which all this is so. One query, the first time.

        all_of: what of the articles within is so beside what is asked of them.
        """
        own = {name: values for name, values in self.asked.items() if name not in OF_REPORTS}
        key = repr((sorted(world.items()), sorted(own.items()), sorted(all_of.items())))
        if key not in self.known:
            rows = self._rows(world)
            if within is not self.everything:
                rows = rows.filter(article__in=within.order_by().values("pk"))
            self.known[key] = Tally(rows, "article", FROM_REPORTS)
        found: Tally = self.known[key]
        return found

    def _tactics_beside(self, world: Values, within: ArticleQuerySet, all_of: Values) -> dict[str, set[int]]:
        """Articles by the methods that they assert for claims of which all this is so."""
        here = self._tally(world, within, all_of).carried()
        uses = TacticUse.objects.order_by().values_list("tactic__slug", "appearance__claim", "appearance__article")
        articles = {article for _claim, article in here}
        return sets_by_value(
            (slug, article)
            for slug, claim, article in among(uses, "appearance__article", articles)
            if (claim, article) in here
        )

    def _together(self, name: str, world: Values, within: ArticleQuerySet) -> dict[str, set[int]]:
        """As ``_tally``, where the value must stand in a row of which something else is asked."""
        path = PATHS[name][0]
        rows = self._rows(world, path.is_so(FROM_REPORTS, isnull=False))
        rows = rows.filter(article__in=within.order_by().values("pk"))
        return sets_by_value(rows.order_by().values_list(path.under(FROM_REPORTS), "article").distinct())

    def _ascribed_values(self, name: str, world: Values, within: ArticleQuerySet) -> Iterable[tuple[str, int]]:
        """Values that are provisionally said of articles without coded claims, each with the article."""
        if name not in PROVISIONAL or self._is_finer or not PROVISIONAL.keys() >= world.keys():
            return ()
        path = PROVISIONAL[name]
        if world:
            ascribed = self._ascribed(world).filter(pk__in=within.order_by().values("pk"))
            return ascribed.filter(**{f"{path}__isnull": False}).values_list(path, "pk")
        # The reports within are known, or are about to be: so is which articles are coded.
        said = within.order_by().filter(**{f"{path}__isnull": False}).values_list(path, "pk")
        coded = self._tally({}, within).grouped("article")
        return (pair for pair in said if pair[1] not in coded)

    def _counts_of_articles(self, articles: ArticleQuerySet, name: str) -> Mapping[str, int]:
        """One query for all that is said of the articles themselves, as long as the same is asked; two for texts."""
        key = repr(("articles", sorted(self.asked.items())))
        if key not in self.known:
            self.known[key] = self._of_themselves(self.narrowed(articles))
        rows, members = self.known[key]
        at = OF_ROWS.index(name) if name in OF_ROWS else 0
        values = Outlet.objects.by_pk(OF_OUTLETS[name]) if at == 0 else {}
        found = Counter[str]()
        for row in rows:
            found[values.get(row[at], row[at])] += row[-1]
        if self.texts is not None:
            pks = sets_by_value((values.get(row[at], row[at]), row[-1]) for row in members)
            found.update(self._counted(pks))
        return Counter({value: n for value, n in found.items() if value})

    def _of_themselves(self, found: ArticleQuerySet) -> tuple[list[Any], list[Any]]:
        """Outlet, language and depth with a number of articles; then with the id of each that may be a reprint."""
        rows = found.order_by().values_list(*OF_ROWS)
        if self.texts is None or not self.texts.text:
            return list(rows.annotate(n=Count("*"))), []
        alone = rows.filter(reprint_group__isnull=True)
        return list(alone.annotate(n=Count("*"))), list(
            found.in_reprint_groups().order_by().values_list(*OF_ROWS, "pk")
        )

    def _counts_of_sources(self, articles: ArticleQuerySet, name: str) -> Mapping[str, int]:
        key = repr(("sources", sorted(self.asked.items())))
        if key not in self.known:
            self.known[key] = self._by_source(articles)
        by_source: Mapping[int, set[int]] = self.known[key]
        found: defaultdict[str, set[int]] = defaultdict(set)
        for pk, value in among(Source.objects.published(), "pk", by_source).values_list("pk", OF_SOURCES[name]):
            found[value] |= by_source.get(pk, set())
        return self._counted(found)

    def _by_source(self, articles: ArticleQuerySet) -> Mapping[int, set[int]]:
        """The articles of which all that is asked is so, by the sources that they cite or credit, public or not."""
        narrowed = self.narrowed(articles)
        if self._of_reports() or self._is_finer:
            pks = narrowed.order_by().values("pk")
            tally = Tally(Appearance.objects.published_in_articles().filter(article__in=pks), "article", FROM_REPORTS)
        else:
            tally = self._tally({}, narrowed)
        found: defaultdict[int, set[int]] = defaultdict(set)
        for source, carriers in tally.grouped("credited").items():
            found[source].update(carriers)
        citations = Citation.objects.published().order_by()
        if narrowed is not self.everything:
            citations = Citation.objects.in_articles(narrowed)
        for source, article in citations.values_list("source", "article"):
            found[source].add(article)
        return found


def _crediting(name: str, values: Sequence[str]) -> AppearanceQuerySet:
    """Reports in articles with a confirmed credit to one of these sources."""
    so = PATHS[name][0].is_so(FROM_REPORTS, **{"in": values})
    return Appearance.objects.published_in_articles().filter(so)
