"""A small archive in use, with a backup of it, and an empty place to restore into."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from archive.operations import manifests
from tests import archives
from tests.archives import manage

LOAD = """
from django.test import Client, RequestFactory
from archive import slowdown
from archive.access import extracts
from archive.desk import actions
from archive.models import Article, Outlet
from tests import scenes
from tests.factories import PASSWORD, ArticleFactory, CaptureFactory, PersonFactory, captured

editor = PersonFactory(editor=True, username="editor")
article = ArticleFactory(published=True, headline="Before")
captured(article, "Before", "They were promised kalashnikovs.", kept=True)
actions.edit(Article.objects.get(pk=article.pk), {"headline": "After"}, version=1, why="A misprint", by=editor)
other = CaptureFactory(kept=True, body=bytes(range(256)) * 9000)
extracts.rebuild([article.pk, other.article_id])
# Older code knows not by which event a record became public: in what comes of it, all were so from the beginning.
for model in (Article, Outlet):
    model.objects.published().update(published_seq=0)
assert Client().login(username="editor", password=PASSWORD)
assert slowdown.takes_place(RequestFactory().get("/"), "try", most=1, seconds=slowdown.HOUR)
"""
# All rows of all tables, in one order; but sessions, the diary, and the versions that restoring moves.
LOOK = """
import json
from django.apps import apps
from django.db import connection
from archive.captures import store
from archive.history import events
from archive.models import ArchiveState, Article, Job, SignIn
from archive.text.hashing import sha256_hex

rows = {
    model._meta.db_table: sorted(map(repr, model._base_manager.values_list()))
    for model in apps.get_models(include_auto_created=True)
    if model not in (ArchiveState, Job, SignIn)
}
state = ArchiveState.objects.get()
with connection.cursor() as cursor:
    cursor.execute("SELECT count(*) FROM archive_slowdown")
    slowed = cursor.fetchone()[0]
print(json.dumps({
    "rows": rows,
    "history": [state.seq, state.head],
    "public version": state.public_version,
    "faults": events.faults(),
    "bytes": {blob: sha256_hex(store.read(blob)) for blob in sorted(store.blobs())},
    "found": list(Article.objects.search("kalashnikovs").values_list("headline", flat=True)),
    "sessions": SignIn.objects.count(),
    "slowed": slowed,
}))
"""


class Backed(NamedTuple):
    """An archive that is in use: how to reach it, where its backups lie, and what it held when the one was made."""

    environment: dict[str, str]
    root: Path
    folder: Path
    held: dict[str, object]


def look(environment: dict[str, str]) -> dict[str, object]:
    return json.loads(manage(environment, "shell", "-v0", "-c", LOOK))


@pytest.fixture(scope="session")
def in_use(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backed]:
    """Read by many tests and changed by none."""
    folder = tmp_path_factory.mktemp("in-use")
    with archives.of_its_own(folder, with_tables=True) as environment:
        manage(environment, "shell", "-v0", "-c", LOAD)
        root = folder / "backups"
        manage(environment, "backup", "--to", str(root))
        (made,) = manifests.folders(root)
        yield Backed(environment, root, made, look(environment))


class Restored(NamedTuple):
    """An archive made of the backup; what restoring it said, and what it holds."""

    environment: dict[str, str]
    said: str
    held: dict[str, object]


@pytest.fixture(scope="session")
def restored(in_use: Backed, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Restored]:
    """Restored into an archive with tables, which nobody had used. Read by many tests and changed by none."""
    with archives.of_its_own(tmp_path_factory.mktemp("restored"), with_tables=True) as environment:
        said = manage(environment, "restore", str(in_use.folder))
        yield Restored(environment, said, look(environment))


@pytest.fixture
def backed(in_use: Backed, tmp_path: Path) -> Backed:
    """As in_use, with a copy of the backups that a test may damage."""
    root = tmp_path / "backups"
    shutil.copytree(in_use.root, root)
    return in_use._replace(root=root, folder=root / in_use.folder.name)


@pytest.fixture
def new_place(tmp_path: Path) -> Iterator[dict[str, str]]:
    """Where there is no archive yet."""
    with archives.of_its_own(tmp_path / "new") as environment:
        yield environment


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[dict[str, str]]:
    """An archive with tables and without records."""
    with archives.of_its_own(tmp_path / "archive", with_tables=True) as environment:
        yield environment
