"""Where a search hit stands in a text: words to mark, and a stretch of text worth showing.

The index says which articles match, not where: positions are worked out here, in the text that a
reader may see. Only words that begin with a letter that could fold into what is sought are stemmed.
A redaction's mark is no word, so it is never a hit.
"""

import itertools
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from archive.text import analysis, folding, stems
from archive.text.spans import Span

WIDTH = 240  # code points

# Characters whose folding is worked out once: Latin, Cyrillic, punctuation, symbols, emoji. A text with others is
# gone through word by word.
_RANGES = ((0, 0x24F), (0x400, 0x482), (0x48A, 0x52F), (0x2000, 0x2BFF), (0xFE00, 0xFE0F), (0x1F000, 0x1FAFF))
_IS_SURVEYED = re.compile(f"[{''.join(f'{chr(low)}-{chr(high)}' for low, high in _RANGES)}]*+")
_LETTERS = [sign for low, high in _RANGES for sign in map(chr, range(low, high + 1)) if sign.isalnum()]
# What the first letter of a transliterated word may have become in its token; all others stay.
_BECOMES = {"d": "di", "g": "gh", "j": "ie", "k": "kh", "p": "pf", "q": "k", "w": "v", "x": "k", "y": "ie"}
_SENTENCE_START = re.compile(r"(?:\n|[.!?…][»”\"’)]*\s)\s*")
_SPACE = re.compile(r"\s+")


class Piece(NamedTuple):
    """A stretch of a text, and whether it is a hit."""

    text: str
    is_hit: bool


@dataclass(frozen=True, slots=True)
class Sought:
    """What to look for. rows: tokens that stand in a row, often of one; beginnings: of tokens."""

    rows: frozenset[tuple[str, ...]]
    beginnings: frozenset[str] = frozenset()

    @classmethod
    def words(cls, tokens: Iterable[str]) -> "Sought":
        """Look for single tokens."""
        return cls(frozenset((token,) for token in tokens))


@dataclass(frozen=True, slots=True)
class Snippet:
    """A stretch of a text. is_cut_before, is_cut_after: whether there is more of the text on that side."""

    pieces: tuple[Piece, ...]
    is_cut_before: bool
    is_cut_after: bool


def highlight(text: str, sought: Sought, *, language: str | None = None) -> list[Piece]:
    """Part a text into hits and the rest; the pieces joined are the text.

    text: NFC. language: the text's declared language, as it was indexed; None looks in all languages.
    """
    return list(_pieces(text, (0, len(text)), find(text, sought, language=language)))


def snippet(text: str, sought: Sought, *, language: str | None = None, width: int = WIDTH) -> Snippet:
    """Choose the stretch of a text with the most different hits, else its beginning.

    text, language: as for `highlight`. width: at most so many code points, 1 or more.

    The pieces joined are a part of the text, cut between words where it has spaces.
    """
    hits = find(text, sought, language=language)
    start, end = _stretch(text, _densest(text, hits, width, _reader(language)), width)
    before, after = text[:start], text[end:]
    return Snippet(tuple(_pieces(text, (start, end), hits)), bool(before.strip()), bool(after.strip()))


def find(text: str, sought: Sought, *, language: str | None = None) -> list[Span]:
    """Find the words that are hits, in order; of words in a row each is one."""
    read = _reader(language)
    beginnings = tuple(sought.beginnings)
    rests: dict[str, list[tuple[str, ...]]] = {}
    for row in sought.rows:
        rests.setdefault(row[0], []).append(row[1:])
    found: set[Span] = set()
    # What is asked of each different word once: whether it is a hit by itself, and what else must follow it.
    answers: dict[str, tuple[bool, list[tuple[str, ...]]]] = {}
    for start, end in _candidates(text, {first[0] for first in (*rests, *beginnings)}):
        word = text[start:end]
        if word not in answers:
            follows = [rest for token in read(word) for rest in rests.get(token, ())]
            begins = any(token.startswith(beginnings) for token in read(word))
            answers[word] = begins or () in follows, [rest for rest in follows if rest]
        is_hit, follows = answers[word]
        if is_hit:
            found.add((start, end))
        for rest in follows:
            found.update(_row(text, (start, end), rest, read))
    return sorted(found)


def _reader(language: str | None) -> Callable[[str], frozenset[str]]:
    """Give what tells the tokens that a word may have in the index."""
    if language is None:
        return analysis.tokens_of
    code = stems.known_language(language)
    return lambda word: frozenset((analysis.token(word, code),))


