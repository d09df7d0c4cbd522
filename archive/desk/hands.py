"""Who has which article in hand, as pages of the desk show it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from archive.desk import second_person
from archive.models import Article, Person
from archive.models.base import USE_DESK


@dataclass(frozen=True, slots=True)
class Row:
    """An article with whoever has it. seen: their public id; holder: how they are called; talk: open matters."""

    article: Article
    seen: str
    holder: str
    talk: int = 0


def rows(articles: Iterable[Article], talk: Mapping[str, int]) -> list[Row]:
    """From articles loaded ``for_desk()``. talk: open matters by public id."""
    return [row(one, talk.get(one.public_id, 0)) for one in articles]


def row(article: Article, talk: int = 0) -> Row:
    held = getattr(article, "assignment", None)
    return Row(article, holder_id(article), second_person.called(held.person) if held else "", talk)


def holder_id(article: Article) -> str:
    """Public id of the person who has the article in hand; empty for nobody."""
    held = getattr(article, "assignment", None)
    return str(held.person.public_id) if held else ""


def editors() -> list[tuple[str, str]]:
    """Those to whom an article can be given: public id and name. One query."""
    found = [(one.public_id, second_person.called(one)) for one in Person.objects.with_perm(USE_DESK)]
    return sorted(found, key=lambda one: one[1])
