"""What an intake gives when its page is read: received bytes, their text, and what the page says of itself.

Nothing is written here but bytes, into the store, before any transaction. Fetching and parsing take time and can fail;
whatever fails is a sentence for the editor.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from archive.captures import store
from archive.extract import dates, language
from archive.extract.reading import extract, list_records, read_record
from archive.extract.results import HEADLINE, LANGUAGE, Extracted, Listed, Proposal
from archive.fetch import client
from archive.models import Intake
from archive.models.vocabulary import CaptureMethod
from archive.text import normalise
from archive.text.paragraphs import paragraphs
from archive.text.pasting import part_pasted

Fetch = Callable[[str], client.Fetched]

WEB_ARCHIVE = "application/warc"
PLAIN = "text/plain"
PASTED = "pasted-1"
# A text of this many code points is read while the editor waits; a longer one by the worker.
AT_ONCE = 200_000
_MARKS = (b"WARC/", b"filedesc://", b"PK\x03\x04", b"\x1f\x8b")
_BY_NAME = {".html": "text/html", ".htm": "text/html", ".xhtml": "application/xhtml+xml", ".txt": PLAIN, ".md": PLAIN}


class NotThePage(Exception):
    """A server answered with something else than the page; the message is a sentence for the editor."""


@dataclass(frozen=True, slots=True)
class Received:
    """Bytes that are stored already.

    address: where they are from, canonical or empty. at: UTC. page: of a web archive, which of its pages.
    """

    blob: str
    size: int
    media_type: str
    address: str
    method: str
    at: datetime
    page: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What an intake gave. addresses: those that it was asked for and found under, the last one counts."""

    received: Received
    found: Extracted
    addresses: tuple[str, ...]


def media_type_of(body: bytes, file_name: str) -> str:
    """What a file is, by its first bytes and then by its name; empty where the text itself must tell."""
    if body.startswith(_MARKS):
        return WEB_ARCHIVE
    return _BY_NAME.get(PurePosixPath(file_name.lower()).suffix, "")


def read(intake: Intake, fetch: Fetch) -> Reading | Listed:
    """Read what an intake is about; a list of pages where a web archive holds several and none is chosen.

    Costs a process or two, and a fetch of ten seconds at most.
    Raises client.Refused, CannotExtract, NotThePage, BlobMissing.
    """
    if intake.method == CaptureMethod.FETCHED:
        return _fetched(intake, fetch)
    body = store.read(intake.blob)
    if intake.media_type == WEB_ARCHIVE:
        return _from_web_archive(intake, body)
    received = _received(intake, intake.address, intake.created_at)
    addresses = (intake.address,) if intake.address else ()
    if intake.method == CaptureMethod.PASTED:
        return Reading(received, pasted(body.decode(), intake.address, intake.created_at), addresses)
    found = extract(body, intake.media_type, intake.address, received_at=intake.created_at)
    return Reading(received, found, addresses)


def pasted(raw: str, address: str, at: datetime) -> Extracted:
    """Read a pasted text: its parts, its headline, days printed near it and in its address, its language."""
    parted = part_pasted(raw)
    places = paragraphs(parted.text, parted.zones)
    told = dates.proposals(places, address=address, received_at=at)
    guess = language.guessed("\n".join(one.text for one in places if one.zone in {"headline", "standfirst", "body"}))
    if guess:
        told = [Proposal(LANGUAGE, guess, "the text itself"), *told]
    return Extracted(parted.text, parted.zones, tuple(told), (), PASTED)


def headlines(found: Extracted) -> list[Proposal]:
    """Proposed headlines, the best first; where a page proposes none, the paragraph that looks like one."""
    printed = [
        Proposal(HEADLINE, normalise.single_line(one.text), "the first paragraph")
        for one in paragraphs(found.text, found.zones)[:1]
        if one.zone == "headline"
    ]
    return [*found.proposed(HEADLINE)] or printed


def _fetched(intake: Intake, fetch: Fetch) -> Reading:
    page = fetch(intake.address)
    if not 200 <= page.status < 300:
        raise NotThePage(
            _(
                "The server answered with the status %(status)d and not with the page. Open it in your browser; if it"
                " is there, save it as a file and upload it, or paste its text."
            )
            % {"status": page.status}
        )
    found = extract(page.body, page.media_type, page.address, charset=page.charset, received_at=page.fetched_at)
    blob = store.keep(page.body)
    media_type = page.media_type or "application/octet-stream"
    received = Received(blob, len(page.body), media_type, page.address, intake.method, page.fetched_at)
    return Reading(received, found, (page.asked, page.address))


def _from_web_archive(intake: Intake, body: bytes) -> Reading | Listed:
    """Read the chosen page of a web archive, or its only one."""
    if not intake.record:
        listed = list_records(body)
        if len(listed.pages) != 1:
            return listed
        number, member = listed.pages[0].number, listed.pages[0].member
    else:
        number, member = chosen_record(intake.record)
    page = read_record(body, member, number)
    at = datetime.fromisoformat(page.record.at)
    address = page.record.address
    found = extract(page.body, page.record.media_type, address, charset=page.charset, received_at=at)
    # The whole file is what was received; which page of it the text is from is told beside it.
    received = _received(intake, address, at, page=record_name(number, member))
    return Reading(received, found, (address,))


def record_name(number: int, member: str) -> str:
    """How an intake keeps which page of a web archive was chosen."""
    return f"{number} {member}".strip()


def chosen_record(name: str) -> tuple[int, str]:
    number, _space, member = name.partition(" ")
    return int(number), member


def _received(intake: Intake, address: str, at: datetime, *, page: str = "") -> Received:
    media_type = intake.media_type or "application/octet-stream"
    return Received(intake.blob, intake.size, media_type, address, intake.method, at, page)
