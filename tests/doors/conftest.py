"""A small archive with something hidden behind every door, each hidden thing with a token of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection, transaction
from pytest_django.plugin import DjangoDbBlocker

from archive.access import extracts
from archive.accounts import second_factor
from archive.history import events
from archive.history.events import Change
from archive.models import Appearance, Article, CaptureText, Event, Outlet, Person
from archive.models.vocabulary import (
    AffectedNaming,
    CaptureMethod,
    CreditState,
    EventAct,
    IntakeState,
    RecordKind,
    RecordStatus,
    Sharing,
    SourceKind,
    Voice,
    WithdrawalReason,
)
from archive.models.workspace import digest_of
from archive.operations import databases
from archive.provenance import counts
from tests import factories as make

DESK, RESEARCHERS, OWNER = "desk", "researchers", "owner"
# Opens the feed of a saved search.
FEED = "feed-of-the-world"
OLD = make.NOON - timedelta(days=30)


@dataclass
class World:
    """ids: what addresses are made of. tokens: word → who may read it ("desk", "researchers", "owner")."""

    ids: dict[str, str] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    people: dict[str, Person | None] = field(default_factory=dict)

    def token(self, name: str, readers: str) -> str:
        """A word that stands nowhere else, for one hidden thing."""
        word = f"Canary{name}Qx7"
        self.tokens[word] = readers
        return word


@pytest.fixture(scope="module")
def built(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """The archive of a whole module, in a transaction that is rolled back after the last of its tests."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr(settings, "ARCHIVE_CAPTURES", tmp_path_factory.mktemp("captures"))
        made = build()
        # No round of PostgreSQL's own sees rows that are rolled back in the end.
        databases.weigh(connection)
        yield made
        transaction.set_rollback(True)


@pytest.fixture
def world(built: World, db: None) -> World:
    """The same archive for each test, which works in a savepoint of its own."""
    return built


def build() -> World:
    made = World()
    made.people = {
        "anonymous": None,
        "researcher": make.PersonFactory(researcher=True, username=made.token("Username", DESK).lower()),
        # Whose private work nobody else reads, whatever they may read otherwise.
        "owner": make.PersonFactory(researcher=True, pen_name="", username=made.token("OwnerUsername", OWNER).lower()),
        "editor": make.PersonFactory(editor=True),
        "administrator": make.PersonFactory(administrator=True),
    }
    made.tokens = {word.lower() if "Username" in word else word: who for word, who in made.tokens.items()}
    _published(made)
    _drafts(made)
    _on_their_way(made)
    _withdrawn(made)
    _one_text(made)
    _history(made)
    _desk_work(made)
    _accounts(made)
    _workspaces(made)
    _notes(made)
    pks = list(Article.objects.values_list("pk", flat=True))
    with transaction.atomic():
        extracts.rebuild(pks)
        counts.rewrite(Appearance.objects.values_list("claim", flat=True).distinct())
    return made


def _published(world: World) -> None:
    article = make.ArticleFactory(published=True, byline=world.token("Byline", DESK))
    make.ReusePolicyFactory(outlet=article.outlet, extract_limit=40)
    hidden, beyond = world.token("Redacted", DESK), world.token("BeyondLimit", "researchers")
    text = make.captured(
        article,
        article.headline,
        f"They sent {hidden} there.",
        f"A passage over the limit: {beyond} and more words.",
        kept=True,
    )
    make.RedactionFactory(passage=make.PassageFactory(capture_text=text, words=hidden))
    # An older copy in which nobody redacted the same words, and another from before the headline was withheld.
    make.captured(article, article.headline, f"They once sent {hidden} there.", "Of old.", captured_at=OLD)
    unreviewed = make.captured(article, article.headline, f"{world.token('Unreviewed', DESK)} said so.", cleared=False)
    claim = make.ClaimFactory(published=True)
    source = make.SourceFactory(published=True)
    measure = make.MeasureFactory()
    for words, in_text in (
        (f"They sent {hidden} there.", text),
        (f"A passage over the limit: {beyond} and more words.", text),
        (f"{next(word for word in world.tokens if 'Unreviewed' in word)} said so.", unreviewed),
    ):
        passage = make.PassageFactory(capture_text=in_text, words=words)
        report = make.AppearanceFactory(claim=claim, article=article, passage=passage, voice=Voice.QUOTATION)
        make.FigureFactory(appearance=report, measure=measure, passage=passage)
    make.CreditFactory(appearance=report, source=source)
    rejected = make.SourceFactory(title=world.token("SuggestedCredit", DESK))
    make.CreditFactory(appearance=report, source=rejected, state=CreditState.SUGGESTED)
    make.CitationFactory(article=article, source=source)
    actor = make.ActorFactory(published=True)
    voice = make.SourceActorFactory(source=source, actor=actor)
    world.ids |= {
        "article": article.public_id,
        "article_pk": str(article.pk),
        "outlet": article.outlet.slug,
        "outlet_id": article.outlet.public_id,
        "claim": claim.public_id,
        "source": source.public_id,
        "actor": actor.public_id,
        "measure": measure.slug,
        "voice": str(voice.pk),
        "capture": text.capture.public_id,
        "figure": report.figures.first().public_id,
        "report": report.public_id,
    }
    _withheld(world)


