"""To review and back: what moves an unpublished article from one pair of hands to the next."""

from __future__ import annotations

from django.db import transaction

from archive.desk import rules
from archive.history import events, versions
from archive.history.events import Change
from archive.models import Article, Event, Person
from archive.models.vocabulary import EventAct, RecordKind, RecordStatus


def submit(article: Article, *, by: Person, version: int) -> Event:
    """Send a draft to review. Raises StaleVersion, NothingChanged for what is no draft."""
    return _move(article, RecordStatus.DRAFT, RecordStatus.IN_REVIEW, by=by, version=version)


def send_back(article: Article, *, by: Person, version: int, why: str) -> Event:
    """Make a draft again of what is in review, and say what is missing.

    Raises StaleVersion, NothingChanged for what is not in review.
    """
    return _move(article, RecordStatus.IN_REVIEW, RecordStatus.DRAFT, by=by, version=version, why=why)


def _move(article: Article, old: RecordStatus, new: RecordStatus, *, by: Person, version: int, why: str = "") -> Event:
    with transaction.atomic():
        versions.take_version(article, expected=version)
        stored = Article.objects.visible_to(by).get(pk=article.pk)
        if stored.status != old:
            raise rules.NothingChanged
        stored.status = new
        stored.save(update_fields=["status", "updated_at"])
        changes = [Change("status", old.value, new.value)]
        kind = RecordKind.ARTICLE
        return events.append(EventAct.EDIT, kind, stored.public_id, by=by, changes=changes, why=why, is_public=False)
