"""Count once: articles that an editor confirmed to be one text stand in a list as one.

Everything else that is asked is asked of articles; what was found is collapsed then, and of each text the earliest
article that was found stands for it. Only a bar's months (“counted”) are asked of the one that stands: so a text is
under one bar, and bars add up to their list. Few articles are reprints: those are read once, as ids, and the database
is told which of them to leave out, which costs either database less than to number the rows of every text.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from archive.filters.listing import ListFilter
from archive.filters.terms import SwitchFilter
from archive.models import Article
from archive.models.articles import ArticleQuerySet
from archive.models.months import UNDATED
from archive.text.dates import UNKNOWN, PartialDate


class Texts:
    """Which of some articles are one text; an article that no editor put to another is a text alone.

    rows: primary key, text and first day that it may be of, of each. counted: the stretch to which the first day of
    whatever stands for a text must belong.
    """

    def __init__(self, rows: Iterable[tuple[int, int, date]], counted: PartialDate | None = None) -> None:
        # Undated ones last, ties by id: the first of those that are found stands for them.
        in_order = sorted(rows, key=lambda row: (row[2] == UNDATED, row[2], row[0]))
        self.text = {pk: text for pk, text, _day in in_order}
        self._place = {row[0]: place for place, row in enumerate(in_order)}
        self._not_counted = {pk for pk, _text, day in in_order if not is_in(day, counted)}

    @classmethod
    def among(cls, articles: ArticleQuerySet, counted: PartialDate | None = None) -> Texts:
        """One query."""
        return cls(articles.in_reprint_groups().order_by().values_list("pk", "reprint_group", "sort_on"), counted)

    def is_counted(self, pk: int) -> bool:
        return pk not in self._not_counted

    def by_text(self, pks: Iterable[int]) -> dict[int, list[int]]:
        """Of the articles that are of a text with others: those of each, the one that stands for it first."""
        found: dict[int, list[int]] = {}
        for pk in sorted(self.text.keys() & pks, key=self._place.__getitem__):
            found.setdefault(self.text[pk], []).append(pk)
        return found

    def number(self, pks: Collection[int]) -> int:
        """How many texts these different articles are."""
        if self._not_counted:
            texts = self.by_text(pks).values()
            return len(pks) - sum(map(len, texts)) + sum(self.is_counted(first) for first, *_ in texts)
        members = self.text.keys() & pks
        return len(pks) - len(members) + len({self.text[pk] for pk in members})


class Found:
    """The articles that a question finds, each once, and which of them stand for their texts.

    are_all: they are those that the texts were read of; else their ids are read, one query.
    """

    def __init__(self, articles: ArticleQuerySet, texts: Texts, *, are_all: bool) -> None:
        self.articles = articles
        self._are = texts
        is_known = are_all or not texts.text
        pks = texts.text if is_known else articles.in_reprint_groups().order_by().values_list("pk", flat=True)
        self._members = texts.by_text(pks).values()

    @cached_property
    def texts(self) -> ArticleQuerySet:
        """Those that stand for their texts, in their order."""
        left_out = [
            pk for first, *rest in self._members for pk in ([] if self._are.is_counted(first) else [first]) + rest
        ]
        return self.articles.but(left_out) if left_out else self.articles

    @property
    def collapsed(self) -> int:
        """By how many texts are fewer than articles."""
        articles = sum(map(self._are.is_counted, (pk for members in self._members for pk in members)))
        return articles - sum(self._are.is_counted(first) for first, *_ in self._members)

    def others(self) -> dict[int, list[int]]:
        """The articles for which another stands, by that one, in their order."""
        return {first: rest for first, *rest in self._members if rest}


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
        return Found(articles, Texts.among(articles), are_all=True)

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
