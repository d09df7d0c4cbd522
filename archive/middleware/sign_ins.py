"""Sign-ins: each is known to have been used, to the hour; and one that lacks its second factor leads to it."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from archive.accounts import second_factor
from archive.middleware import headers

# All that can be done before the second factor is turned on, where it is required: everything else waits.
WITHOUT_SECOND_FACTOR = {
    "accounts:second-factor",
    "accounts:second-factor-begin",
    "accounts:second-factor-confirm",
    "accounts:sign-out",
}


class SignInsKept:
    """Asks nothing of requests without a session, and writes at most once an hour."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: object, kwargs: object
    ) -> HttpResponse | None:
        if not headers.has_session(request) or not request.user.is_authenticated:
            return None
        if not settings.ARCHIVE_READ_ONLY:
            request.session.touched()  # type: ignore[attr-defined]  # SESSION_ENGINE is models/sessions.py.
        if not second_factor.is_owed(request):
            return None
        if second_factor.device_of(request.user) is not None:
            # Signed in before the second factor was turned on, or past the page that asks for it.
            auth.logout(request)
            return redirect(settings.LOGIN_URL)
        match = request.resolver_match
        if match is not None and match.view_name in WITHOUT_SECOND_FACTOR:
            return None
        return redirect("accounts:second-factor")
