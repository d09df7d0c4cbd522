"""What an appearance carries: the sources that it credits, its numbers, the methods that it asserts."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, Self

from django.db import models
from django.db.models import F, Prefetch, Q
from django.db.models.functions import Coalesce
from django.urls import reverse

from archive.models.articles import Article
from archive.models.base import User, is_desk, known, ordered
from archive.models.captures import Passage
from archive.models.sources import Source
from archive.models.terms import Measure, Tactic
from archive.models.vocabulary import (
    ASSERTED_BY,
    Act,
    AssertedBy,
    Comparator,
    CountingBasis,
    CreditBasis,
    CreditEvidence,
    CreditHow,
    CreditState,
    DatePrecision,
    RecordStatus,
)
from archive.text.identifiers import PUBLIC_ID_LENGTH, random_public_id
from archive.text.numbers import written_figure

PUBLISHED = RecordStatus.PUBLISHED


class CreditQuerySet(models.QuerySet["Credit"]):
    def counted(self) -> Self:
        """Those that routes and origins are counted by: confirmed, not inferred, to a published source."""
        bases = (CreditBasis.SAME_PASSAGE, CreditBasis.ELSEWHERE)
        return self.filter(state=CreditState.CONFIRMED, basis__in=bases, source__status=PUBLISHED).order_by()


class Credit(models.Model):
    """An appearance says that it has the claim from a source; several are allowed.

    source: empty only where the editor looked and no source is stated.
    Only confirmed credits count; an editor's inference is shown and not counted.
    """

    appearance = models.ForeignKey("archive.Appearance", on_delete=models.CASCADE, related_name="credits")
    source = models.ForeignKey(Source, null=True, blank=True, on_delete=models.PROTECT, related_name="credited_in")
    how = models.CharField(max_length=12, choices=CreditHow, default=CreditHow.REPORTS)
    basis = models.CharField(max_length=12, choices=CreditBasis, default=CreditBasis.SAME_PASSAGE)
    evidence = models.CharField(max_length=12, choices=CreditEvidence, default=CreditEvidence.STATED)
    state = models.CharField(max_length=12, choices=CreditState, default=CreditState.CONFIRMED)

    objects = CreditQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            known("how", CreditHow, "credit_how_known"),
            known("basis", CreditBasis, "credit_basis_known"),
            known("evidence", CreditEvidence, "credit_evidence_known"),
            known("state", CreditState, "credit_state_known"),
            models.CheckConstraint(
                condition=Q(source__isnull=True, basis=CreditBasis.NONE_STATED)
                | Q(source__isnull=False) & ~Q(basis=CreditBasis.NONE_STATED),
                name="credit_source_unless_none_stated",
                violation_error_message="A credit names its source, or says that none is stated.",
            ),
            models.UniqueConstraint(
                fields=["appearance", "source"],
                name="credit_source_once",
                violation_error_message="This report credits this source already.",
            ),
            models.UniqueConstraint(
                fields=["appearance"],
                condition=Q(source__isnull=True),
                name="credit_none_stated_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.appearance_id} ← {self.source_id or 'none stated'}"


class FigureQuerySet(models.QuerySet["Figure"]):
    def visible_to(self, user: User) -> Self:
        return self.all() if is_desk(user) else self.published()

    def published(self) -> Self:
        """Where the claim and what carries it are published."""
        carried = Q(appearance__article__status=PUBLISHED) | Q(appearance__source__status=PUBLISHED)
        return self.filter(carried, appearance__claim__status=PUBLISHED)

    def in_article(self, article: Article) -> Self:
        return self.filter(appearance__article=article)

    def by_public_ids(self, public_ids: Iterable[str]) -> Self:
        """With measure, speaker and article, by article. One query."""
        loads = "measure__territory", "measure__origin", "appearance__speaker", "appearance__article__outlet"
        found = self.filter(public_id__in=list(public_ids)).select_related(*loads)
        return found.order_by("appearance__article", "pk")

    def in_reports(self, reports: models.QuerySet[models.Model]) -> Self:
        return self.filter(appearance__in=reports.order_by().values("pk"))

    def said_in_several_articles(self, *, most: int) -> Iterable[tuple[Any, ...]]:
        """(article, figure's public id, measure, speaker, low, high, comparator): what one speaker says in several.

        most: articles; a number that more have is left out, and any without bounds or without a speaker. Two queries.
        """
        sign = ("measure", "appearance__speaker", "low", "high", "comparator")
        told = self.filter(appearance__article__isnull=False, appearance__speaker__isnull=False).order_by()
        told = told.exclude(low=None, high=None).exclude(appearance__article__status=RecordStatus.WITHDRAWN)
        counted = told.values(*sign).annotate(articles=models.Count("appearance__article", distinct=True))
        wanted = set(counted.filter(articles__gt=1, articles__lte=most).values_list(*sign))
        speakers = {speaker for _measure, speaker, *_rest in wanted}
        rows = told.filter(appearance__speaker__in=speakers).order_by("pk")
        found = rows.values_list("appearance__article", "public_id", *sign)
        return [row for row in found if row[2:] in wanted]

    def asserted_of(self, claim: int) -> Self:
        """Numbers with which the claim is asserted, as its articles follow one another. No query."""
        day = F("appearance__article__published_from").asc(nulls_last=True)
        found = self.filter(appearance__claim=claim, appearance__act=Act.ASSERTS)
        return found.order_by(day, "appearance__article_id", "appearance__position", "appearance_id", "pk")

    def newest_first(self) -> Self:
        """By the last day that each holds for; undated last, ties by id."""
        return self.order_by(F("as_of_to").desc(nulls_last=True), F("as_of_from").desc(nulls_last=True), "pk")

    def oldest_first(self) -> Self:
        return self.order_by(F("as_of_to").asc(nulls_last=True), F("as_of_from").asc(nulls_last=True), "pk")

    def largest_first(self) -> Self:
        """By the number as worded; words without a number last."""
        return self.order_by(Coalesce("low", "high").desc(nulls_last=True), "pk")

    def by_measure(self) -> Self:
        return self.order_by("measure__slug", F("as_of_to").asc(nulls_last=True), "pk")

    def of_measure(self, measure: Measure) -> Self:
        """Every figure of one measure, by the day it holds for. Three queries."""
        return self.of_measures([measure])

    def of_measures(self, measures: Iterable[Measure]) -> Self:
        """The same of several measures, in one order. Three queries."""
        return self.filter(measure__in=list(measures)).loaded().order_by(F("as_of_to").asc(nulls_last=True), "pk")

    def last_measures(self, claims: Iterable[models.Model]) -> dict[int, str]:
        """By which measure each of these claims was counted last: claim's pk to slug. One query."""
        rows = self.filter(appearance__claim__in=[claim.pk for claim in claims]).order_by("pk")
        return dict(rows.values_list("appearance__claim", "measure__slug"))

    def loaded(self) -> Self:
        """With measure, claim, carrier, speaker and credits. Three queries."""
        return self.select_related(
            "measure__origin",
            "measure__territory",
            "of_figure",
            "appearance__claim",
            "appearance__speaker",
            "appearance__article__outlet",
            "appearance__source__article__outlet",
        ).prefetch_related(
            "measure__people",
            Prefetch("appearance__credits", Credit.objects.select_related("source", "source__article")),
        )


# A comparison with NULL is neither true nor false, and a constraint lets that pass: so both are asked for.
_LOW = Q(low__isnull=False)
_HIGH = Q(high__isnull=False)


class Figure(models.Model):
    """A number as worded in one appearance. There is no "the figure" of a claim.

    low, high: whole numbers in the measure's unit; either may be open. A bare number has comparator
    "none", never "exactly"; words without a number ("thousands") have neither bound.
    as_of_from, as_of_to: the period it covers or the day it holds for.
    of_figure: the whole that this figure is a part of (18 of the 70).
    """

    public_id = models.CharField(max_length=PUBLIC_ID_LENGTH, unique=True, default=random_public_id, editable=False)
    appearance = models.ForeignKey("archive.Appearance", on_delete=models.CASCADE, related_name="figures")
    passage = models.ForeignKey(Passage, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="figures")
    comparator = models.CharField(max_length=12, choices=Comparator, default=Comparator.NONE)
    low = models.PositiveBigIntegerField(null=True, blank=True)
    high = models.PositiveBigIntegerField(null=True, blank=True)
    as_of_from = models.DateField(null=True, blank=True)
    as_of_to = models.DateField(null=True, blank=True)
    as_of_precision = models.CharField(max_length=16, choices=DatePrecision, default=DatePrecision.UNKNOWN)
    as_of_words = models.CharField(max_length=120, blank=True)
    counting = models.CharField(max_length=14, choices=CountingBasis, default=CountingBasis.NOT_STATED)
    of_figure = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="part_figures")
    note = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = FigureQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["measure", "as_of_to"], name="figure_measure_date")]
        constraints = [
            known("comparator", Comparator, "figure_comparator_known"),
            known("counting", CountingBasis, "figure_counting_known"),
            known("as_of_precision", DatePrecision, "figure_as_of_precision_known"),
            ordered("as_of_from", "as_of_to", "figure_dates_in_order"),
            models.CheckConstraint(
                condition=Q(comparator=Comparator.WORDS) & ~_LOW & ~_HIGH
                | Q(comparator__in=[Comparator.NONE, Comparator.ABOUT]) & _LOW & _HIGH & Q(high=F("low"))
                | Q(comparator__in=[Comparator.MORE_THAN, Comparator.AT_LEAST]) & _LOW & ~_HIGH
                | Q(comparator__in=[Comparator.NEARLY, Comparator.UP_TO, Comparator.FEWER_THAN]) & ~_LOW & _HIGH
                | Q(comparator=Comparator.BETWEEN) & _LOW & _HIGH & Q(high__gt=F("low")),
                name="figure_bounds_fit_comparator",
                violation_error_message=(
                    "The bounds do not fit the comparator: “more than” has a lower bound only, “nearly” and “up to” an"
                    " upper bound only, a bare number or “about” the same in both, words without a number neither."
                ),
            ),
            models.CheckConstraint(
                condition=Q(of_figure__isnull=True) | ~Q(of_figure=F("id")),
                name="figure_not_part_of_itself",
            ),
        ]

    def __str__(self) -> str:
        return self.written

    def get_absolute_url(self) -> str:
        return reverse("browse:measure-detail", kwargs={"path": self.measure.slug}) + f"#figure-{self.public_id}"

    @property
    def written(self) -> str:
        """The coded value in words: more than 16,000."""
        return written_figure(self.comparator, self.low, self.high)


