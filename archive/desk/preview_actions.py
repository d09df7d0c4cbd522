"""An article as if it were published: for as long as its page is made, and never longer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.db import transaction

from archive.access import extracts
from archive.desk import parts, publishing
from archive.models import Article, Person
from archive.models.vocabulary import RecordStatus

Made = TypeVar("Made")


def as_if_published(article: Article, make: Callable[[], Made], *, by: Person) -> Made:
    """Do in a transaction what publishing would make public, make something of it, and take all of it back.

    So a preview passes the same doors as the public page, and there is no second opinion on what they let through.
    Nothing is kept, no event is written, and nobody else sees it. The database's writers wait meanwhile.
    """
    with transaction.atomic():
        stored = (
            Article.objects.visible_to(by).select_related("outlet").select_for_update(of=("self",)).get(pk=article.pk)
        )
        if stored.status != RecordStatus.WITHDRAWN:
            publishing.set_status(stored, RecordStatus.PUBLISHED)
        publishing.bring_along(parts.of_article(stored))
        extracts.rebuild([stored.pk])
        made = make()
        transaction.set_rollback(True)
    return made
