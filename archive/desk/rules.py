"""What the desk refuses, and what keeps an article from being published."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from archive.models import Appearance, Article, Check, Claim, Figure, Measure, Place, Tactic
from archive.models.base import Record
from archive.models.vocabulary import (
    SETTINGS_NO_FINER_THAN_REGION,
    CheckDecision,
    CheckKind,
    HarmReview,
    RecordStatus,
    Unit,
)
from archive.text import numbers


class NotReadyToPublish(Exception):
    """An article may not be published yet; `reasons` are sentences for the person who tried."""

    def __init__(self, article: Article, reasons: list[str]) -> None:
        self.article = article
        self.reasons = reasons
        super().__init__(f"“{article}” cannot be published yet. " + " ".join(reasons))


class ReasonMissing(Exception):
    """A public record was to be changed without a reason."""

    def __init__(self, record: Record | Figure | Place | Measure | Tactic) -> None:
        super().__init__(f"“{record}” is public. Say why you change it, in a few words.")


class NothingChanged(Exception):
    """A form was sent that holds what is stored. Nothing was written."""


class AlreadyDecided(Exception):
    """Somebody else decided first. Nothing was written."""


def is_public(record: Record | Figure | Place | Measure | Tactic) -> bool:
    """Whether readers see the record. A figure is public with its claim and with what carries it, a term always."""
    if isinstance(record, (Place, Measure, Tactic)):
        return True
    if isinstance(record, Figure):
        carrier = record.appearance.article or record.appearance.source
        return bool(carrier and carrier.is_published and record.appearance.claim.is_published)
    return record.is_published


def refuse_figure_without_passage(figure: Figure, changed: Collection[str]) -> None:
    """Raises ValidationError where a number changes that no passage shows."""
    if {"low", "high", "comparator"}.intersection(changed) and figure.passage_id is None:
        raise ValidationError({"passage": _("A changed number needs the passage that it stands in. Choose it.")})


def refuse_place_too_fine(setting: str, places: Iterable[Place]) -> None:
    """Raises ValidationError where a raid on homes or worship would be placed in one settlement."""
    if setting in SETTINGS_NO_FINER_THAN_REGION and any(place.is_finer_than_region for place in places):
        advice = _("What happens at housing, at home or at a place of worship is placed no finer than its region.")
        raise ValidationError({"places": advice})


def is_small(figure: Figure) -> bool:
    """Whether a figure counts fewer than ten people, as far as its bounds tell."""
    return figure.measure.unit == Unit.PERSONS and numbers.is_small(figure.comparator, figure.low, figure.high)


def small_figures(article: Article) -> list[Figure]:
    """Figures of an article that, with a place finer than a region, may single somebody out. Three queries."""
    figures = Figure.objects.in_article(article).select_related("measure__territory", "appearance__claim")
    return [
        figure
        for figure in figures.prefetch_related("appearance__claim__places")
        if is_small(figure) and any(place.is_finer_than_region for place in _places(figure))
    ]


def _places(figure: Figure) -> list[Place]:
    territory = figure.measure.territory
    return [*figure.appearance.claim.places.all(), *([territory] if territory else [])]


def subject_of(figure: Figure) -> str:
    """How a check names a figure."""
    return f"figure {figure.public_id}"


def reasons_against(article: Article) -> list[str]:
    """What keeps the article from being published, in sentences; none where it is ready. Eight queries."""
    found = []
    if article.status == RecordStatus.PUBLISHED:
        found.append(_("It is published already."))
    if article.status == RecordStatus.WITHDRAWN:
        found.append(_("It was withdrawn."))
    if not article.headline and not article.headline_withheld:
        found.append(_("It has no headline: fill it in, or mark it as withheld."))
    if any(capture.harm_review == HarmReview.OPEN for capture in article.captures.all()):
        found.append(_("The do-no-harm check of a saved copy is not decided: decide it below."))
    return found + _places_too_fine(Claim.objects.reported_in(article)) + _undecided(article)


def reasons_against_report(report: Appearance) -> list[str]:
    """What keeps a report of a public article from being saved so: what it adds and nobody decided. Six queries."""
    article = report.article
    if article is None:
        return []
    checks = Check.objects.of_article(article).of_kinds([CheckKind.HARM_SMALL_FIGURE])
    decided = {check.subject for check in checks if check.decision != CheckDecision.OPEN}
    small = [one for one in small_figures(article) if one.appearance_id == report.pk]
    return _places_too_fine(Claim.objects.by_pks([report.claim_id])) + [
        _asked_about(figure) for figure in small if subject_of(figure) not in decided
    ]


def _places_too_fine(claims: QuerySet[Claim]) -> list[str]:
    found = []
    for claim in claims.prefetch_related("places"):
        try:
            refuse_place_too_fine(claim.setting, claim.places.all())
        except ValidationError as error:
            found.append(f"“{claim}”: {' '.join(error.messages)}")
    return found


def _undecided(article: Article) -> list[str]:
    checks = list(Check.objects.of_article(article))
    found = [
        _("A check is open: %(check)s. Decide it below.") % {"check": check.get_kind_display()}
        for check in checks
        if check.is_blocking and check.decision == CheckDecision.OPEN
    ]
    asked = {check.subject for check in checks if check.kind == CheckKind.HARM_SMALL_FIGURE}
    return found + [_asked_about(figure) for figure in small_figures(article) if subject_of(figure) not in asked]


def _asked_about(figure: Figure) -> str:
    words = _("%(figure)s people are counted with a place finer than a region. Decide whether that may be shown.")
    return words % {"figure": figure}
