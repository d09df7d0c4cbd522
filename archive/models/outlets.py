"""Outlets and what each allows to be shown of its text."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Self

from django.db import models
from django.db.models import Count, Q
from django.urls import reverse

from archive.models.base import Record, RecordQuerySet, known
from archive.models.places import Country
from archive.models.vocabulary import OutletKind, RecordStatus

# Where an outlet's terms are not known, and where an article has no address to link to.
STRICT_EXTRACT_LIMIT = 200


class OutletQuerySet(RecordQuerySet["Outlet"]):
    def with_article_count(self) -> Self:
        return self.annotate(article_count=Count("articles", filter=Q(articles__status=RecordStatus.PUBLISHED)))

    def named(self, names: Iterable[str]) -> Self:
        """Outlets of exactly these names; of several with one name the oldest comes first."""
        return self.filter(name__in=list(names)).order_by("pk")

    def at_hosts(self, hosts: Iterable[str]) -> Self:
        """Outlets whose own website or further domain is one of these hosts, "www." left out. Two queries."""
        known_hosts = [name for host in hosts for name in (host, f"www.{host}")]
        websites = [
            f"{scheme}://{host}{end}" for scheme in ("https", "http") for host in known_hosts for end in ("", "/")
        ]
        return (
            self.filter(Q(website__in=websites) | Q(domains__domain__in=known_hosts))
            .distinct()
            .prefetch_related("domains")
            .order_by("pk")
        )

    def watched_in(self, month: date) -> Self:
        """Those that were watched in a month, by its first day."""
        return self.filter(coverage__month=month)

    def for_robots(self) -> Self:
        return self.published().order_by("pk").only("slug", "updated_at")

    def with_slugs(self, slugs: Iterable[str]) -> Self:
        return self.filter(slug__in=list(slugs))

    def slugs_from(self, start: str) -> set[str]:
        """All slugs in use that begin so. One query."""
        return set(self.filter(slug__startswith=start).values_list("slug", flat=True))

    def for_listing(self) -> Self:
        """Load what browse/outlet_list.html reads. Two queries."""
        return self.select_related("country").with_article_count().prefetch_related("policies").order_by("name", "pk")

    def with_most_articles_first(self) -> Self:
        """Loaded ``for_listing()``; ties by name."""
        return self.order_by("-article_count", "name", "pk")

    def for_page(self) -> Self:
        return self.select_related("country").prefetch_related("policies", "ownership_notes", "domains")


class Outlet(Record):
    """A publisher of articles. Researchers browse by outlet first."""

    name = models.CharField(max_length=200)
    slug = models.SlugField(
        max_length=80, unique=True, error_messages={"unique": "An outlet with this address part exists."}
    )
    kind = models.CharField(max_length=12, choices=OutletKind, default=OutletKind.NOT_KNOWN)
    country = models.ForeignKey(Country, null=True, blank=True, on_delete=models.PROTECT)
    languages = models.CharField(max_length=60, blank=True, help_text="Codes, separated by spaces: uk ru en")
    website = models.URLField(max_length=500, blank=True)
    about = models.TextField(blank=True)

    objects = OutletQuerySet.as_manager()

    class Meta(Record.Meta):
        ordering = ["name"]
        constraints = [
            *Record.Meta.constraints,
            known("kind", OutletKind, "outlet_kind_known"),
            models.CheckConstraint(condition=~Q(name=""), name="outlet_name_present"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("browse:outlet-detail", kwargs={"slug": self.slug})

    @property
    def policy(self) -> ReusePolicy | None:
        """The newest policy, from loaded policies (they are ordered newest first)."""
        return next(iter(self.policies.all()), None)

    @property
    def extract_limit(self) -> int:
        """Code points of one article that may be shown in public."""
        return self.policy.effective_limit if self.policy else STRICT_EXTRACT_LIMIT


class OutletDomainQuerySet(models.QuerySet["OutletDomain"]):
    def held(self, hosts: Iterable[str]) -> Self:
        """Those of these hosts that some outlet has."""
        return self.filter(domain__in=list(hosts))


class OutletDomain(models.Model):
    """A further domain or mirror under which the outlet's articles are met."""

    outlet = models.ForeignKey(Outlet, on_delete=models.CASCADE, related_name="domains")
    domain = models.CharField(max_length=253, unique=True)

    objects = OutletDomainQuerySet.as_manager()

    def __str__(self) -> str:
        return self.domain


class OwnershipNote(models.Model):
    """What is said of who owns or pays for an outlet, with its reference; several may differ."""

    outlet = models.ForeignKey(Outlet, on_delete=models.CASCADE, related_name="ownership_notes")
    text = models.TextField()
    reference = models.CharField(max_length=500)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text="") & ~Q(reference=""),
                name="ownership_note_has_reference",
                violation_error_message="An ownership note needs its text and its reference.",
            )
        ]

    def __str__(self) -> str:
        return self.text


class ReusePolicy(models.Model):
    """One version of an outlet's terms, as read on a day.

    extract_limit: code points of one article that may be shown; None where the terms are not known,
    then the strict limit holds.
    """

    outlet = models.ForeignKey(Outlet, on_delete=models.CASCADE, related_name="policies")
    version = models.PositiveSmallIntegerField()
    extract_limit = models.PositiveIntegerField(null=True, blank=True)
    is_link_required = models.BooleanField(default=False)
    terms_address = models.URLField(max_length=500, blank=True)
    read_on = models.DateField()
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["-version"]
        verbose_name_plural = "reuse policies"
        constraints = [
            models.UniqueConstraint(fields=["outlet", "version"], name="reuse_policy_version_once"),
            models.CheckConstraint(
                condition=Q(extract_limit__isnull=True) | Q(extract_limit__lte=1_000_000),
                name="reuse_policy_limit_sane",
                violation_error_message="An extract limit is at most 1,000,000 characters.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.effective_limit} characters, read on {self.read_on}"

    @property
    def effective_limit(self) -> int:
        return STRICT_EXTRACT_LIMIT if self.extract_limit is None else self.extract_limit
