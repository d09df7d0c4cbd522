"""Lists have more addresses than anybody can visit: each filter multiplies them. Robots are told where to stop.

The list without filters is the one to keep (its canonical address); a list with two filters or more is neither to be
kept nor to be followed further, and one with more than a person would choose is refused.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from archive.pages import errors

# A person narrows a list down by a few things, with some alternatives of each.
MOST_FILTERS = 8
MOST_VALUES = 24
# Which page, in which order, by which of its dates, with which filters in sight.
NOT_FILTERS = {"page", "sort", "date", "part", "filters"}
KEEP_OUT = "noindex, nofollow"


class CrawlDefence:
    """Mark lists with several filters, and files of lists, as not for search engines; refuse too many filters."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        if is_file(request) or is_list(request) and sum(filters(request).values()) > 1:
            answer.headers["X-Robots-Tag"] = KEEP_OUT
        return answer

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: object, kwargs: object
    ) -> HttpResponse | None:
        """Answer 400 before the database is asked."""
        if not (is_list(request) or is_file(request)):
            return None
        asked = filters(request)
        if len(asked) <= MOST_FILTERS and sum(asked.values()) <= MOST_VALUES:
            return None
        advice = _("Ask with at most %(filters)s filters at once, and at most %(values)s values in all.")
        words = advice % {"filters": MOST_FILTERS, "values": MOST_VALUES}
        return errors.page(400, _("Too many filters"), words)


def filters(request: HttpRequest) -> dict[str, int]:
    """What narrows the list down, known to it or not: the number of values by the name of each filter.

    A form sends its empty fields, too; they ask for nothing.
    """
    asked = {name: sum(map(bool, values)) for name, values in request.GET.lists() if name not in NOT_FILTERS}
    return {name: count for name, count in asked.items() if count}


def is_list(request: HttpRequest) -> bool:
    """Tell whether a public list is asked for."""
    match = request.resolver_match
    return match is not None and match.view_name.endswith("-list") and not getattr(match.func, "login_required", True)


def is_file(request: HttpRequest) -> bool:
    """Tell whether a list is asked for as a file."""
    return request.resolver_match is not None and request.resolver_match.namespace == "exports"
