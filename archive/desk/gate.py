"""Who may use the desk: people with the permission; others that are signed in get 403."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from archive.models import Person
from archive.models.base import USE_DESK

View: TypeAlias = Callable[..., HttpResponse]

_editors_only = permission_required(USE_DESK, raise_exception=True)


class EditorRequest(HttpRequest):
    """A request behind the gate: its user is a person."""

    user: Person


def reading(view: View) -> View:
    """A page of the desk that changes nothing."""
    return _editors_only(require_safe(view))


def writing(view: View) -> View:
    """An address of the desk that a form is sent to."""
    return _editors_only(require_POST(view))


def form_page(view: View) -> View:
    """A page of the desk that shows a form and takes it."""
    return _editors_only(view)
