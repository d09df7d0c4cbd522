"""The public page of an article before it is public, as a reader without an account would see it."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from archive.desk import article_pages, gate, preview_actions
from archive.desk.gate import EditorRequest
from archive.models import Article
from archive.models.vocabulary import RecordStatus
from archive.records import groups
from archive.records.articles import article_record


@gate.reading
def article_preview(request: EditorRequest, public_id: str) -> HttpResponse:
    """Answer with the article's public page, marked as a preview; 422 where there could be none."""
    article = article_pages.find(public_id, request.user)
    advice = ""
    if article.status == RecordStatus.WITHDRAWN:
        advice = _("It was withdrawn: readers are told the kind of reason and the day, and nothing else.")
    elif not article.headline and not article.headline_withheld:
        advice = _(
            "It has no headline yet, and without one there is no public page: fill it in, or mark it as withheld."
        )
    if advice:
        words = {"advice": advice}
        return TemplateResponse(request, "desk/message.html", words, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    answer = preview_actions.as_if_published(article, lambda: _page(request, article), by=request.user)
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _page(request: EditorRequest, article: Article) -> HttpResponse:
    """The page as made for nobody in particular, whole: nothing is read later."""
    reader = AnonymousUser()
    found = Article.objects.visible_to(reader).for_page().get(pk=article.pk)
    record = article_record(found, reader)
    context = {
        "article": record,
        "claims": groups.by_claim(record.reports),
        "passages": groups.marked(record),
        "preview_of": article,
    }
    # The frame of the page asks who reads it, too.
    request.user = reader  # type: ignore[assignment]  # as for any reader without an account
    return TemplateResponse(request, "browse/article_detail.html", context).render()
