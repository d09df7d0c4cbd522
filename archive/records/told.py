"""The reports of one claim: all of them as little as counting needs, and those of a page with all that is shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from archive.access.texts import texts_for
from archive.models import Appearance, Article, Claim, Figure, Source, loading
from archive.models.appearances import Said
from archive.models.article_texts import one_text
from archive.models.base import User, is_desk
from archive.models.evidence import FigureQuerySet
from archive.models.vocabulary import Act
from archive.provenance import counts, graph, wordings
from archive.records import parts
from archive.records.reader import Reader

# Wordings on one page. Of answers, of reports in sources and of figures, so many where not the whole is asked for.
PAGE_SIZE = 30
MOST = 30


@dataclass(frozen=True, slots=True)
class Shape:
    """How much of a claim is wanted. page: of its wordings, from 1; None for all. is_whole: nothing cut or folded.

    is_once: of articles that are one text, the wordings of the earliest alone.
    """

    page: int | None = None
    is_whole: bool = True
    is_once: bool = False


EVERYTHING = Shape()


@dataclass(frozen=True, slots=True)
class NearestRef:
    """Another report, as far as a comparison names it."""

    report: str
    carrier: parts.CarrierRef
    stands_at: str
    voice: parts.Term
    wording_kind: parts.Term


@dataclass(frozen=True, slots=True)
class Drift:
    """How a wording stands to the nearest one held.

    is_original: that is the very wording that is credited; else the original is not held. nearest: None where no
    wording is held that stands nearer to the starting point. differences: neutral, one for each thing that differs.
    """

    report: str
    is_original: bool
    nearest: NearestRef | None
    differences: tuple[wordings.Difference, ...]


@dataclass(frozen=True)
class Told:
    """Every report that this reader may see, and who carries or is credited.

    public: what is counted, so that the desk reads the same numbers as everyone.
    """

    user: User
    reports: Sequence[Said]
    public: Sequence[Said]
    articles: Mapping[int, Article]
    sources: Mapping[int, Source]

    @classmethod
    def of(cls, claim: Claim, user: User) -> Told:
        """Five queries; one more for the desk."""
        rows = Appearance.objects.visible_to(user).of_claim(claim)
        reports = rows.said()
        public = set(rows.published().order_by().values_list("pk", flat=True)) if is_desk(user) else None
        articles = {one.article_id for one in reports if one.article_id}
        named = {credit.source_id for one in reports for credit in one.credits if credit.source_id}
        named.update(one.source_id for one in reports if one.source_id)
        sources = {one.pk: one for one in Source.objects.visible_to(user).among(named, articles=articles)}
        seen = {one.pk: one for one in Article.objects.visible_to(user).named(articles)}
        for source in sources.values():
            if article := source.article_for(user):
                seen.setdefault(article.pk, article)
        counted = reports if public is None else [one for one in reports if one.pk in public]
        return cls(user, reports, counted, seen, sources)

    @cached_property
    def asserting(self) -> list[Said]:
        return [one for one in self.reports if one.act == Act.ASSERTS]

    @cached_property
    def answers(self) -> list[Said]:
        return [one for one in self.reports if one.act != Act.ASSERTS]

    @cached_property
    def in_articles(self) -> list[Said]:
        """Those that a reader finds in an article, be it one that is held as a source."""
        return [one for one in self.asserting if one.article_id or self._in_held_article(one)]

    def worded(self, shape: Shape) -> list[Said]:
        """Those in articles; or of each text once."""
        if not shape.is_once:
            return self.in_articles
        held = {one.pk: article for one in self.in_articles if (article := self._article(one))}
        articles = {article.pk: article for article in held.values()}
        later = {article.pk for _first, *others in one_text(articles.values()) for article in others}
        return [one for one in self.in_articles if one.pk not in held or held[one.pk].pk not in later]

    def _article(self, report: Said) -> Article | None:
        """The article that a report is read in, if this reader may know it."""
        source = self.sources.get(report.source_id or 0)
        return self.articles.get(report.article_id or 0) or (source.article_for(self.user) if source else None)

    @cached_property
    def in_sources(self) -> list[Said]:
        return [one for one in self.asserting if not one.article_id and not self._in_held_article(one)]

    def _in_held_article(self, report: Said) -> bool:
        source = self.sources.get(report.source_id or 0)
        return source is not None and source.article_id in self.articles

    @property
    def by_node(self) -> dict[graph.Node, Source]:
        return {counts.node_of(source): source for source in self.sources.values()}

    def nearest(self, provenance: graph.Provenance) -> dict[int, wordings.Nearest]:
        """To each report in an article that credits something, the nearest wording held."""
        nodes = {pk: counts.node_of(source) for pk, source in self.sources.items()}
        rows = []
        for report in self.asserting:
            carrier = graph.article(report.article_id) if report.article_id else nodes.get(report.source_id or 0)
            counted = [nodes.get(one.source_id or 0) for one in report.credits if counts.is_counted(one)]
            if carrier:
                credited = tuple(node for node in counted if node)
                is_held = report.passage_id is not None
                rows.append(wordings.Worded(report.pk, carrier, credited, report.voice, report.wording, is_held))
        return wordings.nearest(rows, provenance.parents)


@dataclass(frozen=True)
class Window:
    """The reports that are shown, by pk: those of one page, or all."""

    in_articles: Sequence[int]
    in_sources: Sequence[int]
    answers: Sequence[int]

    @classmethod
    def of(cls, told: Told, shape: Shape) -> Window:
        in_articles, others = told.worded(shape), slice(None if shape.is_whole else MOST)
        if shape.page is not None:
            in_articles = in_articles[(shape.page - 1) * PAGE_SIZE : shape.page * PAGE_SIZE]
        return cls(
            *([one.pk for one in found] for found in (in_articles, told.in_sources[others], told.answers[others]))
        )


@dataclass(frozen=True)
class Loaded:
    """Reports and figures with all that is shown of them, and the texts of their articles."""

    reader: Reader
    reports: Mapping[int, Appearance]
    figures: Sequence[Figure]
    figure_total: int
    nearest: Mapping[int, wordings.Nearest]

    @classmethod
    def of(
        cls, claim: Claim, user: User, window: Window, nearest: Mapping[int, wordings.Nearest], shape: Shape
    ) -> Loaded:
        """Constant query count."""
        stands = (nearest[pk].report for pk in window.in_articles if pk in nearest)
        pks = {*window.in_articles, *window.in_sources, *window.answers, *(pk for pk in stands if pk is not None)}
        wanted = Appearance.objects.visible_to(user).by_pks(pks)
        reports = {one.pk: one for one in (loading.at_once(wanted) if shape.is_whole else wanted.loaded())}
        asserted = Figure.objects.visible_to(user).asserted_of(claim.pk)
        if shape.is_whole:
            figures = _figures_of(reports, asserted)
            total = len(figures)
        else:
            figures, total = list(asserted.loaded()[:MOST]), asserted.order_by().count()
        carriers = [*reports.values(), *(one.appearance for one in figures)]
        articles = {one.article.pk: one.article for one in carriers if one.article}
        return cls(Reader(user, texts_for(articles.values(), user)), reports, figures, total, nearest)

    def records(self, pks: Iterable[int]) -> tuple[parts.ReportRecord, ...]:
        return tuple(self.reader.report(self.reports[pk]) for pk in pks if pk in self.reports)

    def drifts(self, pks: Iterable[int]) -> tuple[Drift, ...]:
        """Of those that credit something."""
        return tuple(
            self._drift(self.reports[pk], self.nearest[pk]) for pk in pks if pk in self.nearest and pk in self.reports
        )

    def _drift(self, report: Appearance, found: wordings.Nearest) -> Drift:
        other = self.reports.get(found.report or 0)
        if other is None:
            return Drift(report.public_id, found.is_original, None, ())
        speakers = (self.reader.actor(one.speaker) for one in (report, other))
        names = {
            one.speaker_id: who.title
            for one, who in zip((report, other), speakers, strict=True)
            if one.speaker_id and who
        }
        return Drift(
            report.public_id,
            found.is_original,
            NearestRef(
                other.public_id,
                self.reader.carrier(other),
                self.reader.stands_at(other),
                self.reader.term(other, "voice"),
                self.reader.term(other, "wording"),
            ),
            tuple(wordings.differences(report, other, names)),
        )


def _figures_of(reports: Mapping[int, Appearance], wanted: FigureQuerySet) -> list[Figure]:
    """Figures in their order, those of reports as loaded with them; the others are loaded. Five queries at most."""
    held = {figure.pk: figure for report in reports.values() for figure in report.figures.all()}
    pks = list(wanted.values_list("pk", flat=True))
    if not held.keys() >= set(pks):
        held |= {figure.pk: figure for figure in wanted.loaded() if figure.pk not in held}
    return [held[pk] for pk in pks]
