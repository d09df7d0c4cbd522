"""The same rows in Datasette, to be asked the same questions: a SQLite file of its own, and a server on loopback.

Datasette is no dependency: it is installed into an environment of its own, in a folder that is thrown away or named
with --datasette. Its limits are lifted. It suggests no facets, since the archive does not either.
"""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlencode

FACETS = ("outlet", "country", "language", "year")
SHOWN = ("id", "title", "outlet", "country", "language", "year", "published")
LIMITS = {
    "sql_time_limit_ms": "60000",
    "facet_time_limit_ms": "60000",
    "facet_suggest_time_limit_ms": "60000",
    "allow_facet": "on",
    "suggest_facets": "off",
    "default_cache_ttl": "0",
}
TABLES = """
CREATE TABLE articles (id INTEGER PRIMARY KEY, title TEXT, outlet TEXT, country TEXT, language TEXT, year INTEGER,
    published TEXT, title_tokens TEXT, body_tokens TEXT);
CREATE VIRTUAL TABLE articles_fts USING fts5(title_tokens, body_tokens, content='articles', content_rowid='id',
    tokenize='unicode61 remove_diacritics 0');
"""
# Each facet's column, and the order of the list, so that Datasette need not sort what the archive has in order.
INDEXES = [f"CREATE INDEX by_{name} ON articles ({name})" for name in (*FACETS, "published")]


def installed(folder: Path) -> Path:
    """The program, installed into a folder where it is not there yet."""
    program = folder / "bin" / "datasette"
    if not program.exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([folder / "bin" / "pip", "install", "--quiet", "datasette"], check=True)
    return program


def filled(path: Path, rows: Iterable[tuple[object, ...]]) -> Path:
    """Write rows (id, title, outlet, country, language, year, day, tokens of title and body) into a file."""
    path.unlink(missing_ok=True)
    with sqlite3.connect(path) as database:
        database.executescript(TABLES)
        database.executemany("INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        database.execute("INSERT INTO articles_fts(articles_fts) VALUES ('rebuild')")
        for statement in INDEXES:
            database.execute(statement)
        database.execute("ANALYZE")
    return path


def command(program: Path, path: Path, port: int) -> list[str]:
    """What starts the server."""
    settings = [part for name, value in LIMITS.items() for part in ("--setting", name, value)]
    return [str(program), "serve", "--immutable", str(path), "--host", "127.0.0.1", "--port", str(port), *settings]


def address(ending: str, *, match: str = "", after: str = "", **equal: str) -> str:
    """A page of twenty rows by date with the four facets. match: for FTS5. after: day and id of the row before."""
    asked = [("_facet", name) for name in FACETS] + [("_col", name) for name in SHOWN if name != "id"]
    asked += [("_size", "20"), ("_sort_desc", "published"), *equal.items()]
    if match:
        asked += [("_fts_table", "articles_fts"), ("_fts_pk", "id"), ("_search", match), ("_searchmode", "raw")]
    if after:
        asked.append(("_next", after))
    return f"/articles/articles{ending}?{urlencode(asked)}"
