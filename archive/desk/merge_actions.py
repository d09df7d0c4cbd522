"""The writer of merges: one record stands for two from then on, and nothing that pointed to either is lost."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from archive.access import carrying, documents
from archive.desk import check_actions, editable, effects, merging, parts, publishing, reprint_actions, rules, strings
from archive.desk.merging import Move, Plan
from archive.history import events, versions
from archive.history.events import Change
from archive.models import (
    Actor,
    ActorName,
    Article,
    Claim,
    Comment,
    Event,
    ImportRow,
    Outlet,
    OutletDomain,
    Passage,
    Person,
    PublicRequest,
    Redirect,
    Source,
)
from archive.models.vocabulary import (
    CheckKind,
    EventAct,
    RecordKind,
    RecordStatus,
    WithdrawalReason,
)
from archive.provenance import counts


class MergeRefused(Exception):
    """Two records cannot be merged so; `reasons` are sentences for the person who tried."""

    def __init__(self, reasons: list[str]) -> None:
        self.reasons = reasons
        super().__init__(" ".join(reasons))


def merge(old: Any, survivor: Any, *, by: Person, version: int, survivor_version: int, why: str) -> Event:
    """Make one record of two: rows move, what is held twice is kept once, the old address leads to the survivor.

    version, survivor_version: that the preview was made from. Raises StaleVersion, ReasonMissing, MergeRefused.
    """
    event = _merged(old, survivor, by=by, version=version, survivor_version=survivor_version, why=why)
    if isinstance(survivor, Article):
        check_actions.look(survivor, by=by)
    return event


def _merged(old: Any, survivor: Any, *, by: Person, version: int, survivor_version: int, why: str) -> Event:
    with transaction.atomic():
        articles = _locked_articles(old, survivor, by=by)
        wanted = sorted([(old, version), (survivor, survivor_version)], key=lambda pair: pair[0].pk)
        if old.pk == survivor.pk:
            raise MergeRefused(merging.plan(old, survivor, by=by).reasons)
        for record, expected in wanted:
            versions.take_version(record, expected=expected)
        records = editable.records_of(survivor, by)
        old, survivor = records.get(pk=old.pk), records.get(pk=survivor.pk)
        plan = merging.plan(old, survivor, by=by)
        if plan.reasons:
            raise MergeRefused(plan.reasons)
        if not why.strip():
            raise rules.ReasonMissing(survivor)
        were_public = (old.is_published, survivor.is_published)
        _follow_privately(old, survivor)
        changes = _moved(plan, survivor) + _protected(old, survivor, by=by) + _taken_over(old, survivor)
        reprints = _joined(old, survivor, by=by)
        _led_to(old, survivor)
        went = _withdrawn(old, survivor)
        _rebuilt(old, survivor, articles, were_public, by=by)
        reprint_actions.tell(reprints, by=by, why=why)
        return _told(old, survivor, went, changes, by=by, why=why, is_public=any(were_public))


def _locked_articles(old: Any, survivor: Any, *, by: Person) -> list[int]:
    """Articles that read otherwise then, locked before anything else."""
    if isinstance(old, Article):
        reprint_actions.locked([old.pk, survivor.pk], by=by)
        pks = {old.pk, survivor.pk}
    elif isinstance(old, Outlet):
        pks = set(Article.objects.of_outlet(old).values_list("pk", flat=True))
    else:
        pks = {pk for one in (old, survivor) for pk in Article.objects.coded_with(one).values_list("pk", flat=True)}
    locked = Article.objects.visible_to(by).by_pks(pks).select_for_update().order_by("pk")
    return list(locked.values_list("pk", flat=True))


def _moved(plan: Plan, survivor: Any) -> list[Change]:
    """Move the rows, after those that would be held twice are gone; each relation is a change."""
    changes = []
    for move in plan.moves:
        for row, _same in move.double:
            changes.append(Change(f"{move.accessor} {row.pk}", str(row), None))
            row.delete()
        if move.moving:
            _point(move, survivor)
            changes.append(Change(move.accessor, None, ", ".join(map(merging.says, move.moving))))
    return changes


def _point(move: Move, survivor: Any) -> None:
    """Make rows point to the survivor. Those with a version get the next one, so that forms made before are stale."""
    rows = merging.rows_of(move)
    fields = {one.name for one in rows.model._meta.fields}
    more: dict[str, Any] = {"updated_at": timezone.now()} if "updated_at" in fields else {}
    if "version" in fields and move.accessor != "policies":
        more["version"] = F("version") + 1
    if "is_chosen" in fields and survivor.date_evidence.filter(is_chosen=True).exists():
        more["is_chosen"] = False
    rows.update(**{move.field: survivor}, **more)


def _follow_privately(old: Any, survivor: Any) -> None:
    """What people keep of the record for themselves is of the survivor from now on."""
    for relation in merging.private_relations(type(old)):
        rows = relation.related_model._base_manager.get_queryset().filter(**{relation.field.name: old})
        rows.update(**{relation.field.name: survivor})


def _protected(old: Any, survivor: Any, *, by: Person) -> list[Change]:
    """What protects people around either record protects them in both: fields that withhold, and redactions."""
    changes = []
    for name, value in merging.protections(old, survivor).items():
        changes.append(Change(name, events.as_text(getattr(survivor, name)), events.as_text(value)))
        setattr(survivor, name, value)
    survivor.save(update_fields=[change.field for change in changes])
    if isinstance(survivor, Article) and (hidden := _hidden_again(survivor, by=by)):
        changes.append(Change("hidden again", None, str(hidden)))
    return changes


def _hidden_again(survivor: Article, *, by: Person) -> int:
    """Hide in all its texts what is hidden in one, and ask where else the words stand. Gives how many are new."""
    redacted = list(Passage.objects.of_article(survivor).anchored().redacted().prefetch_related("redactions"))
    hidden = carrying.hide_everywhere(survivor)
    for passage in redacted:
        words = passage.capture_text.text[passage.start : passage.end]
        (redaction,) = passage.redactions.all()
        questions = [
            (survivor, f"{place}, redaction {redaction.pk}") for place in strings.places_holding(survivor, words)
        ]
        check_actions.ask(questions, CheckKind.REDACTED_ELSEWHERE, is_blocking=True, by=by)
    return hidden


def _taken_over(old: Any, survivor: Any) -> list[Change]:
    """What else the survivor is known by: the name, the host, the text that an article is one of."""
    if isinstance(old, Actor) and old.name != survivor.name and old.name not in map(str, survivor.names.all()):
        ActorName(actor=survivor, name=old.name).save()
        return [Change("spelling", None, old.name)]
    if isinstance(old, Outlet):
        host = (urlsplit(old.website).hostname or "").removeprefix("www.")
        own = (urlsplit(survivor.website).hostname or "").removeprefix("www.")
        if host and host != own and not OutletDomain.objects.held([host, f"www.{host}"]).exists():
            OutletDomain(outlet=survivor, domain=host).save()
            return [Change("domain", None, host)]
    if isinstance(old, Article) and old.reprint_group is not None and survivor.reprint_group is None:
        survivor.reprint_group = old.reprint_group
        survivor.save(update_fields=["reprint_group"])
        return [Change("reprint_group", None, old.reprint_group.public_id)]
    return []


def _joined(old: Any, survivor: Any, *, by: Person) -> list[reprint_actions.Moved]:
    """Of two groups of reprints make one, as the articles that stood for both are one text."""
    if not isinstance(old, Article) or old.reprint_group is None or survivor.reprint_group is None:
        return []
    emptied, old.reprint_group = old.reprint_group, survivor.reprint_group
    return reprint_actions.move_all(emptied, survivor.reprint_group, by=by)


def _led_to(old: Any, survivor: Any) -> None:
    """Lead old addresses, keys of imports, talk and requests to the survivor; what led to the old one, too."""
    kind = editable.kind_of(old)
    keys = {old.public_id, old.slug} if isinstance(old, Outlet) else {old.public_id}
    new = survivor.slug if isinstance(survivor, Outlet) else survivor.public_id
    Redirect.objects.filter(kind=kind, new__in=keys).update(new=new)
    Redirect.objects.bulk_create(Redirect(kind=kind, old=key, new=new) for key in sorted(keys))
    ImportRow.objects.of_record(kind, old.pk).update(record_id=survivor.pk)
    Comment.objects.about(kind, old.public_id).update(record=survivor.public_id)
    PublicRequest.objects.lead(old.get_absolute_url(), survivor.get_absolute_url())


def _withdrawn(old: Any, survivor: Any) -> list[Change]:
    old.withdrawn_reason, old.withdrawn_on = WithdrawalReason.DUPLICATE, timezone.now().date()
    return [
        publishing.set_status(old, RecordStatus.WITHDRAWN),
        Change("withdrawn_reason", None, old.withdrawn_reason.value),
        Change("merged into", None, survivor.public_id),
    ]


def _rebuilt(old: Any, survivor: Any, articles: list[int], were_public: tuple[bool, bool], *, by: Person) -> None:
    """Work out anew what readers see elsewhere: days of publication, extracts, documents, counts."""
    survivor.save(update_fields=["updated_at"])
    if isinstance(survivor, Article):
        for article in (old, survivor):
            effects.date_anew(article)
            article.save(update_fields=effects.PUBLISHED)
    clipped = effects.rebuild_all(articles)
    if isinstance(survivor, Outlet):
        touched = Article.objects.visible_to(by).by_pks(clipped)
        questions = [(one, f"outlet {survivor.public_id}") for one in touched]
        check_actions.ask(questions, CheckKind.EXTRACT_CLIPPED, is_blocking=False, by=by)
    if isinstance(survivor, (Actor, Source)):
        # As where its parent changes: everybody who speaks for it counts with it.
        effects.follow(survivor, {"parent"})
    if isinstance(survivor, Claim):
        counts.rewrite([old.pk, survivor.pk])
        if were_public == (False, True):
            _ask_of_small_figures(articles, by=by)
    if isinstance(survivor, Article):
        counts.rewrite(parts.claims_touched(parts.of_article(survivor)))
    documents.forget()


def _ask_of_small_figures(articles: list[int], *, by: Person) -> None:
    """Ask what publishing would have asked, where reports became public with their claim."""
    for article in Article.objects.visible_to(by).by_pks(articles).published():
        questions = [(article, rules.subject_of(figure)) for figure in rules.small_figures(article)]
        check_actions.ask(questions, CheckKind.HARM_SMALL_FIGURE, is_blocking=True, by=by)


def _told(
    old: Any, survivor: Any, went: list[Change], changes: list[Change], *, by: Person, why: str, is_public: bool
) -> Event:
    """Both histories tell of it: the one that went first, the survivor's last."""
    kind = editable.kind_of(old)
    events.append(EventAct.WITHDRAW, kind, old.public_id, by=by, changes=went, why=why, is_public=is_public)
    told = [Change("merged", None, f"{old.public_id}: {old}"), *changes]
    return events.append(
        EventAct.MERGE, RecordKind(kind), survivor.public_id, by=by, changes=told, why=why, is_public=is_public
    )
