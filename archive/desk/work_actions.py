"""What editors arrange among themselves: who has an article in hand, what they say about a record, unsent words.

None of it is history, so none of it appends an event.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from archive.desk import hands, rules
from archive.models import Article, Assignment, Comment, FormDraft, Person
from archive.models.vocabulary import RecordKind


def assign(article: Article, person: Person | None, *, by: Person, seen: str) -> None:
    """Put an article into somebody's hands, or into nobody's.

    seen: public id of who had it when the form was made; empty for nobody. Raises AlreadyDecided where it is another
    person by now.
    """
    with transaction.atomic():
        stored = Article.objects.visible_to(by).select_for_update().get(pk=article.pk)
        if hands.holder_id(stored) != seen:
            raise rules.AlreadyDecided
        if person is not None:
            since = timezone.now()
            Assignment.objects.update_or_create(article=stored, defaults={"person": person, "since": since})
        elif seen:
            stored.assignment.delete()


def say(kind: RecordKind, public_id: str, text: str, *, by: Person) -> Comment:
    """Add to the talk about a record."""
    return Comment.objects.create(kind=kind, record=public_id, author=by.public_id, text=text)


def settle(comment: Comment, *, is_resolved: bool, by: Person) -> None:
    """Close a matter, or open it again. Raises AlreadyDecided where that was done already."""
    with transaction.atomic():
        stored = Comment.objects.visible_to(by).select_for_update().get(pk=comment.pk)
        if bool(stored.resolved_by) == is_resolved:
            raise rules.AlreadyDecided
        stored.resolved_by = by.public_id if is_resolved else ""
        stored.resolved_at = timezone.now() if is_resolved else None
        stored.save(update_fields=["resolved_by", "resolved_at"])


def keep_draft(place: str, fields: Mapping[str, list[str]], *, by: Person) -> FormDraft:
    """Keep what somebody typed into the form at this place; the last one wins."""
    draft, _made = FormDraft.objects.update_or_create(person=by, place=place, defaults={"fields": dict(fields)})
    return draft


def drop_draft(place: str, *, by: Person) -> None:
    """Forget what somebody typed into the form at this place, if anything."""
    FormDraft.objects.of_person(by).at(place).delete()
