"""Thousands of reports with all that is shown of them, each record that they have in common held once.

The same as ``Appearance.objects.loaded()``, which is quicker for a few: Django makes a QuerySet for each report and
relation, and joins make each article, source and measure anew in every row.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Model

from archive.models.appearances import Appearance, AppearanceQuerySet
from archive.models.evidence import Credit, Figure, TacticUse


def at_once(reports: AppearanceQuerySet) -> list[Appearance]:
    """All of them, in order. About twenty queries, whatever their number."""
    found = list(reports.prefetch_related("claim", "article__outlet", "speaker", "source__article__outlet"))
    pks = [one.pk for one in found]
    credited = Credit.objects.filter(appearance__in=pks).prefetch_related("source__article")
    figures = Figure.objects.filter(appearance__in=pks).prefetch_related(
        "measure__origin", "measure__territory", "measure__people", "of_figure"
    )
    tactics = TacticUse.objects.filter(appearance__in=pks).prefetch_related("tactic")
    for name, rows in (("credits", credited), ("figures", figures), ("tactic_uses", tactics)):
        _hold(found, name, rows)
    return found


def _hold(reports: Iterable[Appearance], name: str, rows: Iterable[Any]) -> None:
    """Give each report its rows, where Django keeps what was prefetched."""
    held: dict[int, list[Model]] = {}
    by_pk = {report.pk: report for report in reports}
    for row in rows:
        row.appearance = by_pk[row.appearance_id]
        held.setdefault(row.appearance_id, []).append(row)
    for pk, report in by_pk.items():
        cache = report.__dict__.setdefault("_prefetched_objects_cache", {})
        cache[name] = held.get(pk, [])
