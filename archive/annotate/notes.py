"""One note: read it, answer it, change or remove one's own, and what an editor decides of one that is proposed."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django import forms
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from archive.access.own_text import own_texts
from archive.annotate import actions, gate
from archive.annotate.forms import DeclineForm, NoteForm, PublishForm, ReplyForm, VersionForm
from archive.annotate.gate import ReaderRequest
from archive.models import Annotation, Claim
from archive.models.base import is_desk
from archive.models.vocabulary import Sharing
from archive.records.annotations import annotation_records


@gate.form_page
def annotation_detail(request: ReaderRequest, public_id: str) -> HttpResponse:
    """A note with its answers; to its author with a form to change it. 409 where it was changed meanwhile."""
    note = _find(request, public_id)
    if request.method != "POST":
        return _render(request, note)
    if note.author_id != request.user.pk or note.reply_to_id is not None:
        return _render(request, note, problem=_("Only its author changes a note."), status=HTTPStatus.FORBIDDEN)
    form = _form(request, note, request.POST)
    if not form.is_valid():
        return _render(request, note, form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        actions.change(note, form.said(), version=form.cleaned_data["version"], by=request.user, place=form.place)
    except actions.StaleNote as stale:
        typed = request.POST.copy()
        typed["version"] = str(stale.stored.version)
        form = _form(request, stale.stored, typed)
        problem = _("You changed it elsewhere meanwhile. What is stored stands above the form; saving replaces it.")
        return _render(request, stale.stored, form=form, problem=problem, status=HTTPStatus.CONFLICT)
    return redirect(_at_text(note))


@gate.writing
def annotation_reply(request: ReaderRequest, public_id: str) -> HttpResponse:
    """Answer a note that this reader sees; 422 for what cannot be said."""
    note = _find(request, public_id)
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return _render(request, note, reply=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    actions.reply(note, form.cleaned_data["body"], sharing=form.cleaned_data["sharing"], by=request.user)
    return redirect(_at_text(note.reply_to or note))


@gate.writing
def annotation_remove(request: ReaderRequest, public_id: str) -> HttpResponse:
    """Remove one's own note; 404 for anybody else's."""
    note = get_object_or_404(Annotation.objects.visible_to(request.user).of(request.user), public_id=public_id)
    form = VersionForm(request.POST)
    if not form.is_valid():
        return _render(request, note, problem=_unread(form), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        actions.remove(note, version=form.cleaned_data["version"], by=request.user)
    except actions.StaleNote as stale:
        problem = _("You changed it elsewhere since you opened this page. It was not removed.")
        return _render(request, stale.stored, problem=problem, status=HTTPStatus.CONFLICT)
    return redirect("annotate:annotation-list")


@gate.deciding
def annotation_publish(request: ReaderRequest, public_id: str) -> HttpResponse:
    """Show a proposed note to everybody; 409 with what stands against it."""
    note = _find(request, public_id)
    form = PublishForm(request.POST)
    if not form.is_valid():
        return _render(request, note, problem=_unread(form), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        actions.publish(note, by=request.user, **form.cleaned_data)
    except actions.NotToBePublished as refused:
        return _render(request, note, problem=str(refused), status=HTTPStatus.CONFLICT)
    except actions.StaleNote as stale:
        return _render(request, stale.stored, problem=_stale(), status=HTTPStatus.CONFLICT)
    return redirect(note)


@gate.deciding
def annotation_decline(request: ReaderRequest, public_id: str) -> HttpResponse:
    """Leave a proposed note to researchers and editors, or take a published one back."""
    note = _find(request, public_id)
    form = DeclineForm(request.POST)
    if form.is_valid() and note.sharing == Sharing.PUBLISHED and not form.cleaned_data["why"]:
        form.add_error("why", _("Say why it is taken back from everybody."))
    if not form.is_valid():
        return _render(request, note, problem=_unread(form), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if note.sharing not in (Sharing.PROPOSED, Sharing.PUBLISHED):
        return _render(request, note, problem=_stale(), status=HTTPStatus.CONFLICT)
    try:
        actions.decline(note, by=request.user, **form.cleaned_data)
    except actions.StaleNote as stale:
        return _render(request, stale.stored, problem=_stale(), status=HTTPStatus.CONFLICT)
    return redirect("annotate:annotation-list")


def _find(request: ReaderRequest, public_id: str) -> Annotation:
    return get_object_or_404(Annotation.objects.visible_to(request.user).loaded(), public_id=public_id)


def _form(request: ReaderRequest, note: Annotation, typed: QueryDict | None = None) -> NoteForm:
    """The form of one's own note, as typed or as stored."""
    texts = own_texts(note.article, request.user) if note.article.is_published or is_desk(request.user) else []
    own = texts[0] if texts else None
    if typed is not None:
        return NoteForm(typed, reader=request.user, own=own, note=note)
    stored: dict[str, Any] = {
        "motivation": note.motivation,
        "sharing": Sharing.PROPOSED if note.sharing == Sharing.PUBLISHED else note.sharing,
        "body": note.body,
        "tags": ", ".join(row.tag for row in note.tag_rows.all()),
        "tactics": [tactic.slug for tactic in note.tactics.all()],
        "claim": note.claim.sentence if note.claim else "",
    }
    return NoteForm(initial=stored, reader=request.user, own=own, note=note)


def _render(
    request: ReaderRequest,
    note: Annotation,
    *,
    form: NoteForm | None = None,
    reply: ReplyForm | None = None,
    problem: str = "",
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    root = Annotation.objects.visible_to(request.user).loaded().by_pks([note.reply_to_id or note.pk]).first()
    shown = Annotation.objects.visible_to(request.user).loaded().by_pks([note.pk]).first()
    if shown is None:
        raise Http404
    (record,) = annotation_records([root or shown], request.user)
    is_own = shown.author_id == request.user.pk and shown.reply_to_id is None
    page = {
        "note": record,
        "asked": shown.public_id,
        "form": form or (_form(request, shown) if is_own else None),
        "reply": reply or ReplyForm(auto_id="reply_%s"),
        "problem": problem,
        "decides": is_desk(request.user) and shown.sharing in (Sharing.PROPOSED, Sharing.PUBLISHED),
        "publish": PublishForm(initial={"version": shown.version}, auto_id="publish_%s"),
        "decline": DeclineForm(initial={"version": shown.version}, auto_id="decline_%s"),
        "claims": Claim.objects.visible_to(request.user).reported_in(shown.article) if is_own else [],
    }
    return TemplateResponse(request, "annotate/annotation_detail.html", page, status=status)


def _at_text(note: Annotation) -> str:
    page = reverse("annotate:article-text", kwargs={"public_id": note.article.public_id})
    return f"{page}#note-{note.public_id}"


def _unread(form: forms.Form) -> str:
    """What is wrong with a form that has no field of its own on the page."""
    return " ".join(str(error) for errors in form.errors.values() for error in errors)


def _stale() -> str:
    return _("It was changed since you opened the page: read it again, then decide.")
