"""What changed between two saved copies of an article, for people who read captured texts in full."""

from __future__ import annotations

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from archive.access import copies
from archive.access.copies import Copy
from archive.annotate.comparing import compared
from archive.models import Article
from archive.models.base import READ_FULL_TEXT
from archive.models.vocabulary import RecordKind
from archive.records import absences


@permission_required(READ_FULL_TEXT, raise_exception=True)
@require_safe
@absences.answered
def text_changes(request: HttpRequest, public_id: str) -> HttpResponse:
    """Two copies side by side in one text: `from` and `to`, public ids of captures; without them the two newest."""
    article = absences.find(Article.objects.for_page(), RecordKind.ARTICLE, public_id, request.user)
    held = copies.readable(article, request.user)
    earlier, later = _chosen(request, held)
    both = [copy for copy in (earlier, later) if copy]
    texts = copies.texts_of(article, request.user, both) if len(both) == 2 and earlier != later else []
    context = {
        "article": article,
        "headline": article.headline_for(request.user),
        "status": absences.unpublished(article),
        "copies": held,
        "earlier": earlier,
        "later": later,
        "problem": "" if texts else _problem(held, both),
        "comparison": compared(*texts) if texts else None,
    }
    return TemplateResponse(request, "annotate/text_changes.html", context)


def _chosen(request: HttpRequest, held: list[Copy]) -> tuple[Copy | None, Copy | None]:
    """The copies asked for; None for one that is not there, or not for this reader, which is the same."""
    by_id = {copy.id: copy for copy in held}
    earlier, later = (request.GET.get(name, "") for name in ("from", "to"))
    second, first = (held + [None, None])[1], (held + [None])[0]
    return by_id.get(earlier) if earlier else second, by_id.get(later) if later else first


def _problem(held: list[Copy], both: list[Copy]) -> str:
    if len(held) < 2:
        return _(
            "Fewer than two saved copies of this article have a text that may be read here, so nothing is compared."
        )
    if len(both) < 2:
        return _("There is no such saved copy here. Choose two of those below.")
    return _("Both are the same saved copy. Choose two different ones.")
