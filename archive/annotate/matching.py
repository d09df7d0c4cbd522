"""Between notes as records and notes as a file tells them: addresses, places, terms and claims are looked up here."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from archive.access.own_text import OwnText, own_texts
from archive.annotate.actions import Incoming, Place, Said
from archive.annotate.told import Told
from archive.models import Annotation, Article, Claim, Person, Tactic
from archive.models.annotations import LONGEST_TAG
from archive.models.vocabulary import Motivation, Sharing
from archive.records.annotations import AnnotationRecord, PublishedNote
from archive.text import addresses, anchor, placing

_ARTICLE = re.compile(r"/articles/([0-9a-z]{8})(?:/|$)")
_CLAIM = re.compile(r"/claims/([0-9a-z]{8})(?:/|$)")
# Answers to answers are followed so far.
MOST_ANSWERS = 50
LONGEST_ID = 500
_NOTE = re.compile(r"/annotations/([0-9a-z]{8})/?$")


@dataclass(slots=True)
class Matched:
    """held: how many were here already. problems: sentences on what is not taken in, or not as it was in the file."""

    incoming: list[Incoming] = field(default_factory=list)
    held: int = 0
    problems: list[str] = field(default_factory=list)


def told_of(note: AnnotationRecord, *, site: str) -> Told:
    """One note as a file tells it. site: scheme and host."""
    before, after = note.around
    return Told(
        id=f"{site}{note.page}",
        motivation=note.motivation.slug,
        body=note.body,
        tags=note.tags,
        tactics=tuple(term.slug for term in note.tactics),
        claim=f"{site}{note.claim.page}" if note.claim else "",
        creator=note.by,
        created=note.created_at,
        modified=note.updated_at,
        source=f"{site}/articles/{note.article.id}/",
        outlet_address=note.address,
        quote=note.words or note.quote,
        prefix=before,
        suffix=after,
        start=note.start,
        end=note.end,
        reply_to=f"{site}{note.answers}" if note.answers else "",
        sharing=note.sharing.slug,
    )


def told_of_published(note: PublishedNote, article: Article, *, site: str) -> Told:
    """A published note, with as much of its words as everybody may read, and no place in a text that few may."""
    return Told(
        id=f"{site}/annotations/{note.id}/",
        motivation=note.motivation.slug,
        body=note.body,
        tags=note.tags,
        tactics=tuple(term.slug for term in note.tactics),
        claim=f"{site}{note.claim.page}" if note.claim else "",
        creator=note.by,
        source=f"{site}{article.get_absolute_url()}",
        quote=note.wording.text if note.wording else "",
    )


def match(tolds: Sequence[Told], reader: Person) -> Matched:
    """Find article, place, terms and claim of each note of a file, as far as this reader may see them.

    What is held already, by its id here or in an earlier file, is left out. Queries: seven, and three for each article.
    """
    found = Matched()
    look = _Look(tolds, reader)
    missing: Counter[str] = Counter()
    seen: set[str] = set()
    for told in tolds:
        article = look.article_of(told)
        if told.id and (told.id in look.held or told.id in seen):
            found.held += 1
        elif article is None:
            missing[told.outlet_address or told.source] += 1
        else:
            seen.add(told.id)
            found.incoming.append(look.incoming(told, article, found.problems))
    for address, count in missing.items():
        words = _("No article here has the address %(address)s: its notes (%(count)s) were not taken in.")
        found.problems.append(words % {"address": address[:200] or _("(none)"), "count": count})
    return found


class _Look:
    """What the notes of one file name, looked up once."""

    def __init__(self, tolds: Sequence[Told], reader: Person) -> None:
        self.reader = reader
        self.articles = _articles(tolds, reader)
        self.by_id = {told.id: told for told in tolds if told.id}
        answered = {told.reply_to for told in tolds if told.reply_to}
        self.held = _held({*self.by_id, *answered}, reader)
        self.tactics = {one.slug: one for one in Tactic.objects.all()}
        self.claims = _claims(tolds, reader)
        self.texts: dict[int, list[OwnText]] = {}

    def article_of(self, told: Told) -> Article | None:
        """By its address; a reply is on the article of what it answers, in the file or here."""
        if told.reply_to:
            if told.reply_to in self.held:
                return self.held[told.reply_to].article
            # An answer to an answer: the row of answers ends somewhere, or else goes round.
            for _step in range(MOST_ANSWERS):
                told = self.by_id.get(told.reply_to, told)
                if not told.reply_to:
                    break
        return self.articles.get(told.source) or self.articles.get(told.outlet_address)

    def incoming(self, told: Told, article: Article, problems: list[str]) -> Incoming:
        if article.pk not in self.texts:
            self.texts[article.pk] = own_texts(article, self.reader)
        return _incoming(told, article, self, problems)


def _incoming(told: Told, article: Article, look: _Look, problems: list[str]) -> Incoming:
    place = _place(told, look.texts[article.pk]) if told.quote and not told.reply_to else None
    is_lost = bool(told.quote) and place is None and not told.reply_to
    unknown = [slug for slug in told.tactics if slug not in look.tactics]
    claim = look.claims.get(told.claim)
    if told.claim and claim is None:
        problems.append(_("The claim %(claim)s is not here: it stands in the note.") % {"claim": told.claim[:200]})
    said = Said(
        motivation=_motivation(told, claim),
        sharing=Sharing.PRIVATE,
        body=told.body if claim or not told.claim else f"{told.body}\n{told.claim}".strip(),
        tags=tuple(tag[:LONGEST_TAG] for tag in (*told.tags, *unknown)),
        tactics=tuple(look.tactics[slug] for slug in told.tactics if slug in look.tactics),
        claim=claim,
    )
    return Incoming(
        article=article,
        place=place,
        said=said,
        written=told.id[:LONGEST_ID],
        answers=told.reply_to,
        reply_to=look.held.get(told.reply_to),
        quote=told.quote if is_lost else "",
        prefix=told.prefix[-200:] if is_lost else "",
        suffix=told.suffix[:200] if is_lost else "",
        created=told.created,
        modified=told.modified,
    )


def _motivation(told: Told, claim: Claim | None) -> str:
    """What the note can be with what it holds: words are a comment, a mark alone is a highlight."""
    wanted = told.motivation
    if wanted == Motivation.LINKING and claim is None or wanted == Motivation.REPLYING:
        wanted = Motivation.COMMENTING
    if wanted in (Motivation.COMMENTING, Motivation.QUESTIONING) and not told.body:
        wanted = Motivation.TAGGING if told.tags or told.tactics else Motivation.HIGHLIGHTING
    return wanted


def _place(told: Told, texts: Sequence[OwnText]) -> Place | None:
    """In the newest text that has the words: there, or in an older copy."""
    for own in texts:
        try:
            span = placing.place(own.words, told)
        except (anchor.QuoteNotFound, anchor.QuoteIsAmbiguous):
            continue
        return (own.text.pk, *own.kept(*span))
    return None


def _articles(tolds: Sequence[Told], reader: Person) -> dict[str, Article]:
    """By address as the file has it: of the article's page here, or at its outlet where readers are shown that."""
    named = {address for told in tolds for address in (told.source, told.outlet_address) if address}
    by_id = {public_id: address for address in named if (public_id := _id_in(_ARTICLE, address))}
    by_key = {address: key for address in named if (key := _key(address))}
    seen = Article.objects.visible_to(reader).not_withdrawn()
    # Whose address is withheld is not told by the way of asking for it.
    held = [one for one in seen.held_under(by_key.values()) if one.address_for(reader)]
    # Of two of one address the older.
    oldest = {one.address_key: one for one in reversed(held)}
    found = {address: oldest[key] for address, key in by_key.items() if key in oldest}
    return found | {by_id[one.public_id]: one for one in seen.with_public_ids(by_id)}


def _key(address: str) -> str:
    try:
        return addresses.address_key(address)
    except addresses.NotAnAddress:
        return ""


def _id_in(pattern: re.Pattern[str], address: str) -> str:
    """The public id that an address names; empty for other addresses."""
    try:
        match = pattern.search(urlsplit(address).path)
    except ValueError:
        return ""
    return match[1] if match else ""


def _held(ids: set[str], reader: Person) -> dict[str, Annotation]:
    """The reader's own notes, by the id that each has in the file. Two queries."""
    mine = Annotation.objects.visible_to(reader).of(reader)
    here = {public_id: one for one in ids if (public_id := _id_in(_NOTE, one))}
    found = {here[public_id]: one for public_id, one in mine.with_public_ids(here).items()}
    cut = {one[:LONGEST_ID]: one for one in ids}
    return found | {cut[key]: one for key, one in mine.imported_as(cut).items()}


def _claims(tolds: Sequence[Told], reader: Person) -> dict[str, Claim]:
    ids = {public_id: told.claim for told in tolds if (public_id := _id_in(_CLAIM, told.claim))}
    claims = Claim.objects.visible_to(reader).not_withdrawn().with_public_ids(ids)
    return {ids[one.public_id]: one for one in claims}
