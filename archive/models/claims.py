"""Claims: what is reported, in the archive's own words, without a number and without a speaker."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Max, Prefetch, Q
from django.urls import reverse

from archive.models.actors import Actor
from archive.models.base import Record, RecordQuerySet, known, ordered, overlapping
from archive.models.places import Place
from archive.models.terms import PeopleGroup
from archive.models.vocabulary import (
    INVERSE_LINK_LABELS,
    ClaimActorPart,
    ClaimKind,
    ClaimLinkKind,
    DatePrecision,
    RecordStatus,
    Response,
    Setting,
)


class ClaimQuerySet(RecordQuerySet["Claim"]):
    def of_sentence(self, sentence: str) -> Claim | None:
        """The claim of exactly this sentence. One query."""
        return self.filter(sentence=sentence).first()

    def reported_in(self, article: models.Model) -> Self:
        return self.filter(appearances__article=article).distinct()

    def set_in(self, place: Place, settings: Iterable[str]) -> Self:
        """Claims that a place is named for, with one of these settings."""
        return self.filter(places=place, setting__in=list(settings))

    def resting_on(self, sources: models.QuerySet[models.Model]) -> Self:
        """Claims that one of the sources carries or is credited for, each once."""
        carried = Q(appearances__source__in=sources)
        return self.filter(carried | Q(appearances__credits__source__in=sources)).distinct()

    def of_reports(self, reports: Iterable[models.Model]) -> Self:
        """The claims that these appearances report, each once."""
        return self.filter(appearances__in=list(reports)).distinct()

    def happening_between(self, start: date | None, end: date | None) -> Self:
        """Whatever was said to have happened then, whenever it was printed."""
        return self.filter(overlapping("date_from", "date_to", start=start, end=end))

    def of_no_printed_year(self) -> Self:
        """What is said to have happened on a day or in a month whose year is not printed."""
        return self.filter(date_precision=DatePrecision.NO_YEAR)

    def said_between(self, start: date | None, end: date | None) -> Self:
        """Carried by, or credited to, a published source of that time."""
        said = {
            field: overlapping(f"{field}__date_from", f"{field}__date_to", start=start, end=end)
            & Q(**{f"{field}__status": RecordStatus.PUBLISHED})
            for field in ("appearances__source", "appearances__credits__source")
        }
        return self.filter(said["appearances__source"] | said["appearances__credits__source"]).distinct()

    def by_articles(self) -> Self:
        """Those in the most articles first, ties by id. No query."""
        return self.order_by(F("counts__articles").desc(nulls_last=True), "pk")

    def by_event(self) -> Self:
        """Newest event first; undated last, ties by id."""
        return self.order_by(F("date_from").desc(nulls_last=True), F("date_to").desc(nulls_last=True), "pk")

    def by_statement(self) -> Self:
        """By the newest published source that carries it; those that no source carries last. No query."""
        said = Max("appearances__source__date_from", filter=Q(appearances__source__status=RecordStatus.PUBLISHED))
        return self.annotate(said_on=said).order_by(F("said_on").desc(nulls_last=True), "pk")

    def for_listing(self) -> Self:
        """Load what claims/_claim_table.html reads. Four queries."""
        return (
            self.select_related("counts")
            .prefetch_related("people", "areas", "places")
            .order_by(
                *(F(f"counts__{name}").desc(nulls_last=True) for name in ("origins", "routes", "articles")),
                "pk",
            )
        )

    def for_page(self) -> Self:
        return self.select_related("counts").prefetch_related(
            "people", "areas", "places", Prefetch("done", ClaimActor.objects.select_related("actor"))
        )


class Claim(Record):
    """One proposition: one subject, one act, one group of people, one time frame.

    Its status as reported, denied, taken back or updated is worked out from what was said of it.
    """

    sentence = models.CharField(max_length=300)
    kind = models.CharField(max_length=12, choices=ClaimKind)
    date_from = models.DateField(null=True, blank=True)
    date_to = models.DateField(null=True, blank=True)
    date_precision = models.CharField(max_length=16, choices=DatePrecision, default=DatePrecision.UNKNOWN)
    date_words = models.CharField(max_length=120, blank=True)
    people = models.ManyToManyField(PeopleGroup, blank=True, related_name="claims")
    areas = models.ManyToManyField(Place, blank=True, related_name="claims_from")
    places = models.ManyToManyField(Place, blank=True, related_name="claims_in")
    setting = models.CharField(max_length=20, choices=Setting, blank=True)
    response = models.CharField(max_length=24, choices=Response, blank=True)
    actors = models.ManyToManyField(Actor, through="ClaimActor", related_name="claims")
    is_lead = models.BooleanField(default=False)
    note = models.TextField(blank=True)

    objects = ClaimQuerySet.as_manager()

    class Meta(Record.Meta):
        constraints = [
            *Record.Meta.constraints,
            known("kind", ClaimKind, "claim_kind_known"),
            known("setting", Setting, "claim_setting_known", or_blank=True),
            known("response", Response, "claim_response_known", or_blank=True),
            known("date_precision", DatePrecision, "claim_date_precision_known"),
            ordered("date_from", "date_to", "claim_dates_in_order"),
            models.CheckConstraint(condition=~Q(sentence=""), name="claim_sentence_present"),
            models.UniqueConstraint(
                fields=["sentence"],
                name="claim_sentence_once",
                violation_error_message="A claim with this sentence exists. Report it there.",
            ),
        ]

    def __str__(self) -> str:
        return self.sentence

    def get_absolute_url(self) -> str:
        return reverse("claims:claim-detail", kwargs={"public_id": self.public_id})


class ClaimCount(models.Model):
    """Counts of a claim's published, confirmed provenance; rewritten with whatever changes them.

    articles: articles that carry it. routes: ways passed on. origins: starting points that could be traced.
    unnamed: starting points that no outlet names. not_stated: articles that name no source for it.
    denials: articles and sources that deny it or take it back. declined: those that decline to answer.
    """

    claim = models.OneToOneField(Claim, on_delete=models.CASCADE, related_name="counts")
    articles = models.PositiveIntegerField(default=0)
    routes = models.PositiveIntegerField(default=0)
    origins = models.PositiveIntegerField(default=0)
    unnamed = models.PositiveIntegerField(default=0)
    not_stated = models.PositiveIntegerField(default=0)
    denials = models.PositiveIntegerField(default=0)
    declined = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.articles} articles, {self.routes} routes, {self.origins} origins"


class ClaimActor(models.Model):
    """Who is said to do it, or who answered it. Who says so stands on appearances."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="done")
    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="parts_in_claims")
    part = models.CharField(max_length=12, choices=ClaimActorPart)

    class Meta:
        constraints = [
            known("part", ClaimActorPart, "claim_actor_part_known"),
            models.UniqueConstraint(fields=["claim", "actor", "part"], name="claim_actor_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_part_display()} {self.actor_id}"


class ClaimLinkQuerySet(models.QuerySet["ClaimLink"]):
    def published(self) -> Self:
        return self.filter(from_claim__status=RecordStatus.PUBLISHED, to_claim__status=RecordStatus.PUBLISHED)

    def of_claim(self, claim: Claim) -> Self:
        """Links from either side. One query."""
        return self.filter(Q(from_claim=claim) | Q(to_claim=claim)).select_related("from_claim", "to_claim")


class ClaimLink(models.Model):
    """One claim stands in a typed relation to another; shown from both sides."""

    from_claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="links_out")
    to_claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="links_in")
    kind = models.CharField(max_length=12, choices=ClaimLinkKind)

    objects = ClaimLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            known("kind", ClaimLinkKind, "claim_link_kind_known"),
            models.UniqueConstraint(fields=["from_claim", "to_claim", "kind"], name="claim_link_once"),
            models.CheckConstraint(
                condition=~Q(from_claim=F("to_claim")),
                name="claim_link_not_to_itself",
                violation_error_message="A claim cannot be linked to itself.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_claim_id} {self.kind} {self.to_claim_id}"

    def seen_from(self, claim: Claim) -> tuple[str, Claim]:
        """The label and the other claim, as read on this claim's page."""
        if self.from_claim_id == claim.pk:
            return self.get_kind_display(), self.to_claim
        return INVERSE_LINK_LABELS[self.kind], self.from_claim
