"""The bad day: a database that is down, busy or too slow is answered 503, and writing can be switched off."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from archive import passwords
from archive.pages import errors

READING = {"GET", "HEAD", "OPTIONS", "TRACE"}

logger = logging.getLogger(__name__)


class CalmWhenDown:
    """Answer 503 with Retry-After for outages in views; `errors.server_error` does it for all other places."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.ARCHIVE_READ_ONLY and request.method not in READING:
            return errors.unavailable(
                _("The archive is being looked after and takes no changes for now. Reading goes on as usual.")
            )
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Take an outage out of a view's hands; leave every other exception alone."""
        if isinstance(exception, passwords.TooManyAtOnce):
            advice = _("Too many people sign in at this moment. Nothing was changed: go back, and send it again.")
            return errors.unavailable(advice)
        if not errors.is_outage(exception):
            return None
        # The message of a database error may hold a reader's words, and an address may be a secret: the class and the
        # kind of address are enough.
        route = request.resolver_match.route if request.resolver_match else ""
        logger.error("The database failed with %s on /%s.", type(exception).__name__, route)
        return errors.unavailable()
