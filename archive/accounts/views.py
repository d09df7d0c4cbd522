"""Signing in, in one step or two, signing out, and setting a password by one-time link."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import auth
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.password_validation import password_validators_help_texts
from django.contrib.auth.views import LoginView, LogoutView
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from archive.accounts import actions, factor_actions, guessing, half_way, links, second_factor
from archive.accounts.forms import PasswordForm, SignInForm
from archive.accounts.own_forms import CodeForm
from archive.models import Person
from archive.models.base import User, is_desk

BACKEND = "django.contrib.auth.backends.ModelBackend"


class SignIn(LoginView):
    """Editors go on to the desk, others to the start; `next` never leads to another site."""

    form_class = SignInForm
    template_name = "accounts/sign_in.html"
    redirect_authenticated_user = True

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Compare name and password, unless that is tried too often (429). Where a code is needed, ask for it."""
        if guessing.may_sign_in(request, request.POST.get("username", "")):
            return super().post(request, *args, **kwargs)
        form = SignInForm(request, initial={"username": request.POST.get("username", "")[: guessing.LONGEST_NAME]})
        page = self.get_context_data(form=form, is_slowed=True)
        return slowed(self.render_to_response(page, status=HTTPStatus.TOO_MANY_REQUESTS))

    def form_valid(self, form: Any) -> HttpResponse:
        person = form.get_user()
        if second_factor.device_of(person) is not None:
            half_way.begin(self.request, person, next=self.get_redirect_url())
            return redirect("accounts:sign-in-code")
        half_way.end(self.request)
        guessing.signed_in(self.request, person)
        return super().form_valid(form)

    def get_default_redirect_url(self) -> str:
        return home_of(self.request.user)


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """The second step: a code, from whoever gave the right password a moment ago. 422: not good; 429: too often."""
    if request.user.is_authenticated:
        return redirect(home_of(request.user))
    half = half_way.read(request)
    if half is None:
        return redirect("accounts:sign-in")
    form = CodeForm(request.POST or None)
    if request.method != "POST":
        return TemplateResponse(request, "accounts/sign_in_code.html", {"form": form})
    if form.is_valid():
        if not guessing.may_try_code(half.person):
            page = TemplateResponse(request, "accounts/sign_in_code.html", {"form": form, "is_slowed": True})
            page.status_code = HTTPStatus.TOO_MANY_REQUESTS
            return slowed(page)
        if factor_actions.take_code(half.person, form.cleaned_data["code"]):
            return _go_in(request, half)
        form.add_error("code", _("This code is not good, or was used before. Wait for the next one and type that."))
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    return TemplateResponse(request, "accounts/sign_in_code.html", {"form": form}, status=status)


@method_decorator(login_not_required, name="dispatch")
class SignOut(LogoutView):
    """POST only: a link or picture elsewhere signs nobody out. What the browser kept for the person goes with it."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = super().post(request, *args, **kwargs)
        answer.headers["Clear-Site-Data"] = '"storage"'
        return answer


@login_not_required
@require_safe
def admin_sign_in(request: HttpRequest) -> HttpResponse:
    """Where Django's administration would ask for a password by itself, past the second factor."""
    if request.user.is_authenticated:
        raise PermissionDenied
    return redirect(f"{reverse('accounts:sign-in')}?{request.GET.urlencode()}")


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def set_password(request: HttpRequest, public_id: str, token: str) -> HttpResponse:
    """Set a password by one-time link; 404 for a link that does not work, whatever the reason. 429: too many such."""
    person = links.holder(public_id, token)
    if person is None:
        return _link_gone(request)
    form = PasswordForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_password(person, form.cleaned_data["password"], token=token)
        except actions.LinkIsUsed:
            return _link_gone(request)
        return redirect("accounts:sign-in")
    page = {"form": form, "person": person, "rules": password_validators_help_texts()}
    return TemplateResponse(request, "accounts/set_password.html", page)


def home_of(user: User) -> str:
    """Where somebody goes on to after signing in."""
    return reverse("desk:home") if is_desk(user) else reverse("browse:home")


def slowed(answer: HttpResponse) -> HttpResponse:
    """Say when to try again."""
    answer.headers["Retry-After"] = str(guessing.WHILE)
    return answer


def _go_in(request: HttpRequest, half: half_way.HalfWay) -> HttpResponse:
    person: Person = half.person
    half_way.end(request)
    auth.login(request, person, BACKEND)
    request.session[second_factor.MARK] = True
    guessing.signed_in(request, person)
    return redirect(half.next or home_of(person))


def _link_gone(request: HttpRequest) -> HttpResponse:
    if guessing.may_try_link(request):
        return TemplateResponse(request, "accounts/link_gone.html", status=HTTPStatus.NOT_FOUND)
    status = HTTPStatus.TOO_MANY_REQUESTS
    answer = TemplateResponse(request, "accounts/link_gone.html", {"is_slowed": True}, status=status)
    answer.headers["Retry-After"] = str(guessing.LINKS_WHILE)
    return answer
