"""The part of an address that stands for a name: Latin letters, digits and hyphens.

Cyrillic is written in Latin letters by one table for Ukrainian, Russian and Belarusian; letters that differ
between them take the Ukrainian reading where the word shows no Russian letter. Other scripts give nothing.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST = 80

_RUSSIAN_ONLY = re.compile("[ыэёъ]", re.IGNORECASE)
_CYRILLIC = dict(
    zip("абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґў’", [
        "a", "b", "v", "g", "d", "e", "zh", "z", "i", "y", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u",
        "f", "kh", "ts", "ch", "sh", "shch", "", "y", "", "e", "yu", "ya", "e",
        "i", "i", "ie", "g", "u", "",
    ], strict=True)
)  # fmt: skip
_UKRAINIAN = _CYRILLIC | {"г": "h", "и": "y"}
_UKRAINIAN_ONLY = re.compile("[іїєґ]", re.IGNORECASE)
_NOT_PLAIN = re.compile("[^a-z0-9]+")


def slug_of(name: str) -> str:
    """Write a name as a slug of at most 80 characters; empty where no letter of it can be written so."""
    lower = name.casefold()
    is_ukrainian = _UKRAINIAN_ONLY.search(lower) and not _RUSSIAN_ONLY.search(lower)
    table = _UKRAINIAN if is_ukrainian else _CYRILLIC
    latin = "".join(table.get(letter, letter) for letter in lower)
    plain = unicodedata.normalize("NFKD", latin).encode("ascii", "ignore").decode("ascii")
    return _NOT_PLAIN.sub("-", plain).strip("-")[:LONGEST].strip("-")


def numbered(slug: str, taken: set[str], *, longest: int = LONGEST) -> str:
    """The slug itself, or with the first number from 2 on that makes it new."""
    number, tried = 1, slug
    while tried in taken:
        number += 1
        tried = f"{slug[: longest - len(str(number)) - 1].strip('-')}-{number}"
    return tried
