"""Whether an address still answers, from all the times that it was asked.

An address counts as gone after three failures with no answer between them, each three days or more after the one
before: a server may be down for a night, or for a weekend. What tells neither way is left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from archive.models import Article, LinkCheck, Source
from archive.models.base import User, is_desk
from archive.models.vocabulary import LinkOutcome

FAILURES = frozenset({LinkOutcome.NOT_THERE, LinkOutcome.NO_ANSWER})
FAILURES_TO_BE_GONE = 3
APART = timedelta(days=3)
# What answers, what is gone and what tells neither way is asked again after this.
MONTH = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class AddressRecord:
    """answered_on: the last day with an answer. failed_since, attempts: failures after it; None and 0 without any."""

    answered_on: date | None
    failed_since: date | None
    attempts: int
    is_gone: bool

    @property
    def again_after(self) -> timedelta:
        """How long to wait until it is asked again."""
        return APART if self.attempts and not self.is_gone else MONTH


def state(asked: Iterable[tuple[date, str]]) -> AddressRecord | None:
    """What follows from days and outcomes in order; None where nothing tells whether a page is there."""
    answered_on: date | None = None
    failures: list[date] = []
    for day, outcome in asked:
        if outcome == LinkOutcome.ANSWERED:
            answered_on, failures = day, []
        elif outcome in FAILURES:
            failures.append(day)
    if answered_on is None and not failures:
        return None
    return AddressRecord(answered_on, failures[0] if failures else None, len(failures), _apart(failures))


def _apart(days: Iterable[date]) -> bool:
    """Whether three of the days are three days from one another; each counted as early as can be."""
    counted: list[date] = []
    for day in days:
        if not counted or day - counted[-1] >= APART:
            counted.append(day)
    return len(counted) >= FAILURES_TO_BE_GONE


def address_record(record: Article | Source, user: User) -> AddressRecord | None:
    """Whether the address that this reader sees answers. One query, none where no address is shown.

    The public reads what was known before today, so that a page stays the same for the whole of a day.
    """
    if not record.address_for(user):
        return None
    checks = LinkCheck.objects.of(record)
    if not is_desk(user):
        checks = checks.before(timezone.localdate())
    return state(checks.values_list("checked_on", "outcome"))
