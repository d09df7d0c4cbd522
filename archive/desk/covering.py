"""Noting at an outlet's page in which months it was watched."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from archive.desk import coverage_actions, editable, editing, gate, rules
from archive.desk.coverage import CoverageForm
from archive.desk.gate import EditorRequest
from archive.models import Outlet
from archive.models.vocabulary import RecordKind


@gate.writing
def coverage_note(request: EditorRequest, public_id: str) -> HttpResponse:
    """Note a run of months; 422 for what cannot be noted or is noted already."""
    outlet = editable.find(RecordKind.OUTLET, public_id, request.user)
    form = CoverageForm(request.POST)
    if form.is_valid() and isinstance(outlet, Outlet):
        filled = form.cleaned_data
        try:
            coverage_actions.note_months(
                outlet, form.months(), is_watched=filled["is_watched"], by=request.user, why=filled["why"]
            )
        except rules.ReasonMissing as error:
            form.add_error("why", str(error))
        except rules.NothingChanged:
            form.add_error(None, _("That is noted already. Nothing was saved."))
        else:
            names = {"kind": RecordKind.OUTLET.value, "public_id": public_id}
            return HttpResponseRedirect(reverse("desk:record-edit", kwargs=names) + "#coverage")
    return editing.render_form(request, outlet, status=HTTPStatus.UNPROCESSABLE_ENTITY, coverage_form=form)
