"""What the databases find is what the tree says, on whichever database the run has."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing

import pytest
from django.db import connection
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from archive.search import language, matching, tree
from archive.text import analysis

# A few words that meet and differ in telling ways; each document is in one language.
WORDS = ("army", "arms", "recruits", "Recruiting", "migrants", "Bastrykin", "labour", "broker", "of", "30")
WORDS_RU = ("Бастрыкина", "мигрантов", "армии", "Бастрыкин", "of", "мигранты", "30")
TEXTS = {"en": WORDS, "ru": WORDS_RU, "uk": ("мігрантів", "Бастрікін", "армії", "п’ять", "30"), "": (*WORDS, *WORDS_RU)}
DOCUMENTS = st.sampled_from(sorted(TEXTS)).flatmap(
    lambda code: st.tuples(
        *(st.lists(st.sampled_from(TEXTS[code]), max_size=6).map(lambda words: analysis.tokens(" ".join(words), code)),)
        * 2
    )
)
Document = tuple[list[str], list[str]]

SIMPLE = st.sampled_from([*WORDS, *WORDS_RU, "п'ять", "recr*", "бастр*", "migr*", "labour-broker", "army's", "OR"])
PHRASES = st.lists(st.sampled_from([*WORDS, *WORDS_RU]), min_size=1, max_size=3).map(
    lambda words: f'"{" ".join(words)}"'
)
TERMS = st.tuples(st.sampled_from(["", "", "-", "title:", "-title:"]), SIMPLE | PHRASES).map("".join)
TYPED = st.lists(st.one_of(TERMS, st.just("OR"), st.just("outlet:tass")), max_size=5).map(" ".join)
ANYTHING = st.text(st.sampled_from("ab*\"-: ()'«»ORtile\x00\\%^{}+~|&!<>бї;$"), max_size=40)


def row_stands_in(row: Sequence[str], tokens: Sequence[str]) -> bool:
    """Tell whether tokens stand somewhere in a row."""
    return any(tuple(tokens[at : at + len(row)]) == tuple(row) for at in range(len(tokens)))


def holds(node: tree.Node, document: Document, in_title: bool = False) -> bool:
    """Say by the tree alone whether a document matches; outlets always do."""
    fields = document[:1] if in_title else document
    if isinstance(node, tree.Not):
        return tree.is_about_outlets(node) or not holds(node.node, document, in_title)
    if isinstance(node, tree.InTitle):
        return holds(node.node, document, in_title=True)
    if isinstance(node, tree.And):
        return all(holds(child, document, in_title) for child in node.nodes)
    if isinstance(node, tree.Or):
        return any(holds(child, document, in_title) for child in node.nodes)
    if isinstance(node, tree.Word):
        return any(token in node.stems for field in fields for token in field)
    if isinstance(node, tree.Phrase):
        return any(row_stands_in(row, field) for row in node.readings for field in fields)
    if isinstance(node, tree.Prefix):
        return any(token in node.words or token.startswith(tuple(node.texts)) for field in fields for token in field)
    return True


def found_by_sqlite(match: matching.Match, documents: Sequence[Document]) -> set[int]:
    """Ask an FTS5 table as the archive has it; gives places in the list."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("CREATE VIRTUAL TABLE entry USING fts5(title, body, tokenize='unicode61 remove_diacritics 0')")
        rows = ((place, " ".join(title), " ".join(body)) for place, (title, body) in enumerate(documents))
        database.executemany("INSERT INTO entry (rowid, title, body) VALUES (?, ?, ?)", rows)
        return {row[0] for row in database.execute("SELECT rowid FROM entry WHERE entry MATCH ?", [match.text])}


def vector(document: Document) -> str:
    """Write a document as a literal tsvector, with a gap between title and body."""
    title, body = document
    places = [(token, f"{place}A") for place, token in enumerate(title, 1)]
    places += [(token, str(place)) for place, token in enumerate(body, len(title) + 2)]
    return " ".join(f"'{token}':{place}" for token, place in places)


def found_by_postgresql(match: matching.Match, documents: Sequence[Document]) -> set[int]:
    """Ask PostgreSQL for each document; gives places in the list."""
    found = set()
    with connection.cursor() as cursor:
        for place, document in enumerate(documents):
            cursor.execute("SELECT %s::tsvector @@ %s::tsquery", [vector(document), match.text])
            if cursor.fetchone()[0]:
                found.add(place)
    return found


def found_by_database(root: tree.Node | None, documents: Sequence[Document]) -> set[int]:
    """Ask the database of this run, as a caller would."""
    everything = set(range(len(documents)))
    match, ask = {
        "sqlite": (matching.to_fts5(root), found_by_sqlite),
        "postgresql": (matching.to_tsquery(root), found_by_postgresql),
    }[connection.vendor]
    if match.text is None:
        return everything
    found = ask(match, documents)
    return everything - found if match.is_complement else found


def read(typed: str) -> tree.Node | None:
    """Read a query; one over its budget asks nothing."""
    try:
        return language.parse(typed).tree
    except language.QueryTooLarge:
        return None


# A database table is made for each example, and nothing is written to the test database.
SETTINGS = settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.django_db
@SETTINGS
@given(TYPED, st.lists(DOCUMENTS, min_size=1, max_size=5))
@example("-army", [(["army"], []), ([], [])])
@example('title:"labour broker" OR migrants -title:of', [(["labour", "broker"], ["of"]), (["labour"], ["broker"])])
@example('"labour broker"', [(["labour"], ["broker"])])
def test_the_database_finds_what_the_tree_says(typed, documents):
    root = read(typed)

    expected = {
        place
        for place, document in enumerate(documents)
        if all(holds(node, document) for node in tree.conditions(root))
    }
    assert found_by_database(root, documents) == expected


@pytest.mark.django_db
@SETTINGS
@given(st.one_of(TYPED, ANYTHING, st.text(max_size=40)))
@example('NEAR("a b", 3) {title}: * ^a AND NOT OR')
@example("'; DROP TABLE entry; --")
def test_the_database_can_read_every_query(typed):
    assert found_by_database(read(typed), [(["a"], ["b"])]) <= {0}


@pytest.mark.parametrize("write", [matching.to_fts5, matching.to_tsquery])
@pytest.mark.parametrize("token", ['a" OR "b', "a'b", "", "é", "A", "a b", "a*"])
def test_what_is_no_token_never_gets_into_a_query(write, token):
    with pytest.raises(ValueError, match="no token"):
        write(tree.Word("typed", frozenset({token})))


@pytest.mark.parametrize("write", [matching.to_fts5, matching.to_tsquery])
def test_a_query_of_outlets_alone_asks_nothing_of_the_index(write):
    assert write(language.parse("outlet:tass -outlet:ria").tree) == matching.Match(None)


@pytest.mark.parametrize("write", [matching.to_fts5, matching.to_tsquery])
def test_a_negation_inside_another_condition_is_refused(write):
    army = tree.Word("army", frozenset({"armi"}))

    with pytest.raises(ValueError, match="Not can only be a condition of its own"):
        write(tree.Or((army, tree.Not(army))))
