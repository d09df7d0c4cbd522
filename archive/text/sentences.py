"""Sentences of a paragraph, as units to point at: a guess that an editor can narrow or widen, never a datum."""

from __future__ import annotations

import re

# A sentence ends with its mark and any closing quotation mark or bracket, before a space and a beginning.
_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s+[\"'“‘«„(\[]*[^\W\d_a-zа-яёіїєґ])|\n+")
# Short words before a full stop that end no sentence.
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Sgt|St|Prof|No|vs|etc|e\.g|i\.e|U\.S|U\.K)|\b\w|\b(?:г|ул|им|тыс|тис|стр|св))\.$"
)


def sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut [start, end) of a text into half-open spans in code points, without the spaces between them."""
    found = []
    at = start
    for match in _END.finditer(text, start, end):
        if match.group().startswith(".") and _ABBREVIATION.search(text, at, match.start() + 1):
            continue
        if span := _trimmed(text, at, match.end()):
            found.append(span)
        at = match.end()
    if span := _trimmed(text, at, end):
        found.append(span)
    return found


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None
