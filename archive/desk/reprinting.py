"""Saying at an article's page that it is one text with another, or a text of its own after all."""

from __future__ import annotations

from django.http import HttpResponse

from archive.desk import article_pages, gate, reprint_actions
from archive.desk.deciding import decided
from archive.desk.gate import EditorRequest
from archive.desk.reprint_forms import LeaveForm, ReprintForm
from archive.models import Event


@gate.writing
def article_join(request: EditorRequest, public_id: str) -> HttpResponse:
    """Make one text of this article and the one that the form names."""
    article = article_pages.find(public_id, request.user)
    form = ReprintForm(request.POST, article=article, reader=request.user)

    def join() -> Event:
        filled = form.cleaned_data
        return reprint_actions.join([article, filled["other"]], by=request.user, why=filled["why"])[-1]

    return decided(request, article, form, join, shown_as="reprint_form")


@gate.writing
def article_leave(request: EditorRequest, public_id: str) -> HttpResponse:
    article, form = article_pages.find(public_id, request.user), LeaveForm(request.POST)
    return decided(
        request,
        article,
        form,
        lambda: reprint_actions.leave(article, by=request.user, why=form.cleaned_data["why"]),
    )
