"""Paragraphs of a kept text, and which part of the page each of them is.

All visible text of a page is kept, its furniture included, because what was dropped cannot be
checked later. So each paragraph has a zone, and only some zones can carry claims. A guess here is
a first proposal to an editor: it must rather leave furniture in the body than take the body for
furniture, since text outside the body is easily overlooked.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

ZONES = (
    "headline",
    "standfirst",
    "body",
    "caption",
    "embed",
    "reference-list",
    "note",
    "credit",
    "terms",
    "related-link",
    "tags",
    "boilerplate",
)

# Furniture of a page: it reports nothing, and is the same on many pages of one outlet.
FURNITURE_ZONES = frozenset(("terms", "related-link", "tags", "boilerplate"))

# A paragraph is one or more lines with something in them; blank lines stand between.
_PARAGRAPH = re.compile(r"[^\n]+(?:\n[^\n]+)*")

# Longer paragraphs are body, whatever they begin with. In code points.
_LONGEST = {"embed": 1200, "terms": 700, "caption": 400, "note": 4000, "reference-list": 8000, "boilerplate": 1500}
_LONGEST_FURNITURE = 160
_LONGEST_HEADLINE = 400

# The first pattern that fits decides. Line by line: `^` and `$` are the ends of a line.
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (zone, re.compile(pattern, re.IGNORECASE | re.MULTILINE))
    for zone, pattern in (
        ("reference-list", r"\A\s*\[\d{1,3}\]\s?\S"),
        ("reference-list", r"\A(?:sources|references|bibliography|works cited|источники|джерела)\s*:"),
        ("reference-list", r"\A(?:references|bibliography|works cited)$"),
        ("embed", r"\bpic\.(?:twitter|x)\.com/\w"),
        ("embed", r"^[—–-] ?[^\n]{1,80}\(@\w{1,30}\)"),
        ("terms", r"\A(?:copyright\b|©|\(c\) ?\d{4})"),
        ("terms", r"\ball rights reserved\b|\bвсе права защищены\b|\b(?:усі|всі) права захищен[оі]\b"),
        ("terms", r"\A(?:privacy|cookies?|terms)\b[^\n]{0,20}\b(?:policy|policies|notice|use|service|conditions)\.?$"),
        (
            "terms",
            r"\A(?:when |for |if |by )?(?:referenc|reprint|republish|quot|copy|us)ing\b.{0,120}\b(?:hyper)?link\b",
        ),
        ("note", r"\A(?:editor(?:[’']s|ial)? note|note|correction|clarification|update)\s?[:—–]"),
        ("credit", r"\A(?:edited|written|reported|reporting|translated|compiled|photographed) by\b[^\n]{0,80}\Z"),
        (
            "caption",
            r"(?:[/|(]\s?|\A)(?:source|photo|image|picture|video|illustration|фото|ілюстрація|джерело)\s?:[^\n]{0,120}\Z",
        ),
        ("caption", r"\A(?:photo|image|picture|illustration) (?:by|courtesy of)\b[^\n]{0,120}\Z"),
        (
            "boilerplate",
            r"\b(?:become a patron|(?:disabl|switch|turn)\w* (?:off )?your ad ?-?blocker|join our community)\b",
        ),
        ("tags", r"\A(?:tags|keywords|topics|теги|ключевые слова|ключові слова)\s?:"),
        ("tags", r"\A(?:#\w+[ ,]*){2,}\Z"),
    )
)
_FURNITURE: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (zone, re.compile(pattern, re.IGNORECASE))
    for zone, pattern in (
        ("related-link", r"(?:read|see|watch) (?:also|more|next)(?:\s?:.*)?"),
        ("related-link", r"(?:also|further) (?:read|reading)(?:\s?:.*)?"),
        ("related-link", r"(?:related|more) (?:articles|news|stories|posts|topics|reading|links|coverage)(?:\s?:.*)?"),
        ("related-link", r"(?:more on this(?: topic| story)?|you (?:may|might) also like|related)\s?:?"),
        ("related-link", r"(?:читайте (?:также|також|ещё|еще|ще)|по теме|за темою)(?:\s?:.*)?"),
        ("related-link", r"(?:the )?(?:latest|most read|popular|trending)(?: (?:news|stories|articles|posts))?\s?:?"),
        ("related-link", r"(?:see|view|show) (?:all|more)(?: (?:news|stories|articles|posts))?"),
        ("boilerplate", r"(?:skip|jump) to (?:main |the )?(?:content|navigation)"),
        ("boilerplate", r"(?:share|tweet|print|e-?mail|save|listen|menu|search|home|back to top|log in|sign in)"),
        ("boilerplate", r"(?:share|follow us|send|post) (?:this|on|via|to|with)\b[^.]{0,60}"),
        ("boilerplate", r"(?:subscribe|sign up|donate|support us|join us)\b[^.]{0,80}[.!]?"),
        ("boilerplate", r"(?:advertisement|sponsored|реклама|поделиться|поділитися|подписаться|підписатися)"),
        ("boilerplate", r"(?:reading time:? ?)?\d{1,3} ?min(?:ute)?s?\.?(?: read)?"),
        ("boilerplate", r"(?:accept|reject|manage)(?: all)? cookies"),
        ("boilerplate", r".{0,80}\bpress ctrl ?\+ ?enter\.?"),
        ("boilerplate", r"(?:to suggest a correction|please leave your suggestions|leave a comment)\b.*"),
    )
)
# A line such as "War 2024-09-15T04:17:16+03:00": section and time as the page printed them.
_STAMP = re.compile(r"(?:\A|\n)[^\n]{0,40}\d{4}-\d\d-\d\dT\d\d:\d\d[^\n]{0,16}(?:\n|\Z)")
_NUMBERED = re.compile(r"\s*\d{1,2}[.)] ")
_TERMINAL = (".", "!", "?", ":", ";", "…", "”", "»", '"')


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: where it stands, [start, end) in code points, its words, its zone."""

    start: int
    end: int
    text: str
    zone: str


