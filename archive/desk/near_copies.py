"""Articles of the archive whose text is nearly that of another.

Bounded: six stretches of the text are looked up as phrases and the first dozen articles found are compared, and those
that hold the very bytes. So a copy is found that has one of these stretches word for word and may be searched for
(its do-no-harm check is cleared); a paraphrase is not, nor a text of which a small part was taken. Texts of a few
words, such as excerpts, are not compared: they are alike for having little in them.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from archive.desk.findings import Finding, Stretch
from archive.desk.material import Material
from archive.models import Article, CaptureText
from archive.models.vocabulary import CheckKind
from archive.search.language import QueryTooLarge
from archive.text import likeness

SUBJECT = "article "
STRETCHES = 6
WORDS = 7
MOST_COMPARED = 12
LONGEST_TEXT = 200_000  # code points; a longer one is compared by its beginning
FEWEST_RUNS = 40
NEARLY_THE_SAME = 0.5


def near_copies(material: Material) -> list[Finding]:
    """Find them, the likest first. Nine queries at most, none where no text is held."""
    if material.text is None:
        return []
    own = likeness.runs(material.words[:LONGEST_TEXT])
    if len(own) < FEWEST_RUNS:
        return []
    candidates = _candidates(material)
    newest = {text.capture.article_id: text for text in CaptureText.objects.of_articles(candidates)}
    alike = [(likeness.likeness(own, likeness.runs(text.text[:LONGEST_TEXT])), pk) for pk, text in newest.items()]
    near = sorted((one for one in alike if one[0] >= NEARLY_THE_SAME), reverse=True)
    return [finding_for(candidates[pk]) for _share, pk in near]


def finding_for(public_id: str) -> Finding:
    """What is said of one article that holds nearly the same text."""
    says = _("Another article of the archive holds nearly the same text.")
    return Finding(CheckKind.NEAR_DUPLICATE, f"{SUBJECT}{public_id}", says, (Stretch(label=public_id),))


def _candidates(material: Material) -> dict[int, str]:
    """Public ids of the articles to compare with, by their pk."""
    held = Article.objects.visible_to(material.reader)
    same = held.holding_bytes_of(material.article)
    found: dict[int, str] = dict(same.values_list("pk", "public_id")[:MOST_COMPARED])
    for words in likeness.sampled(material.words[:LONGEST_TEXT], count=STRETCHES, length=WORDS):
        try:
            matching = held.search(f'"{words}"').exclude(pk=material.article.pk)
        except QueryTooLarge:
            # Words without spaces between them make more terms than a search takes.
            continue
        found.update(matching.order_by("pk").values_list("pk", "public_id")[:MOST_COMPARED])
    return dict(list(found.items())[:MOST_COMPARED])
