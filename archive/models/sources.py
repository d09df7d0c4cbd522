"""Sources: anything that an article or another source takes its word from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from django.db import models
from django.db.models import Count, F, OuterRef, Prefetch, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from archive.models.actors import Actor
from archive.models.articles import Article
from archive.models.base import Record, RecordQuerySet, User, is_desk, known, ordered
from archive.models.captures import Passage
from archive.models.places import Place
from archive.models.vocabulary import (
    AffectedNaming,
    DatePrecision,
    IdentifierScheme,
    RecordStatus,
    SourceCheckState,
    SourceKind,
)
from archive.text.identifiers import PUBLIC_ID_LENGTH


class SourceQuerySet(RecordQuerySet["Source"]):
    def of_article(self, article: Article) -> Source | None:
        """The source that is this article, if there is one. One query."""
        return self.filter(article=article).first()

    def voiced_by(self, actors: Iterable[int]) -> Self:
        """Sources in which one of these people or bodies speaks, each once."""
        return self.filter(roles__actor__in=actors).distinct()

    def used_in(self, article: Article) -> Self:
        """Sources that the article cites, or credits for a claim, each once."""
        return self.filter(Q(citations__article=article) | Q(credited_in__appearance__article=article)).distinct()

    def credited_by(self, sources: Iterable[int], claims: models.QuerySet[models.Model]) -> Self:
        """Sources from which these sources say that they have one of the claims, each once."""
        return self.filter(
            credited_in__appearance__source__in=sources, credited_in__appearance__claim__in=claims
        ).distinct()

    def titled(self, title: str) -> Self:
        """Of exactly this title, or an article of this headline; the oldest first."""
        return self.filter(Q(title=title) | Q(article__headline=title)).order_by("pk")

    def among(self, pks: Iterable[int], *, articles: Iterable[int]) -> Self:
        """These sources, and those that are these articles, with those who speak in them. Two queries."""
        return (
            self.filter(Q(pk__in=list(pks)) | Q(article__in=list(articles)))
            .select_related("article__outlet")
            .prefetch_related("actors")
        )

    def for_listing(self) -> Self:
        """Load what browse/source_list.html reads. Four queries."""
        # Each source's own: joined, every source would be grouped with all its columns, for counts of the list, too.
        cited = Citation.objects.filter(source=OuterRef("pk"), article__status=RecordStatus.PUBLISHED)
        citing = cited.order_by().values("source").annotate(n=Count("article", distinct=True))
        return (
            self.select_related("place", "article", "article__outlet")
            .prefetch_related("actors", Prefetch("checks", SourceCheck.objects.order_by("-checked_on", "-pk")))
            .annotate(citing_count=Coalesce(Subquery(citing.values("n")), 0))
            .order_by(F("date_from").desc(nulls_last=True), "-pk")
        )

    def with_state(self) -> Self:
        """What came of the last look for each, as ``state``. No query."""
        last = SourceCheck.objects.filter(source=OuterRef("pk")).order_by("-checked_on", "-pk").values("state")[:1]
        return self.annotate(state=Coalesce(Subquery(last), Value(SourceCheckState.NOT_CHECKED)))

    def never_looked_for(self) -> Self:
        """Published, and nobody looked whether they are to be found. No query."""
        return self.published().with_state().filter(state=SourceCheckState.NOT_CHECKED)

    def most_cited_first(self) -> Self:
        """Loaded ``for_listing()``; ties by id."""
        return self.order_by("-citing_count", "-pk")

    def for_robots(self) -> Self:
        """Without those of which something is withheld, and articles, which have a page of their own."""
        return super().for_robots().filter(article=None, title_withheld=False, address_withheld=False)

    def for_page(self) -> Self:
        return self.select_related("place", "article", "article__outlet").prefetch_related(
            Prefetch("roles", SourceActor.objects.select_related("actor")),
            "identifiers",
            "copies",
            Prefetch("checks", SourceCheck.objects.order_by("-checked_on", "-pk")),
        )


class Source(Record):
    """A speech, post, report, broadcast, document or unnamed voice.

    article: set where the source is itself an article of the archive; title and address are then its own.
    person_key: desk only; the same affected person told to two outlets is one starting point.
    """

    kind = models.CharField(max_length=20, choices=SourceKind)
    title = models.CharField(max_length=500, blank=True)
    title_withheld = models.BooleanField(default=False)
    actors = models.ManyToManyField(Actor, through="SourceActor", related_name="sources")
    occasion = models.CharField(max_length=300, blank=True)
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT)
    date_from = models.DateField(null=True, blank=True)
    date_to = models.DateField(null=True, blank=True)
    date_precision = models.CharField(max_length=16, choices=DatePrecision, default=DatePrecision.UNKNOWN)
    date_words = models.CharField(max_length=120, blank=True)
    address = models.URLField(max_length=2048, blank=True)
    address_withheld = models.BooleanField(default=False)
    article = models.OneToOneField(Article, null=True, blank=True, on_delete=models.PROTECT, related_name="as_source")
    affected_naming = models.CharField(max_length=16, choices=AffectedNaming, blank=True)
    person_key = models.CharField(max_length=PUBLIC_ID_LENGTH, blank=True)
    is_lead = models.BooleanField(default=False)
    note = models.TextField(blank=True)

    objects = SourceQuerySet.as_manager()

    class Meta(Record.Meta):
        constraints = [
            *Record.Meta.constraints,
            known("kind", SourceKind, "source_kind_known"),
            known("date_precision", DatePrecision, "source_date_precision_known"),
            known("affected_naming", AffectedNaming, "source_affected_naming_known", or_blank=True),
            ordered("date_from", "date_to", "source_dates_in_order"),
            models.CheckConstraint(
                condition=~Q(title="") | Q(article__isnull=False) | Q(title_withheld=True),
                name="source_titled_or_article",
                violation_error_message="A source needs a title, or to be one of the archive's articles.",
            ),
            models.CheckConstraint(
                condition=Q(kind=SourceKind.AFFECTED_PERSON) & ~Q(affected_naming="")
                | ~Q(kind=SourceKind.AFFECTED_PERSON) & Q(affected_naming="", person_key=""),
                name="source_affected_naming_whole",
                violation_error_message="For an affected person, and only there, say whether the outlet named them.",
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"Source {self.public_id}"

    def get_absolute_url(self) -> str:
        return reverse("browse:source-detail", kwargs={"public_id": self.public_id})

    def title_for(self, user: User) -> str:
        """The title that this reader may see. Reads ``article`` where the source is one."""
        if self.title_withheld and not is_desk(user):
            return "Title withheld to protect a person"
        if self.article is not None:
            if self.article.is_published or is_desk(user):
                return self.article.headline_for(user)
            return "An article that is not public in the archive"
        return self.title

    def article_for(self, user: User) -> Article | None:
        """The article that it is, where this reader may see it and may know that it is that one."""
        is_known = self.article is not None and self.article.is_published and not self.title_withheld
        return self.article if is_known or is_desk(user) else None

    def address_for(self, user: User) -> str:
        if self.address_withheld and not is_desk(user):
            return ""
        if self.article is not None:
            article = self.article_for(user)
            return article.address_for(user) if article else ""
        return self.address


class SourceActor(models.Model):
    """Who speaks in a source, in which role as printed then."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="roles")
    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="roles")
    role_as_printed = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["source", "actor"], name="source_actor_once")]

    def __str__(self) -> str:
        return f"{self.actor} ({self.role_as_printed})"


