"""What a reader may type, and the tree that becomes of it.

    migrants citizenship        both words, in any form and script
    "labour broker"             the words in a row; labour-broker is the same
    -football  -"world cup"     without
    army OR navy                either; OR joins its two neighbours, before all else
    recruit*                    words that begin so
    title:summons  -title:…     in the title
    outlet:caliber  -outlet:…   of an outlet

Nothing typed is an error: what is no syntax is words, and a note says what was read otherwise than
it may have been meant. What would cost the database too much is refused with a sentence.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from archive.search import tree as trees
from archive.text import analysis, normalise

LONGEST_QUERY = 512  # code points
MOST_TERMS = 16  # words, those in phrases and outlets included
MOST_PREFIXES = 3
SHORTEST_PREFIX = 3  # letters or digits, typed and as the index has them

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
_TERM = re.compile(
    r'(?P<minus>[-\u2212]?)(?:(?P<field>title|outlet):)?(?:"(?P<quoted>[^"]*)"|(?P<bare>[^\s"]+))', re.IGNORECASE
)
_CLOSING = ".,;:!?)]}…"


class QueryTooLarge(ValueError):
    """A query is over its budget; the message says by what, and what to do."""


@dataclass(frozen=True, slots=True)
class Query:
    """What was asked for. tree: None where nothing was. notes: sentences on what was read otherwise than typed."""

    tree: trees.Node | None
    notes: tuple[str, ...] = ()


class _Term(NamedTuple):
    """One condition as typed. node: None for the sign OR and for what holds no word."""

    typed: str
    node: trees.Node | None
    is_negative: bool = False


def parse(text: str) -> Query:
    """Read what was typed.

    Raises QueryTooLarge over 512 code points, 16 words or 3 prefixes.
    """
    if len(text) > LONGEST_QUERY:
        raise QueryTooLarge(f"This search has {len(text)} characters; {LONGEST_QUERY} is the most. Shorten it.")
    notes: list[str] = []
    terms = [term for term in _terms(text, notes) if term.node is not None or term.typed == "OR"]
    groups = _groups(terms, notes)
    _check_budget([term.node for group in groups for term in group if term.node is not None])
    nodes = [_joined(group) for group in groups]
    if nodes and all(isinstance(node, trees.Not) for node in nodes):
        notes.append("This search only leaves out. Add a word that should be there to find less.")
    if not nodes and text.strip():
        notes.append("There is no word in this search.")
    found = nodes[0] if len(nodes) == 1 else trees.And(tuple(nodes)) if nodes else None
    return Query(found, tuple(dict.fromkeys(notes)))


def explain(query: Query) -> str:
    """Say in one sentence what a query finds."""
    if query.tree is None:
        return "All articles."
    return f"Articles {', '.join(map(trees.told, trees.conditions(query.tree)))}."


def _terms(text: str, notes: list[str]) -> list[_Term]:
    """Cut what was typed into terms. An odd quotation mark is none."""
    typed = text.translate(_QUOTES)
    if typed.count('"') % 2:
        at = typed.rindex('"')
        typed = f"{typed[:at]} {typed[at + 1 :]}"
        notes.append("A quotation mark had no partner and was passed over.")
    return [_term(match, notes) for match in _TERM.finditer(typed)]


def _term(match: re.Match[str], notes: list[str]) -> _Term:
    """Read one term: minus, field, and a phrase or a word."""
    field, quoted, bare = (match["field"] or "").lower(), match["quoted"], match["bare"]
    # AND is what stands between any two words anyway.
    if match.group() in {"OR", "AND"}:
        return _Term(match.group(), None)
    is_negative = bool(match["minus"])
    if field == "outlet":
        return _Term(match.group(), _outlet(quoted if bare is None else bare), is_negative)
    node = _words(quoted) if bare is None else _bare(bare, notes)
    if node is not None and field == "title":
        node = trees.InTitle(node)
    return _Term(match.group(), node, is_negative)


def _outlet(typed: str) -> trees.Node | None:
    """Read the name or slug of an outlet."""
    name = normalise.single_line(typed.casefold())
    return trees.OfOutlet(name) if analysis.words(name) else None


def _words(typed: str) -> trees.Node | None:
    """Read a word, or words in a row."""
    found = [word for word in analysis.words(typed) if analysis.query_stems(word)]
    if not found:
        return None
    shown = normalise.single_line(typed)
    if len(found) == 1:
        return trees.Word(found[0], analysis.query_stems(found[0]))
    return trees.Phrase(shown, analysis.query_readings(typed))


def _bare(typed: str, notes: list[str]) -> trees.Node | None:
    """Read what stands without quotation marks: a word, a row of words (labour-broker), or a prefix."""
    body = typed.rstrip(_CLOSING)
    stars = body.count("*")
    if stars > int(body.endswith("*")):
        notes.append(f"In “{typed}”, a * counts only at the end of a word; the rest was passed over.")
    found = analysis.words(body) if body.endswith("*") else []
    if not found:
        return _words(typed)
    prefix = _prefix(found[-1], notes)
    before = _words(" ".join(found[:-1]))
    return prefix if before is None else before if prefix is None else trees.And((before, prefix))


def _prefix(typed: str, notes: list[str]) -> trees.Node | None:
    """Read the beginning of a word; too short a one is a whole word."""
    texts, words = analysis.query_beginnings(typed)
    if min([len(typed), *map(len, texts)], default=0) < SHORTEST_PREFIX or not texts:
        notes.append(
            f"“{typed}*” is too short for a beginning and was read as a word; give it {SHORTEST_PREFIX} letters."
        )
        return _words(typed)
    return trees.Prefix(typed, texts, words)


def _groups(terms: Sequence[_Term], notes: list[str]) -> list[list[_Term]]:
    """Gather the terms that OR joins; each group must hold as a whole.

    Nothing negative is joined, and no outlet with words: the index knows neither.
    """
    groups: list[list[_Term]] = []
    joins = False
    for place, term in enumerate(terms):
        if term.node is None:
            joins = 0 < place < len(terms) - 1 and terms[place - 1].node is not None is not terms[place + 1].node
            if joins:
                continue
            notes.append("OR stands between two words; elsewhere it is read as a word.")
            term = _Term(term.typed, _words(term.typed))
        if joins and not _may_join(groups[-1][-1], term):
            notes.append("OR joins words with words or outlets with outlets, none with a minus; it was passed over.")
            joins = False
        if joins:
            groups[-1].append(term)
        else:
            groups.append([term])
        joins = False
    return groups


def _may_join(one: _Term, other: _Term) -> bool:
    """Tell whether two terms may be the sides of an OR."""
    if one.node is None or other.node is None or one.is_negative or other.is_negative:
        return False
    return trees.is_about_outlets(one.node) == trees.is_about_outlets(other.node)


def _joined(group: Sequence[_Term]) -> trees.Node:
    """Make one node of the terms that OR joins."""
    nodes = tuple(term.node for term in group if term.node is not None)
    node = nodes[0] if len(nodes) == 1 else trees.Or(nodes)
    return trees.Not(node) if group[0].is_negative else node


def _check_budget(nodes: Sequence[trees.Node]) -> None:
    """Refuse more words or prefixes than a database should be asked for at once."""
    leaves = [leaf for node in nodes for leaf in _leaves(node)]
    terms = sum(max(map(len, leaf.readings)) if isinstance(leaf, trees.Phrase) else 1 for leaf in leaves)
    if terms > MOST_TERMS:
        raise QueryTooLarge(f"This search has {terms} words; {MOST_TERMS} is the most. Leave some out.")
    prefixes = sum(isinstance(leaf, trees.Prefix) for leaf in leaves)
    if prefixes > MOST_PREFIXES:
        raise QueryTooLarge(f"This search has {prefixes} words with a *; {MOST_PREFIXES} is the most. Write some out.")


def _leaves(node: trees.Node) -> list[trees.Node]:
    """Give the words, phrases, prefixes and outlets in a condition as read."""
    if isinstance(node, trees.InTitle):
        return _leaves(node.node)
    return [leaf for child in node.nodes for leaf in _leaves(child)] if isinstance(node, trees.And) else [node]
