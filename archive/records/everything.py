"""Everything that the archive keeps of one person with an account: told to them, and removed when they leave.

PARTS is the one list of it: the download is made from it, the page about leaving and the removal itself. A new table
that belongs to people adds its part here; a test compares the list with the tables that refer to accounts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_otp.plugins.otp_totp.models import TOTPDevice

from archive.models import (
    Annotation,
    Assignment,
    Collection,
    CollectionEntry,
    Comment,
    Event,
    FormDraft,
    Intake,
    Person,
    RecoveryCode,
    SavedSearch,
    SignIn,
)

Told: TypeAlias = Any  # what JSON can say
Rows: TypeAlias = Any  # a QuerySet whose rows go


@dataclass(frozen=True, slots=True)
class Part:
    """about: what it is, in a sentence. told: what the download says. goes: what is deleted with the account.

    stays: what of it outlives the account, in a sentence; empty for nothing.
    """

    name: str
    about: str | Promise
    told: Callable[[Person], Told]
    goes: Callable[[Person], Iterable[Rows]] = lambda person: ()
    stays: str | Promise = ""


def everything_of(person: Person) -> dict[str, Told]:
    """All of it as data for JSON, with what each part is. Some ten queries, however much there is."""
    return {
        "about": {"made_at": timezone.now().isoformat(), **{part.name: str(part.about) for part in PARTS}},
        **{part.name: part.told(person) for part in PARTS},
    }


def rows_of(person: Person) -> list[Rows]:
    """All rows that are deleted with the account, before it."""
    return [rows for part in PARTS for rows in part.goes(person)]


def when_somebody_leaves(act: Callable[..., object]) -> None:
    """Have this done first whenever somebody leaves, with by=person, in the transaction that removes the account.

    For features whose rows cannot just be deleted; archive/apps.py names them.
    """
    if act not in ACTS:
        ACTS.append(act)


def _account(person: Person) -> Told:
    return {
        "user_name": person.username,
        "pen_name": person.pen_name,
        "public_id": person.public_id,
        "roles": sorted(person.groups.values_list("name", flat=True)),
        "is_administrator": person.is_staff,
        "since": person.date_joined.isoformat(),
        "signed_in_last": person.last_login.isoformat() if person.last_login else None,
    }


def _second_factor(person: Person) -> Told:
    devices = TOTPDevice.objects.devices_for_user(person, confirmed=True).order_by("pk")
    return {
        "turned_on": [one.created_at.isoformat() if one.created_at else None for one in devices],
        "unused_recovery_codes": RecoveryCode.objects.of_person(person).count(),
    }


def _sign_ins(person: Person) -> Told:
    found = SignIn.objects.of_person(person).open().newest_first()
    return [{"since": one.started_at.isoformat(), "last_used": one.used_at.isoformat()} for one in found]


def _unsent_words(person: Person) -> Told:
    found = FormDraft.objects.of_person(person).order_by("place")
    return [{"place": one.place, "saved_at": one.saved_at.isoformat(), "fields": one.fields} for one in found]


def _in_hand(person: Person) -> Told:
    found = Assignment.objects.of_person(person).values_list("article__public_id", "since")
    return [{"article": article, "since": since.isoformat()} for article, since in found]


def _notes(person: Person) -> Told:
    found = Annotation.objects.of(person).select_related("article", "claim").prefetch_related("tag_rows", "tactics")
    return [
        {
            "id": one.public_id,
            "article": one.article.public_id,
            "motivation": one.motivation,
            "sharing": one.sharing,
            "body": one.body,
            "tags": [row.tag for row in one.tag_rows.all()],
            "tactics": [tactic.slug for tactic in one.tactics.all()],
            "claim": one.claim.public_id if one.claim else None,
            "place": [one.start, one.end] if one.start is not None else None,
            "created_at": one.created_at.isoformat(),
            "updated_at": one.updated_at.isoformat(),
        }
        for one in found.order_by("pk")
    ]


def _collections(person: Person) -> Told:
    entries: dict[int, list[Told]] = {}
    for one in CollectionEntry.objects.of(person).in_order():
        held = {"kind": one.kind, "record": one.record.public_id, "note": one.note, "removed_at": _day(one.removed_at)}
        entries.setdefault(one.collection_id, []).append(held)
    return [
        {
            "title": one.title,
            "note": one.note,
            "is_shared": one.is_shared,
            "created_at": one.created_at.isoformat(),
            "removed_at": _day(one.removed_at),
            "entries": entries.get(one.pk, []),
        }
        for one in Collection.objects.of(person).oldest_first()
    ]


def _saved_searches(person: Person) -> Told:
    return [
        {
            "name": one.name,
            "list": one.kind,
            "query": one.query,
            "seen_at": one.seen_at.isoformat(),
            "has_feed": bool(one.feed_digest),
            "removed_at": _day(one.removed_at),
        }
        for one in SavedSearch.objects.of(person).oldest_first()
    ]


def _day(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _comments(person: Person) -> Told:
    return [
        {"kind": one.kind, "record": one.record, "written_at": one.written_at.isoformat(), "text": one.text}
        for one in Comment.objects.written_by(person.public_id)
    ]


def _intakes(person: Person) -> Told:
    return [
        {"asked_at": one.created_at.isoformat(), "address": one.address, "file_name": one.file_name, "state": one.state}
        for one in Intake.objects.asked_by(person.public_id)
    ]


def _acts(person: Person) -> Told:
    found = Event.objects.done_by(person.public_id).values_list("seq", "at", "act", "kind", "public_id")
    return [
        {"number": seq, "at": at.isoformat(), "act": act, "kind": kind, "record": record}
        for seq, at, act, kind, record in found.iterator()
    ]


# Filled by when_somebody_leaves.
ACTS: list[Callable[..., object]] = []

PARTS: list[Part] = [
    Part(
        "account",
        _("Your account: the name that you sign in with, your pen name, your roles, and a hash of your password."),
        _account,
    ),
    Part(
        "second_factor",
        _("Your second factor with its recovery codes. Its secret, and digests of the codes, are told to nobody."),
        _second_factor,
        lambda person: [TOTPDevice.objects.devices_for_user(person), RecoveryCode.objects.of_person(person)],
    ),
    Part(
        "sign_ins",
        _("Where you are signed in: since when, and when last, to the hour."),
        _sign_ins,
        lambda person: [SignIn.objects.of_person(person)],
    ),
    Part(
        "notes",
        _("Notes that you wrote on articles, private ones and others; the workspace gives them with their words."),
        _notes,
        lambda person: [Annotation.objects.of(person)],
    ),
    Part(
        "collections",
        _("Your collections, those that you shared and those that you took out included."),
        _collections,
        lambda person: [Collection.objects.of(person)],
    ),
    Part(
        "saved_searches",
        _("Your saved searches with their feeds."),
        _saved_searches,
        lambda person: [SavedSearch.objects.of(person)],
    ),
    Part(
        "unsent_words",
        _("What you typed into forms of the desk and did not send."),
        _unsent_words,
        lambda person: [FormDraft.objects.of_person(person)],
    ),
    Part(
        "in_hand",
        _("Articles that you have in hand."),
        _in_hand,
        lambda person: [Assignment.objects.of_person(person)],
    ),
    Part(
        "comments",
        _("What you said to other editors about records."),
        _comments,
        stays=_("What you said to other editors about records stays, as said by someone who left."),
    ),
    Part(
        "pages_added",
        _("Pages that you asked the archive to take in."),
        _intakes,
        stays=_("Articles that came in through you stay, and pages on their way are not taken in any more."),
    ),
    Part(
        "acts",
        _("What you did to records, as the history has it: what was done, to which record, when."),
        _acts,
        stays=_(
            "Answers of others to your notes stay, and so does the history of each record, with your random id in it"
            " and no name. Readers see “the editors” there, and under summaries that you signed."
        ),
    ),
]
