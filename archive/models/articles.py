"""Articles."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Self

from django.db import connections, models
from django.db.models import Count, F, Prefetch, Q, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from archive.models import finding, months
from archive.models.article_texts import ArticlesByText
from archive.models.base import Record, User, is_desk, known, ordered, overlapping
from archive.models.date_evidence import DateEvidence
from archive.models.outlets import Outlet
from archive.models.places import Place
from archive.models.terms import PeopleGroup, Tactic
from archive.models.vocabulary import (
    BOUNDS_ONLY,
    Act,
    CreditState,
    DateBasis,
    DatePrecision,
    Depth,
    RecordStatus,
    Sensitivity,
)
from archive.search import engine, language
from archive.search import tree as trees


class ArticleQuerySet(ArticlesByText["Article"]):
    def of_outlet(self, outlet: Outlet) -> Self:
        return self.filter(outlet=outlet)

    def at_addresses(self, addresses: Iterable[str]) -> Self:
        """Articles held under one of these canonical addresses."""
        return self.filter(address__in=list(addresses))

    def held_under(self, keys: Iterable[str]) -> Self:
        """Articles that are the same by the keys of their addresses, the oldest first, with their outlets."""
        return self.filter(address_key__in=[key for key in keys if key]).select_related("outlet").order_by("pk")

    def of_bytes(self, blob: str) -> Self:
        """Articles with a copy of exactly these stored bytes, the oldest first, with their outlets."""
        return self.filter(captures__blob=blob).distinct().select_related("outlet").order_by("pk")

    def newest_first(self) -> Self:
        """By the earliest day on which each may have been published; undated last; ties by id."""
        return self.order_by("-sort_on", "-pk")

    def earliest_first(self) -> Self:
        """By the earliest day on which each may have been published; undated last; ties by id."""
        return self.order_by(models.Case(models.When(sort_on=months.UNDATED, then=1), default=0), "sort_on", "pk")

    def search(self, words: str) -> Self:
        """Articles that fit what a reader typed (``search.language``). Raises QueryTooLarge."""
        return self.found_by(language.parse(words).tree)

    def found_by(self, tree: trees.Node | None) -> Self:
        """Articles that fit a query as read. No query now, but one where outlets are named."""
        found = self.filter(finding.outlets_meant(tree))
        return found.filter(pk__in=finding.Matching(tree)) if tree and finding.asks_the_index(tree) else found

    def best_first(self, tree: trees.Node) -> finding.BestFirst | None:
        """These articles by how well they fit the query, ties newest first. Two queries, and one for each slice.

        None where there are too many to be ranked, or nothing to rank by.
        """
        if not finding.is_rankable(tree):
            return None
        pks = list(self.newest_first().values_list("pk", flat=True)[: finding.MOST_RANKED + 1])
        if len(pks) > finding.MOST_RANKED:
            return None
        ranks = engine.ranks(connections[self.db], tree, pks)
        return finding.BestFirst(self, sorted(pks, key=lambda pk: -ranks.get(pk, 0.0)))

    def published_between(self, start: date | None, end: date | None) -> Self:
        """By the outlet, as far as the chosen evidence says; an article of June is found by any day of June."""
        return self.filter(overlapping("published_from", "published_to", start=start, end=end))

    def saved_between(self, start: date | None, end: date | None) -> Self:
        """With a copy that was saved then (UTC)."""
        when = {"captures__captured_at__date__gte": start, "captures__captured_at__date__lte": end}
        saved = self.model.objects.filter(**{name: day for name, day in when.items() if day}).order_by()
        return self.filter(pk__in=saved.values("pk"))

    def first_published_between(self, start: date | None, end: date | None) -> Self:
        """By the first day that each may be of: of the stretches of a row that has no gaps, each is in one."""
        days = {"sort_on__gt": months.UNDATED, "sort_on__gte": start, "sort_on__lte": end}
        return self.filter(**{name: day for name, day in days.items() if day})

    def undated(self) -> Self:
        """Without any day on which they may have been published."""
        return self.filter(sort_on=months.UNDATED)

    def by_month(self) -> months.MonthCounts:
        """Each article once, under the first day that it may be of. One query."""
        return months.by_month(months.counted(self))

    def by_outlet_and_month(self, outlets: Iterable[Outlet]) -> dict[int, months.MonthCounts]:
        """The same for each of the outlets that has any, by its primary key. One query."""
        return months.by_key_and_month(months.counted(self.filter(outlet__in=list(outlets)), "outlet"))

    def recently_saved_first(self) -> Self:
        """By the newest copy; articles without any last, ties by id. No query."""
        # Not as a sum beside each row: that would be made for every count of the list, too.
        copies = self.model.captures.rel.related_model._base_manager.filter(article=models.OuterRef("pk"))
        saved_at = models.Subquery(copies.order_by("-captured_at").values("captured_at")[:1])
        return self.order_by(saved_at.desc(nulls_last=True), "-pk")

    def resting_on_alone(self, sources: Iterable[str]) -> Self:
        """Articles with claims coded, of which every report credits one of these sources (public ids)."""
        seen = Q(appearances__claim__status=RecordStatus.PUBLISHED, appearances__act=Act.ASSERTS)
        theirs = {"source__public_id__in": list(sources), "state": CreditState.CONFIRMED}
        taken = Q(**{f"appearances__credits__{name}": value for name, value in theirs.items()})
        counted = self.model.objects.annotate(
            reports=Count("appearances", filter=seen, distinct=True),
            taken=Count("appearances", filter=seen & taken, distinct=True),
        )
        return self.filter(pk__in=counted.filter(taken__gt=0, taken=F("reports")).values("pk"))

    def with_counts(self) -> Self:
        """Count published claims and sources cited, as ``claim_count`` and ``source_count``. No query."""
        return self.annotate(
            claim_count=Count(
                "appearances__claim",
                filter=Q(appearances__claim__status=RecordStatus.PUBLISHED),
                distinct=True,
            ),
            source_count=Count(
                "citations__source",
                filter=Q(citations__source__status=RecordStatus.PUBLISHED),
                distinct=True,
            ),
        )

    def for_listing(self) -> Self:
        """Load what browse/_article_rows.html reads. One query, and one for each prefetch (two)."""
        return self.select_related("outlet").prefetch_related("provisional_tactics", "provisional_areas")

    def named(self, pks: Iterable[int]) -> Self:
        """These articles with what a line of a list says of them: outlet, headline, day. One query."""
        days = [f"published_{end}" for end in ("from", "to", "precision", "words")]
        kept = ["public_id", "status", "language", "headline", "headline_withheld", "sensitivity", *days]
        kept += ["reprint_group", "sort_on"]
        return (
            self.filter(pk__in=list(pks))
            .select_related("outlet")
            .only(*kept, "outlet__name", "outlet__slug")
            .order_by()
        )

    def for_export(self) -> Self:
        """Load what a row of an export reads. One query, and one for each prefetch (three)."""
        return self.for_listing().with_counts().prefetch_related("provisional_people")

    def for_page(self) -> Self:
        """Load the article with its outlet, policies and evidence of dates. Seven queries."""
        return self.select_related("outlet", "outlet__country").prefetch_related(
            "outlet__policies",
            Prefetch("date_evidence", DateEvidence.objects.order_by("-is_chosen", "pk")),
            "captures",
            "provisional_tactics",
            "provisional_people",
            "provisional_areas",
        )

    def for_robots(self) -> Self:
        """Without those that the archive was asked to leave out, or of which something is withheld."""
        return super().for_robots().filter(is_noindex=False, headline_withheld=False, address_withheld=False)

    def holding_bytes_of(self, article: models.Model) -> Self:
        """Articles with a capture of the very bytes of one of this article's, each once."""
        held = self.model.captures.rel.related_model._base_manager.filter(article=article.pk)
        same = models.Exists(
            held.filter(blob=models.OuterRef("captures__blob"), sha256=models.OuterRef("captures__sha256"))
        )
        return self.filter(same).exclude(pk=article.pk).distinct()

    def not_indexed(self, chain: int) -> Self:
        """Articles that may be searched for and have no document of this version of the index chain."""
        fresh = models.Exists(self.model.objects.filter(pk=models.OuterRef("pk"), document__chain=chain))
        return self.exclude(status=RecordStatus.WITHDRAWN).exclude(fresh)

    def carrying(self, claims: models.QuerySet[models.Model]) -> Self:
        """Articles that carry any of the claims, each once."""
        return self.filter(appearances__claim__in=claims).distinct()

    def coded_with(self, record: models.Model) -> Self:
        """Articles that report a claim, quote an actor, or credit or cite a source, each once; by id."""
        ways = {
            "claim": Q(appearances__claim=record.pk),
            "actor": Q(appearances__speaker=record.pk),
            "source": Q(appearances__credits__source=record.pk) | Q(citations__source=record.pk),
        }
        return self.filter(ways[str(record._meta.model_name)]).order_by("pk").distinct()

    def on_claim(self, claim: models.Model) -> Self:
        """Articles that carry the claim, each once."""
        return self.filter(appearances__claim=claim).distinct()


