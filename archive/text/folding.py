"""One spelling for one name, whatever script or transcription it is written in.

«Бастрыкин» is Bastrykin to one outlet and Bastrikin to the next, Wagner is «Вагнер», and Київ is
Kyiv. So the last step of the index chain writes a stem in Latin letters and folds the spellings
that transcriptions differ in. Folding is for finding, never for showing: some other words meet,
too (`wine` and `vine`), which costs a reader less than a name that is not found.
"""

import re

from anyascii import anyascii

LONGEST_TOKEN = 40  # letters and digits

_OTHER_THAN_LETTERS_AND_DIGITS = re.compile("[^a-z0-9]+")
# anyascii writes "ie", which is also the ie of "soldier"; with y it folds as Ukrainian names do.
_BEFORE_ASCII = str.maketrans({"є": "ye"})
# Ukraine writes its г as h, others as g (Luhansk, Lugansk), which only a query can allow for: a token that folded the
# two would make "gave" of "have". An h at the beginning or after a consonant such as in "sh" is most often no г.
_CYRILLIC_G = str.maketrans({"г": "h", "ґ": "g"})
_LATIN_H = re.compile("(?<=[aeiouylnrv])h(?=[aeiouylnrv])")

# In this order. Shchedrin, Schedrin; Tadzhik, Tajik, Tadjik; Yefremov, Efremov; Solovyov, Solovyev.
_SPELLINGS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), spelling)
    for pattern, spelling in (
        ("shch|sch", "sh"),
        ("dzh|dj", "j"),
        ("kh", "h"),
        ("ph", "f"),
        ("gh", "g"),
        ("tz", "ts"),
        ("[yj][eo]", "e"),
        ("[yj]", "i"),
        ("w", "v"),
        ("q", "k"),
        ("x", "ks"),
    )
)
# Not digits: 2200 is not 20.
_DOUBLED = re.compile(r"([a-z])\1+")
# Endings that a Slavic stemmer takes off, or leaves, by the case of the name, and that Latin script keeps: «Буча» is
# "buch" in Russian and Bucha in English, Кадыров is "кадыр" but Кадырова is "кадыров". So all forms lose them here.
_ENDING = re.compile("(?<=[a-z]{3}sk)(?:aia|oi|oe|[aei])$|(?<=[a-z]{3})(?:iev|[oe]v)$|(?<=[a-z]{4})(?:ia|ei|[aeou])$")
_ENDING_BEGUN = re.compile("(?<=[a-z]{3}sk)ai$|(?<=[a-z]{3})(?:ie|[aeiou])$")

# What the end of an unfinished word may become once the word goes on.
_TAILS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("shc", ("sh",)),
    ("sc", ("sc", "sh")),
    ("dz", ("dz", "i")),
    ("d", ("d", "i")),
    ("k", ("k", "h")),
    ("p", ("p", "f")),
    ("y", ("i", "e")),
    ("j", ("i", "e")),
)


def fold(stem: str) -> str:
    """Write a stem as a token of the index: at most 40 letters a-z and digits, none for what has no sound.

    stem: in lower case.
    """
    return _ENDING.sub("", _spelled(in_ascii(stem)))[:LONGEST_TOKEN]


def fold_beginning(beginning: str) -> tuple[frozenset[str], frozenset[str]]:
    """Write the beginning of a word so that what the index has of the whole word begins with it.

    beginning: in lower case, unstemmed.

    Returns beginnings of tokens, several where the next letter decides (k, or kh which folds to h),
    and whole tokens, for words of which the index has no more than what stands before an ending.
    """
    written = in_ascii(beginning)
    tail, spellings = next(((end, new) for end, new in _TAILS if written.endswith(end)), ("", ("",)))
    kept = _spelled(written[: len(written) - len(tail)])
    beginnings = {_DOUBLED.sub(r"\1", kept + spelling)[:LONGEST_TOKEN] for spelling in spellings}
    whole = {_ENDING_BEGUN.sub("", start) for start in beginnings} | {_ENDING.sub("", start) for start in beginnings}
    return frozenset(beginnings - {""}), frozenset(whole - beginnings - {""})


def other_spellings(stem: str) -> set[str]:
    """Give the spellings of a stem that a query should ask for beside it: г as h, and h as г.

    stem: in lower case.
    """
    return {stem.translate(_CYRILLIC_G), _LATIN_H.sub("g", stem)} - {stem}


def in_ascii(word: str) -> str:
    """Write a word in lower case in a-z and 0-9; soft and hard signs, apostrophes and points go."""
    return _OTHER_THAN_LETTERS_AND_DIGITS.sub("", anyascii(word.translate(_BEFORE_ASCII)).lower())


def _spelled(written: str) -> str:
    """Fold spelling variants; endings stay."""
    for pattern, spelling in _SPELLINGS:
        written = pattern.sub(spelling, written)
    return _DOUBLED.sub(r"\1", written)
