"""The provenance of claims as the database has it: what is published, confirmed and counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from archive.models import Actor, Appearance, ClaimCount, Credit, Source
from archive.models.appearances import Said, SaidOf
from archive.models.vocabulary import (
    UNNAMED_SOURCE_KINDS,
    Act,
    CreditBasis,
    CreditState,
    RecordStatus,
)
from archive.provenance import graph

COUNTED_BASES = frozenset({CreditBasis.SAME_PASSAGE, CreditBasis.ELSEWHERE})
# Nobody names these: they are where the credits end, and cannot be told from one another.
NAMELESS = frozenset({*UNNAMED_SOURCE_KINDS})
TAKEN_BACK = frozenset({Act.DENIES, Act.WITHDRAWS})


def rewrite(claim_pks: Iterable[int]) -> None:
    """Write the counts of these claims anew, in the caller's transaction. Six queries for any number."""
    pks = list(dict.fromkeys(claim_pks))
    reports = _published_reports(pks)
    sources = _sources(reports)
    voices = _voices(sources.values())
    rows = [_counts(pk, reports[pk], sources, voices) for pk in pks]
    ClaimCount.objects.filter(claim__in=pks).delete()
    ClaimCount.objects.bulk_create(rows)


def traced(reports: Sequence[Said]) -> graph.Provenance:
    """Provenance from the visible appearances of one claim. Three queries."""
    sources = _sources({0: reports})
    return _trace(reports, sources, _voices(sources.values()))


def traced_by_claim(reports: Iterable[Said]) -> dict[int, graph.Provenance]:
    """The same of several claims, by their pks, from all their visible appearances. Three queries."""
    found: dict[int, list[Said]] = defaultdict(list)
    for report in reports:
        found[report.claim_id].append(report)
    sources = _sources(found)
    voices = _voices(sources.values())
    return {pk: _trace(of_claim, sources, voices) for pk, of_claim in found.items()}


def _published_reports(pks: Iterable[int]) -> dict[int, list[Said]]:
    found: dict[int, list[Said]] = defaultdict(list)
    for report in Appearance.objects.filter(claim__in=pks).published().order_by("pk").said():
        found[report.claim_id].append(report)
    return found


def _sources(reports: dict[int, Sequence[Said]] | dict[int, list[Said]]) -> dict[int, Source]:
    """Every published source that carries or is credited, by pk."""
    pks: set[int] = set()
    for found in reports.values():
        for report in found:
            pks.update(credit.source_id for credit in report.credits if credit.source_id)
            pks.update({report.source_id} if report.source_id else ())
    rows = Source.objects.filter(pk__in=pks, status=RecordStatus.PUBLISHED)
    return {source.pk: source for source in rows.prefetch_related("roles")}


def _voices(sources: Iterable[Source]) -> dict[graph.Node, list[object]]:
    """The ultimate parents of everybody who speaks in a source."""
    parents = dict(Actor.objects.filter(parent__isnull=False).values_list("pk", "parent"))

    def ultimate(actor: int) -> int:
        seen = {actor}
        while (parent := parents.get(actor)) and parent not in seen:
            seen.add(parent)
            actor = parent
        return actor

    voices: dict[graph.Node, list[object]] = {}
    for source in sources:
        own: list[object] = [ultimate(role.actor_id) for role in source.roles.all()]
        if source.person_key:
            own.append(f"person {source.person_key}")
        voices[node_of(source)] = own
    return voices


def is_counted(credit: Credit | SaidOf) -> bool:
    """What is suggested, or inferred by an editor, is shown and not counted."""
    return credit.state == CreditState.CONFIRMED and credit.basis in COUNTED_BASES


def node_of(source: Source) -> graph.Node:
    """A source that is an article of the archive is that article."""
    return graph.article(source.article_id) if source.article_id else graph.source(source.pk)


def _carrier(report: Said, sources: dict[int, Source]) -> graph.Node | None:
    if report.article_id:
        return graph.article(report.article_id)
    source = sources.get(report.source_id or 0)
    return node_of(source) if source else None


def _trace(
    reports: Sequence[Said], sources: dict[int, Source], voices: dict[graph.Node, list[object]]
) -> graph.Provenance:
    said = [report for report in reports if report.act == Act.ASSERTS]
    edges = []
    for report in said:
        carrier = _carrier(report, sources)
        for credit in report.credits:
            credited = sources.get(credit.source_id or 0)
            if carrier and credited and is_counted(credit):
                edges.append((carrier, node_of(credited)))
    nameless = [node_of(source) for source in sources.values() if source.kind in NAMELESS]
    articles = [graph.article(report.article_id) for report in said if report.article_id]
    return graph.trace(articles, edges, voices=voices, unnamed=nameless)


def answering(reports: Iterable[Said], acts: Collection[str]) -> int:
    """Articles in which somebody answers so; where no article has it, sources. One denial is not counted twice."""
    found = [report for report in reports if report.act in acts]
    articles = {report.article_id for report in found if report.article_id}
    return len(articles or {report.source_id for report in found})


def _counts(
    pk: int, reports: Sequence[Said], sources: dict[int, Source], voices: dict[graph.Node, list[object]]
) -> ClaimCount:
    provenance = _trace(reports, sources, voices)
    return ClaimCount(
        claim_id=pk,
        articles=len(provenance.articles),
        routes=len(provenance.routes),
        origins=len(provenance.named),
        unnamed=len(provenance.unnamed),
        not_stated=len(provenance.not_stated),
        denials=answering(reports, TAKEN_BACK),
        declined=answering(reports, {Act.DECLINES}),
    )
