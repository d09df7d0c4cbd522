"""Telephone numbers, e-mail addresses, and numbers of documents and accounts in a text.

Forms of Russia and Ukraine, and international ones. Digits without the look of any of them count only where a word
such as "passport" or "account" stands before them. Too much found costs an editor a look, too little somebody's safety.
"""

import re
from dataclasses import dataclass

from archive.text import spans

EMAIL, TELEPHONE, DOCUMENT, ACCOUNT = "e-mail", "telephone", "document", "account"
KINDS = (EMAIL, TELEPHONE, DOCUMENT, ACCOUNT)

_GAP = r"[\s\u00a0().–-]{0,3}"
_WORDS_FOR_DOCUMENTS = (
    r"(?:passport|identity card|id card|id|personal number|service number|tax number"
    r"|паспорт\w*|удостоверени\w*|посвідченн\w*"
    r"|снилс|инн|іпн|рнокпп|военн\w+ билет\w*|військов\w+ квит\w*|личн\w+ номер\w*|особист\w+ номер\w*|жетон\w*)"
)
_WORDS_FOR_ACCOUNTS = r"(?:account|bank card|card|счет\w*|счёт\w*|рахун\w*|карт(?:а|ы|е|у|ой|ка|ки|ку|кою)|iban)"
_NUMBER_SIGN = r"(?:\s*(?:number|no\.?|series|серия|серії|серія|номер\w*|№|n|:|-|–|and|и|і|та|with the)){0,4}\s*"

# The first pattern that covers a place decides.
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (EMAIL, re.compile(r"[\w.+-]{1,64}@[^\W_][\w-]{0,62}(?:\.[^\W_][\w-]{0,62})+")),
    (ACCOUNT, re.compile(r"\b[A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]{4}){3,7}(?:[ ]?[A-Z0-9]{1,3})?\b")),
    (ACCOUNT, re.compile(r"(?<!\d)[34]0[1-8]\d{17}(?!\d)")),
    (ACCOUNT, re.compile(r"(?<![\d-])\d{4}([ -]?)\d{4}\1\d{4}\1\d{4}(?![\d-])")),
    (DOCUMENT, re.compile(r"(?<!\d)\d{3}-\d{3}-\d{3}[ -]\d{2}(?!\d)")),
    (DOCUMENT, re.compile(r"\b[А-ЯІЇЄҐ]{2}[ -]?(?:№[ ]?)?\d{6}\b")),
    (DOCUMENT, re.compile(r"(?<!\d)\d{2}[ ]?\d{2}[ ]?№[ ]?\d{6}(?!\d)")),
    (
        DOCUMENT,
        re.compile(
            rf"\b{_WORDS_FOR_DOCUMENTS}\b{_NUMBER_SIGN}(?P<number>[A-ZА-ЯІЇЄҐ]{{0,3}}[ -]?\d[\d -]{{4,16}}\d)", re.I
        ),
    ),
    (ACCOUNT, re.compile(rf"\b{_WORDS_FOR_ACCOUNTS}\b{_NUMBER_SIGN}(?P<number>[A-Z]{{0,2}}\d[\d -]{{6,32}}\d)", re.I)),
    (TELEPHONE, re.compile(rf"(?<![\w+])(?:\+|00)[1-9]\d{{0,2}}(?:{_GAP}\d){{7,12}}(?!\d)")),
    (TELEPHONE, re.compile(rf"(?<![\w.,-])8{_GAP}\d{{3}}{_GAP}\d{{3}}{_GAP}\d{{2}}{_GAP}\d{{2}}(?![\d])")),
    (TELEPHONE, re.compile(rf"(?<![\w.,-])\(?0\d{{2}}\)?{_GAP}\d{{3}}{_GAP}\d{{2}}{_GAP}\d{{2}}(?![\d])")),
    (
        TELEPHONE,
        re.compile(
            r"\b(?:tel|phone|telephone|mobile|тел|телефон\w*|моб)\b\.?:?\s*(?P<number>\+?[\d(][\d\s().–-]{4,18}\d)",
            re.I,
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Finding:
    """kind: of KINDS. [start, end): where it stands."""

    kind: str
    start: int
    end: int


def personal_data(text: str) -> list[Finding]:
    """Find what may reach or identify one person, in order, none overlapping another."""
    found: list[Finding] = []
    for kind, pattern in _PATTERNS:
        taken = spans.union((one.start, one.end) for one in found)
        for match in pattern.finditer(text):
            start, end = match.span("number" if "number" in pattern.groupindex else 0)
            if not spans.meets(taken, (start, end)) and _is_likely(kind, text[start:end], pattern):
                found.append(Finding(kind, start, end))
    return sorted(found, key=lambda one: one.start)


def _is_likely(kind: str, words: str, pattern: re.Pattern[str]) -> bool:
    digits = [int(letter) for letter in words if letter.isdecimal()]
    if kind == TELEPHONE:
        return 5 <= len(digits) <= 15
    if kind == ACCOUNT and len(digits) == 16 and "number" not in pattern.groupindex and words[0].isdecimal():
        return _holds_luhn(digits)
    return kind == EMAIL or len(digits) >= 6


def _holds_luhn(digits: list[int]) -> bool:
    """Tell whether the last digit is the check digit of a card's number. Source: ISO/IEC 7812-1, annex B."""
    doubled = [digit * 2 - 9 * (digit > 4) if place % 2 else digit for place, digit in enumerate(reversed(digits))]
    return sum(doubled) % 10 == 0
