"""Writing imported rows: a batch is one transaction, with its checkpoint and its event.

Everything that takes time (reading, normalising, hashing, keeping the bytes) is done before the transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import DataError, IntegrityError, OperationalError, transaction
from django.utils import timezone

from archive.captures import store
from archive.history import events
from archive.history.events import Change
from archive.ingest import records
from archive.ingest.planning import Addition, Item, Known, plan
from archive.ingest.received import Outcome, Result
from archive.ingest.records import Manner, Written
from archive.models import ImportRun, Person
from archive.models.vocabulary import EventAct, RecordKind
from archive.text.hashing import sha256_hex
from archive.text.identifiers import random_public_id

SYSTEM_ACCOUNT = "import"
_ATTEMPTS = 3


class AnotherImport(RuntimeError):
    """The same file is being imported by somebody else. Nothing of this batch was written."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows to write. last_line: of the last row read, refused ones too. preamble: bytes that explain the rows'."""

    items: Sequence[Item]
    last_line: int
    preamble: bytes = b""


def import_account() -> Person:
    """The account that imports are written under: nobody can sign in with it. Made on its first use."""
    account, is_new = Person.objects.get_or_create(
        username=SYSTEM_ACCOUNT, defaults={"is_active": False, "pen_name": "the editors"}
    )
    if is_new:
        account.set_unusable_password()
        account.save(update_fields=["password"])
    return account


def begin(file_name: str, digest: str, *, manner: Manner, by: Person) -> ImportRun:
    """The run of this file, new or as it was left. It is bookkeeping: history has the batches, by ``by``."""
    run, _ = ImportRun.objects.get_or_create(
        digest=digest, is_publishing=manner.is_publishing, defaults={"file_name": file_name[:200]}
    )
    return run


def finish(run: ImportRun, *, by: Person) -> None:
    """Note that the file was read to its end."""
    run.finished_at = timezone.now()
    run.save(update_fields=["finished_at"])


def add_batch(run: ImportRun, batch: Batch, *, manner: Manner, by: Person) -> list[Result]:
    """Add what is new of a batch; tell what became of each row, in the order of the plan.

    A batch that the database refuses (somebody added the same address a moment ago; a drawn id was taken;
    two imports waited for each other) is planned anew. Refused again and again, it goes row by row, so that
    only the row at fault stays outside. Raises AnotherImport; OperationalError where the database is gone.
    """
    for attempt in range(_ATTEMPTS):
        planned = plan(batch.items, Known())
        blob, placed = _kept(planned.additions, batch.preamble)
        try:
            with transaction.atomic():
                _checkpoint(run, batch.last_line)
                if placed:
                    _record(run, blob, [records.write(placed, manner=manner, by=by)], by=by)
        except (IntegrityError, DataError):
            continue
        except OperationalError:
            if attempt + 1 == _ATTEMPTS:
                raise
            continue
        run.rows_done = max(run.rows_done, batch.last_line)
        return [*planned.results, *map(_added, planned.additions)]
    return _add_singly(run, batch, manner=manner, by=by)


def _add_singly(run: ImportRun, batch: Batch, *, manner: Manner, by: Person) -> list[Result]:
    """Add a batch row by row in one transaction; a row that the database refuses is left out and reported."""
    blob, placed = _kept([Addition(item, random_public_id()) for item in batch.items], batch.preamble)
    results: list[Result] = []
    written: list[Written] = []
    with transaction.atomic():
        _checkpoint(run, batch.last_line)
        for one in placed:
            planned = plan([one.addition.item], Known())
            results += planned.results
            for addition in planned.additions:
                try:
                    with transaction.atomic():
                        written.append(records.write([replace(one, addition=addition)], manner=manner, by=by))
                    results.append(_added(addition))
                except (IntegrityError, DataError) as error:
                    results.append(_refused(addition, error))
        if written:
            _record(run, blob, written, by=by)
    run.rows_done = max(run.rows_done, batch.last_line)
    return results


def _kept(additions: Sequence[Addition], preamble: bytes) -> tuple[str, list[records.Placed]]:
    """Store the rows' own bytes as one file; give its name, and each row with its place in it."""
    if not additions:
        return "", []
    bodies = [addition.item.received.body for addition in additions]
    start = len(preamble) + 1 if preamble else 0
    blob = store.keep(b"\n".join([preamble, *bodies] if preamble else bodies))
    placed = []
    for addition, body in zip(additions, bodies, strict=True):
        placed.append(records.Placed(addition, blob, start, sha256_hex(body)))
        start += len(body) + 1
    return blob, placed


def _checkpoint(run: ImportRun, last_line: int) -> None:
    """Move the run on, in the batch's transaction. Raises AnotherImport where it has moved already."""
    held = ImportRun.objects.locked(run.pk)
    if held.rows_done != run.rows_done:
        raise AnotherImport(f"“{held.file_name}” is being imported by another process. Let that one end.")
    if last_line > held.rows_done:
        held.rows_done = last_line
        held.save(update_fields=["rows_done"])


def _record(run: ImportRun, blob: str, written: Sequence[Written], *, by: Person) -> None:
    """One event for the batch, last in its transaction."""
    digests = [digest for one in written for digest in one.digests]
    outlets = sorted(slug for one in written for slug in one.outlets)
    published = sum(one.published for one in written)
    changes = {
        "file": run.file_name,
        "rows": str(len(digests)),
        "digest": sha256_hex("\n".join(digests).encode()),
        "blob": blob,
        "published": str(published),
        "outlets": ", ".join(outlets),
    }
    events.append(
        EventAct.IMPORT,
        RecordKind.IMPORT,
        random_public_id(),
        by=by,
        changes=[
            *(Change(name, None, value) for name, value in changes.items() if value not in ("", "0")),
            *(change for one in written for change in one.opened),
        ],
        is_public=bool(published),
    )


def _added(addition: Addition) -> Result:
    item = addition.item
    return Result(item.received.line, Outcome.ADDED, key=item.row.key, public_id=addition.public_id)


def _refused(addition: Addition, error: Exception) -> Result:
    item = addition.item
    reason = f"The database refuses it: {str(error).splitlines()[0][:200]}"
    return Result(item.received.line, Outcome.REFUSED, reason=reason, key=item.row.key)
