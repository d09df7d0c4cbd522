"""What a merge of two records would do: which rows move, which are held twice, and what stands against it.

The preview and the merge itself read the same plan, so what is shown is what happens. Relations are read from the
models, so that a table that points to a record some day is not forgotten.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from archive.desk import parts, publishing, rules, second_person
from archive.models import Actor, Article, Credit, Outlet, Person, Source, Suggestion
from archive.models.base import Record
from archive.models.vocabulary import CreditState, RecordKind, RecordStatus, SuggestionState, WithdrawalReason

MERGED = (RecordKind.OUTLET, RecordKind.ACTOR, RecordKind.SOURCE, RecordKind.CLAIM, RecordKind.ARTICLE)
# Worked out anew after a merge.
DERIVED = {"counts", "extract", "document"}
# People's own: it follows without a word, since how much of it there is tells of private things.
OF_PEOPLE = {"annotations"}
# Fields that protect people: what one of the two has of them holds for both.
PROTECTING = ("headline_withheld", "address_withheld", "title_withheld", "is_noindex", "sensitivity")


@dataclass(frozen=True, slots=True)
class Move:
    """Rows of one relation. moving: those that will be the survivor's. double: (row that goes, row that it repeats).

    staying: how many remain with the record that goes.
    """

    accessor: str
    field: str
    label: str
    moving: list[Any]
    double: list[tuple[Any, Any]]
    staying: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """reasons: sentences that say why the two cannot be merged so; none where they can. notes: what to know."""

    moves: list[Move] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def plan(old: Any, survivor: Any, *, by: Person) -> Plan:
    """What merging the first into the second would do. Two or three queries for each relation."""
    moves = [_move(relation, old, survivor) for relation in relations(type(old))]
    return Plan([move for move in moves if move.moving or move.double or move.staying], *_words(old, survivor, by))


def relations(model: type[models.Model]) -> Iterator[models.ForeignObjectRel]:
    """What points to records of this model and moves with them. Joins with a table of their own move by that table."""
    for relation in model._meta.related_objects:
        if not relation.many_to_many and relation.get_accessor_name() not in DERIVED | OF_PEOPLE:
            yield relation


def private_relations(model: type[models.Model]) -> Iterator[models.ForeignObjectRel]:
    """What people keep of records of this model for themselves."""
    return (one for one in model._meta.related_objects if one.get_accessor_name() in OF_PEOPLE)


def _move(relation: models.ForeignObjectRel, old: Any, survivor: Any) -> Move:
    accessor, name = str(relation.get_accessor_name()), relation.field.name
    label = str(relation.related_model._meta.verbose_name_plural)
    mine = _rows(relation, old)
    is_of_pairs = relation.related_model is Suggestion
    # A pair of articles has one decision, whichever of the two comes first.
    theirs = list(Suggestion.objects.of_article(survivor.pk)) if is_of_pairs else _rows(relation, survivor)
    if relation.one_to_one and theirs or accessor == "policies" and theirs:
        return Move(accessor, name, label, [], [], len(mine))
    held = {key: row for row in theirs for key in _unique_keys(relation, row, survivor)}
    moving: list[Any] = []
    double: list[tuple[Any, Any]] = []
    double += [(row, row) for row in theirs if isinstance(row, Credit) and row.appearance.source_id == old.pk]
    for row in mine:
        same = next((held[key] for key in _unique_keys(relation, row, old) if key in held), None)
        if _is_to_itself(row, name, old, survivor):
            double.append((row, row))
        elif same is None:
            moving.append(row)
        elif _says_more(row, same):
            moving.append(row)
            double.append((same, row))
        else:
            double.append((row, same))
    return Move(accessor, name, label, moving, double)


def _rows(relation: models.ForeignObjectRel, record: Any) -> list[Any]:
    rows = relation.related_model._default_manager.get_queryset().filter(**{relation.field.name: record})
    named = _named_in(relation)
    if any(field.name == "public_id" for field in relation.related_model._meta.fields):
        # An outlet has thousands of articles: their names are all that is asked of them.
        rows = rows.only("public_id")
    return list((rows.select_related(*named) if named else rows).order_by("pk"))


def rows_of(move: Move) -> models.QuerySet[Any]:
    """The rows that move, to be written."""
    return type(move.moving[0])._meta.base_manager.get_queryset().filter(pk__in=[row.pk for row in move.moving])


def _named_in(relation: models.ForeignObjectRel) -> list[str]:
    """The other records that rows of a relation name, which their words are made of."""
    if relation.related_model._meta.model_name == "credit":
        return ["appearance"]
    joins = {"sourceactor", "claimactor", "claimlink", "citation"}
    model = relation.related_model
    return [
        one.name
        for one in model._meta.fields
        if model._meta.model_name in joins and isinstance(one, models.ForeignKey) and one.name != "passage"
    ]


def _unique_keys(relation: models.ForeignObjectRel, row: Any, record: Any) -> Iterator[tuple[object, ...]]:
    """By what a row of this record may be of the survivor only once: its other values in each rule of uniqueness."""
    if isinstance(row, Suggestion):
        yield row.kind, row.right_id if row.left_id == record.pk else row.left_id
        return
    for rule in relation.related_model._meta.constraints:
        if isinstance(rule, models.UniqueConstraint) and relation.field.name in rule.fields and not rule.condition:
            names = [name for name in rule.fields if name != relation.field.name]
            values = [getattr(row, f"{name}_id", getattr(row, name, None)) for name in names]
            yield (rule.name, *values)


def _is_to_itself(row: Any, name: str, old: Any, survivor: Any) -> bool:
    """Whether a row would join the survivor with itself: a link, a suggestion, a source that credits itself."""
    if isinstance(row, Credit):
        return row.appearance.source_id in (old.pk, survivor.pk)
    pairs = {"from_claim": "to_claim_id", "to_claim": "from_claim_id", "left": "right_id", "right": "left_id"}
    other = pairs.get(name)
    return other is not None and getattr(row, other) == survivor.pk


def _says_more(row: Any, same: Any) -> bool:
    """Of two credits to one source, that which is confirmed is kept; of two suggestions that which was decided."""
    if isinstance(row, Suggestion):
        return row.state != SuggestionState.OPEN == same.state
    return isinstance(row, Credit) and row.state == CreditState.CONFIRMED != same.state


def protections(old: Any, survivor: Any) -> dict[str, Any]:
    """What protects people around the record that goes and is not set yet on the one that stays, by field."""
    wanted = {name: getattr(old, name, None) for name in PROTECTING}
    return {name: value for name, value in wanted.items() if value and not getattr(survivor, name)}


def _words(old: Any, survivor: Any, by: Person) -> tuple[list[str], list[str]]:
    """Reasons and notes. Queries: one for each body above an actor, and one; two dozen for a draft of an article."""
    if old.pk == survivor.pk:
        return [_("A record cannot be merged with itself.")], []
    reasons = [reason for record in (old, survivor) if (reason := _withdrawn(record))]
    if old.is_published and not survivor.is_published:
        words = _("“%(record)s” is public and the other is not: choose the public one to stay.")
        reasons.append(words % {"record": old})
    notes = []
    if not old.is_published and survivor.is_published:
        notes.append(_("What moves is shown with the public record, but for what hangs on another draft."))
    if protected := protections(old, survivor):
        names = ", ".join(str(old._meta.get_field(name).verbose_name) for name in protected)
        notes.append(_("What protects people around the one that goes holds for both: %(fields)s.") % {"fields": names})
    if isinstance(old, Actor) and _is_below(survivor, old):
        reasons.append(_("“%(record)s” is part of the other: choose the other to stay.") % {"record": survivor})
    if isinstance(old, Source) and old.article_id and not survivor.article_id:
        reasons.append(_("“%(record)s” is an article of the archive: choose it to stay.") % {"record": old.article})
    if isinstance(old, Article):
        reasons += _two_sources(old, survivor)
        reasons += _not_ready(old, by) if survivor.is_published else []
    if isinstance(old, Outlet) and old.policy and survivor.policy:
        words = _("The terms of “%(survivor)s” hold for all articles then: %(policy)s. The other's were: %(old)s.")
        notes.append(words % {"survivor": survivor, "policy": survivor.policy, "old": old.policy})
    return reasons, notes


def _withdrawn(record: Record) -> str:
    if record.status != RecordStatus.WITHDRAWN:
        return ""
    if record.withdrawn_reason == WithdrawalReason.SAFETY:
        words = _("“%(record)s” was withdrawn to protect people: nothing may lead to it or from it.")
        return words % {"record": record}
    return _("“%(record)s” was withdrawn: it cannot be merged.") % {"record": record}


def _not_ready(old: Article, by: Person) -> list[str]:
    """What keeps a draft out of a public article: what publishing it would ask, and drafts that only that publishes."""
    if old.status not in publishing.NOT_YET:
        return []
    reasons = rules.reasons_against(old) + second_person.reasons_against(old, by)
    if reasons:
        words = _("“%(record)s” is not public, and what it holds would be. Make it ready to be published first:")
        return [words % {"record": old}, *reasons]
    drafts = "; ".join(str(one) for one in parts.of_article(old).records() if one.status in publishing.NOT_YET)
    if drafts:
        words = _("“%(record)s” rests on drafts. Publish it first, so that they are public with it: %(drafts)s.")
        return [words % {"record": old, "drafts": drafts}]
    return []


def _is_below(actor: Actor, body: Actor) -> bool:
    return actor.pk in parts.body_with_parts(body)


def _two_sources(old: Article, survivor: Article) -> list[str]:
    """Articles that are both sources: their sources come first, so that nothing said of either is lost."""
    first, second = getattr(old, "as_source", None), getattr(survivor, "as_source", None)
    if first and second and first.withdrawn_reason != WithdrawalReason.DUPLICATE:
        words = _("Both are sources, too. Merge source %(first)s into source %(second)s first.")
        return [words % {"first": first.public_id, "second": second.public_id}]
    return []


def says(row: Any) -> str:
    """A row in the history of a merge: by its public id where it has one."""
    return str(getattr(row, "public_id", "") or f"{row.pk}: {row}")
