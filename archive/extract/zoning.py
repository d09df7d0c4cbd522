"""Which part of the page each block is.

Three judges: the markup (captions, embedded posts), trafilatura (what is the article's body), and the words themselves
(`text.paragraphs`: reference lists, terms, notes). Where they leave it open, text that reads like an article's and
stands in its midst stays in the body, for what is taken for furniture is easily overlooked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from archive.extract.pages import Block
from archive.text.paragraphs import zone_alone

_LETTERS = re.compile(r"[\W_]+")
# Below this many letters and digits, a stretch may stand in the body by chance.
_LONG_ENOUGH = 25
# Words that carry a sentence, not a label. In code points.
_A_SENTENCE = 60
_LINKED = 0.5
_REFERENCES = re.compile(
    r"(?:references|sources|bibliography|works cited|notes|footnotes|источники|примечания|джерела|примітки)\s*:?",
    re.IGNORECASE,
)


def key(words: str) -> str:
    """Letters and digits alone, in lower case: equal where two parsers differ in spaces and signs."""
    return _LETTERS.sub("", words).casefold()


class Body:
    """What trafilatura took for the article's text."""

    def __init__(self, text: str) -> None:
        lines = [key(line) for line in text.split("\n")]
        self._lines = frozenset(filter(None, lines))
        self._all = "\n".join(lines)
        self._joined = "".join(lines)

    def holds(self, words: str) -> bool:
        wanted = key(words)
        if not wanted or wanted in self._lines:
            return bool(wanted)
        return len(wanted) >= _LONG_ENOUGH and (
            wanted in self._joined or wanted[: len(wanted) * 2 // 3] in self._joined
        )


def zones(blocks: Sequence[Block], body_text: str, headline: str, description: str) -> list[str]:
    """Give each block its zone; at most one is the headline."""
    body = Body(body_text)
    inside = [body.holds(block.words) for block in blocks]
    at = headline_place(blocks, headline)
    first = inside.index(True) if True in inside else len(blocks)
    last = len(blocks) - 1 - inside[::-1].index(True) if True in inside else -1
    if at is not None and first > at and not inside[at]:
        first = min(first, at + 1)
    found: list[str] = []
    repeated = key(blocks[at].words) if at is not None else ""
    for index, block in enumerate(blocks):
        if index == at:
            found.append("headline")
        elif repeated and key(block.words) == repeated:
            found.append("boilerplate")
        else:
            zone = _zone(block, inside[index], first <= index <= last)
            is_standfirst = zone == "body" and at is not None and _is_standfirst(block, found[at:], description)
            found.append("standfirst" if is_standfirst else zone)
    return _with_references(blocks, found)


def headline_place(blocks: Sequence[Block], headline: str) -> int | None:
    """Find the block that prints the headline: a first heading like it, any block like it, the only first heading."""
    wanted = key(headline)
    firsts = [index for index, block in enumerate(blocks) if block.tag == "h1" and len(block.words) <= 400]
    if wanted:
        for index in firsts:
            if alike(key(blocks[index].words), wanted):
                return index
        for index, block in enumerate(blocks):
            if len(block.words) <= 400 and block.links < 1 and key(block.words) == wanted:
                return index
    return firsts[0] if len(firsts) == 1 else None


def alike(one: str, other: str) -> bool:
    """Tell two wordings of a headline: one begins the other, or they have most letters in common."""
    if not one or not other:
        return False
    short, long = sorted((one, other), key=len)
    if len(short) >= 12 and (long.startswith(short) or 2 * len(short) >= len(long) and short in long) or short == long:
        return True
    return SequenceMatcher(None, one[:300], other[:300], autojunk=False).ratio() > 0.6


def _zone(block: Block, in_body: bool, is_amid: bool) -> str:
    """Judge a block by itself and by where it stands."""
    if block.hint in {"embed", "caption"}:
        return block.hint
    by_words = zone_alone(block.words)
    if by_words != "body":
        return by_words
    if in_body:
        return "body"
    if block.hint in {"related-link", "tags", "boilerplate"}:
        return block.hint
    if block.links > _LINKED:
        return "related-link" if len(block.words) > _A_SENTENCE // 2 else "boilerplate"
    if is_amid and len(block.words) >= _A_SENTENCE and block.hint != "aside":
        return "body"
    return "boilerplate"


def _is_standfirst(block: Block, since: Sequence[str], description: str) -> bool:
    """Tell what stands between headline and body: it says so, or repeats what the page gives as its description."""
    if "body" in since:
        return False
    told = key(description)
    return block.hint == "standfirst" or block.tag == "h2" or len(told) > _LONG_ENOUGH and key(block.words) == told


def _with_references(blocks: Sequence[Block], found: list[str]) -> list[str]:
    """Take the list under a heading such as "References" for what it is."""
    is_listing = False
    for index, block in enumerate(blocks):
        if _REFERENCES.fullmatch(block.words.strip()) and block.tag != "li":
            is_listing = found[index] in {"body", "reference-list"}
            if is_listing:
                found[index] = "reference-list"
        elif is_listing and block.tag == "li" and found[index] == "body":
            found[index] = "reference-list"
        elif found[index] in {"body", "headline"} and block.tag != "li":
            is_listing = False
    return found
