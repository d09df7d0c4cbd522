"""Deciding what people outside ask for."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from archive.desk import actions, rules
from archive.history import events
from archive.history.events import Change
from archive.models import Article, Event, Person, PublicRequest
from archive.models.vocabulary import EventAct, RecordKind, RequestState, WithdrawalReason


@dataclass(frozen=True, slots=True)
class Decision:
    """answer: for whoever asked. public_note: what readers of the record are told; empty tells them nothing.

    withdraw_for: takes the article out of the archive, for this class of reason.
    """

    state: RequestState
    answer: str
    public_note: str = ""
    withdraw_for: WithdrawalReason | None = None


def decide(request: PublicRequest, decision: Decision, *, by: Person, article: Article | None = None) -> Event:
    """Grant or decline what was asked; how to reach whoever asked is deleted.

    article: that a withdrawal is of. The history says that it was decided and what readers
    are told, and nothing of what was written. Raises AlreadyDecided; for a withdrawal StaleVersion, NothingChanged.
    """
    with transaction.atomic():
        stored = PublicRequest.objects.visible_to(by).select_for_update().get(pk=request.pk)
        if stored.state != RequestState.OPEN:
            raise rules.AlreadyDecided
        stored.state, stored.answer, stored.public_note = decision.state, decision.answer, decision.public_note
        stored.decided_by, stored.decided_on, stored.contact = by.public_id, timezone.localdate(), ""
        stored.save()
        if article is not None and decision.withdraw_for is not None:
            why = f"Request {stored.public_id}"
            actions.withdraw(article, reason=decision.withdraw_for, by=by, version=article.version, why=why)
        changes = [Change("state", RequestState.OPEN.value, decision.state.value)]
        if decision.public_note:
            changes.append(Change("public_note", None, decision.public_note))
        kind, is_public = RecordKind.REQUEST, bool(decision.public_note)
        return events.append(EventAct.DECIDE, kind, stored.public_id, by=by, changes=changes, is_public=is_public)
