"""Which events are corrections: changes of what is public, made after it became so.

Whatever event makes records public names each of them; what an import brought published is in none, and was public from
its first day. What is not public today is in no list, but for the withdrawal of what was.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from archive.models import Actor, Appearance, Article, Capture, Claim, Event, EventValue, Figure, Outlet, Source
from archive.models.vocabulary import EventAct, HarmReview, RecordKind, RecordStatus

# Fields that are no public ones. Any other that an event names is taken for one, shown or not.
NOT_PUBLIC = ("status", "why", "byline", "person_key", "to_protect", "coverage")
RECORDS: dict[str, Any] = {
    RecordKind.ARTICLE: Article,
    RecordKind.OUTLET: Outlet,
    RecordKind.CLAIM: Claim,
    RecordKind.SOURCE: Source,
    RecordKind.ACTOR: Actor,
}
# Parts of an article or source, which are public with it and with their claim.
PARTS: dict[str, Any] = {RecordKind.FIGURE: Figure, RecordKind.APPEARANCE: Appearance}


def seqs() -> list[int]:
    """Numbers of all corrections, the newest first. Two queries, whose rows are edits and publishings."""
    published = _published()
    found = []
    for seq, kind, public_id, article, source, claim in _candidates():
        wholes = (kind, public_id), (RecordKind.ARTICLE, article), (RecordKind.SOURCE, source)
        # A public report that is moved to a claim makes that public by the very event.
        was_public = seq >= published.get((RecordKind.CLAIM, claim), 0)
        if was_public and seq > max(published.get(record, 0) for record in wholes):
            found.append(seq)
    return found


def loaded(numbers: Iterable[int]) -> list[Event]:
    """These events with their values, the newest first. Two queries."""
    return list(Event.objects.newest_first().filter(seq__in=list(numbers)))


def _candidates() -> Iterable[tuple[int, str, str, str, str, str]]:
    """(seq, kind, public id; article, source and claim that it is a part of, empty for what is none), newest first."""
    events = Event.objects.filter(_edits() | _withdrawals() | _blocked())
    part: dict[str, Any] = {
        RecordKind.FIGURE: Figure.objects.filter(public_id=OuterRef("public_id")),
        RecordKind.APPEARANCE: Appearance.objects.filter(public_id=OuterRef("public_id")),
        RecordKind.CAPTURE: Capture.objects.filter(public_id=OuterRef("public_id")).order_by(),
    }
    ways: dict[str, str] = {RecordKind.FIGURE: "appearance__", RecordKind.APPEARANCE: "", RecordKind.CAPTURE: ""}

    def whole(name: str, kinds: Iterable[str]) -> Coalesce:
        cases = [
            When(kind=kind, then=Subquery(part[kind].values(f"{ways[kind]}{name}__public_id")[:1])) for kind in kinds
        ]
        return Coalesce(Case(*cases, output_field=CharField()), Value(""))

    carriers = {"article": whole("article", part), "source": whole("source", PARTS), "claim": whole("claim", PARTS)}
    rows = events.annotate(**carriers).order_by("-seq")
    return rows.values_list("seq", "kind", "public_id", *carriers).iterator(chunk_size=2000)


def _edits() -> Q:
    """Edits of a public field of what is public today, and redactions."""
    changed = Exists(EventValue.objects.filter(event=OuterRef("pk")).exclude(field__in=NOT_PUBLIC))
    edited = Q(act__in=[EventAct.EDIT, EventAct.RESTORE]) & Q(changed)
    public = Q(pk=None)
    for kind, model in (RECORDS | PARTS).items():
        public |= Q(kind=kind, public_id__in=_ids(model.objects.published()))
    return public & (edited | Q(act=EventAct.REDACT))


def _withdrawals() -> Q:
    """Withdrawals of what was published."""
    gone = Q(pk=None)
    for kind, model in RECORDS.items():
        gone |= Q(kind=kind, public_id__in=_ids(model.objects.withdrawn()))
    return gone & Q(act=EventAct.WITHDRAW) & Q(_moved_from("status", RecordStatus.PUBLISHED))


def _blocked() -> Q:
    """Copies whose wording could be read and can be no more."""
    public = _ids(Capture.objects.filter(article__status=RecordStatus.PUBLISHED))
    was_cleared = Q(_moved_from("harm_review", HarmReview.CLEARED))
    return Q(kind=RecordKind.CAPTURE, act=EventAct.DECIDE, public_id__in=public) & was_cleared


def _moved_from(field: str, old: str) -> Exists:
    return Exists(EventValue.objects.filter(event=OuterRef("pk"), field=field, old=old))


def _ids(records: QuerySet[Any]) -> QuerySet[Any]:
    return records.order_by().values("public_id")


def _published() -> dict[tuple[str, str], int]:
    """The newest event by which each record became public, by kind and public id. One query."""
    hidden = RecordStatus.DRAFT, RecordStatus.IN_REVIEW
    values = EventValue.objects.filter(old__in=hidden, new=RecordStatus.PUBLISHED).order_by("event")
    found = {}
    for seq, kind, public_id, field in values.values_list("event", "event__kind", "event__public_id", "field"):
        beside, _, named = field.partition(" ")
        if field == "status":
            found[kind, public_id] = seq
        elif beside in RECORDS and named:
            found[beside, named] = seq
    return found
