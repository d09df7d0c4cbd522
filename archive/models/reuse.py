"""By what texts that have something in common are found: fingerprints, and the posts and pages that they point to.

Kept of the newest text of each article alone, and shown to nobody: what comes of them are suggestions.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Self

from django.db import models
from django.db.models import Count, Exists, Model, OuterRef, Subquery

from archive.models.base import known
from archive.models.captures import CaptureText
from archive.models.vocabulary import RecordStatus, SuggestionKind

_POINTERS = (SuggestionKind.SHARED_POST, SuggestionKind.SHARED_LINK)


class TextReadingQuerySet(models.QuerySet["TextReading"]):
    def not_compared(self) -> Self:
        """The oldest first, without those of withdrawn articles."""
        waiting = self.filter(is_compared=False).exclude(text__capture__article__status=RecordStatus.WITHDRAWN)
        return waiting.order_by("pk")

    def of_texts(self, texts: Iterable[CaptureText | int]) -> Self:
        return self.filter(text__in=list(texts)).order_by()

    def of_article(self, article: Model) -> Self:
        return self.filter(text__capture__article=article).order_by()


class TextReading(models.Model):
    """A text was read. version: of the way to take fingerprints and pointers of it (``text.reuse.VERSION``).

    is_compared: nothing is to be done with it until that version is higher. It was compared with what was read when
    its turn came (what is read later finds it), or a newer text of its article has taken its place: then nothing is
    kept of it but this.
    """

    text = models.OneToOneField(CaptureText, on_delete=models.CASCADE, primary_key=True, related_name="reuse_reading")
    version = models.PositiveSmallIntegerField()
    is_compared = models.BooleanField(default=False)

    objects = TextReadingQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["is_compared", "text"], name="text_reading_waiting")]

    def __str__(self) -> str:
        return f"Reading of text {self.text_id}"


class _Counted(Subquery):
    """How many rows a sliced query has, which a COUNT of Django's would make a query of its own."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS alike)"
    output_field = models.IntegerField()


class FingerprintQuerySet(models.QuerySet["Fingerprint"]):
    def of_held_articles(self) -> Self:
        """Without those of withdrawn articles, which are few: looked up at once, and not row by row."""
        gone = CaptureText.objects.filter(capture__article__status=RecordStatus.WITHDRAWN)
        return self.exclude(text__in=gone.order_by().values("pk"))

    def held(self, texts: Iterable[CaptureText], *, most: int) -> list[tuple[int, int, int, int]]:
        """(text, value, texts, oldest) of each value of these texts. One query.

        texts: how many have the value, counted up to one more than most: a page's furniture stands in thousands.
        oldest: of them.
        """
        alike = Fingerprint.objects.of_held_articles().filter(value=OuterRef("value")).order_by("text_id")
        counted = self.of_texts(texts).annotate(
            texts=_Counted(alike.values("pk")[: most + 1]), oldest=Subquery(alike.values("text")[:1])
        )
        return list(counted.values_list("text", "value", "texts", "oldest"))

    def held_together(self, values: Collection[int], *, most: int) -> list[int]:
        """The oldest texts that have all of these values, at most so many. One query, which ends with the last."""
        first, *others = sorted(values)
        rows = self.of_held_articles().filter(value=first)
        for value in others:
            rows = rows.filter(Exists(Fingerprint.objects.filter(value=value, text=OuterRef("text"))))
        return list(rows.order_by("text_id").values_list("text", flat=True)[:most])

    def of_texts(self, texts: Iterable[CaptureText | int]) -> Self:
        return self.filter(text__in=list(texts)).order_by()

    def texts_with(self, values: Collection[int]) -> Iterable[tuple[int, int]]:
        """(value, text) of each text that has one of these values. One query."""
        return self.filter(value__in=values).order_by().values_list("value", "text")


class Fingerprint(models.Model):
    """value: as ``text.reuse.fingerprints`` gives it."""

    text = models.ForeignKey(CaptureText, on_delete=models.CASCADE, related_name="fingerprints")
    value = models.BigIntegerField()

    objects = FingerprintQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["value", "text"], name="fingerprint_once")]

    def __str__(self) -> str:
        return f"{self.value:x} in text {self.text_id}"


class PointerQuerySet(models.QuerySet["Pointer"]):
    def of_texts(self, texts: Iterable[CaptureText | int]) -> Self:
        return self.filter(text__in=list(texts)).order_by()

    def shared_with(self, texts: Iterable[CaptureText], *, most: int) -> Iterable[tuple[str, str, int]]:
        """(kind, value, text) of all texts that point to what one of these does and others do. Two queries.

        most: texts; what more point to is left out.
        """
        own = self.filter(value__in=self.of_texts(texts).values("value")).order_by().values("value")
        counted = own.annotate(texts=Count("text", distinct=True)).filter(texts__gt=1, texts__lte=most)
        return self.filter(value__in=list(counted.values_list("value", flat=True))).values_list("kind", "value", "text")


class Pointer(models.Model):
    """A post or a page that a text shows or links (``text.marks``)."""

    text = models.ForeignKey(CaptureText, on_delete=models.CASCADE, related_name="pointers")
    kind = models.CharField(max_length=12, choices=[(kind.value, kind.label) for kind in _POINTERS])
    value = models.CharField(max_length=260)

    objects = PointerQuerySet.as_manager()

    class Meta:
        constraints = [
            known("kind", SuggestionKind, "pointer_kind_known"),
            models.UniqueConstraint(fields=["value", "kind", "text"], name="pointer_once"),
        ]

    def __str__(self) -> str:
        return f"{self.value} in text {self.text_id}"
