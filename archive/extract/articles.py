"""From a page's bytes to its text with zones, and what it says of itself. Runs in the child alone."""

from __future__ import annotations

import codecs
import re
from datetime import datetime
from typing import Any

import htmldate
import tld
import trafilatura
from trafilatura import external

from archive.extract import choosing, dates, metadata, pages, prechecks, results, zoning
from archive.extract.results import Note, Proposal, Refusal
from archive.text import normalise, paragraphs
from archive.text.pasting import Parted, part_pasted, put_together

EXTRACTOR = f"trafilatura-{trafilatura.__version__}/1"
_HTML = frozenset({"", "text/html", "application/xhtml+xml", "application/xml", "text/xml", "application/octet-stream"})
_DECLARED = re.compile(
    rb"""<(?:meta\b[^>]{0,300}?charset|\?xml\b[^>]{0,100}?encoding)\s*=\s*["']?\s*([\w-]{1,40})""", re.I
)
_MARKUP = re.compile(r"<(?:!doctype html|html|head|body|div|p|article|meta|title)\b", re.IGNORECASE)
_DATES: dict[str, bool] = {"extensive_search": False, "original_date": True}
_SAMPLE = (
    "<html><head><title>A</title></head><body><h1>A</h1><p>"
    + "Words of a text, long enough. " * 20
    + "</p></body></html>"
)


def make_ready() -> None:
    """Load what the parsers read from disk at their first use."""
    external.jt_stoplist_init()
    # What is loaded late by those who need it: once the doors are closed, it cannot be. `tld` would ask the network.
    tld.get_tld("https://news.example.com")
    datetime.strptime("2020", "%Y")  # noqa: DTZ007  # only loads its module
    for codec in (*normalise.CODECS, "cp437", "idna", "ascii", "latin-1"):
        codecs.lookup(codec)
    page(
        {"media_type": "text/html", "charset": "", "address": "https://news.example/2020/01/02/a", "thorough": True},
        _SAMPLE.encode(),
    )


def page(job: dict[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
    """Read a page or a plain text. Raises Refusal for what is neither, or is too much."""
    if len(body) > prechecks.LARGEST:
        raise Refusal("too-large")
    if job["media_type"] not in _HTML and job["media_type"] != "text/plain":
        raise Refusal("not-a-page")
    if body.startswith((b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b")):
        raise Refusal("not-a-page")
    declared = _DECLARED.search(body, 0, 4096)
    text = normalise.decode_bytes(body, job["charset"] or (declared[1].decode("ascii") if declared else None))
    proposals: list[Proposal] = []
    notes = [Note("undecodable", count)] if (count := text.count("\ufffd")) else []
    received = datetime.fromisoformat(job["received_at"]) if job.get("received_at") else None
    is_told = job["media_type"] in {"text/html", "application/xhtml+xml"}
    if job["media_type"] == "text/plain" or not (is_told or _MARKUP.search(text[:20000])):
        parted = part_pasted(text)
    else:
        parted, proposals = _read(text, job, notes)
    if not parted.text:
        raise Refusal("no-text")
    places = paragraphs.paragraphs(parted.text, parted.zones)
    proposals = _in_order(proposals, places, job["address"], received)
    return {
        "text": parted.text,
        "zones": list(parted.zones),
        "proposals": [_as_data(one) for one in proposals],
        "notes": [{"kind": note.kind, "count": note.count} for note in notes],
        "extractor": EXTRACTOR,
    }, b""


def _read(text: str, job: dict[str, Any], notes: list[Note]) -> tuple[Parted, list[Proposal]]:
    """Read markup: every visible block with its zone, and every proposal."""
    prechecks.refuse_dangerous(text)
    tree = pages.parsed(text)
    if tree is None:
        raise Refusal("no-text")
    proposals = metadata.proposals(tree, job["address"])
    reader = pages.Reader()
    blocks = list(reader.blocks(tree))
    if reader.hidden:
        notes.append(Note("hidden", reader.hidden))
    body = ""
    if job["thorough"]:
        body, more = _by_trafilatura(text, job["address"], notes)
        proposals = choosing.bare_headlines([*proposals, *more], job["address"])
    else:
        notes.append(Note("zones-by-words"))
    headline = next((one.value for one in proposals if one.what == results.HEADLINE), "")
    description = next((one.value for one in proposals if one.what == results.DESCRIPTION), "")
    words = [block.words for block in blocks]
    if not words:
        raise Refusal("no-text")
    found = zoning.zones(blocks, body, headline, description) if body else paragraphs.guess_zones("\n\n".join(words))
    if headline and "headline" not in found:
        words.insert(0, headline)
        found.insert(0, "headline")
        notes.append(Note("headline-from-metadata"))
    return put_together(words, found), proposals


def _by_trafilatura(text: str, address: str, notes: list[Note]) -> tuple[str, list[Proposal]]:
    """What trafilatura takes for the body, and its guesses; nothing where it finds nothing."""
    try:
        found = trafilatura.bare_extraction(
            text, url=address or None, include_comments=False, with_metadata=True, date_extraction_params=_DATES
        )
        day = htmldate.find_date(text, extensive_search=False, original_date=True, url=address or None)
    except Exception:
        # Foreign bytes make a parser raise anything; the page is then read without it, which is no loss of text.
        notes.append(Note("zones-by-words"))
        return "", []
    more: list[Proposal] = []
    if day:
        in_markup = any(sign.join(day.split("-")) in text for sign in ("-", "/", "."))
        more.append(Proposal(results.PUBLISHED, day, dates.GUESSED, words="in the markup" if in_markup else ""))
    if found is None or isinstance(found, dict):
        return "", more
    byline = ", ".join(name.strip() for name in (found.author or "").split(";"))
    guesses = [(results.HEADLINE, found.title), (results.BYLINE, byline), (results.OUTLET, found.sitename)]
    more += [Proposal(what, normalise.single_line(value), "trafilatura") for what, value in guesses if value]
    return found.text or "", more


def _in_order(
    proposals: list[Proposal], places: list[paragraphs.Paragraph], address: str, received: datetime | None
) -> list[Proposal]:
    """The printed headline first, dates read, equal values once."""
    declared = [one for one in proposals if one.what == results.PUBLISHED]
    others = [one for one in proposals if one.what != results.PUBLISHED]
    headline = next((one.text for one in places if one.zone == "headline"), "")
    others = choosing.in_order(others, normalise.single_line(headline))
    once = {(one.what, one.value): one for one in reversed(others)}
    kept = sorted(once.values(), key=others.index)
    return [*kept, *dates.proposals(places, declared=declared, address=address, received_at=received)]


def _as_data(one: Proposal) -> dict[str, str]:
    return {"what": one.what, "value": one.value, "where": one.where, "words": one.words, "basis": one.basis}
