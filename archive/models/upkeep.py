"""Checks that an editor must decide, redirects of merged records, the book of imports, the worker's diary."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from django.db import models
from django.db.models import Q

from archive.models.articles import Article
from archive.models.base import known
from archive.models.vocabulary import CheckDecision, CheckKind, RecordKind
from archive.text.identifiers import PUBLIC_ID_LENGTH


class CheckQuerySet(models.QuerySet["Check"]):
    def open(self) -> Self:
        return self.filter(decision=CheckDecision.OPEN)

    def blocking(self) -> Self:
        return self.open().filter(is_blocking=True)

    def of_article(self, article: Article) -> Self:
        return self.filter(article=article).order_by("decision", "pk")

    def of_kinds(self, kinds: Iterable[str]) -> Self:
        return self.filter(kind__in=list(kinds))

    def by_pks(self, pks: Iterable[int]) -> Self:
        return self.filter(pk__in=list(pks))


class Check(models.Model):
    """Something that an editor must decide. A blocking one keeps an article from being published.

    subject: what it is about ("figure x7…", "article.summary"), so that one thing is asked once.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="checks")
    kind = models.CharField(max_length=24, choices=CheckKind)
    subject = models.CharField(max_length=120)
    is_blocking = models.BooleanField(default=False)
    decision = models.CharField(max_length=8, choices=CheckDecision, default=CheckDecision.OPEN)
    decided_by = models.CharField(max_length=PUBLIC_ID_LENGTH, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = CheckQuerySet.as_manager()

    class Meta:
        constraints = [
            known("kind", CheckKind, "check_kind_known"),
            known("decision", CheckDecision, "check_decision_known"),
            models.UniqueConstraint(fields=["article", "kind", "subject"], name="check_once"),
            models.CheckConstraint(
                condition=Q(decision=CheckDecision.OPEN, decided_by="", decided_at__isnull=True)
                | ~Q(decision=CheckDecision.OPEN) & ~Q(decided_by="") & Q(decided_at__isnull=False),
                name="check_decision_whole",
                violation_error_message="A decided check says who decided and when.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.subject}"


class RedirectQuerySet(models.QuerySet["Redirect"]):
    def led(self, kind: RecordKind, olds: Iterable[str]) -> dict[str, str]:
        """Where the keys of merged records lead, by these. One query."""
        return dict(self.filter(kind=kind, old__in=list(olds)).values_list("old", "new"))


class Redirect(models.Model):
    """A record that was merged into another; its old address answers 301."""

    kind = models.CharField(max_length=12, choices=RecordKind)
    old = models.CharField(max_length=80)
    new = models.CharField(max_length=80)

    objects = RedirectQuerySet.as_manager()

    class Meta:
        constraints = [
            known("kind", RecordKind, "redirect_kind_known"),
            models.UniqueConstraint(fields=["kind", "old"], name="redirect_once"),
            models.CheckConstraint(condition=~Q(old=models.F("new")), name="redirect_not_to_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    def locked(self, pk: int) -> ImportRun:
        """The run as it stands now, kept from other imports until the transaction ends. One query."""
        return self.select_for_update().get(pk=pk)


class ImportRun(models.Model):
    """How far the import of one file has come; written in the transaction of each batch.

    digest: SHA-256 of the file. rows_done: input lines wholly dealt with.
    """

    file_name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    is_publishing = models.BooleanField(default=False)
    rows_done = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["digest", "is_publishing"], name="import_run_once_per_file")]

    def __str__(self) -> str:
        return f"{self.file_name}: {self.rows_done} rows"


class ImportRowQuerySet(models.QuerySet["ImportRow"]):
    def keyed(self, source_files: Iterable[str], row_keys: Iterable[str]) -> Self:
        """Rows with one of these keys in one of these collections; the caller matches the pairs."""
        return self.filter(source_file__in=list(source_files), row_key__in=list(row_keys))

    def of_articles(self, articles: Iterable[int]) -> Self:
        return self.filter(article__in=list(articles))

    def of_record(self, kind: str, pk: int) -> Self:
        return self.filter(record_kind=kind, record_id=pk)


class ImportRow(models.Model):
    """Which record came of which row of which source, so that a rerun adds nothing twice.

    source_file: the collection that the key belongs to. digest: SHA-256 of the row as imported.
    """

    source_file = models.CharField(max_length=80)
    row_key = models.CharField(max_length=200)
    article = models.ForeignKey(Article, null=True, blank=True, on_delete=models.PROTECT)
    record_kind = models.CharField(max_length=12, choices=RecordKind, default=RecordKind.ARTICLE)
    record_id = models.PositiveBigIntegerField(null=True, blank=True)
    digest = models.CharField(max_length=64)

    objects = ImportRowQuerySet.as_manager()

    class Meta:
        constraints = [
            known("record_kind", RecordKind, "import_row_record_kind_known"),
            models.UniqueConstraint(fields=["source_file", "row_key"], name="import_row_once"),
        ]

    def __str__(self) -> str:
        return f"{self.source_file}: {self.row_key}"


class Job(models.Model):
    """A regular piece of work of ``manage.py worker``: when it last ran, and what came of it.

    The row named "worker" is the heartbeat. outcome: a sentence, "ok" or what went wrong.
    """

    HEARTBEAT = "worker"

    name = models.CharField(max_length=40, unique=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    outcome = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.name}: {self.outcome or 'not yet run'}"
