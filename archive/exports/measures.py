"""The figures of one measure as CSV: the rows of its page's tables, in their order. It takes no question."""

from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from archive.exports import as_csv, files
from archive.filters.listing import refused
from archive.filters.records import MeasureFilter
from archive.models import Measure
from archive.records.measures import figure_exports


@login_not_required
@require_safe
def figures(request: HttpRequest, path: str) -> HttpResponseBase:
    """Answer with the file; 400 for any question but a page, of which it holds all. Queries: constant."""
    measures = Measure.objects.visible_to(request.user).for_listing()
    measure = get_object_or_404(measures, slug=path)
    asked = MeasureFilter(request.GET, queryset=measures, request=request)
    problems = asked.problems()
    if problems:
        context = {"list": refused(asked, problems), "title": measure.title, "path": measure.get_absolute_url()}
        return render(request, "exports/refused.html", context, status=HTTPStatus.BAD_REQUEST)
    site = request.build_absolute_uri("/").rstrip("/")
    origin = files.Origin("figures", site, measure.get_absolute_url(), "", timezone.localdate())
    return files.sent(request, lambda: figure_exports(measure), origin, as_csv)
