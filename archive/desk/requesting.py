"""Requests from outside: their queue, and the page on which one is decided."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.desk import gate, queues, request_actions, rules
from archive.desk.gate import EditorRequest
from archive.history import versions
from archive.models import Article, Person, PublicRequest
from archive.models.vocabulary import RecordKind, RecordStatus, RequestState, WithdrawalReason
from archive.records import absences

PAGE_SIZE = 50


class DecisionForm(forms.Form):
    """With a note for readers where a record's page tells them, and the choice to withdraw an article that can be."""

    state = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        choices=[(state.value, state.label) for state in (RequestState.GRANTED, RequestState.DECLINED)],
    )
    answer = forms.CharField(
        label=gettext_lazy("Answer"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Whoever has the reference reads it. Name nobody who is in danger."),
    )
    public_note = forms.CharField(
        label=gettext_lazy("Note on the record's page"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("In the archive's words, for all readers. Empty says nothing."),
    )
    withdraw_for = forms.ChoiceField(
        label=gettext_lazy("Withdraw the article"),
        required=False,
        choices=[("", gettext_lazy("No")), *WithdrawalReason.choices],
        help_text=gettext_lazy("Its page then says this class of reason and the day, and no more."),
    )

    def __init__(self, *args: Any, asked: PublicRequest, article: Article | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if absences.page_at(asked.address) is None:
            del self.fields["public_note"]
        if article is None or article.status == RecordStatus.WITHDRAWN:
            del self.fields["withdraw_for"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("state") == RequestState.DECLINED and cleaned.get("withdraw_for"):
            self.add_error("withdraw_for", _("What is declined withdraws nothing: choose “No”, or grant it."))
        return cleaned

    def decision(self) -> request_actions.Decision:
        filled = self.cleaned_data
        reason = filled.get("withdraw_for")
        return request_actions.Decision(
            RequestState(filled["state"]),
            filled["answer"],
            filled.get("public_note", ""),
            WithdrawalReason(reason) if reason else None,
        )


@gate.reading
def request_list(request: EditorRequest) -> HttpResponse:
    """What is open, the newest first, paged; and under `?state=decided` what was."""
    queue = queues.requests(request.user)
    is_decided = request.GET.get("state") == "decided"
    asked = PublicRequest.objects.visible_to(request.user).decided() if is_decided else queue.records
    page = Paginator(asked.newest_first(), PAGE_SIZE).get_page(request.GET.get("page"))
    found = {
        "queue": queue,
        "queues": queues.every(request.user).values(),
        "page": page,
        "is_decided": is_decided,
        "key": queue.key,
    }
    return TemplateResponse(request, "desk/request_list.html", found)


@gate.form_page
def request_detail(request: EditorRequest, public_id: str) -> HttpResponse:
    """One request, and the form to decide it; 409 where somebody was first, 422 for what cannot be decided so."""
    try:
        asked = PublicRequest.objects.visible_to(request.user).get(public_id=public_id)
    except PublicRequest.DoesNotExist as error:
        raise Http404 from error
    article = article_of(asked, request.user)
    if request.method != "POST":
        return _render(request, asked, DecisionForm(asked=asked, article=article))
    form = DecisionForm(request.POST, asked=asked, article=article)
    if not form.is_valid():
        return _render(request, asked, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        request_actions.decide(asked, form.decision(), by=request.user, article=article)
    except (rules.AlreadyDecided, rules.NothingChanged, versions.StaleVersion):
        form.add_error(None, _("Somebody else decided this or changed the article just now. Look at it as it is now."))
        asked.refresh_from_db()
        return _render(request, asked, form, HTTPStatus.CONFLICT)
    return redirect("desk:request-detail", public_id=asked.public_id)


def article_of(asked: PublicRequest, reader: Person) -> Article | None:
    """The article that a request is about; None where it is about anything else."""
    match = absences.page_at(asked.address)
    if match is None or match.view_name != absences.PAGES[RecordKind.ARTICLE][0]:
        return None
    return Article.objects.visible_to(reader).with_public_ids([match.kwargs["public_id"]]).first()


def _render(
    request: EditorRequest, asked: PublicRequest, form: DecisionForm, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    page = {
        "asked": asked,
        "form": form if asked.state == RequestState.OPEN else None,
        "problems": form.non_field_errors() if form.is_bound else [],
        "article": article_of(asked, request.user),
        "is_ours": is_ours(asked.address),
    }
    return TemplateResponse(request, "desk/request_detail.html", page, status=status)


def is_ours(address: str) -> bool:
    """Whether an address that was typed is a path here, which may be linked. Browsers take a backslash for a slash."""
    return address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