def _withheld(world: World) -> None:
    """A headline and an address that name a person, and an affected person's key."""
    words = world.token("WithheldHeadline", DESK)
    article = make.ArticleFactory(
        published=True,
        headline=words,
        headline_withheld=True,
        address=f"https://outlet.example/{world.token('WithheldAddress', DESK)}",
        address_withheld=True,
    )
    text = make.captured(article, words, "The rest may be read.")
    make.captured(article, world.token("OlderHeadline", DESK), f"{words} said so.", captured_at=OLD)
    claim = make.ClaimFactory(published=True)
    passage = make.PassageFactory(capture_text=text, words=words)
    make.AppearanceFactory(claim=claim, article=article, passage=passage)
    source = make.SourceFactory(
        published=True,
        title=world.token("WithheldTitle", DESK),
        title_withheld=True,
        address=f"https://source.example/{world.token('SourceAddress', DESK)}",
        address_withheld=True,
        kind=SourceKind.AFFECTED_PERSON,
        affected_naming=AffectedNaming.NAMED_WITHHELD,
        person_key="CANARYPK",
    )
    world.tokens["CANARYPK"] = DESK
    make.CitationFactory(article=article, source=source, address_as_printed="https://x.example/CanaryPrintedQx7")
    world.tokens["CanaryPrintedQx7"] = DESK
    world.ids |= {"withheld": article.public_id, "withheld_source": source.public_id, "withheld_claim": claim.public_id}


def _drafts(world: World) -> None:
    outlet = make.OutletFactory(name=world.token("DraftOutlet", DESK), slug="canary-draft-outlet")
    article = make.ArticleFactory(
        outlet=outlet, headline=world.token("DraftHeadline", DESK), summary=world.token("DraftSummary", DESK)
    )
    in_review = make.ArticleFactory(
        outlet=make.OutletFactory(published=True), headline=world.token("InReview", DESK), in_review=True
    )
    claim = make.ClaimFactory(sentence=world.token("DraftClaim", DESK), note=world.token("DraftNote", DESK))
    source = make.SourceFactory(title=world.token("DraftSource", DESK))
    actor = make.ActorFactory(name=world.token("DraftActor", DESK))
    public = make.ClaimFactory(published=True)
    make.AppearanceFactory(claim=public, article=article, verb=world.token("DraftVerb", DESK)[:40])
    make.AppearanceFactory(claim=claim, article=make.ArticleFactory(published=True), speaker=actor)
    make.CreditFactory(appearance=make.AppearanceFactory(claim=public, article=in_review), source=source)
    make.ClaimLinkFactory(from_claim=public, to_claim=claim)
    make.ClaimActorFactory(claim=public, actor=actor)
    world.ids |= {
        "draft": article.public_id,
        "in_review": in_review.public_id,
        "draft_outlet": outlet.slug,
        "draft_claim": claim.public_id,
        "draft_source": source.public_id,
        "draft_actor": actor.public_id,
        "public_claim": public.public_id,
    }


def _on_their_way(world: World) -> None:
    intake = make.IntakeFactory(address=f"https://outlet.example/{world.token('IntakeAddress', DESK)}")
    asking = make.IntakeFactory(
        method=CaptureMethod.UPLOADED,
        state=IntakeState.CHOOSING,
        file_name=world.token("IntakeFile", DESK),
        proposals=[
            {"field": "page", "value": f"https://outlet.example/{world.token('IntakePage', DESK)}", "basis": ""}
            | {"found_in": "", "number": 1, "at": "2024-07-02T10:00:00+00:00", "status": 200, "size": 10}
        ],
    )
    world.ids |= {"intake": intake.public_id, "intake_asking": asking.public_id}


