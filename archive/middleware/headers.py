"""What a browser may do with an answer: from nowhere else, with no inline code, and kept by nobody if private."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from archive.pages import errors

PERMISSIONS_POLICY = ", ".join(
    f"{power}=()"
    for power in (
        "accelerometer",
        "camera",
        "display-capture",
        "fullscreen",
        "geolocation",
        "gyroscope",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
)


class SafeHeaders:
    """Put the archive's headers on every answer; a view's own, stricter ones are kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        if answer.status_code == 405 and not answer.content:
            answer = errors.wrong_verb(answer.headers.get("Allow", "GET"))
        return harden(answer, private=has_session(request) or bool(answer.cookies))


def has_session(request: HttpRequest) -> bool:
    """Tell whether a request may belong to somebody signed in, without asking the database."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def harden(answer: HttpResponse, *, private: bool) -> HttpResponse:
    """Set the headers for safety; private answers are for one reader and are kept nowhere."""
    policy = "; ".join(f"{kind} {' '.join(sources)}" for kind, sources in settings.SECURE_CSP.items())
    answer.headers.setdefault("Content-Security-Policy", policy)
    answer.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
    answer.headers.setdefault("X-Content-Type-Options", "nosniff")
    answer.headers.setdefault("Referrer-Policy", settings.SECURE_REFERRER_POLICY)
    answer.headers.setdefault("Cross-Origin-Opener-Policy", settings.SECURE_CROSS_ORIGIN_OPENER_POLICY)
    if private:
        answer.headers["Cache-Control"] = "private, no-store"
    # Static files are the same for everyone and say themselves how long they keep.
    if "Cache-Control" not in answer.headers or private:
        answer.headers.setdefault("Cache-Control", "no-cache")
        patch_vary_headers(answer, ["Cookie"])
    return answer
