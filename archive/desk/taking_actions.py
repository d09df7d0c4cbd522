"""What becomes of a page that was read: a draft article, or another copy of one that is held.

Worked out before; here is one transaction, with the event last. The bytes are stored already.
"""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from archive.access import carrying, extracts
from archive.desk import add_actions, check_actions, effects, first_drafts, intake_actions
from archive.desk.first_drafts import Draft
from archive.desk.intake_answers import NEW_ARTICLE, TYPED, answer_of
from archive.desk.intake_reading import Reading
from archive.extract.reading import sentence
from archive.history import events
from archive.history.events import Change
from archive.models import Article, Capture, CaptureText, DateEvidence, Event, Intake, Outlet, Passage, Person
from archive.models.vocabulary import EventAct, IntakeState, RecordKind

_ATTEMPTS = 3


class OutletNotKnown(Exception):
    """Nothing tells who published a page; the message says what to do."""


def take_in(intake: Intake, reading: Reading, *, by: Person) -> Event | None:
    """Add what was read as a draft article, or as another copy of a held one; or ask, where one is held.

    None where it was asked, or where another worker took it. Raises OutletNotKnown.
    """
    draft = first_drafts.draft_of(reading, outlet=answer_of(intake, "outlet"))
    for attempt in range(_ATTEMPTS):
        try:
            with transaction.atomic():
                event = _take_in(intake, reading, draft, by=by)
            if event is not None:
                check_actions.look(Article.objects.visible_to(by).get(intakes=intake), by=by)
            return event
        except IntegrityError:
            # Its address or its outlet's name was taken a moment ago: then the next look finds it held.
            if attempt + 1 == _ATTEMPTS:
                raise
    return None


def _take_in(intake: Intake, reading: Reading, draft: Draft, *, by: Person) -> Event | None:
    stored = Intake.objects.visible_to(by).waiting().locked(intake.pk)
    if stored is None:
        return None
    copied = stored.article
    new_outlet: Outlet | None = None
    told = [sentence(note) for note in reading.found.notes]
    held = intake_actions.held(draft.keys, by=by)
    if copied is not None:
        article = Article.objects.visible_to(by).select_for_update().get(pk=copied.pk)
        text, carried = _add_copy(article, reading)
        told += _told_of(carried)
    elif held and answer_of(stored, "answer") != NEW_ARTICLE:
        stored.article, stored.state = held, IntakeState.CHOOSING
        stored.save()
        return None
    else:
        is_taken = draft.address and Article.objects.visible_to(by).at_addresses([draft.address]).exists()
        address = "" if is_taken else draft.address
        told += [_("Another article has its address; the draft has none.")] if is_taken else []
        outlet = _known_outlet(draft, by=by)
        if outlet is None:
            outlet = new_outlet = _new_outlet(draft)
        article = _add_article(draft, outlet, address)
        text = _add_capture(article, reading)
        _add_days(article, draft, text)
    stored.article, stored.proposals = article, first_drafts.as_kept(draft, reading.found)
    stored.blob, stored.size = reading.received.blob, reading.received.size
    stored.media_type = reading.received.media_type[:100]
    intake_actions.end(stored, IntakeState.DONE, " ".join(told), by=by)
    extracts.rebuild([article.pk])
    if new_outlet is not None:
        add_actions.tell(new_outlet, by=by)
    return _append(article, text.capture, reading, is_new=copied is None, by=by)


def _add_article(draft: Draft, outlet: Outlet, address: str) -> Article:
    chosen = draft.chosen
    return Article.objects.create(
        outlet=outlet,
        headline=draft.headline,
        byline=draft.byline,
        language=draft.language,
        address=address or None,
        address_key=draft.address_key if address else "",
        **(
            {
                "published_from": chosen.when.earliest,
                "published_to": chosen.when.latest,
                "published_precision": chosen.when.precision,
                "published_basis": chosen.proposal.basis,
                "published_words": chosen.proposal.words[:120],
            }
            if chosen
            else {}
        ),
    )


def _known_outlet(draft: Draft, *, by: Person) -> Outlet | None:
    """The outlet that the editor named, or that is known at this host, or of this name."""
    outlets = Outlet.objects.visible_to(by).not_merged()
    is_typed = any(one.where == TYPED for one in draft.taken)
    held = outlets.named([draft.outlet]).first() if is_typed else None
    held = held or (outlets.at_hosts([draft.host]).first() if draft.host and not is_typed else None)
    if held is None and draft.outlet and not is_typed:
        # A name alone may be that of somebody else: an outlet with a site of its own is another one.
        held = next((one for one in outlets.named([draft.outlet]) if not one.website), None)
    return held


def _new_outlet(draft: Draft) -> Outlet:
    name = draft.outlet or draft.host
    if not name:
        raise OutletNotKnown(_("It is not known who published this. Add it again with its address or its outlet."))
    outlet = Outlet(name=name, website="/".join(draft.address.split("/")[:3]) + "/" if draft.address else "")
    outlet.slug = effects.new_slug(outlet, host=draft.host)
    outlet.save()
    return outlet


def _add_capture(article: Article, reading: Reading) -> CaptureText:
    received, found = reading.received, reading.found
    capture = Capture.objects.create(
        article=article,
        sha256=received.blob,
        size=received.size,
        blob=received.blob,
        media_type=received.media_type[:100],
        address=received.address,
        method=received.method,
        captured_at=received.at,
    )
    return CaptureText.objects.create(
        capture=capture, extractor=found.extractor[:40], text=found.text, zones=list(found.zones)
    )


def _add_copy(article: Article, reading: Reading) -> tuple[CaptureText, carrying.Carried]:
    text = _add_capture(article, reading)
    return text, carrying.carry_over(text)


def _add_days(article: Article, draft: Draft, text: CaptureText) -> None:
    for day in draft.days:
        passage = None
        if day.span:
            passage, _is_new = Passage.objects.get_or_create(capture_text=text, start=day.span.start, end=day.span.end)
        DateEvidence.objects.create(
            article=article,
            earliest=day.when.earliest,
            latest=day.when.latest,
            precision=day.when.precision,
            words=day.proposal.words[:120],
            basis=day.proposal.basis,
            passage=passage,
            is_chosen=day.is_chosen,
            note=day.proposal.where[:300],
        )


def _append(article: Article, capture: Capture, reading: Reading, *, is_new: bool, by: Person) -> Event:
    values = {"method": capture.method, "sha256": capture.sha256, "page": reading.received.page}
    if is_new:
        values = {
            "outlet": article.outlet.public_id,
            "headline": article.headline,
            "byline": article.byline,
            "language": article.language,
            "address": article.address or "",
            "published": str(article.published_from or article.published_words),
            "capture": capture.public_id,
        } | values
    else:
        values = {"article": article.public_id} | values
    return events.append(
        EventAct.ADD,
        RecordKind.ARTICLE if is_new else RecordKind.CAPTURE,
        article.public_id if is_new else capture.public_id,
        by=by,
        changes=[Change(name, None, value) for name, value in values.items() if value],
        is_public=article.is_published,
    )


def _told_of(carried: carrying.Carried) -> list[str]:
    told = []
    if carried.found:
        told.append(_("%(count)d coded passages stand in this copy, too.") % {"count": carried.found})
    if carried.missing:
        told.append(_("%(count)d coded passages are not in this version.") % {"count": carried.missing})
    if carried.hidden:
        told.append(_("%(count)d places were hidden again to protect people.") % {"count": carried.hidden})
    return told
