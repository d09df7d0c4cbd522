"""Lists as files: the records that the list's page shows for the same question, all pages of it, in the same order.

A question that cannot be understood is answered 400: a file that silently held everything would be cited.
"""

from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from archive.exports import as_atom, as_csv, as_json, files
from archive.filters.articles import ArticleFilter
from archive.filters.claims import ClaimFilter
from archive.filters.listing import ListFilter, refused
from archive.models import Article, Claim
from archive.records import export_rows


@login_not_required
@require_safe
def articles(request: HttpRequest, ending: str) -> HttpResponseBase:
    records = Article.objects.visible_to(request.user).published().newest_first()
    asked = ArticleFilter(request.GET, queryset=records, request=request)
    listed = files.Listed("articles", _("Articles"), "browse:article-list", export_rows.article_exports)
    return answered(request, asked, listed, ending)


@login_not_required
@require_safe
def claims(request: HttpRequest, ending: str) -> HttpResponseBase:
    records = Claim.objects.visible_to(request.user).published().for_listing()
    asked = ClaimFilter(request.GET, queryset=records, request=request)
    listed = files.Listed("claims", _("Claims"), "claims:claim-list", export_rows.claim_exports)
    return answered(request, asked, listed, ending)


def answered(request: HttpRequest, asked: ListFilter, listed: files.Listed, ending: str) -> HttpResponseBase:
    """Give the list in the form that its address ends with."""
    problems = asked.problems()
    if problems:
        found = refused(asked, problems)
        context = {"list": found, "title": listed.title, "path": reverse(listed.page)}
        return render(request, "exports/refused.html", context, status=HTTPStatus.BAD_REQUEST)
    if ending == "atom":
        return as_atom.answer(request, asked, listed)
    form = as_csv if ending == "csv" else as_json
    return files.streamed(request, asked, listed, form)
