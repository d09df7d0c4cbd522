"""What readers of a record are told of requests about it: the archive's own words, never those of whoever asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from archive.models import PublicRequest
from archive.models.vocabulary import RequestState


@dataclass(frozen=True, slots=True)
class NoteRecord:
    """kind: what was decided, in two words."""

    on: date
    kind: str
    text: str


def at(page: str) -> list[NoteRecord]:
    """The notes at a record's page, the oldest first. One query."""
    noted = PublicRequest.objects.noted_at(page).values_list("decided_on", "state", "public_note")
    return [NoteRecord(on, _decided(state), text) for on, state, text in noted if on]


def _decided(state: str) -> str:
    return _("Request granted") if state == RequestState.GRANTED else _("Request declined")
