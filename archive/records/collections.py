"""Collections as data, safe for the reader that they were made for.

An entry shows what the archive shows of its record now: a merged record is the one that stands for it, and of what was
withdrawn nothing is left but the line that it was. Whoever made a collection is told by pen name or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from archive.models import Article, Claim, Collection, CollectionEntry, Redirect
from archive.models.base import User
from archive.models.vocabulary import RecordKind
from archive.records.export_rows import PUBLIC, ArticleExport, ClaimExport, article_exports, claim_exports
from archive.records.rows import ArticleRow, ClaimRow, article_rows, claim_rows


@dataclass(frozen=True, slots=True)
class EntryRecord:
    """One entry. article, claim: what it shows, at most one; neither for what was withdrawn. version: of its note."""

    id: str
    position: int
    kind: str
    note: str
    version: int
    article: ArticleRow | None
    claim: ClaimRow | None

    @property
    def title(self) -> str:
        held = self.article or self.claim
        return held.ref.title if held else _("Withdrawn from the archive")


@dataclass(frozen=True, slots=True)
class CollectionRecord:
    """by: the pen name, empty without one. removed: what its owner took out lately, for the owner alone."""

    id: str
    title: str
    note: str
    by: str
    is_shared: bool
    is_own: bool
    version: int
    page: str
    entries: tuple[EntryRecord, ...]
    removed: tuple[EntryRecord, ...]


@dataclass(frozen=True, slots=True)
class DossierEntry:
    """What a file or a sheet of paper holds of an entry: what the public may see, whoever asks for it."""

    position: int
    kind: str
    note: str
    record: ArticleExport | ClaimExport | None

    @property
    def article(self) -> ArticleExport | None:
        return self.record if isinstance(self.record, ArticleExport) else None

    @property
    def claim(self) -> ClaimExport | None:
        return self.record if isinstance(self.record, ClaimExport) else None


def collection_record(collection: Collection, user: User) -> CollectionRecord:
    """Everything of a collection that this reader may see; needs its ``owner`` loaded. Queries: constant."""
    is_own = collection.owner_id == user.pk
    entries = CollectionEntry.objects.in_collection(collection)
    current = list(entries.current().in_order())
    gone = list(entries.removed().select_related("article", "claim")) if is_own else []
    shown = shown_instead([*current, *gone], user)
    articles = Article.objects.visible_to(user).published().by_pks(pk for kind, pk in shown.values() if kind == ARTICLE)
    claims = Claim.objects.visible_to(user).published().by_pks(pk for kind, pk in shown.values() if kind == CLAIM)
    listed, sentences = list(articles), list(claims.for_listing())
    by_id: dict[str, ArticleRow | ClaimRow] = {row.ref.id: row for row in article_rows(listed, user)}
    by_id |= {row.ref.id: row for row in claim_rows(sentences)}
    rows = {(ARTICLE, one.pk): by_id.get(one.public_id) for one in listed}
    rows |= {(CLAIM, one.pk): by_id.get(one.public_id) for one in sentences}

    def told(entry: CollectionEntry, position: int) -> EntryRecord:
        row = rows.get(shown.get(entry.pk, ("", 0)))
        return EntryRecord(
            id=entry.public_id,
            position=position,
            kind=entry.kind,
            note=_note(entry, is_own=is_own, is_held=row is not None),
            version=entry.version,
            article=row if isinstance(row, ArticleRow) else None,
            claim=row if isinstance(row, ClaimRow) else None,
        )

    return CollectionRecord(
        id=collection.public_id,
        title=collection.title,
        note=collection.note,
        by=collection.owner.pen_name,
        is_shared=collection.is_shared,
        is_own=is_own,
        version=collection.version,
        page=collection.get_absolute_url(),
        entries=tuple(told(entry, place) for place, entry in enumerate(current, start=1)),
        removed=tuple(told(entry, entry.position) for entry in gone),
    )


def dossier(collection: Collection, user: User) -> list[DossierEntry]:
    """The entries as they leave the archive: nothing but what is public. Queries: constant."""
    entries = list(CollectionEntry.objects.in_collection(collection).current().in_order())
    shown = shown_instead(entries, PUBLIC)
    records: dict[tuple[str, str], ArticleExport | ClaimExport] = {}
    pks = {kind: sorted({pk for held, pk in shown.values() if held == kind}) for kind in (ARTICLE, CLAIM)}
    public_ids = {
        ARTICLE: Article.objects.visible_to(PUBLIC).by_pks(pks[ARTICLE]).by_pk("public_id"),
        CLAIM: Claim.objects.visible_to(PUBLIC).by_pks(pks[CLAIM]).by_pk("public_id"),
    }
    records |= {(ARTICLE, one.id): one for one in article_exports(pks[ARTICLE])}
    records |= {(CLAIM, one.id): one for one in claim_exports(pks[CLAIM])}
    is_own = collection.owner_id == user.pk
    found = []
    for place, entry in enumerate(entries, start=1):
        kind, pk = shown.get(entry.pk, ("", 0))
        record = records.get((kind, public_ids[kind].get(pk, ""))) if kind else None
        found.append(DossierEntry(place, entry.kind, _note(entry, is_own=is_own, is_held=record is not None), record))
    return found


def titled(entry: CollectionEntry, user: User) -> str:
    """What an entry's record is called here, or that it was withdrawn. Three queries at most."""
    kind, pk = shown_instead([entry], user).get(entry.pk, ("", 0))
    if kind == CLAIM:
        return str(Claim.objects.visible_to(user).by_pk("sentence").get(pk, ""))
    article = Article.objects.visible_to(user).by_pks([pk]).first() if kind else None
    return article.headline_for(user) if article else _("Withdrawn from the archive")


def _note(entry: CollectionEntry, *, is_own: bool, is_held: bool) -> str:
    """What was written about a record that had to go may tell of it: then only whoever wrote it reads it."""
    return entry.note if is_own or is_held else ""


ARTICLE, CLAIM = RecordKind.ARTICLE.value, RecordKind.CLAIM.value
MODELS: dict[str, type[Article] | type[Claim]] = {ARTICLE: Article, CLAIM: Claim}


def shown_instead(entries: Iterable[CollectionEntry], user: User) -> dict[int, tuple[str, int]]:
    """What each entry shows, as kind and primary key, by the entry's own; without what is not published.

    A merged record is followed to the one that stands for it. Four queries at most.
    """
    found: dict[int, tuple[str, int]] = {}
    merged: dict[str, dict[int, str]] = {ARTICLE: {}, CLAIM: {}}
    for entry in entries:
        if entry.record.is_published:
            found[entry.pk] = (entry.kind, entry.record.pk)
        elif entry.record.is_merged:
            merged[entry.kind][entry.pk] = entry.record.public_id
    for kind, olds in merged.items():
        led = Redirect.objects.led(RecordKind(kind), olds.values()) if olds else {}
        records: Any = MODELS[kind].objects.visible_to(user).published().with_public_ids(led.values())
        survivors = {new: pk for pk, new in records.by_pk("public_id").items()} if led else {}
        for entry_pk, old in olds.items():
            if led.get(old) in survivors:
                found[entry_pk] = (kind, survivors[led[old]])
    return found
