"""The door to parsing: bytes in, plain data out; whatever the bytes are, this process and its memory are safe."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from archive.extract import jail, language
from archive.extract.results import LANGUAGE, Extracted, Listed, Note, Proposal, Recorded, Refusal
from archive.text.paragraphs import paragraphs

LIMITS = jail.Limits()
_SPOKEN = frozenset({"headline", "standfirst", "body"})

# What the child refuses, for the editor.
SENTENCES: dict[str, str | Promise] = {
    "too-large": _("This page is larger than 8 MB. Save it as plain text, or paste its text."),
    "too-deep": _("The elements of this page are nested too deeply to be read safely. Paste its text."),
    "too-many-tags": _("This page has more elements than can be read safely. Paste its text."),
    "too-many-attributes": _(
        "An element of this page has hundreds of attributes, which no page needs. Paste its text."
    ),
    "not-a-page": _("This is no web page and no plain text. Save the page as HTML, or paste its text."),
    "no-text": _("No text was found in this page. Perhaps it is put there by scripts: paste the text that you see."),
    "too-much-work": _("Reading this file took more time or memory than is allowed. Paste the text of the page."),
    "not-an-archive": _("This is no WARC, ARC or WACZ file."),
    "broken-archive": _("This web archive is broken: no whole page can be read from it."),
    "no-pages": _("This web archive holds no web page, only other files."),
    "no-such-page": _("This page is not in the web archive, or not whole. Choose another."),
    "too-large-unpacked": _("Unpacked, this web archive is larger than 512 MB. Make one of the page alone."),
}


class CannotExtract(Exception):
    """Nothing was taken from a file, and nothing half-done was left; the message says what to do."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        super().__init__(str(SENTENCES[kind]))


@dataclass(frozen=True, slots=True)
class PageOfArchive:
    """A page chosen from a web archive. body: decoded; what `extract` takes."""

    record: Recorded
    charset: str
    body: bytes


def extract(
    body: bytes,
    media_type: str,
    address: str,
    *,
    charset: str = "",
    received_at: datetime | None = None,
    limits: jail.Limits = LIMITS,
) -> Extracted:
    """Take text, zones and proposals from a page or a plain text.

    media_type, charset: as declared, or empty. address: where the page is from, or empty. received_at: when it came,
    which tells a time of rendering from one of publication. A page that takes too long is read once more without
    trafilatura, and a note says that its zones are guessed from words alone.

    Costs a process: half a second to start, at most 40 seconds; where it was stopped, a second with as much again.
    Raises CannotExtract.
    """
    job = {
        "do": "page",
        "media_type": media_type.partition(";")[0].strip().lower(),
        "charset": charset,
        "address": address,
        "received_at": received_at.isoformat() if received_at else "",
    }
    try:
        return _with_language(jail.run(job | {"thorough": True}, body, limits)[0])
    except Refusal as refusal:
        if refusal.kind != "too-much-work":
            raise CannotExtract(refusal.kind) from None
    except jail.Stopped:
        pass
    return _with_language(_done(job | {"thorough": False}, body, limits)[0])


def list_records(body: bytes, *, limits: jail.Limits = LIMITS) -> Listed:
    """List the web pages in a WARC, ARC or WACZ, packed or not. Raises CannotExtract where there is none."""
    return Listed.from_json(_done({"do": "list"}, body, limits)[0])


def read_record(body: bytes, member: str, number: int, *, limits: jail.Limits = LIMITS) -> PageOfArchive:
    """Take one page out of a web archive, by the member and number of its `Recorded`. Raises CannotExtract."""
    answer, page = _done({"do": "record", "member": member, "number": number}, body, limits)
    charset = answer.pop("charset")
    return PageOfArchive(Recorded(**answer), charset, page)


def sentence(note: Note) -> str:
    """What a note says to the editor."""
    match note.kind:
        case "undecodable":
            return ngettext(
                "%(count)d character could not be read and stands as �.",
                "%(count)d characters could not be read and stand as �.",
                note.count,
            ) % {"count": note.count}
        case "hidden":
            return ngettext(
                "%(count)d character that the page hides from readers was left out.",
                "%(count)d characters that the page hides from readers were left out.",
                note.count,
            ) % {"count": note.count}
        case "headline-from-metadata":
            return str(_("The page does not print its headline; it was taken from the page’s metadata."))
        case "zones-by-words":
            return str(
                _("This page was too much to analyse: what is body and what is not is guessed from words alone.")
            )
        case "broken-archive-part":
            return str(_("A part of this web archive is broken; the pages before it can be chosen."))
    raise ValueError(f"{note.kind!r} is no note.")


def _with_language(answer: dict[str, Any]) -> Extracted:
    """Add the language that the text itself is in, after what the page declares, which is often its template's."""
    found = Extracted.from_json(answer)
    places = paragraphs(found.text, found.zones)
    guess = language.guessed("\n".join(one.text for one in places if one.zone in _SPOKEN))
    if not guess or any(one.value == guess for one in found.proposed(LANGUAGE)):
        return found
    return replace(found, proposals=(*found.proposals, Proposal(LANGUAGE, guess, "the text itself")))


def _done(job: dict[str, Any], body: bytes, limits: jail.Limits) -> tuple[dict[str, Any], bytes]:
    try:
        return jail.run(job, body, limits)
    except Refusal as refusal:
        raise CannotExtract(refusal.kind) from None
    except jail.Stopped:
        raise CannotExtract("too-much-work") from None
