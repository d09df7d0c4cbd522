"""The writers of decisions about suggestions. What comes of one is history; a rejection is told by its row alone."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from archive.access import extracts
from archive.desk import coding_rows, reprint_actions, rules
from archive.history import events, versions
from archive.models import Appearance, Article, Credit, Event, Person, Source, Suggestion
from archive.models.vocabulary import (
    CreditBasis,
    CreditEvidence,
    CreditHow,
    EventAct,
    RecordKind,
    SuggestionState,
)
from archive.provenance import counts


@dataclass(frozen=True, slots=True)
class FittingCredit:
    """report: of the one article; source: the other article, which reports the same claim."""

    report: Appearance
    source: Source

    @property
    def key(self) -> str:
        return f"{self.report.public_id} {self.source.public_id}"


def reject(suggestion: Suggestion, *, by: Person) -> None:
    """Say that it is no sign; it is never suggested again. Raises AlreadyDecided."""
    with transaction.atomic():
        _decide(suggestion, SuggestionState.REJECTED, by=by)


def confirm_one_text(suggestion: Suggestion, *, by: Person, why: str = "") -> None:
    """Join both articles in a group of reprints. Raises AlreadyDecided, ReasonMissing."""
    with transaction.atomic():
        # Before the suggestion, as a merge locks them.
        reprint_actions.locked([suggestion.left_id, suggestion.right_id], by=by)
        stored = _decide(suggestion, SuggestionState.CONFIRMED, by=by)
        reprint_actions.join([stored.left, stored.right], by=by, why=why)


def confirm_credit(
    suggestion: Suggestion, fitting: FittingCredit, how: CreditHow, *, by: Person, why: str = ""
) -> Event:
    """Credit the report of one article to the other. It is an editor's inference: shown, and not counted.

    Raises AlreadyDecided, ReasonMissing, StaleVersion, NothingChanged.
    """
    with transaction.atomic():
        report = fitting.report
        assert report.article is not None  # noqa: S101  # fitting ones stand in articles
        article = Article.objects.visible_to(by).select_for_update(of=("self",)).get(pk=report.article.pk)
        if article.is_published and not why.strip():
            raise rules.ReasonMissing(article)
        versions.take_version(report, expected=report.version)
        stored = _decide(suggestion, SuggestionState.CONFIRMED, by=by)
        before = coding_rows.said(report)
        _credit, is_new = Credit.objects.get_or_create(
            appearance=report,
            source=fitting.source,
            defaults={"how": how, "basis": CreditBasis.INFERRED, "evidence": CreditEvidence(stored.kind)},
        )
        if not is_new:
            raise rules.NothingChanged
        changes = events.changes_between(before, coding_rows.said(report))
        extracts.rebuild([article.pk])
        counts.rewrite([report.claim_id])
        is_public = article.is_published
        kind = RecordKind.APPEARANCE
        return events.append(
            EventAct.EDIT, kind, report.public_id, by=by, changes=changes, why=why, is_public=is_public
        )


def fitting_credits(suggestion: Suggestion, *, by: Person) -> list[FittingCredit]:
    """Reports of either article that may be credited to the other: of claims that both report. Four queries.

    The other must be a source of the archive, and public where the report is.
    """
    found = []
    for taker, giver in ((suggestion.left, suggestion.right), (suggestion.right, suggestion.left)):
        source = Source.objects.visible_to(by).not_withdrawn().of_article(giver)
        if source is None or (taker.is_published and not source.is_published):
            continue
        reports = Appearance.objects.visible_to(by).in_article(taker).also_in(giver).not_crediting(source)
        found += [FittingCredit(report, source) for report in reports.select_related("claim", "article")]
    return found


def _decide(suggestion: Suggestion, state: SuggestionState, *, by: Person) -> Suggestion:
    """Take it from the queue: what was decided, or has nothing to decide any more, is not there."""
    rows = Suggestion.objects.visible_to(by).open().by_pks([suggestion.pk]).select_related("left", "right")
    stored = rows.select_for_update(of=("self",)).first()
    if stored is None:
        raise rules.AlreadyDecided
    stored.state, stored.decided_by, stored.decided_at = state, by.public_id, timezone.now()
    stored.save(update_fields=["state", "decided_by", "decided_at"])
    return stored
