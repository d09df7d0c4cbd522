"""Where else a redacted string stands: the fields of an article and of all that it uses.

Letters are compared without their case and in one form (NFKC), white space as one space.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from archive.desk import parts
from archive.models import Appearance, Article, CaptureText, Citation, Source
from archive.models.vocabulary import PassageState
from archive.text import normalise, spans

Field = tuple[str, str]  # what an editor calls the field, and its text


def places_holding(article: Article, words: str) -> list[str]:
    """Names of the fields that hold these words, such as "article.summary", each once.

    Redacted passages don't count: they are hidden already. Queries: about fifteen.
    """
    wanted = normalise.folded(words)
    if not wanted:
        return []
    return sorted({name for name, text in _fields(article) if wanted in normalise.folded(text)})


def _fields(article: Article) -> Iterator[Field]:
    yield from _named("article", article, ["headline", "byline", "summary", "note", "address", "reference_gaps"])
    for evidence in article.date_evidence.all():
        yield from _named("date evidence", evidence, ["words", "note"])
    for report in Appearance.objects.in_article(article).select_related("claim").prefetch_related("figures"):
        yield from _named(f"report {report.public_id}", report, ["verb", "note"])
        yield from _named(f"claim {report.claim.public_id}", report.claim, ["sentence", "note", "date_words"])
        for figure in report.figures.all():
            yield from _named(f"figure {figure.public_id}", figure, ["note", "as_of_words"])
    for citation in Citation.objects.for_article(article):
        yield from _named("citation", citation, ["label", "address_as_printed"])
    for source in parts.of_article(article).sources.prefetch_related("checks", "copies", "identifiers", "roles"):
        yield from _of_source(source)
    yield from _captured(article)


def _of_source(source: Source) -> Iterator[Field]:
    name = f"source {source.public_id}"
    yield from _named(name, source, ["title", "occasion", "address", "note", "date_words"])
    for check in source.checks.all():
        yield from _named(f"{name} check", check, ["note"])
    for copy in source.copies.all():
        yield from _named(f"{name} copy", copy, ["address"])
    for identifier in source.identifiers.all():
        yield from _named(f"{name} identifier", identifier, ["value"])
    for role in source.roles.all():
        yield from _named(f"{name} role", role, ["role_as_printed"])


def _captured(article: Article) -> Iterator[Field]:
    """The captured texts, with what is redacted in them taken out."""
    for capture in article.captures.all():
        for text in capture.texts.all():
            yield f"text of capture {capture.public_id}", _without_redactions(text)


def _without_redactions(text: CaptureText) -> str:
    holes = text.passages.filter(redactions__isnull=False, state=PassageState.ANCHORED).values_list("start", "end")
    return "".join(piece.text for piece in spans.mask(text.text, (0, len(text.text)), holes))


def _named(name: str, record: object, fields: Iterable[str]) -> Iterator[Field]:
    for field in fields:
        yield f"{name}.{field}", str(getattr(record, field) or "")
