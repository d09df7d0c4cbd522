"""Pages for machines: is it alive, is it ready, what may robots read, whom to tell of a weakness."""

from datetime import timedelta
from http import HTTPStatus

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.db.utils import Error
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from archive.pages import errors, readiness

PLAIN = "text/plain; charset=utf-8"
ROBOTS = """\
User-agent: *
Disallow: /accounts/
Disallow: /admin/
Disallow: /desk/
Disallow: /workspace/
Disallow: /articles.csv
Disallow: /articles.json
Disallow: /claims.csv
Disallow: /claims.json
Disallow: /suggest
Sitemap: {sitemap}
"""


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that the process answers. Asks no database."""
    return HttpResponse("ok\n", content_type=PLAIN)


@login_not_required
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Say whether the process can serve: 200, or 503 with what is wrong, in words that give no secret away."""
    try:
        found = readiness.problems(connection)
    except Error:
        found = ["The database does not answer."]
    if not found:
        return JsonResponse({"ready": True, "worker": readiness.worker_diary(), "search": readiness.search_index()})
    answer = JsonResponse({"ready": False, "problems": found}, status=HTTPStatus.SERVICE_UNAVAILABLE)
    answer.headers["Retry-After"] = str(errors.RETRY_AFTER)
    return answer


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Keep robots to what is published, and from files of whole lists; say where the map of addresses is."""
    sitemap = request.build_absolute_uri(reverse("exports:sitemap"))
    return HttpResponse(ROBOTS.format(sitemap=sitemap), content_type=PLAIN)


@login_not_required
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Say where to report a weakness. Source: RFC 9116; 404 until the operator names a contact."""
    if not settings.ARCHIVE_CONTACT:
        raise Http404
    expires = (timezone.now() + timedelta(days=180)).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [f"Contact: {settings.ARCHIVE_CONTACT}", f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}"]
    return HttpResponse("\n".join([*lines, ""]), content_type=PLAIN)
