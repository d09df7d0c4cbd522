"""Entries of collections: put in, put in order, noted, taken out."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from archive.models import Article, Claim, Collection
from archive.records import collections as records
from archive.workspace import actions, collections, finding, gate
from archive.workspace.forms import CollectForm, EntryForm
from archive.workspace.gate import ResearcherRequest

PLACE = "place-"
MOST_DIGITS = 6


@gate.writing
def entry_add(request: ResearcherRequest) -> HttpResponse:
    """Put an article or a claim into a collection, or into a new one; goes on to its place there."""
    form = CollectForm(request.POST)
    if not form.is_valid():
        return _again(request, form)
    record = _record(form.cleaned_data["kind"], form.cleaned_data["record"], request)
    into, note = form.cleaned_data["into"], form.cleaned_data["note"]
    try:
        if into:
            held = finding.own(Collection, into, request.user)
            entry = actions.add_entry(held, record, note=note, by=request.user)
        else:
            entry = actions.collect(form.cleaned_data["title"], record, note=note, by=request.user)
    except actions.TooMany as error:
        form.add_error(None, collections.too_many(error))
        return _again(request, form)
    return redirect(f"{entry.collection.get_absolute_url()}#entry-{entry.public_id}")


def _record(kind: str, public_id: str, request: ResearcherRequest) -> Article | Claim:
    """What is published under an id; nothing else goes into collections."""
    model: type[Article] | type[Claim] = records.MODELS[kind]
    found = model.objects.visible_to(request.user).published().with_public_ids([public_id]).first()
    if found is None:
        raise Http404
    return found


def _again(request: ResearcherRequest, form: CollectForm) -> HttpResponse:
    """The same form on a page of its own, with all that was typed."""
    mine = Collection.objects.of(request.user).current().by_title()
    page = {"form": form, "collections": mine}
    return TemplateResponse(request, "workspace/collect.html", page, status=HTTPStatus.UNPROCESSABLE_ENTITY)


@gate.writing
def entry_order(request: ResearcherRequest, public_id: str) -> HttpResponse:
    """Move entries, by one or to the places typed, or take one out, put it back, delete it for good."""
    collection = finding.own(Collection, public_id, request.user)
    for act in ("remove", "restore", "forget"):
        if named := request.POST.get(act):
            entry = finding.entry(collection, named, request.user, current=act == "remove")
            acts = {"remove": actions.remove, "restore": actions.put_back, "forget": actions.forget}
            acts[act](entry, by=request.user)
            return redirect(collection.get_absolute_url() + ("#taken-out" if act == "remove" else ""))
    try:
        places = _places(request, collection)
    except ValueError:
        problem = _("A place in the list is a whole number, from 1. Nothing was moved.")
        return collections.shown(request, collection, problem, HTTPStatus.UNPROCESSABLE_ENTITY)
    actions.move(collection, places, by=request.user)
    moved = next(iter(places), "") if len(places) == 1 else ""
    return redirect(collection.get_absolute_url() + (f"#entry-{moved}" if moved else ""))


def _places(request: ResearcherRequest, collection: Collection) -> dict[str, int]:
    """Where entries are to go, by public id: a step up or down, or the numbers that differ from what they were.

    Raises ValueError for what is no place.
    """
    order = list(collection.entries.current().in_order())
    now = {entry.public_id: place for place, entry in enumerate(order, start=1)}
    for way, step in (("up", -1), ("down", 1)):
        if named := request.POST.get(way):
            return {named: now[named] + step} if named in now else {}
    typed = {public_id: request.POST.get(PLACE + public_id, "") for public_id in now}
    numbers = {public_id: _place(text) for public_id, text in typed.items() if text}
    return {public_id: place for public_id, place in numbers.items() if place != now[public_id]}


def _place(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS and int(text)):
        raise ValueError(text)
    return int(text)


@gate.form_page
def entry_edit(request: ResearcherRequest, public_id: str, entry: str) -> HttpResponse:
    """The note of an entry; 409 with the stored one where another form was saved first."""
    collection = finding.own(Collection, public_id, request.user)
    held = finding.entry(collection, entry, request.user)
    more: dict[str, Any] = {"about": records.titled(held, request.user)}
    if request.method != "POST":
        form = EntryForm(initial={"note": held.note, "version": held.version})
        return collections.edited(request, collection, form, **more)
    form = EntryForm(request.POST)
    if not form.is_valid():
        return collections.edited(request, collection, form, HTTPStatus.UNPROCESSABLE_ENTITY, **more)
    try:
        values = {"note": form.cleaned_data["note"]}
        actions.change(held, values, expected=form.cleaned_data["version"], by=request.user)
    except actions.Stale as error:
        return collections.stale(request, collection, form, error.stored)
    return redirect(f"{collection.get_absolute_url()}#entry-{held.public_id}")