def _withdrawn(world: World) -> None:
    article = make.ArticleFactory(
        withdrawn=True, withdrawn_reason=WithdrawalReason.SAFETY, headline=world.token("WithdrawnHeadline", DESK)
    )
    claim = make.ClaimFactory(withdrawn=True, sentence=world.token("WithdrawnClaim", DESK))
    world.ids |= {"withdrawn": article.public_id, "withdrawn_claim": claim.public_id}


def _one_text(world: World) -> None:
    """What is public and what is hidden as one text; and a hidden outlet that was watched."""
    members = [world.ids[key] for key in ("article", "withheld", "draft", "in_review", "withdrawn")]
    Article.objects.with_public_ids(members).update(reprint_group=make.ReprintGroupFactory())
    make.CoverageFactory(outlet=Outlet.objects.get(slug=world.ids["draft_outlet"]))


def _history(world: World) -> None:
    """Edits whose old values hold what is hidden today, each for another reason; and why, which is the desk's alone."""
    hidden = next(word for word in world.tokens if "Redacted" in word)
    old = {
        ("article", "article"): [("summary", f"They sent {hidden} there.", "They sent somebody there.")],
        ("withheld", "article"): [("headline", world.token("OldHeadline", DESK), "New")],
        ("withheld_source", "source"): [("title", world.token("OldTitle", DESK), "New")],
        ("claim", "claim"): [("sentence", f"{hidden} was sent.", "People were sent.")],
        ("actor", "actor"): [("role", world.token("OldRole", DESK), "New"), ("to_protect", None, "True")],
        ("outlet_id", "outlet"): [("about", f"It names {hidden.upper()}.", "It is a site.")],
        ("draft", "article"): [("summary", world.token("OldDraft", DESK), "New")],
        ("draft_claim", "claim"): [("sentence", world.token("OldDraftClaim", DESK), "New")],
        ("withdrawn", "article"): [("summary", world.token("OldWithdrawn", DESK), "New")],
        ("public_claim", "claim"): [("places", world.token("OldPlace", DESK), "")],
        ("source", "source"): [("person_key", world.token("OldKey", DESK), None)],
    }
    for (key, kind), changes in old.items():
        event = _event(world, EventAct.EDIT, kind, key, changes)
        world.ids.setdefault("event", str(event.seq))
    _event(world, EventAct.EDIT, "article", "article", [("byline", world.token("OldByline", DESK), "New")])
    redaction = [("redaction", None, world.token("WhereRedacted", DESK))]
    _event(world, EventAct.REDACT, "article", "article", redaction)
    gone = [("status", "published", "withdrawn"), ("withdrawn_reason", None, "safety")]
    _event(world, EventAct.WITHDRAW, "article", "withdrawn", gone)
    assert Article.objects.filter(status=RecordStatus.PUBLISHED).exists()


def _event(
    world: World, act: EventAct, kind: str, key: str, changes: list[tuple[str, str | None, str | None]]
) -> Event:
    editor = world.people["editor"]
    assert editor is not None
    with transaction.atomic():
        return events.append(
            act,
            RecordKind(kind),
            world.ids[key],
            by=editor,
            changes=[Change(*change) for change in changes],
            why=world.token("Reason", DESK),
            is_public=True,
        )


def _desk_work(world: World) -> None:
    """What people outside wrote, and what editors have under their hands."""
    asked, decided = (
        make.PublicRequestFactory(
            address=f"/articles/{world.ids['article']}/",
            text=world.token(f"{name}Text", DESK),
            **({"decided": True, "public_note": "The name was hidden."} if name == "Decided" else {}),
        )
        for name in ("Asked", "Decided")
    )
    asked.contact = world.token("AskedContact", DESK)
    asked.save()
    world.ids |= {"request": asked.public_id, "decided_request": decided.public_id}
    suggested = make.SuggestionFactory(
        left__outlet__published=True, left__status="published", evidence={"shared": [world.token("SharedPost", DESK)]}
    )
    world.ids["suggestion"] = str(suggested.pk)
    make.CommentFactory(record=world.ids["article"], text=world.token("Talk", DESK))
    make.FormDraftFactory(
        person=world.people["editor"],
        place=f"/desk/article/{world.ids['article']}/edit/",
        fields={"summary": [world.token("Unsent", DESK)]},
    )


