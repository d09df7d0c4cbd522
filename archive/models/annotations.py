"""What readers write on articles: marks on passages, comments, questions, tags, links to claims, and replies.

A private one is its author's alone: editors and administrators do not see it either. So its place is kept here and not
as a passage, which the desk reads and the public extract is made of; a passage comes with publication.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q
from django.urls import reverse

from archive.models.articles import Article
from archive.models.base import User, is_desk, known, reads_full_text
from archive.models.captures import CaptureText, Passage
from archive.models.claims import Claim
from archive.models.terms import Tactic
from archive.models.vocabulary import HarmReview, Motivation, RecordStatus, Sharing
from archive.text.identifiers import PUBLIC_ID_LENGTH, random_public_id

LONGEST_BODY = 10_000
LONGEST_TAG = 80
PUBLISHED = RecordStatus.PUBLISHED
# Those that others read, too.
OPEN = (Sharing.SHARED, Sharing.PROPOSED, Sharing.PUBLISHED)


def _newest_text(user: User) -> models.Subquery:
    """The newest text of a note's article, for whoever reads it. No query of its own."""
    texts = CaptureText.objects.filter(capture__article=OuterRef("article"))
    if not is_desk(user):
        texts = texts.filter(capture__harm_review=HarmReview.CLEARED)
    return models.Subquery(texts.order_by("-capture__captured_at", "-pk").values("pk")[:1])


class AnnotationQuerySet(models.QuerySet["Annotation"]):
    def visible_to(self, user: User) -> Self:
        """One's own; those shared with researchers, for whoever reads in full; for everybody what is published.

        A reply is seen with what it answers.
        """
        if not reads_full_text(user):
            return self.published()
        on_article = Q() if is_desk(user) else Q(article__status=PUBLISHED)
        answers = Q(reply_to=None) | ~Q(reply_to__sharing=Sharing.PRIVATE) | Q(reply_to__author=user.pk)
        return self.filter(Q(author=user.pk) | Q(sharing__in=OPEN) & on_article & answers)

    def published(self) -> Self:
        return self.filter(sharing=Sharing.PUBLISHED, article__status=PUBLISHED)

    def of(self, person: models.Model) -> Self:
        return self.filter(author=person.pk)

    def by_others(self, person: models.Model) -> Self:
        return self.exclude(author=person.pk)

    def proposed(self) -> Self:
        return self.filter(sharing=Sharing.PROPOSED)

    def on(self, article: Article) -> Self:
        return self.filter(article=article)

    def threads(self) -> Self:
        """What is no reply, in the order of the text; what has no place comes last."""
        return self.filter(reply_to=None).order_by(F("start").asc(nulls_last=True), "end", "pk")

    def answering(self, annotations: Iterable[Annotation]) -> Self:
        """Replies to these, the oldest first."""
        return self.filter(reply_to__in=[one.pk for one in annotations]).order_by("pk")

    def by_pks(self, pks: Iterable[int]) -> Self:
        return self.filter(pk__in=list(pks))

    def newest_first(self) -> Self:
        return self.order_by("-created_at", "-pk")

    def changed_last_first(self) -> Self:
        return self.order_by("-updated_at", "-pk")

    def by_article(self) -> Self:
        return self.order_by("article__headline", "article", F("start").asc(nulls_last=True), "end", "pk")

    def having(self, asked: Mapping[str, Iterable[str]]) -> Self:
        """Those that have, at the end of each of these paths, one of its values."""
        found = self
        for path, values in asked.items():
            rows = Annotation.objects.filter(**{f"{path}__in": list(values)}).order_by()
            found = found.filter(pk__in=rows.values("pk"))
        return found

    def tags(self) -> list[str]:
        """Free tags of these, each once, by name. One query."""
        found = AnnotationTag.objects.filter(annotation__in=self.order_by().values("pk"))
        return list(found.order_by("tag").values_list("tag", flat=True).distinct())

    def imported_as(self, ids: Iterable[str]) -> dict[str, Annotation]:
        """By the id that each had where it was written. One query."""
        found = self.filter(imported_id__in=list(ids)).select_related("article__outlet", "reply_to")
        return {one.imported_id: one for one in found}

    def with_public_ids(self, public_ids: Iterable[str]) -> dict[str, Annotation]:
        """By public id, with articles and what each answers. One query."""
        found = self.filter(public_id__in=list(public_ids)).select_related("article__outlet", "reply_to")
        return {one.public_id: one for one in found}

    def placed_in(self, texts: Iterable[int]) -> Self:
        return self.filter(text__in=list(texts))

    def of_text_before(self, text: CaptureText) -> Self:
        """Those that stand in another captured text of the same article than this one; with their texts."""
        found = self.filter(article=text.capture.article_id, text__isnull=False).exclude(text=text)
        return found.select_related("text__capture").order_by("pk")

    def standing_here(self, user: User) -> Self:
        """At their words in the newest text of their article that this reader reads."""
        return self.filter(text=_newest_text(user))

    def standing_whole(self, user: User) -> Self:
        """On an article as a whole."""
        return self.filter(text=None, quote="")

    def standing_lost(self, user: User) -> Self:
        """At words that the newest text does not have, or that no text here has."""
        elsewhere = Q(text__isnull=False) & ~Q(text=_newest_text(user))
        return self.filter(~Q(quote="") | elsewhere)

    def loaded(self) -> Self:
        """With what a page tells of each; texts come apart, each once. Three queries."""
        related = ("author", "article__outlet", "claim", "passage", "reply_to")
        return self.select_related(*related).prefetch_related("tag_rows", "tactics")


