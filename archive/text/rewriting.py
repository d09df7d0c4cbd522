"""Signs that a machine may have rewritten a text: for an editor to look at, and never a judgement.

Three are looked for: a sentence that stands twice, category words that a page's machinery left between the words, and
numbering with holes. Each happens to people, too.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from archive.text import reference_labels
from archive.text.paragraphs import Paragraph
from archive.text.sentences import sentences
from archive.text.spans import Span

REPEATED, LEFT_OVER, NUMBERING = "repeated-sentence", "left-over-words", "broken-numbering"
SIGNS = (REPEATED, LEFT_OVER, NUMBERING)

# Pages print these twice without anybody rewriting anything.
_OFTEN_TWICE = ("headline", "credit", "tags", "related-link", "boilerplate", "terms")
_FEWEST_WORDS = 6
_ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+|[@#]\w+|\b\w+\.\w{2,6}/\S+")
# As categories are named in addresses: "war-and-peace", "local-news"; and what templates leave behind.
_SLUG = re.compile(
    r"\b[a-z]{2,}-(?:and|or|of)-[a-z]{3,}\b|\b[a-z]{3,}-(?:news|topics?|category|categories)\b|\b[a-z]{3,}_[a-z]{3,}\b"
)
_CATEGORY = re.compile(
    r"\b(?:topics?|categor(?:y|ies)|tags?|sections?|рубрик\w*|категор\w*|тег(?:и|ов|ів))\b", re.IGNORECASE
)
_TEMPLATE = re.compile(
    r"\{\{[^}\n]{0,60}\}\}|\{%[^}\n]{0,60}%\}|&(?:nbsp|quot|amp|[lr]dquo);|</?[a-z]{1,10}>|\[/?caption\b"
    r"|\bLorem ipsum\b"
)
_NUMBERED_LINE = re.compile(r"(?m)^[ \t]*(\d{1,2})[.)][ \t]+\S")


@dataclass(frozen=True, slots=True)
class Sign:
    """kind: of SIGNS. places: where it shows, in order; at least one."""

    kind: str
    places: tuple[Span, ...]


def signs(text: str, parts: Sequence[Paragraph]) -> list[Sign]:
    """Find signs in a text, each kind at most once. parts: its paragraphs with their zones."""
    found = {REPEATED: _repeated(parts), LEFT_OVER: _left_over(text, parts), NUMBERING: _broken(text)}
    return [Sign(kind, tuple(places)) for kind, places in found.items() if places]


def _repeated(parts: Sequence[Paragraph]) -> list[Span]:
    headlines = {_folded(part.text) for part in parts if part.zone == "headline"}
    places: dict[str, list[Span]] = defaultdict(list)
    for part in parts:
        if part.zone in _OFTEN_TWICE:
            continue
        for start, end in sentences(part.text):
            words = _folded(part.text[start:end])
            if words.count(" ") + 1 >= _FEWEST_WORDS and words not in headlines:
                places[words].append((part.start + start, part.start + end))
    return sorted(span for found in places.values() if len(found) > 1 for span in found)


def _folded(words: str) -> str:
    return " ".join(words.casefold().split())


def _left_over(text: str, parts: Sequence[Paragraph]) -> list[Span]:
    found = []
    for part in parts:
        if part.zone in ("tags", "boilerplate", "related-link", "embed"):
            continue
        for start, end in sentences(part.text):
            start, end = part.start + start, part.start + end
            addresses = [match.span() for match in _ADDRESS.finditer(text, start, end)]
            slugs = [
                match.span()
                for match in _SLUG.finditer(text, start, end)
                if not any(low <= match.start() < high for low, high in addresses)
            ]
            # One alone may be a phrase with hyphens; two, or one beside a word such as "topics", are a list of them.
            if len(slugs) > 1 or slugs and _CATEGORY.search(text, start, end):
                found += slugs
            found += [match.span() for match in _TEMPLATE.finditer(text, start, end)]
    return sorted(found)


def _broken(text: str) -> list[Span]:
    """Labels around a gap, and numbered lines that skip a number."""
    labels = reference_labels.labels(text)
    numbered = labels.listed or labels.marked
    beside = {number for low, high in labels.missing for number in (low - 1, high + 1)}
    found = [numbered[number] for number in sorted(beside & numbered.keys())]
    last: re.Match[str] | None = None
    for match in _NUMBERED_LINE.finditer(text):
        if last is not None and int(match[1]) > int(last[1]) + 1:
            found += [last.span(1), match.span(1)]
        last = match
    return sorted(set(found))
