"""The index in either database: how it is kept, asked and made to forget.

It stands over the table of documents (article, title tokens, body tokens). SQLite: an FTS5 table with
external content, which triggers keep; the only tokens that it can unlearn are those that were stored, and a
trigger has them at hand. PostgreSQL: a narrow table of tsvectors written here, from which triggers delete.

Nothing here knows a model or a word that anybody typed: tokens and trees come in, ids go out.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import OperationalError

from archive.search import matching
from archive.search import tree as trees

# SQLSTATE of PostgreSQL.
QUERY_CANCELED = "57014"
DOCUMENTS = "archive_searchdocument"
FTS = "archive_search_fts"
VECTORS = "archive_search_vector"
_ADD = "INSERT INTO archive_search_fts(rowid, title, body) VALUES (NEW.article_id, NEW.title, NEW.body);"
_REMOVE = (
    "INSERT INTO archive_search_fts(archive_search_fts, rowid, title, body)"
    " VALUES ('delete', OLD.article_id, OLD.title, OLD.body);"
)
TRIGGERS = {
    "sqlite": {
        "search_document_added": f"AFTER INSERT ON {DOCUMENTS} BEGIN {_ADD} END",
        "search_document_changed": f"AFTER UPDATE ON {DOCUMENTS} FOR EACH ROW"
        " WHEN (OLD.article_id, OLD.title, OLD.body) <> (NEW.article_id, NEW.title, NEW.body)"
        f" BEGIN {_REMOVE} {_ADD} END",
        "search_document_removed": f"AFTER DELETE ON {DOCUMENTS} BEGIN {_REMOVE} END",
    },
    "postgresql": {
        "search_document_removed": f"AFTER DELETE ON {DOCUMENTS} FOR EACH ROW"
        " EXECUTE FUNCTION archive_search_removed()",
        "search_documents_emptied": f"AFTER TRUNCATE ON {DOCUMENTS} FOR EACH STATEMENT"
        " EXECUTE FUNCTION archive_search_emptied()",
    },
}
_FUNCTIONS = {
    "sqlite": (),
    "postgresql": (
        "archive_search_removed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " DELETE FROM archive_search_vector WHERE article_id = OLD.article_id; RETURN NULL; END $$",
        "archive_search_emptied() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " TRUNCATE archive_search_vector; RETURN NULL; END $$",
    ),
}

# Stands where words were taken out and between parts, so that no phrase is found across; no query has such a token.
GAP = "ø"
# How much more a word in the title says. PostgreSQL: of D, C, B (body) and A (title); it adds up every occurrence.
_WEIGHTS: dict[str, float | list[Any]] = {"sqlite": 5.0, "postgresql": [0.1, 0.1, 0.1, 1.0]}
SECONDS = 3.0
_STEPS_BETWEEN_LOOKS = 20_000  # of SQLite's virtual machine; some milliseconds
# tsvector: positions end here, and a lexeme keeps so many of them.
_LAST_POSITION = 16_383
_MOST_POSITIONS = 255


class SearchTooSlow(OperationalError):
    """A search was stopped at its time limit; nothing was found or lost."""


class Document(NamedTuple):
    """title, body: tokens in order, GAP among them where nothing may be read across."""

    article: int
    title: Sequence[str]
    body: Sequence[str]


def write(connection: BaseDatabaseWrapper, documents: Sequence[Document]) -> None:
    """Index documents whose rows were written just now, in the same transaction. One statement at most."""
    if connection.vendor == "sqlite" or not documents:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO archive_search_vector (article_id, vector)"
            " SELECT id, vector::tsvector FROM unnest(%s::bigint[], %s::text[]) AS given (id, vector)"
            " ON CONFLICT (article_id) DO UPDATE SET vector = excluded.vector",
            [[one.article for one in documents], [tsvector(one) for one in documents]],
        )


def tsvector(document: Document) -> str:
    """Write a document as PostgreSQL reads it: title A, body B, a gap between.

    A word that stands only behind the last position is kept without any: found, but in no phrase.
    """
    positions: dict[str, list[str]] = {}
    row = [*((token, "A") for token in document.title), (GAP, ""), *((token, "B") for token in document.body)]
    for position, (token, weight) in enumerate(row, start=1):
        if token == GAP:
            continue
        places = positions.setdefault(token, [])
        if position <= _LAST_POSITION and len(places) < _MOST_POSITIONS:
            places.append(f"{position}{weight}")
    return " ".join(f"'{token}':{','.join(places)}" if places else f"'{token}'" for token, places in positions.items())


def forget(connection: BaseDatabaseWrapper) -> None:
    """Take the traces of removed tokens out of SQLite's index file; costs as much as the index is large.

    FTS5 only notes that a token was removed until its segments are merged. PostgreSQL's autovacuum does this itself.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO archive_search_fts(archive_search_fts) VALUES ('optimize')")


