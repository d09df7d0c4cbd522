"""Words that sound almost as typed, so that a slip of the hand can be put right.

Sounds are compared, the tokens of the index without any stemming: Latin and Cyrillic spellings of a name are one
sound, and a slip counts the same in both. A slip is a letter too few, too many or another, or two that changed places.
"""

import itertools
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from archive.text import analysis

SHORTEST = 4  # letters of a sound; shorter words are all alike
_ONE_SLIP_ONLY = 5  # letters up to which two slips would make another word


class Sound(NamedTuple):
    """word: in lower case. sound: its letters a-z."""

    word: str
    sound: str


class Reach(NamedTuple):
    """What a word may be a slip of: words of the same first letter, or that begin with its first two exchanged.

    start: a letter. swapped: two. shortest, longest: letters of the sound.
    """

    start: str
    swapped: str
    shortest: int
    longest: int

    def holds(self, sound: str) -> bool:
        return sound.startswith((self.start, self.swapped)) and self.shortest <= len(sound) <= self.longest


def sounds(text: str) -> list[Sound]:
    """Give the words of a text that may be put right or offered, each once: four letters or more, and no digit."""
    found = {analysis.in_lower_case(word): analysis.token(word) for word in analysis.words(text)}
    return [Sound(word, sound) for word, sound in found.items() if len(sound) >= SHORTEST and sound.isalpha()]


def slips(sound: str) -> int:
    """How many slips a word of this sound may have."""
    return 1 if len(sound) <= _ONE_SLIP_ONLY else 2


def reach(sound: str) -> Reach:
    """Say which words are worth comparing with one of this sound."""
    most = slips(sound)
    return Reach(sound[0], sound[1] + sound[0], max(SHORTEST, len(sound) - most), len(sound) + most)


def nearest(typed: Sound, known: Iterable[Sound], most: int) -> list[tuple[int, Sound]]:
    """Give the known words that are nearest to what was typed, with the number of slips, at most so many.

    Of two that are as near, first the one in the same script, then the one that is spelled alike. Words that a search
    for the typed one finds anyway are left out.
    """
    by_sound: dict[str, list[Sound]] = {}
    for one in known:
        by_sound.setdefault(one.sound, []).append(one)
    near = process.extract(
        typed.sound, list(by_sound), scorer=OSA.distance, score_cutoff=slips(typed.sound), limit=None
    )
    alike = [
        (int(slips_made), min(by_sound[sound], key=lambda one: _strangeness(typed, one)))
        for sound, slips_made, _place in near
    ]
    ranked = sorted(alike, key=lambda found: (found[0], *_strangeness(typed, found[1])))
    found_anyway = analysis.query_stems(typed.word)
    others = (found for found in ranked if not found_anyway & analysis.tokens_of(found[1].word))
    return list(itertools.islice(others, most))


def _strangeness(typed: Sound, one: Sound) -> tuple[bool, int, str]:
    return typed.word.isascii() != one.word.isascii(), int(OSA.distance(typed.word, one.word)), one.word


def put_right(text: str, words: Mapping[str, str]) -> str:
    """Write other words in the place of some. words: in lower case, as `sounds` gives them, → what to write."""
    written, end = [], 0
    for start, stop in analysis.places(text):
        written += [text[end:start], words.get(analysis.in_lower_case(text[start:stop]), text[start:stop])]
        end = stop
    return "".join([*written, text[end:]])
