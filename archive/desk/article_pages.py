"""The desk's page of one article: all that is held of it, with a form for each decision."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse

from archive.access import texts
from archive.desk import checking, hands, revisions, second_person, talking
from archive.desk.decision_forms import (
    CheckForm,
    HarmForm,
    RedactionForm,
    SendBackForm,
    SubmitForm,
    WithdrawForm,
)
from archive.desk.gate import EditorRequest
from archive.desk.reprint_forms import LeaveForm, ReprintForm
from archive.desk.revisions import Revision
from archive.models import Appearance, Article, Capture, CaptureText, Citation, Event, Passage, Person
from archive.models.vocabulary import RecordKind, RecordStatus


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
    checks = checking.checks_of(article, request.user, visible)
    versioned = {"version": article.version}
    page = {
        "article": article,
        "problems": problems or [],
        "visible": visible,
        "captures": _captures(article, request.user),
        "missing": Passage.objects.not_in(CaptureText.objects.of_article(article).first()),
        "checks": checks,
        "check_forms": [(one, CheckForm(article=article, initial={"check": one.check})) for one in checks.open],
        "reports": _reports(article, visible),
        "citations": Citation.objects.for_article(article),
        "submit_form": SubmitForm(initial=versioned),
        "send_back_form": SendBackForm(initial=versioned),
        "sent_back": _sent_back(article),
        "against": second_person.reasons_against(article, request.user),
        "hands": hands.row(article),
        "editors": hands.editors(),
        "talk": talking.of_record(RecordKind.ARTICLE, article.public_id, request.user),
        "withdraw_form": WithdrawForm(initial=versioned),
        "redaction_form": RedactionForm(article=article),
        "reprints": _reprints(article, request.user),
        "reprint_form": ReprintForm(article=article, reader=request.user),
        "leave_form": LeaveForm(),
        **(forms or {}),
    }
    return TemplateResponse(request, "desk/article_detail.html", page, status=status)


def _sent_back(article: Article) -> Revision | None:
    """Why a draft is one again. Three queries, for drafts alone."""
    if article.status != RecordStatus.DRAFT:
        return None
    events = Event.objects.of_record(RecordKind.ARTICLE, article.public_id)
    back = events.moving("status", old=RecordStatus.IN_REVIEW, new=RecordStatus.DRAFT)[:1]
    return next(iter(revisions.read(back)), None)


def _reprints(article: Article, reader: Person) -> list[Article]:
    """The other articles of the same text. One query where an editor said that there are any."""
    return list(Article.objects.visible_to(reader).of_text(article.reprint_group_id, but=article.pk))


def _captures(article: Article, reader: Person) -> list[HeldCapture]:
    captured = texts.captured_texts(article, reader)
    return [
        HeldCapture(capture, captured.get(capture.pk, ()), HarmForm(initial={"seen": capture.harm_review}))
        for capture in article.captures.all()
    ]


def _reports(article: Article, visible: texts.VisibleText) -> list[tuple[Appearance, str]]:
    """What the article reports, each with its wording, or why there is none."""
    found = []
    for report in Appearance.objects.in_article(article).loaded():
        quote = visible.quote(report.passage_id)
        found.append((report, quote.plain if quote else visible.absence(report.passage_id)))
    return found