def paragraphs(text: str, zones: Sequence[str] | None = None) -> list[Paragraph]:
    """Cut a text at its blank lines.

    zones: the zones kept with the text, one a paragraph; without them they are guessed.

    Each paragraph's words are text[start:end]. Raises ValueError where zones don't fit the text.
    """
    places = [match.span() for match in _PARAGRAPH.finditer(text) if match.group().strip()]
    if zones is None:
        zones = _guessed([text[start:end] for start, end in places])
    if len(zones) != len(places):
        raise ValueError(f"{len(zones)} zones for {len(places)} paragraphs: give one a paragraph.")
    unknown = sorted(set(zones) - set(ZONES))
    if unknown:
        raise ValueError(f"{unknown[0]!r} is not a zone. Zones are: {', '.join(ZONES)}.")
    return [Paragraph(start, end, text[start:end], zone) for (start, end), zone in zip(places, zones, strict=True)]


def guess_zones(text: str) -> list[str]:
    """Propose a zone for each paragraph of a text, for an editor to correct.

    The headline is paragraph 1, or the first that is not plainly furniture of the page, unless it is
    longer than 400 code points. Standfirsts are never guessed: nothing in plain text tells them from the body.
    """
    return [paragraph.zone for paragraph in paragraphs(text)]


def _guessed(texts: list[str]) -> list[str]:
    """Propose a zone for each paragraph, given their words in order."""
    zones = [zone_alone(words) for words in texts]
    at = _headline_place(texts, zones)
    if at is None:
        return zones
    has_references = False
    for index, words in enumerate(texts):
        has_references = has_references or zones[index] == "reference-list"
        if index > at and words == texts[at]:
            # Sites print the headline again in their breadcrumbs and share boxes.
            zones[index] = "boilerplate"
        if has_references and zones[index] == "body" and _NUMBERED.match(words):
            zones[index] = "note"
    zones[at] = "headline"
    return zones


def _headline_place(texts: list[str], zones: list[str]) -> int | None:
    """Find the headline: paragraph 1, or after furniture the first one printed twice, or the first of body.

    Returns its index; None where everything is furniture, or the text begins with a long paragraph.
    """
    bodies = [index for index, zone in enumerate(zones) if zone == "body"]
    if not bodies or len(texts[bodies[0]]) > _LONGEST_HEADLINE:
        return None
    if bodies[0] == 0:
        return 0
    lines = [line for words in texts[:12] for line in words.split("\n")]
    for index in bodies:
        if index < 12 and texts[index].count(" ") >= 3 and lines.count(texts[index]) > 1:
            return index
    return bodies[0]


def zone_alone(words: str) -> str:
    """Propose a zone from a paragraph's own words."""
    if len(words) <= _LONGEST_FURNITURE:
        for zone, pattern in _FURNITURE:
            if pattern.fullmatch(words.strip()):
                return zone
        if _STAMP.search(words):
            return "boilerplate"
        if _lists_tags(words):
            return "tags"
    for zone, pattern in _PATTERNS:
        if len(words) <= _LONGEST.get(zone, _LONGEST_FURNITURE) and pattern.search(words):
            return zone
    return "body"


def _lists_tags(words: str) -> bool:
    """Tell a list of tags from a sentence: four or more short items, and no end of a sentence."""
    items = [item.strip() for item in words.split(",")]
    return (
        len(items) >= 4
        and "\n" not in words
        and not words.rstrip().endswith(_TERMINAL)
        and all(item and item.count(" ") <= 3 and not item.startswith(("and ", "or ")) for item in items)
    )
