"""Quotes and the places where they stand.

A passage is kept as a position in one version of a text, and carried over to the next version as a
quote with its context. A quote that fits nowhere, or in two places, is never put somewhere by
guess: a claim hung on the wrong sentence is worse than one that waits for an editor.
"""

from typing import NamedTuple

from archive.text import normalise

CONTEXT_WIDTH = 32

_PLAIN_SPACES = dict.fromkeys(map(ord, "\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\u3000"), " ")


class TextSpan(NamedTuple):
    """A half-open span [start, end) in code points."""

    start: int
    end: int


class QuoteNotFound(LookupError):
    """A quote, with the context given, stands nowhere in the text."""

    def __init__(self, quote: str, advice: str) -> None:
        self.quote = quote
        super().__init__(f"“{_shortened(quote)}” was not found. {advice}")


class QuoteIsAmbiguous(LookupError):
    """A quote, with the context given, stands in several places; `starts` holds the first two."""

    def __init__(self, quote: str, starts: tuple[int, int]) -> None:
        self.quote = quote
        self.starts = starts
        super().__init__(
            f"“{_shortened(quote)}” stands in several places, first at {starts[0]} and {starts[1]}. "
            "Give more of the words just before or after it."
        )


def anchor_quote(text: str, quote: str, *, prefix: str = "", suffix: str = "") -> TextSpan:
    """Find where a quoted passage stands in an article's text.

    text: plain text, NFC-normalised, each line ended by a line feed; the quote and its context in the same form.
    prefix, suffix: what stands just before and after; they choose between repeated passages.

    Spaces of other widths count as plain ones where nothing fits exactly.

    Returns a half-open span [start, end) in code points, not bytes.
    Raises QuoteNotFound where no place fits, QuoteIsAmbiguous where several do.
    Source: W3C Web Annotation Data Model, 4.2.4 Text Quote Selector.
    """
    if not quote:
        raise QuoteNotFound(quote, "The quote is empty: copy the words from the text.")
    wanted = prefix + quote + suffix
    at = text.find(wanted)
    if at < 0:
        # Copying from a browser turns no-break spaces into plain ones; each is one code point, so places stay.
        text, wanted = text.translate(_PLAIN_SPACES), wanted.translate(_PLAIN_SPACES)
        at = text.find(wanted)
    if at < 0:
        has_quote = (prefix or suffix) and quote.translate(_PLAIN_SPACES) in text
        raise QuoteNotFound(quote, _OTHER_CONTEXT if has_quote else _OTHER_WORDS)
    start = at + len(prefix)
    # From the next position on, not from the end: places of a quote may overlap ("ana" in "banana").
    again = text.find(wanted, at + 1)
    if again >= 0:
        raise QuoteIsAmbiguous(quote, (start, again + len(prefix)))
    return TextSpan(start, start + len(quote))


def quote_with_context(text: str, span: tuple[int, int], width: int = CONTEXT_WIDTH) -> tuple[str, str, str]:
    """Give a span's words with what stands around them, enough to find the place again.

    width: how many code points of context to take on each side; fewer at the ends of the text.

    Returns (prefix, quote, suffix). Raises ValueError for a span that is not within the text.
    """
    start, end = span
    if not 0 <= start <= end <= len(text):
        raise ValueError(f"The span {start}–{end} is not within a text of {len(text)} code points.")
    return text[max(0, start - width) : start], text[start:end], text[end : end + width]


_OTHER_WORDS = "Copy the words exactly as the text has them, with their quotation marks and spaces."
_OTHER_CONTEXT = "Its words are in the text, but not with these words around them: correct or leave out the context."


def _shortened(quote: str, limit: int = 80) -> str:
    """Cut a quote to what fits into a message."""
    return normalise.single_line(quote if len(quote) <= limit else quote[: limit - 1] + "…")
