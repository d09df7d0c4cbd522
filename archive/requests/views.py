"""The form for asking, and the page behind a request's reference."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from archive import slowdown
from archive.models import PublicRequest
from archive.models.vocabulary import RequestKind
from archive.requests import actions
from archive.requests.forms import RequestForm, fresh_token

MOST_AN_HOUR = 5
FOREIGN = {"cross-site", "same-site"}


# Django's guard needs a cookie, and readers get none. Here nobody's rights are used, so nothing can be done in
# somebody's name; the form's signed day keeps out what was never asked for, and browsers say where a form comes from.
@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def request_create(request: HttpRequest) -> HttpResponse:
    """Show the form, with the page's address filled in, or take it.

    422: to be looked at again; 429: too fast; 403: another site's.
    """
    if request.method != "POST":
        return _render(request, _fresh(request))
    if request.headers.get("Sec-Fetch-Site") in FOREIGN:
        return _render(request, _fresh(request), HTTPStatus.FORBIDDEN, _("Send the form from this page, please."))
    form = RequestForm(request.POST)
    if not form.is_valid():
        return _render(request, _again(request, form), HTTPStatus.UNPROCESSABLE_ENTITY)
    late = _("That was a lot at once. Nothing was sent yet: keep this page open and send it again in an hour.")
    if not slowdown.takes_place(request, "request", most=MOST_AN_HOUR, seconds=slowdown.HOUR):
        return _slowed(_render(request, _again(request, form), HTTPStatus.TOO_MANY_REQUESTS, late))
    filled = form.cleaned_data
    try:
        kind = RequestKind(filled["kind"])
        taken = actions.take_in(kind, filled["address"], filled["text"], contact=filled["contact"])
    except actions.TooMany:
        return _slowed(_render(request, _again(request, form), HTTPStatus.TOO_MANY_REQUESTS, late))
    return redirect("requests:request-detail", public_id=taken.public_id)


@login_not_required
@never_cache
@require_safe
def request_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """Thanks with the reference, and later what was decided; never what was written."""
    found = PublicRequest.objects.by_reference(public_id)
    if found is None:
        raise Http404
    return _kept_out(TemplateResponse(request, "requests/request_detail.html", {"asked": found}))


def _fresh(request: HttpRequest) -> RequestForm:
    initial = {"address": request.GET.get("address", "")[:500], "token": fresh_token()}
    return RequestForm(initial=initial)


def _again(request: HttpRequest, form: RequestForm) -> RequestForm:
    """The same form with all that was typed, its errors, and a token of now."""
    sent = request.POST.copy()
    sent["token"] = fresh_token()
    form.data = sent
    return form


def _render(
    request: HttpRequest, form: RequestForm, status: HTTPStatus = HTTPStatus.OK, problem: str = ""
) -> HttpResponse:
    page = {"form": form, "problem": problem}
    return _kept_out(TemplateResponse(request, "requests/request_create.html", page, status=status))


def _kept_out(answer: HttpResponse) -> HttpResponse:
    """Search engines have no use for forms and references."""
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def _slowed(answer: HttpResponse) -> HttpResponse:
    answer.headers["Retry-After"] = str(slowdown.HOUR)
    return answer
