"""What was changed after it was published, for everybody to see."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from archive.filters.corrections import CorrectionPages
from archive.filters.listing import listing
from archive.history import corrections
from archive.records.corrections import correction_records

PAGE_SIZE = 50


@login_not_required
@require_safe
def correction_list(request: HttpRequest) -> HttpResponse:
    """A page of corrections, the newest first. Queries: constant, whatever the page holds."""
    found = listing(CorrectionPages(request.GET, request=request), PAGE_SIZE)
    records = correction_records(corrections.loaded(found.page or []))
    return TemplateResponse(request, "pages/correction_list.html", {"list": found, "corrections": records})
