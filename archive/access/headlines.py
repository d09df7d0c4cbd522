"""Where the headline stands in a captured text."""

from __future__ import annotations

from collections.abc import Sequence

from archive.text.paragraphs import paragraphs


def headline_span(text: str, zones: Sequence[str]) -> tuple[int, int] | None:
    """The first paragraph, where it is the headline."""
    if not zones or zones[0] != "headline":
        return None
    first = next(iter(paragraphs(text)), None)
    return (first.start, first.end) if first else None
