"""Putting a backup in the archive's place, and saying whether it is the archive that was backed up."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from archive.access import documents
from archive.captures import store, verify
from archive.history import events, triggers, versions
from archive.models import guarding
from archive.models.reading import reading
from archive.operations import databases, facts, files, manifests, on_postgresql, on_sqlite
from archive.operations.databases import DatabaseRefused
from archive.operations.manifests import Damaged, Manifest

# Tables that are empty only in an archive that nobody has begun to use.
USED = ("archive_article", "archive_event", "archive_person", "archive_capture")


class ArchiveNotEmpty(RuntimeError):
    """There is an archive in the place to restore into."""


def restore(folder: Path, *, is_replacing: bool, say: Callable[[str], None]) -> list[str]:
    """Put a backup in the archive's place. Returns what is wrong with what was restored, one sentence each.

    is_replacing: whether an archive that is there already may be put aside; it is never removed.
    say: is told each step, a sentence each.
    Raises NotABackup, Damaged, NewerThanCode, ArchiveNotEmpty, DatabaseRefused, DatabaseInUse, ProgramMissing
    before anything is changed.
    """
    manifest = manifests.read(folder)
    refuse(folder, manifest, is_replacing=is_replacing)
    say(f"Every byte of backup {folder.name} is as it was written.")
    mark = manifests.folder_name(timezone.now())
    fresh = _copied_captures(folder)
    vendor = on_sqlite if connection.vendor == "sqlite" else on_postgresql
    part = manifest.database_part
    try:
        old = vendor.load(connection, folder / part, sha256=manifest.parts[part].sha256, mark=mark)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    asides = [old, _captures_in_place(fresh, mark)]
    for aside in filter(None, asides):
        say(f"What was here before lies in {aside}. Remove it when you no longer need it.")
    with databases.without_time_limit(connection):
        return [*_completed(manifest, say), *faults(manifest)]


def refuse(folder: Path, manifest: Manifest, *, is_replacing: bool) -> None:
    """Raise for what must not be restored here. Reads every byte of the backup; changes nothing."""
    if manifest.vendor != connection.vendor:
        raise DatabaseRefused(
            f"Backup {folder.name} is of {manifest.vendor}, and DATABASE_URL names {connection.vendor}. Name a"
            f" {manifest.vendor} database."
        )
    facts.refuse_newer(manifest.migrations, f"Backup {folder.name}")
    if not is_replacing and is_used():
        raise ArchiveNotEmpty(
            "There is an archive here already. Restore into an empty one, or add --replace, which puts this one aside."
        )
    for damage in manifests.damages(folder, manifest):
        raise Damaged(f"{damage} Nothing was restored.")


def is_used() -> bool:
    """Whether anybody has used the archive that is here; tables that are none of an archive's count as use, too."""
    tables = set(connection.introspection.table_names())
    if any(True for _ in store.blobs()):
        return True
    if not tables >= set(USED):
        return bool(tables)
    return any(facts.rows_of(dict.fromkeys(USED, 0)).values())


def _copied_captures(folder: Path) -> Path:
    """Copy a backup's bytes beside the folder of captures. Raises Damaged."""
    place = Path(settings.ARCHIVE_CAPTURES)
    fresh = place.with_name(f"{place.name}.restoring")
    # What an earlier try left may be of another backup.
    shutil.rmtree(fresh, ignore_errors=True)
    for blob in manifests.blobs(folder):
        target = fresh / blob[:2] / blob[2:4] / blob
        if not files.copy(manifests.blob_path(folder.parent, blob), target, sha256=blob):
            raise Damaged(f"The bytes {blob} of backup {folder.name} changed while they were read.")
    return files.make_folder(fresh)


def _captures_in_place(fresh: Path, mark: str) -> str:
    """Give the copied folder its name, and the old one another, which is returned; empty where there was none."""
    place = Path(settings.ARCHIVE_CAPTURES)
    aside = place.with_name(f"{place.name}.before-{mark}")
    is_old = place.exists()
    if is_old:
        place.rename(aside)
    fresh.rename(place)
    files.sync(place.parent)
    return str(aside) if is_old else ""


def _completed(manifest: Manifest, say: Callable[[str], None]) -> list[str]:
    """Compare with the manifest what came in, bring it up to this code, and make browsers ask for every page anew."""
    different = facts.differences(manifest.rows)
    if not different:
        say(f"{sum(manifest.rows.values())} rows in {len(manifest.rows)} tables, as the manifest says.")
    # Also where none is pending: what follows a migration puts triggers and seed rows in place.
    call_command("migrate", verbosity=0, interactive=False)
    brought = len(facts.migrations(connection)) - len(manifest.migrations)
    if brought:
        say(f"{brought} migrations brought it up to this code.")
    if indexed := documents.index_missing():
        say(f"{indexed} articles were indexed anew.")
    databases.weigh(connection)
    age = timezone.now() - datetime.fromisoformat(manifest.made_at)
    with transaction.atomic():
        # Beyond any version since the backup: a browser must not take today's page for one that it saw under the
        # same number. Nobody saves a thousand times a second.
        versions.public_changed(steps=max(1, int(age.total_seconds() * 1000)))
    return different


def faults(manifest: Manifest) -> Iterator[str]:
    """Say what is wrong with the archive as it was restored, one sentence each."""
    for name in [*triggers.missing(connection), *guarding.missing_of_index(connection)]:
        yield f"The trigger {name} is missing: run “manage.py migrate”, which puts it back."
    with reading():
        yield from events.faults()
        seq, head = versions.newest_event()
    if (seq, head) != (manifest.seq, manifest.head):
        yield f"The newest event is {seq}; the manifest says {manifest.seq}, or another hash."
    yield from verify.faults()
