"""The index chain: from a text to the tokens that both databases search by.

Every step is done here and none by a database, because the databases disagree: one reads a
decomposed й as и, the other cuts п'ять in two. What a reader types goes through the same chain, once
for each language that the word may be in, so a word of a text is always found by typing it.

A token is at most 40 letters a-z and digits: it means nothing to any query syntax. A word of
several parts (labour-broker, 30,000) is as many tokens in a row; ideographs are one token each.
"""

import re
import sys
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from archive.text import folding, stems

# Higher whenever any text would get other tokens than before, also by a new release of the
# packages that stem and transliterate; the index is then made anew.
CHAIN_VERSION = 1

_LONGEST_WORD = 64  # code points; what follows is cut off before stemming

APOSTROPHES = "'\u2019\u02bc\u02bb\u2018"
# Soft hyphen, grapheme joiner, zero-width spaces and joiners, marks and embeddings of direction, byte order mark.
_UNSEEN = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
# What NFC left single: above all the stress marks of Russian and Ukrainian dictionaries.
_LOOSE_MARKS = "\u0300-\u036f"
# Written without spaces: a word would be a sentence. In a phrase, single signs find it again.
_IDEOGRAPHS = "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"


def _other_marks() -> str:
    """List the vowel signs and points of other scripts, which stand inside words but are no letters, for a pattern."""
    codes = (code for code in range(0x0483, sys.maxunicode + 1 if sys.maxunicode < 0x1F000 else 0x1F000))
    return "".join(chr(code) for code in codes if unicodedata.category(chr(code)) in {"Mn", "Mc"})


_INSIDE = f"{_UNSEEN}{_LOOSE_MARKS}{_other_marks()}"
_LETTER = rf"[^\W_{_IDEOGRAPHS}]"
_RUN = rf"{_LETTER}++(?:[{_INSIDE}]++{_LETTER}*+)*+"
WORD = re.compile(rf"[{_IDEOGRAPHS}]|{_RUN}(?:[{APOSTROPHES}][{_UNSEEN}]*+{_RUN})*+")

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


# About 20 MB when full; nine in ten words of running text are among them.
@lru_cache(maxsize=1 << 16)
def token(word: str, language: str = "") -> str:
    """Give the token of one word of a text in a language, "" for a word without sound such as a lone ь.

    word: as WORD finds it. language: one of stems.LANGUAGES, or "" for any other.
    """
    plain = _plain(word)
    return folding.fold(stems.stem(plain, language), language)


@lru_cache(maxsize=1 << 12)
def query_stems(word: str) -> frozenset[str]:
    """Give every token that a word has in a text, whatever language the text is in.

    word: one word as WORD finds it. Empty for a word without sound.
    """
    plain = _plain(word)
    found = {folding.fold(stems.stem(plain, language), language) for language in ("", *stems.languages_of(plain))}
    return frozenset(found - {""})


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
    plain = _plain(beginning)
    # Letters are the same in all languages but for Ukrainian.
    folded = [folding.fold_beginning(plain, language) for language in ("", "uk")]
    beginnings = frozenset().union(*(starts for starts, _ in folded))
    return beginnings, query_stems(beginning).union(*(whole for _, whole in folded))


def _plain(word: str) -> str:
    """Bring a word into lower case, NFC, without unseen characters and stress marks, ' for every apostrophe."""
    lower = unicodedata.normalize("NFC", word.casefold())
    return _TAKEN_OUT.sub("", lower).translate(_ONE_SPELLING).strip("'")[:_LONGEST_WORD]
