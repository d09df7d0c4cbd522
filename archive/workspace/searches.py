"""Saved searches: what is new in each, and its feed."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.core.paginator import Page, Paginator
from django.db import connection
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from archive.filters import saved
from archive.filters.listing import PAGE_SIZE
from archive.history import versions
from archive.models import SavedSearch
from archive.models.vocabulary import SavedList
from archive.records import rows
from archive.search import engine
from archive.workspace import actions, finding, gate
from archive.workspace.collections import edited, stale, too_many
from archive.workspace.forms import NewsForm, SaveSearchForm, SearchForm, SeenForm
from archive.workspace.gate import ResearcherRequest


@gate.writing
def search_create(request: ResearcherRequest) -> HttpResponse:
    """Keep a list's question; one that is kept already is shown."""
    form = SaveSearchForm(request.POST)
    if form.is_valid():
        filled = form.cleaned_data
        try:
            query = saved.kept(filled["kind"], filled["query"], request.user)
            return redirect(actions.save_search(filled["kind"], query, filled["name"], by=request.user))
        except saved.NotAskable as error:
            for problem in error.problems:
                form.add_error(None, problem)
        except actions.TooMany as error:
            form.add_error(None, too_many(error))
    page = {"form": form, "title": _("Save a search"), "action": reverse("workspace:search-create")}
    return TemplateResponse(request, "workspace/form.html", page, status=HTTPStatus.UNPROCESSABLE_ENTITY)


@gate.reading
def search_detail(request: ResearcherRequest, public_id: str) -> HttpResponse:
    """What is new in a saved search since its owner last looked, or since the event that the address names.

    Looking changes nothing: what is new stays so until its owner says that it was seen.
    """
    search = finding.own(SavedSearch, public_id, request.user)
    return shown(request, search)


def shown(request: ResearcherRequest, search: SavedSearch, **more: Any) -> HttpResponse:
    # Read first: what is published while the list is made is new again.
    newest = versions.newest_event()[0]
    asked = NewsForm(request.GET if request.method != "POST" else {})
    page: dict[str, Any] = {"search": search, "newest": newest, "problems": asked.problems()} | more
    if asked.is_valid() and not page["problems"]:
        since = asked.cleaned_data["new"]
        page["since"] = search.seen_seq if since is None else since
        try:
            page |= listed(search, request, page["since"], asked.cleaned_data["page"] or 1)
        except saved.NotAskable as error:
            page["problems"] = error.problems
    return TemplateResponse(request, "workspace/search_detail.html", page)


def listed(search: SavedSearch, request: ResearcherRequest, since: int, number: int) -> dict[str, Any]:
    """A page of what is new, its rows, and what is asked. Raises NotAskable, SearchTooSlow."""
    with engine.time_limit(connection):
        found: Page[Any] = Paginator(saved.news(search, request.user, since=since), PAGE_SIZE).get_page(number)
        found.object_list = list(found.object_list)
    return {
        "page": found,
        "total": found.paginator.count,
        "chips": saved.told(search, request.user),
        "rows": rows_of(search.kind, found.object_list, request),
    }


def rows_of(kind: str, records: Any, request: ResearcherRequest) -> Any:
    """Articles as in their list; of others what they are called and where they stand."""
    if kind == SavedList.ARTICLES:
        return rows.article_rows(records, request.user)
    if kind == SavedList.CLAIMS:
        return rows.claim_rows(records)
    if kind == SavedList.SOURCES:
        return rows.source_rows(records, request.user)
    return rows.actor_rows(records, request.user) if kind == SavedList.ACTORS else rows.outlet_rows(records)


@gate.form_page
def search_edit(request: ResearcherRequest, public_id: str) -> HttpResponse:
    """What a saved search is called; 409 where another form was saved first."""
    search = finding.own(SavedSearch, public_id, request.user)
    if request.method != "POST":
        return edited(request, search, SearchForm(initial={"name": search.name, "version": search.version}))
    form = SearchForm(request.POST)
    if not form.is_valid():
        return edited(request, search, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        values = {"name": form.cleaned_data["name"]}
        actions.change(search, values, expected=form.cleaned_data["version"], by=request.user)
    except actions.Stale as error:
        return stale(request, search, form, error.stored)
    return redirect(search)


@gate.writing
def search_do(request: ResearcherRequest, public_id: str) -> HttpResponse:
    """Say what was seen, make or end the feed, take the search out, put it back, delete it for good."""
    act = request.POST.get("act", "")
    search = finding.own(SavedSearch, public_id, request.user, current=act not in {"restore", "forget"})
    if act == "seen":
        return _seen(request, search)
    if act == "feed" and search.can_be_fed:
        return _fed(request, search)
    if act == "no-feed":
        actions.end_feed(search, by=request.user)
        return redirect(search.get_absolute_url() + "#feed")
    if act == "restore":
        return _restored(request, search)
    if act in {"remove", "forget"}:
        (actions.remove if act == "remove" else actions.forget)(search, by=request.user)
        return redirect(reverse("workspace:home") + "#taken-out")
    return TemplateResponse(request, "workspace/unknown_act.html", status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _seen(request: ResearcherRequest, search: SavedSearch) -> HttpResponse:
    """Go on to the same list, which offers to take it back."""
    form = SeenForm(request.POST)
    if not form.is_valid():
        return TemplateResponse(request, "workspace/unknown_act.html", status=HTTPStatus.UNPROCESSABLE_ENTITY)
    before = search.seen_seq
    actions.see(search, form.cleaned_data["seq"], by=request.user)
    is_forward = form.cleaned_data["seq"] >= before
    return redirect(f"{search.get_absolute_url()}?new={before}" if is_forward else search.get_absolute_url())


def _fed(request: ResearcherRequest, search: SavedSearch) -> HttpResponse:
    """The address is in this one answer and is kept nowhere."""
    token = actions.make_feed(search, by=request.user)
    address = request.build_absolute_uri(reverse("exports:search-atom", kwargs={"token": token}))
    return shown(request, finding.own(SavedSearch, search.public_id, request.user), feed_address=address)


def _restored(request: ResearcherRequest, search: SavedSearch) -> HttpResponse:
    try:
        actions.put_back(search, by=request.user)
    except actions.TooMany as error:
        page = {"advice": too_many(error)}
        return TemplateResponse(request, "workspace/unknown_act.html", page, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return redirect(search)
