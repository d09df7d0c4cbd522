"""What coding writes: a report with all that belongs to it, at once, in an article or a source; changing it, and
taking it back.

One transaction each: what carries the report is locked, rows are written, what follows is worked out anew, and the
event of the report comes last.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from archive.access import extracts
from archive.desk import actions, check_actions, coding_rows, parts, publishing, rules
from archive.desk.coding_rows import CodedReport
from archive.history import events, versions
from archive.history.events import Change
from archive.models import Appearance, Article, Check, Event, Person, Source
from archive.models.vocabulary import CheckDecision, CheckKind, Depth, EventAct, RecordKind
from archive.provenance import counts


def code_report(carrier: Article | Source, coded: CodedReport, *, by: Person, why: str = "") -> Event:
    """Write a report of an article or a source with its claim, speaker, credits, numbers and tactics.

    In something public what it needs becomes public with it. Raises ReasonMissing, NotReadyToPublish where something
    would be public that nobody has decided about, and ValidationError for what a constraint forbids.
    """
    report = Appearance(article=carrier) if isinstance(carrier, Article) else Appearance(source=carrier)
    return _saved(report, coded, by=by, why=why, version=None)


def change_report(report: Appearance, coded: CodedReport, *, by: Person, version: int, why: str = "") -> Event:
    """Save a report as its form now says. version: that the form was made from.

    Raises as `code_report`, and StaleVersion and NothingChanged.
    """
    return _saved(report, coded, by=by, why=why, version=version)


def _saved(report: Appearance, coded: CodedReport, *, by: Person, why: str, version: int | None) -> Event:
    try:
        event = _written(report, coded, by=by, why=why, version=version)
    except IntegrityError as error:
        # What the form was checked against a moment ago was taken by somebody else since.
        raise ValidationError(_("Somebody else saved the same just now. Look at it first.")) from error
    _look(report.article, by=by)
    return event


def _written(report: Appearance, coded: CodedReport, *, by: Person, why: str, version: int | None) -> Event:
    with transaction.atomic():
        carrier = _locked(report, by=by, why=why)
        before: dict[str, object] = {}
        claims: set[int] = set()
        if version is None:
            report.position = coding_rows.reports_of(carrier, by).count()
        else:
            versions.take_version(report, expected=version)
            report = Appearance.objects.visible_to(by).get(pk=report.pk)
            before, claims = coding_rows.said(report), {report.claim_id}
        coding_rows.write(report, coded, by=by)
        report = Appearance.objects.visible_to(by).get(pk=report.pk)
        changes = events.changes_between(before, coding_rows.said(report))
        if not changes:
            raise rules.NothingChanged
        claims.add(report.claim_id)
        if isinstance(carrier, Article):
            changes += _deepen(carrier)
        if carrier.is_published:
            used = parts.of_report(report)
            brought = _made_public(report, used, coded, by=by)
            changes += brought
            claims |= parts.claims_touched(used) if brought else set()
        _follow(carrier, claims)
        act = EventAct.EDIT if before else EventAct.ADD
        kind, is_public = RecordKind.APPEARANCE, carrier.is_published
        return events.append(act, kind, report.public_id, by=by, changes=changes, why=why, is_public=is_public)


def take_back(report: Appearance, *, by: Person, why: str = "") -> Event:
    """Remove a report with its credits, numbers and tactics; the claim stays. Raises ReasonMissing, DoesNotExist.

    It is an edit of what carried the report: that is where readers miss it.
    """
    with transaction.atomic():
        carrier = _locked(report, by=by, why=why)
        stored = Appearance.objects.visible_to(by).select_related("claim").get(pk=report.pk)
        claim = stored.claim
        change = Change("report", f"{stored.public_id}: {claim.public_id}, {stored.voice}, {stored.act}", None)
        stored.delete()
        _follow(carrier, {claim.pk})
        kind, public_id = events.kind_of(carrier), carrier.public_id
        event = events.append(
            EventAct.EDIT, kind, public_id, by=by, changes=[change], why=why, is_public=carrier.is_published
        )
    _look(carrier, by=by)
    return event


def _locked(report: Appearance, *, by: Person, why: str) -> Article | Source:
    """What carries the report, its row held until the transaction ends. Raises ReasonMissing."""
    carrier: Article | Source | None = report.article or report.source
    assert carrier is not None  # noqa: S101  # the constraint appearance_in_article_or_source
    rows: Any = type(carrier).objects.visible_to(by)
    stored: Article | Source = rows.select_for_update(of=("self",)).get(pk=carrier.pk)
    if stored.is_published and not why.strip():
        raise rules.ReasonMissing(stored)
    return stored


def _made_public(report: Appearance, used: parts.Parts, coded: CodedReport, *, by: Person) -> list[Change]:
    """Publish what a report in something public now stands on. Raises NotReadyToPublish."""
    if report.article is not None:
        if coded.is_small_safe:
            _keep_small_figures(report.article, report, by=by)
        if reasons := rules.reasons_against_report(report):
            raise rules.NotReadyToPublish(report.article, reasons)
    return publishing.bring_along(used)


def _keep_small_figures(article: Article, report: Appearance, *, by: Person) -> None:
    """Settle, as the editor did in the form, that the report's small numbers may be public."""
    for figure in rules.small_figures(article):
        if figure.appearance_id == report.pk:
            asked, _is_new = Check.objects.get_or_create(
                article=article,
                kind=CheckKind.HARM_SMALL_FIGURE,
                subject=rules.subject_of(figure),
                defaults={"is_blocking": True},
            )
            if asked.decision == CheckDecision.OPEN:
                actions.decide_check(asked, decision=CheckDecision.KEPT, by=by)


def _deepen(article: Article) -> list[Change]:
    """An article with a claim coded is no longer only listed; a form of it that is open is stale then."""
    if article.depth != Depth.LISTED:
        return []
    versions.take_version(article, expected=article.version)
    article.depth = Depth.CLAIMS
    article.save(update_fields=["depth", "updated_at"])
    return [Change("depth", Depth.LISTED.value, Depth.CLAIMS.value)]


def _follow(carrier: Article | Source, claims: set[int]) -> None:
    if isinstance(carrier, Article):
        extracts.rebuild([carrier.pk])
    counts.rewrite(claims)


def _look(carrier: Article | Source | None, *, by: Person) -> None:
    if isinstance(carrier, Article):
        check_actions.look(carrier, by=by)