class TacticUseQuerySet(models.QuerySet["TacticUse"]):
    def visible_to(self, user: User) -> Self:
        """Where claim and carrier are seen."""
        return self.all() if is_desk(user) else self.published()

    def asserted_by(self, who: Collection[str]) -> Self:
        """Asserted on the word of one of these (`AssertedBy`); all where none is given. Denials assert nothing."""
        if not who:
            return self
        voices = [voice for voice, one in ASSERTED_BY.items() if one in who]
        found = Q(appearance__article__isnull=False, appearance__voice__in=voices)
        if AssertedBy.SPEAKER in who:
            found |= Q(appearance__source__isnull=False)
        return self.filter(found, appearance__act=Act.ASSERTS)

    def voices_of(self, claim: int) -> list[tuple[str, str, str, int | None, int | None]]:
        """Methods that are asserted with a claim: slug, label, voice, article and source. One query."""
        rows = self.filter(appearance__claim=claim, appearance__act=Act.ASSERTS).order_by("appearance_id", "pk")
        named = ("tactic__slug", "tactic__label", "appearance__voice", "appearance__article", "appearance__source")
        return list(rows.values_list(*named))

    def published(self) -> Self:
        """Where the claim and what carries it are published."""
        carried = Q(appearance__article__status=PUBLISHED) | Q(appearance__source__status=PUBLISHED)
        return self.filter(carried, appearance__claim__status=PUBLISHED)


class TacticUse(models.Model):
    """An appearance asserts a tactic; so the speaker's methods and the outlet's stay apart."""

    appearance = models.ForeignKey("archive.Appearance", on_delete=models.CASCADE, related_name="tactic_uses")
    tactic = models.ForeignKey(Tactic, on_delete=models.PROTECT, related_name="uses")
    passage = models.ForeignKey(Passage, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = TacticUseQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["appearance", "tactic"], name="tactic_use_once")]

    def __str__(self) -> str:
        return f"{self.tactic_id} in {self.appearance_id}"
