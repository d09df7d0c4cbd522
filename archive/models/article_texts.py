"""Which articles are one text, as words that the QuerySet of articles speaks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Self

from archive.models import finding
from archive.models.article_queues import ArticlesAtTheDesk
from archive.models.base import AnyRecord
from archive.models.months import UNDATED

if TYPE_CHECKING:
    from archive.models.articles import Article


def one_text(articles: Iterable[Article]) -> list[list[Article]]:
    """Of those that an editor confirmed to be one text: the articles of each, two at least, the earliest first."""
    found: dict[int, list[Article]] = {}
    for one in sorted(articles, key=lambda one: (one.sort_on == UNDATED, one.sort_on, one.pk)):
        if one.reprint_group_id is not None:
            found.setdefault(one.reprint_group_id, []).append(one)
    return [text for text in found.values() if len(text) > 1]


class ArticlesByText(ArticlesAtTheDesk[AnyRecord]):
    def in_reprint_groups(self) -> Self:
        """Those that are, or were, confirmed to be one text with others."""
        return self.filter(reprint_group__isnull=False)

    def of_text(self, group: int | None, *, but: int) -> Self:
        """The articles of one text, with their outlets, without one of them (primary keys); none where it has none."""
        if group is None:
            return self.none()
        return self.filter(reprint_group=group).exclude(pk=but).select_related("outlet").order_by("pk")

    def for_comparison(self) -> Self:
        """Load what the head of a text says of its article: outlet, headline, day. One query."""
        return self.select_related("outlet")

    def but(self, pks: Sequence[int]) -> Self:
        """Without these, however many they are."""
        return self.exclude(pk__in=finding.Listed(pks))
