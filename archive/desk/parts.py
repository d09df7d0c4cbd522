"""What an article stands on: the records that become public together with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from archive.models import Actor, Appearance, Article, Claim, Outlet, Source
from archive.models.base import Record


@dataclass(frozen=True, slots=True)
class Parts:
    """The outlet of an article, the claims that are reported, the sources that they rest on, and the actors in both."""

    claims: QuerySet[Claim]
    sources: QuerySet[Source]
    actors: QuerySet[Actor]
    outlet: Outlet | None = None

    def records(self) -> list[Record]:
        """All but the outlet."""
        return [*self.claims, *self.sources, *self.actors]


def of_article(article: Article) -> Parts:
    """Find what an article stands on, the sources of its sources included. One query a step of credits."""
    claims = Claim.objects.reported_in(article)
    used = Source.objects.used_in(article).values_list("pk", flat=True)
    return _from(claims, used, Appearance.objects.in_articles([article.pk]), article.outlet)


def of_report(report: Appearance) -> Parts:
    """Find what one report of an article or a source stands on: its claim, and those whose word is taken.

    One query a step of credits.
    """
    used = {credit.source_id for credit in report.credits.all()} | {report.source_id}
    claims, reports = Claim.objects.by_pks([report.claim_id]), Appearance.objects.by_pks([report.pk])
    return _from(claims, {pk for pk in used if pk}, reports, None)


def _from(claims: QuerySet[Claim], used: Iterable[int], reports: QuerySet[Appearance], outlet: Outlet | None) -> Parts:
    known = set(used)
    step = known
    while step:
        step = set(Source.objects.credited_by(step, claims).values_list("pk", flat=True)) - known
        known |= step
    sources = Source.objects.by_pks(known)
    return Parts(claims, sources, Actor.objects.named_in(reports, claims, sources.order_by()), outlet)


def claims_touched(used: Parts) -> set[int]:
    """Claims whose counts may change with the status of what carries these parts, or of the parts. Two queries."""
    resting = Claim.objects.resting_on(used.sources.order_by()).values_list("pk", flat=True)
    return {*used.claims.values_list("pk", flat=True), *resting}


def body_with_parts(actor: Actor) -> set[int]:
    """An actor and all that is below it. One query a level."""
    known = {actor.pk}
    step = known
    while step:
        step = set(Actor.objects.part_of(step).values_list("pk", flat=True)) - known
        known |= step
    return known
