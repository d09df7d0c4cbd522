"""The desk's writers. Each works in one transaction: take the version, write, rebuild what follows, and
append the event last.

An article's row is locked before anything that its public extract is made of changes, so that of two changes
at once the later one sees the earlier.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from archive.access import carrying, documents, extracts
from archive.desk import (
    check_actions,
    editable,
    effects,
    parts,
    publishing,
    reuse_actions,
    rules,
    second_person,
    strings,
)
from archive.history import events, versions
from archive.history.events import Change
from archive.models import (
    Article,
    Capture,
    CaptureText,
    Check,
    Event,
    Passage,
    Person,
    Redaction,
)
from archive.models.base import Record
from archive.models.vocabulary import (
    CheckDecision,
    CheckKind,
    EventAct,
    HarmReview,
    PassageState,
    RecordKind,
    RecordStatus,
    RedactionReason,
    WithdrawalReason,
)
from archive.provenance import counts
from archive.text.anchor import TextSpan


def edit(
    record: editable.EditableRecord,
    values: Mapping[str, Any],
    *,
    by: Person,
    version: int,
    why: str = "",
    act: EventAct = EventAct.EDIT,
    to_protect: bool = False,
) -> Event:
    """Save fields of a record, as its form cleaned them.

    version: that the form was made from. why: needed once the record is public. to_protect: readers are not told what.
    Raises StaleVersion, ReasonMissing, NothingChanged, and ValidationError for what a rule or a constraint forbids.
    """
    beside = [Change("to_protect", None, "True")] if to_protect else []
    event = _edited(record, values, by=by, version=version, why=why, act=act, beside=beside)
    if article := effects.article_of(record):
        check_actions.look(article, by=by)
    return event


def _edited(
    record: editable.EditableRecord,
    values: Mapping[str, Any],
    *,
    by: Person,
    version: int,
    why: str,
    act: EventAct,
    beside: Iterable[Change],
) -> Event:
    try:
        with transaction.atomic():
            versions.take_version(record, expected=version)
            stored = editable.records_of(record, by).get(pk=record.pk)
            is_public = rules.is_public(stored)
            if is_public and not why.strip():
                raise rules.ReasonMissing(stored)
            changes = _write(stored, values, by=by)
            effects.follow(stored, {change.field for change in changes})
            changes += beside
            kind = editable.kind_of(stored)
            name = versions.id_of(stored)
            return events.append(act, kind, name, by=by, changes=changes, why=why, is_public=is_public)
    except IntegrityError as error:
        # What the constraints were asked about a moment ago was taken by somebody else since.
        raise ValidationError(_("Another record took this name or address just now. Look at it first.")) from error


def _write(stored: editable.EditableRecord, values: Mapping[str, Any], *, by: Person) -> list[Change]:
    """Write the values that differ. Raises NothingChanged where none does, and ValidationError."""
    before = editable.texts_of(stored)
    many = {field.name for field in stored._meta.many_to_many}
    for name in values.keys() - many:
        setattr(stored, name, values[name])
    after = editable.texts_of(stored) | {
        name: sorted(editable.key_text(related) for related in values[name]) for name in values.keys() & many
    }
    changes = events.changes_between(_kept(before), _kept(after))
    if not changes:
        raise rules.NothingChanged
    changed = {change.field for change in changes}
    effects.complete(stored, values, changed, by=by)
    stored.validate_unique()
    stored.validate_constraints()
    stored.save()
    for name in changed & many:
        getattr(stored, name).set(values[name])
    return changes


def _kept(texts: editable.Texts) -> dict[str, object]:
    return {name: editable.kept(found) for name, found in texts.items()}


def restore(
    record: editable.EditableRecord,
    values: Mapping[str, Any],
    *,
    by: Person,
    version: int,
    why: str = "",
    to_protect: bool = False,
) -> Event:
    """Save earlier values of a record as a new edit; what came after them stays in the history. Raises as edit."""
    act = EventAct.RESTORE
    return edit(record, values, by=by, version=version, why=why, act=act, to_protect=to_protect)


def publish(article: Article, *, by: Person, version: int) -> Event:
    """Make an article public with its outlet and the claims, sources and actors that it uses.

    Raises StaleVersion, and NotReadyToPublish with the reasons; checks that it opens for them stay open.
    """
    # In a transaction of its own: what is asked stays asked where publishing fails.
    check_actions.look(article, by=by)
    event = _published(article, by=by, version=version)
    # Its extract is made of published claims, so the outlet's limit is met only now.
    check_actions.look(article, by=by)
    return event


def _published(article: Article, *, by: Person, version: int) -> Event:
    with transaction.atomic():
        versions.take_version(article, expected=version)
        stored = Article.objects.visible_to(by).select_related("outlet").get(pk=article.pk)
        if reasons := rules.reasons_against(stored) + second_person.reasons_against(stored, by):
            raise rules.NotReadyToPublish(stored, reasons)
        changes = [publishing.set_status(stored, RecordStatus.PUBLISHED)]
        used = parts.of_article(stored)
        changes += publishing.bring_along(used)
        extracts.rebuild({stored.pk, *Article.objects.carrying(used.claims).values_list("pk", flat=True)})
        counts.rewrite(parts.claims_touched(used))
        return _event(EventAct.PUBLISH, stored, by=by, changes=changes, is_public=True)


def withdraw(article: Article, *, reason: WithdrawalReason, by: Person, version: int, why: str = "") -> Event:
    """Take an article out of the archive: its page says why and when, and no more. Nothing is deleted.

    Raises StaleVersion, NothingChanged where it is withdrawn already.
    """
    with transaction.atomic():
        versions.take_version(article, expected=version)
        stored = Article.objects.visible_to(by).get(pk=article.pk)
        if stored.status == RecordStatus.WITHDRAWN:
            raise rules.NothingChanged
        was_public = stored.is_published
        stored.withdrawn_reason, stored.withdrawn_on = reason, timezone.now().date()
        changes = [publishing.set_status(stored, RecordStatus.WITHDRAWN)]
        changes.append(Change("withdrawn_reason", None, str(reason.value)))
        counts.rewrite(parts.claims_touched(parts.of_article(stored)))
        documents.rebuild([stored.pk])
        documents.forget()
        reuse_actions.compare_again(stored, by=by)
        return _event(EventAct.WITHDRAW, stored, by=by, changes=changes, why=why, is_public=was_public)


def redact(text: CaptureText, span: TextSpan, *, reason: RedactionReason, by: Person) -> Event:
    """Hide a stretch of a captured text at every door, and ask about every other field that holds its words.

    Needs no version: hiding never waits. Raises NothingChanged where the stretch is hidden already.
    """
    article, event = _redacted(text, span, reason=reason, by=by)
    check_actions.look(article, by=by)
    return event


def _redacted(text: CaptureText, span: TextSpan, *, reason: RedactionReason, by: Person) -> tuple[Article, Event]:
    words = text.text[span.start : span.end]
    with transaction.atomic():
        article = Article.objects.visible_to(by).select_for_update().get(captures__texts=text)
        redaction = _hide(text, span, reason=reason, by=by)
        check_actions.ask(
            [(article, f"{place}, redaction {redaction.pk}") for place in strings.places_holding(article, words)],
            CheckKind.REDACTED_ELSEWHERE,
            is_blocking=True,
            by=by,
        )
        extracts.rebuild([article.pk])
        documents.forget()
        # The history says where, never what: the words are what must not be read.
        where = f"capture {text.capture.public_id}, {span.start} to {span.end}: {reason.value}"
        change = Change("redaction", None, where)
        return article, _event(EventAct.REDACT, article, by=by, changes=[change], is_public=True)


def _hide(text: CaptureText, span: TextSpan, *, reason: RedactionReason, by: Person) -> Redaction:
    passage, _made = Passage.objects.get_or_create(
        capture_text=text, start=span.start, end=span.end, state=PassageState.ANCHORED
    )
    redaction, is_new = Redaction.objects.get_or_create(
        passage=passage, defaults={"reason": reason, "made_by": by.public_id}
    )
    if not is_new:
        raise rules.NothingChanged
    return redaction


def decide_check(check: Check, *, decision: CheckDecision, by: Person) -> Event:
    """Settle what an editor was asked. Raises AlreadyDecided."""
    with transaction.atomic():
        stored = Check.objects.select_for_update(of=("self",)).select_related("article").get(pk=check.pk)
        if stored.decision != CheckDecision.OPEN:
            raise rules.AlreadyDecided
        stored.decision, stored.decided_by, stored.decided_at = decision, by.public_id, timezone.now()
        stored.save()
        name = f"{stored.kind}, {stored.subject}"
        change = Change("check", f"{name}: {CheckDecision.OPEN.value}", f"{name}: {decision.value}")
        return _event(EventAct.DECIDE, stored.article, by=by, changes=[change], is_public=False)


def decide_harm(capture: Capture, *, decision: HarmReview, seen: HarmReview, by: Person) -> Event:
    """Decide whether a capture's wording may leave the desk; may be decided anew.

    seen: the state that the editor saw. Raises AlreadyDecided where it is another one by now.
    """
    with transaction.atomic():
        article = Article.objects.visible_to(by).select_for_update().get(captures=capture)
        stored = Capture.objects.visible_to(by).get(pk=capture.pk)
        if stored.harm_review != seen or stored.harm_review == decision:
            raise rules.AlreadyDecided
        stored.harm_review, stored.harm_reviewed_by = decision, by.public_id
        stored.harm_reviewed_at = timezone.now()
        stored.save()
        if decision == HarmReview.CLEARED and (text := CaptureText.objects.of_article(article).of(stored)):
            # What readers saw in an older copy follows into this one now that they may read it.
            carrying.carry_over(text)
        extracts.rebuild([article.pk])
        if seen == HarmReview.CLEARED:
            documents.forget()
        return events.append(
            EventAct.DECIDE,
            RecordKind.CAPTURE,
            stored.public_id,
            by=by,
            changes=[Change("harm_review", seen.value, decision.value)],
            is_public=article.is_published,
        )


def _event(
    act: EventAct, record: Record, *, by: Person, changes: list[Change], why: str = "", is_public: bool
) -> Event:
    kind = events.kind_of(record)
    return events.append(act, kind, record.public_id, by=by, changes=changes, why=why, is_public=is_public)
