"""How alike two texts are: the share of runs of five words that both have.

Two publications of one text share nearly all, two reports on one speech few. This says nothing of direction, finds no
paraphrase, and compares whole texts alone.
"""

import re

_WORD = re.compile(r"[^\W_]+")
RUN = 5


def runs(text: str) -> frozenset[tuple[str, ...]]:
    """Every run of five words of a text, in lower case; a shorter text is one run."""
    words = _WORD.findall(text.casefold())
    return frozenset(tuple(words[at : at + RUN]) for at in range(max(1, len(words) - RUN + 1)) if words)


def likeness(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> float:
    """Share of the runs of either that both have, from 0 to 1 (Jaccard); 0 where one has none."""
    return len(one & other) / len(one | other) if one and other else 0.0


def sampled(text: str, *, count: int, length: int) -> list[str]:
    """Runs of words by which to look for a copy of a text: evenly spread, each within one line.

    Fewer where the text has fewer lines that are long enough.
    """
    lines = [words for line in text.split("\n") if len(words := _WORD.findall(line)) >= length]
    if not lines or count < 1:
        return []
    step = max(1, len(lines) // count)
    chosen = lines[::step][:count]
    return [" ".join(words[(len(words) - length) // 2 :][:length]) for words in chosen]
