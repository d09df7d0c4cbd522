"""What the desk shows: what waits, what is held of an article, what has been done."""

from __future__ import annotations

from django.conf import settings
from django.core.paginator import Paginator
from django.db import connection
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from archive.captures import store
from archive.desk import article_pages, gate, hands, queues, record_lists, revisions
from archive.desk.gate import EditorRequest
from archive.history import triggers, versions
from archive.models import Article, Capture, Comment, Event, Intake
from archive.models.vocabulary import RecordKind, RecordStatus
from archive.text.hashing import sha256_hex

PAGE_SIZE = 50


@gate.reading
def home(request: EditorRequest) -> HttpResponse:
    """Queues with their counts, the newest events, and whether the history is guarded."""
    newest = revisions.read(Event.objects.newest_first()[:10])
    page = {
        "queues": queues.every(request.user).values(),
        "kinds": record_lists.kinds(),
        "revisions": newest,
        "state": versions.archive_state(),
        "missing": triggers.missing(connection),
        "second_person": settings.ARCHIVE_SECOND_PERSON,
        "on_their_way": Intake.objects.visible_to(request.user).unfinished().count(),
    }
    return TemplateResponse(request, "desk/home.html", page)


@gate.reading
def article_list(request: EditorRequest) -> HttpResponse:
    """One queue of articles, paged, each with who has it and how much talk about it is open.

    An unknown queue shows none, and says so.
    """
    key = request.GET.get("status", RecordStatus.DRAFT.value)
    every = queues.every(request.user, asked=key)
    queue = every.get(key) if key not in queues.OF_OTHERS else None
    articles = queue.records if queue else Article.objects.none()
    page = Paginator(articles.for_desk(), PAGE_SIZE).get_page(request.GET.get("page"))
    talk = Comment.objects.visible_to(request.user)
    found = {
        "queue": queue,
        "queues": every.values(),
        "page": page,
        "rows": hands.rows(page, talk.open_counts(RecordKind.ARTICLE, (one.public_id for one in page))),
        "key": key,
        "back": request.get_full_path(),
    }
    return TemplateResponse(request, "desk/article_list.html", found)


@gate.reading
def source_queue(request: EditorRequest) -> HttpResponse:
    """Published sources that nobody has looked for, paged, with how much talk about each is open."""
    queue = queues.sources(request.user)
    page = Paginator(queue.records.order_by("pk"), PAGE_SIZE).get_page(request.GET.get("page"))
    talk = Comment.objects.visible_to(request.user)
    counts = talk.open_counts(RecordKind.SOURCE, (one.public_id for one in page))
    found = {
        "queue": queue,
        "queues": queues.every(request.user).values(),
        "page": page,
        "rows": [(one, counts.get(one.public_id, 0)) for one in page],
        "key": queue.key,
    }
    return TemplateResponse(request, "desk/source_queue.html", found)


@gate.reading
def link_queue(request: EditorRequest) -> HttpResponse:
    """Addresses that count as gone, the newest word first, paged."""
    queue = queues.links(request.user)
    page = Paginator(queue.records.order_by("-checked_on", "-pk"), PAGE_SIZE).get_page(request.GET.get("page"))
    found = {"queue": queue, "queues": queues.every(request.user).values(), "page": page, "key": queue.key}
    return TemplateResponse(request, "desk/link_queue.html", found)


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
