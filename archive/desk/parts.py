"""What an article stands on: the records that become public together with it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from archive.models import Actor, Article, Claim, Source
from archive.models.base import Record


@dataclass(frozen=True, slots=True)
class Parts:
    """The claims that an article reports, the sources that it rests on, and the actors in both."""

    claims: QuerySet[Claim]
    sources: QuerySet[Source]
    actors: QuerySet[Actor]

    def records(self) -> list[Record]:
        return [*self.claims, *self.sources, *self.actors]


def of_article(article: Article) -> Parts:
    """Find what an article stands on, the sources of its sources included. One query a step of credits."""
    claims = Claim.objects.reported_in(article)
    known = set(Source.objects.used_in(article).values_list("pk", flat=True))
    step = known
    while step:
        step = set(Source.objects.credited_by(step, claims).values_list("pk", flat=True)) - known
        known |= step
    sources = Source.objects.by_pks(known)
    return Parts(claims, sources, Actor.objects.named_in(article, claims, sources.order_by()))


def claims_touched(article: Article, sources: QuerySet[Source]) -> set[int]:
    """Claims whose counts may change with the status of an article and of these sources. Two queries."""
    reported = Claim.objects.reported_in(article).values_list("pk", flat=True)
    resting = Claim.objects.resting_on(sources.order_by()).values_list("pk", flat=True)
    return {*reported, *resting}


def body_with_parts(actor: Actor) -> set[int]:
    """An actor and all that is below it. One query a level."""
    known = {actor.pk}
    step = known
    while step:
        step = set(Actor.objects.part_of(step).values_list("pk", flat=True)) - known
        known |= step
    return known
