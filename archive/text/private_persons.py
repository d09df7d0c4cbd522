"""Names that stand as the names of private people do: with an age, a relation, a home.

Names cannot be told from other capitals for certain, so this is a question to an editor. People in public roles
are named with their office and not with their age; those whom the archive knows are left out by the caller.
"""

import re
from dataclasses import dataclass

from archive.text import spans

AGE, RELATION, HOME, NAMED = "age", "relation", "home", "named"
SIGNS = (AGE, RELATION, HOME, NAMED)

_NAME_WORD = r"[^\W\d_a-zа-яёіїєґ][a-zà-öø-ÿāčēģīķļņšūžа-яёіїєґ'’ʼ]+(?:-[^\W\d_][^\W\d_]+)?"
_NAME = rf"(?P<name>{_NAME_WORD}(?: (?:[^\W\d_]\. ?)?{_NAME_WORD}){{0,3}}(?: [^\W\d_]\.(?![^\W\d_]))?)"
_FULL_NAME = rf"(?P<name>{_NAME_WORD}(?: (?:[^\W\d_]\. ?)?{_NAME_WORD}){{1,3}})"
_AGED = r"(?:aged |в возрасте |віком )?(?:1[0-9]|[2-9][0-9]|[5-9])"
_YEARS = r"(?: (?:years? old|лет|года?|років|роки|рік))?"
_KIN = (
    r"(?:mother|father|parents|wife|widow|husband|brother|sister|son|daughter|cousin|uncle|aunt|nephew|niece|grandmother"
    r"|grandfather|fianc[eé]e?|girlfriend|boyfriend|friend|neighbou?r|relatives?|colleague|classmate|roommate)"
)
_KIN_RU = (
    r"(?:мат(?:ь|ери|ерью)|от(?:ец|ца|цу)|родители|жен[аыеу]|вдов[аыеу]|муж(?:а|у)?|брат(?:а|у)?|сестр[аыеу]"
    r"|сын(?:а|у)?|доч(?:ь|ери)|двоюродн\w+ брат\w*|дяд[яиею]|т[её]т[яиею]|племянник\w*"
    r"|друг(?:а|у)?|подруг[аи]|сосед\w*|родственни\w+|коллег[аи]|мати|матір|матері|батьк[оау]|батьки|дружин[аиіу]|чоловік[ау]?|сестр[аи]|син[ау]?|донь?к[аи]|друз[ія]"
    r"|сусід\w*|родич\w*)"
)
_POSSESSIVE = r"(?:his|her|their|my|our|the|whose|его|её|ее|их|мой|моя|мою|наш|його|її|їхн\w+|мій)"
_DWELLER = r"(?:жител(?:ь|я|ю|ем|ьница|ьницы)|уроженец|уроженца|уроженка|мешкан(?:ець|ця|ка|ки)|уродженець|уродженка)"

_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (sign, re.compile(pattern))
    for sign, pattern in (
        (AGE, rf"\b{_NAME}(?:, | \(){_AGED}{_YEARS}(?=[,).;]| (?:says|said|was|is|has|from|сказал|рассказал))"),
        (AGE, rf"\b\d{{1,2}}-(?:year-old|летн\w+|річн\w+) (?:[\w-]+ ){{0,4}}?{_NAME}"),
        (RELATION, rf"\b(?i:{_POSSESSIVE}) (?:[a-zа-яёіїєґ-]+ )?(?:{_KIN}|{_KIN_RU}),? {_NAME}"),
        (RELATION, rf"\b{_NAME}[’']s? (?:[a-z-]+ )?{_KIN}\b"),
        (RELATION, rf"\b(?i:the )?{_KIN} of {_FULL_NAME}"),
        (RELATION, rf"\b(?i:{_KIN_RU}) {_FULL_NAME}"),
        (HOME, rf"\b{_FULL_NAME},? (?:who lives in|who lived in|(?:a|another) (?:resident|native|inhabitant) of)\b"),
        (HOME, rf"\b(?i:(?:resident|native|inhabitant)) (?:of [^,.\n]{{2,40}},? )?{_FULL_NAME}"),
        (HOME, rf"\b(?i:{_DWELLER}) (?:[^,.\n]{{2,40}}? )??{_FULL_NAME}"),
        (HOME, rf"\b{_FULL_NAME}, (?:{_DWELLER}|котор(?:ый|ая) живет|який живе|яка живе)"),
        (
            NAMED,
            rf"\b(?i:a|the|another) (?:young )?(?:man|woman|boy|girl|migrant|worker|student|recruit|soldier|driver"
            rf"|prisoner|builder|labou?rer) (?:named|called) {_NAME}",
        ),
        (NAMED, rf"\b(?:по имени|на имя|на ім['’ʼ]я) {_NAME}"),
    )
)


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """A name and the sign by which it may be a private person's. [start, end): the name."""

    start: int
    end: int
    name: str
    sign: str


def private_persons(text: str) -> list[NamedPerson]:
    """Find names that may be private people's, in order, none overlapping another."""
    found: list[NamedPerson] = []
    for sign, pattern in _PATTERNS:
        taken = spans.union((one.start, one.end) for one in found)
        for match in pattern.finditer(text):
            start, end = match.span("name")
            if not spans.meets(taken, (start, end)):
                found.append(NamedPerson(start, end, match["name"], sign))
    return sorted(found, key=lambda one: one.start)
