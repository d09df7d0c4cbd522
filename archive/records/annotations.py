"""Notes of readers as data, each as one reader may read it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from archive.access import redacted
from archive.access.own_text import OwnText, texts_by_pk
from archive.access.redacted import Hidden
from archive.access.texts import texts_for
from archive.models import Annotation, Article, CaptureText, Claim
from archive.models.base import User, is_desk, reads_full_text
from archive.models.vocabulary import RecordKind, Sharing
from archive.records import parts
from archive.records.parts import Ref, Term
from archive.records.reader import Reader

Pieces = tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class AnnotationRecord:
    """One note. answers: the page of the note that it replies to. is_own: of the reader.

    by: its author's pen name; empty where there is none.
    pieces: the words that it marks, in the reader's own text, each with whether it is a mark for hidden ones; empty
    where it stands at no passage, or at one that this reader does not read. start, end: their place in that text.
    around: what stands just before and after them. address: of the article at its outlet.
    is_here: that text is the newest. quote: of an imported note whose words are in no text held; for its author alone.
    is_silenced: its words hold what is hidden around the article, and are not told.
    """

    id: str
    page: str
    answers: str
    article: Ref
    outlet: str
    is_article_open: bool
    motivation: Term
    sharing: Term
    body: str
    is_silenced: bool
    tags: tuple[str, ...]
    tactics: tuple[Term, ...]
    claim: Ref | None
    by: str
    is_own: bool
    is_removed: bool
    text: int | None
    start: int | None
    end: int | None
    pieces: Pieces
    around: tuple[str, str]
    is_here: bool
    quote: str
    language: str
    address: str
    version: int
    created_at: datetime
    updated_at: datetime
    replies: tuple[AnnotationRecord, ...] = ()

    @property
    def words(self) -> str:
        return "".join(text for text, _is_redacted in self.pieces)

    @property
    def is_lost(self) -> bool:
        """It stood or stands at words that the newest text does not have, or that no text here has."""
        return bool(self.quote) or self.text is not None and not self.is_here


class AnnotationReader:
    """Loads once what the notes of a page need: texts, what is newest, and what is hidden. Queries: nine at most."""

    def __init__(
        self, annotations: Sequence[Annotation], user: User, read: Mapping[int, OwnText] | None = None
    ) -> None:
        self.user = user
        self._read = read
        self._refs: dict[int, Ref] = {}
        articles = {one.article_id for one in annotations}
        if read is None:
            wanted = {one.text_id for one in annotations if one.text_id is not None}
            self._read = texts_by_pk(CaptureText.objects.by_pks(wanted), user) if wanted else {}
        self._newest = self._newest_texts(articles, user)
        self._hidden = self._hidden_words(annotations, user)

    def record(self, one: Annotation, replies: Iterable[Annotation] = ()) -> AnnotationRecord:
        """One note, loaded, with its replies, loaded."""
        is_own = one.author_id is not None and one.author_id == self.user.pk
        own = self._read.get(one.text_id) if self._read and one.text_id is not None else None
        place = own.own(one.start, one.end) if own and one.start is not None and one.end is not None else None
        is_silenced = self._is_silenced(one, is_own=is_own)
        is_open = one.article.is_published or is_desk(self.user)
        return AnnotationRecord(
            id=one.public_id,
            page=one.get_absolute_url(),
            answers=one.reply_to.get_absolute_url() if one.reply_to else "",
            article=self._article(one.article, is_open=is_open),
            outlet=one.article.outlet.name if is_open else "",
            is_article_open=is_open,
            motivation=parts.term(one, "motivation"),
            sharing=parts.term(one, "sharing"),
            body="" if is_silenced else one.body,
            is_silenced=is_silenced,
            tags=() if is_silenced else tuple(row.tag for row in one.tag_rows.all()),
            tactics=tuple(Term(tactic.slug, tactic.label) for tactic in one.tactics.all()),
            claim=_claim(one.claim, self.user),
            by=one.author.pen_name if one.author else "",
            is_own=is_own,
            is_removed=one.is_removed,
            text=one.text_id,
            start=place.start if place else None,
            end=place.end if place else None,
            pieces=tuple(own.cut(*place)) if own and place else (),
            around=own.around(*place) if own and place else ("", ""),
            is_here=one.text_id is not None and self._newest.get(one.article_id) == one.text_id,
            quote=one.quote if is_own else "",
            language=one.article.language,
            address=one.article.address_for(self.user) if is_open else "",
            version=one.version,
            created_at=one.created_at,
            updated_at=one.updated_at,
            replies=tuple(self.record(reply) for reply in replies),
        )

    def _article(self, article: Article, *, is_open: bool) -> Ref:
        """Made once: many notes are on one article, and an address takes long to make."""
        if article.pk not in self._refs:
            gone = Ref("article", article.public_id, _("An article that was taken out of the archive"), "")
            self._refs[article.pk] = Reader(self.user).article(article) if is_open else gone
        return self._refs[article.pk]

    def _is_silenced(self, one: Annotation, *, is_own: bool) -> bool:
        """What somebody else wrote is not told where it holds hidden words; the desk hides them and reads them."""
        if self._hidden is None or is_own:
            return False
        said = " ".join([one.body, *(row.tag for row in one.tag_rows.all())])
        return self._hidden.is_in(said, RecordKind.ARTICLE, one.article_id)

    @staticmethod
    def _newest_texts(articles: set[int], user: User) -> dict[int, int]:
        if not articles or not reads_full_text(user):
            return {}
        return CaptureText.objects.newest_of(articles, is_at_desk=is_desk(user))

    @staticmethod
    def _hidden_words(annotations: Iterable[Annotation], user: User) -> Hidden | None:
        others = {one.article_id for one in annotations if one.author_id != user.pk}
        return redacted.around({RecordKind.ARTICLE: others}) if others and not is_desk(user) else None


def annotation_records(
    annotations: Iterable[Annotation], user: User, read: Mapping[int, OwnText] | None = None
) -> list[AnnotationRecord]:
    """Notes from ``visible_to`` QuerySets, in their order, with the replies that this reader may read.

    read: the reader's own texts, by pk, where they are loaded. Fifteen queries at most, however many notes.
    """
    threads = list(annotations)
    replies = list(Annotation.objects.visible_to(user).answering(threads).loaded())
    reader = AnnotationReader([*threads, *replies], user, read)
    by_thread: dict[int, list[Annotation]] = defaultdict(list)
    for reply in replies:
        if reply.reply_to_id is not None:
            by_thread[reply.reply_to_id].append(reply)
    return [reader.record(one, by_thread[one.pk]) for one in threads]


@dataclass(frozen=True, slots=True)
class PublishedNote:
    """A published note, for everybody. wording: from the public extract, within the outlet's limit."""

    id: str
    motivation: Term
    body: str
    tags: tuple[str, ...]
    tactics: tuple[Term, ...]
    claim: Ref | None
    by: str
    wording: parts.Wording | None
    created_on: str


