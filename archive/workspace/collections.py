"""Pages and files of collections."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from archive.models import Collection
from archive.records import collections as records
from archive.workspace import actions, files, finding, gate
from archive.workspace.forms import CollectionForm, NewCollectionForm
from archive.workspace.gate import ResearcherRequest


@gate.writing
def collection_create(request: ResearcherRequest) -> HttpResponse:
    """Start an empty collection; 422 with the form where it cannot be."""
    form = NewCollectionForm(request.POST)
    if form.is_valid():
        try:
            return redirect(actions.make_collection(**form.cleaned_data, by=request.user))
        except actions.TooMany as error:
            form.add_error(None, too_many(error))
    page = {"form": form, "title": _("A new collection"), "action": reverse("workspace:collection-create")}
    return TemplateResponse(request, "workspace/form.html", page, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def too_many(error: actions.TooMany) -> str:
    words = _("There is room for %(most)s. Take something out first.")
    return words % {"most": error.most}


@gate.reading
def collection_detail(request: ResearcherRequest, public_id: str) -> HttpResponse:
    return shown(request, finding.readable(public_id, request.user))


def shown(
    request: ResearcherRequest, collection: Collection, problem: str = "", status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    """The page of a collection; its owner finds the means to change it. Queries: constant."""
    page = {"collection": records.collection_record(collection, request.user), "problem": problem}
    return TemplateResponse(request, "workspace/collection_detail.html", page, status=status)


@gate.form_page
def collection_edit(request: ResearcherRequest, public_id: str) -> HttpResponse:
    """Title, note, and who reads it; 409 with what is stored where another form was saved first."""
    collection = finding.own(Collection, public_id, request.user)
    fields = ("title", "note", "is_shared")
    if request.method != "POST":
        initial = {name: getattr(collection, name) for name in (*fields, "version")}
        return edited(request, collection, CollectionForm(initial=initial))
    form = CollectionForm(request.POST)
    if not form.is_valid():
        return edited(request, collection, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    values = {name: form.cleaned_data[name] for name in fields}
    try:
        actions.change(collection, values, expected=form.cleaned_data["version"], by=request.user)
    except actions.Stale as error:
        return stale(request, collection, form, error.stored)
    return redirect(collection)


def edited(
    request: ResearcherRequest, collection: Any, form: Any, status: HTTPStatus = HTTPStatus.OK, **more: Any
) -> HttpResponse:
    """A form about something kept, with the way back."""
    page = {"form": form, "title": str(collection), "action": request.path, "back": collection.get_absolute_url()}
    return TemplateResponse(request, "workspace/form.html", page | more, status=status)


def stale(request: ResearcherRequest, kept: Any, form: Any, stored: Any) -> HttpResponse:
    """The same form with all that was typed, to be saved over what is stored, which stands beside it."""
    told = [
        (field.label, getattr(stored, name))
        for name, field in form.fields.items()
        if name != "version" and getattr(stored, name) != form.cleaned_data[name]
    ]
    again = type(form)(form.data.dict() | {"version": stored.version})
    return edited(request, kept, again, HTTPStatus.CONFLICT, stored=told, is_stale=True)


@gate.writing
def collection_do(request: ResearcherRequest, public_id: str) -> HttpResponse:
    """Take a collection out, put it back, or delete for good what was taken out."""
    act = request.POST.get("act", "")
    collection = finding.own(Collection, public_id, request.user, current=act == "remove")
    if act == "restore":
        actions.put_back(collection, by=request.user)
        return redirect(collection)
    if act in {"remove", "forget"}:
        (actions.remove if act == "remove" else actions.forget)(collection, by=request.user)
        return redirect(reverse("workspace:home") + "#taken-out")
    return TemplateResponse(request, "workspace/unknown_act.html", status=HTTPStatus.UNPROCESSABLE_ENTITY)


@gate.reading
def dossier(request: ResearcherRequest, public_id: str) -> HttpResponse:
    """The collection as it is printed: paper is passed on, so it holds what the public may see."""
    collection = finding.readable(public_id, request.user)
    page = {
        "collection": collection,
        "by": collection.owner.pen_name,
        "entries": records.dossier(collection, request.user),
        "read_on": timezone.localdate(),
    }
    return TemplateResponse(request, "workspace/dossier.html", page)


@gate.reading
def as_json(request: ResearcherRequest, public_id: str) -> HttpResponse:
    found = file_of(request, public_id)
    return JsonResponse(files.data(found), headers=found.headers("json"), json_dumps_params={"ensure_ascii": False})


@gate.reading
def as_csv(request: ResearcherRequest, public_id: str) -> HttpResponse:
    found = file_of(request, public_id)
    return HttpResponse(files.lines(found), headers=found.headers("csv"), content_type=files.CSV)


def file_of(request: ResearcherRequest, public_id: str) -> files.CollectionFile:
    collection = finding.readable(public_id, request.user)
    entries = records.dossier(collection, request.user)
    site = request.build_absolute_uri("/").rstrip("/")
    return files.CollectionFile(collection, entries, site, timezone.localdate())
