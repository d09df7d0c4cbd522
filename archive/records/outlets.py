"""One outlet as data: who it is, what it lets be shown, and what is said of who owns it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Min

from archive.models import Appearance, Article, Outlet, ReusePolicy
from archive.models.base import User
from archive.models.outlets import STRICT_EXTRACT_LIMIT
from archive.records import parts


@dataclass(frozen=True, slots=True)
class PolicyRecord:
    """The terms as read on a day. limit: code points. is_known: False where the strict limit stands in."""

    limit: int
    is_known: bool
    is_link_required: bool
    terms: str
    read_on: date
    note: str


@dataclass(frozen=True, slots=True)
class OwnershipRecord:
    text: str
    reference: str


@dataclass(frozen=True, slots=True)
class CarryingRecord:
    """In how many claims the outlet's articles are so; no score. carried: of how many in all.

    first: certainly older than every other outlet's article on it. relayed: on the word of a named source that is not
    their own reporting. no_source: without a source.
    """

    carried: int
    first: int
    relayed: int
    no_source: int


@dataclass(frozen=True, slots=True)
class OutletRecord:
    """One outlet. first, last: the days between which its articles in the archive were published.

    policies: newest first; empty where nobody has read the terms, and then `limit` is the strict one.
    """

    id: str
    public_id: str
    page: str
    version: int
    name: str
    kind: parts.Term
    country: str
    languages: tuple[str, ...]
    website: str
    domains: tuple[str, ...]
    about: str
    limit: int
    policies: tuple[PolicyRecord, ...]
    ownership: tuple[OwnershipRecord, ...]
    first: date | None
    last: date | None
    carrying: CarryingRecord


def outlet_record(outlet: Outlet, user: User) -> OutletRecord:
    """Everything that this reader may see of one outlet, loaded ``for_page()``. Five queries."""
    articles = Article.objects.visible_to(user).published().of_outlet(outlet)
    span = articles.aggregate(first=Min("published_from"), last=Max("published_to"))
    return OutletRecord(
        id=outlet.slug,
        public_id=outlet.public_id,
        page=outlet.get_absolute_url(),
        version=outlet.version,
        name=outlet.name,
        kind=parts.term(outlet, "kind"),
        country=str(outlet.country or ""),
        languages=tuple(outlet.languages.split()),
        website=outlet.website,
        domains=tuple(str(one) for one in outlet.domains.all()),
        about=outlet.about,
        limit=outlet.extract_limit,
        policies=tuple(policy_record(one) for one in outlet.policies.all()),
        ownership=tuple(OwnershipRecord(one.text, one.reference) for one in outlet.ownership_notes.all()),
        first=span["first"],
        last=span["last"],
        carrying=carrying_record(outlet),
    )


def carrying_record(outlet: Outlet) -> CarryingRecord:
    """How an outlet carries claims, of what is published. Four queries."""
    reports, slugs = Appearance.objects, [outlet.slug]
    return CarryingRecord(
        carried=reports.of_outlets(slugs).counted_claims(),
        first=reports.before_others(slugs).counted_claims(),
        relayed=reports.relaying(slugs).counted_claims(),
        no_source=reports.naming_no_source(slugs).counted_claims(),
    )


def policy_record(policy: ReusePolicy) -> PolicyRecord:
    return PolicyRecord(
        limit=policy.effective_limit,
        is_known=policy.extract_limit is not None,
        is_link_required=policy.is_link_required,
        terms=policy.terms_address,
        read_on=policy.read_on,
        note=policy.note,
    )


def strict_limit() -> int:
    """Code points that may be shown where an outlet's terms are not known."""
    return STRICT_EXTRACT_LIMIT
