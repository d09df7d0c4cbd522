"""Taking in what somebody outside asks for.

Nobody is signed in, so there is no `by=`; and it is no history, so there is no event.
"""

from __future__ import annotations

from django.utils import timezone

from archive.models import PublicRequest
from archive.models.vocabulary import RequestKind

# A day on which more come is one on which somebody floods: then the rest is asked to write.
MOST_A_DAY = 500


class TooMany(Exception):
    """More requests came today than people send."""


def take_in(kind: RequestKind, address: str, text: str, *, contact: str = "") -> PublicRequest:
    """Keep a request for the editors. Raises TooMany. Two queries."""
    today = timezone.localdate()
    if PublicRequest.objects.of_day(today).count() >= MOST_A_DAY:
        raise TooMany
    return PublicRequest.objects.create(kind=kind, address=address, text=text, contact=contact, received_on=today)
