"""An outlet's terms of reuse, version by version: what they let be shown is worked out anew."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from archive.desk import effects, rules
from archive.history import events, versions
from archive.history.events import Change
from archive.models import Article, Check, Event, Outlet, Person, ReusePolicy
from archive.models.vocabulary import CheckKind, EventAct, RecordKind


def add_policy(outlet: Outlet, values: Mapping[str, Any], *, by: Person, version: int, why: str = "") -> Event:
    """Add a version of an outlet's terms of reuse and work all its extracts out anew.

    values: the fields of ReusePolicy but outlet and version. Where tightened terms take passages out of an
    extract, the article gets a check. Raises StaleVersion, ReasonMissing.
    """
    with transaction.atomic():
        # Articles before their outlet, as everywhere, so that no two writers wait for each other.
        articles = list(
            Article.objects.of_outlet(outlet).select_for_update().order_by("pk").values_list("pk", flat=True)
        )
        versions.take_version(outlet, expected=version)
        stored = Outlet.objects.visible_to(by).get(pk=outlet.pk)
        if stored.is_published and not why.strip():
            raise rules.ReasonMissing(stored)
        before = stored.policy
        policy = ReusePolicy(outlet=stored, version=before.version + 1 if before else 1, **values)
        policy.save()
        clipped = Article.objects.visible_to(by).in_bulk(effects.rebuild_all(articles))
        Check.objects.bulk_create(
            [
                Check(article=one, kind=CheckKind.EXTRACT_CLIPPED, subject=f"policy {policy.version}")
                for one in clipped.values()
            ],
            # What was asked before is not asked again.
            ignore_conflicts=True,
        )
        change = Change("policy", str(before) if before else None, str(policy))
        return events.append(
            EventAct.EDIT,
            RecordKind.OUTLET,
            stored.public_id,
            by=by,
            changes=[change],
            why=why,
            is_public=stored.is_published,
        )
