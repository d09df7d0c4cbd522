"""What readers do to their notes, and editors to those that are proposed for everybody.

Each takes the version that its form was made from. Notes are not history, but what is published is: publishing one,
taking it back, changing or removing it while it is public are events, with its words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from archive.access import extracts, redacted
from archive.history import events
from archive.history.events import Change
from archive.models import Annotation, AnnotationTag, Article, CaptureText, Claim, Event, Passage, Person, Tactic
from archive.models.base import is_desk
from archive.models.vocabulary import EventAct, HarmReview, Motivation, PassageState, RecordKind, Sharing
from archive.text import personal_data

# Pk of a captured text, start and end in it.
Place = tuple[int, int, int]


class StaleNote(Exception):
    """The note was changed since its form was opened; ``stored`` is as it is now."""

    def __init__(self, stored: Annotation) -> None:
        super().__init__(f"Note {stored.public_id} is at version {stored.version}.")
        self.stored = stored


class NotToBePublished(Exception):
    """What keeps a note from being published, in sentences."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = list(reasons)


@dataclass(frozen=True, slots=True)
class Said:
    """What a form says of a note."""

    motivation: str
    sharing: str
    body: str = ""
    tags: tuple[str, ...] = ()
    tactics: tuple[Tactic, ...] = ()
    claim: Claim | None = None


def annotate(article: Article, place: Place | None, said: Said, *, by: Person) -> Annotation:
    """Write a note on an article that its author may see, at a place of one of its texts or on the whole."""
    now = timezone.now()
    with transaction.atomic():
        note = Annotation(author=by, article=article, created_at=now, updated_at=now)
        _put(note, place)
        _fill(note, said)
    return note


def reply(to: Annotation, body: str, *, sharing: str, by: Person) -> Annotation:
    """Answer a note; the answer to an answer stands in the same row of answers."""
    now = timezone.now()
    root = to.reply_to or to
    note = Annotation(
        author=by, article=root.article, reply_to=root, motivation=Motivation.REPLYING, created_at=now, updated_at=now
    )
    note.body, note.sharing = body, sharing
    note.save()
    return note


def change(note: Annotation, said: Said, *, version: int, by: Person, place: Place | None = None) -> Annotation:
    """Change one's own note; without a place it stays at its words. Raises StaleNote.

    What was published is proposed anew: an editor reads what changed.
    """
    with transaction.atomic():
        stored = _own(note, by, version)
        if stored.sharing == Sharing.PUBLISHED:
            _take_back(stored, why="", by=by)
        if place is not None:
            _put(stored, place)
        _fill(stored, said)
    return stored


def remove(note: Annotation, *, version: int, by: Person) -> None:
    """Remove one's own note for good; where others answered it, their answers stay. Raises StaleNote."""
    with transaction.atomic():
        stored = _own(note, by, version)
        if stored.sharing == Sharing.PUBLISHED:
            _take_back(stored, why="", by=by)
        _remove(stored, by)


@dataclass(frozen=True, slots=True)
class Incoming:
    """A note from a file. quote, prefix, suffix: words that no text here has.

    written: its id in the file. answers: that of what it replies to; reply_to: where that is here already.
    created, modified: as the file says.
    """

    article: Article
    place: Place | None
    said: Said
    written: str = ""
    answers: str = ""
    reply_to: Annotation | None = None
    quote: str = ""
    prefix: str = ""
    suffix: str = ""
    created: datetime | None = None
    modified: datetime | None = None


def take_in(incoming: Sequence[Incoming], *, by: Person) -> int:
    """Add notes from a file as private ones of its sender, all or none; gives how many. Raises IntegrityError.

    What was taken in before must be left out. A reply to what is not there stands as a note on its article.
    """
    now = timezone.now()
    known: dict[str, Annotation] = {}
    with transaction.atomic():
        # What is answered comes first.
        for one in sorted(incoming, key=lambda given: bool(given.answers)):
            note = Annotation(author=by, article=one.article, created_at=one.created or now, imported_id=one.written)
            note.updated_at = one.modified or note.created_at
            note.quote, note.prefix, note.suffix = one.quote, one.prefix, one.suffix
            _put(note, one.place)
            note.reply_to = known.get(one.answers) or (one.reply_to and (one.reply_to.reply_to or one.reply_to))
            _fill(note, replace(one.said, motivation=Motivation.REPLYING) if note.reply_to else one.said)
            if one.written:
                known[one.written] = note.reply_to or note
    return len(incoming)


def remove_all_of(*, by: Person) -> int:
    """Remove every note of one who leaves, in the caller's transaction; gives how many there were."""
    # Their own, whatever they may read by now.
    found = list(Annotation.objects.of(by).select_for_update(of=("self",)).order_by("pk"))
    for note in found:
        if note.sharing == Sharing.PUBLISHED:
            _take_back(note, why="", by=by)
    # Answers first: a note without answers of others goes as a whole.
    for note in sorted(found, key=lambda one: one.reply_to_id is None):
        _remove(note, by)
    return len(found)


