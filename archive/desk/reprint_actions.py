"""The writers of reprint groups: which articles are one text, as an editor says."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q

from archive.desk import rules
from archive.history import events, versions
from archive.history.events import Change
from archive.models import Article, Event, Person, ReprintGroup
from archive.models.vocabulary import EventAct, RecordKind

Moved = tuple[Article, Change]


def join(articles: Iterable[Article], *, by: Person, why: str = "") -> list[Event]:
    """Say that these articles are one text: one group of them and of all that were in a group with one of them.

    The oldest of their groups stays, the others go; gives an event for each article that changes. Raises
    NothingChanged where they are in one group already or are fewer than two, ReasonMissing where a public one changes
    without a reason.
    """
    with transaction.atomic():
        held = locked([article.pk for article in articles], by=by)
        groups = sorted({one.reprint_group for one in held if one.reprint_group}, key=lambda group: group.pk)
        if len(held) < 2 or (len(groups) == 1 and all(one.reprint_group_id for one in held)):
            raise rules.NothingChanged
        group = groups[0] if groups else ReprintGroup.objects.create(confirmed_by=by.public_id, note=why)
        moving = [one for one in held if one.reprint_group_id != group.pk]
        _refuse_without_reason(moving, why)
        moved = [(one, _moved(one, group)) for one in moving]
        for emptied in groups[1:]:
            emptied.delete()
        return tell(moved, by=by, why=why)


def move_all(old: ReprintGroup, group: ReprintGroup, *, by: Person) -> list[Moved]:
    """Move all articles of one group to another, and let the first go; inside a transaction that ends with `tell`.

    Their articles are `locked` already.
    """
    if old == group:
        return []
    moved = [(one, _moved(one, group)) for one in old.articles.visible_to(by).order_by("pk")]
    old.delete()
    return moved


def tell(moved: Iterable[Moved], *, by: Person, why: str) -> list[Event]:
    """Write an event for each article that changed its group."""
    return [_told(article, change, by=by, why=why) for article, change in moved]


def leave(article: Article, *, by: Person, why: str = "") -> Event:
    """Take an article out of its group; a group that nobody is in any more goes.

    Raises NothingChanged where it is in none, ReasonMissing where it is public and no reason is given.
    """
    with transaction.atomic():
        stored = next(one for one in locked([article.pk], by=by) if one.pk == article.pk)
        group = stored.reprint_group
        if group is None:
            raise rules.NothingChanged
        _refuse_without_reason([stored], why)
        change = _moved(stored, None)
        if not group.articles.exists():
            group.delete()
        return _told(stored, change, by=by, why=why)


def locked(pks: list[int], *, by: Person) -> list[Article]:
    """These articles and all in a group with one of them, locked in one order."""
    visible = Article.objects.visible_to(by)
    groups = visible.by_pks(pks).exclude(reprint_group=None).order_by().values("reprint_group")
    both = visible.filter(Q(pk__in=pks) | Q(reprint_group__in=groups)).select_related("reprint_group")
    return list(both.select_for_update(of=("self",)).order_by("pk"))


def _refuse_without_reason(articles: Iterable[Article], why: str) -> None:
    for article in articles:
        if rules.is_public(article) and not why.strip():
            raise rules.ReasonMissing(article)


def _moved(article: Article, group: ReprintGroup | None) -> Change:
    versions.take_version(article, expected=article.version)
    old, article.reprint_group = article.reprint_group, group
    article.save(update_fields=["reprint_group", "updated_at"])
    return Change("reprint_group", events.as_text(old), events.as_text(group))


def _told(article: Article, change: Change, *, by: Person, why: str) -> Event:
    is_public = rules.is_public(article)
    kind = RecordKind.ARTICLE
    return events.append(EventAct.EDIT, kind, article.public_id, by=by, changes=[change], why=why, is_public=is_public)
