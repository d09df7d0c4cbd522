"""The coding screen: the captured text on one side, the record on the other.

A sentence is a link that chooses it, so a passage is chosen by mouse, by keyboard and without scripts; a script adds
choosing any stretch of words. What the chosen words look like is filled in; the editor says which claim it is.
"""

from __future__ import annotations

import unicodedata
from http import HTTPStatus
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from archive.access.coding import CodingText, coding_text
from archive.desk import article_pages, checking, coding_actions, drafting, gate, rules, work_actions
from archive.desk.coding_actions import CodedFigure, CodedReport, Span
from archive.desk.coding_forms import FigureForm, PassageField, ReportForm, figure_forms
from archive.desk.decision_forms import RedactionForm
from archive.desk.gate import EditorRequest
from archive.models import Actor, Appearance, Article, Check, Claim, FormDraft, Measure, Source
from archive.models.vocabulary import Part, Voice
from archive.text import anchor
from archive.text.proposing import Proposal, propose

# Names offered while typing: those that were changed last.
OFFERED = 400
OF_THE_REPORT = ("act", "voice", "part", "hedge", "verb", "note")


@gate.form_page
def article_code(request: EditorRequest, public_id: str) -> HttpResponse:
    """The screen, and the saving of a report. ``at`` chooses a passage by its place, ``quote`` (with ``before``) by its
    words; ``after`` says where the last one ended; ``unsent`` takes kept words up.
    """
    article = article_pages.find(public_id, request.user)
    if request.method == "POST":
        return _save(request, article)
    draft = drafting.kept(request.path, request.user)
    if draft and drafting.is_taken_up(request):
        data = drafting.data(draft)
        form = ReportForm(data, carrier=article, reader=request.user)
        at = form.cleaned_data.get("at") if form.is_valid() or "at" in form.cleaned_data else None
        return screen(request, article, at=at, form=form, numbers=figure_forms(data))
    at, problem = _chosen(request, article)
    if request.GET.get("quote") and at:
        return redirect(f"{request.path}?at={at[0]}:{at[1]}-{at[2]}#code")
    return screen(request, article, at=at, problems=[problem] if problem else [], draft=draft)


def _save(request: EditorRequest, article: Article) -> HttpResponse:
    form, numbers = ReportForm(request.POST, carrier=article, reader=request.user), figure_forms(request.POST)
    # Each is looked at, so that every mistake is told at once.
    is_right = all([form.is_valid(), *(number.is_valid() for number in numbers)])
    if not is_right:
        return _again(request, article, form, numbers, [_("Nothing was saved: look at the form.")])
    coded = _coded(form, [number for number in numbers if number.is_filled])
    try:
        coding_actions.code_report(article, coded, by=request.user, why=form.cleaned_data.get("why", ""))
    except rules.ReasonMissing as error:
        return _again(request, article, form, numbers, [str(error)])
    except rules.NotReadyToPublish as error:
        return _again(request, article, form, numbers, error.reasons)
    work_actions.drop_draft(request.path, by=request.user)
    after = coded.at[2] if coded.at else 0
    return redirect(f"{request.path}?after={after}#reports")


