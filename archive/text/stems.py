"""Stems: what the inflected forms of one word have in common, language by language.

Snowball stems Russian and English. It has no Ukrainian: there a dictionary of forms gives the lemma,
and a short list of endings does for names that no dictionary knows. A language
stems only words in its own script, so that a name in Latin letters inside a Russian text stays.
"""

import re
import threading

import Stemmer  # type: ignore[import-not-found]  # a compiled module without types

CYRILLIC = ("ru", "uk")
# Without German, French, Spanish and Polish: a query is an OR of all stems, and theirs would have "use" find "us" and
# "offer" find "of" (docs/adr/0008). Words of such texts are found as they are written.
LATIN = ("en",)
LANGUAGES = (*CYRILLIC, *LATIN)

_SNOWBALL = {"ru": "russian", "en": "english"}
_IS_CYRILLIC = re.compile("[\u0400-\u052f]")
_IS_LATIN = re.compile("[a-z\u00df-\u00f6\u00f8-\u024f\u1e00-\u1eff]")
_NOT_UKRAINIAN = re.compile("[ыэъ]")
_NOT_RUSSIAN = re.compile("[іїєґ]")

# Snowball takes the н of Узбекистан and граждан for that of a participle, but not that of Узбекистане and граждане.
_RUSSIAN_IN_AN = re.compile(
    "(.*(?:стан|джан|иран|судан|ливан|ереван|магадан|курган|майдан|граждан|россиян|мусульман|христиан))а?"
)
# Never of a word that would keep fewer than three letters.
_UKRAINIAN_LEMMA_ENDINGS = re.compile("(?<=...)(?:ий|ій|[аяоеєьй])$")
# Longest first. Without -ів and -їв, which end Харків and Київ.
_UKRAINIAN_ENDINGS = re.compile(
    "(?<=...)(?:ями|ами|ові|еві|єві|ого|ому|ими|ій|ий|ої|ою|ею|єю|им|ім|их|іх|ах|ях|ам|ям|ом|ем|єм|[аяуюоеєіїиьй])$"
)

# A stemmer works in buffers of its own and must not run in two threads at once.
_ONE_AT_A_TIME = threading.Lock()
_stemmers: dict[str, Stemmer.Stemmer] = {}


def known_language(code: str) -> str:
    """Give the ISO 639-1 code of a language that is stemmed here, or "" for any other.

    code: as declared, in any case, with or without a country: "ru", "ru-RU", "EN_gb".
    """
    primary = re.split("[-_]", code.strip().lower(), maxsplit=1)[0]
    return primary if primary in LANGUAGES else ""


def languages_of(word: str) -> tuple[str, ...]:
    """Give the stemmed languages that a word may be of, by its letters.

    word: in lower case.
    """
    if not _IS_CYRILLIC.search(word):
        return LATIN if _IS_LATIN.search(word) else ()
    is_russian, is_ukrainian = not _NOT_RUSSIAN.search(word), not _NOT_UKRAINIAN.search(word)
    if is_russian == is_ukrainian:
        return CYRILLIC
    return ("ru",) if is_russian else ("uk",)


def stem(word: str, language: str) -> str:
    """Take the inflection off a word.

    word: in lower case, NFC, ё written е, with ' for every apostrophe.
    language: one of LANGUAGES, or "" for none; a word in another script than the language's comes back as it is.

    A Russian word in a Ukrainian text, and the other way round, is known by letters that the other language lacks.
    The first Ukrainian word of a process reads a dictionary of 60 MB, which takes about a second.
    """
    possible = languages_of(word)
    if language in CYRILLIC and len(possible) == 1 and possible[0] in CYRILLIC:
        language = possible[0]
    if language not in possible:
        return word
    with _ONE_AT_A_TIME:
        return _ukrainian(word) if language == "uk" else _snowball(word, language)


def _snowball(word: str, language: str) -> str:
    """Stem with the Snowball algorithm of a language."""
    if language not in _stemmers:
        # What is asked often is kept by the caller already, so the stemmer keeps nothing.
        _stemmers[language] = Stemmer.Stemmer(_SNOWBALL[language], 0)
    stemmed = str(_stemmers[language].stemWord(word))
    return _russian(word, stemmed) if language == "ru" else stemmed


def _russian(word: str, stemmed: str) -> str:
    """Put right what Snowball does to names, peoples and countries: all cases of one should meet."""
    # It takes the end of Кадыров for a genitive plural, but not that of Кадырова. Folding takes it off both.
    if word.endswith(("ов", "ев")):
        return word
    in_an = _RUSSIAN_IN_AN.fullmatch(word)
    return in_an[1] if in_an else stemmed


def _ukrainian(word: str) -> str:
    """Give what stands before the ending of a Ukrainian word's lemma, or of the word where no lemma is known.

    A lemma that begins with another letter (one form in 500) is not taken: hits are looked for by first letters.
    """
    # Most processes meet no Ukrainian word.
    import simplemma

    lemma = simplemma.lemmatize(word, lang="uk").casefold()
    if lemma[:1] != word[:1] or (lemma == word and not simplemma.is_known(word, lang="uk")):
        return _UKRAINIAN_ENDINGS.sub("", word)
    return _UKRAINIAN_LEMMA_ENDINGS.sub("", lemma)
