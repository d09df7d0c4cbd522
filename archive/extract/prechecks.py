"""What a page must not be before any parser sees it: too large, too deep, or made of one endless tag.

Parsers take quadratic time on nested elements and on tags with very many attributes, and lxml drops text that lies
too deep without a word. One linear walk over the tags, without building anything, tells.
"""

from __future__ import annotations

import re

from archive.extract.results import Refusal

LARGEST = 8 * 1024 * 1024
DEEPEST = 200
MOST_ATTRIBUTES = 400
MOST_TAGS = 250_000

# What follows "<": a name, or what makes no element. Attributes are read one by one from there.
_NAME = re.compile(r"/?([a-z][^\s/>\0]*)", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""[\s/]*(?:[^\s/>=][^\s/>=]*(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]*))?)?""")
# What follows "<!--" where the comment is over at once, and what ends any other, for libxml2 as for browsers.
_NO_COMMENT, _COMMENT_ENDS = re.compile("-?>"), re.compile("--!?>")
# Elements whose content is no markup.
_RAW = frozenset({"script", "style", "textarea", "title", "iframe", "noembed", "noframes", "xmp"})
_VOID = frozenset(
    {
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
        "p", "li", "option", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup", "rb", "rt", "rp",
    }
)  # fmt: skip


def refuse_dangerous(html: str) -> None:
    """Raises Refusal where a page is too deep, has too many tags, or a tag too many attributes.

    Elements that need no end tag are not counted as depth. Linear time.
    """
    open_now: list[str] = []
    still_open: dict[str, int] = {}
    at, tags = 0, 0
    while (at := html.find("<", at)) >= 0:
        if html.startswith("<!--", at):
            end = _NO_COMMENT.match(html, at + 4) or _COMMENT_ENDS.search(html, at + 4)
            at = end.end() if end else len(html)
            continue
        name = _NAME.match(html, at + 1)
        if not name:
            at += 1
            continue
        tags += 1
        if tags > MOST_TAGS:
            raise Refusal("too-many-tags")
        at, closes_itself = _end_of_tag(html, name.end())
        tag = name[1].lower()
        if html[name.start()] == "/":
            while still_open.get(tag):
                still_open[open_now[-1]] -= 1
                if open_now.pop() == tag:
                    break
        elif tag in _RAW:
            end = re.compile(f"</{re.escape(tag)}", re.IGNORECASE).search(html, at)
            at = end.start() if end else len(html)
        elif tag not in _VOID and not closes_itself:
            open_now.append(tag)
            still_open[tag] = still_open.get(tag, 0) + 1
            if len(open_now) > DEEPEST:
                raise Refusal("too-deep")


def _end_of_tag(html: str, at: int) -> tuple[int, bool]:
    """Where a tag ends, and whether it closes itself. Raises Refusal for too many attributes."""
    count = 0
    while at < len(html) and html[at] != ">":
        attribute = _ATTRIBUTE.match(html, at)
        if attribute is None or attribute.end() == at:
            at += 1
        else:
            at = attribute.end()
        count += 1
        if count > MOST_ATTRIBUTES:
            raise Refusal("too-many-attributes")
    return at + 1, html[at - 1 : at] == "/"
