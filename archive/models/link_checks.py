"""Whether addresses of what is published still answer: one row for each time that one was asked. Earlier ones stay."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Max, Min, OuterRef, Q, Subquery

from archive.models.articles import Article
from archive.models.base import RecordQuerySet, User, is_desk, known
from archive.models.sources import Source
from archive.models.vocabulary import LinkOutcome, RecordStatus


class LinkCheckQuerySet(models.QuerySet["LinkCheck"]):
    def visible_to(self, user: User) -> Self:
        """The rows themselves are the desk's; what is told of an address follows from them (`records.addresses`)."""
        return self.all() if is_desk(user) else self.none()

    def of(self, record: Article | Source) -> Self:
        """Every time that the address which the record has now was asked, in order."""
        carrier = {"article": record} if isinstance(record, Article) else {"source": record}
        return self.filter(**carrier, address=record.address).order_by("checked_on", "pk")

    def note(self, record: Article | Source, day: date, **found: object) -> LinkCheck:
        """Write what came of asking; asked twice on a day, the later word stays. It is no edit, so no history."""
        carrier = {"article": record} if isinstance(record, Article) else {"source": record}
        check, _created = self.update_or_create(**carrier, address=record.address, checked_on=day, defaults=found)
        return check

    def before(self, day: date) -> Self:
        return self.filter(checked_on__lt=day)

    def due_articles(self, today: date) -> list[Article]:
        """One published article of each outlet that has any to be asked about, of the outlet asked longest ago first.

        Three queries. What is withheld is not asked for: its server would learn of it.
        """
        due = _due(Article.objects.published(), "article", today)
        first = dict(due.values_list("outlet").annotate(first=Min("pk")).order_by())
        asked = dict(self.filter(article__isnull=False).values_list("article__outlet").annotate(last=Max("pk")))
        pks = [first[outlet] for outlet in sorted(first, key=lambda outlet: (asked.get(outlet, 0), outlet))]
        found = Article.objects.in_bulk(pks)
        return [found[pk] for pk in pks]

    def due_sources(self, today: date, most: int) -> list[Source]:
        """Published sources to be asked about that are no articles here, those never asked first. One query."""
        due = _due(Source.objects.published().filter(article=None), "source", today)
        return list(due.order_by(F("again_on").asc(nulls_first=True), "pk")[:most])

    def gone(self) -> Self:
        """The newest word on an address, where it is that it counts as gone; of addresses that are shown now."""
        newest = self.model.objects.filter(
            Q(article=OuterRef("article")) | Q(source=OuterRef("source")), address=OuterRef("address")
        ).order_by("-checked_on", "-pk")
        published = RecordStatus.PUBLISHED
        current = Q(article__address=F("address"), article__status=published, article__address_withheld=False)
        current |= Q(source__address=F("address"), source__status=published, source__address_withheld=False)
        return self.filter(current, is_gone=True, pk=Subquery(newest.values("pk")[:1])).select_related(
            "article", "source"
        )


def _due(records: RecordQuerySet[Any], carrier: str, today: date) -> RecordQuerySet[Any]:
    newest = LinkCheck.objects.filter(**{carrier: OuterRef("pk")}, address=OuterRef("address"))
    again_on = Subquery(newest.order_by("-checked_on", "-pk").values("again_on")[:1])
    # Neither empty nor NULL.
    asked = records.filter(address__gt="", address_withheld=False).annotate(again_on=again_on)
    return asked.filter(Q(again_on__isnull=True) | Q(again_on__lte=today))


class LinkCheck(models.Model):
    """An address was asked once. status: of HTTP, where there was an answer.

    is_gone, again_on: what followed then from this and what had been before (`records.addresses`): whether the
    address counts as gone, and when it is asked next.
    """

    article = models.ForeignKey(Article, null=True, blank=True, on_delete=models.CASCADE, related_name="link_checks")
    source = models.ForeignKey(Source, null=True, blank=True, on_delete=models.CASCADE, related_name="link_checks")
    address = models.URLField(max_length=2048)
    checked_on = models.DateField()
    outcome = models.CharField(max_length=9, choices=LinkOutcome)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    is_gone = models.BooleanField(default=False)
    again_on = models.DateField()

    objects = LinkCheckQuerySet.as_manager()

    class Meta:
        ordering = ["checked_on", "pk"]
        # Few count as gone: their queue is looked up on every page of the desk.
        indexes = [models.Index(fields=["checked_on", "id"], condition=Q(is_gone=True), name="link_check_gone")]
        constraints = [
            known("outcome", LinkOutcome, "link_check_outcome_known"),
            models.CheckConstraint(
                condition=Q(article__isnull=False, source__isnull=True) | Q(article__isnull=True, source__isnull=False),
                name="link_check_of_article_or_source",
                violation_error_message="What is asked is the address of an article or of a source, and of one alone.",
            ),
            models.UniqueConstraint(fields=["article", "address", "checked_on"], name="link_check_article_once_a_day"),
            models.UniqueConstraint(fields=["source", "address", "checked_on"], name="link_check_source_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} on {self.checked_on}"
