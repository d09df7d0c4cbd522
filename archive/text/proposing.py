"""What a passage looks like to a reader who knows the signs: whose words, how sure, by which verb, with which numbers.

Each is a proposal that an editor sees filled in and changes; nothing is stored unseen. English, Russian, Ukrainian.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.text.figures_said import SaidFigure, figures_said

# What opens a quotation, and what closes it.
_PAIRS = {"“": "”", "«": "»", "„": "“”", "‘": "’", '"': '"'}
_SIGNS = re.compile('[“”«»„‘’"]')
_QUOTED = re.compile(r"“[^“”]+”|«[^«»]+»|„[^„“”]+[“”]|\"[^\"\n]+\"")
_HEARSAY = re.compile(r"\b(?:reportedly|allegedly|якобы|по слухам|нібито|начебто)\b", re.IGNORECASE)
_VERBS = re.compile(
    r"\b(?:sa(?:id|ys)|stat(?:ed|es)|claim(?:ed|s)|report(?:ed|s)|disclosed|revealed|boasted|announced|told|added|noted"
    r"|argued|warned|according to|citing|confirmed|denied|declared|explained|believes?"
    r"|сообщил\w*|заявил\w*|сказал\w*|рассказал\w*|отметил\w*|утвержда\w+|по данным|по словам|пообещал\w*"
    r"|повідоми\w+|заяви\w+|сказа\w+|розпові\w+|зазначи\w+|за даними|за словами)\b",
    re.IGNORECASE,
)
_DENIAL = re.compile(r"\b(?:denied|denies|опроверг\w*|спростува\w+)\b", re.IGNORECASE)
_HEDGES = (
    ("said", re.compile(r"\b(?:reportedly|allegedly|said to|якобы|нібито)\b", re.IGNORECASE)),
    ("likely", re.compile(r"\b(?:likely|probably|вероятно|скорее всего|ймовірно|швидше за все)\b", re.IGNORECASE)),
    # With a capital, May is a month.
    (
        "possible",
        re.compile(r"\b(?:(?-i:may)|might|could|possibly|perhaps|возможно|может|можливо|може)\b", re.IGNORECASE),
    ),
)
_PARTS = {"related-link": "body", "tags": "body", "boilerplate": "body"}


@dataclass(frozen=True, slots=True)
class Proposal:
    """Terms of the vocabularies voice, part, hedge and act; the verb as printed; numbers at places of the text."""

    voice: str
    part: str
    hedge: str
    act: str
    verb: str
    figures: tuple[SaidFigure, ...]


def propose(text: str, start: int, end: int, *, sentence: tuple[int, int], zone: str) -> Proposal:
    """Read the signs of [start, end) in a text. sentence: the span in which it stands. zone: of its paragraph."""
    words, around = text[start:end], text[sentence[0] : sentence[1]]
    verb = _VERBS.search(around)
    figures = [
        SaidFigure(one.start + start, one.end + start, one.comparator, one.low, one.high) for one in figures_said(words)
    ]
    hedge = next((name for name, pattern in _HEDGES if pattern.search(around)), "none")
    return Proposal(
        voice=_voice(text, start, end, sentence, zone, has_verb=verb is not None),
        part=_PARTS.get(zone, zone),
        hedge=hedge,
        act="denies" if _DENIAL.search(around) else "asserts",
        verb=verb.group() if verb and zone != "headline" else "",
        figures=tuple(figures),
    )


def _voice(text: str, start: int, end: int, sentence: tuple[int, int], zone: str, *, has_verb: bool) -> str:
    words, around = text[start:end].strip(), text[sentence[0] : sentence[1]]
    if zone == "embed" or _is_inside_quotation(text, start, sentence[0]):
        return "quotation"
    if words and words[0] in _PAIRS and words.rstrip(".,")[-1:] in _PAIRS[words[0]]:
        return "quotation"
    if _QUOTED.search(words):
        return "part-quotation"
    if _HEARSAY.search(around):
        return "hearsay"
    return "reported-speech" if has_verb else "own-words"


def _is_inside_quotation(text: str, start: int, since: int) -> bool:
    """Whether a quotation was opened in the paragraph before and not closed yet.

    A sign that may close what is open closes it, with all that was opened in it: “ after „, and a straight one.
    """
    paragraph = max(text.rfind("\n\n", 0, start), 0)
    before = text[min(paragraph, since) : start]
    is_open: list[str] = []
    for sign in _SIGNS.findall(before):
        place = next((place for place, opening in enumerate(is_open) if sign in _PAIRS[opening]), None)
        if place is not None:
            del is_open[place:]
        # One sign closes all of its kind: many write «a «b».
        elif sign in _PAIRS and sign not in is_open:
            is_open.append(sign)
    return bool(is_open)