class SourceIdentifier(models.Model):
    """A post id, DOI or other name under which a source can be found again."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="identifiers")
    scheme = models.CharField(max_length=16, choices=IdentifierScheme)
    value = models.CharField(max_length=300)

    class Meta:
        constraints = [
            known("scheme", IdentifierScheme, "source_identifier_scheme_known"),
            models.UniqueConstraint(
                fields=["scheme", "value"],
                name="source_identifier_once",
                violation_error_message="Another source has this identifier already.",
            ),
        ]

    def __str__(self) -> str:
        return self.value


class SourceCopy(models.Model):
    """A copy of a source held elsewhere; not a proof of anything."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="copies")
    address = models.URLField(max_length=2048)
    saved_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "source copies"

    def __str__(self) -> str:
        return self.address


class SourceCheck(models.Model):
    """One look for a source, with a neutral outcome. Earlier ones stay."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="checks")
    checked_on = models.DateField()
    state = models.CharField(max_length=20, choices=SourceCheckState)
    checked_by = models.CharField(max_length=PUBLIC_ID_LENGTH, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-checked_on", "-pk"]
        constraints = [known("state", SourceCheckState, "source_check_state_known")]

    def __str__(self) -> str:
        return f"{self.get_state_display()} on {self.checked_on}"


class CitationQuerySet(models.QuerySet["Citation"]):
    def visible_to(self, user: User) -> Self:
        return self.all() if is_desk(user) else self.published()

    def published(self) -> Self:
        return self.filter(article__status=RecordStatus.PUBLISHED, source__status=RecordStatus.PUBLISHED)

    def in_articles(self, articles: models.QuerySet[Article]) -> Self:
        return self.filter(article__in=articles.order_by().values("pk")).order_by()

    def for_article(self, article: Article) -> Self:
        """What one article cites, in printed order. Five queries with the prefetches."""
        return (
            self.filter(article=article)
            .select_related("source", "source__article", "source__place")
            .prefetch_related(
                "source__actors",
                Prefetch("source__checks", SourceCheck.objects.order_by("-checked_on", "-pk")),
                "source__identifiers",
            )
            .order_by("position", "pk")
        )

    def of_source(self, source: Source) -> Self:
        return (
            self.filter(source=source)
            .select_related("article", "article__outlet")
            .order_by(F("article__published_from").asc(nulls_last=True), "pk")
        )


class Citation(models.Model):
    """An article names a source.

    label: as printed ("[5]"). is_listed_only: the list names it, and nothing in the text refers to it.
    """

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="citations")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="citations")
    passage = models.ForeignKey(Passage, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    label = models.CharField(max_length=40, blank=True)
    address_as_printed = models.CharField(max_length=2048, blank=True)
    is_listed_only = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)

    objects = CitationQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "source", "label"],
                name="citation_once",
                violation_error_message="This article cites this source under this label already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.article_id} → {self.source_id}"
