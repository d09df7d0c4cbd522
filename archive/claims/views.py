"""The list of claims and the page of each."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from archive.claims import drawing, timeline
from archive.claims.asked import Asked
from archive.filters import claims as claims_asked
from archive.filters import facets
from archive.filters.claims import ClaimFilter
from archive.filters.listing import listing
from archive.models import Claim, Coverage
from archive.models.vocabulary import RecordKind
from archive.records import absences, notes, rows
from archive.records.claims import claim_record
from archive.records.plain import as_data
from archive.records.watching import Noted

# Articles of a row that stand on the page where nobody asked for all: among others, and of the claim itself.
FEW, MANY = 6, 40


@login_not_required
@require_safe
def claim_list(request: HttpRequest) -> HttpResponse:
    """Published claims, those from the most starting points first."""
    claims = Claim.objects.visible_to(request.user).published().for_listing()
    asked = ClaimFilter(request.GET, queryset=claims, request=request)
    found = listing(asked)
    context = {
        "list": found,
        "claims": rows.claim_rows(found.page or []),
        "controls": facets.controls(asked, found, claims_asked.SORTS),
    }
    return TemplateResponse(request, "claims/claim_list.html", context)


@login_not_required
@require_safe
@absences.answered
def claim_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    claim = absences.find(Claim.objects.for_page(), RecordKind.CLAIM, public_id, request.user)
    first = Asked.of(request.GET)
    record = claim_record(claim, request.user, first.shape)
    asked = first.answered(record)
    if asked.shape != first.shape:
        record = claim_record(claim, request.user, asked.shape)
    watched = Coverage.objects.visible_to(request.user).published().outlets_by_month()
    noted = Noted(watched, reverse("browse:outlet-list"))
    pages = range(1, record.report_pages + 1) if record.report_pages > 1 else ()
    context = {
        "claim": record,
        "asked": asked,
        "drawing": drawing.draw(record.chain, record.not_stated_list[: None if asked.whole else FEW]),
        "timeline": timeline.draw(record.article_list, record.id, noted),
        "other": {
            "once": asked.address(once=not asked.once),
            "whole": asked.address(whole=not asked.whole),
            "pages": [(page, asked.address(page=page)) for page in pages],
        },
        # How much of a row of articles is shown, as a slice.
        "few": ":" if asked.whole else f":{FEW}",
        "many": ":" if asked.whole else f":{MANY}",
        "status": absences.unpublished(claim),
        "notes": notes.at(record.page),
    }
    return TemplateResponse(request, "claims/claim_detail.html", context)


@login_not_required
@require_safe
@absences.answered
def claim_json(request: HttpRequest, public_id: str) -> HttpResponse:
    claim = absences.find(Claim.objects.for_page(), RecordKind.CLAIM, public_id, request.user)
    return JsonResponse(as_data(claim_record(claim, request.user)))
