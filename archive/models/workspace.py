"""What people keep for themselves: collections of articles and claims, and searches that they ask again.

None of it is history and none of it is the archive's: it belongs to one person and goes with the account. What is
taken out stays for a while, so that it can be put back.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from archive.models.articles import Article
from archive.models.base import User, known, reads_full_text
from archive.models.claims import Claim
from archive.models.vocabulary import SavedList
from archive.text.identifiers import PUBLIC_ID_LENGTH, random_public_id

LONGEST_TITLE = 200
LONGEST_QUERY = 2000
LIST_PAGES = {
    SavedList.ARTICLES: "browse:article-list",
    SavedList.CLAIMS: "claims:claim-list",
    SavedList.OUTLETS: "browse:outlet-list",
    SavedList.SOURCES: "browse:source-list",
    SavedList.ACTORS: "browse:actor-list",
}
# Lists that are made into feeds.
FED = (SavedList.ARTICLES, SavedList.CLAIMS)

AnyKept = TypeVar("AnyKept", bound="Kept")


class KeptQuerySet(models.QuerySet[AnyKept]):
    """The vocabulary of everything that is somebody's own."""

    owner = "owner"

    def of(self, person: User) -> Self:
        """What belongs to this person; nothing of anybody else, whatever their role."""
        return self.filter(**{self.owner: person.pk}) if person.pk else self.none()

    def current(self) -> Self:
        return self.filter(removed_at__isnull=True)

    def removed(self) -> Self:
        """What was taken out and can be put back, the last first."""
        return self.filter(removed_at__isnull=False).order_by("-removed_at", "-pk")

    def removed_before(self, days: int) -> Self:
        return self.filter(removed_at__lt=timezone.now() - timedelta(days=days))

    def with_pk(self, pk: int) -> Self:
        return self.filter(pk=pk)

    def with_public_id(self, public_id: str) -> Self:
        return self.filter(public_id=public_id)

    def at_version(self, version: int) -> Self:
        return self.filter(version=version)

    def oldest_first(self) -> Self:
        return self.order_by("pk")