def _row(text: str, first: Span, rest: tuple[str, ...], read: Callable[[str], frozenset[str]]) -> list[Span]:
    """Give the words of a row if they all follow its first, none otherwise."""
    row = [first]
    following = analysis.places(text, first[1])
    for token in rest:
        # Words without sound have no position in the index.
        heard = (place for place in following if any(read(text[slice(*place)])))
        place = next(heard, None)
        if place is None or token not in read(text[slice(*place)]):
            return []
        row.append(place)
    return row


def _candidates(text: str, letters: set[str]) -> Iterator[Span]:
    """Go through the words whose token may begin with one of some letters."""
    if not letters:
        return iter(())
    if not _IS_SURVEYED.fullmatch(text):
        return analysis.places(text)
    return _whole_words(text, _pattern(frozenset(letters)))


def _whole_words(text: str, pattern: re.Pattern[str]) -> Iterator[Span]:
    """Go through what a pattern finds, without ends of words that begin before."""
    done = 0  # never inside a word
    for candidate in pattern.finditer(text):
        start, end = candidate.span()
        if start < done:
            continue
        begin = start
        while begin > done and (text[begin - 1].isalnum() or analysis.is_inside_words(text[begin - 1])):
            begin -= 1
        # A word can hold apostrophes and unseen characters: then it begins further left.
        if begin == start or start in _starts(text, begin, start):
            yield start, end
        done = end


def _starts(text: str, first: int, last: int) -> list[int]:
    """Give where words start between two positions, both included; the first is not inside a word."""
    starts = (start for start, _ in analysis.places(text, first))
    return list(itertools.takewhile(lambda start: start <= last, starts))


@lru_cache(maxsize=256)
def _pattern(letters: frozenset[str]) -> re.Pattern[str]:
    """Write a pattern for the words whose token may begin with one of some letters."""
    starts = "".join(sign for sign in _LETTERS if not _folds_into(sign).isdisjoint(letters))
    return analysis.words_starting_with(starts)


@lru_cache(maxsize=2048)
def _folds_into(sign: str) -> frozenset[str]:
    """Give every letter that the token of a word with this first letter may begin with."""
    written = folding.in_ascii(analysis.in_lower_case(sign))[:1]
    return frozenset(_BECOMES.get(written, written) or "abcdefghijklmnopqrstuvwxyz0123456789")


def _densest(text: str, hits: list[Span], width: int, read: Callable[[str], frozenset[str]]) -> Span | None:
    """Choose the hits to show: the first stretch with the most different words, then with the most words."""
    best, chosen = (0, 0), hits[0] if hits else None
    after = 0
    for place, (start, _) in enumerate(hits):
        while after < len(hits) and hits[after][1] <= start + width:
            after += 1
        shown = hits[place:after]
        # More cannot stand there than what is counted, so most stretches need no closer look.
        if len(shown) > best[1] or (shown and best[0] < len(shown)):
            worth = (len({read(text[low:high]) for low, high in shown}), len(shown))
            if worth > best:
                best, chosen = worth, (start, shown[-1][1])
    return chosen


def _stretch(text: str, hits: Span | None, width: int) -> Span:
    """Set the ends of a snippet round the hits: from the start of a sentence if one is near, and between words."""
    first, last = hits or (0, 0)
    room = max(width - (last - first), 0)
    start = max(first - room // 2, 0)
    starts = [match.end() for match in _SENTENCE_START.finditer(text, max(first - room, 0), first)]
    space = _SPACE.search(text, start, first)
    if first <= room:
        start = 0
    elif starts:
        start = starts[0] if first - starts[0] <= room // 2 else starts[-1]
    elif space is not None and not (start and text[start - 1].isspace()):
        start = space.end()
    end = min(start + width, len(text))
    if end < len(text) and not text[end].isspace():
        spaces = [match.start() for match in _SPACE.finditer(text, max(last, start), end)]
        end = spaces[-1] if spaces else end
    return _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> Span:
    """Leave out white space at both ends."""
    shown = text[start:end]
    return start + len(shown) - len(shown.lstrip()), end - len(shown) + len(shown.rstrip())


def _pieces(text: str, span: Span, hits: Iterable[Span]) -> Iterator[Piece]:
    """Cut a stretch of a text at the hits in it; a hit that the stretch cuts is marked as far as it is shown."""
    at, end = span
    for low, high in hits:
        low, high = max(low, at), min(high, end)
        if low >= high:
            continue
        if low > at:
            yield Piece(text[at:low], False)
        yield Piece(text[low:high], True)
        at = high
    if at < end:
        yield Piece(text[at:end], False)
