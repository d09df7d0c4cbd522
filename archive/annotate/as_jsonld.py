"""Annotations as JSON-LD of the W3C Web Annotation Data Model.

Says what `Told` holds and nothing else. With whom an annotation is shared stays here: another archive could not keep
to it, and what is read back is private.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from archive.annotate.told import COMMENTING, HIGHLIGHTING, LINKING, REPLYING, TAGGING, Told

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
MEDIA_TYPE = f'application/ld+json;profile="{CONTEXT}"'


def collection(tolds: Sequence[Told], id: str, label: str, *, glossary: str) -> dict[str, Any]:
    """An AnnotationCollection with all its annotations on one embedded page, ready for `json.dumps`.

    id: its IRI. glossary: the address to which a tactic's slug is added, such as `https://host/tactics/#`.
    Source: W3C Web Annotation Data Model, 5.
    """
    page = {
        "id": f"{id}#page",
        "type": "AnnotationPage",
        "partOf": id,
        "startIndex": 0,
        "items": [annotation(told, glossary=glossary) for told in tolds],
    }
    return {
        "@context": CONTEXT,
        "id": id,
        "type": "AnnotationCollection",
        "label": label,
        "total": len(tolds),
        "first": page,
    }


def annotation(told: Told, *, glossary: str) -> dict[str, Any]:
    """One annotation, without @context: the collection around it has one. Empty fields are left out."""
    creator = {"type": "Person", "name": told.creator} if told.creator else None
    said = {
        "id": told.id,
        "type": "Annotation",
        "motivation": REPLYING if told.reply_to else told.motivation,
        "creator": creator,
        "created": _instant(told.created),
        "modified": _instant(told.modified),
        "body": _bodies(told, glossary),
        # What a reply is about is the other annotation itself.
        "target": told.reply_to or _target(told),
    }
    return {name: value for name, value in said.items() if value}


def _bodies(told: Told, glossary: str) -> list[dict[str, str]]:
    """The words first, then tags, terms and claim, each with what it is for."""
    purpose = COMMENTING if told.motivation in (HIGHLIGHTING, TAGGING, LINKING) else told.motivation
    bodies = [_words(told.body, REPLYING if told.reply_to else purpose)] if told.body else []
    bodies += [_words(tag, TAGGING) for tag in told.tags]
    bodies += [_thing(f"{glossary}{slug}", "classifying") for slug in told.tactics]
    return bodies + ([_thing(told.claim, LINKING)] if told.claim else [])


def _words(value: str, purpose: str) -> dict[str, str]:
    return {"type": "TextualBody", "value": value, "format": "text/plain", "purpose": purpose}


def _thing(source: str, purpose: str) -> dict[str, str]:
    return {"type": "SpecificResource", "source": source, "purpose": purpose}


def _target(told: Told) -> dict[str, Any]:
    """The page and the place. The outlet's own address stands under Dublin Core's `source`, which the context knows."""
    selectors: list[dict[str, Any]] = []
    if told.quote:
        quote = {"exact": told.quote, "prefix": told.prefix, "suffix": told.suffix}
        selectors.append({"type": "TextQuoteSelector"} | {name: words for name, words in quote.items() if words})
    if told.start is not None and told.end is not None:
        selectors.append({"type": "TextPositionSelector", "start": told.start, "end": told.end})
    target: dict[str, Any] = {"type": "SpecificResource", "source": told.source}
    if told.outlet_address:
        target["dcterms:source"] = {"id": told.outlet_address}
    return target | ({"selector": selectors} if selectors else {})


def _instant(when: datetime | None) -> str:
    return when.astimezone(UTC).isoformat().replace("+00:00", "Z") if when else ""