# Whole statements, by vendor: found by a text, and found by lacking it. An article without a document is found by
# nothing, not even by what it lacks.
_MATCHING = {
    "sqlite": (
        "SELECT rowid FROM archive_search_fts WHERE archive_search_fts MATCH %s",
        "SELECT article_id FROM archive_searchdocument WHERE article_id NOT IN"
        " (SELECT rowid FROM archive_search_fts WHERE archive_search_fts MATCH %s)",
    ),
    "postgresql": (
        "SELECT article_id FROM archive_search_vector WHERE vector @@ %s::tsquery",
        "SELECT article_id FROM archive_search_vector WHERE NOT vector @@ %s::tsquery",
    ),
}
# The plus keeps SQLite from asking the index once for each id.
_RANKS = {
    "sqlite": "SELECT rowid, -bm25(archive_search_fts, %s, 1.0) FROM archive_search_fts"
    " WHERE archive_search_fts MATCH %s AND +rowid IN (SELECT value FROM json_each(%s))",
    "postgresql": "SELECT article_id, ts_rank_cd(%s::float4[], vector, %s::tsquery, 1) FROM archive_search_vector"
    " WHERE article_id = ANY (SELECT json_array_elements_text(%s::json)::bigint)",
}


def matching_sql(vendor: str, tree: trees.Node | None) -> tuple[str, tuple[str, ...]] | None:
    """Give a SELECT of the ids of matching articles and its parameters; None where every article matches."""
    match = _match(vendor, tree)
    return None if match.text is None else (_MATCHING[vendor][match.is_complement], (match.text,))


def _match(vendor: str, tree: trees.Node | None) -> matching.Match:
    return matching.to_fts5(tree) if vendor == "sqlite" else matching.to_tsquery(tree)


def ranks(connection: BaseDatabaseWrapper, tree: trees.Node | None, articles: Sequence[int]) -> dict[int, float]:
    """Rank articles by how well they match, the larger the better; a word in the title weighs five times.

    Empty where a search only leaves out. One query.
    """
    match = _match(connection.vendor, tree)
    if match.text is None or match.is_complement or not articles:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_RANKS[connection.vendor], [_WEIGHTS[connection.vendor], match.text, json.dumps(list(articles))])
        return dict(cursor.fetchall())


@contextmanager
def time_limit(connection: BaseDatabaseWrapper, seconds: float = SECONDS) -> Iterator[None]:
    """Stop what is asked of SQLite inside after some seconds; PostgreSQL has its statement_timeout.

    Raises SearchTooSlow, an OperationalError, so that it is answered 503 and never 500.
    """
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    end = time.monotonic() + seconds
    connection.connection.set_progress_handler(lambda: int(time.monotonic() > end), _STEPS_BETWEEN_LOOKS)
    try:
        yield
    except OperationalError as error:
        if str(error) == "interrupted":
            raise SearchTooSlow("The search took too long.") from error
        raise
    finally:
        connection.connection.set_progress_handler(None, 0)


@contextmanager
def budget(connection: BaseDatabaseWrapper, seconds: float) -> Iterator[None]:
    """Stop what is asked inside after some seconds, on either database: for one answer of many on a page.

    PostgreSQL holds each statement to it. Raises SearchTooSlow; what was going on around it can go on.
    """
    if connection.vendor != "postgresql":
        with time_limit(connection, seconds):
            yield
        return
    try:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('statement_timeout')")
            (usual,) = cursor.fetchone()
            cursor.execute("SELECT set_config('statement_timeout', %s, true)", [str(max(1, int(seconds * 1000)))])
            yield
            cursor.execute("SELECT set_config('statement_timeout', %s, true)", [usual])
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") == QUERY_CANCELED:
            raise SearchTooSlow("The search took too long.") from error
        raise


def install(connection: BaseDatabaseWrapper) -> None:
    """Put the triggers in place, anew: Django rebuilds SQLite tables without them."""
    with connection.cursor() as cursor:
        for statement in _trigger_sql(connection.vendor):
            cursor.execute(statement)


def _trigger_sql(vendor: str) -> Iterable[str]:
    for function in _FUNCTIONS[vendor]:
        yield f"CREATE OR REPLACE FUNCTION {function}"
    on = f" ON {DOCUMENTS}" if vendor == "postgresql" else ""
    for name, body in TRIGGERS[vendor].items():
        yield f"DROP TRIGGER IF EXISTS {name}{on}"
        yield f"CREATE TRIGGER {name} {body}"
