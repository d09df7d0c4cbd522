"""One claim as data: who carries it, which way it came, where it started, and every figure side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from archive.models import Claim, ClaimLink, TacticUse
from archive.models.appearances import Said
from archive.models.base import User, is_desk
from archive.models.vocabulary import Act
from archive.provenance import counts, graph
from archive.records import chains, parts, told, voices
from archive.records.reader import Reader


@dataclass(frozen=True, slots=True)
class LinkRecord:
    label: str
    claim: parts.Ref


@dataclass(frozen=True, slots=True)
class Line:
    """An article of a list. also: others that are the same text and for which it stands."""

    carrier: parts.CarrierRef
    also: tuple[parts.CarrierRef, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimRecord:
    """One claim. articles, routes, origins: the counts; the lists below say what is counted.

    reports: of one page where a page was asked for; answers, in_sources, figures: the first where not all was. drifts:
    of those reports that credit something. report_total, in_source_total, answer_total, figure_total: of all.
    texts: ids of articles that an editor confirmed to be one text, two at least of each, the earliest first.
    left_out: reports of articles whose text stands here once already, where that was asked for.
    """

    id: str
    page: str
    version: int
    sentence: str
    kind: parts.Term
    articles: int
    routes: int
    origins: int
    unnamed: int
    not_stated: int
    denials: int
    declined: int
    is_lead: bool
    note: str
    when: parts.When
    setting: parts.Term | None
    response: parts.Term | None
    people: tuple[parts.Term, ...]
    areas: tuple[parts.Term, ...]
    places: tuple[parts.Term, ...]
    actors: tuple[tuple[str, parts.Ref], ...]
    tactics: tuple[parts.Term, ...]
    tactic_voices: tuple[voices.TacticVoices, ...]
    article_list: tuple[parts.CarrierRef, ...]
    texts: tuple[tuple[str, ...], ...]
    route_list: tuple[chains.Route, ...]
    origin_list: tuple[chains.OriginRecord, ...]
    not_stated_list: tuple[parts.CarrierRef, ...]
    chain: tuple[chains.ChainNode, ...]
    reports: tuple[parts.ReportRecord, ...]
    drifts: tuple[told.Drift, ...]
    report_total: int
    left_out: int
    report_pages: int
    in_sources: tuple[parts.ReportRecord, ...]
    in_source_total: int
    answers: tuple[parts.ReportRecord, ...]
    answer_total: int
    figures: tuple[parts.FigureRecord, ...]
    figure_total: int
    links: tuple[LinkRecord, ...]

    @property
    def worded(self) -> list[tuple[parts.ReportRecord, told.Drift | None, list[parts.CarrierRef]]]:
        """Each report with how its wording stands to the nearest one held, and the other articles of its text."""
        drifts = {one.report: one for one in self.drifts}
        carriers = {carrier.ref.id: carrier for carrier in self.article_list}
        also = {one: [carriers[other] for other in text if other != one] for text in self.texts for one in text}
        return [(report, drifts.get(report.id), also.get(report.carrier.ref.id, [])) for report in self.reports]

    @property
    def each(self) -> list[Line]:
        return [Line(carrier) for carrier in self.article_list]

    @property
    def text_total(self) -> int:
        """The articles, of one text counted once."""
        return len(self._lines(self.article_list))

    @property
    def by_origin(self) -> list[tuple[chains.OriginRecord, list[Line]]]:
        """Each starting point with the texts that rest on it, in the order of their articles."""
        carriers = {carrier.ref.id: carrier for carrier in self.article_list}
        found = ([carriers[one] for one in origin.articles if one in carriers] for origin in self.origin_list)
        return [(origin, self._lines(resting)) for origin, resting in zip(self.origin_list, found, strict=True)]

    @property
    def of_no_origin(self) -> list[Line]:
        """Texts that rest on no starting point: they name no source, or lead only to such as do not."""
        resting = {one for origin in self.origin_list for one in origin.articles}
        return self._lines([carrier for carrier in self.article_list if carrier.ref.id not in resting])

    def _lines(self, carriers: Sequence[parts.CarrierRef]) -> list[Line]:
        """Of the articles of one text that are among these, the earliest stands for them and names the others."""
        here = {carrier.ref.id: carrier for carrier in carriers}
        also = {}
        for text in self.texts:
            among = [here[one] for one in text if one in here]
            if among:
                also[among[0].ref.id] = tuple(among[1:])
        later = {other.ref.id for others in also.values() for other in others}
        return [Line(one, also.get(one.ref.id, ())) for one in carriers if one.ref.id not in later]


def claim_record(claim: Claim, user: User, shape: told.Shape = told.EVERYTHING) -> ClaimRecord:
    """What this reader may see of one claim, loaded ``for_page()``: all, or a page of it. Constant query count."""
    known = told.Told.of(claim, user)
    provenance = counts.traced(known.public)
    window = told.Window.of(known, shape)
    report_total = len(known.worded(shape))
    loaded = told.Loaded.of(claim, user, window, known.nearest(provenance), shape)
    reader = loaded.reader
    chain = chains.Chains(reader, provenance, known.asserting, known.articles, known.by_node, shape.is_whole)
    tactic_voices = voices.by_voice(TacticUse.objects.visible_to(user).voices_of(claim.pk), chain)
    return ClaimRecord(
        id=claim.public_id,
        page=claim.get_absolute_url(),
        version=claim.version,
        sentence=claim.sentence,
        kind=parts.term(claim, "kind"),
        **_counts(provenance, known.public),
        is_lead=claim.is_lead,
        note=claim.note,
        when=parts.when(claim.date_from, claim.date_to, claim.date_precision, claim.date_words),
        setting=parts.term(claim, "setting") if claim.setting else None,
        response=parts.term(claim, "response") if claim.response else None,
        people=tuple(parts.Term(one.slug, one.label) for one in claim.people.all()),
        areas=tuple(parts.Term(one.slug, one.name) for one in claim.areas.all()),
        places=tuple(parts.Term(one.slug, one.name) for one in claim.places.all()),
        actors=_actors(claim, reader),
        tactics=tuple(one.tactic for one in tactic_voices),
        tactic_voices=tactic_voices,
        article_list=chain.carriers(provenance.articles),
        texts=tuple(chain.texts()),
        route_list=tuple(chain.routes()),
        origin_list=tuple(chain.origins()),
        not_stated_list=chain.carriers(provenance.not_stated),
        chain=chain.tree(),
        reports=loaded.records(window.in_articles),
        drifts=loaded.drifts(window.in_articles),
        report_total=report_total,
        left_out=len(known.in_articles) - report_total,
        report_pages=max(1, ceil(report_total / told.PAGE_SIZE)) if shape.page else 1,
        in_sources=loaded.records(window.in_sources),
        in_source_total=len(known.in_sources),
        answers=loaded.records(window.answers),
        answer_total=len(known.answers),
        figures=tuple(reader.figure(one, one.appearance) for one in loaded.figures),
        figure_total=loaded.figure_total,
        links=_links(claim, user),
    )


def _counts(provenance: graph.Provenance, public: Sequence[Said]) -> dict[str, int]:
    """The numbers at the head of the page; those of ``ClaimCount``, worked out again."""
    return {
        "articles": len(provenance.articles),
        "routes": len(provenance.routes),
        "origins": len(provenance.named),
        "unnamed": len(provenance.unnamed),
        "not_stated": len(provenance.not_stated),
        "denials": counts.answering(public, counts.TAKEN_BACK),
        "declined": counts.answering(public, {Act.DECLINES}),
    }


def _actors(claim: Claim, reader: Reader) -> tuple[tuple[str, parts.Ref], ...]:
    return tuple((one.get_part_display(), who) for one in claim.done.all() if (who := reader.actor(one.actor)))


def _links(claim: Claim, user: User) -> tuple[LinkRecord, ...]:
    links = ClaimLink.objects.of_claim(claim)
    seen = [one.seen_from(claim) for one in (links if is_desk(user) else links.published())]
    return tuple(LinkRecord(label, parts.claim(other)) for label, other in seen)
