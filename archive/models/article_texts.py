"""Which articles are one text, as words that the QuerySet of articles speaks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Self

from archive.models import finding
from archive.models.article_queues import ArticlesAtTheDesk
from archive.models.base import AnyRecord


class ArticlesByText(ArticlesAtTheDesk[AnyRecord]):
    def in_reprint_groups(self) -> Self:
        """Those that are, or were, confirmed to be one text with others."""
        return self.filter(reprint_group__isnull=False)

    def in_group(self, group: int) -> Self:
        """Articles of one text, by the primary key of the group, with their outlets."""
        return self.filter(reprint_group=group).select_related("outlet").order_by("pk")

    def in_groups_of(self, pks: Iterable[int]) -> Self:
        """All articles that are one text with any of these."""
        theirs = self.model._default_manager.filter(pk__in=list(pks), reprint_group__isnull=False)
        return self.filter(reprint_group__in=theirs.values("reprint_group"))

    def but(self, pks: Sequence[int]) -> Self:
        """Without these, however many they are."""
        return self.exclude(pk__in=finding.Listed(pks))