class Annotation(models.Model):
    """One note of one reader on an article, on a passage of it or on the whole.

    text, start, end: where it stands, in code points of a captured text, NFC; carried to a newer text where the words
    are found there, and left with the older one where they are not. quote, prefix, suffix: of an imported note whose
    words are in no text held here; its author alone reads them.
    author: empty only where a note that others answered was removed; then nothing of it is left but the answers.
    passage: once it is published, so that the outlet's limit and every redaction hold for its words.
    imported_id: where it was written elsewhere, its id there; once for each author.
    """

    public_id = models.CharField(max_length=PUBLIC_ID_LENGTH, unique=True, default=random_public_id, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="annotations"
    )
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="annotations")
    motivation = models.CharField(max_length=12, choices=Motivation, default=Motivation.COMMENTING)
    sharing = models.CharField(max_length=9, choices=Sharing, default=Sharing.PRIVATE)
    body = models.TextField(blank=True, max_length=LONGEST_BODY)
    claim = models.ForeignKey(Claim, null=True, blank=True, on_delete=models.PROTECT, related_name="annotations")
    tactics = models.ManyToManyField(Tactic, blank=True, related_name="annotations")
    reply_to = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replies")
    text = models.ForeignKey(CaptureText, null=True, blank=True, on_delete=models.PROTECT, related_name="annotations")
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    quote = models.TextField(blank=True)
    prefix = models.CharField(max_length=200, blank=True)
    suffix = models.CharField(max_length=200, blank=True)
    passage = models.ForeignKey(Passage, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    published_by = models.CharField(max_length=PUBLIC_ID_LENGTH, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    imported_id = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    objects = AnnotationQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["author", "updated_at"], name="annotation_of_author")]
        constraints = [
            known("motivation", Motivation, "annotation_motivation_known"),
            known("sharing", Sharing, "annotation_sharing_known"),
            models.CheckConstraint(
                condition=Q(motivation=Motivation.REPLYING, reply_to__isnull=False)
                | ~Q(motivation=Motivation.REPLYING) & Q(reply_to__isnull=True),
                name="annotation_reply_answers_one",
                violation_error_message="A reply answers a note, and nothing else does.",
            ),
            models.CheckConstraint(
                condition=Q(reply_to__isnull=True) | Q(sharing__in=[Sharing.PRIVATE, Sharing.SHARED]),
                name="annotation_reply_stays_inside",
                violation_error_message="A reply is read by its author alone or by researchers and editors.",
            ),
            models.CheckConstraint(
                condition=~Q(motivation__in=[Motivation.COMMENTING, Motivation.QUESTIONING, Motivation.REPLYING])
                | ~Q(body="")
                | Q(author__isnull=True),
                name="annotation_says_something",
                violation_error_message="Write what you want to say; to mark the words alone, make it a highlight.",
            ),
            models.CheckConstraint(
                condition=~Q(motivation=Motivation.LINKING) | Q(claim__isnull=False) | Q(author__isnull=True),
                name="annotation_link_has_claim",
                violation_error_message="A link names the claim that it leads to.",
            ),
            models.CheckConstraint(
                condition=Q(text__isnull=True, start__isnull=True, end__isnull=True)
                | Q(text__isnull=False, start__isnull=False, end__isnull=False, start__lt=F("end"))
                & Q(quote="", prefix="", suffix=""),
                name="annotation_place_whole",
                violation_error_message="A note stands at a stretch of a captured text, or at none.",
            ),
            models.CheckConstraint(
                condition=Q(sharing=Sharing.PUBLISHED, published_at__isnull=False) & ~Q(published_by="")
                | ~Q(sharing=Sharing.PUBLISHED) & Q(published_at__isnull=True, published_by="", passage__isnull=True),
                name="annotation_publication_whole",
                violation_error_message="A published note says who published it and when.",
            ),
            models.CheckConstraint(
                condition=Q(author__isnull=False) | Q(body="", quote="", claim__isnull=True, text__isnull=True),
                name="annotation_removed_leaves_nothing",
                violation_error_message="Of a note that was removed nothing is left but the answers to it.",
            ),
            models.UniqueConstraint(
                fields=["author", "imported_id"],
                condition=~Q(imported_id=""),
                name="annotation_imported_once",
                violation_error_message="This note was brought in before.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_motivation_display()} {self.public_id}"

    def get_absolute_url(self) -> str:
        return reverse("annotate:annotation-detail", kwargs={"public_id": self.public_id})

    @property
    def is_removed(self) -> bool:
        return self.author_id is None


class AnnotationTag(models.Model):
    """A free tag of one note."""

    annotation = models.ForeignKey(Annotation, on_delete=models.CASCADE, related_name="tag_rows")
    tag = models.CharField(max_length=LONGEST_TAG)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["annotation", "tag"], name="annotation_tag_once"),
            models.CheckConstraint(condition=~Q(tag=""), name="annotation_tag_present"),
        ]

    def __str__(self) -> str:
        return self.tag
