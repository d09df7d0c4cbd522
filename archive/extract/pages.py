"""All visible text of a page, block by block, with what the markup says of each block.

Nothing is judged here. Text in the page's head, scripts, styles and templates is not visible; text that the page
hides is left out and counted, since an editor should know of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree, html

from archive.text import normalise

_INVISIBLE = frozenset(
    {"head", "script", "style", "template", "noscript", "svg", "math", "iframe", "object", "select", "textarea",
     "audio", "video", "canvas", "map", "datalist"}
)  # fmt: skip
_BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "button", "caption", "center", "dd", "details", "dialog",
        "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5",
        "h6", "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "search",
        "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
    }
)  # fmt: skip
# Cells and list items written side by side would run together.
_APART = frozenset({"td", "th", "label", "option", "time"})
_HIDING = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_WHITE = re.compile(r"[ \t\r\n\f]+")
# Places where a word may be broken; nobody sees them where it is not.
_UNSEEN = re.compile("[\u00ad\u200b]")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")

_BY_TAG = {
    "figcaption": "caption", "nav": "boilerplate", "footer": "boilerplate", "aside": "aside", "form": "boilerplate",
    "button": "boilerplate", "dialog": "boilerplate", "menu": "boilerplate",
}  # fmt: skip
# Words of class and id. An embed or a caption is believed; the others count only outside the body.
_BY_CLASS = tuple(
    (hint, re.compile(f"(?:{'|'.join(patterns)})", re.IGNORECASE))
    for hint, patterns in (
        ("embed", ("twitter-tweet", "instagram-media", "(?:telegram|fb)-post", "(?:tiktok|bluesky|mastodon)-embed")),
        ("caption", ("wp-caption-text", "(?:(?:image|photo|media|figure|img|picture)[-_]*)?caption")),
        (
            "standfirst",
            (
                "standfirst", "lede?", "dek", "sub-?(?:title|headline|head)", "strap-?line",
                "(?:article|post|entry)?[-_]*(?:lead|excerpt|intro|summary)",
            ),
        ),
        ("tags", ("(?:(?:post|article|entry)[-_]*)?tags?(?:[-_]*list)?", "keywords", "topics")),
        (
            "related-link",
            (
                "related.*", "read-?(?:also|more|next).*", "more-?(?:stories|news).*", "recommend.*",
                "most-?(?:read|popular).*", "popular.*", "trending.*", "teaser.*",
            ),
        ),
        (
            "boilerplate",
            (
                "cookie.*", "consent.*", "newsletter.*", "subscri.*", "shar(?:e|ing).*", "social.*", "breadcrumb.*",
                "menu.*", "side-?bar.*", "banner.*", "advert.*", "ad-.*", "promo.*", "paywall.*", "log-?in.*",
                "comment.*", "disqus.*", "footer.*", "nav-?bar.*", "copyright.*",
            ),
        ),
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of text that stands by itself. hint: what the markup takes it for, or empty.

    words: plain text, single line feeds where the page breaks a line. tag: the innermost block element.
    links: part of its letters that stand in links, 0 to 1.
    """

    words: str
    tag: str
    hint: str
    links: float


def parsed(text: str) -> html.HtmlElement | None:
    """Make a tree of a page's text; None where there is no element in it."""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, no_network=True)
    clean = _CONTROLS.sub("", text).encode("utf-8", "replace")
    try:
        return html.document_fromstring(clean, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None


class Reader:
    """Reads a tree once, in its order. hidden: letters of text that the page hides."""

    def __init__(self) -> None:
        self.hidden = 0
        self._words: list[str] = []
        self._letters = self._linked = 0

    def blocks(self, tree: html.HtmlElement) -> Iterator[Block]:
        # Tag, hint and whether in a link, of each open element.
        around: list[tuple[str, str, bool]] = [("body", "", False)]
        walker = etree.iterwalk(tree, events=("start", "end"))
        for event, element in walker:
            tag = element.tag if isinstance(element.tag, str) else ""
            if event == "start":
                if tag in _BLOCKS:
                    yield from self._ended(around[-1])
                elif tag == "br":
                    self._words.append("\n")
                elif tag in _APART:
                    self._words.append(" ")
                inside = self._inside(element, tag, around[-1])
                around.append(inside)
                if self._is_unseen(element, tag):
                    walker.skip_subtree()
                else:
                    self._add(element.text, inside)
            else:
                inside = around.pop()
                if tag in _BLOCKS:
                    yield from self._ended(inside)
                elif tag in _APART:
                    self._words.append(" ")
                self._add(element.tail, around[-1])
        yield from self._ended(around[-1])

    def _inside(self, element: html.HtmlElement, tag: str, outer: tuple[str, str, bool]) -> tuple[str, str, bool]:
        return (
            tag if tag in _BLOCKS else outer[0],
            _hint(element, tag) or outer[1],
            outer[2] or tag == "a" and element.get("href") is not None,
        )

    def _is_unseen(self, element: html.HtmlElement, tag: str) -> bool:
        if tag in _INVISIBLE:
            return True
        hides = element.get("hidden") is not None or bool(_HIDING.search(element.get("style") or ""))
        if hides:
            self.hidden += sum(len(text.strip()) for text in element.itertext())
        return hides

    def _add(self, text: str | None, inside: tuple[str, str, bool]) -> None:
        if not text:
            return
        words = _WHITE.sub(" ", _UNSEEN.sub("", text))
        self._words.append(words)
        letters = len(words) - words.count(" ")
        self._letters += letters
        self._linked += letters if inside[2] else 0

    def _ended(self, inside: tuple[str, str, bool]) -> Iterator[Block]:
        """Give what has come together since the last block; empty lines part it."""
        lines = [re.sub(" +", " ", line).strip() for line in "".join(self._words).split("\n")]
        links = self._linked / self._letters if self._letters else 0.0
        for words in normalise.plain_text("\n".join(lines)).split("\n\n"):
            if words.strip():
                yield Block(words, inside[0], inside[1], links)
        self._words, self._letters, self._linked = [], 0, 0


def _hint(element: html.HtmlElement, tag: str) -> str:
    """What the markup takes an element for."""
    names = f"{element.get('class') or ''} {element.get('id') or ''}"[:400].split()
    if tag not in {"html", "body", "main", "article"}:
        for hint, pattern in _BY_CLASS:
            if any(pattern.fullmatch(name) for name in names):
                return hint
    return _BY_TAG.get(tag, "")
