"""What a look at an article reads: its newest text, what of it is hidden and coded, and what its passages carry."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from archive.models import Appearance, Article, CaptureText, Citation, Person
from archive.models.vocabulary import PassageState
from archive.text.paragraphs import FURNITURE_ZONES, Paragraph, paragraphs
from archive.text.sentences import digest, sentences
from archive.text.spans import Span

# Where nobody looks for numbers or sources.
NOT_PROSE = FURNITURE_ZONES | {"reference-list", "credit"}


@dataclass(frozen=True)
class Material:
    """reader: who looks. text: the newest; None where none is held.

    holes: what is redacted in it. places: its passages by their pk.
    """

    reader: Person
    article: Article
    text: CaptureText | None
    holes: list[Span]
    places: dict[int, Span]
    reports: list[Appearance]
    citations: list[Citation]

    @cached_property
    def words(self) -> str:
        return self.text.text if self.text is not None else ""

    @cached_property
    def parts(self) -> list[Paragraph]:
        return zoned(self.words, self.text.zones if self.text is not None else [])

    @cached_property
    def sentences(self) -> list[Span]:
        return sentences(self.words)

    def within(self, *, but: frozenset[str]) -> list[Span]:
        """Where the text is read for something: its paragraphs of all zones but these."""
        return [(part.start, part.end) for part in self.parts if part.zone not in but]

    def place(self, passage: int | None) -> Span | None:
        """Where a passage stands in this text; None where it is of another one."""
        return self.places.get(passage) if passage is not None else None


def zoned(words: str, zones: Sequence[str]) -> list[Paragraph]:
    """The paragraphs of a text with the zones that were kept, guessed where those do not fit, as where it was cut."""
    found = paragraphs(words)
    if len(zones) != len(found):
        return found
    return [Paragraph(one.start, one.end, one.text, zone) for one, zone in zip(found, zones, strict=True)]


def of(article: Article, reader: Person) -> Material:
    """Read an article. Thirteen queries, whatever it holds."""
    text = CaptureText.objects.of_article(article).first()
    holes: list[Span] = []
    places: dict[int, Span] = {}
    if text is not None:
        anchored = text.passages.filter(state=PassageState.ANCHORED)
        places = {pk: (start, end) for pk, start, end in anchored.values_list("pk", "start", "end")}
        holes = list(anchored.filter(redactions__isnull=False).values_list("start", "end"))
    reports = Appearance.objects.in_article(article).loaded().prefetch_related("claim__people")
    return Material(reader, article, text, holes, places, list(reports), list(Citation.objects.for_article(article)))


class Numbering:
    """Names places of a text by their sentence and their order in it, so that the name outlives other sentences."""

    def __init__(self, material: Material) -> None:
        self._material = material
        self._seen: dict[str, int] = {}

    def name(self, place: Span) -> str:
        """Give "5f0c… 2" for the second place asked for in a sentence of these words."""
        at = bisect_right(self._material.sentences, place[0], key=lambda span: span[0]) - 1
        around = self._material.sentences[at] if at >= 0 else place
        found = digest(self._material.words[around[0] : around[1]])
        self._seen[found] = self._seen.get(found, 0) + 1
        return f"sentence {found}, {self._seen[found]}"
