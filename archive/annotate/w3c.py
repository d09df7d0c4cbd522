"""One annotation of the W3C Web Annotation Data Model, read: ours, and in the many ways in which others write them.

Source: W3C Web Annotation Data Model, 3 and 4. Names may carry the prefix `oa:` or JSON-LD's `@`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from archive.annotate import cleaning
from archive.annotate.cleaning import listed, texts_of
from archive.annotate.told import (
    COMMENTING,
    HIGHLIGHTING,
    JSON,
    LINKING,
    MOTIVATIONS,
    REPLYING,
    TAGGING,
    Told,
    Unreadable,
)

_PREFIXES = ("oa:", "http://www.w3.org/ns/oa#", "https://www.w3.org/ns/oa#")
# Selectors refine each other; nobody refines further.
_DEEPEST = 8
_MOST_SELECTORS = 40
_MOST_BODIES = 200


@dataclass(slots=True)
class Bodies:
    """What the bodies of an annotation say, each by what it is for."""

    words: list[str] = field(default_factory=list)
    tags: list[JSON] = field(default_factory=list)
    tactics: list[str] = field(default_factory=list)
    claim: str = ""


@dataclass(slots=True)
class Place:
    quote: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int | None = None
    end: int | None = None


def told_from(item: dict[str, JSON], said: list[str]) -> Told:
    """Read one annotation. said: takes what is lost. Raises Unreadable where nothing says what it is about."""
    motivations = [_bare(one) for one in texts_of(_get(item, "motivation", "motivatedBy"))]
    bodies = _bodies(item, motivations, said)
    body = cleaning.body("\n\n".join(bodies.words) or None, said)
    tags = cleaning.tags(bodies.tags, said)
    target = _target(item, said)
    reply_to = _answered(target, motivations)
    place = Place() if reply_to else _place(target, said)
    source = "" if reply_to else _source(target)
    if not reply_to and not source:
        raise Unreadable("it does not say which page it is about")
    return Told(
        id=cleaning.address(_get(item, "id")),
        motivation=REPLYING if reply_to else _motivation(motivations, body, tags, bodies, said),
        body=body,
        tags=tags,
        tactics=tuple(dict.fromkeys(bodies.tactics)),
        claim=bodies.claim,
        creator=_creator(item, said),
        created=cleaning.instant(item.get("created"), said),
        modified=cleaning.instant(item.get("modified"), said),
        source=source,
        outlet_address="" if reply_to else _outlet_address(target),
        quote=place.quote,
        prefix=place.prefix,
        suffix=place.suffix,
        start=place.start,
        end=place.end,
        reply_to=reply_to,
    )


def _get(value: dict[str, JSON], *names: str) -> JSON:
    """The first of these that is there, under its own name, with JSON-LD's sign or with the model's prefix."""
    return next(
        (value[f"{sign}{name}"] for name in names for sign in ("", "@", "oa:") if f"{sign}{name}" in value), None
    )


def _bare(name: str) -> str:
    return next((name[len(prefix) :] for prefix in _PREFIXES if name.startswith(prefix)), name)


def _types(value: dict[str, JSON]) -> set[str]:
    return {_bare(one) for one in texts_of(_get(value, "type"))}


def _iri(value: JSON) -> str:
    """An IRI that stands alone, or as the id of an object."""
    return cleaning.address(_get(value, "id") if isinstance(value, dict) else value)


def _bodies(item: dict[str, JSON], motivations: list[str], said: list[str]) -> Bodies:
    found = Bodies()
    bodies = listed(_get(item, "body", "hasBody"))
    parts = [{"value": one} for one in listed(item.get("bodyValue"))]
    for body in bodies[:_MOST_BODIES]:
        parts += listed(_get(body, "items")) if isinstance(body, dict) and _get(body, "items") else [body]
    if len(bodies) > _MOST_BODIES or len(parts) > _MOST_BODIES:
        said.append(f"its body has more than {_MOST_BODIES} parts; the rest is left out")
    for part in parts[:_MOST_BODIES]:
        _take(part, found, motivations, said)
    return found


def _take(body: JSON, found: Bodies, motivations: list[str], said: list[str]) -> None:
    """Put one body where it belongs; what belongs nowhere is said."""
    if not isinstance(body, dict):
        # An IRI, or from others words that should not stand so bare.
        body = {"value": body} if isinstance(body, str) and not cleaning.address(body) else {"id": body}
    purposes = {_bare(one) for one in texts_of(_get(body, "purpose", "hasPurpose"))} or set(motivations[:1])
    value = _get(body, "value", "chars", "rdf:value")
    if isinstance(value, list):
        value = "\n\n".join(texts_of(value))
    if isinstance(value, dict):
        value = _get(value, "value")
    if isinstance(value, str) and value:
        (found.tags if TAGGING in purposes else found.words).append(value)
        return
    source = _iri(_get(body, "source", "hasSource")) or _iri(body)
    slug = cleaning.slug_in(source)
    if slug and len(found.tactics) < cleaning.MOST_TAGS:
        found.tactics.append(slug)
    elif source and LINKING in purposes and not found.claim:
        found.claim = source
    elif source:
        # An address to somewhere else is kept where it can be read.
        found.words.append(source)
    elif value != "":
        said.append("a part of its body could not be read")


def _target(item: dict[str, JSON], said: list[str]) -> JSON:
    targets = listed(_get(item, "target", "hasTarget"))
    if len(targets) == 1 and isinstance(targets[0], dict) and _get(targets[0], "items"):
        targets = listed(_get(targets[0], "items"))
    if len(targets) > 1:
        said.append(f"it is about {len(targets)} places; the first is taken in")
    return targets[0] if targets else None


def _answered(target: JSON, motivations: list[str]) -> str:
    """The id of the annotation that this one answers, or ''."""
    if isinstance(target, dict):
        is_annotation = "Annotation" in _types(target)
        is_answer = REPLYING in motivations and "source" not in target and "selector" not in target
        return _iri(target) if is_annotation or is_answer else ""
    return cleaning.address(target) if REPLYING in motivations else ""


def _source(target: JSON) -> str:
    if not isinstance(target, dict):
        return cleaning.address(target)
    return _iri(_get(target, "source", "hasSource")) or _iri(target)


def _outlet_address(target: JSON) -> str:
    return _iri(target.get("dcterms:source")) if isinstance(target, dict) else ""


def _place(target: JSON, said: list[str]) -> Place:
    """Quote and position of a target. A quote that refines another is nearer to what was marked."""
    place, wanted, count = Place(), [], 0
    if isinstance(target, dict):
        wanted = [(one, 0) for one in listed(_get(target, "selector", "hasSelector"))]
    while wanted and count < _MOST_SELECTORS:
        (selector, depth), count = wanted.pop(0), count + 1
        if not isinstance(selector, dict):
            continue
        types = _types(selector)
        if "TextQuoteSelector" in types and "exact" in selector:
            place.quote = cleaning.quoted(selector["exact"], said)
            place.prefix = cleaning.before(selector.get("prefix"), said)
            place.suffix = cleaning.after(selector.get("suffix"), said)
        # A position within what another selector chose is none in the text.
        if "TextPositionSelector" in types and depth == 0:
            start, end = cleaning.position(selector.get("start")), cleaning.position(selector.get("end"))
            if start is not None and end is not None and start < end:
                place.start, place.end = start, end
            else:
                said.append("its position is no place in a text and is left out")
        if depth < _DEEPEST:
            wanted += [(one, depth + 1) for one in listed(_get(selector, "refinedBy"))]
    return place


def _motivation(motivations: list[str], body: str, tags: tuple[str, ...], bodies: Bodies, said: list[str]) -> str:
    """The first that is known here; of others, what the annotation does."""
    known = [one for one in motivations if one in MOTIVATIONS and one != REPLYING]
    if known:
        return known[0]
    does = COMMENTING if body else TAGGING if tags or bodies.tactics else LINKING if bodies.claim else HIGHLIGHTING
    if motivations and motivations[0] != REPLYING:
        said.append(f"its motivation is not known here; it is taken in as “{does}”")
    return does


def _creator(item: dict[str, JSON], said: list[str]) -> str:
    """The name of the first who made it; an address is no name."""
    creator = next(iter(listed(_get(item, "creator"))), None)
    if isinstance(creator, dict):
        creator = next((creator[name] for name in ("name", "nickname", "nick") if name in creator), None)
        creator = next(texts_of(creator), None)
    return cleaning.line(creator, cleaning.LONGEST_NAME, "its author’s name", said) if isinstance(creator, str) else ""
