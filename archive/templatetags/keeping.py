"""What people with a workspace find on public pages: to put a record into a collection, to keep a list's question."""

from typing import Any

from django import template
from django.contrib.auth.models import AnonymousUser

from archive.models import Article, Collection
from archive.models.base import User, is_desk, reads_full_text
from archive.models.workspace import LIST_PAGES

PUBLIC = AnonymousUser()

register = template.Library()


def reader(context: dict[str, Any]) -> User:
    """Whom the page is made for; error pages come without a request."""
    found: User = getattr(context.get("request"), "user", None) or AnonymousUser()
    return found


@register.inclusion_tag("_components/collect.html", takes_context=True)
def collect(context: dict[str, Any], kind: str, public_id: str, title: str) -> dict[str, Any]:
    """The form that puts a record into a collection; nothing for who has no workspace. One or two queries.

    title: of the record, by which the browser remembers it: as the public reads it, also where the desk sees more.
    """
    user = reader(context)
    if not reads_full_text(user):
        return {}
    if kind == "article" and is_desk(user):
        found = Article.objects.visible_to(PUBLIC).with_public_ids([public_id]).first()
        title = found.headline_for(PUBLIC) if found else ""
    mine = Collection.objects.of(user).current().by_title()
    return {"kind": kind, "id": public_id, "title": title, "collections": mine, "person": user}


@register.inclusion_tag("_components/save_search.html", takes_context=True)
def save_search(context: dict[str, Any]) -> dict[str, Any]:
    """The form that keeps the question of this list; nothing where it cannot be kept, or for who has no workspace."""
    match = getattr(context.get("request"), "resolver_match", None)
    kind = next((kind for kind, page in LIST_PAGES.items() if match and page == match.view_name), None)
    if kind is None or not reads_full_text(reader(context)):
        return {}
    return {"kind": kind.value, "query": context["request"].GET.urlencode()}
