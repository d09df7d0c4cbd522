"""Files of any length in bounded memory: the ids of the list at once, the records a batch at a time."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone

from archive.filters.listing import ListFilter
from archive.records.export_rows import ArticleExport, ClaimExport
from archive.records.measures import FigureExport

BATCH = 500
PIECE = 32 * 1024  # characters that are sent at once; a line each would cost more to send than to make

Record = ArticleExport | ClaimExport
# What lines are made of; a feed has records alone.
Row = Record | FigureExport


@dataclass(frozen=True, slots=True)
class Listed:
    """What is exported. name: of the file. page: URL name of the list. load: pks → records, in their order."""

    name: str
    title: str
    page: str
    load: Callable[[Sequence[int]], list[Any]]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a file comes from. name: of the list. site: scheme and host. query: what was asked, without a page."""

    name: str
    site: str
    page: str
    query: str
    exported_on: date

    @property
    def list_address(self) -> str:
        return f"{self.site}{self.page}" + (f"?{self.query}" if self.query else "")


class Form(Protocol):
    """A module that writes records as one kind of file; it asks no database and sees no request."""

    ENDING: str
    MEDIA_TYPE: str

    def written(self, records: Iterable[Row], origin: Origin) -> Iterator[str]: ...


def origin_of(request: HttpRequest, asked: ListFilter, listed: Listed) -> Origin:
    question = asked.data.copy()
    # A file holds all pages of the list.
    question.pop("page", None)
    site = request.build_absolute_uri("/").rstrip("/")
    return Origin(listed.name, site, reverse(listed.page), question.urlencode(), timezone.localdate())


def streamed(request: HttpRequest, asked: ListFilter, listed: Listed, form: Form) -> HttpResponseBase:
    """Answer with a file. Queries: one for the ids, before anything is sent, and a constant number for each batch."""

    def records() -> Iterator[Any]:
        # Eight bytes an id, and no statement that stays open for as long as a slow reader takes.
        return in_batches(array("q", asked.pks()), listed)

    return sent(request, records, origin_of(request, asked, listed), form)


def sent(request: HttpRequest, records: Callable[[], Iterable[Row]], origin: Origin, form: Form) -> HttpResponseBase:
    """Answer with a file of what is read before anything is sent; HEAD reads nothing."""
    headers = {
        "Content-Type": form.MEDIA_TYPE,
        "Content-Disposition": f'attachment; filename="{origin.name}-{origin.exported_on}.{form.ENDING}"',
    }
    if request.method == "HEAD":
        return HttpResponse(headers=headers)
    return StreamingHttpResponse(in_pieces(form.written(records(), origin)), headers=headers)


def in_pieces(lines: Iterable[str]) -> Iterator[str]:
    """The same text in pieces of about one size."""
    held: list[str] = []
    size = 0
    for line in lines:
        held.append(line)
        size += len(line)
        if size >= PIECE:
            yield "".join(held)
            held, size = [], 0
    yield "".join(held)


def in_batches(pks: Sequence[int], listed: Listed) -> Iterator[Any]:
    """Records in the order of their pks; what was taken back since the file was begun is left out."""
    for start in range(0, len(pks), BATCH):
        yield from listed.load(list(pks[start : start + BATCH]))
