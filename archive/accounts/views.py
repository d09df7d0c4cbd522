"""Signing in, signing out, and setting a password by one-time link."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.password_validation import password_validators_help_texts
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from archive.accounts import actions, links
from archive.accounts.forms import PasswordForm, SignInForm
from archive.models.base import is_desk


class SignIn(LoginView):
    """Editors go on to the desk, others to the start; `next` never leads to another site."""

    form_class = SignInForm
    template_name = "accounts/sign_in.html"
    redirect_authenticated_user = True

    def get_default_redirect_url(self) -> str:
        return reverse("desk:home") if is_desk(self.request.user) else super().get_default_redirect_url()


@method_decorator(login_not_required, name="dispatch")
class SignOut(LogoutView):
    """POST only: a link or picture elsewhere signs nobody out. What the browser kept for the person goes with it."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = super().post(request, *args, **kwargs)
        answer.headers["Clear-Site-Data"] = '"storage"'
        return answer


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def set_password(request: HttpRequest, public_id: str, token: str) -> HttpResponse:
    """Set a password by one-time link; 404 for a link that does not work, whatever the reason."""
    person = links.holder(public_id, token)
    if person is None:
        return TemplateResponse(request, "accounts/link_gone.html", status=404)
    form = PasswordForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_password(person, form.cleaned_data["password"], token=token)
        except actions.LinkIsUsed:
            return TemplateResponse(request, "accounts/link_gone.html", status=404)
        return redirect("accounts:sign-in")
    page = {"form": form, "person": person, "rules": password_validators_help_texts()}
    return TemplateResponse(request, "accounts/set_password.html", page)
