"""One source as data: what it is, whether it was found again, who cites it, what it carries and credits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from archive.access.texts import texts_for
from archive.models import Appearance, Citation, Source
from archive.models.base import User
from archive.provenance import counts
from archive.records import parts
from archive.records.addresses import AddressRecord, address_record
from archive.records.reader import Reader


@dataclass(frozen=True, slots=True)
class RoleRecord:
    """Who speaks in the source, in the role that was printed."""

    who: parts.Ref
    role: str


@dataclass(frozen=True, slots=True)
class CheckRecord:
    state: parts.Term
    checked_on: date
    note: str


@dataclass(frozen=True, slots=True)
class CopyRecord:
    address: str
    saved_on: date | None


@dataclass(frozen=True, slots=True)
class CitingRecord:
    """An article that cites the source, once, with all labels that it prints for it.

    gaps: numbers that its own list of references skips.
    """

    carrier: parts.CarrierRef
    labels: tuple[str, ...]
    is_listed_only: bool
    gaps: str


@dataclass(frozen=True, slots=True)
class PartRecord:
    """Which part the source has in the chain of a claim, as it is counted: where it starts, or passing it on."""

    claim: parts.Ref
    is_start: bool


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """One source. article: where the source is itself an article of the archive.

    carries: what is reported in the source itself. credited: what articles and other sources have from it.
    """

    id: str
    page: str
    version: int
    title: str
    kind: parts.Term
    naming: str
    who: tuple[RoleRecord, ...]
    occasion: str
    place: str
    when: parts.When
    address: str
    article: parts.Ref | None
    outlet: parts.Ref | None
    identifiers: tuple[parts.Term, ...]
    copies: tuple[CopyRecord, ...]
    checks: tuple[CheckRecord, ...]
    link: AddressRecord | None
    is_lead: bool
    note: str
    chains: tuple[PartRecord, ...]
    cited_by: tuple[CitingRecord, ...]
    carries: tuple[parts.ReportRecord, ...]
    credited: tuple[parts.ReportRecord, ...]


def source_record(source: Source, user: User) -> SourceRecord:
    """Everything that this reader may see of one source, loaded ``for_page()``. Constant query count."""
    seen = Appearance.objects.visible_to(user)
    own, taken = list(seen.in_source(source).loaded()), list(seen.crediting(source).loaded())
    articles = {one.article.pk: one.article for one in [*own, *taken] if one.article}
    reader = Reader(user, texts_for(articles.values(), user))
    hides_address = source.address_withheld and not source.address_for(user)
    article = source.article_for(user)
    return SourceRecord(
        id=source.public_id,
        page=source.get_absolute_url(),
        version=source.version,
        title=source.title_for(user),
        kind=parts.term(source, "kind"),
        naming=source.get_affected_naming_display() if source.affected_naming else "",
        who=tuple(
            RoleRecord(who, one.role_as_printed) for one in source.roles.all() if (who := reader.actor(one.actor))
        ),
        occasion=source.occasion,
        place=str(source.place or ""),
        when=parts.said(source),
        address=source.address_for(user),
        article=reader.article(article) if article else None,
        outlet=parts.outlet(article.outlet) if article else None,
        identifiers=() if hides_address else tuple(_identifiers(source)),
        copies=() if hides_address else tuple(CopyRecord(one.address, one.saved_on) for one in source.copies.all()),
        checks=tuple(CheckRecord(parts.term(one, "state"), one.checked_on, one.note) for one in source.checks.all()),
        link=address_record(article or source, user) if source.address_for(user) else None,
        is_lead=source.is_lead,
        note=source.note,
        chains=tuple(_chains(source, [*own, *taken])),
        cited_by=tuple(_citing(source, reader)),
        carries=tuple(reader.report(one) for one in own),
        credited=tuple(reader.report(one) for one in taken),
    )


def _identifiers(source: Source) -> list[parts.Term]:
    return [parts.Term(one.value, one.get_scheme_display()) for one in source.identifiers.all()]


def _chains(source: Source, reports: Iterable[Appearance]) -> list[PartRecord]:
    """In which claims' chains it has a part as counted, of what is published, the starts first. Five queries.

    Where no article has a claim from the source, it has no part in its chain.
    """
    claims = {report.claim_id: parts.claim(report.claim) for report in reports}
    every = Appearance.objects.published().of_claims(claims).said()
    node, found = counts.node_of(source), []
    for pk, provenance in counts.traced_by_claim(every).items():
        is_start = any(node in origin.sources for origin in provenance.origins)
        if is_start or provenance.parents.get(node):
            found.append(PartRecord(claims[pk], is_start))
    return sorted(found, key=lambda one: (not one.is_start, one.claim.title, one.claim.id))


def _citing(source: Source, reader: Reader) -> list[CitingRecord]:
    """Each citing article once, in the order of publication. One query."""
    by_article: dict[int, list[Citation]] = {}
    for citation in Citation.objects.visible_to(reader.user).of_source(source):
        by_article.setdefault(citation.article_id, []).append(citation)
    found = []
    for citations in by_article.values():
        article = citations[0].article
        carrier = parts.CarrierRef(reader.article(article), parts.outlet(article.outlet), parts.published(article))
        labels = tuple(one.label for one in citations if one.label)
        found.append(
            CitingRecord(carrier, labels, all(one.is_listed_only for one in citations), article.reference_gaps)
        )
    return found
