"""Tags and filters for pages: navigation, the operator's contact, days and numbers as a reader writes them."""

from datetime import date
from typing import Any

from babel import Locale
from django import template
from django.conf import settings
from django.core.paginator import Page
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.translation import gettext, gettext_lazy

from archive.text.dates import PartialDate, written

register = template.Library()

NOT_DATED = written(PartialDate(None, None, "unknown", ""))
# Whose pages anybody may read and cite.
PUBLIC_FEATURES = {"browse", "claims", "pages"}
SECTIONS = (
    ("browse:article-list", gettext_lazy("Articles")),
    ("browse:outlet-list", gettext_lazy("Outlets")),
    ("claims:claim-list", gettext_lazy("Claims")),
    ("browse:source-list", gettext_lazy("Sources")),
    ("browse:actor-list", gettext_lazy("Actors")),
    ("browse:tactic-list", gettext_lazy("Tactics")),
)


@register.inclusion_tag("_components/navigation.html", takes_context=True)
def navigation(context: dict[str, Any]) -> dict[str, Any]:
    """The sections of the archive; the one that is open is marked. Error pages come without a request."""
    request = context.get("request")
    path = request.path if isinstance(request, HttpRequest) else ""
    sections = [
        {"label": label, "address": (address := reverse(name)), "is_open": path.startswith(address)}
        for name, label in SECTIONS
    ]
    return {"sections": sections}


@register.simple_tag(takes_context=True)
def absolute(context: dict[str, Any], path: str) -> str:
    """A whole address of ours from a path."""
    return str(context["request"].build_absolute_uri(path))


@register.simple_tag(takes_context=True)
def canonical(context: dict[str, Any]) -> str:
    """The address to keep of a public page: without a question, so that of a list it is the whole list."""
    request = context.get("request")
    match = getattr(request, "resolver_match", None)
    if not isinstance(request, HttpRequest) or match is None or match.namespace not in PUBLIC_FEATURES:
        return ""
    return format_html('<link rel="canonical" href="{}">', request.build_absolute_uri(request.path))


@register.simple_tag(takes_context=True)
def feed(context: dict[str, Any], kind: str) -> str:
    """The feed of a list's changes, for readers of feeds: kind is "article" or "claim"."""
    address = reverse(f"exports:{kind}-atom") + question(context)
    title = gettext("What changed last in this list")
    return format_html('<link rel="alternate" type="application/atom+xml" title="{}" href="{}">', title, address)


@register.inclusion_tag("_components/take.html", takes_context=True)
def take_with_you(context: dict[str, Any], kind: str) -> dict[str, Any]:
    """Links to the list as files, asked as it is asked now."""
    endings = (("csv", "CSV"), ("json", "JSON"), ("atom", "Atom"))
    asked = question(context)
    return {"files": [(label, reverse(f"exports:{kind}-{ending}") + asked) for ending, label in endings]}


def question(context: dict[str, Any]) -> str:
    """What a list's page was asked, without the number of the page; empty or with its question mark."""
    asked = context["request"].GET.copy()
    asked.pop("page", None)
    return f"?{asked.urlencode()}" if asked else ""


@register.simple_tag
def contact() -> str:
    """The operator's address for questions and requests; empty where none is set."""
    return str(settings.ARCHIVE_CONTACT)


@register.filter
def shown_address(address: str) -> str:
    """An address as it is printed: without the scheme of mail and web."""
    return address.removeprefix("mailto:").removeprefix("https://").removeprefix("http://").rstrip("/")


@register.filter
def number(value: int) -> str:
    """A whole number with commas between thousands."""
    return f"{value:,}"


@register.filter
def day(value: str | date | None) -> str:
    """A day written out, "3 November 2026", from a date or its ISO form; empty stays empty."""
    if not value:
        return ""
    found = value if isinstance(value, date) else date.fromisoformat(value)
    return written(PartialDate(found, found, "day", ""))


@register.filter
def in_words(when: PartialDate) -> str:
    """A date as far as it is known, written out."""
    return written(when)


@register.filter
def is_dated(when: Any) -> bool:
    """Whether a record's date says anything at all."""
    return bool(when.text != NOT_DATED)


@register.filter
def short_hash(value: str) -> str:
    """The first twelve characters of a digest, with a mark that more follow."""
    return f"{value[:12]}…"


@register.filter
def language_name(code: str) -> str:
    """The English name of a language by its code; the code itself where it is not known."""
    return str(Locale("en").languages.get(code.partition("-")[0].lower(), code))


@register.filter
def desk_address(public_id: str, kind: str) -> str:
    """The desk's page for a record of this kind; empty where the desk is not installed."""
    try:
        if kind == "article":
            return reverse("desk:article-detail", kwargs={"public_id": public_id})
        return reverse("desk:record-edit", kwargs={"kind": kind, "public_id": public_id})
    except NoReverseMatch:
        return ""


@register.inclusion_tag("_components/pages.html", takes_context=True)
def pages(context: dict[str, Any], page: Page[Any] | None) -> dict[str, Any]:
    """Links to the pages of a list; the rest of the question is kept."""
    elided = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1) if page else ()
    return {"page": page, "elided": list(elided), "request": context.get("request")}
