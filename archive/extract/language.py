"""The language of a text that is already plain: no foreign bytes are parsed here, so it needs no process of its own."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

# Fewer letters tell too little; more tell no more.
_ENOUGH, _PLENTY = 60, 5000


def guessed(text: str) -> str:
    """Guess the language of a text, as a code of two letters; nothing for less than a sentence.

    The first call of a process takes half a second and keeps the model. Source of the model: py3langid.
    """
    sample = text[:_PLENTY]
    if sum(map(str.isalpha, sample)) < _ENOUGH:
        return ""
    return str(_identifier().classify(sample)[0])


@functools.cache
def _identifier() -> LanguageIdentifier:
    # Few processes guess, and with this comes numpy.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE)
