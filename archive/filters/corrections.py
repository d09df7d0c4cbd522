"""What the list of corrections may be asked: a page."""

from __future__ import annotations

from typing import Any, ClassVar

from archive.filters.listing import ListFilter
from archive.history import corrections
from archive.models import Event


class CorrectionPages(ListFilter):
    """All corrections, by number, the newest first."""

    class Meta:
        model = Event
        fields: ClassVar[list[str]] = []

    def results(self) -> Any:
        return corrections.seqs()
