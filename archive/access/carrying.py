"""From an article's older captured texts to its newest: what was coded is found again, what was hidden stays hidden.

A quote is looked for with the words around it, and never put somewhere by guess (``text.anchor``). What quotes it
follows it into the newer text as soon as readers lose nothing by that: while the older copy is released and the newer
one is not, it stays. What the newer text does not have is kept there as "not in this version", and its quoter stays
with the older copy, where the words stand. Redactions are not moved but made again, at every place of their words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models

from archive.models import Annotation, Article, CaptureText, Passage, Redaction
from archive.models.vocabulary import HarmReview, PassageState
from archive.text import anchor
from archive.text.anchor import TextSpan

_WIDE = anchor.CONTEXT_WIDTH


@dataclass(frozen=True, slots=True)
class Carried:
    """found, missing: coded passages that the newer text has or has not. hidden: places hidden in it."""

    found: int = 0
    missing: int = 0
    hidden: int = 0


def carry_over(text: CaptureText) -> Carried:
    """Carry an article's passages over to a text, in the caller's transaction, which holds the article's row.

    Again, it finds what was done. Where a newer copy than this text is held, only what is hidden is carried.
    The number of queries depends on the number of passages that are new in this text, not on that of their quoters.
    """
    article = text.capture.article
    older = list(Passage.objects.of_article(article).anchored().exclude(capture_text=text).order_by("pk"))
    hidden = _hide_again(text, older)
    if CaptureText.objects.of_article(article).first() != text:
        return Carried(hidden=hidden)
    quoted = _quoted(older)
    places = {passage.pk: _place(text.text, passage) for passage in older if passage.pk in quoted}
    moved = {pk: _anchored(text, span) for pk, span in places.items() if span}
    is_released = text.capture.harm_review == HarmReview.CLEARED
    followed = {
        passage.pk: moved[passage.pk]
        for passage in older
        if passage.pk in moved and (is_released or passage.capture_text.capture.harm_review != HarmReview.CLEARED)
    }
    _follow(quoted, followed)
    _carry_notes(text, is_released=is_released)
    missing = [passage for passage in older if passage.pk in places and not places[passage.pk]]
    _mark_missing(text, missing)
    return Carried(len(moved), len(missing), hidden)


def hide_everywhere(article: Article) -> int:
    """Hide what is hidden in one text of an article in each other one, too; gives how many places are new.

    For an article to which texts came from elsewhere. Three queries, and a few for each text.
    """
    redacted = list(Passage.objects.of_article(article).anchored().redacted().order_by("pk"))
    texts = CaptureText.objects.of_article(article)
    return sum(_hide_again(text, [one for one in redacted if one.capture_text_id != text.pk]) for text in texts)


def quoting_models() -> list[type[models.Model]]:
    """Every model that points to a passage for its wording; redactions hide and do not quote."""
    relations = Passage._meta.get_fields(include_hidden=True)
    found = [relation.related_model for relation in relations if isinstance(relation, models.ManyToOneRel)]
    return [model for model in found if isinstance(model, type) and model is not Redaction]


def place_in(text: str, before: str, span: tuple[int, int]) -> TextSpan | None:
    """Where a span of an earlier text stands in another: with the words around it, on one side, or alone if once."""
    prefix, quote, suffix = anchor.quote_with_context(before, span, _WIDE)
    for left, right in ((prefix, suffix), (prefix, ""), ("", suffix), ("", "")):
        try:
            return anchor.anchor_quote(text, quote, prefix=left, suffix=right)
        except anchor.QuoteNotFound:
            continue
        except anchor.QuoteIsAmbiguous:
            # With fewer words around it, it stands in as many places at least.
            return None
    return None


def _place(text: str, passage: Passage) -> TextSpan | None:
    return place_in(text, passage.capture_text.text, (passage.start, passage.end))


def _quoted(passages: Sequence[Passage]) -> dict[int, list[Any]]:
    """What quotes these passages, by the passage's pk. One query for each model that quotes."""
    found: dict[int, list[Any]] = {}
    for model in quoting_models():
        for quoter in model._default_manager.filter(passage__in=[passage.pk for passage in passages]):
            found.setdefault(getattr(quoter, "passage_id"), []).append(quoter)  # noqa: B009  # each of them has it
    return found


def _follow(quoted: Mapping[int, Sequence[Any]], followed: Mapping[int, Passage]) -> None:
    by_model: dict[type[models.Model], list[Any]] = {}
    for pk, passage in followed.items():
        for quoter in quoted[pk]:
            quoter.passage = passage
            by_model.setdefault(type(quoter), []).append(quoter)
    for model, quoters in by_model.items():
        model._default_manager.bulk_update(quoters, ["passage"])


def _carry_notes(text: CaptureText, *, is_released: bool) -> None:
    """Readers' own notes follow likewise; those whose words are not here stay where they stand. Two queries."""
    followed = []
    for note in Annotation.objects.of_text_before(text):
        older = note.text
        if older is None or not is_released and older.capture.harm_review == HarmReview.CLEARED:
            continue
        span = place_in(text.text, older.text, (note.start or 0, note.end or 0))
        if span is not None:
            note.text, (note.start, note.end) = text, span
            followed.append(note)
    Annotation.objects.bulk_update(followed, ["text", "start", "end"], batch_size=500)


def _anchored(text: CaptureText, span: TextSpan) -> Passage:
    passage, _is_new = Passage.objects.get_or_create(
        capture_text=text, start=span.start, end=span.end, state=PassageState.ANCHORED
    )
    return passage


def _mark_missing(text: CaptureText, passages: Sequence[Passage]) -> None:
    """Keep the words of what is not in this text, each once."""
    known = set(Passage.objects.not_in(text).values_list("quote", flat=True))
    quotes = {passage.capture_text.text[passage.start : passage.end]: passage for passage in passages}
    Passage.objects.bulk_create(
        Passage(capture_text=text, start=one.start, end=one.end, state=PassageState.NOT_IN_VERSION, quote=quote)
        for quote, one in quotes.items()
        if quote not in known
    )


def _hide_again(text: CaptureText, older: Sequence[Passage]) -> int:
    """Hide the words of earlier redactions wherever they stand in this text; gives how many places are new."""
    by_passage = {passage.pk: passage for passage in older}
    hidden = 0
    for redaction in Redaction.objects.filter(passage__in=by_passage).order_by("pk"):
        passage = by_passage[redaction.passage_id]
        for span in places_of(passage.capture_text.text, (passage.start, passage.end), text.text):
            _redaction, is_new = Redaction.objects.get_or_create(
                passage=_anchored(text, span), defaults={"reason": redaction.reason, "made_by": redaction.made_by}
            )
            hidden += is_new
    return hidden


def places_of(before: str, span: tuple[int, int], text: str) -> Iterator[TextSpan]:
    """Every place in a text where the words of a span of an earlier one stand, in any case and with any spaces."""
    words = before[span[0] : span[1]].split()
    if not words:
        return
    pattern = r"\s+".join(map(re.escape, words))
    # What was cut at the ends of words is looked for as words: "Ali" is not in "reality".
    starts_word = words[0][0].isalnum() and not before[: span[0]][-1:].isalnum()
    ends_word = words[-1][-1].isalnum() and not before[span[1] :][:1].isalnum()
    whole = (r"(?<!\w)" if starts_word else "") + pattern + (r"(?!\w)" if ends_word else "")
    for match in re.finditer(whole, text, re.IGNORECASE):
        yield TextSpan(match.start(), match.end())
