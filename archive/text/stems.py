"""Stems: what the inflected forms of one word have in common, language by language.

Snowball stems the languages that it has. Ukrainian is not among them: there a dictionary of forms
gives the lemma, and a short list of endings does for names that no dictionary knows. A language
stems only words in its own script, so that a name in Latin letters inside a Russian text stays.
"""

import re
import threading

import simplemma
import Stemmer  # type: ignore[import-untyped]  # the package ships no types

CYRILLIC = ("ru", "uk")
LATIN = ("en", "de", "fr", "es", "pl")
LANGUAGES = (*CYRILLIC, *LATIN)

_SNOWBALL = {"ru": "russian", "en": "english", "de": "german", "fr": "french", "es": "spanish", "pl": "polish"}
_IS_CYRILLIC = re.compile("[\u0400-\u052f]")
_IS_LATIN = re.compile("[a-z\u00df-\u00f6\u00f8-\u024f\u1e00-\u1eff]")

# Longest first, and never of a word that would keep fewer than three letters. Without -ів and -їв, which end Харків
# and Київ.
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
    """Give the stemmed languages that a word may be of, by its script.

    word: in lower case.
    """
    if _IS_CYRILLIC.search(word):
        return CYRILLIC
    return LATIN if _IS_LATIN.search(word) else ()


def stem(word: str, language: str) -> str:
    """Take the inflection off a word.

    word: in lower case, NFC, ё written е, with ' for every apostrophe.
    language: one of LANGUAGES, or "" for none; a word in another script than the language's comes back as it is.

    The first Ukrainian word of a process reads a dictionary of 60 MB, which takes about a second.
    """
    if language not in languages_of(word):
        return word
    with _ONE_AT_A_TIME:
        return _ukrainian(word) if language == "uk" else _snowball(word, language)


def _snowball(word: str, language: str) -> str:
    """Stem with the Snowball algorithm of a language."""
    if language not in _stemmers:
        # What is asked often is kept by the caller already, so the stemmer keeps nothing.
        _stemmers[language] = Stemmer.Stemmer(_SNOWBALL[language], 0)
    stemmed = str(_stemmers[language].stemWord(word))
    # Snowball takes the end of Кадыров for a genitive plural, but not that of Кадырова: the two would not meet.
    if language == "ru" and word.endswith(("ов", "ев")) and stemmed == word[:-2]:
        return word
    return stemmed


def _ukrainian(word: str) -> str:
    """Give what a Ukrainian word's lemma, or the word itself where it is unknown, has before its ending."""
    return _UKRAINIAN_ENDINGS.sub("", simplemma.lemmatize(word, lang="uk").casefold())
