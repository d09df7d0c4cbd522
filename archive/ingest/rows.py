"""A row as the archive would hold it: pure, so that any row can be tried without a database.

The key of a row says "the same item again": its id; else its address; else its own digest. Keys belong to a
collection: the row's `source`, else the name of the file without its endings (at most 80 characters).
The digest says "with the same content", however the row was written: it covers the fields, not the bytes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from archive.ingest.received import Received, RowRefused
from archive.text import addresses, dates, normalise, paragraphs
from archive.text.hashing import sha256_hex

COLLECTION_LENGTH = 80
KEY_LENGTH = 200
LONGEST = {"outlet": 200, "title": 500, "author": 300, "published_at": 120, "id": KEY_LENGTH, "source": 80}

_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,2}", re.IGNORECASE)
_LANGUAGE_LENGTH = 12
# Normalised text holds no control characters, so this cannot stand inside a field.
_BETWEEN_FIELDS = "\x1f"
_ENDINGS = (".gz", ".jsonl", ".ndjson", ".json", ".csv", ".txt")


@dataclass(frozen=True, slots=True)
class Row:
    """What a row says, normalised.

    collection, key, digest: see the module. outlet: its name, or empty where only the host is known.
    host: of the address, without "www.". when: None where no date is given.
    document: headline and text as one plain text; zones: one a paragraph.
    """

    collection: str
    key: str
    digest: str
    outlet: str
    address: str
    address_key: str
    host: str
    headline: str
    byline: str
    language: str
    when: dates.PartialDate | None
    document: str
    zones: list[str]

    @property
    def has_text(self) -> bool:
        """Whether it holds more than its headline."""
        return len(self.zones) > bool(self.headline)


def collection_of(path: Path) -> str:
    """The collection of rows that name none: the file's name without its endings."""
    name = path.name
    for ending in _ENDINGS:
        name = name.removesuffix(ending)
    return normalise.single_line(name)[:COLLECTION_LENGTH] or "rows"


def row_of(received: Received, *, collection: str) -> Row:
    """Normalise and check a row. Raises RowRefused, naming the column and what to do."""
    values = received.values
    address = _address(_given(values.get("url"), "url"))
    language = _language(_line(values.get("language"), "language"))
    when = _date(_line(values.get("published_at"), "published_at"))
    byline = _line(values.get("author"), "author")
    outlet = _line(values.get("outlet"), "outlet")
    headline, document, zones = _document(received)
    _refuse_nothing(outlet, headline or document, address)
    date_words = when.words if when else ""
    digest = sha256_hex(
        _BETWEEN_FIELDS.join([outlet, address, headline, byline, language, date_words, document]).encode()
    )
    return Row(
        collection=_line(values.get("source"), "source") or collection,
        key=_line(_numbered(values.get("id")), "id") or _key(address, digest),
        digest=digest,
        outlet=outlet,
        address=address,
        address_key=addresses.address_key(address) if address else "",
        host=(urlsplit(address).hostname or "").removeprefix("www.") if address else "",
        headline=headline,
        byline=byline,
        language=language,
        when=when,
        document=document,
        zones=zones,
    )


def _refuse_nothing(outlet: str, wording: str, address: str) -> None:
    """Refuse a row that names no outlet, or nothing of an article."""
    if not outlet and not address:
        raise RowRefused("outlet", "The row names no outlet and no address that would tell it.")
    if not wording and not address:
        raise RowRefused("", "The row has no headline, no text and no address: nothing of an article.")


def _document(received: Received) -> tuple[str, str, list[str]]:
    """Headline, plain text with the headline as its first paragraph, and the zones of its paragraphs."""
    text = normalise.plain_text(_given(received.values.get("text"), "text"))
    if received.is_whole_page:
        return _whole_page(text)
    headline = _line(received.values.get("title"), "title")
    if not headline:
        # Nothing tells the headline of a row that gives none; a guess would be taken for a fact.
        return "", text, _without_headline(paragraphs.guess_zones(text))
    if text == headline or text.startswith(f"{headline}\n\n"):
        text = text.removeprefix(headline).lstrip("\n")
    document = f"{headline}\n\n{text}" if text else headline
    return headline, document, ["headline", *_without_headline(paragraphs.guess_zones(document)[1:])]


def _whole_page(text: str) -> tuple[str, str, list[str]]:
    """The same for the text of a page, in which the headline is somewhere near the start."""
    if "\n\n" not in text:
        # Saved without blank lines: each line is a paragraph.
        text = text.replace("\n", "\n\n")
    zones = paragraphs.guess_zones(text)
    found = paragraphs.paragraphs(text, zones)
    headline = next((paragraph.text for paragraph in found if paragraph.zone == "headline"), "")
    # The headline counts against no limit of what may be shown: better none than half an article.
    if "\n" in headline or len(headline) > LONGEST["title"]:
        return "", text, _without_headline(zones)
    return normalise.single_line(headline), text, zones


def _without_headline(zones: Sequence[str]) -> list[str]:
    return ["body" if zone == "headline" else zone for zone in zones]


def _given(value: object, column: str) -> str:
    """The text of a value; empty for none. Raises RowRefused for other kinds and for what no database holds."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise RowRefused(column, f"This is {_kind(value)}, not text. Write it in quotation marks.")
    if not normalise.is_clean(value):
        raise RowRefused(column, "It holds a NUL or half a character. Write it anew as UTF-8.")
    return value


def _line(value: object, column: str) -> str:
    """The text of a value as one line, no longer than its column takes."""
    if not value:
        return _given(value, column)
    line = normalise.single_line(_given(value, column))
    if len(line) > LONGEST.get(column, len(line)):
        raise RowRefused(column, f"It has {len(line)} characters; at most {LONGEST[column]} can be kept.")
    return line


def _numbered(value: object) -> object:
    """A whole number as its digits: collections count their items."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _kind(value: object) -> str:
    kinds = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object"}
    return kinds.get(type(value), type(value).__name__)


def _key(address: str, digest: str) -> str:
    if address and len(address) <= KEY_LENGTH:
        return address
    return f"sha256:{sha256_hex(address.encode()) if address else digest}"


def _address(text: str) -> str:
    if not text.strip():
        return ""
    try:
        return addresses.canonical_address(text.strip())
    except addresses.NotAnAddress as error:
        raise RowRefused("url", str(error)) from error


def _date(words: str) -> dates.PartialDate | None:
    if not words:
        return None
    try:
        return dates.parse_edtf(words)
    except dates.NotADate as error:
        raise RowRefused("published_at", str(error)) from error


def _language(code: str) -> str:
    if code and (len(code) > _LANGUAGE_LENGTH or not _LANGUAGE.fullmatch(code)):
        raise RowRefused("language", "Write a code of two or three letters, such as uk or en-GB.")
    return code