def published_notes_on(article: Article, user: User) -> list[PublishedNote]:
    """What everybody reads of notes on an article, in the order of its text. Ten queries; one where there is none."""
    found = list(Annotation.objects.visible_to(user).published().on(article).threads().loaded())
    return published_notes(found, Reader(user, texts_for([article], user))) if found else []


def published_notes(annotations: Iterable[Annotation], reader: Reader) -> list[PublishedNote]:
    """Published notes, loaded; words that hold what is hidden around their article leave the note out."""
    found = list(annotations)
    hidden = redacted.around({RecordKind.ARTICLE: {one.article_id for one in found}}) if found else None
    return [
        PublishedNote(
            id=one.public_id,
            motivation=parts.term(one, "motivation"),
            body=one.body,
            tags=tuple(row.tag for row in one.tag_rows.all()),
            tactics=tuple(Term(tactic.slug, tactic.label) for tactic in one.tactics.all()),
            claim=_claim(one.claim, reader.user),
            by=one.author.pen_name if one.author else "",
            wording=reader.wording(one.article, one.passage_id) if one.passage_id is not None else None,
            created_on=one.created_at.date().isoformat(),
        )
        for one in found
        if one.sharing == Sharing.PUBLISHED and not _holds(hidden, one)
    ]


def _claim(claim: Claim | None, user: User) -> Ref | None:
    return parts.claim(claim) if claim is not None and (claim.is_published or is_desk(user)) else None


def _holds(hidden: Hidden | None, one: Annotation) -> bool:
    said = " ".join([one.body, *(row.tag for row in one.tag_rows.all())])
    return hidden is not None and hidden.is_in(said, RecordKind.ARTICLE, one.article_id)
