"""Rows of a batch as records: a fixed number of statements, whatever their number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils import timezone

from archive.history.events import Change
from archive.ingest import publishers
from archive.ingest.planning import Addition
from archive.ingest.rows import Row
from archive.models import Article, Capture, CaptureText, DateEvidence, ImportRow, Outlet, Person
from archive.models.vocabulary import CaptureMethod, DateBasis, DatePrecision, HarmReview, RecordStatus
from archive.text.dates import PartialDate

# Raised when the same row would give another text.
EXTRACTOR = "import 1"


@dataclass(frozen=True, slots=True)
class Manner:
    """How rows are written. decides_harm: for measuring alone; otherwise no text leaves the desk undecided."""

    is_publishing: bool = False
    decides_harm: bool = False
    media_type: str = "application/json"


@dataclass(frozen=True, slots=True)
class Placed:
    """A new row, and where its own bytes lie: offset in the file ``blob``; their SHA-256."""

    addition: Addition
    blob: str
    offset: int
    sha256: str

    @property
    def row(self) -> Row:
        return self.addition.item.row


@dataclass(frozen=True, slots=True)
class Written:
    """What a batch came to. digests: of its rows. outlets: slugs of those made or published with it.

    opened: outlets that were held and became public with it, each as a change.
    """

    digests: list[str]
    outlets: list[str]
    opened: list[Change]
    published: int


def write(placed: Sequence[Placed], *, manner: Manner, by: Person) -> Written:
    """Write the rows in the caller's transaction, outlets first."""
    rows = [one.row for one in placed]
    outlets, touched, opened = _outlets(rows, manner)
    articles = Article.objects.bulk_create(
        _article(one, outlets[publishers.name_of(one.row)], manner) for one in placed
    )
    pairs = list(zip(placed, articles, strict=True))
    DateEvidence.objects.bulk_create(_evidence(when, article) for one, article in pairs if (when := one.row.when))
    now = timezone.now()
    captures = Capture.objects.bulk_create(_capture(one, article, manner, now, by) for one, article in pairs)
    CaptureText.objects.bulk_create(
        CaptureText(capture=capture, extractor=EXTRACTOR, text=one.row.document, zones=one.row.zones)
        for one, capture in zip(placed, captures, strict=True)
        if one.row.document
    )
    ImportRow.objects.bulk_create(
        ImportRow(
            source_file=one.row.collection,
            row_key=one.row.key,
            article=article,
            record_id=article.pk,
            digest=one.row.digest,
        )
        for one, article in pairs
    )
    published = sum(article.status == RecordStatus.PUBLISHED for article in articles)
    return Written([row.digest for row in rows], touched, opened, published)


def _outlets(rows: Sequence[Row], manner: Manner) -> tuple[dict[publishers.Named, Outlet], list[str], list[Change]]:
    """The outlet of each row, the slugs of those that had to be made or published, and the publishings."""
    held = publishers.found(rows)
    wanted = list(dict.fromkeys(named for row in rows if (named := publishers.name_of(row)) not in held))
    status = RecordStatus.PUBLISHED if manner.is_publishing else RecordStatus.DRAFT
    made = publishers.new(wanted, rows, status=status) if wanted else {}
    unsaved = list({outlet.slug: outlet for outlet in made.values()}.values())
    Outlet.objects.bulk_create(unsaved)
    waiting = _waiting(rows, held) if manner.is_publishing else []
    opened = _published(waiting)
    return held | made, [outlet.slug for outlet in [*unsaved, *waiting]], opened


def _waiting(rows: Sequence[Row], held: dict[publishers.Named, Outlet]) -> list[Outlet]:
    """The held outlets that become public with rows that are to be; a withdrawn one stays withdrawn."""
    used = {publishers.name_of(row) for row in rows if row.headline}
    waiting = {
        outlet.pk: outlet
        for named, outlet in held.items()
        if named in used and outlet.status in (RecordStatus.DRAFT, RecordStatus.IN_REVIEW)
    }
    return list(waiting.values())


def _published(outlets: Sequence[Outlet]) -> list[Change]:
    """Publish outlets. The history names each, for what was written of it before is no correction."""
    status = RecordStatus.PUBLISHED
    changes = [Change(f"outlet {outlet.public_id}", outlet.status, status.value) for outlet in outlets]
    for outlet in outlets:
        outlet.status = status
        outlet.version = F("version") + 1
    Outlet.objects.bulk_update(outlets, ["status", "version"])
    return changes


def _article(one: Placed, outlet: Outlet, manner: Manner) -> Article:
    row = one.row
    is_published = manner.is_publishing and row.headline and outlet.status == RecordStatus.PUBLISHED
    return Article(
        public_id=one.addition.public_id,
        status=RecordStatus.PUBLISHED if is_published else RecordStatus.DRAFT,
        outlet=outlet,
        headline=row.headline,
        byline=row.byline,
        language=row.language,
        address=row.address or None,
        address_key=row.address_key,
        **_published_columns(row),
    )


def _published_columns(row: Row) -> dict[str, Any]:
    """The article's columns that follow from its chosen date evidence, the one that the row gives."""
    if row.when is None:
        return {"published_precision": DatePrecision.UNKNOWN}
    return {
        "published_from": row.when.earliest,
        "published_to": row.when.latest,
        "published_precision": row.when.precision,
        "published_basis": DateBasis.METADATA,
        "published_words": row.when.words,
    }


def _evidence(when: PartialDate, article: Article) -> DateEvidence:
    return DateEvidence(
        article=article,
        earliest=when.earliest,
        latest=when.latest,
        precision=when.precision,
        words=when.words,
        basis=DateBasis.METADATA,
        is_chosen=True,
    )


def _capture(one: Placed, article: Article, manner: Manner, now: datetime, by: Person) -> Capture:
    decided = (
        {"harm_review": HarmReview.CLEARED, "harm_reviewed_by": by.public_id, "harm_reviewed_at": now}
        if manner.decides_harm
        else {}
    )
    return Capture(
        article=article,
        sha256=one.sha256,
        size=len(one.addition.item.received.body),
        blob=one.blob,
        offset=one.offset,
        media_type=manner.media_type,
        address=one.row.address,
        method=CaptureMethod.IMPORTED,
        captured_at=now,
        **decided,
    )
