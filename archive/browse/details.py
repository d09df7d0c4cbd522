"""The page of one record. A page shows what its record holds; the record has passed both doors."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from archive.access import copies
from archive.browse import bars, charts
from archive.browse.bar_links import Question
from archive.filters.listing import Listing, listing
from archive.filters.once import ArticlePages
from archive.models import Actor, Article, Coverage, Measure, Outlet, Source
from archive.models.base import reads_full_text
from archive.models.vocabulary import RecordKind
from archive.records import absences, groups, notes, rows
from archive.records.actors import actor_record
from archive.records.annotations import published_notes_on
from archive.records.articles import ArticleRecord, article_record
from archive.records.measures import measure_record
from archive.records.outlets import outlet_record
from archive.records.plain import as_data
from archive.records.sources import source_record
from archive.records.watching import Noted
from archive.text import month_runs

# Claims in whose chains a source has a part; more only where all are asked for.
CHAINS_ON_A_PAGE = 40


@login_not_required
@require_safe
@absences.answered
def article_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    article = absences.find(Article.objects.for_page(), RecordKind.ARTICLE, public_id, request.user)
    record = article_record(article, request.user)
    context = {
        "article": record,
        "status": absences.unpublished(article),
        "claims": groups.by_claim(record.reports),
        "passages": groups.marked(record),
        "notes": notes.at(record.page),
        "published_notes": published_notes_on(article, request.user),
        "reads_text": reads_full_text(request.user),
        "copies": copies.readable(article, request.user) if record.paragraphs else [],
    }
    return unlisted(TemplateResponse(request, "browse/article_detail.html", context), record)


@login_not_required
@require_safe
@absences.answered
def article_json(request: HttpRequest, public_id: str) -> HttpResponse:
    article = absences.find(Article.objects.for_page(), RecordKind.ARTICLE, public_id, request.user)
    record = article_record(article, request.user)
    return unlisted(JsonResponse(as_data(record)), record)


def unlisted(answer: HttpResponse, article: ArticleRecord) -> HttpResponse:
    """Ask search engines to leave an article out, where the archive was asked to."""
    if article.is_noindex:
        answer.headers["X-Robots-Tag"] = "noindex"
    return answer


@login_not_required
@require_safe
@absences.answered
def outlet_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The outlet, what it lets be shown, and its articles, a page at a time."""
    outlet = absences.find(Outlet.objects.for_page(), RecordKind.OUTLET, slug, request.user)
    articles = Article.objects.visible_to(request.user).published().of_outlet(outlet).newest_first()
    asked = ArticlePages(request.GET, queryset=articles, request=request)
    found = listing(asked)
    of_outlet = bars_of_outlet(outlet, found)
    months = Coverage.objects.visible_to(request.user).of_outlet(outlet).months()
    record = outlet_record(outlet, request.user)
    context = {
        "outlet": record,
        "notes": notes.at(record.page),
        "status": absences.unpublished(outlet),
        "list": found,
        "articles": rows.article_rows(found.page, request.user, others=asked.others()) if found.page else [],
        "once": asked.switch(found.total),
        "bars": bars.draw(asked.qs.by_month(), of_outlet, Noted(dict.fromkeys(months, 1))) if found.page else None,
        "watched": month_runs.told(months),
        "all_articles": f"{of_outlet.path}?{of_outlet.query.urlencode()}",
    }
    return TemplateResponse(request, "browse/outlet_detail.html", context)


def bars_of_outlet(outlet: Outlet, found: Listing) -> Question:
    """The list of articles that the bars of an outlet's own page are of."""
    query, is_once = QueryDict(f"outlet={outlet.slug}", mutable=True), bool(found.asked and found.asked["once"])
    if is_once:
        query["once"] = "1"
    return Question(reverse("browse:article-list"), query, is_beside=is_once)


@login_not_required
@require_safe
@absences.answered
def source_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    source = absences.find(Source.objects.for_page(), RecordKind.SOURCE, public_id, request.user)
    record = source_record(source, request.user)
    many = None if request.GET.get("whole") == "1" else CHAINS_ON_A_PAGE
    context = {
        "source": record,
        "status": absences.unpublished(source),
        "credited": groups.by_claim(record.credited),
        "many": f":{many or ''}",
        "more_chains": len(record.chains[many:]) if many else 0,
        "notes": notes.at(record.page),
    }
    return TemplateResponse(request, "browse/source_detail.html", context)


@login_not_required
@require_safe
@absences.answered
def actor_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    actor = absences.find(Actor.objects.for_page(), RecordKind.ACTOR, public_id, request.user)
    record = actor_record(actor, request.user)
    context = {
        "actor": record,
        "status": absences.unpublished(actor),
        "says": groups.by_claim(record.says),
        "notes": notes.at(record.page),
    }
    return TemplateResponse(request, "browse/actor_detail.html", context)


@login_not_required
@require_safe
def measure_detail(request: HttpRequest, path: str) -> HttpResponse:
    """Every number that was given for one measure, drawn over time where the days are known."""
    measure = get_object_or_404(Measure.objects.visible_to(request.user).for_listing(), slug=path)
    record = measure_record(measure, request.user)
    series = groups.by_speaker(record.figures)
    context = {"measure": record, "series": series, "chart": charts.over_time(series)}
    return TemplateResponse(request, "browse/measure_detail.html", context)
