"""Which articles are one text: the writers of reprint groups. Nothing is worked out anew but what lists count."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from archive.desk import rules
from archive.history import events
from archive.history.events import Change
from archive.models import Article, Event, Person, ReprintGroup
from archive.models.vocabulary import EventAct, RecordKind


def join(articles: Iterable[Article], *, by: Person, why: str = "") -> list[Event]:
    """Make one text of these articles, and of all that are one with any of them; gives an event for each that moved.

    The oldest of their groups stays. Raises NothingChanged where they are one text already, or are fewer than two.
    """
    with transaction.atomic():
        asked = {article.pk for article in articles}
        everything = Article.objects.visible_to(by)
        # Those of their groups, too: locked together, in one order, so that no two writers wait for each other.
        members = everything.by_pks(asked) | everything.in_groups_of(asked)
        stored = list(members.select_for_update().order_by("pk"))
        groups = sorted({one.reprint_group_id for one in stored if one.reprint_group_id})
        if len(asked) < 2 or len(groups) == 1 and all(one.reprint_group_id for one in stored):
            raise rules.NothingChanged
        held = ReprintGroup.objects.visible_to(by)
        group = held.get(pk=groups[0]) if groups else ReprintGroup(confirmed_by=by.public_id)
        group.save()
        moving = [one for one in stored if one.reprint_group_id != group.pk]
        found = [_moved(one, group, by=by, why=why) for one in moving]
        held.by_pks(groups[1:]).delete()
        return found


def leave(article: Article, *, by: Person, why: str = "") -> Event:
    """Say that an article is a text of its own after all. Raises NothingChanged where it is."""
    with transaction.atomic():
        stored = Article.objects.visible_to(by).select_for_update().get(pk=article.pk)
        if stored.reprint_group_id is None:
            raise rules.NothingChanged
        left = stored.reprint_group_id
        event = _moved(stored, None, by=by, why=why)
        if not Article.objects.visible_to(by).in_group(left).exists():
            ReprintGroup.objects.visible_to(by).by_pks([left]).delete()
        return event


def _moved(article: Article, group: ReprintGroup | None, *, by: Person, why: str) -> Event:
    before, article.reprint_group = article.reprint_group, group
    article.updated_at = timezone.now()
    article.save(update_fields=["reprint_group", "updated_at"])
    change = Change("reprint_group", before.public_id if before else None, group.public_id if group else None)
    return events.append(
        EventAct.EDIT,
        RecordKind.ARTICLE,
        article.public_id,
        by=by,
        changes=[change],
        why=why,
        is_public=article.is_published,
    )