@gate.writing
def report_remove(request: EditorRequest, public_id: str, report: str) -> HttpResponse:
    article = article_pages.find(public_id, request.user)
    try:
        found = Appearance.objects.visible_to(request.user).in_article(article).get(public_id=report)
    except Appearance.DoesNotExist as error:
        raise Http404 from error
    try:
        coding_actions.take_back(found, by=request.user, why=request.POST.get("why", "")[:500])
    except rules.ReasonMissing as error:
        return screen(request, article, problems=[str(error)], status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return redirect("desk:article-code", public_id=public_id)


@gate.form_page
def source_code(request: EditorRequest, public_id: str) -> HttpResponse:
    """What a source itself reports, and whose word it takes for it."""
    try:
        source = Source.objects.visible_to(request.user).select_related("article").get(public_id=public_id)
    except Source.DoesNotExist as error:
        raise Http404 from error
    initial = {"voice": Voice.OWN_WORDS, "part": Part.BODY}
    sent = request.POST if request.method == "POST" else None
    form = ReportForm(sent, initial=initial, carrier=source, reader=request.user)
    problems = []
    if sent is not None and form.is_valid():
        try:
            why = form.cleaned_data.get("why", "")
            coding_actions.code_source_report(source, _coded(form, []), by=request.user, why=why)
            return redirect("desk:source-code", public_id=public_id)
        except rules.ReasonMissing as error:
            problems = [str(error)]
    elif sent is not None:
        problems = [_("Nothing was saved: look at the form.")]
    page = {
        "source": source,
        "form": form,
        "problems": problems,
        "reports": Appearance.objects.visible_to(request.user).in_source(source).loaded(),
        "offered": _offered(request),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if problems else HTTPStatus.OK
    return TemplateResponse(request, "desk/source_code.html", page, status=status)


def screen(
    request: EditorRequest,
    article: Article,
    *,
    at: tuple[int, int, int] | None = None,
    problems: list[str] | None = None,
    status: HTTPStatus = HTTPStatus.OK,
    form: ReportForm | None = None,
    numbers: list[FigureForm] | None = None,
    draft: FormDraft | None = None,
) -> HttpResponse:
    """Show the screen; with a form as it was filled in, or filled in with what the chosen words look like."""
    text = coding_text(article, request.user, chosen=at[1:] if at else None)
    proposal = _proposal(text, at[1:]) if text and at else None
    reports = Appearance.objects.visible_to(request.user).in_article(article).loaded()
    page = {
        "article": article,
        "text": text,
        "problems": problems or [],
        "chosen": text.text.text[at[1] : at[2]] if text and at else "",
        "at": at,
        "form": form or _report_form(request, article, at, proposal),
        "numbers": numbers or figure_forms(initial=_numbers(proposal)),
        "reports": reports,
        "redaction_form": RedactionForm(article=article, initial=_hiding(text, at)),
        "checklist": checking.checklist(list(Check.objects.of_article(article))),
        "offered": _offered(request),
        "draft": draft,
    }
    return TemplateResponse(request, "desk/article_code.html", page, status=status)


def _again(
    request: EditorRequest, article: Article, form: ReportForm, numbers: list[FigureForm], problems: list[str]
) -> HttpResponse:
    at = form.cleaned_data.get("at")
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    return screen(request, article, at=at, problems=problems, status=status, form=form, numbers=numbers)


def _chosen(request: EditorRequest, article: Article) -> tuple[tuple[int, int, int] | None, str]:
    """The passage that the address chooses, or what is wrong with it."""
    text = coding_text(article, request.user)
    if text is None:
        return None, ""
    whole = text.text.text
    if quote := _as_in_texts(request.GET.get("quote", "")):
        try:
            span = anchor.anchor_quote(whole, quote, prefix=_as_in_texts(request.GET.get("before", "")))
        except (anchor.QuoteNotFound, anchor.QuoteIsAmbiguous) as error:
            return None, str(error)
        return (text.text.pk, span.start, span.end), ""
    if not request.GET.get("at"):
        return None, ""
    form = PassageField(required=False)
    try:
        at = form.clean(request.GET["at"])
    except ValidationError as error:
        return None, str(error.messages[0])
    if at is None or at[0] != text.text.pk or at[2] > len(whole):
        return None, _("This passage is not in the newest text: choose it again.")
    return at, ""


def _as_in_texts(typed: str) -> str:
    return unicodedata.normalize("NFC", typed.replace("\r\n", "\n"))


def _proposal(text: CodingText, span: Span) -> Proposal:
    sentence, zone = text.sentence_at(*span)
    return propose(text.text.text, *span, sentence=sentence, zone=zone)


def _report_form(
    request: EditorRequest, article: Article, at: tuple[int, int, int] | None, proposal: Proposal | None
) -> ReportForm:
    initial: dict[str, Any] = {"voice": Voice.OWN_WORDS, "part": Part.BODY}
    if at and proposal:
        initial |= {name: getattr(proposal, name) for name in ("act", "voice", "part", "hedge", "verb")}
        initial["at"] = f"{at[0]}:{at[1]}-{at[2]}"
        if proposal.voice != "own-words":
            # Who was credited last is most often credited again.
            last = Appearance.objects.visible_to(request.user).in_article(article).last_credited()
            if last is not None:
                initial |= {"source": str(last.source), "how": last.how, "basis": last.basis}
                initial["speaker"] = str(last.appearance.speaker or "")
    return ReportForm(initial=initial, carrier=article, reader=request.user)


def _numbers(proposal: Proposal | None) -> list[dict[str, Any]]:
    return [
        {"comparator": one.comparator, "low": one.low, "high": one.high, "span": f"{one.start}-{one.end}"}
        for one in (proposal.figures if proposal else ())
    ]


def _hiding(text: CodingText | None, at: tuple[int, int, int] | None) -> dict[str, Any]:
    if text is None or at is None:
        return {}
    whole, (_pk, start, end) = text.text.text, at
    context = {"before": whole[max(0, start - 24) : start], "after": whole[end : end + 24]}
    return {"text": text.text, "quote": whole[start:end], **context}


def _offered(request: EditorRequest) -> dict[str, Any]:
    """Names to choose from, of what was changed last. Four queries."""
    return {
        "claims": Claim.objects.visible_to(request.user).recently_changed()[:OFFERED],
        "actors": Actor.objects.visible_to(request.user).recently_changed()[:OFFERED],
        "sources": Source.objects.visible_to(request.user).recently_changed().select_related("article")[:OFFERED],
        "measures": Measure.objects.visible_to(request.user).order_by("slug")[:OFFERED],
    }


def _coded(form: ReportForm, numbers: list[FigureForm]) -> CodedReport:
    filled = form.cleaned_data
    return CodedReport(
        at=filled["at"],
        claim=filled["claim"],
        terms={name: filled[name] for name in OF_THE_REPORT},
        speaker=filled["speaker"],
        source=filled["source"],
        how=filled["how"],
        basis=filled["basis"],
        tactics=tuple(filled["tactics"]),
        figures=[_coded_figure(number) for number in numbers],
        new={name: filled[name] for name in ("claim_kind", "speaker_kind", "source_kind", "people", "places")},
    )


def _coded_figure(number: FigureForm) -> CodedFigure:
    filled = number.cleaned_data
    return CodedFigure(
        comparator=filled["comparator"],
        low=filled["low"],
        high=filled["high"],
        measure=filled["measure"],
        as_of=filled["as_of"],
        counting=filled["counting"] or "not-stated",
        span=filled["span"],
    )
