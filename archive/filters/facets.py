"""Facets: what a list can be narrowed to, with the number that each choice leaves, and what it is narrowed to now.

A facet is counted without its own selection, so that its other values stay in sight; where all of several values are
asked for (“tactic_all=1”) with it. A number is a link to exactly the records that it counts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import django_filters
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import Count, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from archive.filters.dates import DatedListFilter
from archive.filters.listing import OWN_FIELDS, Listing
from archive.filters.terms import SwitchFilter, Term, Terms
from archive.models.base import User
from archive.search import engine
from archive.text.dates import PartialDate, written

# Options in sight, and those that unfold below them.
IN_SIGHT = 7
AT_MOST = 60
ALL = "_all"
EVERY_FACET = "all"


@dataclass(frozen=True, slots=True)
class Option:
    """count: records, were the facet narrowed to it. address: of those. is_chosen: the list is narrowed to it."""

    value: str
    label: str
    count: int
    is_chosen: bool
    address: str


@dataclass(frozen=True, slots=True)
class Facet:
    """options: in sight, those chosen first. rest: unfold. left_out: how many more there are.

    can_be_all: whether all of several may be asked for; is_all: whether they are.
    """

    name: str
    label: str
    options: tuple[Option, ...]
    rest: tuple[Option, ...]
    left_out: int
    can_be_all: bool
    is_all: bool

    @property
    def is_chosen(self) -> bool:
        return any(option.is_chosen for option in (*self.options, *self.rest))


@dataclass(frozen=True, slots=True)
class Chip:
    """Something that the list is narrowed to. address: of the list without it."""

    label: str
    text: str
    address: str


@dataclass(frozen=True, slots=True)
class Controls:
    """Everything by which a list is asked, for its page.

    dates, sorts: what may be chosen, the default first. typed: what stands in fields. unseen: what the form carries
    along without showing it. every_filter: the address that shows all facets; empty where all are shown. clear: of
    the list without any filter.
    """

    facets: tuple[Facet, ...]
    chips: tuple[Chip, ...]
    unseen: tuple[tuple[str, str], ...]
    dates: Sequence[tuple[str, Any]]
    sorts: Sequence[tuple[str, Any]]
    typed: Mapping[str, str]
    has_range: bool
    every_filter: str
    clear: str


class FacetedFilter(DatedListFilter):
    """A list with facets. first: those shown at once; further: those shown when all are asked for, or one is used.

    marks: other parameters that narrow, with their names, such as the ends of a range.
    """

    first: Sequence[str] = ()
    further: Sequence[str] = ()
    marks: Mapping[str, Any] = {"from": _("From"), "to": _("To")}

    @classmethod
    def get_filters(cls) -> dict[str, django_filters.Filter]:
        found = super().get_filters()
        for name, one in list(found.items()):
            if isinstance(one, Terms) and one.can_be_all:
                found[name + ALL] = SwitchFilter(label=_("All of them"))
        found["filters"] = django_filters.ChoiceFilter(choices=[(EVERY_FACET, _("All filters"))], method="unchanged")
        return found

    @property
    def user(self) -> User:
        found: User = getattr(self.request, "user", AnonymousUser())
        return found

    def asked(self, name: str) -> tuple[Term, ...]:
        """The terms that a parameter was given."""
        found: tuple[Term, ...] = self.form.cleaned_data.get(name) or ()
        return found

    def values(self, name: str) -> tuple[str, ...]:
        return tuple(term.value for term in self.asked(name))

    @property
    def is_narrowed(self) -> bool:
        """Whether a value of any facet was chosen."""
        return any(isinstance(one, Terms) and self.asked(name) for name, one in self.filters.items())

    def is_all(self, name: str) -> bool:
        return bool(self.form.cleaned_data.get(name + ALL))

    def counts(self, name: str) -> Mapping[str, int]:
        """Records by value, were the list narrowed to each value of this facet. Queries: constant."""
        raise NotImplementedError

    def facets(self) -> list[Facet]:
        """The facets to be shown, of a question without problems. At most four queries each."""
        names = [*self.first, *self.further] if self.form.cleaned_data["filters"] else list(self.first)
        names += [name for name in self.further if self.asked(name) and name not in names]
        return [facet for name in names if (facet := self._facet(name)).options]

    def _facet(self, name: str) -> Facet:
        terms: Terms = self.filters[name]
        chosen = {term.value: term.label for term in self.asked(name)}
        counts = self.counts(name)
        ranked = sorted(counts, key=lambda value: (value not in chosen, -counts[value], value))
        unknown = [value for value in ranked[: AT_MOST + len(chosen)] if value and value not in chosen]
        labels = chosen | dict(terms.vocabulary.labels(unknown, self.user))
        # What is chosen stays in sight, even where nothing has it.
        values = [*(value for value in chosen if value not in counts), *(value for value in ranked if value in labels)]
        options = [
            Option(value, labels[value], counts.get(value, 0), value in chosen, self._narrowed_to(name, value))
            for value in values
        ]
        in_sight = max(IN_SIGHT, len(chosen))
        return Facet(
            name=name,
            label=str(terms.label),
            options=tuple(options[:in_sight]),
            rest=tuple(options[in_sight:]),
            left_out=max(0, len(counts) - len(options)),
            can_be_all=terms.can_be_all,
            is_all=self.is_all(name),
        )

    def _narrowed_to(self, name: str, value: str) -> str:
        values = [*self.values(name), value] if self.is_all(name) else [value]
        return self.address(**{name: list(dict.fromkeys(values))})

    def address(self, **changed: list[str]) -> str:
        """The question with other values of some parameters; from its first page."""
        asked: QueryDict = self.data.copy()
        asked.pop("page", None)
        for name, values in changed.items():
            asked.setlist(name, values)
        for name in [name for name, values in asked.lists() if not any(values)]:
            del asked[name]
        return f"?{asked.urlencode()}" if asked else "?"

    def chips(self) -> list[Chip]:
        """Everything that the list is narrowed to, in the order of the filters. No query."""
        found = []
        for name, one in self.filters.items():
            if isinstance(one, Terms):
                values = self.values(name)
                for term in self.asked(name):
                    rest = [value for value in values if value != term.value]
                    found.append(Chip(str(one.label), term.label, self.address(**{name: rest})))
            elif name in self.marks and self.data.get(name):
                asked = self.form.cleaned_data[name]
                said = written(asked) if isinstance(asked, PartialDate) else self.data[name]
                found.append(Chip(str(self.marks[name]), said, self.address(**{name: []})))
        return found

    def unseen(self) -> list[tuple[str, str]]:
        """What the list's form has to carry along because it shows no control for it."""
        shown = {*self.first, *self.further}
        found = [
            (name, term.value)
            for name, one in self.filters.items()
            if isinstance(one, Terms) and name not in shown
            for term in self.asked(name)
        ]
        found += [(name, self.data[name]) for name in self.marks if name not in OWN_FIELDS and self.data.get(name)]
        return found + ([("filters", EVERY_FACET)] if self.form.cleaned_data["filters"] else [])


