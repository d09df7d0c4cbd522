"""What was received, the text taken from it, and the passages of it that records point to.

Bytes lie in content-addressed files (``archive.captures``). Wording lives in passages and nowhere else:
whatever quotes, points to one, so that a redaction reaches every place at which the words could show.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from django.db import models
from django.db.models import F, Q

from archive.models.articles import Article
from archive.models.base import User, is_desk, known
from archive.models.outlets import ReusePolicy
from archive.models.vocabulary import CaptureMethod, HarmReview, PassageState, RecordStatus, RedactionReason
from archive.text.identifiers import PUBLIC_ID_LENGTH, random_public_id


class CaptureQuerySet(models.QuerySet["Capture"]):
    def visible_to(self, user: User) -> Self:
        """Captures are the desk's: what others may read of them passes the door to text."""
        return self.all() if is_desk(user) else self.none()

    def of_published(self, public_ids: Iterable[str]) -> Self:
        """Those of these ids whose article is public, with the article. One query."""
        public = self.filter(article__status=RecordStatus.PUBLISHED, public_id__in=list(public_ids))
        return public.select_related("article__outlet")

    def blobs(self) -> set[str]:
        """Names of the stored files that hold these captures' bytes. One query."""
        return set(self.order_by().values_list("blob", flat=True).distinct())


class Capture(models.Model):
    """Bytes received for an article, never changed.

    sha256, size: of this capture's bytes. blob, offset: the stored file that holds them and where they
    start in it; a bulk import keeps one file for many rows.
    harm_review: until it is cleared, no wording of this capture leaves the desk.
    """

    public_id = models.CharField(max_length=PUBLIC_ID_LENGTH, unique=True, default=random_public_id, editable=False)
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="captures")
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    blob = models.CharField(max_length=64, db_index=True)
    offset = models.PositiveBigIntegerField(default=0)
    media_type = models.CharField(max_length=100)
    address = models.URLField(max_length=2048, blank=True)
    method = models.CharField(max_length=8, choices=CaptureMethod)
    captured_at = models.DateTimeField()
    harm_review = models.CharField(max_length=8, choices=HarmReview, default=HarmReview.OPEN)
    harm_reviewed_by = models.CharField(max_length=PUBLIC_ID_LENGTH, blank=True)
    harm_reviewed_at = models.DateTimeField(null=True, blank=True)

    objects = CaptureQuerySet.as_manager()

    class Meta:
        ordering = ["-captured_at", "-pk"]
        constraints = [
            known("method", CaptureMethod, "capture_method_known"),
            known("harm_review", HarmReview, "capture_harm_review_known"),
            models.CheckConstraint(
                condition=Q(harm_review=HarmReview.OPEN, harm_reviewed_by="", harm_reviewed_at__isnull=True)
                | ~Q(harm_review=HarmReview.OPEN) & ~Q(harm_reviewed_by="") & Q(harm_reviewed_at__isnull=False),
                name="capture_harm_review_whole",
                violation_error_message="A decided do-no-harm check says who decided and when.",
            ),
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="capture_sha256_hex"),
            models.CheckConstraint(condition=Q(blob__regex=r"^[0-9a-f]{64}$"), name="capture_blob_hex"),
        ]

    def __str__(self) -> str:
        return f"{self.get_method_display()}, {self.captured_at:%Y-%m-%d}, SHA-256 {self.sha256[:12]}…"


class CaptureTextQuerySet(models.QuerySet["CaptureText"]):
    def of_article(self, article: Article) -> Self:
        """Every text captured of the article, the newest first, with its capture. One query."""
        return self.filter(capture__article=article).select_related("capture").order_by("-capture__captured_at", "-pk")

    def with_article(self) -> Self:
        """With capture and article; no query of its own."""
        return self.select_related("capture__article")

    def of_articles(self, articles: Iterable[int]) -> Self:
        """Every text captured of these articles, the oldest first, with their captures. One query."""
        found = self.filter(capture__article__in=list(articles)).select_related("capture")
        return found.order_by("capture__captured_at", "pk")

    def newest_of(self, articles: Iterable[int], *, is_at_desk: bool) -> dict[int, int]:
        """The newest text of each of these articles, that others read if not at the desk: article's pk to text's."""
        found = self.filter(capture__article__in=list(articles)).order_by("capture__captured_at", "pk")
        if not is_at_desk:
            found = found.filter(capture__harm_review=HarmReview.CLEARED)
        return dict(found.values_list("capture__article", "pk"))

    def not_read_for_reuse(self, version: int) -> Self:
        """Texts whose fingerprints this version has not taken; the oldest first."""
        read = self.model.reuse_reading.related.related_model._base_manager.filter(version=version)
        return self.exclude(models.Exists(read.filter(text=models.OuterRef("pk")))).order_by("pk")

    def after(self, pk: int) -> Self:
        return self.filter(pk__gt=pk)

    def by_pks(self, pks: Iterable[int]) -> Self:
        """These texts, each with its capture and article. One query."""
        return self.filter(pk__in=list(pks)).select_related("capture__article").order_by("pk")

    def of_held_articles(self) -> Self:
        """Without those of withdrawn articles."""
        return self.exclude(capture__article__status=RecordStatus.WITHDRAWN)

    def of(self, capture: Capture) -> CaptureText | None:
        """The newest text taken from a capture."""
        return self.filter(capture=capture).order_by("-pk").first()


