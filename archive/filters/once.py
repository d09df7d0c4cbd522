"""Count once: articles that an editor confirmed to be one text stand in a list as one.

Everything else that is asked is asked of articles; what was found is collapsed then, and of each text the earliest
article that was found stands for it. Only a bar's months (“counted”) are asked of the one that stands: so a text is
under one bar, and bars add up to their list. Few articles are reprints: those are read once, as ids, and the database
is told which of them to leave out, which costs either database less than to number the rows of every text.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from archive.filters.listing import ListFilter
from archive.filters.terms import SwitchFilter
from archive.models import Article
from archive.models.articles import ArticleQuerySet
from archive.models.months import UNDATED
from archive.text.dates import UNKNOWN, PartialDate


@dataclass(frozen=True, slots=True)
class Member:
    """An article of a text. place: by the first day that each may be of, the undated last; ties by id."""

    pk: int
    text: int
    place: tuple[bool, date, int]
    is_counted: bool


class Texts:
    """Which of some articles are one text. members: by primary key; an article that is not there is a text alone."""

    def __init__(self, members: Iterable[Member]) -> None:
        self.members: Mapping[int, Member] = {one.pk: one for one in members}

    @classmethod
    def among(cls, articles: ArticleQuerySet, counted: PartialDate | None = None) -> Texts:
        """One query. counted: the stretch to which the first day of whatever stands for a text must belong."""
        rows = articles.in_reprint_groups().order_by().values_list("pk", "reprint_group", "sort_on")
        return cls(Member(pk, text, (day == UNDATED, day, pk), is_in(day, counted)) for pk, text, day in rows)

    def by_text(self, pks: Collection[int]) -> dict[int, list[Member]]:
        """Of those of the articles that are of a text with others: the text's, the one that stands for it first."""
        found: dict[int, list[Member]] = {}
        for one in sorted(self._of(pks), key=lambda member: member.place):
            found.setdefault(one.text, []).append(one)
        return found

    def _of(self, pks: Collection[int]) -> Iterator[Member]:
        if len(pks) < len(self.members):
            return (self.members[pk] for pk in pks if pk in self.members)
        held = pks if isinstance(pks, (set, frozenset)) else set(pks)
        return (one for pk, one in self.members.items() if pk in held)

    def number(self, pks: Collection[int]) -> int:
        """How many texts these different articles are."""
        members = self.by_text(pks).values()
        return len(pks) - sum(map(len, members)) + sum(first.is_counted for first, *_ in members)


class Found:
    """The articles that a question finds, each once, and which of them stand for their texts. One query."""

    def __init__(self, articles: ArticleQuerySet, texts: Texts) -> None:
        self.articles = articles
        pks = list(articles.in_reprint_groups().order_by().values_list("pk", flat=True)) if texts.members else []
        self._members = texts.by_text(pks)

    @cached_property
    def texts(self) -> ArticleQuerySet:
        """Those that stand for their texts, in their order."""
        left_out = [
            one.pk
            for members in self._members.values()
            for number, one in enumerate(members)
            if number or not one.is_counted
        ]
        return self.articles.but(left_out) if left_out else self.articles

    @property
    def collapsed(self) -> int:
        """By how many texts are fewer than articles."""
        members = self._members.values()
        return sum(one.is_counted for group in members for one in group) - sum(group[0].is_counted for group in members)

    def others(self) -> dict[int, list[int]]:
        """The articles for which another stands, by that one, in their order."""
        return {first.pk: [one.pk for one in rest] for first, *rest in self._members.values() if rest}


@dataclass(frozen=True, slots=True)
class Once:
    """The switch of a list. is_on: whether each text counts once. articles, texts: in the list, off and on.

    address: of the list with the switch turned.
    """

    is_on: bool
    articles: int
    texts: int
    address: str


class ArticlePages(ListFilter):
    """The articles on an outlet's own page can only be paged, and counted once."""

    once = SwitchFilter()

    class Meta:
        model = Article
        fields: list[str] = []

    @cached_property
    def found(self) -> Found:
        articles: ArticleQuerySet = self.queryset
        return Found(articles, Texts.among(articles))

    def filter_queryset(self, articles: ArticleQuerySet) -> ArticleQuerySet:
        return self.found.texts if self.form.cleaned_data["once"] else articles

    def others(self) -> dict[int, list[int]]:
        return self.found.others() if self.form.cleaned_data["once"] else {}

    def switch(self, total: int | None) -> Once | None:
        """total: of the list; None where it could not be understood."""
        return None if total is None else switch_of(self, self.found.collapsed, total)


def switch_of(asked: ListFilter, collapsed: int, total: int) -> Once | None:
    """The switch of a list of this length, by which texts are fewer than articles; None where it would do nothing."""
    is_on: bool = asked.form.cleaned_data["once"]
    if not (is_on or collapsed):
        return None
    turned = asked.data.copy()
    # Another question has other pages.
    for name in ("page", "once"):
        turned.pop(name, None)
    if not is_on:
        turned["once"] = "1"
    articles, texts = (total + collapsed, total) if is_on else (total, total - collapsed)
    return Once(is_on, articles, texts, f"?{turned.urlencode()}")


def is_in(day: date, counted: PartialDate | None) -> bool:
    """Whether a first day belongs to the stretch that was asked for, as the database would say."""
    if counted is None:
        return True
    if counted == UNKNOWN:
        return day == UNDATED
    start, end = counted.earliest or date.min, counted.latest or date.max
    return day > UNDATED and start <= day <= end
