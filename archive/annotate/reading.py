"""The page on which a text is read and written on."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from archive.access.own_text import OwnText, own_texts
from archive.annotate import actions, gate
from archive.annotate.forms import NoteForm
from archive.annotate.gate import ReaderRequest
from archive.annotate.page import reading_page
from archive.models import Article, Claim
from archive.models.vocabulary import RecordKind
from archive.records import absences

_CHOSEN = re.compile(r"(\d{1,9})-(\d{1,9})")


@gate.form_page
@absences.answered
def article_text(request: ReaderRequest, public_id: str) -> HttpResponse:
    """Read an article's newest text with its notes, and add one; 422 where the form cannot be read."""
    article = absences.find(Article.objects.for_page(), RecordKind.ARTICLE, public_id, request.user)
    texts = own_texts(article, request.user)
    own = texts[0] if texts else None
    if request.method != "POST":
        return _render(request, article, texts, NoteForm(reader=request.user, own=own, initial=_chosen(request, own)))
    form = NoteForm(request.POST, reader=request.user, own=own)
    if not form.is_valid():
        return _render(request, article, texts, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    note = actions.annotate(article, form.place, form.said(), by=request.user)
    return redirect(f"{reverse('annotate:article-text', kwargs={'public_id': public_id})}#note-{note.public_id}")


def _chosen(request: ReaderRequest, own: OwnText | None) -> dict[str, Any]:
    """The stretch that a link chooses, such as a whole paragraph: its words stand in the form, to be cut down."""
    match = _CHOSEN.fullmatch(request.GET.get("at", ""))
    if own is None or match is None or not int(match[1]) < int(match[2]) <= len(own.words):
        return {}
    start, end = int(match[1]), int(match[2])
    return {"at": f"{own.text.pk}:{start}-{end}", "quote": own.words[start:end]}


def _render(
    request: ReaderRequest, article: Article, texts: list[OwnText], form: NoteForm, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    is_own = request.GET.get("whose") == "mine"
    reading = reading_page(article, request.user, texts, at=form.begins_at, only_own=is_own)
    page = {
        "article": article,
        "headline": article.headline_for(request.user),
        "address": article.address_for(request.user),
        "page": reading,
        "is_form_beside": any(one.is_chosen for one in reading.paragraphs),
        "form": form,
        "only_own": is_own,
        "claims": Claim.objects.visible_to(request.user).reported_in(article),
        "sensitivity": article.get_sensitivity_display() if article.sensitivity else "",
    }
    return TemplateResponse(request, "annotate/article_text.html", page, status=status)
