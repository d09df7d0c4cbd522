"""Why an article was found: its title, summary and wording with the hits marked, as far as this reader may see them.

Everything shown here comes from ``VisibleText`` and from what lists show anyway, so a search shows nobody more
than the article's own page does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archive.access.coded import Coded
from archive.access.texts import Piece, VisibleText
from archive.models import Article
from archive.search import tree as trees
from archive.text import snippets, spans
from archive.text.snippets import Snippet, Sought

SUMMARY_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class Hit:
    """title, summary, coded, wording: where something was found there, else None; all but titles are cut to snippets.

    coded: a claim, a speaker or a source.

    is_beyond: something that was asked for stands only where this reader cannot be shown it.
    """

    title: tuple[snippets.Piece, ...]
    summary: Snippet | None
    coded: Snippet | None
    wording: Snippet | None
    is_beyond: bool


def hit(article: Article, title: str, visible: VisibleText, tree: trees.Node, coded: Sequence[Coded]) -> Hit | None:
    """Look for a query in what a reader may see of an article. title: as this reader is shown it.

    coded: as ``coded_words`` gives it.

    None for a query that names nothing to be found, but outlets or what must be absent.
    """
    named = [node for node in trees.conditions(tree) if not isinstance(node, trees.Not)]
    wanted = [node for node in named if not trees.is_about_outlets(node)]
    if not wanted:
        return None
    in_title, in_text = trees.sought(tree, in_title=True), trees.sought(tree)
    # What stands in place of a withheld headline is no headline.
    is_title_shown = title == article.headline
    wording = _wording(visible)
    return Hit(
        title=tuple(snippets.highlight(title, in_title, language=article.language)) if is_title_shown else (),
        summary=_snippet([article.summary], in_text, SUMMARY_LANGUAGE),
        coded=_best([(one.words, one.language) for one in coded], in_text),
        # The words of a sensitive article are shown after a click, on its page.
        wording=None if article.sensitivity else _snippet(wording, in_text, article.language),
        is_beyond=not all(_is_shown(node, article, wording, is_title_shown, coded) for node in wanted),
    )


def _is_shown(
    node: trees.Node, article: Article, wording: Sequence[str], is_title_shown: bool, coded: Sequence[Coded]
) -> bool:
    sought = trees.sought(node)
    return (
        (is_title_shown and _holds(article.headline, trees.sought(node, in_title=True), article.language))
        or _holds(article.summary, sought, SUMMARY_LANGUAGE)
        or any(_holds(one.words, sought, one.language) for one in coded)
        or any(_holds(text, sought, article.language) for text in wording)
    )


def _holds(text: str, sought: Sought, language: str) -> bool:
    return bool(snippets.find(text, sought, language=language))


def _wording(visible: VisibleText) -> list[str]:
    """What a reader may see: passages, and before them paragraphs for those who read in full; redactions as marks."""
    paragraphs = [_text(paragraph.pieces) for paragraph in visible.paragraphs]
    return paragraphs + [_text(passage.pieces) for passage in visible.passages]


def _text(pieces: Sequence[Piece]) -> str:
    return "".join(spans.MARK if piece.is_redacted else piece.text for piece in pieces)


def _snippet(texts: Sequence[str], sought: Sought, language: str) -> Snippet | None:
    return _best([(text, language) for text in texts], sought)


def _best(texts: Sequence[tuple[str, str]], sought: Sought) -> Snippet | None:
    """Cut a snippet from the text with the most hits. texts: each with its language."""
    counts = [len(snippets.find(text, sought, language=language)) for text, language in texts]
    most = max(counts, default=0)
    if not most:
        return None
    text, language = texts[counts.index(most)]
    return snippets.snippet(text, sought, language=language)
