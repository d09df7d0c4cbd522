"""What was asked for, as a small tree that both databases, highlights and sentences are made from.

The leaves hold tokens of the index (a-z and 0-9 alone) beside what was typed, which is only ever shown.
"""

from dataclasses import dataclass
from typing import TypeAlias

from archive.text import snippets


@dataclass(frozen=True, slots=True)
class Word:
    """A word, under each token that it has in some language."""

    typed: str
    stems: frozenset[str]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in a row, read in each language: one row of tokens a reading."""

    typed: str
    readings: frozenset[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Prefix:
    """Words that begin as typed. texts: beginnings of tokens, of three letters or more; words: whole tokens."""

    typed: str
    texts: frozenset[str]
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class OfOutlet:
    """Articles of an outlet, by its slug or by words of its name. text: casefolded NFC, single spaces."""

    text: str


@dataclass(frozen=True, slots=True)
class InTitle:
    """What must stand in the title."""

    node: "Node"


@dataclass(frozen=True, slots=True)
class Not:
    """What must not be there. Only the root, or a child of an And that is the root."""

    node: "Node"


@dataclass(frozen=True, slots=True)
class And:
    """All of two or more nodes."""

    nodes: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of two or more nodes."""

    nodes: tuple["Node", ...]


Node: TypeAlias = Word | Phrase | Prefix | OfOutlet | InTitle | Not | And | Or


def conditions(tree: Node | None) -> tuple[Node, ...]:
    """Give the conditions that must all hold, none for an empty query."""
    if tree is None:
        return ()
    return tree.nodes if isinstance(tree, And) else (tree,)


def is_about_outlets(node: Node) -> bool:
    """Tell whether a condition is about outlets alone, and so not for the index to answer."""
    if isinstance(node, Not | InTitle):
        return is_about_outlets(node.node)
    if isinstance(node, And | Or):
        return all(is_about_outlets(child) for child in node.nodes)
    return isinstance(node, OfOutlet)


def outlet_conditions(tree: Node | None) -> tuple[Node, ...]:
    """Give the conditions about outlets, all of which must hold: OfOutlet, an Or of them, or a Not of one."""
    return tuple(node for node in conditions(tree) if is_about_outlets(node))


def sought(tree: Node | None, *, in_title: bool = False) -> snippets.Sought:
    """Gather what is to be marked in the texts that a query finds.

    in_title: whether the text is a title; what was asked of titles alone is not marked elsewhere.
    """
    rows: set[tuple[str, ...]] = set()
    beginnings: set[str] = set()
    waiting: list[Node] = [node for node in conditions(tree) if not isinstance(node, Not)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Word):
            rows.update((stem,) for stem in node.stems)
        elif isinstance(node, Phrase):
            rows.update(node.readings)
        elif isinstance(node, Prefix):
            rows.update((word,) for word in node.words)
            beginnings.update(node.texts)
        elif isinstance(node, And | Or):
            waiting.extend(node.nodes)
        elif isinstance(node, InTitle) and in_title:
            waiting.append(node.node)
    return snippets.Sought(frozenset(rows), frozenset(beginnings))


def told(node: Node) -> str:
    """Say a condition in words that follow "Articles"."""
    if isinstance(node, Not):
        inner = node.node
        return f"not {told(inner)}" if is_about_outlets(inner) else f"without {_named(inner)}"
    return _named(node) if is_about_outlets(node) else f"with {_named(node)}"


def _named(node: Node) -> str:
    """Name what a condition asks for."""
    if isinstance(node, Word):
        return f"“{node.typed}”"
    if isinstance(node, Phrase):
        return f"the words “{node.typed}” in a row"
    if isinstance(node, Prefix):
        return f"words that begin with “{node.typed}”"
    if isinstance(node, OfOutlet):
        return f"of the outlet “{node.text}”"
    if isinstance(node, InTitle):
        return f"{_named(node.node)} in the title"
    if isinstance(node, Not):
        return f"no {_named(node.node)}"
    return (" or " if isinstance(node, Or) else " and ").join(map(_named, node.nodes))