def publish(note: Annotation, *, version: int, is_checked: bool, by: Person) -> Event:
    """Show a proposed note to everybody. is_checked: the editor looked at what resembles personal data.

    Raises StaleNote, NotToBePublished.
    """
    with transaction.atomic():
        stored = _seen(note, by, version)
        if reasons := reasons_against(stored, is_checked=is_checked, by=by):
            raise NotToBePublished(reasons)
        stored.sharing, stored.published_by, stored.published_at = Sharing.PUBLISHED, by.public_id, timezone.now()
        stored.passage = _passage(stored)
        _save(stored)
        extracts.rebuild([stored.article_id])
        return _event(EventAct.PUBLISH, stored, _public_words(stored), by=by)


def reasons_against(note: Annotation, *, is_checked: bool, by: Person) -> list[str]:
    """What keeps an editor from publishing a note, in sentences."""
    found = []
    if note.sharing != Sharing.PROPOSED:
        found.append(_("It is not proposed any more: its author keeps it, or somebody published it already."))
    if not note.article.is_published:
        found.append(_("Its article is not public. Publish that first."))
    if settings.ARCHIVE_SECOND_PERSON and note.author_id == by.pk:
        found.append(_("You wrote it, so somebody else must publish it."))
    said = " ".join([note.body, *(row.tag for row in note.tag_rows.all())])
    hidden = redacted.around({RecordKind.ARTICLE: [note.article_id]})
    if hidden.is_in(said, RecordKind.ARTICLE, note.article_id):
        found.append(_("It repeats words that are hidden to protect somebody. Ask its author to leave them out."))
    if not is_checked and personal_data.personal_data(said):
        found.append(_("It holds what looks like a telephone number, an address or a document: look, and confirm."))
    return found


def decline(note: Annotation, *, version: int, why: str, by: Person) -> Annotation:
    """Leave a proposed note to researchers and editors, or take a published one back to them. Raises StaleNote."""
    with transaction.atomic():
        stored = _seen(note, by, version)
        if stored.sharing == Sharing.PUBLISHED:
            _take_back(stored, why=why, by=by)
        stored.sharing = Sharing.SHARED
        _save(stored)
    return stored


def _own(note: Annotation, by: Person, version: int) -> Annotation:
    return _checked(Annotation.objects.visible_to(by).of(by).select_for_update(of=("self",)).get(pk=note.pk), version)


def _seen(note: Annotation, by: Person, version: int) -> Annotation:
    """A note under an editor's hands."""
    if not is_desk(by):
        raise PermissionError("Notes are published by editors.")
    found = Annotation.objects.visible_to(by).select_related("article").select_for_update(of=("self",))
    return _checked(found.get(pk=note.pk), version)


def _checked(stored: Annotation, version: int) -> Annotation:
    if stored.version != version:
        raise StaleNote(stored)
    return stored


def _put(note: Annotation, place: Place | None) -> None:
    note.text, note.start, note.end = None, None, None
    if place is not None:
        pk, note.start, note.end = place
        note.text = CaptureText.objects.of_article(note.article).get(pk=pk)
        note.quote = note.prefix = note.suffix = ""


def _fill(note: Annotation, said: Said) -> None:
    note.motivation, note.sharing, note.body, note.claim = said.motivation, said.sharing, said.body, said.claim
    _save(note)
    note.tag_rows.all().delete()
    AnnotationTag.objects.bulk_create(AnnotationTag(annotation=note, tag=tag) for tag in dict.fromkeys(said.tags))
    note.tactics.set(said.tactics)


def _save(note: Annotation) -> None:
    if note.pk is not None:
        note.version += 1
        note.updated_at = timezone.now()
    note.save()


def _remove(note: Annotation, by: Person) -> None:
    mine = note.replies.filter(author=by) if note.reply_to_id is None else note.replies.none()
    mine.delete()
    if note.replies.exists():
        note.tag_rows.all().delete()
        note.tactics.clear()
        note.author = note.claim = note.text = note.start = note.end = None
        note.body = note.quote = note.prefix = note.suffix = note.imported_id = ""
        if note.motivation != Motivation.REPLYING and note.sharing != Sharing.PRIVATE:
            note.sharing = Sharing.SHARED
        _save(note)
        return
    note.delete()


def _passage(note: Annotation) -> Passage | None:
    """The marked words as a passage, where readers may see the copy in which they stand."""
    text = note.text
    if text is None or text.capture.harm_review != HarmReview.CLEARED:
        return None
    passage, _is_new = Passage.objects.get_or_create(
        capture_text=text, start=note.start or 0, end=note.end or 0, state=PassageState.ANCHORED
    )
    return passage


def _take_back(note: Annotation, *, why: str, by: Person) -> None:
    words = [Change(one.field, one.new, None) for one in _public_words(note)]
    note.sharing, note.published_by, note.published_at, note.passage = Sharing.PROPOSED, "", None, None
    _save(note)
    extracts.rebuild([note.article_id])
    _event(EventAct.WITHDRAW, note, words, by=by, why=why)


def _public_words(note: Annotation) -> list[Change]:
    said = {
        "article": note.article.public_id,
        "motivation": note.motivation,
        "body": note.body,
        "tags": ", ".join(row.tag for row in note.tag_rows.all()),
        "tactics": ", ".join(tactic.slug for tactic in note.tactics.all()),
        "claim": note.claim.public_id if note.claim else "",
    }
    return [Change(name, None, value) for name, value in said.items() if value]


def _event(act: EventAct, note: Annotation, changes: Sequence[Change], *, by: Person, why: str = "") -> Event:
    return events.append(act, RecordKind.ANNOTATION, note.public_id, by=by, changes=changes, why=why, is_public=True)
