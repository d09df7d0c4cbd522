"""What may be asked of reports: of a claim, of who says it where, on whose word, with which numbers.

The lists of articles, claims and figures take these parameters alike. Several of them speak of one claim, and what
concerns its wording of one report of it: speaker and number, outlet and voice, source and credit stand together in
one place, or nothing is found. Methods alone are those of the claim: the union of what its reports assert.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q

from archive.models import Place
from archive.models.base import overlapping
from archive.models.vocabulary import ClaimActorPart, CreditState, RecordStatus

# Credits that are confirmed, to sources that are public: an editor's draft of a source must not show in a number.
CREDITED = {"credits__state": CreditState.CONFIRMED, "credits__source__status": RecordStatus.PUBLISHED}
DONE_BY = {"done__part": ClaimActorPart.DONE_BY}


@dataclass(frozen=True, slots=True)
class Path:
    """Where a parameter's value stands. about: "article", "claim", "report" or "figure". to: the way from there.

    beside: what else must be so of the same rows.
    """

    about: str
    to: str
    beside: Mapping[str, object] = field(default_factory=dict)

    def under(self, roots: Mapping[str, str]) -> str:
        return roots[self.about] + self.to

    def is_so(self, roots: Mapping[str, str], **found: object) -> Q:
        """A condition on rows from which ``roots`` lead to article, claim, report and figure."""
        start = roots[self.about]
        return Q(**{f"{start}{self.to}__{lookup}": value for lookup, value in found.items()}) & Q(
            **{start + name: value for name, value in self.beside.items()}
        )


PATHS: Mapping[str, tuple[Path, ...]] = {
    "outlet": (Path("article", "outlet__slug"),),
    "outlet_country": (Path("article", "outlet__country__code"),),
    "outlet_kind": (Path("article", "outlet__kind"),),
    "language": (Path("article", "language"),),
    "depth": (Path("article", "depth"),),
    "claim": (Path("claim", "public_id"),),
    "kind": (Path("claim", "kind"),),
    "people": (Path("claim", "people__slug"),),
    "area": (Path("claim", "areas__slug"),),
    "place": (Path("claim", "places__slug"),),
    "country": (Path("claim", "places__country__code"),),
    "setting": (Path("claim", "setting"),),
    "response": (Path("claim", "response"),),
    "done_by": (Path("claim", "done__actor__public_id", DONE_BY),),
    "speaker": (Path("report", "speaker__public_id"),),
    "act": (Path("report", "act"),),
    "voice": (Path("report", "voice"),),
    "credit": (Path("report", "credits__basis", {"credits__state": CreditState.CONFIRMED}),),
    "source": (
        Path("report", "credits__source__public_id", CREDITED),
        Path("report", "source__public_id", {"source__status": RecordStatus.PUBLISHED}),
    ),
    "source_kind": (
        Path("report", "credits__source__kind", CREDITED),
        Path("report", "source__kind", {"source__status": RecordStatus.PUBLISHED}),
    ),
    "occasion": (
        Path("report", "credits__source__occasion", CREDITED),
        Path("report", "source__occasion", {"source__status": RecordStatus.PUBLISHED}),
    ),
    "actor": (
        Path("report", "speaker__public_id"),
        Path("claim", "done__actor__public_id"),
        Path("report", "credits__source__roles__actor__public_id", CREDITED),
        Path("report", "source__roles__actor__public_id", {"source__status": RecordStatus.PUBLISHED}),
    ),
    "measure": (Path("figure", "measure__slug"),),
    "stage": (Path("figure", "measure__stage"),),
}
OF_CLAIMS = frozenset(name for name, paths in PATHS.items() if all(path.about == "claim" for path in paths))

# A figure concerns the people that it counts, not all whom its claim is about.
PATHS_OF_FIGURES = {
    **PATHS,
    "people": (Path("figure", "measure__people__slug"),),
    "area": (Path("figure", "measure__origin__slug"),),
}

# How the rows of a list lead to what its parameters are about.
FROM_REPORTS = {"article": "article__", "claim": "claim__", "report": "", "figure": "figures__"}
FROM_FIGURES = {
    "article": "appearance__article__",
    "claim": "appearance__claim__",
    "report": "appearance__",
    "figure": "",
}
FROM_CLAIMS = {"claim": ""}

Values = Mapping[str, tuple[str, ...]]


def meeting(asked: Values, roots: Mapping[str, str], paths: Mapping[str, tuple[Path, ...]] = PATHS) -> Q:
    """Rows that have one of the values of each parameter, to be given to one ``filter()``."""
    found = Q()
    for name, values in asked.items():
        meets = Q()
        for path in paths[name]:
            meets |= path.is_so(roots, **{"in": list(values)})
        found &= meets
    return found


def said_between(start: date | None, end: date | None, roots: Mapping[str, str]) -> Q:
    """Reports of, or credited to, a published source of that time."""
    found = Q()
    for source in ("credits__source", "source"):
        to = f"{roots['report']}{source}__"
        found |= overlapping(f"{to}date_from", f"{to}date_to", start=start, end=end) & Q(
            **{f"{to}status": RecordStatus.PUBLISHED}
        )
    return found


def published_between(start: date | None, end: date | None, roots: Mapping[str, str]) -> Q:
    """Reports in articles that may have been published then."""
    to = roots["article"]
    return overlapping(f"{to}published_from", f"{to}published_to", start=start, end=end)


def happening_between(start: date | None, end: date | None, roots: Mapping[str, str]) -> Q:
    """Claims of something that is said to have happened then."""
    to = roots["claim"]
    return overlapping(f"{to}date_from", f"{to}date_to", start=start, end=end)


def holding_between(start: date | None, end: date | None, roots: Mapping[str, str]) -> Q:
    """Figures that hold for a day of that time."""
    to = roots["figure"]
    return overlapping(f"{to}as_of_from", f"{to}as_of_to", start=start, end=end)


def in_range(least: int | None, most: int | None, roots: Mapping[str, str]) -> Q:
    """Figures whose number as worded lies in the range: “more than 16,000” counts as 16,000, “12 to 15” as both."""
    found = Q()
    to = roots["figure"]
    if least is not None:
        found &= Q(**{f"{to}high__gte": least}) | Q(**{f"{to}high__isnull": True, f"{to}low__gte": least})
    if most is not None:
        found &= Q(**{f"{to}low__lte": most}) | Q(**{f"{to}low__isnull": True, f"{to}high__lte": most})
    return found


class Gazetteer:
    """Which places lie in which, read once. One query, when first asked."""

    def __init__(self) -> None:
        self._parents: dict[str, str | None] | None = None

    @property
    def parents(self) -> dict[str, str | None]:
        if self._parents is None:
            self._parents = dict(Place.objects.values_list("slug", "parent__slug"))
        return self._parents

    def around(self, slug: str) -> set[str]:
        """A place and all that it lies in."""
        found: set[str] = set()
        at: str | None = slug
        while at is not None and at not in found:
            found.add(at)
            at = self.parents.get(at)
        return found

    def lifted(self, found: Mapping[str, set[int]]) -> dict[str, set[int]]:
        """What is found in places, found in all that they lie in as well."""
        lifted: defaultdict[str, set[int]] = defaultdict(set)
        for slug, pks in found.items():
            for around in self.around(slug):
                lifted[around] |= pks
        return lifted

    def within(self, slugs: Iterable[str]) -> tuple[str, ...]:
        """Places and all that lie in them."""
        asked = set(slugs)
        return tuple(slug for slug in self.parents if self.around(slug) & asked)


def values_of(terms: Mapping[str, Any], names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The values of those parameters that were given, from a form's cleaned data."""
    return {name: tuple(one.value for one in terms[name]) for name in names if terms.get(name)}
