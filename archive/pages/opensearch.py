"""The archive's search as browsers and library systems take it on, with suggestions while somebody types.

Source: OpenSearch 1.1 Draft 6. Names and descriptions keep its limits: 16, 48 and 1,024 characters.
"""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

MEDIA_TYPE = "application/opensearchdescription+xml; charset=utf-8"


@login_not_required
@require_safe
def opensearch(request: HttpRequest) -> HttpResponse:
    """Describe the search, with whole addresses of the host that was asked. No query."""
    addresses = {
        "page": request.build_absolute_uri(reverse("browse:article-list")),
        "suggestions": request.build_absolute_uri(reverse("browse:suggest")),
        "itself": request.build_absolute_uri(request.path),
        "site": request.build_absolute_uri("/").rstrip("/"),
    }
    return TemplateResponse(request, "pages/opensearch.xml", addresses, content_type=MEDIA_TYPE)
