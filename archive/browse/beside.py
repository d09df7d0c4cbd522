"""Two texts beside each other, for those who read in full: which two is theirs to choose."""

from __future__ import annotations

import re
from http import HTTPStatus

from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from archive.models import Article
from archive.models.base import READ_FULL_TEXT, User
from archive.models.vocabulary import RecordKind
from archive.records import absences
from archive.records.beside import LONGEST, beside
from archive.records.reader import Reader
from archive.text.addresses import NotAnAddress, address_key
from archive.text.identifiers import is_public_id

_readers_in_full = permission_required(READ_FULL_TEXT, raise_exception=True)
# An id by itself, or at the end of an address of the archive's own.
_ID = re.compile(r"(?:\A|/articles/)([0-9A-Za-z]{8})/?\Z")


@_readers_in_full
@require_safe
@absences.answered
def article_beside(request: HttpRequest, public_id: str, other_id: str) -> HttpResponse:
    """Both texts, what they share marked. Queries: constant."""
    one, other = (
        absences.find(Article.objects.for_comparison(), RecordKind.ARTICLE, key, request.user)
        for key in (public_id, other_id)
    )
    if one == other:
        raise Http404
    found = beside(one, other, request.user)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if found.is_too_long else HTTPStatus.OK
    context = {"beside": found, "one": found.left.carrier.ref, "longest": LONGEST}
    return TemplateResponse(request, "browse/article_beside.html", context, status=status)


@_readers_in_full
@require_safe
@absences.answered
def article_beside_choose(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask with which text, and lead to the comparison with `?with=`, an id or an address."""
    one = absences.find(Article.objects.for_comparison(), RecordKind.ARTICLE, public_id, request.user)
    typed = request.GET.get("with", "").strip()
    other = _named(typed, request.user)
    if other is not None and other != one:
        return redirect("browse:article-beside", one.public_id, other.public_id)
    context = {"one": Reader(request.user).article(one), "typed": typed, "is_itself": other is not None}
    return TemplateResponse(request, "browse/article_beside.html", context)


def _named(typed: str, user: User) -> Article | None:
    """The article of an id or address, if this reader may see it; none by an address that is withheld. Two queries."""
    articles = Article.objects.visible_to(user).for_comparison()
    found = _ID.search(typed)
    key = found[1].lower() if found else ""
    one = articles.with_public_ids([key]).first() if is_public_id(key) else None
    if one is not None:
        return one
    try:
        held = articles.held_under([address_key(typed)])
    except NotAnAddress:
        return None
    return next((one for one in held if one.address_for(user)), None)
