"""Editing a record, what it was before, and putting that back.

A stale save loses nothing: the page answers 409 with what the editor wrote beside what is stored, field by
field. What only the other editor changed is taken over; the form can be saved again from there.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.forms import BaseForm
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from archive.desk import (
    actions,
    coverage,
    drafting,
    editable,
    gate,
    merging,
    record_parts,
    revisions,
    rules,
    talking,
    work_actions,
)
from archive.desk.coverage import CoverageForm
from archive.desk.decision_forms import PolicyForm, RestoreForm
from archive.desk.editable import EditableRecord, Texts
from archive.desk.forms import RecordForm
from archive.desk.gate import EditorRequest
from archive.history import versions
from archive.models import Event, Figure, FormDraft, Outlet, Person
from archive.models.vocabulary import RecordKind

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of a stale form. is_taken: only the other editor changed it, and the form below has that."""

    label: str
    yours: str
    stored: str
    is_taken: bool


@gate.form_page
def record_edit(request: EditorRequest, kind: str, public_id: str) -> HttpResponse:
    """Show a record's fields, or save them; 409 for a stale save, 422 for what cannot be saved."""
    record = editable.find(kind, public_id, request.user)
    if request.method != "POST":
        draft = drafting.kept(request.path, request.user)
        if draft and drafting.is_taken_up(request):
            form = editable.form_of(record)(drafting.data(draft), instance=record, reader=request.user)
            return render_form(request, record, form)
        return render_form(request, record, draft=draft)
    form = editable.form_of(record)(request.POST, instance=record, reader=request.user)
    return _save(request, record, form, actions.edit)