def _accounts(world: World) -> None:
    """What opens the accounts of others: secrets of second factors, recovery codes, names of sessions, pen names."""
    for person in (world.people["editor"], world.people["administrator"]):
        assert person is not None
        device = make.second_factor(person)
        code, held = make.RecoveryCodeFactory(person=person), make.SignInFactory(person=person)
        secrets = (device.key, second_factor.secret_of(device), code.digest, held.session_key, held.public_id)
        world.tokens |= dict.fromkeys((*secrets, person.password), DESK)


def _workspaces(world: World) -> None:
    """What a researcher keeps for themselves, and what they share with others who may read full texts."""
    owner = world.people["owner"]
    private, shared, removed = (
        make.CollectionFactory(
            owner=owner, title=world.token(f"{name}Title", who), note=world.token(f"{name}Note", who), **more
        )
        for name, who, more in (
            ("Private", OWNER, {}),
            ("Shared", RESEARCHERS, {"is_shared": True}),
            ("Removed", OWNER, {"is_shared": True, "removed_at": make.NOON}),
        )
    )
    article = Article.objects.get(public_id=world.ids["article"])
    withdrawn = Article.objects.get(public_id=world.ids["withdrawn"])
    entry = make.CollectionEntryFactory(collection=private, article=article, note=world.token("EntryNote", OWNER))
    make.CollectionEntryFactory(collection=shared, article=article, note=world.token("SharedEntry", RESEARCHERS))
    make.CollectionEntryFactory(collection=shared, article=withdrawn, note=world.token("NoteOnWithdrawn", OWNER))
    taken = make.ArticleFactory(published=True)
    make.CollectionEntryFactory(
        collection=shared, article=taken, note=world.token("TakenOut", OWNER), removed_at=make.NOON
    )
    asked = f"q=headline+-{world.token('Query', OWNER)}"
    fed = make.SavedSearchFactory(
        owner=owner, name=world.token("SearchName", OWNER), query=asked, feed_digest=digest_of(FEED)
    )
    mine = make.CollectionFactory(owner=world.people["researcher"])
    world.ids |= {
        "private_collection": private.public_id,
        "shared_collection": shared.public_id,
        "removed_collection": removed.public_id,
        "entry": entry.public_id,
        "search": fed.public_id,
        "feed": FEED,
        "collection": mine.public_id,
        "own_entry": make.CollectionEntryFactory(collection=mine, article=article).public_id,
        "own_search": make.SavedSearchFactory(owner=world.people["researcher"]).public_id,
    }


def _notes(world: World) -> None:
    """Notes of the owner: their own alone, with everything that a note can hold; and what readers share."""
    owner, article = world.people["owner"], Article.objects.get(public_id=world.ids["article"])
    text = CaptureText.objects.of_article(article).get(capture__harm_review="cleared", text__contains="over the limit")
    private = make.AnnotationFactory(
        in_text=text, words="A passage", author=owner, body=world.token("PrivateNote", OWNER), claim=None
    )
    make.AnnotationTagFactory(annotation=private, tag=world.token("PrivateTag", OWNER))
    quote = world.token("PrivateQuote", OWNER)
    make.AnnotationFactory(
        article=article, author=owner, body="Lost", quote=quote, imported_id=f"urn:{world.token('ImportedId', OWNER)}"
    )
    make.AnnotationFactory(in_text=text, words="more", author=owner, body="Withdrawn", claim_id=None)
    shared = make.AnnotationFactory(
        in_text=text, words="the limit", author=owner, body=world.token("SharedNote", RESEARCHERS), shared=True
    )
    make.AnnotationFactory(
        answering=shared, author=owner, body=world.token("PrivateReply", OWNER), sharing=Sharing.PRIVATE
    )
    make.AnnotationFactory(
        answering=shared, author=world.people["researcher"], body=world.token("SharedReply", RESEARCHERS), shared=True
    )
    proposed = make.AnnotationFactory(
        in_text=text, words="more words", author=owner, body=world.token("ProposedNote", RESEARCHERS), proposed=True
    )
    on_draft = make.AnnotationFactory(
        article=Article.objects.get(public_id=world.ids["draft"]),
        author=world.people["editor"],
        body=world.token("NoteOnDraft", DESK),
        shared=True,
    )
    # What somebody else wrote before the words were hidden, and repeats them.
    hidden = next(word for word in world.tokens if "Redacted" in word)
    make.AnnotationFactory(article=article, author=world.people["editor"], body=f"It was {hidden}.", published=True)
    world.ids |= {
        "private_note": private.public_id,
        "shared_note": shared.public_id,
        "proposed_note": proposed.public_id,
        "note_on_draft": on_draft.public_id,
    }
