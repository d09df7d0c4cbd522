"""The coding screen: the captured text on one side, the record on the other.

A sentence is a link that chooses it, so a passage is chosen by mouse, by keyboard and without scripts; a script adds
choosing any stretch of words. What the chosen words look like is filled in; the editor says which claim it is.
"""

from __future__ import annotations

from http import HTTPStatus

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from archive.desk import article_pages, coding_actions, coding_screen, coding_sheet, drafting, gate, rules, work_actions
from archive.desk.coding_screen import Answer
from archive.desk.coding_sheet import Sheet
from archive.desk.gate import EditorRequest
from archive.history import versions
from archive.models import Appearance, Article, Source


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
        sheet = coding_sheet.sent(drafting.data(draft), carrier=article, reader=request.user)
        return coding_screen.render(request, article, Answer(sheet=sheet))
    at, problem = coding_screen.chosen(request, article)
    if request.GET.get("quote") and at:
        return redirect(f"{request.path}?at={at[0]}:{at[1]}-{at[2]}#code")
    return coding_screen.render(request, article, Answer(at=at, problems=[problem] if problem else [], draft=draft))


@gate.form_page
def source_code(request: EditorRequest, public_id: str) -> HttpResponse:
    """What a source itself reports, and whose word it takes for it."""
    try:
        source = Source.objects.visible_to(request.user).select_related("article").get(public_id=public_id)
    except Source.DoesNotExist as error:
        raise Http404 from error
    if request.method == "POST":
        return _save(request, source)
    draft = drafting.kept(request.path, request.user)
    if draft and drafting.is_taken_up(request):
        sheet = coding_sheet.sent(drafting.data(draft), carrier=source, reader=request.user)
        return coding_screen.render(request, source, Answer(sheet=sheet))
    return coding_screen.render(request, source, Answer(draft=draft))


@gate.form_page
def report_edit(request: EditorRequest, report: str) -> HttpResponse:
    """A coded report in the form that it was coded in, to be changed; ``at`` chooses another passage for it."""
    found, carrier = _find(request, report)
    if request.method == "POST":
        return _save(request, carrier, found)
    draft = drafting.kept(request.path, request.user)
    if draft and drafting.is_taken_up(request):
        sheet = coding_sheet.sent(drafting.data(draft), carrier=carrier, reader=request.user, report=found)
        return coding_screen.render(request, carrier, Answer(sheet=sheet, report=found))
    at, problem = coding_screen.chosen(request, carrier)
    sheet = coding_sheet.held(found, carrier=carrier, reader=request.user, at=at)
    problems = [problem] if problem else []
    return coding_screen.render(request, carrier, Answer(sheet=sheet, report=found, draft=draft, problems=problems))


@gate.writing
def report_remove(request: EditorRequest, report: str) -> HttpResponse:
    """Take a coded report back."""
    found, carrier = _find(request, report)
    try:
        coding_actions.take_back(found, by=request.user, why=request.POST.get("why", "")[:500])
    except rules.ReasonMissing as error:
        answer = Answer(problems=[str(error)], status=HTTPStatus.UNPROCESSABLE_ENTITY)
        return coding_screen.render(request, carrier, answer)
    except Appearance.DoesNotExist as error:
        raise Http404 from error
    return redirect(coding_screen.address_of(carrier) + "#reports")


def _find(request: EditorRequest, public_id: str) -> tuple[Appearance, Article | Source]:
    """A report, and what carries it. Raises Http404."""
    try:
        found = Appearance.objects.visible_to(request.user).loaded().get(public_id=public_id)
    except Appearance.DoesNotExist as error:
        raise Http404 from error
    if found.source is not None:
        return found, found.source
    assert found.article is not None  # noqa: S101  # the constraint appearance_in_article_or_source
    return found, article_pages.find(found.article.public_id, request.user)


def _save(request: EditorRequest, carrier: Article | Source, report: Appearance | None = None) -> HttpResponse:
    sheet = coding_sheet.sent(request.POST, carrier=carrier, reader=request.user, report=report)
    status, problems = HTTPStatus.UNPROCESSABLE_ENTITY, []
    if not sheet.is_valid():
        problems = [_("Nothing was saved: look at the form.")]
    else:
        try:
            _write(request, carrier, sheet, report)
        except (rules.ReasonMissing, rules.NothingChanged) as error:
            problems = [str(error) or _("The form holds what is stored already. Nothing was saved.")]
        except rules.NotReadyToPublish as error:
            problems = error.reasons
        except ValidationError as error:
            problems = error.messages
        except versions.StaleVersion as error:
            return _conflict(request, carrier, sheet, report, str(error))
        except Appearance.DoesNotExist as error:
            raise Http404 from error
    if problems:
        return coding_screen.render(
            request, carrier, Answer(sheet=sheet, problems=problems, status=status, report=report)
        )
    work_actions.drop_draft(request.path, by=request.user)
    at = sheet.at
    return redirect(coding_screen.address_of(carrier) + (f"?after={at[2]}#reports" if at else "#reports"))


def _write(request: EditorRequest, carrier: Article | Source, sheet: Sheet, report: Appearance | None) -> None:
    coded, why = sheet.coded(), sheet.report.cleaned_data.get("why", "")
    if report is None:
        coding_actions.code_report(carrier, coded, by=request.user, why=why)
        return
    version = sheet.report.cleaned_data["version"] or 0
    coding_actions.change_report(report, coded, by=request.user, version=version, why=why)


def _conflict(
    request: EditorRequest, carrier: Article | Source, sheet: Sheet, report: Appearance | None, problem: str
) -> HttpResponse:
    """Answer 409 with what was typed, against the version of now, and what is stored beside it, field by field."""
    assert report is not None  # noqa: S101  # a new report has no version
    stored, _carrier = _find(request, report.public_id)
    data = request.POST.copy()
    data["version"] = str(stored.version)
    again = coding_sheet.sent(data, carrier=carrier, reader=request.user, report=stored)
    problems = [
        problem,
        *coding_sheet.differences(sheet, coding_sheet.held(stored, carrier=carrier, reader=request.user)),
    ]
    answer = Answer(sheet=again, problems=problems, status=HTTPStatus.CONFLICT, report=stored)
    return coding_screen.render(request, carrier, answer)
