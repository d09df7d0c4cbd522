"""Lists of all records of a kind, searched by their names in any script: the way to whatever is to be changed."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse

from archive.desk import adding, editable, finding, gate
from archive.desk.gate import EditorRequest
from archive.models.vocabulary import RecordKind, RecordStatus

PAGE_SIZE = 50
LONGEST_QUESTION = 300


def kinds() -> list[RecordKind]:
    return [RecordKind(kind) for kind in finding.CALLED]


@gate.reading
def record_list(request: EditorRequest, kind: str) -> HttpResponse:
    """Records of a kind by name, those that fit what was typed and have the status that was asked for."""
    if kind not in finding.CALLED:
        raise Http404
    typed = request.GET.get("q", "")[:LONGEST_QUESTION]
    status = request.GET.get("status", "")
    found = finding.fitting(finding.called(kind, request.user), typed)
    if status:
        found = [one for one in found if one.status == status]
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "kind": RecordKind(kind),
        "kinds": kinds(),
        "typed": typed,
        "status": status,
        "statuses": [] if kind in editable.BY_NUMBER else RecordStatus.choices,
        "page": page,
        "rows": _rows(list(page)),
        "can_add": kind in adding.ADDED,
    }
    return TemplateResponse(request, "desk/record_list.html", context)


def _rows(page: list[finding.Called]) -> list[tuple[finding.Called, str, str]]:
    """Each record of the page with its name and its status in words. No query."""
    labels = dict(RecordStatus.choices)
    return [(one, one.name or one.key, str(labels.get(one.status, ""))) for one in page]
