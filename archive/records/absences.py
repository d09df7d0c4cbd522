"""Records that are not to be had at an address: merged (301), withdrawn (410), or never public (404).

What never was and what is hidden answer alike. A withdrawn record says the class of the reason and the
day, and nothing of what it held.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import render
from django.urls import Resolver404, ResolverMatch, resolve, reverse

from archive.models import Redirect
from archive.models.base import AnyRecord, Record, RecordQuerySet, User
from archive.models.vocabulary import RecordKind

View = Callable[..., HttpResponse]

PAGES = {
    RecordKind.ARTICLE: ("browse:article-detail", "public_id"),
    RecordKind.OUTLET: ("browse:outlet-detail", "slug"),
    RecordKind.CLAIM: ("claims:claim-detail", "public_id"),
    RecordKind.SOURCE: ("browse:source-detail", "public_id"),
    RecordKind.ACTOR: ("browse:actor-detail", "public_id"),
}


def page_at(path: str) -> ResolverMatch | None:
    """The page of a record that a path here leads to, whether or not there is such a record. No query."""
    try:
        match = resolve(path)
    except Resolver404:
        return None
    return match if match.view_name in {name for name, _field in PAGES.values()} else None


class Moved(Exception):
    """The record was merged into another, whose page is this one."""

    def __init__(self, page: str) -> None:
        super().__init__(page)
        self.page = page


class Withdrawn(Exception):
    """The record was taken out of the archive."""

    def __init__(self, kind: RecordKind, record: Record) -> None:
        super().__init__(f"{kind} {record.public_id}")
        self.kind = kind
        self.on = record.withdrawn_on
        self.reason = record.get_withdrawn_reason_display()


def find(records: RecordQuerySet[AnyRecord], kind: RecordKind, key: str, user: User) -> AnyRecord:
    """The record at an address, if this reader may see it. One query and what is prefetched.

    Raises Moved, Withdrawn, or Http404, after four queries more at most.
    """
    name, field = PAGES[kind]
    found = records.visible_to(user).filter(**{field: key}).first()
    if found is not None and not found.is_merged:
        return found
    merged = Redirect.objects.filter(kind=kind, old=key).first()
    if merged is not None and _answers(records, {field: merged.new}, user):
        raise Moved(reverse(name, kwargs={field: merged.new}))
    if found is not None:
        return found
    if merged is not None:
        raise Http404
    gone = records.withdrawn().prefetch_related(None).filter(**{field: key}).first()
    if gone is not None:
        raise Withdrawn(kind, gone)
    raise Http404


def _answers(records: RecordQuerySet[AnyRecord], key: dict[str, str], user: User) -> bool:
    """Whether this reader finds a record there, or that one was: nothing leads to what is hidden. Two queries."""
    plain = records.prefetch_related(None)
    return plain.visible_to(user).filter(**key).exists() or plain.withdrawn().filter(**key).exists()


def unpublished(record: Record) -> str:
    """The status of a record that only the desk sees; empty for what everybody sees."""
    return "" if record.is_published else record.get_status_display()


def answered(view: View) -> View:
    """Answer for the view when its record has moved or was withdrawn."""

    @functools.wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Moved as moved:
            ending = "/" if request.path.endswith("/") else ".json"
            return HttpResponsePermanentRedirect(moved.page.removesuffix("/") + ending)
        except Withdrawn as withdrawn:
            return tombstone(request, withdrawn)

    return answer


def tombstone(request: HttpRequest, withdrawn: Withdrawn) -> HttpResponse:
    """Say that something stood here, why it went and when; in the form that was asked for."""
    words = {"kind": withdrawn.kind, "withdrawn_on": withdrawn.on, "reason": withdrawn.reason}
    if request.path.endswith(".json"):
        return JsonResponse({**words, "withdrawn_on": str(withdrawn.on)}, status=HTTPStatus.GONE)
    return render(request, "_components/withdrawn.html", words, status=HTTPStatus.GONE)
