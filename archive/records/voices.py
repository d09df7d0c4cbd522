"""Whose words assert a method of pressure: those of whoever is quoted, or the outlet's own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from archive.models import Source
from archive.models.vocabulary import ASSERTED_BY, AssertedBy
from archive.records import parts
from archive.records.chains import Chains
from archive.records.reader import Reader


@dataclass(frozen=True, slots=True)
class TacticVoices:
    """One method, and who asserts it: articles by outlet, each once a column, and sources under the speaker.

    nobody: hearsay, for which no speaker is named. archive: inferred by an editor.
    """

    tactic: parts.Term
    speaker: tuple[parts.CarrierRef, ...]
    outlet: tuple[parts.CarrierRef, ...]
    nobody: tuple[parts.CarrierRef, ...]
    archive: tuple[parts.CarrierRef, ...]


def by_voice(uses: Iterable[tuple[str, str, str, int | None, int | None]], chain: Chains) -> tuple[TacticVoices, ...]:
    """uses: as ``TacticUse.objects.voices_of()`` gives them."""
    sources = {source.pk: source for source in chain.sources.values()}
    found: dict[parts.Term, dict[AssertedBy, dict[str, parts.CarrierRef]]] = {}
    for slug, label, voice, article, source in uses:
        carrier = chain.carrier(article) if article else _source(sources.get(source or 0), chain.reader)
        if carrier:
            asserted_by = ASSERTED_BY[voice] if article else AssertedBy.SPEAKER
            columns = found.setdefault(parts.Term(slug, label), {})
            columns.setdefault(asserted_by, {})[carrier.ref.id] = carrier
    return tuple(
        TacticVoices(term, *(tuple(columns.get(one, {}).values()) for one in AssertedBy))
        for term, columns in found.items()
    )


def _source(source: Source | None, reader: Reader) -> parts.CarrierRef | None:
    ref = reader.source(source)
    return parts.CarrierRef(ref, None, parts.said(source)) if ref and source else None
