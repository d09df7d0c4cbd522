"""A query tree as the text that SQLite's FTS5 or PostgreSQL's tsquery is asked with.

Both texts are made of tokens alone, a-z and 0-9, each in quotation marks, and of signs written
here: nothing that a reader typed is in them. Outlets are left to the caller, which knows them from
columns (`tree.outlet_conditions`).

SQLite: an FTS5 table with the columns `title` and `body`, `tokenize="unicode61 remove_diacritics 0"`.
PostgreSQL: a tsvector with weight A for the title; between the last position of the title and the
first of the body must be a gap, or a phrase would be found across it.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from archive.search import tree as trees

_TOKEN = re.compile("[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Match:
    """What to ask the index.

    text: None where the query asks nothing of the index, so that every article matches.
    is_complement: the query only leaves out; the articles that match are those that the text does not find.
    """

    text: str | None
    is_complement: bool = False


@dataclass(frozen=True, slots=True)
class _Dialect:
    """How a database writes things. row and beginning: of tokens, and whether in the title alone."""

    either: str
    both: str
    without: str
    row: Callable[[Sequence[str], bool], str]
    beginning: Callable[[str, bool], str]


def to_fts5(tree: trees.Node | None) -> Match:
    """Write a query for FTS5's MATCH."""
    return _match(tree, _FTS5)


def to_tsquery(tree: trees.Node | None) -> Match:
    """Write a query to be cast to PostgreSQL's tsquery."""
    return _match(tree, _TSQUERY)


def _match(tree: trees.Node | None, dialect: _Dialect) -> Match:
    """Part what must be there from what must not, since FTS5 can only take one set from another."""
    asked = [node for node in trees.conditions(tree) if not trees.is_about_outlets(node)]
    kept = [_written(node, dialect) for node in asked if not isinstance(node, trees.Not)]
    left_out = [_written(node.node, dialect) for node in asked if isinstance(node, trees.Not)]
    if not kept:
        return Match(_joined(dialect.either, left_out), is_complement=True) if left_out else Match(None)
    text = _joined(dialect.both, kept)
    return Match(f"{text}{dialect.without}{_joined(dialect.either, left_out)}" if left_out else text)


def _written(node: trees.Node, dialect: _Dialect, in_title: bool = False) -> str:
    """Write one condition."""
    if isinstance(node, trees.InTitle):
        return _written(node.node, dialect, in_title=True)
    if isinstance(node, trees.And):
        return _joined(dialect.both, [_written(child, dialect, in_title) for child in node.nodes])
    if isinstance(node, trees.Or):
        return _joined(dialect.either, [_written(child, dialect, in_title) for child in node.nodes])
    beginnings = node.texts if isinstance(node, trees.Prefix) else frozenset[str]()
    rows: frozenset[tuple[str, ...]]
    if isinstance(node, trees.Phrase):
        rows = node.readings
    elif isinstance(node, trees.Word | trees.Prefix):
        rows = frozenset((word,) for word in (node.stems if isinstance(node, trees.Word) else node.words))
    else:
        raise ValueError(f"{type(node).__name__} can only be a condition of its own, not part of another.")
    parts = [dialect.beginning(_token(text), in_title) for text in sorted(beginnings)]
    parts += [dialect.row([_token(found) for found in row], in_title) for row in sorted(rows)]
    return _joined(dialect.either, parts)


def _joined(sign: str, parts: Sequence[str]) -> str:
    """Join alternatives or conditions, in brackets."""
    return f"({sign.join(parts)})"


def _token(text: str) -> str:
    """Let nothing through that could be read as syntax."""
    if _TOKEN.fullmatch(text) is None:
        raise ValueError(f"{text!r} is no token of the index. Make it with archive.text.analysis.")
    return text


def _fts5_row(row: Sequence[str], in_title: bool) -> str:
    return f'{"{title} : " if in_title else ""}"{" ".join(row)}"'


def _fts5_beginning(text: str, in_title: bool) -> str:
    return f"{_fts5_row([text], in_title)}*"


def _tsquery_row(row: Sequence[str], in_title: bool) -> str:
    return _joined(" <-> ", [f"'{found}'{':A' if in_title else ''}" for found in row])


def _tsquery_beginning(text: str, in_title: bool) -> str:
    return f"'{text}':*{'A' if in_title else ''}"


_FTS5 = _Dialect(" OR ", " AND ", " NOT ", _fts5_row, _fts5_beginning)
_TSQUERY = _Dialect(" | ", " & ", " & !", _tsquery_row, _tsquery_beginning)
