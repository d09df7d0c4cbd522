"""Whether a name has words that begin as typed, in any script and spelling: "bastr", "Бастр" and Bastrykin meet."""

from collections.abc import Collection
from dataclasses import dataclass

from archive.text import analysis

MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Beginning:
    """A word of which perhaps not all is typed.

    plain: its letters, folded; the next may yet change them, as h that follows k. starts: beginnings of tokens, the
    changed ones among them. whole: tokens.
    """

    plain: str
    starts: tuple[str, ...]
    whole: frozenset[str]

    def fits(self, tokens: Collection[str]) -> bool:
        return any(token.startswith(self.starts) or token in self.whole for token in tokens)


def read(typed: str) -> tuple[Beginning, ...]:
    """Read what was typed so far, word by word; empty where there is no word. Words after the eighth are not read."""
    words = analysis.words(typed)[:MOST_WORDS]
    found = [(analysis.token(word), *analysis.query_beginnings(word)) for word in words]
    return tuple(Beginning(plain, tuple(starts), whole) for plain, starts, whole in found if starts or whole)


def name_tokens(name: str, language: str = "") -> tuple[str, ...]:
    """Give the tokens of a name, each once, in its order: of its words as they are, and as the language stems them."""
    return tuple(dict.fromkeys([*analysis.tokens(name), *(analysis.tokens(name, language) if language else ())]))


def fits(tokens: Collection[str], typed: Collection[Beginning]) -> bool:
    """Tell whether each word that was typed begins one of these words; nothing typed fits nothing."""
    return bool(typed) and all(beginning.fits(tokens) for beginning in typed)
