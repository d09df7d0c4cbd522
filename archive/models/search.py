"""What the index is made from: one row an article. It holds tokens, never words, and is shown to nobody."""

from __future__ import annotations

from typing import Self

from django.db import models

from archive.models.articles import Article


class SearchDocumentQuerySet(models.QuerySet["SearchDocument"]):
    def of_another_chain(self, chain: int) -> Self:
        """Documents that another version of the index chain made."""
        return self.exclude(chain=chain)


class SearchDocument(models.Model):
    """An article's tokens, redactions taken out. One for all readers: who finds it is decided by ``visible_to``.

    chain: version of the index chain that made them (``text.analysis.CHAIN_VERSION``); 0 asks for a new row.
    title, body: tokens with single spaces between, as ``search.engine`` reads them.
    """

    article = models.OneToOneField(Article, on_delete=models.CASCADE, primary_key=True, related_name="document")
    chain = models.PositiveSmallIntegerField(db_index=True)
    title = models.TextField(blank=True)
    body = models.TextField(blank=True)

    objects = SearchDocumentQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Tokens of article {self.article_id}"
