"""The writer of coverage: in which months somebody looked for an outlet's articles."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import transaction

from archive.desk import rules
from archive.history import events
from archive.history.events import Change
from archive.models import Coverage, Event, Outlet, Person
from archive.models.vocabulary import EventAct, RecordKind
from archive.text import month_runs


def note_months(outlet: Outlet, months: Collection[date], *, is_watched: bool, by: Person, why: str = "") -> Event:
    """Note that an outlet was watched in these months (their first days), or was not.

    The record's own fields stay as they are, so nobody's form of them becomes stale. Raises NothingChanged, and
    ReasonMissing where the outlet is public and no reason is given.
    """
    with transaction.atomic():
        # One row for all writers of an outlet's months.
        stored = Outlet.objects.visible_to(by).select_for_update().get(pk=outlet.pk)
        noted = Coverage.objects.of_outlet(stored).within(months)
        held = set(noted.months())
        changing = sorted(set(months) - held if is_watched else held)
        if not changing:
            raise rules.NothingChanged
        if rules.is_public(stored) and not why.strip():
            raise rules.ReasonMissing(stored)
        if is_watched:
            Coverage.objects.bulk_create(
                Coverage(outlet=stored, month=month, noted_by=by.public_id) for month in changing
            )
        else:
            noted.delete()
        said = ", ".join(month_runs.code(*run) for run in month_runs.runs(map(month_runs.month_of, changing)))
        return events.append(
            EventAct.EDIT,
            RecordKind.OUTLET,
            stored.public_id,
            by=by,
            changes=[Change("coverage", None, said) if is_watched else Change("coverage", said, None)],
            why=why,
            is_public=stored.is_published,
        )
