"""The page of the second factor: turn it on, draw new recovery codes, turn it off."""

from __future__ import annotations

import contextlib
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from archive.accounts import factor_actions, guessing, own_forms, second_factor
from archive.accounts.own_forms import CodeForm, ConfirmForm, PresentPasswordForm, status_of
from archive.accounts.own_pages import OwnRequest, render


@require_safe
def show(request: OwnRequest) -> HttpResponse:
    """What the second factor is, and the next step."""
    return _page(request)


@sensitive_post_parameters()
@require_POST
def begin(request: OwnRequest) -> HttpResponse:
    """Draw a secret and show it, after the password."""
    form = PresentPasswordForm(request.POST, person=request.user)
    if not form.is_valid():
        return _page(request, begin=form)
    with contextlib.suppress(factor_actions.AlreadyOn):
        factor_actions.begin(request.user)
    return redirect("accounts:second-factor")


@sensitive_post_parameters()
@require_POST
def confirm(request: OwnRequest) -> HttpResponse:
    """Turn it on by a code, and show the recovery codes, once."""
    form = CodeForm(request.POST)
    if second_factor.waiting_device_of(request.user) is None:
        return redirect("accounts:second-factor")
    if form.is_valid():
        if not guessing.may_try_code(request.user):
            form.add_error("code", forms.ValidationError(own_forms.SLOWED, code=own_forms.TOO_FAST))
        elif codes := factor_actions.confirm(request, request.user, form.cleaned_data["code"]):
            return _codes(request, codes, is_new=True)
        else:
            words = _("This code is not good. Look whether the clock of your device is right, and type the next code.")
            form.add_error("code", words)
    return _page(request, confirm=form)


@sensitive_post_parameters()
@require_POST
def renew(request: OwnRequest) -> HttpResponse:
    """Draw ten new recovery codes and show them, once, after password and code."""
    form = ConfirmForm(request.POST, person=request.user, prefix="renew")
    if "code" not in form.fields:
        return redirect("accounts:second-factor")
    if not form.is_valid():
        return _page(request, renew=form)
    return _codes(request, factor_actions.renew_codes(request.user), is_new=False)


@sensitive_post_parameters()
@require_POST
def turn_off(request: OwnRequest) -> HttpResponse:
    """Turn it off, after password and code. Where it is required, this leads to turning it on again."""
    form = ConfirmForm(request.POST, person=request.user, prefix="off")
    if not form.is_valid():
        return _page(request, off=form)
    factor_actions.turn_off(request, request.user)
    return redirect("accounts:second-factor")


def _codes(request: HttpRequest, codes: list[str], *, is_new: bool) -> HttpResponse:
    return TemplateResponse(request, "accounts/recovery_codes.html", {"codes": codes, "is_new": is_new})


def _page(request: OwnRequest, **sent: forms.Form) -> HttpResponse:
    """sent: a form that was not taken, by its name; the page shows it with its errors. Three queries."""
    person = request.user
    page: dict[str, Any] = {"is_required": second_factor.is_required() and second_factor.can_write(person)}
    if (device := second_factor.device_of(person)) is not None:
        page |= {"device": device, "codes_left": second_factor.codes_left(person)}
        page |= {name: ConfirmForm(person=person, prefix=name) for name in ("renew", "off")}
    else:
        page["begin"] = PresentPasswordForm(person=person)
        if (waiting := second_factor.waiting_device_of(person)) is not None:
            page |= {"confirm": CodeForm(), "secret": second_factor.secret_of(waiting)}
            page["picture"] = second_factor.picture_of(waiting)
    status = status_of(next(iter(sent.values()))) if sent else None
    return render(request, "accounts/second_factor.html", {**page, **sent}, status=status)
