"""What the index is made from, one row an article, and the words that a search may be put right with."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from django.db import models
from django.db.models import Q

from archive.models.articles import Article
from archive.text.folding import LONGEST_TOKEN
from archive.text.spelling import Reach


class SearchDocumentQuerySet(models.QuerySet["SearchDocument"]):
    def of_another_chain(self, chain: int) -> Self:
        """Documents that another version of the index chain made."""
        return self.exclude(chain=chain)


class SearchDocument(models.Model):
    """An article's tokens, redactions taken out. It is shown to nobody.

    There is one for all readers: who finds it is decided by ``visible_to``.

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


class SuggestedWordQuerySet(models.QuerySet["SuggestedWord"]):
    def within(self, reaches: Iterable[Reach]) -> Self:
        """Words that one of these reaches holds, in a stable order."""
        asked = Q(pk__in=())
        for reach in reaches:
            in_length = Q(size__gte=reach.shortest, size__lte=reach.longest)
            asked |= Q(in_length, start=reach.start)
            asked |= Q(in_length, start=reach.swapped[0], sound__startswith=reach.swapped)
        return self.filter(asked).order_by("pk")


class SuggestedWord(models.Model):
    """A word of a published headline or summary, kept once, for "did you mean" (``access.public_words``).

    sound: its token, unstemmed; start and size: first letter and length of it. article: one that shows the word.
    """

    word = models.CharField(max_length=64, unique=True)
    sound = models.CharField(max_length=LONGEST_TOKEN)
    start = models.CharField(max_length=1)
    size = models.PositiveSmallIntegerField()
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")

    objects = SuggestedWordQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["start", "size"], name="suggested_word_reach")]

    def __str__(self) -> str:
        return self.word
