"""Words that may not be read today, to be looked for in what was written earlier: old values of the history.

Around a record count the articles that it is, reports, is reported or cited in, or is spoken in; of an outlet, all of
its articles. Hidden are the redacted stretches of their texts, and headlines and addresses that are withheld.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import Case, Exists, F, OuterRef, Q, TextField, When
from django.db.models.functions import Substr

from archive.models import Article, Redaction
from archive.models.vocabulary import PassageState, RecordKind
from archive.text import normalise

# From an article to each kind of record around it.
WAYS: Mapping[str, tuple[str, ...]] = {
    RecordKind.ARTICLE: ("pk",),
    RecordKind.OUTLET: ("outlet",),
    RecordKind.CLAIM: ("appearances__claim",),
    RecordKind.SOURCE: ("citations__source", "appearances__credits__source", "as_source"),
    RecordKind.ACTOR: ("appearances__speaker", "citations__source__actors", "appearances__credits__source__actors"),
}

WITHHOLDING = Q(headline_withheld=True) | Q(address_withheld=True)


class Hidden:
    """What is hidden around records of several kinds."""

    def __init__(self, words: Mapping[tuple[str, int], set[str]]) -> None:
        self._words = words

    def is_in(self, text: str, kind: str, pk: int) -> bool:
        """Whether a text holds words that are hidden around this record."""
        folded = normalise.folded(text)
        return any(words in folded for words in self._words.get((kind, pk), ()))


def around(records: Mapping[str, Iterable[int]]) -> Hidden:
    """What is hidden around these records. records: primary keys by kind. Queries: eleven at most."""
    redactions = Redaction.objects.filter(passage__capture_text__capture__article=OuterRef("pk"))
    hiding = Article.objects.order_by().filter(WITHHOLDING | Exists(redactions))
    articles: dict[tuple[str, int], set[int]] = defaultdict(set)
    for kind, pks in records.items():
        for way in WAYS[kind]:
            found = hiding.filter(**{f"{way}__in": set(pks)})
            for pk, article in found.values_list(way, "pk").distinct():
                articles[kind, pk].add(article)
    by_article = _hidden_in({pk for found in articles.values() for pk in found})
    return Hidden({record: set().union(*(by_article[pk] for pk in found)) for record, found in articles.items()})


def _hidden_in(articles: set[int]) -> dict[int, set[str]]:
    """Hidden words by article, folded. Two queries."""
    found: dict[int, set[str]] = defaultdict(set)
    redactions = Redaction.objects.filter(passage__capture_text__capture__article__in=articles).annotate(
        words=Case(
            When(
                passage__state=PassageState.ANCHORED,
                then=Substr(
                    "passage__capture_text__text",
                    F("passage__start") + 1,
                    F("passage__end") - F("passage__start"),
                ),
            ),
            default=F("passage__quote"),
            output_field=TextField(),
        )
    )
    for pk, words in redactions.values_list("passage__capture_text__capture__article", "words"):
        found[pk].add(normalise.folded(words))
    withheld = Article.objects.filter(WITHHOLDING, pk__in=articles)
    for article in withheld.only("headline", "headline_withheld", "address", "address_withheld"):
        found[article.pk] |= {normalise.folded(article.headline)} if article.headline_withheld else set()
        found[article.pk] |= {normalise.folded(article.address or "")} if article.address_withheld else set()
    return defaultdict(set, {pk: words - {""} for pk, words in found.items()})
