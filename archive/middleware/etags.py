"""Public pages carry the version of what is public, so that an unchanged page costs one query.

The tag is made from the public version, the day, the build, the language and the address: nothing that is
hidden shows through it, and an address with nothing behind it gets the same tag as any other. The day is in it
because pages say on which day they were read (how to cite them) and files on which day they were made.
"""

import functools
import hashlib
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone
from django.utils.http import parse_etags
from django.utils.translation import get_language

from archive.history import versions
from archive.middleware import headers

# Pages that tell the state of the moment, or nothing of the records, and pages whose forms carry a key of their own.
MOMENTARY = {"accounts", "admin", "desk", "requests", "workspace"}
# A secret address that was switched off must not answer that nothing changed.
MOMENTARY_PAGES = {"exports:search-atom", "pages:healthz", "pages:readyz", "pages:robots", "pages:security-txt"}
CODE_AND_LOOK = ("archive", "templates", "static")


class PublicVersionTag:
    """Answer 304 where a reader still holds the page, and put the tag on the pages that they don't."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        tag = getattr(request, "public_version_tag", None)
        if tag is not None and answer.status_code == 200 and not answer.cookies:
            answer.headers.setdefault("ETag", tag)
        return answer

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Work out the tag before the view runs: a page that changes meanwhile then has an old tag, never a new one."""
        if not is_versioned(request, view):
            return None
        tag = version_tag(request)
        if tag in parse_etags(request.headers.get("If-None-Match", "")):
            return HttpResponseNotModified(headers={"ETag": tag})
        request.public_version_tag = tag  # type: ignore[attr-defined]  # Carried to __call__; Django's own idiom.
        return None


def is_versioned(request: HttpRequest, view: Callable[..., HttpResponse]) -> bool:
    """Tell whether a page is public, is read by nobody in particular, and changes only with the public version."""
    match = request.resolver_match
    return (
        request.method in {"GET", "HEAD"}
        and not getattr(view, "login_required", True)
        and not headers.has_session(request)
        and match is not None
        and not MOMENTARY.intersection(match.namespaces)
        and match.view_name not in MOMENTARY_PAGES
    )


def version_tag(request: HttpRequest) -> str:
    """Make the tag of an address as it is now. One query.

    Weak, because a front server may compress the answer.
    """
    parts = (
        str(versions.public_version()),
        timezone.localdate().isoformat(),
        build(),
        get_language() or "",
        request.get_host(),
        request.get_full_path(),
    )
    return f'W/"{hashlib.sha256(repr(parts).encode()).hexdigest()[:32]}"'


@functools.cache
def build() -> str:
    """Name the code and look that are running: ARCHIVE_BUILD, or else a digest of the files."""
    if settings.ARCHIVE_BUILD:
        return str(settings.ARCHIVE_BUILD)
    digest = hashlib.sha256(settings.ARCHIVE_CONTACT.encode())
    for folder in CODE_AND_LOOK:
        for path in sorted((settings.BASE_DIR / folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(str(path).encode() + path.read_bytes())
    return digest.hexdigest()
