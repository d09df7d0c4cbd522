"""How many different records stand under each value of many facets, from one reading of the reports that were found.

A database that joins the same reports to the same articles and claims for every facet does so a dozen times. Here the
reports that a question finds are read once, as ids, and each facet asks only for its own pairs of value and id. Sets
of different ids are counted: the numbers are those of ``COUNT(DISTINCT …)``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db.models import QuerySet

from archive.filters.reports import Path
from archive.models import Appearance, Article, Claim, Credit, Figure, Measure, Outlet, Source, Tactic, TacticUse
from archive.models.vocabulary import CreditState

# With no more ids than this, pairs are asked for by them; with more, all are read and those of others passed over.
FEW = 500
TACTICS = (Path("report", "tactic_uses__tactic__slug"),)

# What a row has of a report beside ids, by the way to it.
IN_ROW = {
    ("report", "speaker__public_id"): "speaker__public_id",
    ("report", "act"): "act",
    ("report", "voice"): "voice",
    ("article", "language"): "article__language",
    ("outlet", "pk"): "article__outlet",
}
MODELS: Mapping[str, Any] = {
    "article": Article,
    "claim": Claim,
    "report": Appearance,
    "outlet": Outlet,
    "credited": Source,
    "carrier": Source,
    "measure": Measure,
    "tactic": Tactic,
}
# What lies between a report and a value, by the kind of thing at which a path begins and its first steps.
BETWEEN = {
    ("article", "outlet__"): "outlet",
    ("report", "credits__source__"): "credited",
    ("report", "source__"): "carrier",
    ("report", "tactic_uses__tactic__"): "tactic",
    ("figure", "measure__"): "measure",
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
            to = roots["report"]
            columns |= {"report": f"{to}pk", "claim": f"{to}claim", "article": f"{to}article"}
            columns |= {name: to + way for name, way in IN_ROW.items()}
        else:
            columns["claim"] = "pk"
        if roots.get("figure") == "":
            columns["measure"] = "measure"
        self._rows = list(rows.order_by().values_list(*columns.values()))
        self._places = {name: at for at, name in enumerate(columns)}
        self._groups: dict[str, Groups] = {}

    def __len__(self) -> int:
        return len({row[0] for row in self._rows})

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
        kind, to, beside = path.about, path.to, dict(path.beside)
        if (kind, to) in self._places:
            yield from self._by_column((kind, to)).items()
            return
        for (start, steps), between in BETWEEN.items():
            if kind == start and to.startswith(steps):
                kind, to = between, to.removeprefix(steps)
                beside = {name.removeprefix(steps): so for name, so in beside.items() if name.startswith(steps)}
                break
        groups = self.grouped(kind)
        if not groups:
            return
        rows = MODELS[kind].objects.filter(**{f"{to}__isnull": False}, **beside).order_by()
        for key, value in among(rows, "pk", groups).values_list("pk", to):
            if key in groups:
                yield value, groups[key]

    def grouped(self, kind: str) -> Groups:
        """What is counted, by the ids of one kind of thing. One query at most, the first time."""
        if kind not in self._groups:
            column: Any = ("outlet", "pk") if kind == "outlet" else kind
            self._groups[kind] = self._by_column(column) if column in self._places else self._beside(kind)
        return self._groups[kind]

    def _by_column(self, name: Any) -> Groups:
        found: defaultdict[Any, list[int]] = defaultdict(list)
        at = self._places[name]
        for row in self._rows:
            found[row[at]].append(row[0])
        found.pop(None, None)
        return found

    def _beside(self, kind: str) -> Groups:
        reports = self.grouped("report")
        pairs = {
            "credited": Credit.objects.filter(state=CreditState.CONFIRMED, source__isnull=False).values_list(
                "source", "appearance"
            ),
            "carrier": Appearance.objects.filter(source__isnull=False).values_list("source", "pk"),
            "measure": Figure.objects.values_list("measure", "appearance"),
            "tactic": TacticUse.objects.values_list("tactic", "appearance"),
        }[kind].order_by()
        found: defaultdict[Any, set[int]] = defaultdict(set)
        if reports:
            for key, report in among(pairs, "pk" if kind == "carrier" else "appearance", reports):
                if report in reports:
                    found[key].update(reports[report])
        return found
