"""The words that the archive shows to everybody in its lists: headlines that are not withheld, and summaries.

They are what "did you mean" offers. Captured text is not among them, so no search leads anybody to a word that only
an outlet's text holds. Each word is kept once, in a table, with one published article as its witness: which words the
archive knows is then one look at an index, and before a word is offered its witness is read again, so that
a word outlives nothing that it stood in. A word whose witness drops it is offered again once another article that shows
it is written anew; ``manage.py reindex --all`` finds all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from archive.models import Article, SuggestedWord
from archive.text import spelling
from archive.text.spelling import Reach, Sound

# Of one first letter and about one length an archive of a million words has fewer.
MOST_COMPARED = 10_000
_AT_ONCE = 10_000


def rebuild(pks: Collection[int], articles: Iterable[Article]) -> None:
    """Write down anew which words these articles are witnesses of, in the caller's transaction.

    pks: of all that changed. articles: those of them that are still in the archive, published or not.
    """
    shown = {article.pk: _shown(article) for article in articles if article.is_published}
    held = list(SuggestedWord.objects.filter(article__in=pks).values_list("pk", "article", "word"))
    still = {(article, one.word) for article, words in shown.items() for one in words}
    kept = {pk for pk, article, word in held if (article, word) in still}
    SuggestedWord.objects.filter(pk__in=[pk for pk, _article, _word in held if pk not in kept]).delete()
    by_word = {one: article for article, words in shown.items() for one in words}
    # Of running text nearly all: what has a witness keeps it.
    known = _known([one.word for one in by_word])
    SuggestedWord.objects.bulk_create(
        [
            SuggestedWord(word=one.word, sound=one.sound, start=one.sound[0], size=len(one.sound), article_id=article)
            # In one order, so that two writers at once do not wait for each other.
            for one, article in sorted(by_word.items())
            if one.word not in known
        ],
        ignore_conflicts=True,
    )


def _known(words: Sequence[str]) -> set[str]:
    """Those of the words that the archive has. One query for each 10,000."""
    lots = [words[start : start + _AT_ONCE] for start in range(0, len(words), _AT_ONCE)]
    return {word for lot in lots for word in SuggestedWord.objects.filter(word__in=lot).values_list("word", flat=True)}


def _shown(article: Article) -> frozenset[Sound]:
    headline = "" if article.headline_withheld else article.headline
    return frozenset(spelling.sounds(f"{headline}\n{article.summary}"))


def within(reaches: Sequence[Reach]) -> list[Sound]:
    """Give the words that are within reach. One query, whatever their number."""
    rows = SuggestedWord.objects.within(reaches).values_list("word", "sound")
    return [Sound(word, sound) for word, sound in rows[:MOST_COMPARED]]


def still_shown(words: Iterable[str]) -> set[str]:
    """Those of the words that their witnesses show to everybody now. One query."""
    rows = SuggestedWord.objects.filter(word__in=list(words)).select_related("article")
    return {
        row.word for row in rows if row.article.is_published and row.word in {one.word for one in _shown(row.article)}
    }
