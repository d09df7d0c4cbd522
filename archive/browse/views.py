"""Home and the lists. Lists show what is published, to everybody alike, so that every number has one meaning;
the desk finds drafts at the desk."""

from django.contrib.auth.decorators import login_not_required
from django.db.models import F
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from archive.browse import bars, charts, scales
from archive.browse.bar_links import Question
from archive.filters import did_you_mean, facets
from archive.filters import figures as figures_asked
from archive.filters.articles import ArticleFilter
from archive.filters.figures import FigureFilter
from archive.filters.listing import listing
from archive.filters.records import ActorFilter, MeasureFilter, OutletFilter, SourceFilter, TacticFilter
from archive.models import Actor, Article, Claim, Coverage, Figure, Measure, Outlet, Source, Tactic
from archive.records import groups, rows
from archive.records.measures import public_figures
from archive.records.watching import Noted

LINES_ON_A_PAGE = 100
FIGURES_ON_A_PAGE = 50
WHOLE = 1000
ON_HOME = {"claims": 8, "articles": 8, "outlets": 16, "measures": 3}


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What the archive holds, each number a link to what it counts. Queries: constant."""
    articles = Article.objects.visible_to(request.user).published()
    claims = Claim.objects.visible_to(request.user).published()
    outlets = Outlet.objects.visible_to(request.user).published()
    measures = Measure.objects.visible_to(request.user).for_listing().best_followed()
    watched = Coverage.objects.visible_to(request.user).published().outlets_by_month()
    noted = Noted(watched, reverse("browse:outlet-list"))
    largest = outlets.for_listing().order_by(F("article_count").desc(), "name")
    return TemplateResponse(
        request,
        "browse/home.html",
        {
            "counts": {
                "articles": articles.count(),
                "outlets": outlets.count(),
                "claims": claims.count(),
                "sources": Source.objects.visible_to(request.user).published().count(),
                "actors": Actor.objects.visible_to(request.user).published().count(),
            },
            "claims": rows.claim_rows(claims.for_listing()[: ON_HOME["claims"]]),
            "articles": rows.article_rows(articles.newest_first()[: ON_HOME["articles"]], request.user),
            "outlets": rows.outlet_rows(largest[: ON_HOME["outlets"]]),
            "bars": bars.draw(articles.by_month(), Question(reverse("browse:article-list"), QueryDict()), noted),
            "figures": [
                (measure, charts.over_time(groups.by_speaker(figures), scales.SMALL))
                for measure, figures in public_figures(measures[: ON_HOME["measures"]], request.user)
            ],
        },
    )


@login_not_required
@require_safe
def article_list(request: HttpRequest) -> HttpResponse:
    articles = Article.objects.visible_to(request.user).published().newest_first()
    asked = ArticleFilter(request.GET, queryset=articles, request=request)
    found = listing(asked)
    search = asked.search(found.total)
    context = {
        "list": found,
        "articles": rows.article_rows(
            found.page or [], request.user, search.tree if search else None, others=asked.others() if found.page else {}
        ),
        "controls": facets.controls(asked, found, asked.sorts(search)),
        "once": asked.switch(found.total),
        "search": search,
        "typed": request.GET.get("q", ""),
        "instead": did_you_mean.offers(asked, found.total),
        "bars": bars.of_list(request, asked, found),
    }
    return TemplateResponse(request, "browse/article_list.html", context, status=found.status)


@login_not_required
@require_safe
def outlet_list(request: HttpRequest) -> HttpResponse:
    outlets = Outlet.objects.visible_to(request.user).published().for_listing().order_by(Lower("name"), "pk")
    asked = OutletFilter(request.GET, queryset=outlets, request=request)
    found = listing(asked, LINES_ON_A_PAGE)
    articles = Article.objects.visible_to(request.user).published()
    watched = Coverage.objects.visible_to(request.user).published().by_outlet(found.page or [])
    sparks = bars.sparks(articles.by_outlet_and_month(found.page or []), watched)
    drawn = [sparks.by_key.get(outlet.pk) for outlet in found.page or []]
    context = {
        "list": found,
        "outlets": list(zip(rows.outlet_rows(found.page or []), drawn, strict=True)),
        "when": sparks.when,
        "controls": facets.controls(asked, found, asked.SORTS),
    }
    return TemplateResponse(request, "browse/outlet_list.html", context)


@login_not_required
@require_safe
def source_list(request: HttpRequest) -> HttpResponse:
    sources = Source.objects.visible_to(request.user).published().for_listing()
    asked = SourceFilter(request.GET, queryset=sources, request=request)
    found = listing(asked)
    context = {
        "list": found,
        "sources": rows.source_rows(found.page or [], request.user),
        "controls": facets.controls(asked, found, asked.SORTS),
    }
    return TemplateResponse(request, "browse/source_list.html", context)


@login_not_required
@require_safe
def actor_list(request: HttpRequest) -> HttpResponse:
    actors = Actor.objects.visible_to(request.user).published().for_listing().order_by(Lower("name"), "pk")
    asked = ActorFilter(request.GET, queryset=actors, request=request)
    found = listing(asked, LINES_ON_A_PAGE)
    context = {
        "list": found,
        "actors": rows.actor_rows(found.page or [], request.user),
        "controls": facets.controls(asked, found, asked.SORTS),
    }
    return TemplateResponse(request, "browse/actor_list.html", context)


@login_not_required
@require_safe
def figure_list(request: HttpRequest) -> HttpResponse:
    """Every number as it was worded, whatever is counted: side by side, none chosen."""
    figures = Figure.objects.visible_to(request.user).published().loaded()
    asked = FigureFilter(request.GET, queryset=figures, request=request)
    found = listing(asked, FIGURES_ON_A_PAGE)
    context = {
        "list": found,
        "figures": rows.figure_rows(found.page or [], request.user),
        "controls": facets.controls(asked, found, figures_asked.SORTS),
    }
    return TemplateResponse(request, "browse/figure_list.html", context)


@login_not_required
@require_safe
def measure_list(request: HttpRequest) -> HttpResponse:
    measures = Measure.objects.visible_to(request.user).for_listing().order_by("slug")
    found = listing(MeasureFilter(request.GET, queryset=measures, request=request), LINES_ON_A_PAGE)
    return TemplateResponse(request, "browse/measure_list.html", {"list": found})


@login_not_required
@require_safe
def tactic_list(request: HttpRequest) -> HttpResponse:
    """The glossary: every term with its bounds, and the number of claims under it."""
    tactics = Tactic.objects.with_voices().order_by("position", "slug")
    found = listing(TacticFilter(request.GET, queryset=tactics, request=request), WHOLE)
    context = {"list": found, "groups": rows.tactic_groups(found.page or [])}
    return TemplateResponse(request, "browse/tactic_list.html", context)
