"""What tells one reader of records: it makes their parts of what has passed the two doors."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.db.models import Model

from archive.access.texts import VisibleText
from archive.models import Actor, Appearance, Article, Credit, Figure, Source
from archive.models.base import User, is_desk
from archive.models.vocabulary import CreditState
from archive.provenance.counts import is_counted
from archive.records import parts


@dataclass(frozen=True)
class Reader:
    """The reader that records are made for, with the texts that this reader may see (by article pk)."""

    user: User
    texts: Mapping[int, VisibleText] = field(default_factory=dict)
    # Thousands of reports are of a few hundred records, and an address takes long to make: each is told of once.
    _refs: dict[tuple[str, int], parts.Ref] = field(default_factory=dict)
    _carriers: dict[int, parts.CarrierRef] = field(default_factory=dict)
    _figures: dict[int, parts.FigureRecord] = field(default_factory=dict)
    _credits: dict[tuple[object, ...], parts.CreditRecord] = field(default_factory=dict)
    _terms: dict[tuple[type, str, str], parts.Term] = field(default_factory=dict)

    def _ref(self, kind: str, pk: int, make: Callable[[], parts.Ref]) -> parts.Ref:
        key = (kind, pk)
        if key not in self._refs:
            self._refs[key] = make()
        return self._refs[key]

    def wording(self, article: Article | None, passage: int | None) -> parts.Wording:
        """A passage through the door; a source's own wording is not held."""
        if article is None:
            return parts.Wording((), "wording not held")
        visible = self.texts[article.pk]
        quote = visible.quote(passage)
        if quote is None:
            return parts.Wording((), visible.absence(passage))
        label = parts.term(article, "sensitivity").label if article.sensitivity else ""
        return parts.Wording(parts.pieces(quote), "", article.language, label)

    def article(self, article: Article) -> parts.Ref:
        return self._ref("article", article.pk, lambda: self._article(article))

    def _article(self, article: Article) -> parts.Ref:
        return parts.Ref("article", article.public_id, article.headline_for(self.user), article.get_absolute_url())

    def source(self, source: Source | None) -> parts.Ref | None:
        """A source that this reader may see; needs its ``article`` loaded."""
        if source is None or not (source.is_published or is_desk(self.user)):
            return None
        return self._ref("source", source.pk, lambda: self._source(source))

    def _source(self, source: Source) -> parts.Ref:
        page = (source.article_for(self.user) or source).get_absolute_url()
        return parts.Ref("source", source.public_id, source.title_for(self.user), page)

    def actor(self, actor: Actor | None) -> parts.Ref | None:
        if actor is None or not (actor.is_published or is_desk(self.user)):
            return None
        return self._ref(
            "actor", actor.pk, lambda: parts.Ref("actor", actor.public_id, actor.name, actor.get_absolute_url())
        )

    def carrier(self, report: Appearance) -> parts.CarrierRef:
        article = report.article or (report.source.article_for(self.user) if report.source else None)
        if article is not None and (article.is_published or is_desk(self.user)):
            return self.in_article(article)
        assert report.source is not None  # noqa: S101  # the constraint appearance_in_article_or_source
        ref = self.source(report.source)
        assert ref is not None  # noqa: S101  # visible_to lets no appearance of a hidden source through
        return parts.CarrierRef(ref, None, parts.said(report.source))

    def in_article(self, article: Article) -> parts.CarrierRef:
        if article.pk not in self._carriers:
            of = self._ref("outlet", article.outlet_id, lambda: parts.outlet(article.outlet))
            self._carriers[article.pk] = parts.CarrierRef(self.article(article), of, parts.published(article))
        return self._carriers[article.pk]

    def _claim(self, report: Appearance) -> parts.Ref:
        return self._ref("claim", report.claim_id, lambda: parts.claim(report.claim))

    def stands_at(self, report: Appearance) -> str:
        """The address of a report's passage, on the page of the article or source that carries it."""
        page = report.article or report.source
        assert page is not None  # noqa: S101  # the constraint appearance_in_article_or_source
        key = f"page of {page._meta.model_name}"
        return self._ref(key, page.pk, lambda: parts.Ref("", "", "", page.get_absolute_url())).page + report.fragment

    def term(self, record: Model, name: str) -> parts.Term:
        """The term of a choice field; of thousands a few hundred are different."""
        key = (type(record), name, getattr(record, name))
        found = self._terms.get(key)
        if found is None:
            found = self._terms[key] = parts.term(record, name)
        return found

    def report(self, report: Appearance) -> parts.ReportRecord:
        """From an appearance with ``loaded()`` relations."""
        return parts.ReportRecord(
            id=report.public_id,
            claim=self._claim(report),
            carrier=self.carrier(report),
            stands_at=self.stands_at(report),
            speaker=self.actor(report.speaker),
            act=self.term(report, "act"),
            voice=self.term(report, "voice"),
            part=self.term(report, "part"),
            hedge=self.term(report, "hedge"),
            verb=report.verb,
            stance=self.term(report, "stance"),
            destination=self.term(report, "destination") if report.destination else None,
            wording=self.wording(report.article, report.passage_id),
            wording_kind=self.term(report, "wording"),
            note=report.note,
            credits=self.credits(report),
            figures=tuple(self.figure(figure, report) for figure in report.figures.all()),
            tactics=tuple(parts.Term(use.tactic.slug, use.tactic.label) for use in report.tactic_uses.all()),
        )

    def credits(self, report: Appearance) -> tuple[parts.CreditRecord, ...]:
        """Whom it credits, rejected suggestions left out; a suggestion stays at the desk."""
        states = {CreditState.CONFIRMED, CreditState.SUGGESTED} if is_desk(self.user) else {CreditState.CONFIRMED}
        return tuple(self.credit(credit) for credit in report.credits.all() if credit.state in states)

    def credit(self, credit: Credit) -> parts.CreditRecord:
        """Of thousands of credits a few hundred are different."""
        key = (credit.source_id, credit.how, credit.basis, credit.evidence, credit.state)
        if key not in self._credits:
            self._credits[key] = self._credit(credit)
        return self._credits[key]

    def _credit(self, credit: Credit) -> parts.CreditRecord:
        return parts.CreditRecord(
            self.source(credit.source),
            self.term(credit, "how"),
            self.term(credit, "basis"),
            self.term(credit, "evidence"),
            self.term(credit, "state"),
            is_counted(credit),
        )

    def figure(self, figure: Figure, report: Appearance) -> parts.FigureRecord:
        """A number of a report; the same where it is asked for again."""
        if figure.pk not in self._figures:
            self._figures[figure.pk] = self._figure(figure, report)
        return self._figures[figure.pk]

    def _figure(self, figure: Figure, report: Appearance) -> parts.FigureRecord:
        return parts.FigureRecord(
            id=figure.public_id,
            text=figure.written,
            low=figure.low,
            high=figure.high,
            comparator=self.term(figure, "comparator"),
            measure=self._ref("measure", figure.measure_id, lambda: parts.measure(figure.measure)),
            as_of=parts.when(figure.as_of_from, figure.as_of_to, figure.as_of_precision, figure.as_of_words),
            counting=self.term(figure, "counting"),
            wording=self.wording(report.article, figure.passage_id),
            part_of=figure.of_figure.written if figure.of_figure else "",
            note=figure.note,
            claim=self._claim(report),
            carrier=self.carrier(report),
            stands_at=self.stands_at(report),
            speaker=self.actor(report.speaker),
            credits=self.credits(report),
        )
