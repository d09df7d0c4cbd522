"""Backups of the whole archive, made while it is read and written.

First the snapshot of the database, then the bytes that it refers to: bytes are on disk before any row refers to
them, and never change, so every row of the snapshot finds its own. The manifest comes last; before it there is no
backup, only what the next one clears away.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from django.db import connection
from django.utils import timezone

from archive.captures import store
from archive.middleware import etags
from archive.models.reading import reading
from archive.operations import databases, facts, files, manifests, on_postgresql, on_sqlite
from archive.operations.databases import DatabaseRefused
from archive.operations.manifests import Damaged, Manifest, NotABackup

ABSENT = (
    "The bytes {} are missing or damaged in the archive: this backup is without them. Run manage.py verify_captures."
)


@dataclass(frozen=True, slots=True)
class Made:
    """faults: what could not be backed up, one sentence each. removed: names of older backups that went for it."""

    folder: Path
    manifest: Manifest
    faults: list[str]
    removed: list[str]


def make(root: Path, *, keep: int) -> Made:
    """Make a backup in a folder of backups; the newest `keep` stay, unless something could not be backed up.

    Raises FolderBusy, DatabaseRefused, ProgramMissing, OSError; then nothing counts as a backup that was none before.
    """
    if connection.in_atomic_block:
        # SQLite would wait for the end of this very transaction.
        raise DatabaseRefused("A backup cannot be made inside a transaction: what it holds is not yet so.")
    with files.alone_in(root):
        _clear_begun(root)
        begun_at = timezone.now()
        folder = files.make_folder(root / manifests.folder_name(begun_at))
        try:
            manifest = _write(folder, made_at=begun_at.isoformat(timespec="seconds"))
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        faults = [ABSENT.format(blob) for blob in manifest.absent]
        return Made(folder, manifest, faults, [] if faults else _retire(root, keep=keep))


def _write(folder: Path, *, made_at: str) -> Manifest:
    vendor = on_sqlite if connection.vendor == "sqlite" else on_postgresql
    with databases.without_time_limit(connection), reading():
        # Read first: that opens the snapshot.
        found = facts.facts(connection)
        vendor.dump(connection, folder / vendor.PART)
    kept, absent, size = _keep_captures(folder.parent, found.blobs)
    files.write(folder / manifests.CAPTURES_LIST, "".join(f"{blob}\n" for blob in kept).encode())
    manifest = Manifest(
        made_at=made_at,
        build=etags.build(),
        vendor=connection.vendor,
        migrations=found.migrations,
        seq=found.seq,
        head=found.head,
        rows=found.rows,
        parts={name: manifests.part_of(folder / name) for name in (vendor.PART, manifests.CAPTURES_LIST)},
        captures=len(kept),
        captures_size=size,
        absent=absent,
    )
    manifests.write(folder, manifest)
    files.sync(folder.parent)
    return manifest


def _keep_captures(root: Path, wanted: set[str]) -> tuple[list[str], list[str], int]:
    """Copy received bytes that no backup here holds yet.

    Gives the names of those held, of those wanted and absent, and the bytes of the first. What no capture refers to
    comes along: it may have been kept for something that is just being written.
    """
    kept, absent, size = [], [], 0
    for blob in sorted(wanted | set(store.blobs())):
        target = manifests.blob_path(root, blob)
        try:
            is_held = target.is_file() or files.copy(store.path_of(blob), target, sha256=blob)
        except FileNotFoundError:
            is_held = False
        if is_held:
            kept.append(blob)
            size += target.stat().st_size
        elif blob in wanted:
            absent.append(blob)
    return kept, absent, size


def _clear_begun(root: Path) -> None:
    for folder in filter(manifests.is_begun, manifests.folders(root)):
        shutil.rmtree(folder)


def _retire(root: Path, *, keep: int) -> list[str]:
    """Remove all but the newest whole backups, and bytes that none of those left refers to."""
    whole = [folder for folder, found in listing(root) if isinstance(found, Manifest)]
    old = whole[:-keep]
    for folder in old:
        # The manifest first: what is left of a removal that was killed must not look like a backup.
        (folder / manifests.NAME).unlink()
        shutil.rmtree(folder)
    # A backup whose list cannot be read may refer to anything.
    with suppress(Damaged):
        _sweep(root, {blob for folder in manifests.folders(root) for blob in manifests.blobs(folder)})
    return [folder.name for folder in old]


def _sweep(root: Path, wanted: Iterable[str]) -> None:
    for path in (root / manifests.CAPTURES).glob("??/??/*"):
        if path.name not in wanted:
            path.unlink()


def listing(root: Path) -> list[tuple[Path, Manifest | str]]:
    """Every backup that was finished, the oldest first, with its manifest, or with what is wrong with that."""
    found: list[tuple[Path, Manifest | str]] = []
    for folder in manifests.folders(root):
        with suppress(NotABackup):
            try:
                found.append((folder, manifests.read(folder)))
            except Damaged as error:
                found.append((folder, str(error)))
    return found
