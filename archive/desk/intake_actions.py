"""The book of what is on its way in: what was asked for, what is asked back, and how it ended.

It is no history: what is added to the archive in the end is (``taking_actions``). An intake that another worker took
meanwhile is left alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from archive.desk import intake_answers, rules
from archive.desk.intake_reading import record_name
from archive.extract.reading import sentence
from archive.extract.results import Listed
from archive.models import Article, Intake, Person, Redirect
from archive.models.vocabulary import IntakeState, RecordKind, RecordStatus


@dataclass(frozen=True, slots=True)
class Asked:
    """What an editor gave. address: canonical or empty. blob: of bytes that are stored already. outlet: as typed.

    held: an article that is the same by its address or bytes; then the editor is asked first.
    """

    method: str
    address: str = ""
    outlet: str = ""
    file_name: str = ""
    blob: str = ""
    size: int = 0
    media_type: str = ""
    held: Article | None = None


def held(keys: Iterable[str], *, blob: str = "", by: Person) -> Article | None:
    """An article that is the same by its address, or has these very bytes; for a merged one, that which stands for it.

    Four queries at most.
    """
    articles = Article.objects.visible_to(by)
    found = articles.held_under(keys).first()
    if found is None and blob:
        found = articles.of_bytes(blob).first()
    if found is None or not found.is_merged:
        return found
    led = Redirect.objects.led(RecordKind.ARTICLE, [found.public_id])
    return articles.with_public_ids(led.values()).first() or found


def begin(asked: Asked, *, by: Person) -> Intake:
    """Note what is to be taken in. From here on it is not lost, whatever ends."""
    return Intake.objects.create(
        asked_by=by.public_id,
        method=asked.method,
        state=IntakeState.CHOOSING if asked.held else IntakeState.WAITING,
        address=asked.address,
        file_name=asked.file_name[:200],
        blob=asked.blob,
        size=asked.size,
        media_type=asked.media_type,
        article=asked.held,
        proposals=[intake_answers.typed("outlet", asked.outlet)] if asked.outlet else [],
    )


def choose_page(intake: Intake, number: int, member: str, *, by: Person) -> None:
    """Say which page of a web archive is meant. Raises AlreadyDecided."""
    with transaction.atomic():
        stored = _asking(intake, by)
        stored.record, stored.state = record_name(number, member), IntakeState.WAITING
        stored.proposals = intake_answers.all_of(stored)
        stored.save()


def take_as_copy(intake: Intake, *, by: Person) -> None:
    """Say that it is another copy of the article that is held. Raises AlreadyDecided."""
    with transaction.atomic():
        stored = _asking(intake, by)
        if stored.article is None or stored.article.status == RecordStatus.WITHDRAWN:
            raise rules.AlreadyDecided
        stored.state = IntakeState.WAITING
        stored.save()


def take_as_new(intake: Intake, *, by: Person) -> None:
    """Say that it is another article than the one held under its address. Raises AlreadyDecided."""
    with transaction.atomic():
        stored = _asking(intake, by)
        if stored.article is None:
            raise rules.AlreadyDecided
        stored.article, stored.state = None, IntakeState.WAITING
        stored.proposals = [*intake_answers.all_of(stored), intake_answers.typed("answer", intake_answers.NEW_ARTICLE)]
        stored.save()


def leave(intake: Intake, *, by: Person) -> None:
    """Do not take it in. Raises AlreadyDecided."""
    with transaction.atomic():
        end(_asking(intake, by), IntakeState.FAILED, _("It was left: nothing was added."), by=by)


def fail(intake: Intake, told: str, *, by: Person | None) -> None:
    """Note why nothing was added. by: who asked; None where that account is gone."""
    with transaction.atomic():
        stored = Intake.objects.waiting().locked(intake.pk)
        if stored is not None:
            end(stored, IntakeState.FAILED, told, by=by)


def offer_pages(intake: Intake, listed: Listed, *, by: Person) -> None:
    """Ask the editor which page of a web archive is meant."""
    with transaction.atomic():
        stored = Intake.objects.visible_to(by).waiting().locked(intake.pk)
        if stored is None:
            return
        pages = [
            {"field": "page", "value": page.address, "basis": "", "found_in": page.member, "number": page.number}
            | {"at": page.at, "status": page.status, "size": page.size}
            for page in listed.pages
            if len(record_name(page.number, page.member)) <= 300
        ]
        stored.proposals, stored.state = [*intake_answers.all_of(stored), *pages], IntakeState.CHOOSING
        stored.told = " ".join(map(sentence, listed.notes))
        stored.save()


def _asking(intake: Intake, by: Person) -> Intake:
    stored = Intake.objects.visible_to(by).unfinished().locked(intake.pk)
    if stored is None or stored.state != IntakeState.CHOOSING:
        raise rules.AlreadyDecided
    return stored


def end(stored: Intake, state: IntakeState, told: str, *, by: Person | None) -> None:
    """Close the book on an intake whose row is locked. by: who asked."""
    stored.state, stored.told, stored.finished_at = state, told, timezone.now()
    stored.save()
