"""What editors have under their hands: drafts of forms, pages being taken in, talk, assignments, requests from outside.

None of it is public, and none of it is history: it can be lost without any record of the archive being lost.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from archive.models.articles import Article
from archive.models.base import User, is_desk, known
from archive.models.vocabulary import CaptureMethod, IntakeState, RecordKind, RequestKind, RequestState
from archive.text.identifiers import PUBLIC_ID_LENGTH, random_public_id


class FormDraftQuerySet(models.QuerySet["FormDraft"]):
    def of_person(self, person: models.Model) -> Self:
        return self.filter(person=person.pk)

    def at(self, place: str) -> Self:
        return self.filter(place=place)

    def older_than(self, days: int) -> Self:
        return self.filter(saved_at__lt=timezone.now() - timedelta(days=days))


class FormDraft(models.Model):
    """What somebody typed into a form and has not sent yet; the last one wins.

    place: the form's address. fields: names with lists of values, as a browser sends them.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="form_drafts")
    place = models.CharField(max_length=200)
    fields = models.JSONField(default=dict)
    saved_at = models.DateTimeField(auto_now=True)

    objects = FormDraftQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "place"], name="form_draft_once")]

    def __str__(self) -> str:
        return f"{self.place}, saved {self.saved_at:%Y-%m-%d %H:%M}"


class IntakeQuerySet(models.QuerySet["Intake"]):
    def visible_to(self, user: User) -> Self:
        return self.all() if is_desk(user) else self.none()

    def waiting(self) -> Self:
        """What the worker has to do, the oldest first."""
        return self.filter(state=IntakeState.WAITING).order_by("pk")

    def asked_by(self, person: str) -> Self:
        """What somebody asked for, by their public id, in order."""
        return self.filter(asked_by=person).order_by("pk")

    def next_after(self, pk: int) -> Intake | None:
        """The first that came later than this one. One query."""
        return self.filter(pk__gt=pk).order_by("pk").first()

    def unfinished(self) -> Self:
        """Those on their way: waiting for the worker or for an editor's answer, the oldest first."""
        return self.filter(state__in=[IntakeState.WAITING, IntakeState.CHOOSING]).order_by("pk")

    def ended(self) -> Self:
        """Those taken in, and those that were not; what came to an end last comes first."""
        return self.filter(state__in=[IntakeState.DONE, IntakeState.FAILED]).order_by("-finished_at", "-pk")

    def of_bytes(self, blob: str) -> Self:
        return self.filter(blob=blob)

    def with_articles(self) -> Self:
        return self.select_related("article__outlet")

    def locked(self, pk: int) -> Intake | None:
        """This one of them, for the length of a transaction; None where another holds it or it has moved on."""
        return self.filter(pk=pk).select_for_update(skip_locked=True, of=("self",)).first()


class Intake(models.Model):
    """A page on its way into the archive: asked for, received, read, and then a draft article.

    method: how it comes. blob, size: the stored bytes once they are received. record: which page of a web archive.
    told: what went wrong or could not be kept, in a sentence. proposals: what was read from the page or typed by
    the editor, each with where it stands: [{"field", "value", "basis", "found_in"}, …]; while a page of a web archive
    is to be chosen, its pages. article: the draft that came of it; before that, the held article that it is a copy of.
    """

    public_id = models.CharField(max_length=PUBLIC_ID_LENGTH, unique=True, default=random_public_id, editable=False)
    asked_by = models.CharField(max_length=PUBLIC_ID_LENGTH)
    method = models.CharField(max_length=8, choices=CaptureMethod)
    state = models.CharField(max_length=8, choices=IntakeState, default=IntakeState.WAITING)
    address = models.CharField(max_length=2048, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    record = models.CharField(max_length=300, blank=True)
    blob = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    media_type = models.CharField(max_length=100, blank=True)
    told = models.TextField(blank=True)
    proposals = models.JSONField(default=list)
    article = models.ForeignKey(Article, null=True, blank=True, on_delete=models.SET_NULL, related_name="intakes")
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = IntakeQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["state", "id"], name="intake_waiting")]
        constraints = [
            known("method", CaptureMethod, "intake_method_known"),
            known("state", IntakeState, "intake_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=[IntakeState.DONE, IntakeState.FAILED]) | Q(finished_at__isnull=False),
                name="intake_end_has_time",
                violation_error_message="What is done or failed says when.",
            ),
        ]

    def __str__(self) -> str:
        return self.address or self.file_name or f"Pasted text {self.public_id}"

    def get_absolute_url(self) -> str:
        return reverse("desk:intake-detail", kwargs={"public_id": self.public_id})