def _save(request: EditorRequest, record: EditableRecord, form: RecordForm, write: Any) -> HttpResponse:
    """Write what a form holds, by actions.edit or actions.restore."""
    if not form.is_valid():
        return render_form(request, record, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    filled = form.cleaned_data
    try:
        asked = {name: filled[name] for name in ("version", "why", "to_protect")}
        write(record, form.record_values(), by=request.user, **asked)
    except versions.StaleVersion:
        return _conflict(request, record, form)
    except rules.ReasonMissing as error:
        form.add_error("why", str(error))
    except rules.NothingChanged:
        form.add_error(None, _("The form holds what is stored already. Nothing was saved."))
    except ValidationError as error:
        # By message: a constraint may name a field that the form does not have.
        add_errors(form, error)
    else:
        if write is actions.edit:
            work_actions.drop_draft(request.path, by=request.user)
        return redirect("desk:record-history", kind=editable.kind_of(record).value, public_id=versions.id_of(record))
    return render_form(request, record, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def add_errors(form: BaseForm, error: ValidationError) -> None:
    by_field = error.message_dict if hasattr(error, "error_dict") else {"__all__": error.messages}
    for name, messages in by_field.items():
        for message in messages:
            form.add_error(name if name in form.fields else None, message)


def render_form(
    request: EditorRequest,
    record: EditableRecord,
    form: RecordForm | None = None,
    *,
    status: HTTPStatus = HTTPStatus.OK,
    policy_form: PolicyForm | None = None,
    coverage_form: CoverageForm | None = None,
    draft: FormDraft | None = None,
) -> HttpResponse:
    """Show the form of a record, and below it an outlet's terms of reuse. draft: unsent words that are kept of it."""
    stored = editable.find(editable.kind_of(record), versions.id_of(record), request.user)
    version = versions.version_of(stored)
    page = {
        "record": stored,
        "public_id": versions.id_of(stored),
        "version": version,
        "kind": editable.kind_of(stored),
        "back": _article_of(stored),
        "form": form or _fresh_form(stored, version, request),
        "can_merge": editable.kind_of(stored) in merging.MERGED,
        "sections": record_parts.sections(stored, request.user),
        "policies": stored.policies.all() if isinstance(stored, Outlet) else None,
        "policy_form": policy_form or PolicyForm(initial={"version": version}),
        "watched": coverage.watched(stored) if isinstance(stored, Outlet) else None,
        "coverage_form": coverage_form or CoverageForm(),
        "draft": draft,
        "talk": talking.of_record(editable.kind_of(stored), versions.id_of(stored), request.user),
    }
    return TemplateResponse(request, "desk/record_edit.html", page, status=status)


def _fresh_form(record: EditableRecord, version: int, request: EditorRequest) -> RecordForm:
    initial = {"version": version} | _initial(record)
    return editable.form_of(record)(instance=record, initial=initial, reader=request.user)


def _initial(record: EditableRecord) -> dict[str, Any]:
    """The record's texts as a form's widgets start with them."""
    many = {field.name for field in record._meta.many_to_many}
    initial: dict[str, Any] = {}
    for name, found in editable.texts_of(record).items():
        is_switch = isinstance(getattr(record, name), bool)
        initial[name] = getattr(record, name) if is_switch else found if name in many else "".join(found)
    return initial


def _article_of(record: EditableRecord) -> Any:
    """The article that a figure stands in, for the way back."""
    return record.appearance.article if isinstance(record, Figure) else None


def _conflict(request: EditorRequest, record: EditableRecord, form: RecordForm) -> HttpResponse:
    """Answer 409 with both texts, and a form that can be saved against the new version."""
    stored = editable.find(editable.kind_of(record), versions.id_of(record), request.user)
    theirs = editable.texts_of(stored)
    mine = {name: _sent(form, name) for name in theirs}
    merged = {name: mine[name] if name in form.changed_data else theirs[name] for name in theirs}
    differences = [
        Difference(
            str(form.fields[name].label),
            editable.kept(mine[name]) or "",
            editable.kept(theirs[name]) or "",
            is_taken=name not in form.changed_data,
        )
        for name in theirs
        if mine[name] != theirs[name]
    ]
    data = form_data(merged, started_with=theirs, version=versions.version_of(stored), why=form.cleaned_data["why"])
    if form.cleaned_data["to_protect"]:
        data["to_protect"] = "on"
    page = {
        "record": stored,
        "public_id": versions.id_of(stored),
        "kind": editable.kind_of(stored),
        "form": type(form)(data, instance=stored, reader=request.user),
        "differences": differences,
    }
    return TemplateResponse(request, "desk/record_conflict.html", page, status=HTTPStatus.CONFLICT)


def _sent(form: RecordForm, name: str) -> list[str]:
    """What the editor sent in a field, as texts."""
    value = form.cleaned_data[name]
    if value is None or value == "":
        return []
    if hasattr(value, "model"):
        return sorted(editable.key_text(related) for related in value)
    return [editable.key_text(value)] if hasattr(value, "_meta") else [str(value)]


def form_data(texts: Texts, *, started_with: Texts, version: int, why: str = "") -> QueryDict:
    """A form's data as a browser would send them."""
    data = QueryDict(mutable=True)
    data["version"], data["why"] = str(version), why
    for name, found in texts.items():
        data.setlist(name, found)
        data.setlist(f"initial-{name}", started_with[name])
    return data


def policy_form_again(form: PolicyForm, outlet: Outlet, problem: str, *, reader: Person) -> PolicyForm:
    """The same form against the outlet's version of now, saying why it was not saved."""
    stored = Outlet.objects.visible_to(reader).get(pk=outlet.pk)
    again = PolicyForm(dict(form.data.items()) | {"version": str(stored.version)})
    again.add_error(None, problem)
    return again


@gate.reading
def record_history(request: EditorRequest, kind: str, public_id: str) -> HttpResponse:
    """What was done to a record, the newest first; captures and figures have theirs, too."""
    if kind not in RecordKind.values:
        raise Http404
    events = Event.objects.of_record(kind, public_id)
    page = Paginator(events, PAGE_SIZE).get_page(request.GET.get("page"))
    record = editable.find(kind, public_id, request.user) if kind in editable.EDITABLE else None
    if record is None and not page.paginator.count:
        raise Http404
    return TemplateResponse(
        request,
        "desk/record_history.html",
        {
            "record": record,
            "kind": kind,
            "public_id": public_id,
            "page": page,
            "revisions": revisions.read(page.object_list, fields=editable.texts_of(record) if record else ()),
            "form": RestoreForm(initial={"version": versions.version_of(record)}) if record else None,
        },
    )


@gate.writing
def record_restore(request: EditorRequest, kind: str, public_id: str, event: int) -> HttpResponse:
    """Put back the values that a record had before an event, as a new edit. Later events stay."""
    record = editable.find(kind, public_id, request.user)
    asked = RestoreForm(request.POST)
    if not asked.is_valid():
        return _refused(request, _("The form is not whole. Go back to the history and choose again."))
    filled = asked.cleaned_data
    try:
        texts = revisions.texts_before(record, Event.objects.of_record(kind, public_id).get(seq=event))
    except Event.DoesNotExist as error:
        raise Http404 from error
    except revisions.ValuePurged as error:
        return _refused(request, str(error))
    data = form_data(texts, started_with=editable.texts_of(record), version=filled["version"], why=filled["why"])
    form = editable.form_of(record)(data, instance=record, reader=request.user)
    return _save(request, record, form, actions.restore)


def _refused(request: EditorRequest, advice: str) -> HttpResponse:
    return TemplateResponse(request, "desk/message.html", {"advice": advice}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
