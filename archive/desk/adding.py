"""Adding a record by its form. What is held already under nearly the same name is shown before anything is saved."""

from __future__ import annotations

from functools import cache
from http import HTTPStatus
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from archive.desk import add_actions, editable, editing, finding, gate
from archive.desk.forms import RecordForm
from archive.desk.gate import EditorRequest
from archive.history import versions
from archive.models.terms import measure_slug
from archive.models.vocabulary import RecordKind

# Articles have ways in of their own, figures stand in reports, and tactics come with the vocabulary.
ADDED = (
    RecordKind.OUTLET,
    RecordKind.ACTOR,
    RecordKind.SOURCE,
    RecordKind.CLAIM,
    RecordKind.PLACE,
    RecordKind.MEASURE,
)
# What a record is called is typed here; a measure is called after what it counts.
NAMED_BY = {
    RecordKind.OUTLET: "name",
    RecordKind.ACTOR: "name",
    RecordKind.SOURCE: "title",
    RecordKind.CLAIM: "sentence",
    RecordKind.PLACE: "name",
}
LONGEST_PREFILL = 300


class AddingForm(RecordForm):
    """A record's form, less what a change is asked. is_new: asked where one of nearly the same name is held."""

    is_new = forms.BooleanField(label=_("It is none of these: add it"), required=False)

    own_fields: ClassVar[tuple[str, ...]] = (*RecordForm.own_fields, "is_new")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The list of corrections tells of what was public before.
        del self.fields["version"], self.fields["to_protect"]
        # What it started with matters to a stale save, and a new record has none.
        for name in self.field_names():
            self.fields[name].show_hidden_initial = False
        self.fields["why"].help_text = _("Kept in the history.")
        self.fields["is_new"].widget = forms.HiddenInput()

    def ask_whether_it_is_new(self) -> None:
        self.fields["is_new"].widget = forms.CheckboxInput()
        self.fields["is_new"] = self.fields.pop("is_new")


@cache
def form_for(kind: str) -> type[AddingForm]:
    """The form that adds a record of this kind: that which edits one, less its version."""
    form = editable.EDITABLE[kind].form
    return type(f"Adding{form.__name__}", (AddingForm, form), {})


@gate.form_page
def record_add(request: EditorRequest, kind: str) -> HttpResponse:
    """Show an empty form, or save it; 422 for what cannot be saved, or may be held already."""
    if kind not in ADDED:
        raise Http404
    kind = RecordKind(kind)
    if request.method != "POST":
        start = {NAMED_BY[kind]: request.GET.get("name", "")[:LONGEST_PREFILL]} if kind in NAMED_BY else {}
        return _page(request, kind, form_for(kind)(initial=start, reader=request.user))
    form = form_for(kind)(request.POST, reader=request.user)
    is_valid = form.is_valid()
    alike = _alike(kind, form)
    if alike:
        form.ask_whether_it_is_new()
    if is_valid and alike and not form.cleaned_data["is_new"]:
        form.add_error(None, _("Something is held under nearly the same name. Look at it before you add another."))
    elif is_valid:
        try:
            record = add_actions.add(kind, form.record_values(), by=request.user, why=form.cleaned_data["why"])
        except ValidationError as error:
            editing.add_errors(form, error)
        else:
            return redirect("desk:record-edit", kind=kind.value, public_id=versions.id_of(record))
    return _page(request, kind, form, alike, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _alike(kind: RecordKind, form: AddingForm) -> list[finding.Called]:
    """What is held under nearly the name that was typed; of measures the one that counts the same."""
    filled = form.cleaned_data
    held = finding.called(kind, form.reader)
    if kind == RecordKind.MEASURE:
        if not {"stage", "people", "origin", "territory"} <= filled.keys():
            return []
        places = (place.slug if place else None for place in (filled["origin"], filled["territory"]))
        slug = measure_slug(filled["stage"], [group.slug for group in filled["people"]], *places)
        return [one for one in held if one.name == slug]
    return finding.alike(held, str(filled.get(NAMED_BY[kind], "")))


def _page(
    request: EditorRequest,
    kind: RecordKind,
    form: AddingForm,
    alike: list[finding.Called] | None = None,
    *,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    page = {"kind": kind, "form": form, "alike": alike or []}
    return TemplateResponse(request, "desk/record_add.html", page, status=status)
