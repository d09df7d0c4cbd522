"""Rows of a coded folder that stand on their own: places, measures, outlets, actors, claims."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from archive.ingest.coded_book import Book, CodingRefused
from archive.ingest.coded_folder import Row
from archive.models import (
    Actor,
    ActorName,
    Claim,
    ClaimActor,
    ClaimLink,
    Coverage,
    Measure,
    Outlet,
    OutletDomain,
    OwnershipNote,
    Place,
    ReusePolicy,
)
from archive.models.vocabulary import RecordStatus
from archive.text import month_runs
from archive.text.dates import UNKNOWN, parse_edtf

PUBLISHED = RecordStatus.PUBLISHED


def dated(row: Row, prefix: str) -> dict[str, Any]:
    """Columns of a partial date, from the row's EDTF ``date`` and its printed ``words``."""
    when = parse_edtf(row["date"]) if row.get("date") else UNKNOWN
    return {
        f"{prefix}_from": when.earliest,
        f"{prefix}_to": when.latest,
        f"{prefix}_precision": when.precision,
        f"{prefix}_words": row.get("words") or when.words,
    }


def add_places(rows: Iterable[Row], *, book: Book) -> None:
    """Outer places come before the places in them."""
    for row in rows:
        if row["key"] not in book.places:
            book.places[row["key"]] = Place.objects.create(
                slug=row["key"],
                name=row["name"],
                kind=row["kind"],
                country_id=row["country"] or None,
                parent=book.places[row["parent"]] if row["parent"] else None,
            )


def add_measures(rows: Iterable[Row], *, book: Book) -> None:
    for row in rows:
        if row["key"] in book.measures:
            continue
        measure = Measure.objects.create(
            slug=row["key"],
            stage=row["stage"],
            origin=book.places[row["origin"]] if row["origin"] else None,
            territory=book.places[row["territory"]] if row["territory"] else None,
            unit=row["unit"],
            definition=row["definition"],
        )
        measure.people.add(*(book.people[slug] for slug in row["people"]))
        book.measures[row["key"]] = measure


def add_outlets(rows: Iterable[Row], *, book: Book) -> None:
    """An outlet that is in the archive under the same slug is taken as it is."""
    known = Outlet.objects.in_bulk(field_name="slug")
    for row in rows:
        if not book.is_new("outlet", row):
            continue
        if row["slug"] in known:
            book.enter("outlet", row, known[row["slug"]], is_added=False)
            continue
        outlet = Outlet.objects.create(
            name=row["name"],
            slug=row["slug"],
            kind=row["kind"],
            country_id=row["country"] or None,
            languages=" ".join(row["languages"]),
            website=row["website"],
            about=row["about"],
            status=PUBLISHED,
        )
        _add_outlet_parts(outlet, row)
        _add_coverage(outlet, row, book=book)
        book.enter("outlet", row, outlet)


def _add_outlet_parts(outlet: Outlet, row: Row) -> None:
    for domain in row["domains"]:
        OutletDomain.objects.create(outlet=outlet, domain=domain)
    for note in row["ownership_notes"]:
        OwnershipNote.objects.create(outlet=outlet, text=note["text"], reference=note["reference"])
    for version, policy in enumerate(row["policies"], start=1):
        ReusePolicy.objects.create(
            outlet=outlet,
            version=version,
            extract_limit=policy["extract_limit"],
            is_link_required=policy["link_required"],
            terms_address=policy["terms_address"],
            read_on=date.fromisoformat(policy["read_on"]),
            note=policy["note"],
        )


def _add_coverage(outlet: Outlet, row: Row, *, book: Book) -> None:
    """Note the months in which the outlet was watched, if the row has any: "2024-06", "2024-01/2024-03"."""
    for when in map(parse_edtf, row.get("watched", [])):
        if when.earliest is None or when.latest is None:
            raise CodingRefused(row["key"], f"“{when.words}” is no month and no run of months.")
        first, last = month_runs.month_of(when.earliest), month_runs.month_of(when.latest)
        Coverage.objects.bulk_create(
            Coverage(outlet=outlet, month=month_runs.first_day(month), noted_by=book.by.public_id)
            for month in range(first, last + 1)
        )


def add_actors(rows: Iterable[Row], *, book: Book) -> None:
    """Parent bodies come before those that belong to them."""
    for row in rows:
        if not book.is_new("actor", row):
            continue
        actor = Actor.objects.create(
            name=row["name"],
            kind=row["kind"],
            parent=book.record("actor", row["parent"]),
            country_id=row["country"] or None,
            role=row["role"],
            status=PUBLISHED,
        )
        for name in row["names"]:
            ActorName.objects.create(actor=actor, name=name["name"], language=name["language"])
        book.enter("actor", row, actor)


def add_claims(rows: Iterable[Row], *, book: Book) -> None:
    """Add claims, then the links among them, for a link may point to a claim further down."""
    new = [row for row in rows if book.is_new("claim", row)]
    for row in new:
        book.enter("claim", row, _claim(row, book=book))
    for row in new:
        for link in row.get("links", []):
            ClaimLink.objects.create(
                from_claim=book.record("claim", row["key"]),
                to_claim=book.record("claim", link["to"]),
                kind=link["kind"],
            )


def _claim(row: Row, *, book: Book) -> Claim:
    claim = Claim.objects.create(
        sentence=row["sentence"],
        kind=row["kind"],
        setting=row.get("setting", ""),
        response=row.get("response", ""),
        is_lead=row.get("lead", False),
        note=row.get("note", ""),
        status=PUBLISHED,
        **dated(row, "date"),
    )
    claim.people.add(*(book.people[slug] for slug in row["people"]))
    claim.areas.add(*(book.places[slug] for slug in row["areas"]))
    claim.places.add(*(book.places[slug] for slug in row["places"]))
    for part in row.get("actors", []):
        ClaimActor.objects.create(claim=claim, actor=book.record("actor", part["actor"]), part=part["part"])
    return claim
