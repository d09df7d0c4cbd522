"""What waits at the desk, as words that the QuerySet of articles speaks."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Count

from archive.models.base import AnyRecord, RecordQuerySet
from archive.models.vocabulary import CheckDecision, HarmReview


class ArticlesAtTheDesk(RecordQuerySet[AnyRecord]):
    """Each queue of articles is one of these words, so its count is that of its list."""

    def with_open_checks(self) -> Self:
        """Articles about which an editor has something to decide, each once."""
        return self.filter(checks__decision=CheckDecision.OPEN).distinct()

    def with_open_check_of(self, kind: str) -> Self:
        """Articles about which this kind of question is open, each once."""
        return self.filter(checks__decision=CheckDecision.OPEN, checks__kind=kind).distinct()

    def open_check_counts(self) -> dict[str, int]:
        """How many of these articles each kind of check is open about, of kinds that are. One query."""
        asked = self.filter(checks__decision=CheckDecision.OPEN).order_by().values("checks__kind")
        return dict(asked.annotate(articles=Count("pk", distinct=True)).values_list("checks__kind", "articles"))

    def awaiting_harm_review(self) -> Self:
        """Articles with a capture whose do-no-harm check is not decided, each once."""
        return self.filter(captures__harm_review=HarmReview.OPEN).distinct()

    def signed_by(self, pen_name: str) -> Self:
        """Those with this name under their summary."""
        return self.filter(summary_by=pen_name)

    def assigned_to(self, person: models.Model) -> Self:
        return self.filter(assignment__person=person.pk)

    def listed_not_coded(self) -> Self:
        """Published, found and described, and no claim of theirs is coded."""
        return self.published().filter(appearances=None)

    def for_desk(self) -> Self:
        """Load what desk/article_list.html reads, the newest in the archive first. One query."""
        return self.select_related("outlet", "assignment__person").order_by("-pk")
