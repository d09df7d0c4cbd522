"""One person in a public role, or one body, as data: names, what it says, and what it is said to do."""

from __future__ import annotations

from dataclasses import dataclass

from archive.access.texts import texts_for
from archive.models import Actor, Appearance
from archive.models.base import User, is_desk
from archive.records import parts
from archive.records.reader import Reader


@dataclass(frozen=True, slots=True)
class NameRecord:
    name: str
    language: str


@dataclass(frozen=True, slots=True)
class SpokeInRecord:
    source: parts.Ref
    kind: parts.Term
    when: parts.When
    role: str


@dataclass(frozen=True, slots=True)
class ActorRecord:
    """One actor. says: reports in which it is the speaker. does: part in a claim ("done by"), and the claim."""

    id: str
    page: str
    version: int
    name: str
    kind: parts.Term
    parent: parts.Ref | None
    members: tuple[parts.Ref, ...]
    country: str
    role: str
    names: tuple[NameRecord, ...]
    sources: tuple[SpokeInRecord, ...]
    says: tuple[parts.ReportRecord, ...]
    does: tuple[tuple[str, parts.Ref], ...]


def actor_record(actor: Actor, user: User) -> ActorRecord:
    """Everything that this reader may see of one actor, loaded ``for_page()``. Constant query count."""
    spoken = list(Appearance.objects.visible_to(user).spoken_by(actor).loaded())
    articles = {one.article.pk: one.article for one in spoken if one.article}
    reader = Reader(user, texts_for(articles.values(), user))
    return ActorRecord(
        id=actor.public_id,
        page=actor.get_absolute_url(),
        version=actor.version,
        name=actor.name,
        kind=parts.term(actor, "kind"),
        parent=reader.actor(actor.parent),
        members=tuple(who for one in actor.parts.order_by("name") if (who := reader.actor(one))),
        country=str(actor.country or ""),
        role=actor.role,
        names=tuple(NameRecord(one.name, one.language) for one in actor.names.all()),
        sources=tuple(_spoke_in(actor, reader)),
        says=tuple(reader.report(one) for one in spoken),
        does=tuple(_does(actor, user)),
    )


def _spoke_in(actor: Actor, reader: Reader) -> list[SpokeInRecord]:
    """Newest first. One query."""
    roles = actor.roles.select_related("source__article").order_by("-source__date_from", "pk")
    return [
        SpokeInRecord(ref, parts.term(one.source, "kind"), parts.said(one.source), one.role_as_printed)
        for one in roles
        if (ref := reader.source(one.source))
    ]


def _does(actor: Actor, user: User) -> list[tuple[str, parts.Ref]]:
    """Claims in which it is said to act or answer. One query."""
    found = actor.parts_in_claims.select_related("claim").order_by("part", "claim__sentence")
    return [
        (one.get_part_display(), parts.claim(one.claim)) for one in found if one.claim.is_published or is_desk(user)
    ]