def controls(asked: FacetedFilter, found: Listing, sorts: Sequence[tuple[str, Any]]) -> Controls | None:
    """What a list's page offers, once the question was answered; None where it could not be. Raises SearchTooSlow."""
    if found.problems:
        return None
    facets: tuple[Facet, ...] = ()
    # Where nothing is found and no value was chosen, no value of any facet has anything.
    if found.total or asked.is_narrowed:
        with engine.time_limit(connection):
            facets = tuple(asked.facets())
    return Controls(
        facets=facets,
        chips=tuple(asked.chips()),
        unseen=tuple(asked.unseen()),
        dates=asked.dates,
        sorts=sorts,
        typed=found.typed,
        has_range="min" in asked.filters,
        every_filter="" if asked.form.cleaned_data["filters"] or not asked.further else asked.address(filters=["all"]),
        clear=asked.address(**{name: [] for name in asked.data if name not in {"q", "sort", "once"}}),
    )


def grouped(rows: QuerySet[Any], path: str, counted: str = "pk") -> Counter[str]:
    """Count different things by a value of the rows that lead to them. One query."""
    found = rows.order_by().values_list(path).annotate(n=Count(counted, distinct=True))
    return Counter({value: n for value, n in found if value})


def sets_by_value(pairs: Iterable[tuple[str | None, int]]) -> dict[str, set[int]]:
    """Ids by value, from pairs of both that may stand there more than once."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    for value, pk in pairs:
        if value:
            found[value].add(pk)
    return found


def counted(sets: Mapping[str, Collection[int]]) -> Counter[str]:
    """How many different things there are under each value that has any."""
    return Counter({value: len(pks) for value, pks in sets.items() if value and pks})
