"""What waits at the desk. A queue is a word of a QuerySet: its count and its list are made from the same one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from archive.desk.findings import ASKED_BY_ACTS, LOOKED_FOR
from archive.models import Annotation, Article, Comment, LinkCheck, Person, PublicRequest, Source, Suggestion
from archive.models.vocabulary import RecordKind, RecordStatus

# Queues whose records are no articles, and which have lists of their own.
OF_OTHERS = {"sources", "links", "requests", "suggestions", "notes"}


@dataclass(frozen=True, slots=True)
class Queue:
    """Records that wait for something. key: its name in an address. records: a QuerySet, of whichever vocabulary.

    known_count: where all such queues were counted at once. is_of_checks: it is for one kind of check.
    """

    key: str
    label: str
    address: str
    records: Any
    known_count: int | None = None
    is_of_checks: bool = False

    @property
    def count(self) -> int:
        return int(self.records.count()) if self.known_count is None else self.known_count


def of_articles(user: Person) -> dict[str, Queue]:
    """The queues of articles by their keys, but for those of one kind of check. No query."""
    articles = Article.objects.visible_to(user)
    talked_about = Comment.objects.visible_to(user).open().records(RecordKind.ARTICLE)
    found: list[tuple[str, str, QuerySet[Article]]] = [
        ("mine", _("Waiting for me"), articles.assigned_to(user)),
        *((str(status.value), str(status.label), articles.with_status(status)) for status in RecordStatus),
        ("checks", _("With open checks"), articles.with_open_checks()),
        ("harm", _("Do-no-harm check not decided"), articles.awaiting_harm_review()),
        ("talk", _("With open talk"), articles.with_public_ids(talked_about)),
        ("uncoded", _("Listed, not coded"), articles.listed_not_coded()),
    ]
    page = reverse("desk:article-list")
    return {key: Queue(key, label, f"{page}?status={key}", records) for key, label, records in found}


def of_checks(user: Person, *, asked: str = "") -> dict[str, Queue]:
    """Those of the kinds of checks that are open somewhere, or asked for by key. One query."""
    articles, page = Article.objects.visible_to(user), reverse("desk:article-list")
    counts = articles.open_check_counts()
    found = {}
    for kind in (*LOOKED_FOR, *ASKED_BY_ACTS):
        key, count = f"check-{kind.value}", counts.get(kind.value, 0)
        if count or key == asked:
            records = articles.with_open_check_of(kind)
            found[key] = Queue(key, str(kind.label), f"{page}?status={key}", records, count, True)
    return found


def every(user: Person, *, asked: str = "") -> dict[str, Queue]:
    """The queues of articles, those of other records, and those of one kind of check, by their keys. One query."""
    lists = (sources(user), links(user), requests(user), suggestions(user), notes(user))
    others = {queue.key: queue for queue in lists}
    return of_articles(user) | others | of_checks(user, asked=asked)


def sources(user: Person) -> Queue:
    """Published sources that nobody has looked for; the public list of sources finds the same with `state`."""
    records = Source.objects.visible_to(user).never_looked_for()
    return Queue("sources", _("Needs source check"), reverse("desk:source-queue"), records)


def links(user: Person) -> Queue:
    """Published articles and sources of which the address counts as gone."""
    return Queue(
        "links", _("Address counts as gone"), reverse("desk:link-queue"), LinkCheck.objects.visible_to(user).gone()
    )


def requests(user: Person) -> Queue:
    """What people outside ask for."""
    records = PublicRequest.objects.visible_to(user).open()
    return Queue("requests", _("Requests from outside"), reverse("desk:request-list"), records)


def suggestions(user: Person) -> Queue:
    """Signs that two articles have one origin."""
    records = Suggestion.objects.visible_to(user).open()
    return Queue("suggestions", _("Possibly one origin"), reverse("desk:suggestion-list"), records)


def notes(user: Person) -> Queue:
    """What researchers propose for everybody to read."""
    address = f"{reverse('annotate:annotation-list')}?whose=all&sharing=proposed"
    return Queue("notes", _("Notes proposed for everybody"), address, Annotation.objects.visible_to(user).proposed())
