"""The import of a file from end to end: read, sort into batches, write, report."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from archive.ingest import actions, files, lines
from archive.ingest.actions import Batch
from archive.ingest.planning import Item, Known, plan
from archive.ingest.received import FIELDS, FileBroken, Outcome, Received, Result, RowRefused, result_of_refusal
from archive.ingest.records import Manner
from archive.ingest.rows import collection_of, row_of
from archive.models import ImportRun, Person

MOST_ROWS = 500  # in a batch, and so in a list of a query
MOST_BYTES = 8 * 1024 * 1024
_NAMES_KEPT = 20


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a file is to be imported. limit: lines of the file to deal with, or None for all."""

    is_dry: bool = False
    is_publishing: bool = False
    decides_harm: bool = False
    limit: int | None = None
    batch: int = MOST_ROWS
    page: files.Page = field(default_factory=files.Page)


@dataclass(slots=True)
class Tally:
    """What an import came to. earlier: lines dealt with by an earlier run. broken: why the file ended early."""

    counts: Counter[str] = field(default_factory=Counter)
    earlier: int = 0
    unknown: set[str] = field(default_factory=set)
    broken: str = ""

    @property
    def total(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Watcher:
    """Who is told. result: of each row, as its batch is done. progress: bytes of the file read so far."""

    result: Callable[[Result], None]
    progress: Callable[[int], None]


def import_file(path: Path, wishes: Wishes, watcher: Watcher, *, by: Person | None) -> Tally:
    """Import a file, going on where an earlier import of it was broken off.

    A file that was imported to its end is gone through again: what it holds is found to be the same, and
    what was refused is told once more. by: may be None for a dry run, which writes nothing.
    """
    tally = Tally()
    with _old_objects_left_alone(), files.reading(path, wishes.page) as rows:
        manner = Manner(wishes.is_publishing, wishes.decides_harm, rows.media_type)
        run = None
        if not wishes.is_dry and by is not None:
            run = actions.begin(path.name, lines.digest_of(path), manner=manner, by=by)
            tally.earlier = 0 if run.finished_at else run.rows_done
        received = _within(rows.received, tally.earlier, wishes.limit)
        write = _writer(run, manner, by)
        for batch, refused in _batches(received, collection_of(path), rows.preamble, wishes.batch, tally):
            for result in sorted([*refused, *write(batch)], key=lambda result: result.line):
                tally.counts[result.outcome] += 1
                watcher.result(result)
            watcher.progress(rows.position())
        if run is not None and by is not None and not wishes.limit and not tally.broken:
            actions.finish(run, by=by)
    return tally


@contextmanager
def _old_objects_left_alone() -> Iterator[None]:
    """Keep the search for unused objects to the rows: they come and go by the million (saves a tenth of the time)."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _writer(run: ImportRun | None, manner: Manner, by: Person | None) -> Callable[[Batch], list[Result]]:
    """What is done with each batch: written, or for a dry run planned against all that came before."""
    if run is not None and by is not None:
        return lambda batch: actions.add_batch(run, batch, manner=manner, by=by)
    known = Known()

    def planned(batch: Batch) -> list[Result]:
        done = plan(batch.items, known)
        added = [Result(one.item.received.line, Outcome.ADDED, key=one.item.row.key) for one in done.additions]
        return [*done.results, *added]

    return planned


def _within(received: Iterable[Received], after: int, limit: int | None) -> Iterator[Received]:
    """The rows after a line, up to another."""
    for one in received:
        if limit is not None and one.line > limit:
            return
        if one.last_line > after:
            yield one


def _batches(
    received: Iterator[Received], collection: str, preamble: bytes, most: int, tally: Tally
) -> Iterator[tuple[Batch, list[Result]]]:
    """Batches bounded in rows and bytes, each with the rows that were refused on the way."""
    items: list[Item] = []
    refused: list[Result] = []
    size = last_line = 0
    for one in _until_broken(received, tally, refused):
        last_line, size = one.last_line, size + len(one.body)
        _note_unknown(one, tally)
        try:
            if one.refusal:
                raise one.refusal
            items.append(Item(one, row_of(one, collection=collection)))
        except RowRefused as refusal:
            refused.append(result_of_refusal(one.line, refusal))
        if len(items) + len(refused) >= most or size >= MOST_BYTES:
            yield Batch(items, last_line, preamble), refused
            items, size = [], 0
            refused.clear()
    if items or refused:
        yield Batch(items, last_line, preamble), refused


def _until_broken(received: Iterator[Received], tally: Tally, refused: list[Result]) -> Iterator[Received]:
    """Rows up to where the file can no longer be read; that is reported as a refused row, too."""
    try:
        yield from received
    except FileBroken as error:
        tally.broken = str(error)
        refused.append(Result(error.line, Outcome.REFUSED, reason=f"{error} What came before is kept."))


def _note_unknown(received: Received, tally: Tally) -> None:
    if len(tally.unknown) < _NAMES_KEPT:
        tally.unknown.update(name for name in received.values if name not in FIELDS)
