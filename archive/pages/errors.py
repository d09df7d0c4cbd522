"""Pages for what went wrong: each says what happened and what to do.

400, 500 and 503 are rendered without the request, so that a page about strange bytes or a database
that is down never asks for the session or the database.
"""

import logging
import sys
from http import HTTPStatus

from django.db.utils import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils.translation import gettext as _

RETRY_AFTER = 30  # seconds

logger = logging.getLogger(__name__)


def page(status: int, title: str, advice: str, *, request: HttpRequest | None = None) -> HttpResponse:
    """Render the one page for errors. Without a request it reads as to an anonymous reader."""
    words = {"status": status, "title": title, "advice": advice}
    return HttpResponse(loader.render_to_string("pages/error.html", words, request), status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400; what the sender sent is not repeated to them."""
    return unreadable(_("Part of the address or form could not be read."))


def unreadable(what: str) -> HttpResponse:
    """Answer 400 and say which part of the request is at fault."""
    advice = _("Check the address, or go back and send the form again.")
    return page(HTTPStatus.BAD_REQUEST, _("This request could not be read"), f"{what} {advice}")


def too_large(status: HTTPStatus, what: str) -> HttpResponse:
    """Answer 413 or 414 and say which part of the request is too long."""
    return page(status, _("This request is too large"), what)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403 to somebody who is signed in without the role that the page needs."""
    advice = _("Your account does not open this page. An administrator can change its role.")
    return page(HTTPStatus.FORBIDDEN, _("Not for this account"), advice, request=request)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 to a form without its key: an old page, refused cookies, or another site's form."""
    advice = _("Allow cookies for this site, load the form's page again and send it from there.")
    return page(HTTPStatus.FORBIDDEN, _("This form has expired"), advice)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404, in the same words for what never was and for what is not public."""
    advice = _("Nothing is published at this address. Check it, or start from the list of articles.")
    return page(HTTPStatus.NOT_FOUND, _("Not found"), advice, request=request)


def wrong_verb(allowed: str) -> HttpResponse:
    """Answer 405. allowed: the verbs that the page answers to, as in the Allow header."""
    advice = _("This page answers to %(verbs)s.") % {"verbs": allowed}
    answer = page(HTTPStatus.METHOD_NOT_ALLOWED, _("This page cannot do that"), advice)
    answer.headers["Allow"] = allowed
    return answer


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 503 where the database is down and 500, a defect, for all else."""
    exception = sys.exc_info()[1]
    if exception is not None and is_outage(exception):
        return unavailable()
    advice = _("This is a mistake in the archive, not yours. It has been noted; please try again later.")
    return page(HTTPStatus.INTERNAL_SERVER_ERROR, _("Something went wrong here"), advice)


def is_outage(exception: BaseException) -> bool:
    """Tell a database that is down, busy or too slow from a mistake in our own SQL."""
    if isinstance(exception, InterfaceError):
        return True
    # SQLite reports an unknown table or column by the same class as a locked file.
    return isinstance(exception, OperationalError) and not str(exception).startswith(("no such ", "near "))


def unavailable(advice: str | None = None) -> HttpResponse:
    """Answer 503 and say when to try again."""
    advice = advice or _("The archive's database does not answer just now. Nothing was changed. Try again in a minute.")
    answer = page(HTTPStatus.SERVICE_UNAVAILABLE, _("The archive is busy or at rest"), advice)
    answer.headers["Retry-After"] = str(RETRY_AFTER)
    return answer
