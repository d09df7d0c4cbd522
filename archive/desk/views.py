"""What the desk shows: what waits, what is held of an article, what has been done."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db import connection
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from archive.captures import store
from archive.desk import article_pages, gate, revisions
from archive.desk.gate import EditorRequest
from archive.history import triggers, versions
from archive.models import Article, Capture, Event, Intake
from archive.models.articles import ArticleQuerySet
from archive.models.vocabulary import RecordStatus
from archive.text.hashing import sha256_hex

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Queue:
    """A list of articles that wait for something: its name, address and length."""

    key: str
    label: str
    articles: ArticleQuerySet

    @property
    def address(self) -> str:
        return f"{reverse('desk:article-list')}?status={self.key}"

    @property
    def count(self) -> int:
        return self.articles.count()


def queues(request: EditorRequest) -> dict[str, Queue]:
    """The queues by their keys. No query."""
    articles = Article.objects.visible_to(request.user)
    found = [Queue(str(status.value), status.label, articles.with_status(status)) for status in RecordStatus]
    found += [
        Queue("checks", _("With open checks"), articles.with_open_checks()),
        Queue("harm", _("Do-no-harm check not decided"), articles.awaiting_harm_review()),
    ]
    return {queue.key: queue for queue in found}


@gate.reading
def home(request: EditorRequest) -> HttpResponse:
    """Queues with their counts, the newest events, and whether the history is guarded."""
    newest = revisions.read(Event.objects.newest_first()[:10])
    page = {
        "queues": queues(request).values(),
        "revisions": newest,
        "state": versions.archive_state(),
        "missing": triggers.missing(connection),
        "on_their_way": Intake.objects.visible_to(request.user).unfinished().count(),
    }
    return TemplateResponse(request, "desk/home.html", page)


@gate.reading
def article_list(request: EditorRequest) -> HttpResponse:
    """One queue, paged. An unknown queue shows none, and says so."""
    found = queues(request)
    key = request.GET.get("status", RecordStatus.DRAFT.value)
    queue = found.get(key)
    articles = queue.articles if queue else Article.objects.none()
    page = Paginator(articles.for_desk(), PAGE_SIZE).get_page(request.GET.get("page"))
    return TemplateResponse(
        request, "desk/article_list.html", {"queue": queue, "queues": found.values(), "page": page, "key": key}
    )


@gate.reading
def article_detail(request: EditorRequest, public_id: str) -> HttpResponse:
    return article_pages.render(request, article_pages.find(public_id, request.user))


@gate.reading
def event_list(request: EditorRequest) -> HttpResponse:
    """Everything that was done, the newest first."""
    page = Paginator(Event.objects.newest_first(), PAGE_SIZE).get_page(request.GET.get("page"))
    return TemplateResponse(
        request, "desk/event_list.html", {"page": page, "revisions": revisions.read(page.object_list)}
    )


@gate.reading
def capture_original(request: EditorRequest, public_id: str) -> HttpResponse:
    """The bytes as received, to be saved and not to be opened here."""
    try:
        capture = Capture.objects.visible_to(request.user).get(public_id=public_id)
        body = store.read(capture.blob, offset=capture.offset, size=capture.size)
    except (Capture.DoesNotExist, store.BlobMissing) as error:
        raise Http404 from error
    if sha256_hex(body) != capture.sha256:
        advice = _("The stored bytes are not those that were received. Restore them from a backup.")
        return TemplateResponse(request, "desk/message.html", {"advice": advice}, status=404)
    return HttpResponse(
        body,
        content_type="application/octet-stream",
        headers={
            "Content-Disposition": f'attachment; filename="capture-{capture.public_id}.bin"',
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "X-Content-Type-Options": "nosniff",
        },
    )
