"""Who may write on texts: people who read them in full; others that are signed in get 403."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from archive.models import Person
from archive.models.base import READ_FULL_TEXT, USE_DESK

View: TypeAlias = Callable[..., HttpResponse]

_readers_only = permission_required(READ_FULL_TEXT, raise_exception=True)
_editors_only = permission_required(USE_DESK, raise_exception=True)


class ReaderRequest(HttpRequest):
    """A request behind the gate: its user is a person who reads texts in full."""

    user: Person


def reading(view: View) -> View:
    return _readers_only(require_safe(view))


def form_page(view: View) -> View:
    return _readers_only(require_http_methods(["GET", "HEAD", "POST"])(view))


def writing(view: View) -> View:
    return _readers_only(require_POST(view))


def deciding(view: View) -> View:
    """An address that an editor's decision is sent to."""
    return _editors_only(require_POST(view))
