"""What was coded of an article, as words by which it may be found: all of it is public, and the archive's own.

Claims as sentences, those who say them by all their names, sources by their titles. Whoever looks for a speaker finds
the articles that report what was said, in whichever script they print the name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from archive.models import Appearance, Citation
from archive.models.vocabulary import CreditState, RecordStatus

SENTENCES = "en"
CYRILLIC = re.compile("[\u0400-\u04ff]")


class Coded(NamedTuple):
    """Words, and the language that they are in; empty where it is not known."""

    words: str
    language: str


def coded_words(article_pks: Iterable[int]) -> dict[int, list[Coded]]:
    """Everything coded of these articles that is published, each once, in a stable order. Four queries."""
    pks = list(article_pks)
    reports = Appearance.objects.filter(article__in=pks, claim__status=RecordStatus.PUBLISHED).order_by()
    public = {"status": RecordStatus.PUBLISHED, "title_withheld": False, "article": None}
    credited = {f"credits__source__{name}": value for name, value in public.items()}
    cited = {f"source__{name}": value for name, value in public.items()}
    spoken = reports.filter(speaker__status=RecordStatus.PUBLISHED)
    found: dict[int, set[Coded]] = defaultdict(set)
    for pk, sentence in reports.values_list("article", "claim__sentence"):
        found[pk].add(Coded(sentence, SENTENCES))
    for pk, name, other, language in spoken.values_list(
        "article", "speaker__name", "speaker__names__name", "speaker__names__language"
    ):
        found[pk].add(Coded(name, ""))
        if other:
            found[pk].add(Coded(other, language))
    taken = reports.filter(credits__state=CreditState.CONFIRMED, **credited).values_list(
        "article", "credits__source__title"
    )
    named = Citation.objects.filter(article__in=pks, **cited).order_by().values_list("article", "source__title")
    for pk, title in [*taken, *named]:
        # The language of a title is not recorded; its script says enough to know the forms of its words.
        found[pk].add(Coded(title, "ru" if CYRILLIC.search(title) else SENTENCES))
    return {pk: sorted(words) for pk, words in found.items()}