class Kept(models.Model):
    """version: counts the saved edits, from 1. removed_at: when it was taken out; empty for what is in its place."""

    public_id = models.CharField(max_length=PUBLIC_ID_LENGTH, unique=True, default=random_public_id, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


class CollectionQuerySet(KeptQuerySet["Collection"]):
    def visible_to(self, user: User) -> Self:
        """One's own and what others share with researchers: nobody sees a private one of somebody else."""
        if not reads_full_text(user):
            return self.none()
        return self.current().filter(Q(owner=user.pk) | Q(is_shared=True))

    def shared_by_others(self, user: User) -> Self:
        return self.visible_to(user).exclude(owner=user.pk).select_related("owner")

    def counted(self) -> Self:
        """With the number of entries, as ``entry_count``. No query."""
        return self.annotate(entry_count=models.Count("entries", filter=Q(entries__removed_at__isnull=True)))

    def by_title(self) -> Self:
        return self.order_by("title", "pk")

    def locked(self, pk: int) -> Collection:
        """The collection as it stands now, for the length of a transaction. One query."""
        return self.select_for_update(of=("self",)).get(pk=pk)


class Collection(Kept):
    """Articles and claims that somebody put together, in an order of their own."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="collections")
    title = models.CharField(max_length=LONGEST_TITLE)
    note = models.TextField(blank=True)
    is_shared = models.BooleanField(default=False)

    objects = CollectionQuerySet.as_manager()

    class Meta(Kept.Meta):
        constraints = [
            models.CheckConstraint(
                condition=~Q(title=""),
                name="collection_title_present",
                violation_error_message="A collection needs a title.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("workspace:collection-detail", kwargs={"public_id": self.public_id})


class CollectionEntryQuerySet(KeptQuerySet["CollectionEntry"]):
    owner = "collection__owner"

    def in_collection(self, collection: Collection) -> Self:
        return self.filter(collection=collection)

    def in_order(self) -> Self:
        """As they stand in their collections, with what they hold. No query."""
        return self.select_related("article", "claim").order_by("collection", "position", "pk")

    def holding(self, record: Article | Claim) -> Self:
        return self.filter(**{str(record._meta.model_name): record.pk})

    def of_collections(self, collections: Iterable[Collection]) -> Self:
        return self.filter(collection__in=list(collections))


class CollectionEntry(Kept):
    """An article or a claim in a collection. note: of whoever owns the collection. position: from 1."""

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="entries")
    # Hidden from the records: a merge by an editor neither counts nor moves what is somebody's own.
    article = models.ForeignKey(Article, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    claim = models.ForeignKey(Claim, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveIntegerField()
    note = models.TextField(blank=True)

    objects = CollectionEntryQuerySet.as_manager()

    class Meta(Kept.Meta):
        indexes = [models.Index(fields=["collection", "position"], name="collection_in_order")]
        constraints = [
            models.CheckConstraint(
                condition=Q(article__isnull=True, claim__isnull=False) | Q(article__isnull=False, claim__isnull=True),
                name="collection_entry_of_article_or_claim",
                violation_error_message="An entry holds one article or one claim.",
            ),
            models.UniqueConstraint(
                fields=["collection", "article"],
                name="collection_entry_article_once",
                violation_error_message="The collection holds this article already.",
            ),
            models.UniqueConstraint(
                fields=["collection", "claim"],
                name="collection_entry_claim_once",
                violation_error_message="The collection holds this claim already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.kind} {self.record.public_id}"

    @property
    def record(self) -> Article | Claim:
        """What it holds, of any status: to be shown only as far as the door to records lets it be."""
        found = self.article or self.claim
        assert found is not None  # noqa: S101  # the constraint collection_entry_of_article_or_claim
        return found

    @property
    def kind(self) -> str:
        return "article" if self.article_id else "claim"


class SavedSearchQuerySet(KeptQuerySet["SavedSearch"]):
    def asking(self, kind: str, query: str) -> Self:
        return self.filter(kind=kind, query=query)

    def by_name(self) -> Self:
        return self.order_by("name", "pk")

    def behind(self, token: str) -> SavedSearch | None:
        """The search whose feed has this secret, while its owner may sign in. One query."""
        kept = self.current().filter(feed_digest=digest_of(token), owner__is_active=True)
        return kept.filter(kind__in=FED).first()


def digest_of(token: str) -> str:
    """What is kept of a feed's secret: SHA-256 in hex. It is drawn at random, so nothing can be guessed from it."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


class SavedSearch(Kept):
    """A list's question, kept to be asked again.

    query: in the form of ``filters.saved``. seen_seq: the newest event when its owner last looked; what came to be
    public by a later one is new. feed_digest: of the secret in its feed's address; empty without a feed.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches")
    name = models.CharField(max_length=LONGEST_TITLE)
    kind = models.CharField(max_length=8, choices=SavedList)
    query = models.CharField(max_length=LONGEST_QUERY, blank=True)
    seen_seq = models.PositiveBigIntegerField()
    seen_at = models.DateTimeField()
    feed_digest = models.CharField(max_length=64, blank=True)

    objects = SavedSearchQuerySet.as_manager()

    class Meta(Kept.Meta):
        verbose_name_plural = "saved searches"
        constraints = [
            known("kind", SavedList, "saved_search_kind_known"),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="saved_search_name_present",
                violation_error_message="A saved search needs a name.",
            ),
            models.CheckConstraint(
                condition=Q(feed_digest="") | Q(feed_digest__regex=r"^[0-9a-f]{64}$"),
                name="saved_search_feed_digest_hex",
            ),
            models.UniqueConstraint(
                fields=["owner", "kind", "query"],
                name="saved_search_once",
                violation_error_message="You saved this search already.",
            ),
            models.UniqueConstraint(
                fields=["feed_digest"], condition=~Q(feed_digest=""), name="saved_search_feed_digest_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("workspace:search-detail", kwargs={"public_id": self.public_id})

    @property
    def list_address(self) -> str:
        """The public list, asked the same."""
        address = reverse(LIST_PAGES[SavedList(self.kind)])
        return f"{address}?{self.query}" if self.query else address

    @property
    def can_be_fed(self) -> bool:
        return self.kind in FED


def own_rows(person: models.Model) -> list[models.QuerySet[Any]]:
    """Everything of somebody's that is kept here, what was taken out included; what hangs on a row goes with it."""
    return [Collection.objects.filter(owner=person.pk), SavedSearch.objects.filter(owner=person.pk)]


def removed_long_ago(days: int) -> list[models.QuerySet[Any]]:
    """What was taken out before that many days, of everybody."""
    rows: list[KeptQuerySet[Any]] = [Collection.objects.all(), CollectionEntry.objects.all(), SavedSearch.objects.all()]
    return [one.removed_before(days) for one in rows]
