"""Bracketed reference labels, [1], [5]: those that a list prints, those that the text has, and what is missing."""

import re
from dataclasses import dataclass

from archive.text.spans import Span

_LABEL = re.compile(r"\[(\d{1,3})\]")
# In a list: at the beginning of a line, or after a word such as "Sources:".
_LISTED = re.compile(r"(?m)^[ \t]*(?:[^\W\d_]{1,20}[ \t]*:[ \t]*)?(?P<label>\[\d{1,3}\])")


@dataclass(frozen=True, slots=True)
class Labels:
    """listed, marked: where each number stands in a list, and within sentences; the first place of each.

    missing: ranges of numbers that the numbering leaves out, both ends included.
    """

    listed: dict[int, Span]
    marked: dict[int, Span]
    missing: tuple[tuple[int, int], ...]

    @property
    def unmarked(self) -> list[int]:
        """Numbers of the list to which nothing in the text refers."""
        return sorted(self.listed.keys() - self.marked.keys())


def labels(text: str) -> Labels:
    """Read the labels of a text. Where it has no list, the numbering is that of the marks in its sentences."""
    in_lists = {match.span("label") for match in _LISTED.finditer(text)}
    listed: dict[int, Span] = {}
    marked: dict[int, Span] = {}
    for match in _LABEL.finditer(text):
        (listed if match.span() in in_lists else marked).setdefault(int(match[1]), match.span())
    return Labels(listed, marked, missing_in(listed or marked))


def missing_in(numbers: dict[int, Span]) -> tuple[tuple[int, int], ...]:
    """Ranges that are left out between 1 and the largest number; none where there are fewer than two."""
    if len(numbers) < 2:
        return ()
    present = [0, *sorted(number for number in numbers if number > 0)]
    return tuple((low + 1, high - 1) for low, high in zip(present, present[1:], strict=False) if high - low > 1)


def written(ranges: tuple[tuple[int, int], ...]) -> str:
    """Write ranges as they are noted on an article: 2–4, 7."""
    return ", ".join(str(low) if low == high else f"{low}–{high}" for low, high in ranges)
