"""The article's summary, in the archive's own words: the coding screen begins it with what the coded claims say."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from archive.desk import actions, article_pages, coding_screen, gate, rules
from archive.desk.coding_screen import Answer
from archive.desk.gate import EditorRequest
from archive.desk.summary_forms import SummaryForm
from archive.history import versions
from archive.models import Article


@gate.writing
def summary_save(request: EditorRequest, public_id: str) -> HttpResponse:
    """Save the summary as an edit of the article."""
    article = article_pages.find(public_id, request.user)
    form = SummaryForm(request.POST, article=article)
    if not form.is_valid():
        return _again(request, article, form, _("The summary was not saved: look at its form."))
    filled = form.cleaned_data
    values, why = {"summary": filled["summary"]}, filled.get("why", "")
    try:
        actions.edit(article, values, by=request.user, version=filled["version"], why=why)
    except rules.ReasonMissing as error:
        return _again(request, article, form, str(error))
    except versions.StaleVersion as error:
        stored = article_pages.find(public_id, request.user)
        again = SummaryForm(request.POST.dict() | {"version": stored.version}, article=stored)
        told = _("%(problem)s Stored is: “%(stored)s”.") % {"problem": error, "stored": stored.summary or "—"}
        return _again(request, stored, again, told, status=HTTPStatus.CONFLICT)
    except rules.NothingChanged:
        # Sent twice, or as it is stored: it stands there.
        pass
    return redirect(coding_screen.address_of(article) + "#summary")


def _again(
    request: EditorRequest,
    article: Article,
    form: SummaryForm,
    problem: str,
    *,
    status: HTTPStatus = HTTPStatus.UNPROCESSABLE_ENTITY,
) -> HttpResponse:
    return coding_screen.render(request, article, Answer(problems=[problem], status=status, summary=form))
