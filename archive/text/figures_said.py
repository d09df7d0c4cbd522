"""Numbers in a text as they are worded: where they stand, with which comparator and bounds.

English, Russian, Ukrainian.

A year, a day of a month, a time, a percentage and a number in brackets are no numbers of people, and are left out.
What is found is a proposal to an editor.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_DIGITS = r"\d{1,3}(?:[,\u00a0\u202f\u2009 ]\d{3})+(?!\d)|\d+"
_SCALES = {
    "hundred": 100,
    "thousand": 1_000,
    "million": 1_000_000,
    "тыс": 1_000,
    "тис": 1_000,
    "млн": 1_000_000,
    "миллион": 1_000_000,
    "мільйон": 1_000_000,
}
_SCALE = r"(?:\s?(?P<scale>hundred|thousand|million|тыс|тис|млн|миллион|мільйон)\w*\.?)?"
_WORDS = {
    word: number
    for number, words in {
        2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine", 10: "ten",
        11: "eleven", 12: "twelve", 13: "thirteen", 14: "fourteen", 15: "fifteen", 16: "sixteen", 17: "seventeen",
        18: "eighteen", 19: "nineteen", 20: "twenty", 30: "thirty", 40: "forty", 50: "fifty", 60: "sixty",
        70: "seventy", 80: "eighty", 90: "ninety",
    }.items()
    for word in words.split()
}  # fmt: skip
_VAGUE = r"hundreds|thousands|dozens|scores|сотни|сотен|тысячи|десятки|сотні|тисячі"
_COMPARATORS = (
    ("more-than", r"more than|over|above|exceed(?:s|ed|ing)|более(?: чем)?|свыше|больше|понад|більше(?: ніж)?"),
    ("at-least", r"at least|no fewer than|not less than|не менее|как минимум|по меньшей мере|щонайменше|не менше"),
    ("nearly", r"nearly|almost|close to|почти|майже"),
    ("about", r"about|around|approximately|some|roughly|около|примерно|порядка|близько|приблизно|орієнтовно"),
    ("up-to", r"up to|as many as|до"),
    ("fewer-than", r"fewer than|less than|under|менее(?: чем)?|меньше|менше(?: ніж)?"),
)
_COMPARATOR = "|".join(f"(?P<{name.replace('-', '_')}>{words})" for name, words in _COMPARATORS)
_NUMBER = re.compile(
    rf"(?<![\w\[(.,/:@#-])(?:(?:{_COMPARATOR})\s+)?"
    rf"(?P<low>(?:{_DIGITS})(?![\w%:/])|\b(?:{'|'.join(_WORDS)})\b){_SCALE}"
    rf"(?:\s?(?:–|—|-|to|and|до|и|і)\s?(?P<high>{_DIGITS}){_SCALE.replace('scale', 'scale2')})?",
    re.IGNORECASE,
)
_VAGUE_NUMBER = re.compile(rf"\b(?:{_VAGUE})\b", re.IGNORECASE)
_MONTH = (
    r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|январ|феврал|март|апрел|ма[яй]|июн|июл|август|сентябр|октябр|ноябр"
    r"|декабр|січ|лют|берез|квіт|трав|черв|лип|серп|верес|жовт|листоп|груд"
)
_AFTER_IS_NO_COUNT = re.compile(
    rf"\s?(?:%|per cent|percent|процент|відсот|(?:{_MONTH})|st\b|nd\b|rd\b|th\b|год|рок|р\.)", re.IGNORECASE
)
_BEFORE_IS_NO_COUNT = re.compile(rf"(?:\b(?:{_MONTH})\w*\.?|\b(?:no|number|article|age[d]?|№|ст))\s?$", re.IGNORECASE)
YEARS = range(1900, 2100)


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
    found = [figure for match in _NUMBER.finditer(text) if (figure := _figure(text, match))]
    found += [SaidFigure(*match.span(), "words", None, None) for match in _VAGUE_NUMBER.finditer(text)]
    kept: list[SaidFigure] = []
    for figure in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or figure.start >= kept[-1].end:
            kept.append(figure)
    return kept


def _figure(text: str, match: re.Match[str]) -> SaidFigure | None:
    low = _value(match["low"], match["scale"])
    comparator = next((name for name, _words in _COMPARATORS if match[name.replace("-", "_")]), "none")
    if match["high"] and not _is_date_like(match):
        high = _value(match["high"], match["scale2"])
        # "12 to 15 thousand" means thousands in both.
        low = low * _scale(match["scale2"]) if match["scale2"] and not match["scale"] else low
        return SaidFigure(*match.span(), "between", low, high) if low < high else None
    end = match.end("scale") if match["scale"] else match.end("low")
    if match["scale"]:
        while end < len(text) and text[end].isalpha():
            end += 1
    bare = match["scale"] is None and match["low"].isdigit()
    if bare and comparator == "none" and low in YEARS and len(match["low"]) == 4:
        return None
    if bare and (_AFTER_IS_NO_COUNT.match(text, end) or _BEFORE_IS_NO_COUNT.search(text[: match.start("low")])):
        return None
    if comparator in {"more-than", "at-least"}:
        return SaidFigure(match.start(), end, comparator, low, None)
    if comparator in {"nearly", "up-to", "fewer-than"}:
        return SaidFigure(match.start(), end, comparator, None, low)
    return SaidFigure(match.start(), end, comparator, low, low)


def _is_date_like(match: re.Match[str]) -> bool:
    return match["low"].isdigit() and int(match["low"]) in YEARS and match["scale"] is None


def _value(words: str, scale: str | None) -> int:
    number = _WORDS.get(words.lower())
    if number is None:
        number = int(re.sub(r"\D", "", words))
    return number * _scale(scale)


def _scale(word: str | None) -> int:
    return _SCALES[word.lower()] if word else 1
