"""One page of a list, asked for by an address whose parameters are all known and well-formed.

django-filter ignores what it does not know and drops a value that it cannot read, and then shows every
record. Here such a question is answered in words: nothing is listed, and a link leads to the list without it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import django_filters
from django import forms
from django.core.paginator import EmptyPage, Page, Paginator
from django.db import connection
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from archive.filters.terms import Terms
from archive.models.finding import BestFirst
from archive.search import engine

PAGE_SIZE = 20
OVER_BUDGET = "over-budget"
LAST_PAGE = 1_000_000
# What a list's own form asks for.
OWN_FIELDS = ("from", "to", "date", "sort", "min", "max")


class PageNumber(django_filters.Filter):
    """The page that is asked for; it narrows nothing, so it stays out of the query."""

    field_class = forms.IntegerField

    def filter(self, qs: QuerySet[Any], value: int | None) -> QuerySet[Any]:
        return qs


class ListFilter(django_filters.FilterSet):
    """The parameters that every list takes."""

    page = PageNumber(min_value=1, max_value=LAST_PAGE)

    def unchanged(self, records: QuerySet[Any], name: str, value: object) -> QuerySet[Any]:
        """What a parameter does that the list reads together with others."""
        return records

    def results(self) -> QuerySet[Any] | BestFirst:
        """What is found, in its order."""
        return self.qs

    def pks(self) -> Iterable[int]:
        """Ids of all that is found, in its order. Raises SearchTooSlow."""
        with engine.time_limit(connection):
            found = self.results()
            yield from found.pks if isinstance(found, BestFirst) else found.values_list("pk", flat=True).iterator(2000)

    @property
    def is_over_budget(self) -> bool:
        """Whether the question would cost too much to be answered."""
        return any(error.code == OVER_BUDGET for errors in self.form.errors.as_data().values() for error in errors)

    def problems(self) -> dict[str, str]:
        """Say of each parameter that cannot be used what is wrong with it. At most one query."""
        found = {}
        for name in self.data:
            if name not in self.filters:
                found[name] = _("“%(name)s” is not something that this list can be asked.") % {"name": shown(name)}
            elif len(self.data.getlist(name)) > 1 and not isinstance(self.filters[name], Terms):
                found[name] = _("“%(name)s” is given more than once; once is enough.") % {"name": name}
        for name, errors in self.form.errors.as_data().items():
            if any(error.code == OVER_BUDGET for error in errors):
                found[name] = str(errors[0].message)
                continue
            values = ", ".join(f"“{shown(value)}”" for value in self.data.getlist(name)[:3])
            found.setdefault(name, _("“%(name)s” cannot be %(values)s.") % {"name": name, "values": values})
        return found


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of a list, or why there is none.

    total: rows of the whole list; None where the question could not be understood.
    without: the query string without the parameters at fault, to be put behind the list's path.
    status: of the answer; 400 for a question that is over its budget.
    typed: what stands in the fields of the list's own form.
    """

    page: Page[Any] | None
    total: int | None
    problems: tuple[str, ...] = ()
    without: str = ""
    asked: dict[str, Any] | None = None
    status: int = HTTPStatus.OK
    typed: dict[str, str] = field(default_factory=dict)


def listing(asked: ListFilter, size: int = PAGE_SIZE) -> Listing:
    """Answer a list's address. Two queries: the number of rows and one page of them; a search has more.

    Raises SearchTooSlow, which is answered 503.
    """
    problems = asked.problems()
    if problems:
        return refused(asked, problems)
    wanted = asked.form.cleaned_data["page"] or 1
    try:
        with engine.time_limit(connection):
            paginator = Paginator(asked.results(), size)
            page = paginator.page(wanted)
            # Read now, while the limit holds.
            page.object_list = list(page.object_list)
    except EmptyPage:
        words = _("There is no page %(page)s: the list ends with page %(last)s.")
        return refused(asked, {"page": words % {"page": wanted, "last": paginator.num_pages}})
    return Listing(
        page,
        paginator.count,
        asked=asked.form.cleaned_data,
        typed={name: asked.data.get(name, "") for name in OWN_FIELDS},
    )


def refused(asked: ListFilter, problems: dict[str, str]) -> Listing:
    """Say what is wrong, and which address asks for the rest."""
    rest: QueryDict = asked.data.copy()
    # Another question has other pages.
    for name in [*problems, "page"]:
        rest.pop(name, None)
    status = HTTPStatus.BAD_REQUEST if asked.is_over_budget else HTTPStatus.OK
    return Listing(None, None, tuple(problems.values()), f"?{rest.urlencode()}" if rest else "", status=status)


def shown(words: str) -> str:
    """A reader's own words, short enough to be repeated."""
    return Truncator(words).chars(60)
