"""Numbers in a text as they are worded: where they stand, with which comparator and bounds.

``text.numerals`` finds the numbers; here the words before them are read, in English, Russian and Ukrainian. What is
found is a proposal to an editor.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise, takewhile
from math import prod

from archive.text import counting_words
from archive.text.numerals import Numeral, numerals

_COMPARATORS = (
    (
        "more-than",
        r"more than|over|above|exceed(?:s|ed|ing)|более(?: чем)?|свыше|больше(?: чем)?|понад|більше(?: ніж)?",
    ),
    (
        "at-least",
        r"at least|(?:no|not) (?:fewer|less) than|не (?:менее|меньше)(?: чем)?|как минимум|по меньшей мере|щонайменше"
        r"|не менше?(?:,? (?:ніж|як))?",
    ),
    ("nearly", r"nearly|almost|close to|почти|майже"),
    ("about", r"about|around|approximately|some|roughly|около|примерно|порядка|близько|приблизно|орієнтовно"),
    (
        "up-to",
        r"up to|as many as|(?:no|not|never) more than|not (?:over|above|exceed(?:ing)?)"
        r"|не (?:более|больше)(?: чем)?|не свыше|не понад|не більше?(?:,? (?:ніж|як))?|до",
    ),
    ("fewer-than", r"fewer than|less than|under|менее(?: чем)?|меньше(?: чем)?|менше(?: ніж)?"),
)
_BEFORE = re.compile(
    r"\b(?:" + "|".join(f"(?P<{name.replace('-', '_')}>{words})" for name, words in _COMPARATORS) + r")\s+$",
    re.IGNORECASE,
)
_VAGUE = re.compile(r"\b(?:hundreds|thousands|dozens|scores|сотни|сотен|тысячи|десятки|сотні|тисячі)\b", re.IGNORECASE)
_LONGEST_COMPARATOR = 20
_RANGE_BEGINS = re.compile(r"\b(?:between|from|от|между|від|між|з)\s+$", re.IGNORECASE)
_RANGE_GOES_ON = re.compile(r"\s(?:to|and|до|и|і|та)\s")
_WORD = re.compile(r"[^\W\d_]+")
_SHARE = re.compile(r"\s?(?:%|per cent|percent|процент|відсот)")


@dataclass(frozen=True, slots=True)
class SaidFigure:
    """A number at [start, end) in code points, comparator included. low, high: as ``text.numbers`` wants them."""

    start: int
    end: int
    comparator: str
    low: int | None
    high: int | None


def figures_said(text: str) -> list[SaidFigure]:
    """Find the numbers of a text that may count people, in order, none overlapping another."""
    counted = [one for one in numerals(text) if not _SHARE.match(text, one.end)]
    # A range first: of two that begin together the longer one is kept.
    found = [figure for one, two in pairwise(counted) if (figure := _range(text, one, two))]
    found += [_figure(text, one) for one in counted]
    found += [SaidFigure(*match.span(), "words", None, None) for match in _VAGUE.finditer(text)]
    kept: list[SaidFigure] = []
    for figure in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or figure.start >= kept[-1].end:
            kept.append(figure)
    return kept


def _range(text: str, one: Numeral, two: Numeral) -> SaidFigure | None:
    """Two numbers that are the ends of one: "between 300 and 400", "от 12 до 15 тыс."."""
    opening = _RANGE_BEGINS.search(text, max(0, one.start - _LONGEST_COMPARATOR), one.start)
    if opening is None or not _RANGE_GOES_ON.fullmatch(text, one.end, two.start):
        return None
    if len(one.values) != 1 or len(two.values) != 1:
        return None
    low, high = one.values[0], two.values[0]
    # A word that multiplies the second multiplies the first: "from 5 to 10 thousand", not "between 500 and 1,000".
    scaled = low * _times(text[two.start : two.end])
    low = scaled if scaled < high else low
    return SaidFigure(opening.start(), two.end, "between", low, high) if low < high else None


def _times(written: str) -> int:
    """By how much the words at its end multiply a number: 1,000 in "15 тыс", 1 in "15,000"."""
    words = reversed(_WORD.findall(written.casefold()))
    return prod(takewhile(bool, (counting_words.MULTIPLIERS.get(word, 0) for word in words)))


def _figure(text: str, numeral: Numeral) -> SaidFigure:
    if not numeral.values:
        return SaidFigure(numeral.start, numeral.end, "words", None, None)
    low, high = min(numeral.values), max(numeral.values)
    if low < high:
        return SaidFigure(numeral.start, numeral.end, "between", low, high)
    before = _BEFORE.search(text, max(0, numeral.start - _LONGEST_COMPARATOR), numeral.start)
    if before is None:
        return SaidFigure(numeral.start, numeral.end, "none", low, low)
    comparator = (before.lastgroup or "none").replace("_", "-")
    if comparator in {"more-than", "at-least"}:
        return SaidFigure(before.start(), numeral.end, comparator, low, None)
    if comparator in {"nearly", "up-to", "fewer-than"}:
        return SaidFigure(before.start(), numeral.end, comparator, None, low)
    return SaidFigure(before.start(), numeral.end, comparator, low, low)
