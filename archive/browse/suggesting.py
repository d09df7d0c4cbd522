"""What the search box may offer while somebody types, for the page's own script and for browsers.

An answer is an array of what was typed, titles, kinds and addresses, side by side.
Source: OpenSearch 1.1, extension "Suggestions", version 1.1.
"""

from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from archive.records.suggestions import suggestions

MEDIA_TYPE = "application/x-suggestions+json"
LONGEST = 100  # code points


@login_not_required
@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """Answer with what begins so. 400 with a message for any question but one “q” of at most 100 characters."""
    asked = request.GET.getlist("q")
    if len(asked) != 1 or len(request.GET) > 1:
        return refused(_("Ask with one “q”, and nothing else."))
    typed = asked[0]
    if len(typed) > LONGEST:
        return refused(_("“q” has %(size)s characters; %(most)s is the most.") % {"size": len(typed), "most": LONGEST})
    found = suggestions(typed, request.user)
    addresses = [request.build_absolute_uri(one.page) for one in found]
    answer = [typed, [one.title for one in found], [one.what for one in found], addresses]
    return JsonResponse(answer, safe=False, content_type=MEDIA_TYPE)


def refused(message: str) -> JsonResponse:
    """Say what is wrong with a question, as JSON."""
    return JsonResponse({"message": message}, status=HTTPStatus.BAD_REQUEST)
