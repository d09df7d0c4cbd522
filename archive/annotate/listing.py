"""All notes of one reader, and those that others share: a list with filters and a search in it."""

from __future__ import annotations

from django.http import HttpResponse
from django.template.response import TemplateResponse

from archive.annotate import asked as asking
from archive.annotate import gate
from archive.annotate.asked import AnnotationFilter
from archive.annotate.gate import ReaderRequest
from archive.filters.listing import listing
from archive.models import Annotation
from archive.models.base import is_desk
from archive.models.vocabulary import Motivation, Sharing
from archive.records.annotations import annotation_records

NOTES_ON_A_PAGE = 50
# Parameters that links give and the form hands on.
NOT_IN_FORM = ("article", "outlet", "tactic")


@gate.reading
def annotation_list(request: ReaderRequest) -> HttpResponse:
    """One's own notes, or all that one may read, a page at a time."""
    notes = Annotation.objects.visible_to(request.user)
    asked = AnnotationFilter(request.GET, queryset=notes.loaded(), request=request)
    found = listing(asked, NOTES_ON_A_PAGE)
    proposed = notes.proposed().count() if is_desk(request.user) else 0
    context = {
        "list": found,
        "notes": annotation_records(found.page.object_list, request.user) if found.page else [],
        "typed": {name: request.GET.get(name, "") for name in asked.filters},
        "choices": {
            "whose": asking.WHOSE,
            "kind": Motivation.choices,
            "sharing": Sharing.choices,
            "stands": asking.STANDS,
            "sort": asking.SORTS,
            "tag": notes.of(request.user).tags(),
        },
        "proposed": proposed,
        "query": request.GET.urlencode(),
        "kept": [(name, value) for name in NOT_IN_FORM for value in request.GET.getlist(name)],
    }
    return TemplateResponse(request, "annotate/annotation_list.html", context, status=found.status)
