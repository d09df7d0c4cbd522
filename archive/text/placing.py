"""Where a quote that comes from elsewhere stands in a text that is held here.

Others take their quotes from live pages: line breaks, spaces, quotation marks and dashes differ from those of the text
as it was captured. So a quote that fits nowhere exactly is looked for once more with these made alike. As in
``text.anchor``, a quote that fits in several places is never put into one of them by guess.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Protocol

from archive.text.anchor import QuoteIsAmbiguous, QuoteNotFound, TextSpan

_SPACE = re.compile(r"\s+")
# One code point for one, so that places stay.
_ALIKE = {
    **dict.fromkeys(map(ord, "“”„‟«»″〝〞＂"), '"'),
    **dict.fromkeys(map(ord, "‘’‚‛‹›′`´ʼ＇"), "'"),
    **dict.fromkeys(map(ord, "‐‑‒–—―−﹘﹣－"), "-"),
}
_GONE = "This text does not have these words, nor with other spaces and quotation marks."
_EMPTY = "The quote is empty."


class Quoted(Protocol):
    """A quote with what is known of its place. start, end: code points in the text that it was taken from."""

    @property
    def quote(self) -> str: ...
    @property
    def prefix(self) -> str: ...
    @property
    def suffix(self) -> str: ...
    @property
    def start(self) -> int | None: ...
    @property
    def end(self) -> int | None: ...


def place(text: str, quoted: Quoted) -> TextSpan:
    """Where a quote stands in a text; for several quotes of one text, ask one `Places`."""
    return Places(text).of(quoted)


class Places:
    """A text in which quotes are looked for, in time proportional to the text, whatever the quote."""

    def __init__(self, text: str) -> None:
        self._text = text

    def of(self, quoted: Quoted) -> TextSpan:
        """Find a quote: at its position, if it stands exactly there; else by its words and those around it.

        First as they are, then with all white space and all marks of a kind alike; each time with both contexts, with
        one, alone. The place in the second case is that of the words as the text has them.

        Raises QuoteNotFound where no place fits, QuoteIsAmbiguous where several do and the position is none of them.
        """
        at = self._at_position(quoted)
        if at is not None and self._text[at.start : at.end] == quoted.quote:
            return at
        if not quoted.quote.strip():
            raise QuoteNotFound(quoted.quote, _EMPTY)
        found = _sole(self._text, quoted.quote, quoted.prefix, quoted.suffix)
        if isinstance(found, TextSpan):
            return found
        alike = self._alike.place(quoted, at)
        if isinstance(alike, TextSpan):
            return alike
        several = alike or found
        if several is None:
            raise QuoteNotFound(quoted.quote, _GONE)
        raise QuoteIsAmbiguous(quoted.quote, several)

    def _at_position(self, quoted: Quoted) -> TextSpan | None:
        start, end = quoted.start, quoted.end
        if start is None or end is None or not 0 <= start < end <= len(self._text):
            return None
        return TextSpan(start, end)

    @cached_property
    def _alike(self) -> _Alike:
        return _Alike(self._text)


class _Alike:
    """A text with each run of white space as one space, and marks of a kind alike, which knows its own places.

    A space stands at either end, so that a quote that begins or ends with one is found there, too.
    """

    def __init__(self, text: str) -> None:
        self._given = text
        self._text = f" {_levelled(text)} "
        self._starts = [0]
        last = 0
        for run in _SPACE.finditer(text):
            # Of a run, its first place stands for all of it.
            self._starts.extend(range(last, run.start() + 1))
            last = run.end()
        self._starts.extend(range(last, len(text) + 1))

    def place(self, quoted: Quoted, at: TextSpan | None) -> TextSpan | tuple[int, int] | None:
        """The one place of a quote in the text as given, without spaces at its ends.

        Of several places the first two; None where there is none.
        """
        quote, prefix, suffix = _levelled(quoted.quote), _levelled(quoted.prefix), _levelled(quoted.suffix)
        if at is not None and at.end - at.start <= 2 * len(quoted.quote) + 100:
            there = self._given[at.start : at.end]
            if _levelled(there) == quote:
                start = at.start + len(there) - len(there.lstrip())
                return TextSpan(start, start + len(there.strip()))
        lead, trail = len(quote) - len(quote.lstrip()), len(quote) - len(quote.rstrip())
        # Spaces on both sides of where context and quote meet are one run in the text.
        found = _sole(self._text, quote, prefix.rstrip() if lead else prefix, suffix.lstrip() if trail else suffix)
        if isinstance(found, TextSpan):
            # The last of the words is no space, so its place says where they end.
            return TextSpan(self._starts[found.start + lead], self._starts[found.end - trail - 1] + 1)
        return (self._starts[found[0] + lead], self._starts[found[1] + lead]) if found else None


def _levelled(text: str) -> str:
    return _SPACE.sub(" ", text).translate(_ALIKE)


def _sole(text: str, quote: str, prefix: str, suffix: str) -> TextSpan | tuple[int, int] | None:
    """The one place of a quote with its context, with one side of it, or alone; of several, the first two starts.

    Where one side fits in one place and the other in another, both are places.
    """
    both = _starts(text, prefix, quote, suffix)
    if both:
        return _span(both, quote)
    before = _starts(text, prefix, quote, "") if prefix and suffix else []
    after = _starts(text, "", quote, suffix) if prefix and suffix else []
    one_side = sorted({*before, *after})
    return _span(one_side or _starts(text, "", quote, ""), quote)


def _span(starts: list[int], quote: str) -> TextSpan | tuple[int, int] | None:
    if len(starts) > 1:
        return starts[0], starts[1]
    return TextSpan(starts[0], starts[0] + len(quote)) if starts else None


def _starts(text: str, prefix: str, quote: str, suffix: str) -> list[int]:
    """The first two places of a quote between these words. Python looks for long words in linear time."""
    wanted = prefix + quote + suffix
    at = text.find(wanted)
    if at < 0:
        return []
    # From the next position on, not from the end: places may overlap ("ana" in "banana").
    again = text.find(wanted, at + 1)
    return [at + len(prefix)] + ([again + len(prefix)] if again >= 0 else [])
