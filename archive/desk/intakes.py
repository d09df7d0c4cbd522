"""Adding an article: three ways in on one page, and a page that tells what becomes of it.

Each POST notes what was asked for, keeps its bytes first, and answers at once; a worker does what takes time. A pasted
text needs none of it and is a draft when the page is shown.
"""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from archive.captures import store
from archive.desk import gate, intake_actions, intake_reading, intake_work, rules
from archive.desk.gate import EditorRequest
from archive.desk.intake_actions import Asked
from archive.desk.intake_forms import WAYS, FileForm, PageForm, WayForm
from archive.models import Intake
from archive.models.vocabulary import BOUNDS_ONLY, CaptureMethod, DateBasis, IntakeState, RecordStatus
from archive.text.addresses import NotAnAddress, address_key

PAGE_SIZE = 50
# How many that wait are looked at for the same address.
_LOOKED_AT = 500
_METHODS = {"address": CaptureMethod.FETCHED, "file": CaptureMethod.UPLOADED, "text": CaptureMethod.PASTED}


@gate.form_page
def intake_create(request: EditorRequest) -> HttpResponse:
    """Show the three forms, or take one of them."""
    if request.method != "POST":
        return _ways(request)
    form = _form(request)
    if form is None:
        return _ways(request, problem=_("Choose one of the three ways."), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if isinstance(form, FileForm) and _is_too_large(form):
        problem = _("This file is larger than %(size)d MB. Save the page alone, or paste its text.")
        return _ways(
            request,
            form,
            problem=problem % {"size": settings.ARCHIVE_UPLOAD_MB},
            status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        )
    if not form.is_valid():
        return _ways(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    asked, text = _asked(form)
    waiting = _on_its_way(request, asked)
    if waiting is not None:
        return _ways(request, form, waiting=waiting, status=HTTPStatus.CONFLICT)
    # A web archive may hold many articles: its bytes say nothing.
    blob = "" if asked.media_type == intake_reading.WEB_ARCHIVE else asked.blob
    held = intake_actions.held([_key(asked.address)], blob=blob, by=request.user)
    intake = intake_actions.begin(replace(asked, held=held), by=request.user)
    if text and intake.state == IntakeState.WAITING and len(text) <= intake_reading.AT_ONCE:
        intake_work.take_in(intake)
    return redirect(intake)


def _form(request: EditorRequest) -> WayForm | None:
    kind = WAYS.get(request.POST.get("way", ""))
    if kind is None:
        return None
    return FileForm(request.POST, request.FILES) if kind is FileForm else kind(request.POST)


def _is_too_large(form: FileForm) -> bool:
    file = form.files.get("file")
    return bool(file and (file.size or 0) > settings.ARCHIVE_UPLOAD_MB * 1024 * 1024)


def _asked(form: WayForm) -> tuple[Asked, str]:
    """What was sent, its bytes kept; and the text, where it was pasted."""
    filled = form.cleaned_data
    asked = Asked(_METHODS[form.way], filled["address"], filled.get("outlet", ""))
    if form.way == "address":
        return asked, ""
    text = filled.get("text", "")
    body = text.encode() if text else filled["file"].read()
    name = "" if text else filled["file"].name
    media_type = intake_reading.PLAIN if text else intake_reading.media_type_of(body, name)
    kept = replace(asked, file_name=name, blob=store.keep(body), size=len(body), media_type=media_type)
    return kept, text


def _on_its_way(request: EditorRequest, asked: Asked) -> Intake | None:
    """An intake of the same address or bytes that has not ended yet. Two queries."""
    unfinished = Intake.objects.visible_to(request.user).unfinished()
    if asked.blob and (found := unfinished.of_bytes(asked.blob).first()):
        return found
    key = _key(asked.address)
    same = (one for one in unfinished[:_LOOKED_AT] if key and _key(one.address) == key)
    return next(same, None)


def _key(address: str) -> str:
    try:
        return address_key(address) if address else ""
    except NotAnAddress:
        return ""


def _ways(
    request: EditorRequest,
    form: WayForm | None = None,
    *,
    problem: str = "",
    waiting: Intake | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    """Show the three forms, one of them as it was filled in."""
    forms = {f"{way}_form": kind() for way, kind in WAYS.items()}
    if form is not None:
        forms[f"{form.way}_form"] = form
    page = {
        **forms,
        "problem": problem,
        "waiting": waiting,
        "most": settings.ARCHIVE_UPLOAD_MB,
        "fetches": settings.ARCHIVE_FETCH,
    }
    return TemplateResponse(request, "desk/intake_create.html", page, status=status)


@gate.reading
def intake_list(request: EditorRequest) -> HttpResponse:
    """What is on its way, the oldest first, and what came to an end lately."""
    intakes = Intake.objects.visible_to(request.user)
    page = Paginator(intakes.unfinished().with_articles(), PAGE_SIZE).get_page(request.GET.get("page"))
    ended = intakes.ended().with_articles()[:20]
    return TemplateResponse(request, "desk/intake_list.html", {"page": page, "ended": ended})


@gate.reading
def intake_detail(request: EditorRequest, public_id: str) -> HttpResponse:
    return _page(request, _find(request, public_id))


@gate.writing
def intake_answer(request: EditorRequest, public_id: str) -> HttpResponse:
    """Answer what an intake asks: which page, another copy, another article, or leave it."""
    intake = _find(request, public_id)
    try:
        match request.POST.get("answer", ""):
            case "page":
                pages = _pages(intake)
                form = PageForm(request.POST, pages=pages)
                if not form.is_valid():
                    return _not_chosen(request, intake)
                page = pages[form.cleaned_data["page"]]
                intake_actions.choose_page(intake, page["number"], page["found_in"], by=request.user)
            case "copy":
                intake_actions.take_as_copy(intake, by=request.user)
            case "new":
                intake_actions.take_as_new(intake, by=request.user)
            case "leave":
                intake_actions.leave(intake, by=request.user)
            case _:
                return _not_chosen(request, intake)
    except rules.AlreadyDecided:
        told = _("This was answered since you opened it. Look at it as it is now.")
        return _page(request, _find(request, public_id), problem=told, status=HTTPStatus.CONFLICT)
    return redirect(intake)


def _not_chosen(request: EditorRequest, intake: Intake) -> HttpResponse:
    return _page(request, intake, problem=_("Choose one of those below."), status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _find(request: EditorRequest, public_id: str) -> Intake:
    try:
        return Intake.objects.visible_to(request.user).with_articles().get(public_id=public_id)
    except Intake.DoesNotExist as error:
        raise Http404 from error


def _pages(intake: Intake) -> list[dict[str, Any]]:
    return [one for one in intake.proposals if one["field"] == "page"] if intake.state == IntakeState.CHOOSING else []


def _page(
    request: EditorRequest, intake: Intake, *, problem: str = "", status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    pages = _pages(intake)
    is_held = intake.state == IntakeState.CHOOSING and intake.article is not None
    found = {
        "intake": intake,
        "problem": problem,
        "pages": pages,
        "is_held": is_held,
        "may_be_copy": is_held and intake.article and intake.article.status != RecordStatus.WITHDRAWN,
        "proposals": [_readable(one) for one in intake.proposals] if intake.state == IntakeState.DONE else [],
        "is_waiting": intake.state == IntakeState.WAITING,
    }
    return TemplateResponse(request, "desk/intake_detail.html", found, status=status)


def _readable(one: dict[str, Any]) -> dict[str, Any]:
    """A proposal for the page: what field it is of, and what it can say."""
    fields = {
        "headline": _("Headline"),
        "byline": _("Byline"),
        "outlet": _("Outlet"),
        "language": _("Language"),
        "address": _("Address"),
        "description": _("Description"),
        "published": _("Day of publication"),
    }
    basis = DateBasis(one["basis"]) if one["basis"] in DateBasis.values else None
    return {
        "label": fields.get(one["field"], one["field"]),
        "value": one["value"],
        "where": one["found_in"],
        "basis": basis.label if basis else "",
        "only_bounds": one.get("only_bounds") or basis in BOUNDS_ONLY,
        "is_taken": one.get("is_taken", False),
    }