class Article(Record):
    """One article as an outlet published it. It holds no wording but its headline.

    address: canonical, unique where known. reference_gaps: labels that the article's own numbering skips.
    published_from, published_to: derived from the chosen date evidence; both empty where none can be chosen.
    headline_withheld, address_withheld: they can name a person, too; then outlet and date stand alone.
    """

    outlet = models.ForeignKey(Outlet, on_delete=models.PROTECT, related_name="articles")
    headline = models.CharField(max_length=500, blank=True)
    headline_withheld = models.BooleanField(default=False)
    byline = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=12, blank=True)
    # NULL, not "", where none is known: unique addresses may be unknown many times.
    address = models.URLField(max_length=2048, null=True, blank=True)  # noqa: DJ001  # see above
    address_key = models.CharField(max_length=2048, blank=True, editable=False)
    address_withheld = models.BooleanField(default=False)
    summary = models.TextField(blank=True)
    summary_by = models.CharField(max_length=80, blank=True)
    depth = models.CharField(max_length=8, choices=Depth, default=Depth.LISTED)
    sensitivity = models.CharField(max_length=12, choices=Sensitivity, blank=True)
    is_noindex = models.BooleanField(default=False)
    is_lead = models.BooleanField(default=False)
    reference_gaps = models.CharField(max_length=120, blank=True)
    note = models.TextField(blank=True)

    reprint_group = models.ForeignKey(
        "archive.ReprintGroup",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="articles",
    )

    published_from = models.DateField(null=True, blank=True, editable=False)
    published_to = models.DateField(null=True, blank=True, editable=False)
    published_precision = models.CharField(
        max_length=16, choices=DatePrecision, default=DatePrecision.UNKNOWN, editable=False
    )
    published_basis = models.CharField(max_length=12, choices=DateBasis, blank=True, editable=False)
    published_words = models.CharField(max_length=120, blank=True, editable=False)

    # NULLs sort first on one database and last on the other; here the undated come last on both.
    sort_on = models.GeneratedField(
        expression=Coalesce("published_from", "published_to", Value(months.UNDATED)),
        output_field=models.DateField(),
        db_persist=True,
    )

    provisional_tactics = models.ManyToManyField(Tactic, blank=True)
    provisional_people = models.ManyToManyField(PeopleGroup, blank=True)
    provisional_areas = models.ManyToManyField(Place, blank=True)

    objects = ArticleQuerySet.as_manager()

    class Meta(Record.Meta):
        permissions = [
            ("use_desk", "Sees drafts and history, and writes records"),
            ("read_full_text", "Reads captured text in full, less its redactions"),
        ]
        indexes = [
            *Record.Meta.indexes,
            models.Index(fields=["status", "-sort_on", "-id"], name="article_by_date"),
            models.Index(fields=["outlet", "status", "-sort_on", "-id"], name="article_by_outlet"),
            models.Index(fields=["status", "-updated_at", "-id"], name="article_by_change"),
            models.Index(fields=["status", "language", "outlet", "depth"], name="article_by_terms"),
            models.Index(fields=["published_from", "published_to"], name="article_dates"),
            models.Index(fields=["address_key"], name="article_address_key"),
        ]
        constraints = [
            *Record.Meta.constraints,
            known("depth", Depth, "article_depth_known"),
            known("sensitivity", Sensitivity, "article_sensitivity_known", or_blank=True),
            known("published_precision", DatePrecision, "article_published_precision_known"),
            models.CheckConstraint(
                condition=Q(published_basis="")
                | Q(published_basis__in=[b.value for b in DateBasis if b not in BOUNDS_ONLY]),
                name="article_published_basis_known",
                violation_error_message="A footer or render stamp bounds a date; it cannot be the date of publication.",
            ),
            ordered("published_from", "published_to", "article_dates_in_order"),
            models.UniqueConstraint(
                fields=["address"],
                name="article_address_once",
                violation_error_message="An article with this address is already in the archive.",
            ),
            models.CheckConstraint(
                condition=Q(address__isnull=True) | ~Q(address=""),
                name="article_address_absent_or_whole",
            ),
            models.CheckConstraint(
                condition=~Q(status=RecordStatus.PUBLISHED) | ~Q(headline="") | Q(headline_withheld=True),
                name="article_published_has_headline",
                violation_error_message="A published article needs its headline, or the headline marked as withheld.",
            ),
        ]

    def __str__(self) -> str:
        return self.headline or "Article without a headline"

    def get_absolute_url(self) -> str:
        return reverse("browse:article-detail", kwargs={"public_id": self.public_id})

    def headline_for(self, user: User) -> str:
        """The headline that this reader may see; a sentence in its place where it is withheld."""
        if self.headline_withheld and not is_desk(user):
            return "Headline withheld to protect a person"
        return self.headline or "Headline not known"

    def address_for(self, user: User) -> str:
        """The address that this reader may see; empty where none is known or it is withheld."""
        if self.address_withheld and not is_desk(user):
            return ""
        return self.address or ""
