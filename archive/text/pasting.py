"""Text pasted by an editor, parted into paragraphs.

What a browser copies has blank lines between paragraphs, or single line feeds, or both, or lines broken at
a width. A paragraph taken for two can be coded all the same; a whole article taken for one cannot.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from archive.text import normalise, paragraphs

# Lines broken at a width: all but the last are about as long as the longest, and few of them end a sentence.
_NARROW, _WIDE = 40, 110
_EVEN = 0.6
_ENDS = (".", "!", "?", ":", ";", "…", "”", "»", '"', ")")
_OWN_LINE = re.compile(r"\s*(?:[-–—•*·▪]|\(?\d{1,3}[.)]|\[\d{1,3}\])\s?\S")


@dataclass(frozen=True, slots=True)
class Parted:
    """A text in the form that the archive keeps, and the zone of each of its paragraphs."""

    text: str
    zones: tuple[str, ...]


def part_pasted(raw: str) -> Parted:
    """Part a pasted text into paragraphs, the headline first, each with a zone for the editor to correct.

    Each line is a paragraph, unless its lines were plainly broken at a width: then they are joined by spaces. Nothing
    is dropped; the headline, if one can be told, is moved to the front.
    """
    parts = [part for chunk in normalise.plain_text(raw).split("\n\n") for part in _parts(chunk.split("\n"))]
    return put_together(parts, paragraphs.guess_zones("\n\n".join(parts)))


def put_together(parts: Sequence[str], zones: Sequence[str]) -> Parted:
    """Make one text of paragraphs without blank lines in them, the headline first."""
    order = sorted(range(len(parts)), key=lambda index: zones[index] != "headline")
    return Parted("\n\n".join(parts[index] for index in order), tuple(zones[index] for index in order))


def _parts(lines: list[str]) -> list[str]:
    """Part a stretch without blank lines."""
    found = [line.strip() for line in lines if line.strip()]
    return [" ".join(found)] if _is_broken_at_a_width(found) else found


def _is_broken_at_a_width(lines: list[str]) -> bool:
    inner = lines[:-1]
    if not inner or any(_OWN_LINE.match(line) for line in lines):
        return False
    widest = max(map(len, lines))
    return (
        _NARROW <= widest <= _WIDE
        and all(len(line) >= _EVEN * widest for line in inner)
        and sum(line.endswith(_ENDS) for line in inner) <= len(inner) / 3
    )