class CommentQuerySet(models.QuerySet["Comment"]):
    def visible_to(self, user: User) -> Self:
        return self.all() if is_desk(user) else self.none()

    def about(self, kind: str, public_id: str) -> Self:
        """The talk about one record, the oldest first."""
        return self.filter(kind=kind, record=public_id).order_by("pk")

    def written_by(self, person: str) -> Self:
        """What somebody said about any record, by their public id, in order."""
        return self.filter(author=person).order_by("pk")

    def open(self) -> Self:
        return self.filter(resolved_by="")

    def records(self, kind: str) -> models.QuerySet[Comment, str]:
        """Public ids of the records of a kind that these are about; no query."""
        return self.filter(kind=kind).order_by().values_list("record", flat=True)

    def open_counts(self, kind: str, public_ids: Iterable[str]) -> dict[str, int]:
        """How much is open about each of these records, by public id, where there is any. One query."""
        about = self.open().filter(kind=kind, record__in=list(public_ids)).order_by()
        return dict(about.values_list("record").annotate(Count("pk")))


class Comment(models.Model):
    """What editors say to each other about a record. resolved_by: who closed the matter; empty while it is open."""

    kind = models.CharField(max_length=12, choices=RecordKind)
    record = models.CharField(max_length=80)
    author = models.CharField(max_length=PUBLIC_ID_LENGTH)
    text = models.TextField()
    written_at = models.DateTimeField(auto_now_add=True)
    resolved_by = models.CharField(max_length=PUBLIC_ID_LENGTH, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["kind", "record"], name="comment_of_record")]
        constraints = [
            known("kind", RecordKind, "comment_kind_known"),
            models.CheckConstraint(condition=~Q(text=""), name="comment_says_something"),
            models.CheckConstraint(
                condition=Q(resolved_by="", resolved_at__isnull=True)
                | ~Q(resolved_by="") & Q(resolved_at__isnull=False),
                name="comment_resolution_whole",
                violation_error_message="A closed matter says who closed it and when.",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def of_person(self, person: models.Model) -> Self:
        return self.filter(person=person.pk)


class Assignment(models.Model):
    """Who has an article in hand; at most one person at a time."""

    article = models.OneToOneField(Article, on_delete=models.CASCADE, related_name="assignment")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="assignments")
    since = models.DateTimeField(auto_now_add=True)

    objects = AssignmentQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.article_id}: {self.person}"


class RequestQuerySet(models.QuerySet["PublicRequest"]):
    def visible_to(self, user: User) -> Self:
        return self.all() if is_desk(user) else self.none()

    def open(self) -> Self:
        return self.filter(state=RequestState.OPEN)

    def newest_first(self) -> Self:
        return self.order_by("-pk")

    def decided(self) -> Self:
        return self.exclude(state=RequestState.OPEN)

    def of_day(self, day: date) -> Self:
        return self.filter(received_on=day)

    def by_reference(self, public_id: str) -> PublicRequest | None:
        """What somebody asked for, for whoever has the reference: day, state and answer, and none of their words."""
        return self.filter(public_id=public_id).defer("text", "contact", "address").first()

    def noted_at(self, address: str) -> Self:
        """Decided requests about the record at this address of ours of which readers are told, the oldest first."""
        return self.exclude(state=RequestState.OPEN).exclude(public_note="").filter(address=address).order_by("pk")

    def lead(self, old: str, new: str) -> int:
        """Make those about the record at one address of ours be about that at another. One query."""
        return self.filter(address=old).update(address=new)


class PublicRequest(models.Model):
    """Somebody asks for a record to be taken down or corrected, or answers what is reported of them.

    address: of the record here, as it was typed. contact: where the answer goes; deleted with the decision.
    public_note: what the record's page says of it, in the archive's words; empty says nothing.
    """

    public_id = models.CharField(max_length=PUBLIC_ID_LENGTH, unique=True, default=random_public_id, editable=False)
    kind = models.CharField(max_length=12, choices=RequestKind)
    address = models.CharField(max_length=500)
    text = models.TextField()
    contact = models.CharField(max_length=200, blank=True)
    received_on = models.DateField()
    state = models.CharField(max_length=8, choices=RequestState, default=RequestState.OPEN)
    decided_by = models.CharField(max_length=PUBLIC_ID_LENGTH, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    answer = models.TextField(blank=True)
    public_note = models.CharField(max_length=300, blank=True)

    objects = RequestQuerySet.as_manager()

    class Meta:
        constraints = [
            known("kind", RequestKind, "public_request_kind_known"),
            known("state", RequestState, "public_request_state_known"),
            models.CheckConstraint(
                condition=Q(state=RequestState.OPEN, decided_by="", decided_on__isnull=True)
                | ~Q(state=RequestState.OPEN) & ~Q(decided_by="") & Q(decided_on__isnull=False, contact=""),
                name="public_request_decision_whole",
                violation_error_message="A decided request says who decided and when, and keeps no contact.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.address}"
