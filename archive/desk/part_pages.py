"""Adding, changing and removing parts of a record, by small forms on its page and on pages of their own."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from archive.desk import editable, editing, gate, part_actions, record_parts, rules
from archive.desk.decision_forms import RestoreForm
from archive.desk.editable import EditableRecord
from archive.desk.gate import EditorRequest
from archive.desk.part_forms import PartForm
from archive.desk.record_parts import Part
from archive.history import versions


@gate.form_page
def part_add(request: EditorRequest, kind: str, public_id: str, part: str) -> HttpResponse:
    """Show a form for another row, or save it; 409 for a stale save, 422 for what cannot be saved."""
    held, record = record_parts.find(kind, part), editable.find(kind, public_id, request.user)
    if request.method != "POST":
        return _page(request, record, held, record_parts.blank(held, record, request.user))
    form = _filled(request, held, record, held.new(record))
    return _saved(request, record, held, form, lambda values, more: part_actions.add_part(record, held, values, **more))


@gate.form_page
def part_change(request: EditorRequest, kind: str, public_id: str, part: str, row: int) -> HttpResponse:
    """Show a row, or save it changed; 409 for a stale save, 422 for what cannot be saved."""
    held, record = record_parts.find(kind, part), editable.find(kind, public_id, request.user)
    found = _row(held, record, row)
    if not record_parts.is_own(held, found, record):
        raise Http404
    if request.method != "POST":
        form = held.form(
            initial={"version": versions.version_of(record)}, instance=found, owner=record, reader=request.user
        )
        return _page(request, record, held, form, row=row)
    form = _filled(request, held, record, found)
    return _saved(
        request,
        record,
        held,
        form,
        lambda values, more: part_actions.change_part(record, held, row, values, **more),
        row=row,
    )


@gate.writing
def part_remove(request: EditorRequest, kind: str, public_id: str, part: str, row: int) -> HttpResponse:
    """Take a row away. Links of claims can be cut from either side."""
    held, record = record_parts.find(kind, part), editable.find(kind, public_id, request.user)
    if held.stays:
        raise Http404
    _row(held, record, row)
    asked = RestoreForm(request.POST)
    problem, status = _("The form is not whole. Go back and choose again."), HTTPStatus.UNPROCESSABLE_ENTITY
    if asked.is_valid():
        filled = asked.cleaned_data
        try:
            part_actions.remove_part(record, held, row, by=request.user, version=filled["version"], why=filled["why"])
        except versions.StaleVersion as error:
            problem, status = str(error), HTTPStatus.CONFLICT
        except rules.ReasonMissing as error:
            problem = str(error)
        else:
            return _back(record, held)
    return _page(request, record, held, None, row=row, problem=problem, status=status)


def _row(part: Part, record: EditableRecord, pk: int) -> Any:
    try:
        return part.rows(record).get(pk=pk)
    except ObjectDoesNotExist as error:
        raise Http404 from error


def _filled(request: EditorRequest, part: Part, record: EditableRecord, row: Any) -> PartForm:
    return part.form(request.POST, instance=row, owner=record, reader=request.user)


def _saved(
    request: EditorRequest,
    record: EditableRecord,
    part: Part,
    form: PartForm,
    write: Callable[[dict[str, Any], dict[str, Any]], object],
    *,
    row: int | None = None,
) -> HttpResponse:
    """Write what the form holds and go back to the record; else show the form again with what is in the way."""
    status, problem = HTTPStatus.UNPROCESSABLE_ENTITY, ""
    if form.is_valid():
        more = {"by": request.user, "version": form.cleaned_data["version"], "why": form.cleaned_data["why"]}
        try:
            write(form.part_values(), more)
        except versions.StaleVersion as error:
            status, problem = HTTPStatus.CONFLICT, str(error)
            form = _against_the_new(request, part, record, form)
        except rules.ReasonMissing as error:
            form.add_error("why", str(error))
        except rules.NothingChanged:
            form.add_error(None, _("The form holds what is stored already. Nothing was saved."))
        except ObjectDoesNotExist as error:
            raise Http404 from error
        except ValidationError as error:
            editing.add_errors(form, error)
        else:
            return _back(record, part)
    return _page(request, record, part, form, row=row, problem=problem, status=status)


def _against_the_new(request: EditorRequest, part: Part, record: EditableRecord, form: PartForm) -> PartForm:
    """The same form, made from the version that is stored now."""
    stored = editable.find(editable.kind_of(record), versions.id_of(record), request.user)
    data = request.POST.copy()
    data["version"] = str(versions.version_of(stored))
    return part.form(data, instance=form.instance, owner=stored, reader=request.user)


def _back(record: EditableRecord, part: Part) -> HttpResponse:
    names = {"kind": editable.kind_of(record).value, "public_id": versions.id_of(record)}
    return HttpResponseRedirect(reverse("desk:record-edit", kwargs=names) + f"#{part.key}")


def _page(
    request: EditorRequest,
    record: EditableRecord,
    part: Part,
    form: PartForm | None,
    *,
    row: int | None = None,
    problem: str = "",
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    stored = editable.find(editable.kind_of(record), versions.id_of(record), request.user)
    found = part.rows(stored).filter(pk=row).first() if row is not None else None
    page = {
        "record": stored,
        "kind": editable.kind_of(stored),
        "public_id": versions.id_of(stored),
        "part": part,
        "row": found,
        "said": part.says(found, stored) if found else "",
        "form": form,
        "problem": problem,
        "version": versions.version_of(stored),
    }
    return TemplateResponse(request, "desk/part_edit.html", page, status=status)
