"""The desk's page of one article: all that is held of it, with a form for each decision."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse

from archive.access import texts
from archive.desk.decision_forms import CheckForm, HarmForm, RedactionForm, SubmitForm, WithdrawForm
from archive.desk.gate import EditorRequest
from archive.models import Appearance, Article, Capture, CaptureText, Check, Citation, Passage, Person
from archive.models.vocabulary import CheckDecision


@dataclass(frozen=True, slots=True)
class HeldCapture:
    """A capture with the newest text taken from it, and the form for its do-no-harm check."""

    capture: Capture
    paragraphs: Any
    form: HarmForm


def find(public_id: str, user: Person) -> Article:
    """The article with what its page needs. Raises Http404."""
    try:
        return Article.objects.visible_to(user).for_page().get(public_id=public_id)
    except Article.DoesNotExist as error:
        raise Http404 from error


def render(
    request: EditorRequest,
    article: Article,
    *,
    status: HTTPStatus = HTTPStatus.OK,
    problems: list[str] | None = None,
    forms: dict[str, BaseForm] | None = None,
) -> HttpResponse:
    """Show the page. problems: what went wrong with the form that was sent; forms: that form, as it was filled in."""
    visible = texts.texts_for([article], request.user)[article.pk]
    versioned = {"version": article.version}
    page = {
        "article": article,
        "problems": problems or [],
        "visible": visible,
        "captures": _captures(article, request.user),
        "missing": Passage.objects.not_in(CaptureText.objects.of_article(article).first()),
        "checks": _checks(article),
        "decided": [check for check in Check.objects.of_article(article) if check.decision != CheckDecision.OPEN],
        "reports": _reports(article, visible),
        "citations": Citation.objects.for_article(article),
        "submit_form": SubmitForm(initial=versioned),
        "withdraw_form": WithdrawForm(initial=versioned),
        "redaction_form": RedactionForm(article=article),
        **(forms or {}),
    }
    return TemplateResponse(request, "desk/article_detail.html", page, status=status)


def _captures(article: Article, reader: Person) -> list[HeldCapture]:
    captured = texts.captured_texts(article, reader)
    return [
        HeldCapture(capture, captured.get(capture.pk, ()), HarmForm(initial={"seen": capture.harm_review}))
        for capture in article.captures.all()
    ]


def _checks(article: Article) -> list[tuple[Check, CheckForm]]:
    return [
        (check, CheckForm(article=article, initial={"check": check}))
        for check in Check.objects.of_article(article).open()
    ]


def _reports(article: Article, visible: texts.VisibleText) -> list[tuple[Appearance, str]]:
    """What the article reports, each with its wording, or why there is none."""
    found = []
    for report in Appearance.objects.in_article(article).loaded():
        quote = visible.quote(report.passage_id)
        found.append((report, quote.plain if quote else visible.absence(report.passage_id)))
    return found
