"""Notes out of the archive and into it, in open formats."""

from __future__ import annotations

import json
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from archive.annotate import actions, as_jsonld, from_jsonld, gate, matching
from archive.annotate.asked import AnnotationFilter
from archive.annotate.gate import ReaderRequest
from archive.annotate.told import Told
from archive.models import Annotation, Article
from archive.models.vocabulary import RecordKind
from archive.records import absences
from archive.records.annotations import annotation_records, published_notes_on

# Notes of one file; the list can be narrowed for more.
MOST = from_jsonld.MOST
UNREADABLE = HTTPStatus.UNPROCESSABLE_ENTITY


class FileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("JSON-LD of the W3C Web Annotation model, or an export of Hypothesis; at most 10 MB."),
        max_length=200,
    )


@login_not_required
@require_safe
@absences.answered
def article_jsonld(request: HttpRequest, public_id: str) -> HttpResponse:
    """The published notes on one article, for everybody, with their words as far as the outlet allows."""
    article = absences.find(Article.objects.for_page(), RecordKind.ARTICLE, public_id, request.user)
    site = _site(request)
    notes = published_notes_on(article, request.user)
    tolds = [matching.told_of_published(one, article, site=site) for one in notes]
    return _answer(request, tolds, _("Notes on %(title)s") % {"title": article.headline_for(request.user)})


@gate.reading
def own_jsonld(request: ReaderRequest) -> HttpResponse:
    """The notes of the list with the same question; 400 for a question that cannot be read."""
    asked = AnnotationFilter(
        request.GET, queryset=Annotation.objects.visible_to(request.user).loaded(), request=request
    )
    if problems := asked.problems():
        return HttpResponse(" ".join(problems.values()), status=HTTPStatus.BAD_REQUEST, content_type="text/plain")
    notes: list[Any] = list(asked.results()[:MOST])
    records = annotation_records(notes, request.user)
    site = _site(request)
    tolds = [matching.told_of(one, site=site) for one in records]
    answer = _answer(request, tolds, _("Notes from the archive"))
    answer.headers["Content-Disposition"] = 'attachment; filename="annotations.jsonld"'
    return answer


@gate.form_page
def annotation_import(request: ReaderRequest) -> HttpResponse:
    """Take notes in from a file; what could not be is said, note by note. 422 where none could."""
    if request.method != "POST":
        return TemplateResponse(request, "annotate/annotation_import.html", {"form": FileForm()})
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return TemplateResponse(request, "annotate/annotation_import.html", {"form": form}, status=UNREADABLE)
    upload = form.cleaned_data["file"]
    read = from_jsonld.read(upload.read(from_jsonld.LARGEST + 1))
    found = matching.match(read.tolds, request.user)
    try:
        added = actions.take_in(found.incoming, by=request.user)
    except IntegrityError:
        # The same file was sent twice at once: the other is whole, and now held.
        found = matching.match(read.tolds, request.user)
        added = actions.take_in(found.incoming, by=request.user)
    page: dict[str, Any] = {
        "form": FileForm(),
        "is_done": True,
        "added": added,
        "held": found.held,
        "lost": sum(bool(one.quote) for one in found.incoming),
        "problems": [*read.problems, *found.problems],
    }
    is_in_vain = not added and not found.held
    status = UNREADABLE if is_in_vain else HTTPStatus.OK
    return TemplateResponse(request, "annotate/annotation_import.html", page, status=status)


def _site(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")


def _answer(request: HttpRequest, tolds: Sequence[Told], label: str) -> HttpResponse:
    glossary = f"{_site(request)}{reverse('browse:tactic-list')}#"
    data = as_jsonld.collection(tolds, request.build_absolute_uri(), label, glossary=glossary)
    return HttpResponse(json.dumps(data, ensure_ascii=False, indent=1), content_type=as_jsonld.MEDIA_TYPE)
