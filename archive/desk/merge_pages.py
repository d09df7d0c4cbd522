"""Merging two records: which one stays, what would move, and then the merge itself."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from archive.desk import editable, finding, gate, merge_actions, merging, rules
from archive.desk.forms import LARGEST_VERSION
from archive.desk.gate import EditorRequest
from archive.desk.part_forms import RecordField
from archive.history import versions
from archive.models.base import User
from archive.models.vocabulary import RecordKind


class ChooseForm(forms.Form):
    """Which record stays. Asked for by GET: nothing is written yet."""

    def __init__(self, *args: Any, kind: RecordKind, reader: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = RecordField(kind=kind, label=_("The record that stays"))
        field.reader = reader
        self.fields["into"] = field


class MergeForm(forms.Form):
    """version, into_version: of both records as the preview showed them."""

    into = forms.SlugField(max_length=20, widget=forms.HiddenInput)
    version = forms.IntegerField(min_value=1, max_value=LARGEST_VERSION, widget=forms.HiddenInput)
    into_version = forms.IntegerField(min_value=1, max_value=LARGEST_VERSION, widget=forms.HiddenInput)
    why = forms.CharField(label=_("Why the two are one"), max_length=500)


@gate.form_page
def record_merge(request: EditorRequest, kind: str, public_id: str) -> HttpResponse:
    """Choose the record that stays, see what would move, and merge; 409 where either was saved since, 422 refused."""
    if kind not in merging.MERGED:
        raise Http404
    kind = RecordKind(kind)
    old = editable.find(kind, public_id, request.user)
    if request.method == "POST":
        return _merged(request, kind, old)
    choice = ChooseForm(request.GET if "into" in request.GET else None, kind=kind, reader=request.user)
    survivor = choice.cleaned_data["into"] if choice.is_bound and choice.is_valid() else None
    return _page(request, kind, old, survivor, choice=choice)


def _merged(request: EditorRequest, kind: RecordKind, old: Any) -> HttpResponse:
    form = MergeForm(request.POST)
    if "into" in form.errors:
        return _page(request, kind, old, None, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    survivor = editable.find(kind, form.cleaned_data["into"], request.user)
    problems: list[str] = []
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    if form.is_valid():
        filled = form.cleaned_data
        try:
            merge_actions.merge(
                old,
                survivor,
                by=request.user,
                version=filled["version"],
                survivor_version=filled["into_version"],
                why=filled["why"],
            )
        except versions.StaleVersion as error:
            status, problems = HTTPStatus.CONFLICT, [str(error)]
        except merge_actions.MergeRefused as error:
            problems = error.reasons
        except (rules.ReasonMissing, ValidationError) as error:
            problems = [str(error)]
        else:
            return redirect("desk:record-history", kind=kind.value, public_id=survivor.public_id)
    return _page(request, kind, old, survivor, why=form["why"].value() or "", problems=problems, status=status)


def _page(
    request: EditorRequest,
    kind: RecordKind,
    old: Any,
    survivor: Any,
    *,
    choice: ChooseForm | None = None,
    why: str = "",
    problems: list[str] | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    """The choice, and below it what would happen, with records as they are stored now."""
    old = editable.find(kind, old.public_id, request.user)
    survivor = editable.find(kind, survivor.public_id, request.user) if survivor else None
    plan = merging.plan(old, survivor, by=request.user) if survivor else None
    start = {"into": survivor.public_id, "version": old.version, "into_version": survivor.version} if survivor else {}
    page = {
        "kind": kind,
        "old": old,
        "survivor": survivor,
        "plan": plan,
        "problems": problems or [],
        "alike": [] if survivor else _alike(kind, old, request.user),
        "choice": choice or ChooseForm(kind=kind, reader=request.user),
        "form": MergeForm(initial={**start, "why": why}, auto_id="merge_%s") if plan and not plan.reasons else None,
    }
    return TemplateResponse(request, "desk/record_merge.html", page, status=status)


def _alike(kind: RecordKind, old: Any, reader: User) -> list[finding.Called]:
    """Records that may be the same: of nearly the same name. One query, and none for articles, which are too many."""
    if kind not in finding.CALLED:
        return []
    others = [one for one in finding.called(kind, reader) if one.pk != old.pk]
    return finding.alike(others, str(old))
