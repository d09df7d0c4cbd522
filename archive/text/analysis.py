"""The index chain: from a text to the tokens that both databases search by.

Every step is done here and none by a database, because the databases disagree: one reads a
decomposed й as и, the other cuts п'ять in two. What a reader types goes through the same chain, once
for each language that the word may be in, so a word of a text is always found by typing it.

A token is at most 40 letters a-z and digits: it means nothing to any query syntax. A word of
several parts (labour-broker, 30,000) is as many tokens in a row; ideographs are one token each.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from archive.text import folding, stems

# Higher whenever any text would get other tokens than before, also by a new release of the
# packages that stem and transliterate; the index is then made anew. 2: what was coded is found as well.
CHAIN_VERSION = 2

_LONGEST_WORD = 64  # code points; what follows is cut off before stemming

APOSTROPHES = "'\u2019\u02bc\u02bb\u2018"
# Soft hyphen, grapheme joiner, zero-width spaces and joiners, marks and embeddings of direction, byte order mark.
_UNSEEN = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
# What NFC left single: above all the stress marks of Russian and Ukrainian dictionaries.
_LOOSE_MARKS = "\u0300-\u036f"
# Written without spaces: a word would be a sentence. In a phrase, single signs find it again.
_IDEOGRAPHS = "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"


def _other_marks() -> str:
    """List the vowel signs and points of other scripts: they stand inside words, but are no letters."""
    # No script with such signs that is in use stands beyond.
    return "".join(sign for sign in map(chr, range(0x0483, 0x1F000)) if unicodedata.category(sign) in {"Mn", "Mc"})


_INSIDE = f"{_UNSEEN}{_LOOSE_MARKS}{_other_marks()}"
_LETTER = rf"[^\W_{_IDEOGRAPHS}]"
_MORE = rf"{_LETTER}*+(?:[{_INSIDE}]++{_LETTER}*+)*+"
_REST_OF_WORD = rf"{_MORE}(?:[{APOSTROPHES}][{_UNSEEN}]*+{_LETTER}{_MORE})*+"
WORD = re.compile(rf"[{_IDEOGRAPHS}]|{_LETTER}{_REST_OF_WORD}")

_MAY_STAND_INSIDE = re.compile(f"[{_INSIDE}{APOSTROPHES}]")
_TAKEN_OUT = re.compile(f"[{_UNSEEN}{_LOOSE_MARKS}]+")
_ONE_SPELLING = str.maketrans({**dict.fromkeys(APOSTROPHES, "'"), "ё": "е", "ѐ": "е", "ѝ": "и"})


def tokens(text: str, language: str = "") -> list[str]:
    """Give the tokens of a text, one a position, as the index keeps them.

    language: the text's declared language; words are stemmed if it is one of stems.LANGUAGES.
    """
    stemmed_as = stems.known_language(language)
    words = WORD.findall(unicodedata.normalize("NFC", text))
    return [found for word in words if (found := token(word, stemmed_as))]


def words(text: str) -> list[str]:
    """Cut a text into words, as they are written; each is one position, but for those without any token."""
    return WORD.findall(unicodedata.normalize("NFC", text))


def places(text: str, start: int = 0) -> Iterator[tuple[int, int]]:
    """Go through the words of a text in NFC from a position on, each as a half-open span of code points."""
    return (match.span() for match in WORD.finditer(text, start))


def words_starting_with(letters: str) -> re.Pattern[str]:
    """Write a pattern for the words that start with some letters, none of them an ideograph.

    After an apostrophe, a mark or an unseen character it also finds the rest of a word from such a letter on.
    """
    # The letter is consumed first, so that the search can skip to it; then what came before it is looked at.
    return re.compile(rf"[{re.escape(letters)}](?<![^\W_].){_REST_OF_WORD}")


def in_lower_case(word: str) -> str:
    """Bring a word into lower case, NFC, without unseen characters and stress marks, ' for every apostrophe."""
    lower = unicodedata.normalize("NFC", word.casefold())
    return _TAKEN_OUT.sub("", lower).translate(_ONE_SPELLING).strip("'")[:_LONGEST_WORD]


def is_inside_words(sign: str) -> bool:
    """Tell whether a character that is no letter may stand inside a word: an apostrophe, a mark, an unseen one."""
    return _MAY_STAND_INSIDE.match(sign) is not None


# About 20 MB when full; nine in ten words of running text are among them.
@lru_cache(maxsize=1 << 16)
def token(word: str, language: str = "") -> str:
    """Give the token of one word of a text in a language, "" for a word without sound such as a lone ь.

    word: as WORD finds it. language: one of stems.LANGUAGES, or "" for any other.
    """
    plain = in_lower_case(word)
    return folding.fold(stems.stem(plain, language))


@lru_cache(maxsize=1 << 12)
def tokens_of(word: str) -> frozenset[str]:
    """Give every token that a word may have in the index, whatever language its text is in.

    word: one word as WORD finds it. Empty for a word without sound.
    """
    return frozenset(map(folding.fold, _stems(word))) - {""}


@lru_cache(maxsize=1 << 10)
def query_stems(word: str) -> frozenset[str]:
    """Give every token to ask for when a word is typed: those that it may have itself, and г and h for each other.

    word: one word as WORD finds it. Empty for a word without sound.
    """
    others = {folding.fold(other) for stem in _stems(word) for other in folding.other_spellings(stem)}
    return tokens_of(word) | (others - {""} if tokens_of(word) else set())


@lru_cache(maxsize=1 << 10)
def query_readings(text: str) -> frozenset[tuple[str, ...]]:
    """Give every row of tokens that a phrase has in a text, one a language at most.

    A text is in one language, so a phrase is read in one language as a whole.
    """
    found = {tuple(tokens(text, language)) for language in ("", *stems.LANGUAGES)}
    return frozenset(found - {()})


@lru_cache(maxsize=1 << 10)
def query_beginnings(beginning: str) -> tuple[frozenset[str], frozenset[str]]:
    """Give beginnings of tokens, and whole tokens, that find the words which begin as typed.

    beginning: one word as WORD finds it.

    The index has stems: "recruitin" finds nothing, since the index has "recruit" for recruiting.
    """
    plain = in_lower_case(beginning)
    folded = [folding.fold_beginning(spelling) for spelling in (plain, *folding.other_spellings(plain))]
    beginnings = frozenset[str]().union(*(starts for starts, _ in folded))
    return beginnings, query_stems(beginning).union(*(whole for _, whole in folded))


def _stems(word: str) -> set[str]:
    """Stem a word in every language that it may be of by its script, and in none."""
    plain = in_lower_case(word)
    return {stems.stem(plain, language) for language in ("", *stems.languages_of(plain))}
