"""How the coding screen is put together: the text, what it proposes, the form, what is coded, what is to be decided."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from archive.access.coding import CodingText, coding_text
from archive.desk import checking, coding_rows, coding_sheet, summary_forms
from archive.desk.coding_fields import PassageField
from archive.desk.coding_names import Names
from archive.desk.coding_rows import Place
from archive.desk.coding_sheet import Sheet
from archive.desk.decision_forms import RedactionForm
from archive.desk.gate import EditorRequest
from archive.desk.summary_forms import SummaryForm
from archive.models import Appearance, Article, CaptureText, Check, FormDraft, Source
from archive.text import anchor
from archive.text.proposing import Proposal, propose


@dataclass(frozen=True, slots=True)
class Answer:
    """What a page is made of. at: the passage that is chosen. sheet: the form, where it is not a fresh one.

    report: the one that is changed. draft: unsent words that are kept of the form. summary: that form, as it was sent.
    """

    at: Place | None = None
    sheet: Sheet | None = None
    report: Appearance | None = None
    problems: list[str] = field(default_factory=list)
    status: HTTPStatus = HTTPStatus.OK
    draft: FormDraft | None = None
    summary: SummaryForm | None = None


def address_of(carrier: Article | Source) -> str:
    name = "desk:article-code" if isinstance(carrier, Article) else "desk:source-code"
    return reverse(name, kwargs={"public_id": carrier.public_id})


def render(request: EditorRequest, carrier: Article | Source, answer: Answer) -> HttpResponse:
    """Show the screen: with a form as it was filled in, or filled in with what the chosen words look like."""
    is_article = isinstance(carrier, Article)
    at = answer.sheet.at if answer.sheet else answer.at
    text = coding_text(carrier, request.user, at=at) if isinstance(carrier, Article) else None
    if at and (text is None or at[0] != text.text.pk):
        # A place of an older text is none of the text beside the form.
        at = None
    names, reports = Names(request.user), list(coding_rows.reports_of(carrier, request.user).loaded())
    proposal = _proposal(text, at) if text and at else None
    page: dict[str, Any] = {
        "carrier": carrier,
        "text": text,
        "problems": answer.problems,
        "chosen": _wording(text, at, answer.report),
        "sheet": answer.sheet or _fresh(request, carrier, at, proposal, names),
        "report": answer.report,
        "action": request.path if answer.report else address_of(carrier),
        "reports": reports,
        "offered": names,
        "draft": answer.draft,
    }
    if isinstance(carrier, Article):
        page |= {
            "article": carrier,
            "redaction_form": RedactionForm(article=carrier, initial=_hiding(text, at)),
            "summary_form": answer.summary or summary_forms.begun(carrier, reports),
            "checklist": checking.checklist(list(Check.objects.of_article(carrier))),
        }
    template = "desk/article_code.html" if is_article else "desk/source_code.html"
    return TemplateResponse(request, template, page, status=answer.status)


def chosen(request: EditorRequest, carrier: Article | Source) -> tuple[Place | None, str]:
    """The passage that the address chooses, or what is wrong with it."""
    if isinstance(carrier, Source) or not request.GET.get("quote") and not request.GET.get("at"):
        return None, ""
    text = CaptureText.objects.of_article(carrier).first()
    if text is None:
        return None, ""
    if quote := _as_in_texts(request.GET.get("quote", "")):
        try:
            span = anchor.anchor_quote(text.text, quote, prefix=_as_in_texts(request.GET.get("before", "")))
        except (anchor.QuoteNotFound, anchor.QuoteIsAmbiguous) as error:
            return None, str(error)
        return (text.pk, span.start, span.end), ""
    try:
        at = PassageField(required=False).clean(request.GET.get("at"))
    except ValidationError as error:
        return None, str(error.messages[0])
    if at is None or at[0] != text.pk or at[2] > len(text.text):
        return None, _("This passage is not in the newest text: choose it again.")
    return at, ""


def _as_in_texts(typed: str) -> str:
    return unicodedata.normalize("NFC", typed.replace("\r\n", "\n"))


def _wording(text: CodingText | None, at: Place | None, report: Appearance | None) -> str:
    """The chosen words; of a report in an older text those that were coded."""
    if text and at:
        return text.text.text[at[1] : at[2]]
    passage = report.passage if report else None
    return passage.capture_text.text[passage.start : passage.end] if passage else ""


def _proposal(text: CodingText, at: Place) -> Proposal:
    sentence, zone = text.sentence_at(*at[1:])
    return propose(text.text.text, *at[1:], sentence=sentence, zone=zone)


def _fresh(
    request: EditorRequest,
    carrier: Article | Source,
    at: Place | None,
    proposal: Proposal | None,
    names: Names,
) -> Sheet:
    initial: dict[str, Any] = {}
    credits = []
    if at and proposal and isinstance(carrier, Article):
        initial |= {name: getattr(proposal, name) for name in ("act", "voice", "part", "hedge", "verb")}
        initial["at"] = f"{at[0]}:{at[1]}-{at[2]}"
        # Who was credited last is most often credited again.
        reports = coding_rows.reports_of(carrier, request.user)
        last = reports.last_credited() if proposal.voice != "own-words" else None
        if last is not None:
            credits = [{"source": names.typed(last.source), "how": last.how, "basis": last.basis}]
            initial["speaker"] = names.typed(last.appearance.speaker)
    numbers = [
        {"comparator": one.comparator, "low": one.low, "high": one.high, "span": f"{one.start}-{one.end}"}
        for one in (proposal.figures if proposal else ())
    ]
    return coding_sheet.fresh(initial, carrier=carrier, reader=request.user, credits=credits, figures=numbers)


def _hiding(text: CodingText | None, at: Place | None) -> dict[str, Any]:
    if text is None or at is None:
        return {}
    whole, (_pk, start, end) = text.text.text, at
    context = {"before": whole[max(0, start - 24) : start], "after": whole[end : end + 24]}
    return {"text": text.text, "quote": whole[start:end], **context}
