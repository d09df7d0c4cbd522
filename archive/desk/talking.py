"""Talk about a record: what editors say to each other on its page, each matter open until somebody closes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.desk import editable, gate, rules, second_person, work_actions
from archive.desk.gate import EditorRequest
from archive.history import versions
from archive.models import Comment, Person
from archive.models.vocabulary import RecordKind

# Talk stands on the page of a record; a figure's is that of its article.
KINDS = (RecordKind.ARTICLE, RecordKind.CLAIM, RecordKind.SOURCE, RecordKind.ACTOR, RecordKind.OUTLET)
LONGEST = 5000


class CommentForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("What you want to say"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class SettleForm(forms.Form):
    """Closes a matter, or opens it again."""

    comment = forms.ModelChoiceField(queryset=Comment.objects.none())
    state = forms.ChoiceField(choices=[("resolved", "resolved"), ("open", "open")])


@dataclass(frozen=True, slots=True)
class Said:
    """One thing said. who, closed_by: as editors are called, or the mark of an account that is gone."""

    pk: int
    who: str
    at: datetime
    text: str
    closed_by: str
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Talk:
    """All that was said about one record, and the form to say more."""

    kind: str
    public_id: str
    said: list[Said]
    form: CommentForm

    @property
    def open_count(self) -> int:
        return sum(not one.closed_by for one in self.said)


def of_record(kind: RecordKind, public_id: str, reader: Person, *, form: CommentForm | None = None) -> Talk | None:
    """The talk about a record; None for kinds that have none. Two queries."""
    if kind not in KINDS:
        return None
    comments = list(Comment.objects.visible_to(reader).about(kind, public_id))
    ids = {one.author for one in comments} | {one.resolved_by for one in comments}
    people = {one.public_id: second_person.called(one) for one in Person.objects.filter(public_id__in=ids)}
    gone = _("someone who left")
    said = [
        Said(
            one.pk,
            people.get(one.author, gone),
            one.written_at,
            one.text,
            people.get(one.resolved_by, gone if one.resolved_by else ""),
            one.resolved_at,
        )
        for one in comments
    ]
    return Talk(kind.value, public_id, said, form or CommentForm(auto_id="talk_%s"))


@gate.form_page
def record_talk(request: EditorRequest, kind: str, public_id: str) -> HttpResponse:
    """The talk about one record, alone on a page; 422 for what cannot be said."""
    known = _kind(kind)
    record = editable.find(known, public_id, request.user)
    if request.method != "POST":
        return _render(request, known, record)
    form = CommentForm(request.POST, auto_id="talk_%s")
    if not form.is_valid():
        return _render(request, known, record, form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    work_actions.say(known, versions.id_of(record), form.cleaned_data["text"], by=request.user)
    return redirect(page_of(known, versions.id_of(record)))


@gate.writing
def comment_settle(request: EditorRequest, kind: str, public_id: str) -> HttpResponse:
    """Close a matter or open it again; 409 where somebody else was first."""
    known = _kind(kind)
    record = editable.find(known, public_id, request.user)
    form = SettleForm(request.POST)
    form.fields["comment"].queryset = Comment.objects.visible_to(request.user).about(known, versions.id_of(record))  # type: ignore[attr-defined]  # declared so above
    if not form.is_valid():
        problem = _("There is no such matter about this record.")
        return _render(request, known, record, problem=problem, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        is_resolved = form.cleaned_data["state"] == "resolved"
        work_actions.settle(form.cleaned_data["comment"], is_resolved=is_resolved, by=request.user)
    except rules.AlreadyDecided:
        problem = _("Somebody else closed it, or opened it again, since you opened the page.")
        return _render(request, known, record, problem=problem, status=HTTPStatus.CONFLICT)
    return redirect(page_of(known, versions.id_of(record)))


def page_of(kind: RecordKind, public_id: str) -> str:
    """Where a record's talk stands at the desk."""
    if kind == RecordKind.ARTICLE:
        return reverse("desk:article-detail", kwargs={"public_id": public_id}) + "#talk"
    return reverse("desk:record-edit", kwargs={"kind": kind.value, "public_id": public_id}) + "#talk"


def _kind(kind: str) -> RecordKind:
    if kind not in KINDS:
        raise Http404
    return RecordKind(kind)


def _render(
    request: EditorRequest,
    kind: RecordKind,
    record: editable.EditableRecord,
    *,
    form: CommentForm | None = None,
    problem: str = "",
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    page = {
        "record": record,
        "talk": of_record(kind, versions.id_of(record), request.user, form=form),
        "problem": problem,
        "back": page_of(kind, versions.id_of(record)),
    }
    return TemplateResponse(request, "desk/record_talk.html", page, status=status)