class CaptureText(models.Model):
    """Plain text taken from a capture by one version of the extractor; immutable but for lawful purge.

    text: NFC, lines ended by a line feed, a blank line between paragraphs, the headline first.
    zones: one term of ``text.paragraphs.ZONES`` per paragraph.
    """

    capture = models.ForeignKey(Capture, on_delete=models.PROTECT, related_name="texts")
    extractor = models.CharField(max_length=40)
    text = models.TextField()
    zones = models.JSONField(default=list)

    objects = CaptureTextQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["capture", "extractor"], name="capture_text_once_per_extractor")]

    def __str__(self) -> str:
        return f"Text of {self.capture_id} by {self.extractor}"


class PassageQuerySet(models.QuerySet["Passage"]):
    def of_article(self, article: Article) -> Self:
        """Passages of every text captured of the article, in order. The texts come along."""
        return self.filter(capture_text__capture__article=article).select_related("capture_text__capture")

    def anchored(self) -> Self:
        return self.filter(state=PassageState.ANCHORED)

    def redacted(self) -> Self:
        return self.filter(redactions__isnull=False)

    def not_in(self, text: CaptureText | None) -> Self:
        """Passages of earlier copies that this text does not have, each once."""
        return self.filter(capture_text=text, state=PassageState.NOT_IN_VERSION).order_by("start", "pk")


class Passage(models.Model):
    """A stretch of a capture's text: [start, end) in code points.

    quote: held only while the passage is not in this version of the text; purgeable.
    """

    capture_text = models.ForeignKey(CaptureText, on_delete=models.PROTECT, related_name="passages")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    state = models.CharField(max_length=20, choices=PassageState, default=PassageState.ANCHORED)
    quote = models.TextField(blank=True)

    objects = PassageQuerySet.as_manager()

    class Meta:
        ordering = ["capture_text", "start", "end"]
        constraints = [
            known("state", PassageState, "passage_state_known"),
            models.UniqueConstraint(
                fields=["capture_text", "start", "end"],
                condition=Q(state=PassageState.ANCHORED),
                name="passage_once",
            ),
            models.CheckConstraint(
                condition=Q(state=PassageState.ANCHORED, start__lt=F("end"), quote="")
                | Q(state=PassageState.NOT_IN_VERSION) & ~Q(quote=""),
                name="passage_anchored_or_quoted",
                violation_error_message="A passage is either a stretch of the text or a kept quote.",
            ),
        ]

    def __str__(self) -> str:
        return f"[{self.start}, {self.end}) of text {self.capture_text_id}"


class Redaction(models.Model):
    """A passage that is hidden to protect people, at every door at once."""

    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, related_name="redactions")
    reason = models.CharField(max_length=16, choices=RedactionReason)
    made_by = models.CharField(max_length=PUBLIC_ID_LENGTH)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            known("reason", RedactionReason, "redaction_reason_known"),
            models.UniqueConstraint(fields=["passage"], name="redaction_once"),
        ]

    def __str__(self) -> str:
        return self.get_reason_display()


class PublicExtract(models.Model):
    """All of an article's wording that the public may see, stored so that no door can show more.

    spans: [{"passage": id, "pieces": [[text, is_redacted], …]}, …] in the order of the text.
    left_out: ids of coded passages that the outlet's limit keeps out.
    length: code points shown, overlapping passages counted once, headline not counted.
    """

    article = models.OneToOneField(Article, on_delete=models.CASCADE, related_name="extract")
    policy = models.ForeignKey(ReusePolicy, null=True, blank=True, on_delete=models.PROTECT)
    limit = models.PositiveIntegerField()
    spans = models.JSONField(default=list)
    left_out = models.JSONField(default=list)
    length = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(length__lte=F("limit")),
                name="public_extract_within_limit",
                violation_error_message="A public extract never exceeds the outlet's limit.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.length} of {self.limit} characters"
