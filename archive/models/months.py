"""Articles counted by month, each once: under the first day that it may have been published on.

An article that may be of any day of June stands under June, one of the years 2014 to 2021 under January 2014, one
that was published not after some day under that day; so a sum over months is a number of articles.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Count, QuerySet
from django.db.models.sql.compiler import SQLCompiler

# Stands in Article.sort_on where no date of publication is known; no date that the archive takes is as early.
UNDATED = date(1, 1, 1)


@dataclass(frozen=True, slots=True)
class MonthCounts:
    """dated: (year, month, articles), in order, without months that have none."""

    dated: tuple[tuple[int, int, int], ...] = ()
    undated: int = 0

    @property
    def total(self) -> int:
        return self.undated + sum(count for _, _, count in self.dated)


class MonthOf(models.Func):
    """The month of a date, "2024-03". Django's own functions of dates cost SQLite seven times as much."""

    arity = 1
    output_field = models.CharField()

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any) -> tuple[str, Any]:
        return self.as_sql(compiler, connection, template="substr(%(expressions)s, 1, 7)", **extra)

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any) -> tuple[str, Any]:
        return self.as_sql(compiler, connection, template="to_char(%(expressions)s, 'YYYY-MM')", **extra)


def counted(articles: QuerySet[Any], *fields: str) -> QuerySet[Any, tuple[Any, ...]]:
    """Rows of the fields, the month, and the number of articles that have them in common. No query."""
    # Joins, sums and a slice would make others of the counts.
    is_plain = not (articles.query.distinct or articles.query.annotations or articles.query.is_sliced)
    each_once: QuerySet[Any] = articles if is_plain else articles.model.objects.filter(pk__in=articles.values("pk"))
    by_month = each_once.order_by().annotate(month=MonthOf("sort_on"))
    found: QuerySet[Any, tuple[Any, ...]] = by_month.values_list(*fields, "month").annotate(Count("pk"))
    return found


def by_month(rows: Iterable[tuple[str, int]]) -> MonthCounts:
    """Put rows of months and counts in order, the undated aside."""
    counts = dict(rows)
    undated = counts.pop(f"{UNDATED.year:04}-{UNDATED.month:02}", 0)
    return MonthCounts(tuple((int(m[:4]), int(m[5:]), counts[m]) for m in sorted(counts)), undated)


def by_key_and_month(rows: Iterable[tuple[int, str, int]]) -> dict[int, MonthCounts]:
    """The same for each key."""
    found: dict[int, list[tuple[str, int]]] = {}
    for key, month, count in rows:
        found.setdefault(key, []).append((month, count))
    return {key: by_month(counts) for key, counts in found.items()}
