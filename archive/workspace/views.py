"""The start page of somebody's own work."""

from __future__ import annotations

from django.http import HttpResponse
from django.template.response import TemplateResponse

from archive.models import Annotation, Collection, SavedSearch
from archive.records.annotations import annotation_records
from archive.workspace import gate, news
from archive.workspace.forms import NewCollectionForm
from archive.workspace.gate import ResearcherRequest

NOTES = 5


@gate.reading
def home(request: ResearcherRequest) -> HttpResponse:
    """Collections, saved searches with what is new, and a place for what the browser keeps.

    Queries: constant, and a few for each saved search, of which there are fifty at most, within three seconds in all.
    """
    notes = Annotation.objects.visible_to(request.user).of(request.user)
    mine, searches = Collection.objects.of(request.user), SavedSearch.objects.of(request.user)
    page = {
        "note_count": notes.count(),
        "notes": annotation_records(notes.loaded().changed_last_first()[:NOTES], request.user),
        "collections": mine.current().counted().by_title(),
        "shared": Collection.objects.shared_by_others(request.user).counted().by_title(),
        "searches": news.lines(searches.current().by_name(), request.user),
        "removed_collections": mine.removed(),
        "removed_searches": searches.removed(),
        "form": NewCollectionForm(),
    }
    return TemplateResponse(request, "workspace/home.html", page)
