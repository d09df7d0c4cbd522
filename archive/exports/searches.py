"""The feed of a saved search: for whoever has its secret address, and of what the public may see alone.

It answers as the list's own feed does, for nobody in particular. An address that opens nothing any more and one that
never did answer alike.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from archive.exports import as_atom, files
from archive.filters import saved
from archive.models import SavedSearch
from archive.models.vocabulary import SavedList
from archive.models.workspace import LIST_PAGES
from archive.records import export_rows

LOADS: dict[SavedList, Callable[[Sequence[int]], list[Any]]] = {
    SavedList.ARTICLES: export_rows.article_exports,
    SavedList.CLAIMS: export_rows.claim_exports,
}


@login_not_required
@require_safe
def search_feed(request: HttpRequest, token: str) -> HttpResponse:
    """Answer with the fifty records that changed last; 404 also where the public's list cannot be asked this."""
    search = SavedSearch.objects.behind(token)
    if search is None:
        raise Http404
    try:
        asked = saved.asked(search.kind, search.query, AnonymousUser())
    except saved.NotAskable as error:
        raise Http404 from error
    kind = SavedList(search.kind)
    title = _("Articles") if kind == SavedList.ARTICLES else _("Claims")
    listed = files.Listed(kind.value, title, LIST_PAGES[kind], LOADS[kind])
    answer = as_atom.answer(request, asked, listed)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
