"""Whether many articles are many voices: which are one text, which may be, and when somebody looked at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Self

from django.db import models
from django.db.models import Count, F, Q

from archive.models.base import User, is_desk, known
from archive.models.outlets import Outlet
from archive.models.vocabulary import RecordStatus, SuggestionKind, SuggestionState
from archive.text.identifiers import PUBLIC_ID_LENGTH, random_public_id


class ReprintGroupQuerySet(models.QuerySet["ReprintGroup"]):
    def visible_to(self, user: User) -> Self:
        """Who confirmed what is the desk's; readers see which articles are one text at those articles."""
        return self.all() if is_desk(user) else self.none()


class ReprintGroup(models.Model):
    """Articles that are republications or translations of one text (`Article.reprint_group`), as an editor confirmed.

    confirmed_by: public id of the person. A group of one, after a merge or a withdrawal, collapses nothing.
    """

    public_id = models.CharField(max_length=PUBLIC_ID_LENGTH, unique=True, default=random_public_id, editable=False)
    confirmed_by = models.CharField(max_length=PUBLIC_ID_LENGTH)
    created_at = models.DateTimeField(auto_now_add=True)
    note = models.TextField(blank=True)

    objects = ReprintGroupQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Reprints {self.public_id}"


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    def visible_to(self, user: User) -> Self:
        """Signs of reuse quote captured texts: they are the desk's."""
        return self.all() if is_desk(user) else self.none()

    def open(self) -> Self:
        """Those to be decided: of articles that are both still held, and not one text already."""
        gone = Q(left__status=RecordStatus.WITHDRAWN) | Q(right__status=RecordStatus.WITHDRAWN)
        return self.undecided().exclude(gone).exclude(left__reprint_group=F("right__reprint_group"))

    def undecided(self) -> Self:
        """Those that nobody decided, whatever became of their articles."""
        return self.filter(state=SuggestionState.OPEN)

    def by_pks(self, pks: Iterable[int]) -> Self:
        return self.filter(pk__in=list(pks))

    def between(self, articles: Iterable[int]) -> Self:
        """Of pairs whose articles are both among these."""
        pks = list(articles)
        return self.filter(left__in=pks, right__in=pks).order_by("pk")

    def decided(self) -> Self:
        return self.exclude(state=SuggestionState.OPEN)

    def of_kind(self, kind: str) -> Self:
        return self.filter(kind=kind)

    def kinds(self) -> dict[str, int]:
        """How many there are of each kind. One query."""
        return dict(self.order_by().values_list("kind").annotate(models.Count("pk")))

    def for_listing(self) -> Self:
        """With both articles and their outlets, oldest first. One query."""
        return self.select_related("left__outlet", "right__outlet").order_by("pk")

    def of_article(self, article: int) -> Self:
        """Of pairs that have this article on either side."""
        return self.filter(Q(left=article) | Q(right=article)).order_by("pk")


class Suggestion(models.Model):
    """A sign that two articles have one origin, for an editor to confirm or reject; a rejected one never returns.

    evidence: what was found, and no words of a text: spans of both, ids of posts, addresses of pages, ids of figures.
    """

    kind = models.CharField(max_length=12, choices=SuggestionKind)
    left = models.ForeignKey("archive.Article", on_delete=models.CASCADE, related_name="suggestions_left")
    right = models.ForeignKey("archive.Article", on_delete=models.CASCADE, related_name="suggestions_right")
    evidence = models.JSONField(default=dict)
    state = models.CharField(max_length=9, choices=SuggestionState, default=SuggestionState.OPEN)
    created_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.CharField(max_length=PUBLIC_ID_LENGTH, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["state", "kind", "id"], name="suggestion_queue")]
        constraints = [
            known("kind", SuggestionKind, "suggestion_kind_known"),
            known("state", SuggestionState, "suggestion_state_known"),
            models.UniqueConstraint(fields=["kind", "left", "right"], name="suggestion_once"),
            models.CheckConstraint(condition=~Q(left=F("right")), name="suggestion_of_two_articles"),
            models.CheckConstraint(
                condition=Q(state=SuggestionState.OPEN, decided_by="", decided_at__isnull=True)
                | ~Q(state=SuggestionState.OPEN) & ~Q(decided_by="") & Q(decided_at__isnull=False),
                name="suggestion_decision_whole",
                violation_error_message="A decided suggestion says who decided and when.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.left_id}, {self.right_id}"


class CoverageQuerySet(models.QuerySet["Coverage"]):
    def visible_to(self, user: User) -> Self:
        """The desk sees all of it, everyone else what is noted of published outlets."""
        return self.all() if is_desk(user) else self.published()

    def published(self) -> Self:
        return self.filter(outlet__status=RecordStatus.PUBLISHED)

    def of_outlet(self, outlet: Outlet) -> Self:
        return self.filter(outlet=outlet)

    def of_outlets(self, having: Mapping[str, Sequence[str]]) -> Self:
        """Of outlets that have, at the end of each of these paths, one of its values."""
        return self.filter(**{f"outlet__{path}__in": list(values) for path, values in having.items()})

    def within(self, months: Iterable[date]) -> Self:
        """By the first days of months."""
        return self.filter(month__in=list(months))

    def months(self) -> list[date]:
        """First days, each once, in order. One query."""
        return list(self.order_by("month").values_list("month", flat=True).distinct())

    def by_outlet(self, outlets: Iterable[Outlet]) -> dict[int, list[date]]:
        """First days of the months in which each was watched, in order, by its pk. One query."""
        found: dict[int, list[date]] = {}
        for outlet, month in self.filter(outlet__in=list(outlets)).order_by("month").values_list("outlet", "month"):
            found.setdefault(outlet, []).append(month)
        return found

    def outlets_by_month(self) -> dict[date, int]:
        """How many outlets were watched, by the first day of each month in which any was. One query."""
        return dict(self.order_by().values_list("month").annotate(Count("pk")))


class Coverage(models.Model):
    """An outlet was watched in a month: what is not there then, was not found; elsewhere nobody looked.

    month: its first day. noted_by: public id of the person who says so.
    """

    outlet = models.ForeignKey(Outlet, on_delete=models.CASCADE, related_name="coverage")
    month = models.DateField()
    noted_by = models.CharField(max_length=PUBLIC_ID_LENGTH)

    objects = CoverageQuerySet.as_manager()

    class Meta:
        ordering = ["month", "outlet"]
        verbose_name_plural = "months watched"
        constraints = [models.UniqueConstraint(fields=["outlet", "month"], name="coverage_once")]

    def __str__(self) -> str:
        return f"{self.outlet_id}, {self.month:%Y-%m}"
