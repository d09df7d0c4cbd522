"""One article as data: what it reports, on whose word, what it cites, and no more of its text than may be shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from archive.access.extracts import limit_of
from archive.access.texts import VisibleParagraph, texts_for
from archive.models import Appearance, Article, Citation, Claim
from archive.models.base import User
from archive.models.vocabulary import BOUNDS_ONLY
from archive.records import parts
from archive.records.addresses import AddressRecord, address_record
from archive.records.reader import Reader
from archive.records.rows import Reprint, reprints


@dataclass(frozen=True, slots=True)
class DateRecord:
    """One piece of evidence for the day of publication. bounds_only: it can never be chosen."""

    when: parts.When
    basis: parts.Term
    is_chosen: bool
    bounds_only: bool
    note: str


@dataclass(frozen=True, slots=True)
class CitationRecord:
    """A source as the article names it. state: of the newest look for it; None where nobody looked."""

    source: parts.Ref
    kind: parts.Term
    by: tuple[parts.Ref, ...]
    when: parts.When
    label: str
    address: str
    address_as_printed: str
    is_listed_only: bool
    is_lead: bool
    state: parts.Term | None
    checked_on: str
    wording: parts.Wording


@dataclass(frozen=True, slots=True)
class Reuse:
    """What the outlet allows, and how much of it is used. terms: address of the terms as read on a day."""

    limit: int
    shown: int
    left_out: int
    is_known: bool
    is_link_required: bool
    terms: str
    read_on: str


@dataclass(frozen=True, slots=True)
class CaptureRecord:
    """A saved copy: what it is and how to check it; its bytes stay at the desk."""

    id: str
    method: parts.Term
    captured_on: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class ArticleRecord:
    """One article. tactics, people, areas: the union of what is coded, else what is provisional.

    reprints: the other published articles of the same text, the earliest first.
    link: whether its address answers; None where nobody asked, or no address is shown.
    """

    id: str
    page: str
    version: int
    updated_on: str
    outlet: parts.Ref
    country: str
    headline: str
    language: str
    address: str
    when: parts.When
    basis: parts.Term | None
    dates: tuple[DateRecord, ...]
    summary: str
    summary_by: str
    depth: parts.Term
    sensitivity: parts.Term | None
    is_noindex: bool
    is_lead: bool
    reference_gaps: str
    note: str
    reports: tuple[parts.ReportRecord, ...]
    citations: tuple[CitationRecord, ...]
    tactics: tuple[parts.Term, ...]
    people: tuple[parts.Term, ...]
    areas: tuple[parts.Term, ...]
    places: tuple[parts.Term, ...]
    is_provisional: bool
    reuse: Reuse
    passages: tuple[parts.Wording, ...]
    paragraphs: tuple[VisibleParagraph, ...]
    captures: tuple[CaptureRecord, ...]
    reprints: tuple[Reprint, ...]
    link: AddressRecord | None


def article_record(article: Article, user: User) -> ArticleRecord:
    """Everything that this reader may see of one article, loaded ``for_page()``. Constant query count."""
    texts = texts_for([article], user)
    reader = Reader(user, texts)
    appearances = list(Appearance.objects.visible_to(user).in_article(article).loaded())
    reports = tuple(reader.report(one) for one in appearances)
    coded = _coded(appearances, user)
    basis = parts.term(article, "published_basis") if article.published_basis else None
    visible = texts[article.pk]
    return ArticleRecord(
        id=article.public_id,
        page=article.get_absolute_url(),
        version=article.version,
        updated_on=article.updated_at.date().isoformat(),
        outlet=parts.outlet(article.outlet),
        country=str(article.outlet.country or ""),
        headline=article.headline_for(user),
        language=article.language,
        address=article.address_for(user),
        when=parts.published(article),
        basis=basis,
        dates=tuple(_dates(article)),
        summary=article.summary,
        summary_by=article.summary_by,
        depth=parts.term(article, "depth"),
        sensitivity=parts.term(article, "sensitivity") if article.sensitivity else None,
        is_noindex=article.is_noindex,
        is_lead=article.is_lead,
        reference_gaps=article.reference_gaps,
        note=article.note,
        reports=reports,
        citations=tuple(_citations(article, reader)),
        is_provisional=not reports,
        reuse=_reuse(article, visible.shown, len(visible.left_out)),
        passages=tuple(parts.Wording(parts.pieces(quote), "", article.language) for quote in visible.passages),
        paragraphs=tuple(visible.paragraphs),
        captures=tuple(_captures(article)),
        reprints=tuple(_reprints(article, user)),
        link=address_record(article, user),
        **(coded if reports else _provisional(article)),
    )


def _dates(article: Article) -> list[DateRecord]:
    return [
        DateRecord(
            parts.when(one.earliest, one.latest, one.precision, one.words),
            parts.term(one, "basis"),
            one.is_chosen,
            one.basis in BOUNDS_ONLY,
            one.note,
        )
        for one in article.date_evidence.all()
    ]


def _citations(article: Article, reader: Reader) -> list[CitationRecord]:
    found = []
    for citation in Citation.objects.visible_to(reader.user).for_article(article):
        source = citation.source
        ref = reader.source(source)
        assert ref is not None  # noqa: S101  # visible_to lets no citation of a hidden source through
        check = next(iter(source.checks.all()), None)
        found.append(
            CitationRecord(
                source=ref,
                kind=parts.term(source, "kind"),
                by=tuple(who for actor in source.actors.all() if (who := reader.actor(actor))),
                when=parts.said(source),
                label=citation.label,
                address=source.address_for(reader.user),
                address_as_printed="" if source.address_withheld else citation.address_as_printed,
                is_listed_only=citation.is_listed_only,
                is_lead=source.is_lead,
                state=parts.term(check, "state") if check else None,
                checked_on=check.checked_on.isoformat() if check else "",
                wording=reader.wording(article, citation.passage_id),
            )
        )
    return found


def _coded(appearances: list[Appearance], user: User) -> dict[str, tuple[parts.Term, ...]]:
    """The union over the claims that it reports. One query, and one for each of three relations."""
    claims = Claim.objects.visible_to(user).of_reports(appearances).for_page()
    found: dict[str, dict[str, str]] = {"people": {}, "areas": {}, "places": {}}
    for claim in claims:
        for group in claim.people.all():
            found["people"][group.slug] = group.label
        for name in ("areas", "places"):
            for place in getattr(claim, name).all():
                found[name][place.slug] = place.name
    tactics = {use.tactic.slug: use.tactic.label for one in appearances for use in one.tactic_uses.all()}
    return {name: _terms(terms) for name, terms in {**found, "tactics": tactics}.items()}


def _provisional(article: Article) -> dict[str, tuple[parts.Term, ...]]:
    return {
        "tactics": _terms({one.slug: one.label for one in article.provisional_tactics.all()}),
        "people": _terms({one.slug: one.label for one in article.provisional_people.all()}),
        "areas": _terms({one.slug: one.name for one in article.provisional_areas.all()}),
        "places": (),
    }


def _terms(labels: dict[str, str]) -> tuple[parts.Term, ...]:
    return tuple(parts.Term(slug, label) for slug, label in labels.items())


def _reuse(article: Article, shown: int, left_out: int) -> Reuse:
    policy = article.outlet.policy
    return Reuse(
        limit=limit_of(article),
        shown=shown,
        left_out=left_out,
        is_known=policy is not None and policy.extract_limit is not None,
        is_link_required=policy is not None and policy.is_link_required,
        terms=policy.terms_address if policy else "",
        read_on=policy.read_on.isoformat() if policy else "",
    )


def _reprints(article: Article, user: User) -> Iterable[Reprint]:
    """One query where an editor said that there are others, else none."""
    others = Article.objects.visible_to(user).of_text(article.reprint_group_id, but=article.pk)
    return reprints(others, user).values()


def _captures(article: Article) -> list[CaptureRecord]:
    return [
        CaptureRecord(
            one.public_id,
            parts.term(one, "method"),
            one.captured_at.date().isoformat(),
            one.sha256,
            one.size,
        )
        for one in article.captures.all()
    ]
