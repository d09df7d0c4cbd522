"""A person's page: password, pen name, second factor, sign-ins, the download of everything, and leaving."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import auth
from django.contrib.auth.password_validation import password_validators_help_texts
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from archive.accounts import actions, guessing, leaving_actions, second_factor
from archive.accounts.own_forms import LeaveForm, OwnPasswordForm, PenNameForm, status_of
from archive.models import Person, SignIn
from archive.models.sessions import digest
from archive.records import everything

# What the page says was done, by the word in its address.
DONE = {
    "password": _("Your password is changed. All other sign-ins have ended."),
    "pen-name": _("Your pen name is changed."),
    "sign-in": _("That sign-in has ended."),
    "others": _("All other sign-ins have ended."),
}


class OwnRequest(HttpRequest):
    """A request of somebody who is signed in, as the middleware sees to."""

    user: Person


@require_safe
def me(request: OwnRequest) -> HttpResponse:
    """The page with all its sections."""
    return _page(request)


@sensitive_post_parameters()
@require_POST
def change_password(request: OwnRequest) -> HttpResponse:
    """422: one of the three fields is not right; 429: guessed too often."""
    form = OwnPasswordForm(request.POST, person=request.user)
    if not form.is_valid():
        return _page(request, password_form=form)
    actions.change_password(request, request.user, form.cleaned_data["password"])
    return _done("password")


@require_POST
def change_pen_name(request: OwnRequest) -> HttpResponse:
    """422: somebody else's name, or none that people can read."""
    form = PenNameForm(request.POST, person=request.user)
    if form.is_valid():
        try:
            actions.change_pen_name(request.user, form.cleaned_data["pen_name"])
        except actions.PenNameTaken as error:
            form.add_error("pen_name", str(error))
        else:
            return _done("pen-name")
    return _page(request, pen_name_form=form)


@require_POST
def end_sign_in(request: OwnRequest) -> HttpResponse:
    """End one sign-in, which its public id names, or all but this one; what is gone already is gone."""
    which = request.POST.get("which", "")
    if which == "others":
        actions.end_other_sign_ins(request, request.user)
        return _done("others")
    actions.end_sign_in(request.user, which)
    return _done("sign-in")


@require_safe
def download(request: OwnRequest) -> HttpResponse:
    """Everything of theirs as one JSON file, which says itself what is what."""
    answer = JsonResponse(
        everything.everything_of(request.user), json_dumps_params={"indent": 1, "ensure_ascii": False}
    )
    answer.headers["Content-Disposition"] = 'attachment; filename="everything.json"'
    return answer


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: OwnRequest) -> HttpResponse:
    """What goes and what stays; and, after name, password and code, the removal. 409: the last administrator."""
    if leaving_actions.is_last_administrator(request.user):
        return _leave_page(request, problem=str(leaving_actions.LastAdministrator()))
    if request.method != "POST":
        return _leave_page(request, LeaveForm(person=request.user))
    form = LeaveForm(request.POST, person=request.user)
    if not form.is_valid():
        return _leave_page(request, form, status=status_of(form))
    try:
        leaving_actions.leave(request.user)
    except leaving_actions.LastAdministrator as error:
        return _leave_page(request, problem=str(error))
    auth.logout(request)
    return TemplateResponse(request, "accounts/left.html")


def render(
    request: HttpRequest, template: str, page: dict[str, Any], *, status: HTTPStatus | None = None
) -> HttpResponse:
    """A page that says when to try again, where it was asked too often."""
    answer = TemplateResponse(request, template, page, status=status)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        answer.headers["Retry-After"] = str(guessing.WHILE)
    return answer


def _page(request: OwnRequest, **sent: forms.Form) -> HttpResponse:
    """sent: a form that was not taken, which the page shows with its errors. Three queries."""
    person = request.user
    page = {
        "password_form": OwnPasswordForm(person=person),
        "pen_name_form": PenNameForm(person=person),
        "rules": password_validators_help_texts(),
        "sign_ins": SignIn.objects.of_person(person).open().newest_first(),
        "this": digest(request.session.session_key or ""),
        "device": second_factor.device_of(person),
        "codes_left": second_factor.codes_left(person),
        "done": DONE.get(request.GET.get("done", "")),
    }
    status = status_of(next(iter(sent.values()))) if sent else None
    return render(request, "accounts/me.html", {**page, **sent}, status=status)


def _leave_page(
    request: OwnRequest, form: LeaveForm | None = None, *, problem: str = "", status: HTTPStatus | None = None
) -> HttpResponse:
    if problem and request.method == "POST":
        status = HTTPStatus.CONFLICT
    page = {"form": form, "problem": problem, "parts": everything.PARTS}
    return render(request, "accounts/leave.html", page, status=status)


def _done(what: str) -> HttpResponse:
    return redirect(f"{reverse('accounts:me')}?done={what}")
