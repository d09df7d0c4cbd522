"""Sentences of a plain text, as far as points and capitals tell.

They bound what is looked at together: a number and its noun, a name and its age, words and the source that is named
for them. A cut too few costs little, so after what may be an abbreviation none is made.
"""

import hashlib
import re

from archive.text.spans import Span

_LINE = re.compile(r"[^\n]+")
_END = re.compile(r"(?<![.!?…])[.!?…]++[\"”’»)\]]*+\s++")
_WORD_BEFORE = re.compile(r"[^\W\d_]+$")
_OPENERS = "\"“”«„‘'([—–- "
# Written with a point and often followed by a capital or a number.
_ABBREVIATIONS = (
    "st mr mrs ms dr prof gen col maj capt lt sgt no art vol fig approx jan feb mar apr jun jul aug sep sept oct nov"
    " dec г гг ул им д кв тыс млн млрд тис ст п пп руб грн гр м р рр вул ім обл просп пр проф акад"
)
_ABBREVIATED = frozenset(_ABBREVIATIONS.split())


def sentences(text: str) -> list[Span]:
    """Cut a text into sentences: spans in order, none empty, none across a line end, without space around them."""
    found: list[Span] = []
    for line in _LINE.finditer(text):
        start = line.start()
        for end in _END.finditer(text, line.start(), line.end()):
            if _begins_sentence(text, end.end(), line.end()) and not _is_abbreviated(text, start, end):
                found.append((start, end.end()))
                start = end.end()
        found.append((start, line.end()))
    return [trimmed for span in found if (trimmed := _trimmed(text, span))[0] < trimmed[1]]


def digest(words: str) -> str:
    """Name a sentence by 12 hexadecimal digits that stay while its words do, whatever stands around it."""
    return hashlib.sha256(" ".join(words.casefold().split()).encode("utf-8", "replace")).hexdigest()[:12]


def _begins_sentence(text: str, at: int, line_end: int) -> bool:
    while at < line_end and text[at] in _OPENERS:
        at += 1
    return at < line_end and not text[at].islower()


def _is_abbreviated(text: str, start: int, end: re.Match[str]) -> bool:
    """Tell whether a point may end an abbreviation or an initial and not the sentence."""
    if text[end.start() : end.end()].strip() != ".":
        return False
    word = _WORD_BEFORE.search(text, max(start, end.start() - 12), end.start())
    if word is None:
        return False
    return len(word.group()) == 1 and word.group().isupper() or word.group().casefold() in _ABBREVIATED


def _trimmed(text: str, span: Span) -> Span:
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
