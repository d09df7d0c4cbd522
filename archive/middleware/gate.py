"""The gate: requests with bytes that cannot be read as text are answered 400 before anything else runs.

Django replaces undecodable bytes in silence, and PostgreSQL refuses NUL with an error that would
become a 500. Here both are refused by name, in path, query, headers, cookies and form.
"""

import codecs
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError
from django.utils.http import parse_header_parameters
from django.utils.translation import gettext as _

from archive.middleware import headers
from archive.pages import errors

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment
    from wsgiref.types import WSGIApplication as Application

FORM = "application/x-www-form-urlencoded"
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
# CGI variables that hold what the client sent, beside those that start with HTTP_.
SENT = {"CONTENT_TYPE", "CONTENT_LENGTH", "REQUEST_METHOD", "SERVER_PROTOCOL"}
# Django's own words for a broken form. ValueError: a length that is no number. LookupError: a file name in an
# encoding that does not exist.
BROKEN = (SuspiciousOperation, MultiPartParserError, BadRequest, UnreadablePostError, ValueError, LookupError)


class Unclean(Exception):
    """Part of a request that is not text in UTF-8; its message names the part for the sender."""


class CleanRequestGate:
    """Let readable requests through; answer 400, 413 or 414 to the rest."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        refusal = self.refusal(request)
        if refusal is None:
            return self.get_response(request)
        return headers.harden(refusal, private=False)

    def refusal(self, request: HttpRequest) -> HttpResponse | None:
        """Give the answer for a request that must not pass, or None."""
        if len(request.META.get("QUERY_STRING", "")) > settings.REQUEST_ADDRESS_LIMIT:
            return errors.too_large(HTTPStatus.REQUEST_URI_TOO_LONG, _("Ask with fewer or shorter words."))
        try:
            check_head(request)
            if request.method == "POST":
                return self.refusal_of_form(request)
        except Unclean as unclean:
            return errors.unreadable(str(unclean))
        return None

    def refusal_of_form(self, request: HttpRequest) -> HttpResponse | None:
        """Read a form whole, once, and give the answer if it must not pass. Raises Unclean."""
        try:
            if int(request.META.get("CONTENT_LENGTH") or 0) > settings.REQUEST_LIMIT:
                raise RequestDataTooBig
            check_form(request)
        except RequestDataTooBig:
            return errors.too_large(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _("Send a smaller form or file."))
        except BROKEN as error:
            raise Unclean(_("The form is broken or has too many fields.")) from error
        return None


def check_head(request: HttpRequest) -> None:
    """Check all but the form. Raises Unclean."""
    odd_address = _("The address cannot be read.")
    # Django writes undecodable bytes of a path as %XX. No address of ours has a per cent sign, so one that
    # was sent escaped twice is no loss.
    check_text([request.path_info], odd_address)
    check_bytes(unquote_to_bytes(request.path_info), odd_address)
    query = as_sent(request.META.get("QUERY_STRING", ""))
    check_bytes(query, odd_address)
    check_bytes(unquote_to_bytes(query), odd_address)
    for name, value in request.META.items():
        if isinstance(value, str) and (name.startswith("HTTP_") or name in SENT):
            check_bytes(as_sent(value), _("A header of the request cannot be read."))
    # A cookie may hide a NUL as "\000", which is undone when cookies are parsed.
    check_text([*request.COOKIES.keys(), *request.COOKIES.values()], _("A cookie of this site cannot be read."))


def in_utf8(application: "Application") -> "Application":
    """Answer 400 to a request that declares another encoding, before Django makes a request of it.

    Django decodes the query by the declared encoding while it makes the request, outside of all that turns
    an exception into an answer: “charset=rot13” would be a 500 that no middleware sees.
    """

    def guarded(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if declares_utf8(environ.get("CONTENT_TYPE", "")):
            return application(environ, start_response)
        answer = headers.harden(errors.unreadable(_("Requests are read as UTF-8 only.")), private=False)
        start_response(f"{answer.status_code} {answer.reason_phrase}", list(answer.items()))
        return [answer.content]

    return guarded


def declares_utf8(content_type: str) -> bool:
    """Tell whether a Content-Type names UTF-8 or ASCII, or no encoding at all."""
    try:
        _kind, declared = parse_header_parameters(content_type)
        return codecs.lookup(declared.get("charset", "utf-8")).name in {"utf-8", "ascii"}
    except (LookupError, ValueError):
        return False


def check_form(request: HttpRequest) -> None:
    """Check field names, fields and file names. Raises Unclean, and what Django raises for broken forms."""
    broken = _("A field of the form cannot be read.")
    if request.content_type == FORM:
        check_bytes(unquote_to_bytes(request.body), broken)
    for name, values in request.POST.lists():
        check_text([name, *(str(value) for value in values)], broken)
    for name, uploads in request.FILES.lists():
        check_text([name, *(upload.name or "" for upload in uploads)], broken)
    if request.content_type == "multipart/form-data":
        # Here Django has already put the replacement character in the place of undecodable bytes, and the
        # bytes are gone; so the character itself is refused. Forms without a file are checked exactly, above.
        check_replacements(request, broken)


def check_replacements(request: HttpRequest, what: str) -> None:
    """Raises Unclean where undecodable bytes were replaced."""
    words = [*request.POST, *request.FILES]
    words += [str(value) for _name, values in request.POST.lists() for value in values]
    words += [upload.name or "" for _name, uploads in request.FILES.lists() for upload in uploads]
    if any(REPLACEMENT in word for word in words):
        raise Unclean(what)


def as_sent(value: str) -> bytes:
    """Give the bytes behind a WSGI string, which holds one byte a character; odd ones become undecodable."""
    try:
        return value.encode("latin-1")
    except UnicodeEncodeError:
        return b"\xff"


def check_bytes(value: bytes, what: str) -> None:
    """Raises Unclean where the bytes are not UTF-8 or hold NUL."""
    try:
        value.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Unclean(what) from error
    if b"\0" in value:
        raise Unclean(what)


def check_text(values: Iterable[str], what: str) -> None:
    """Raises Unclean where a string holds NUL or half of a surrogate pair."""
    for value in values:
        try:
            check_bytes(value.encode("utf-8"), what)
        except UnicodeEncodeError as error:
            raise Unclean(what) from error
