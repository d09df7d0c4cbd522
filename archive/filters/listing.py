"""One page of a list, asked for by an address whose parameters are all known and well-formed.

django-filter ignores what it does not know and drops a value that it cannot read, and then shows every
record. Here such a question is answered in words: nothing is listed, and a link leads to the list without it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import django_filters
from django import forms
from django.core.paginator import EmptyPage, Page, Paginator
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.text import Truncator
from django.utils.translation import gettext as _

PAGE_SIZE = 20
LAST_PAGE = 1_000_000
# What a list's own form asks for.
OWN_FIELDS = ("from", "to", "date", "sort")


class PageNumber(django_filters.Filter):
    """The page that is asked for; it narrows nothing, so it stays out of the query."""

    field_class = forms.IntegerField

    def filter(self, qs: QuerySet[Any], value: int | None) -> QuerySet[Any]:
        return qs


class ListFilter(django_filters.FilterSet):
    """The parameters that every list takes. Subclasses name in `several` those that may be given more than once."""

    several: Sequence[str] = ()

    page = PageNumber(min_value=1, max_value=LAST_PAGE)

    def problems(self) -> dict[str, str]:
        """Say of each parameter that cannot be used what is wrong with it. At most one query."""
        found = {}
        for name in self.data:
            if name not in self.filters:
                found[name] = _("“%(name)s” is not something that this list can be asked.") % {"name": shown(name)}
            elif len(self.data.getlist(name)) > 1 and name not in self.several:
                found[name] = _("“%(name)s” is given more than once; once is enough.") % {"name": name}
        for name in self.form.errors:
            values = ", ".join(f"“{shown(value)}”" for value in self.data.getlist(name)[:3])
            found.setdefault(name, _("“%(name)s” cannot be %(values)s.") % {"name": name, "values": values})
        return found


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of a list, or why there is none.

    total: rows of the whole list; None where the question could not be understood.
    without: the query string without the parameters at fault, to be put behind the list's path.
    typed, kept: for the list's own form: what stands in its fields, and what it carries along unseen.
    """

    page: Page[Any] | None
    total: int | None
    problems: tuple[str, ...] = ()
    without: str = ""
    asked: dict[str, Any] | None = None
    typed: dict[str, str] = field(default_factory=dict)
    kept: tuple[tuple[str, str], ...] = ()


def listing(asked: ListFilter, size: int = PAGE_SIZE) -> Listing:
    """Answer a list's address. Two queries: the number of rows, and one page of them when it is read."""
    problems = asked.problems()
    if problems:
        return refused(asked, problems)
    paginator = Paginator(asked.qs, size)
    wanted = asked.form.cleaned_data["page"] or 1
    try:
        page = paginator.page(wanted)
    except EmptyPage:
        words = _("There is no page %(page)s: the list ends with page %(last)s.")
        return refused(asked, {"page": words % {"page": wanted, "last": paginator.num_pages}})
    return Listing(
        page,
        paginator.count,
        asked=asked.form.cleaned_data,
        typed={name: asked.data.get(name, "") for name in OWN_FIELDS},
        kept=tuple((name, value) for name in asked.several for value in asked.data.getlist(name)),
    )


def refused(asked: ListFilter, problems: dict[str, str]) -> Listing:
    """Say what is wrong, and which address asks for the rest."""
    rest: QueryDict = asked.data.copy()
    # Another question has other pages.
    for name in [*problems, "page"]:
        rest.pop(name, None)
    return Listing(None, None, tuple(problems.values()), f"?{rest.urlencode()}" if rest else "")


def shown(words: str) -> str:
    """A reader's own words, short enough to be repeated."""
    return Truncator(words).chars(60)
