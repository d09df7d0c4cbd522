"""Who has a workspace: people who may read full texts; others that are signed in get 403, anonymous ones sign in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from archive.models import Person
from archive.models.base import READ_FULL_TEXT

View: TypeAlias = Callable[..., HttpResponse]

_researchers_only = permission_required(READ_FULL_TEXT, raise_exception=True)


class ResearcherRequest(HttpRequest):
    """A request behind the gate: its user is a person."""

    user: Person


def reading(view: View) -> View:
    """A page that changes nothing."""
    return _researchers_only(require_safe(view))


def writing(view: View) -> View:
    """An address that a form is sent to."""
    return _researchers_only(require_POST(view))


def form_page(view: View) -> View:
    """A page that shows a form and takes it."""
    return _researchers_only(require_http_methods(["GET", "HEAD", "POST"])(view))
