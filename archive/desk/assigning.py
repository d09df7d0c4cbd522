"""Taking an article in hand, giving it to somebody, letting it go: one click each, on its page and in lists."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from archive.desk import article_pages, gate, hands, rules, work_actions
from archive.desk.gate import EditorRequest
from archive.models import Person


class AssignForm(forms.Form):
    """to: public id of an editor; empty lets go. seen: who had it when the form was made."""

    to = forms.ChoiceField(required=False)
    seen = forms.CharField(required=False, max_length=20)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["to"]
        assert isinstance(choice, forms.ChoiceField)  # noqa: S101  # declared above
        choice.choices = hands.editors()


@gate.writing
def article_assign(request: EditorRequest, public_id: str) -> HttpResponse:
    """Give the article to an editor or to nobody; 409 where somebody else has it by now."""
    article, form = article_pages.find(public_id, request.user), AssignForm(request.POST)
    if not form.is_valid():
        problems = [_("Choose an editor with an open account.")]
        return article_pages.render(request, article, status=HTTPStatus.UNPROCESSABLE_ENTITY, problems=problems)
    person = Person.objects.filter(public_id=form.cleaned_data["to"]).first()
    try:
        work_actions.assign(article, person, by=request.user, seen=form.cleaned_data["seen"])
    except rules.AlreadyDecided:
        problems = [_("Somebody else took it or let it go since you opened the page. Look at who has it now.")]
        article = article_pages.find(public_id, request.user)
        return article_pages.render(request, article, status=HTTPStatus.CONFLICT, problems=problems)
    return redirect(back(request) or reverse("desk:article-detail", kwargs={"public_id": public_id}))


def back(request: EditorRequest) -> str:
    """The page of the desk that the form says it was on; empty where it names none, or one elsewhere."""
    address = request.POST.get("back", "")
    is_ours = url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if is_ours and address.startswith(reverse("desk:home")) and len(address) < 500 else ""
