"""How many different records stand under each value of many facets, from one reading of the reports that were found.

A database that joins the same reports to the same articles and claims for every facet does so a dozen times. Here the
reports that a question finds are read once, as ids, and each facet asks only for its own pairs of value and id. Sets
of different ids are counted: the numbers are those of ``COUNT(DISTINCT …)``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from django.db.models import QuerySet

from archive.filters.reports import Path
from archive.models import (
    Actor,
    Appearance,
    Article,
    Claim,
    Credit,
    Figure,
    Measure,
    Outlet,
    Source,
    Tactic,
    TacticUse,
    finding,
)
from archive.models.vocabulary import CreditState

# With no more ids than this, pairs are asked for by them; with more, all are read and those of others passed over.
FEW = 500
TACTICS = (Path("report", "tactic_uses__tactic__slug"),)

# What is read with a report: ids of other things and terms, by the way to them.
BESIDE_REPORT = {
    "report": "pk",
    "claim": "claim",
    "article": "article",
    "speaker": "speaker",
    ("report", "act"): "act",
    ("report", "voice"): "voice",
}
OF_ITS_ARTICLE = {"outlet": "article__outlet", ("article", "language"): "article__language"}
MODELS: Mapping[str, Any] = {
    "article": Article,
    "claim": Claim,
    "report": Appearance,
    "outlet": Outlet,
    "credited": Source,
    "carrier": Source,
    "measure": Measure,
    "speaker": Actor,
    "tactic": Tactic,
}
# What lies between a report and a value, by the kind of thing at which a path begins and its first steps.
BETWEEN = {
    ("article", "outlet__"): "outlet",
    ("report", "credits__source__"): "credited",
    ("report", "source__"): "carrier",
    ("report", "speaker__"): "speaker",
    ("report", "tactic_uses__tactic__"): "tactic",
    ("figure", "measure__"): "measure",
}
# Where several things stand beside a report: the rows, and the ways to their ids and to the report's. What is public of
# them follows from the reports, which were found through the doors, and from what a path says of a source.
ROWS_BESIDE: Mapping[str, tuple[Callable[[], QuerySet[Any]], str, str]] = {
    "credited": (
        lambda: Credit.objects.order_by().filter(state=CreditState.CONFIRMED, source__isnull=False),
        "source",
        "appearance",
    ),
    "carrier": (lambda: Appearance.objects.order_by().filter(source__isnull=False), "source", "pk"),
    "measure": (lambda: Figure.objects.order_by(), "measure", "appearance"),
    "tactic": (lambda: TacticUse.objects.order_by(), "tactic", "appearance"),
}
# Parameters that look at the same rows beside a report: what one asks must be so of the row that another counts.
BESIDE = (
    frozenset({"credit", "source", "source_kind", "occasion", "actor", "said"}),
    frozenset({"measure", "stage", "range"}),
    frozenset({"place", "country"}),
    frozenset({"done_by", "actor"}),
)

Groups = Mapping[Any, Collection[int]]


def are_apart(name: str, asked: Collection[str]) -> bool:
    """Tell whether a facet looks at no rows of which something else is asked, so that it can be counted by itself."""
    return not any(name in family and family.intersection(asked) - {name} for family in BESIDE)


def among(rows: QuerySet[Any], name: str, keys: Collection[Any]) -> QuerySet[Any]:
    """The rows that lead to one of the keys, or all rows where there are many keys."""
    return rows.filter(**{f"{name}__in": list(keys)}) if len(keys) <= FEW else rows


class Tally:
    """Rows that were found, and what is counted of each: the article or the claim of a report, a claim, a figure.

    counted: the way to that. roots: how rows lead to article, claim, report and figure, as in ``filters.reports``.
    One query.
    """

    def __init__(self, rows: QuerySet[Any], counted: str, roots: Mapping[str, str]) -> None:
        columns: dict[Any, str] = {"counted": counted}
        if "report" in roots:
            columns |= {name: roots["report"] + way for name, way in BESIDE_REPORT.items()}
        if counted != "article" and "report" in roots:
            columns |= {name: roots["report"] + way for name, way in OF_ITS_ARTICLE.items()}
        if roots.get("figure") == "":
            columns["measure"] = "measure"
        # What is counted may be what a group is made by.
        read = list(dict.fromkeys(columns.values()))
        self._rows = list(rows.order_by().values_list(*read))
        self._places = {name: read.index(way) for name, way in columns.items()}
        if "report" not in roots:
            self._places["claim"] = 0
        self._has_one_each = counted in {"article", "claim"}
        self._groups: dict[str, Groups] = {}

    def __len__(self) -> int:
        return len({row[0] for row in self._rows})

    def settled(self) -> finding.Listed | None:
        """The ids of what is counted, where they are few enough to be told to the database."""
        pks = {row[0] for row in self._rows}
        return finding.Listed(sorted(pks)) if len(pks) <= finding.MOST_SETTLED else None

    def carried(self) -> set[tuple[int, int]]:
        """Claims, each with an article that carries it."""
        claim, article = self._places["claim"], self._places["article"]
        return {(row[claim], row[article]) for row in self._rows}

    def by_value(self, paths: Iterable[Path]) -> dict[str, set[int]]:
        """What is counted, by the value to which one of the paths leads. Two queries for each path at most."""
        found: defaultdict[str, set[int]] = defaultdict(set)
        for path in paths:
            for value, counted in self._values(path):
                if value:
                    found[value].update(counted)
        return found

    def _values(self, path: Path) -> Iterable[tuple[Any, Collection[int]]]:
        """Values, and what is counted under each; a value may come again."""
        kind, to, beside = _last_step(path)
        if (kind, to) in self._places:
            return self._by_column((kind, to)).items()
        groups = self.grouped(kind)
        rows = MODELS[kind].objects.order_by().filter(**{f"{to}__isnull": False}, **beside)
        pairs = among(rows, "pk", groups).values_list(to, "pk") if groups else ()
        return ((value, groups[key]) for value, key in pairs if key in groups)

    def grouped(self, kind: str) -> Groups:
        """What is counted, by the ids of one kind of thing. One query at most, the first time."""
        if kind not in self._groups:
            self._groups[kind] = self._by_column(kind) if kind in self._places else self._beside(kind)
        return self._groups[kind]

    def _by_column(self, name: Any) -> Groups:
        at = self._places[name]
        if name == "report" and self._has_one_each:
            # A set for each of many reports would cost more than all the rest.
            return {row[at]: (row[0],) for row in self._rows}
        found: defaultdict[Any, set[int]] = defaultdict(set)
        for row in self._rows:
            found[row[at]].add(row[0])
        found.pop(None, None)
        return found

    def _beside(self, kind: str) -> Groups:
        """By what stands in rows of its own, several beside a report."""
        rows, key, report = ROWS_BESIDE[kind]
        reports = self.grouped("report")
        pairs = among(rows(), report, reports).values_list(key, report) if reports else ()
        found: defaultdict[Any, set[int]] = defaultdict(set)
        for other, one in pairs:
            if one in reports:
                found[other].update(reports[one])
        return found


def _last_step(path: Path) -> tuple[str, str, dict[str, object]]:
    """The kind of thing that has the value itself, the way from there, and what must be so of it."""
    for (start, steps), kind in BETWEEN.items():
        if path.about == start and path.to.startswith(steps):
            beside = {name.removeprefix(steps): so for name, so in path.beside.items() if name.startswith(steps)}
            return kind, path.to.removeprefix(steps), beside
    return path.about, path.to, dict(path.beside)
