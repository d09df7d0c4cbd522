"""What the archive says of itself: what it is, how it works, and how it keeps people safe."""

from datetime import date

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from archive.models.outlets import STRICT_EXTRACT_LIMIT

# Of the text in templates/pages/safety.html: change both with it.
SAFETY_VERSION = 3
SAFETY_DATED = date(2026, 11, 23)


@login_not_required
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "pages/about.html")


@login_not_required
@require_safe
def methodology(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "pages/methodology.html", {"strict_limit": STRICT_EXTRACT_LIMIT})


@login_not_required
@require_safe
def safety(request: HttpRequest) -> HttpResponse:
    context = {
        "version": SAFETY_VERSION,
        "dated": SAFETY_DATED,
        "session_hours": settings.SESSION_COOKIE_AGE // 3600,
    }
    return TemplateResponse(request, "pages/safety.html", context)
