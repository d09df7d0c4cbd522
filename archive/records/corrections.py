"""What was changed after it was published, as anybody may read it: the day, by whom, and what stood there before.

An old value is shown only if nothing hides it today: no redaction of the articles around it, nothing withheld, nothing
marked as protecting somebody. Else the entry says that something was changed for editorial reasons, and not what. The
reason that an editor gave stays at the desk.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import UTC, date
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models.fields.reverse_related import ForeignObjectRel
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.access import redacted
from archive.access.redacted import Hidden
from archive.history.corrections import NOT_PUBLIC, PARTS, RECORDS
from archive.models import Actor, Appearance, Article, Capture, Claim, Event, EventValue, Figure, Outlet, Person, Source
from archive.models.base import Record
from archive.models.vocabulary import Comparator, EventAct, RecordKind
from archive.records import parts
from archive.records.reader import Reader
from archive.text import numbers

PUBLIC = AnonymousUser()
# Nothing but a change of these is said of an event that has one: what they hide would show through the rest.
PROTECTING = {"to_protect", "headline_withheld", "address_withheld", "title_withheld", "is_noindex", "affected_naming"}
# Fields of which the change is told and no value: other records, which need not be public, and where people are.
WITHOUT_VALUES = {
    *("outlet", "parent", "passage", "of_figure", "place", "places", "reprint_group"),
    *("claim", "speaker", "source", "article", "report", "credit", "figures", "tactics"),
}
# Told under a name of their own; fields that are none of the model and not here are told as details, without values.
NAMED = {
    "policy": gettext_lazy("Terms of reuse"),
    "report": gettext_lazy("A report that was taken back"),
    "source": gettext_lazy("Source"),
    "credit": gettext_lazy("How the source is credited"),
    "figures": gettext_lazy("Figures"),
    "tactics": gettext_lazy("Methods of pressure"),
}
WITHHELD_BY = {"headline": "headline_withheld", "address": "address_withheld", "title": "title_withheld"}
# What a source that is an article of the archive has from it, so that its own is shown nowhere.
OF_ITS_ARTICLE = {"title", "address"}


@dataclass(frozen=True, slots=True)
class FieldRecord:
    """A field before and after; empty is nothing. has_values: whether they are told."""

    label: str
    old: str
    new: str
    has_values: bool


@dataclass(frozen=True, slots=True)
class CorrectionRecord:
    """One correction. id: from the event's hash, so that it tells nothing of how much the desk does.

    about: None for what was withdrawn, of which kind, reason and day are told and nothing else.
    changes: none where something was changed for editorial reasons.
    """

    id: str
    on: date
    kind: parts.Term
    about: parts.Ref | None
    who: str
    reason: str
    changes: tuple[FieldRecord, ...]


def correction_records(events: Sequence[Event]) -> list[CorrectionRecord]:
    """From loaded events that are corrections (``history.corrections``). The number of queries is constant."""
    figures = _figures(events)
    wholes = _wholes(events, figures)
    around: dict[str, set[int]] = defaultdict(set)
    for whole in wholes.values():
        around[str(whole._meta.model_name)].add(whole.pk)
    hidden = redacted.around(around)
    people = Person.objects.in_bulk({event.person for event in events}, field_name="public_id")
    found = []
    for event in events:
        subject, person = wholes.get((event.kind, event.public_id)), people.get(event.person)
        # None where it was taken back between two queries. Of what is not public today its withdrawal alone is told.
        if subject is not None and (subject.is_published or event.act == EventAct.WITHDRAW):
            who = person.signature if person else _("the editors")
            is_guarded = _is_guarded(event, subject, hidden) or _is_small(event, figures.get(event.public_id))
            found.append(_record(event, subject, who, is_guarded=is_guarded))
    return found


def _record(event: Event, whole: Record, who: str, *, is_guarded: bool) -> CorrectionRecord:
    on, kind = event.at.astimezone(UTC).date(), parts.Term(event.kind, RecordKind(event.kind).label)
    if event.act == EventAct.WITHDRAW:
        reason = str(whole.get_withdrawn_reason_display())
        return CorrectionRecord(event.hash[:16], on, kind, None, "", reason, ())
    changes = () if is_guarded else tuple(_changes(event, whole))
    return CorrectionRecord(event.hash[:16], on, kind, _ref(whole), who, "", changes)


def _ref(record: Record) -> parts.Ref:
    """A public record as readers call it."""
    reader = Reader(PUBLIC)
    if isinstance(record, Article):
        return reader.article(record)
    if isinstance(record, Source):
        ref = reader.source(record)
        assert ref is not None  # noqa: S101  # only published ones come here
        return ref
    assert isinstance(record, (Outlet, Claim, Actor))  # noqa: S101  # there are no other kinds
    return parts.Ref(str(record._meta.model_name), record.public_id, str(record), record.get_absolute_url())


def _is_guarded(event: Event, whole: Record, hidden: Hidden) -> bool:
    """Whether anything about this event is hidden today."""
    if event.act in (EventAct.REDACT, EventAct.DECIDE):
        return True
    values = [value for value in event.values_kept.all() if value.field != "why"]
    return any(_is_guarded_value(value, whole, hidden) for value in values)


def _is_guarded_value(value: EventValue, whole: Record, hidden: Hidden) -> bool:
    if value.field in PROTECTING or value.salt == "" or getattr(whole, WITHHELD_BY.get(value.field, ""), False):
        return True
    texts = [text for text in (value.old, value.new) if text]
    return any(hidden.is_in(text, str(whole._meta.model_name), whole.pk) for text in texts)


def _is_small(event: Event, figure: Figure | None) -> bool:
    """Whether a figure is so small, or may have been so small, that it singles somebody out.

    What stood beside a value at that time is not known: ten may have been "fewer than ten".
    """
    if figure is None:
        return False
    bounds = [value for value in event.values_kept.all() if value.field in ("low", "high", "comparator")]
    told = [text for value in bounds for text in (value.old, value.new) if text]
    may_be = any(text == Comparator.FEWER_THAN or text.isdecimal() and int(text) <= numbers.SMALL for text in told)
    return may_be or numbers.is_small(figure.comparator, figure.low, figure.high)


def _changes(event: Event, whole: Record) -> list[FieldRecord]:
    model = (RECORDS | PARTS)[RecordKind(event.kind)]
    untold = WITHOUT_VALUES | (OF_ITS_ARTICLE if isinstance(whole, Source) and whole.article_id else set())
    values = [value for value in event.values_kept.all() if value.field not in NOT_PUBLIC]
    return [_field(model, value, untold) for value in values]


def _field(model: type[models.Model], value: EventValue, untold: AbstractSet[str]) -> FieldRecord:
    if value.field in NAMED:
        told = (value.old or "", value.new or "") if value.field not in untold else ("", "")
        return FieldRecord(str(NAMED[value.field]), *told, has_values=value.field not in untold)
    try:
        field: Any = model._meta.get_field(value.field)
    except FieldDoesNotExist:
        field = None
    # Rows that belong to a record are named by the desk, and may bear the name of the way to them.
    if field is None or isinstance(field, ForeignObjectRel):
        return FieldRecord(_("Details"), "", "", has_values=False)
    label = capfirst(str(field.verbose_name))
    if value.field in untold:
        return FieldRecord(label, "", "", has_values=False)
    return FieldRecord(label, _written(field, value.old), _written(field, value.new), has_values=True)


def _written(field: Any, text: str | None) -> str:
    """A value as a reader reads it."""
    if isinstance(field, models.BooleanField):
        return _("yes") if text == "True" else _("no")
    return str(dict(field.flatchoices).get(text, text or "")) if getattr(field, "choices", None) else text or ""


CARRIED = ("article__outlet", "source__article__outlet")


def _figures(events: Sequence[Event]) -> Mapping[str, Figure]:
    """Public figures that events are about, by public id. One query."""
    ids = {event.public_id for event in events if event.kind == RecordKind.FIGURE}
    carried = ("appearance", *(f"appearance__{way}" for way in CARRIED))
    figures = Figure.objects.visible_to(PUBLIC).filter(public_id__in=ids).select_related(*carried)
    return {figure.public_id: figure for figure in figures}


def _wholes(events: Sequence[Event], figures: Mapping[str, Figure]) -> Mapping[tuple[str, str], Record]:
    """The record that each event is about, or that has the part that it is about. Queries: seven at most."""
    ids: dict[str, set[str]] = defaultdict(set)
    for event in events:
        ids[event.kind].add(event.public_id)
    found: dict[tuple[str, str], Record] = {}
    for kind, model in RECORDS.items():
        for record in _of_kind(model.objects, ids[kind]):
            found[kind, record.public_id] = record
    reports = Appearance.objects.visible_to(PUBLIC).filter(public_id__in=ids[RecordKind.APPEARANCE])
    for report in reports.select_related(*CARRIED):
        found[RecordKind.APPEARANCE, report.public_id] = _carrier(report)
    for figure in figures.values():
        found[RecordKind.FIGURE, figure.public_id] = _carrier(figure.appearance)
    for capture in Capture.objects.of_published(ids[RecordKind.CAPTURE]):
        found[RecordKind.CAPTURE, capture.public_id] = capture.article
    return found


def _of_kind(records: Any, public_ids: set[str]) -> list[Record]:
    """Public records, and withdrawn ones, of which no more than kind, reason and day is told."""
    asked = records.visible_to(PUBLIC) | records.withdrawn()
    loads = ("article__outlet",) if records.model is Source else ("outlet",) if records.model is Article else ()
    return list(asked.filter(public_id__in=public_ids).select_related(*loads))


def _carrier(report: Appearance) -> Record:
    """The article that it stands in, or that its source is if readers may know that; else the source."""
    if report.article is not None:
        return report.article
    source = report.source
    assert source is not None  # noqa: S101  # the constraint appearance_in_article_or_source
    return source.article_for(PUBLIC) or source
