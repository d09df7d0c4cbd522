"""What a page says of itself: JSON-LD, OpenGraph and other meta elements, its title and links.

Each value keeps the place that it came from. Pages say one thing in several places and contradict themselves;
the order of the places is that of how often they were right on real pages (benchmarks/extraction.py).
"""

from __future__ import annotations

import html as entities
import json
import re
from collections.abc import Iterator, Mapping

from lxml import html

from archive.extract import results
from archive.extract.results import Proposal
from archive.text import normalise
from archive.text.addresses import NotAnAddress, canonical_address, led_to, parsed_address

_ARTICLES = re.compile(r"(?:[A-Za-z]*Article|BlogPosting|LiveBlogPosting|Report|Review|SocialMediaPosting)\Z")
_PLACES = {
    results.HEADLINE: ("og:title", "twitter:title", "dc.title", "citation_title", "title"),
    results.BYLINE: (
        "author", "article:author", "dc.creator", "citation_author", "parsely-author", "sailthru.author", "byl",
        "twitter:creator",
    ),
    results.OUTLET: ("og:site_name", "application-name", "dc.publisher", "citation_journal_title"),
    results.DESCRIPTION: ("og:description", "description", "twitter:description", "dc.description"),
    results.LANGUAGE: ("content-language", "dc.language", "og:locale", "inlanguage"),
    results.PUBLISHED: (
        "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "date",
        "dc.date.issued", "dcterms.created", "dc.date", "dcterms.date", "publishdate", "publish_date", "pubdate",
        "publication_date", "parsely-pub-date", "sailthru.date", "citation_publication_date", "citation_date",
        "article.published", "published_time", "cxenseparse:recs:publishtime", "datecreated",
    ),
    results.ADDRESS: ("og:url", "twitter:url"),
}  # fmt: skip
_UNSEEN = re.compile("[\u00ad\u200b]")
# The outermost element is enough.
_BYLINES = (
    (
        "//*[@itemprop='author'][not(ancestor::*[@itemprop='comment'])]//*[@itemprop='name'][not(@content)]",
        "itemprop author",
    ),
    ("//a[@rel='author']", "rel author"),
)
_MOST_NODES = 5000
_LONGEST = 500
_BY = re.compile(r"(?:by|von|par|por|di|автор|фото|текст)\s*:?\s+", re.IGNORECASE)
_NO_NAME = re.compile(
    r"https?:|@|\bwww\.|\.(?:com|org|net)\b|^\W*$|^\d+$|^(?:admin|editor|staff|author|unknown)$", re.I
)
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z]{4})?(?:[-_](?:[A-Za-z]{2}|\d{3}))?\Z")
_TEXTS = ("name", "property", "itemprop", "http-equiv")


def proposals(tree: html.HtmlElement, address: str) -> list[Proposal]:
    """Everything that a page declares, the best place of each field first; dates as declared, for `dates` to read."""
    found = [*_from_json_ld(tree), *_from_markup(tree), *_from_meta(tree)]
    return [*_addresses(tree, found, address), *(one for one in found if one.what != results.ADDRESS)]


def _from_json_ld(tree: html.HtmlElement) -> Iterator[Proposal]:
    """What schema.org's articles on the page declare."""
    for node in _nodes(tree):
        kinds = node.get("@type")
        kinds = kinds if isinstance(kinds, list) else [kinds]
        if not any(isinstance(kind, str) and _ARTICLES.search(kind) for kind in kinds):
            continue
        where = "JSON-LD {}".format
        yield from _texts(results.HEADLINE, node.get("headline") or node.get("name"), where("headline"))
        names = [name for name in _names(node.get("author") or node.get("creator"))]
        if names:
            yield Proposal(results.BYLINE, ", ".join(dict.fromkeys(names)), where("author"))
        yield from _texts(results.PUBLISHED, node.get("datePublished"), where("datePublished"))
        yield from _texts(results.PUBLISHED, node.get("dateCreated"), where("dateCreated"))
        yield from _texts(results.DESCRIPTION, node.get("description"), where("description"))
        for language in _texts(results.LANGUAGE, node.get("inLanguage"), where("inLanguage")):
            yield from _language(language.value, language.where)
        publisher = node.get("publisher")
        yield from _texts(
            results.OUTLET, publisher.get("name") if isinstance(publisher, dict) else publisher, where("publisher")
        )
        page = node.get("mainEntityOfPage") or node.get("url")
        yield from _texts(
            results.ADDRESS, page.get("@id") if isinstance(page, dict) else page, where("mainEntityOfPage")
        )


def _nodes(tree: html.HtmlElement) -> Iterator[Mapping[str, object]]:
    """Every object of every JSON-LD block, whatever holds it; at most 5,000."""
    waiting: list[object] = []
    for script in tree.iter("script"):
        if (script.get("type") or "").split(";")[0].strip().lower() == "application/ld+json":
            text = re.sub(r"\A\s*(?:<!--|//\s*<!\[CDATA\[)|(?:-->|//\s*\]\]>)\s*\Z", "", script.text or "")
            try:
                waiting.append(json.loads(text, strict=False))
            except (ValueError, RecursionError):
                continue
    waiting.reverse()
    for _turn in range(_MOST_NODES):
        if not waiting:
            return
        node = waiting.pop()
        if isinstance(node, list):
            waiting.extend(reversed(node))
        elif isinstance(node, dict):
            yield node
            waiting.extend(value for value in reversed(node.values()) if isinstance(value, dict | list))


def _names(author: object) -> Iterator[str]:
    """Names of people in what JSON-LD has as author: a text, an object, or a list of them."""
    for one in author if isinstance(author, list) else [author]:
        name = one.get("name") if isinstance(one, dict) else one
        for text in name if isinstance(name, list) else [name]:
            if isinstance(text, str):
                yield from _names_in(text)


def _names_in(text: str) -> Iterator[str]:
    for name in re.split(r"\s*[;|]\s*|\s*,\s*|\s+(?:and|und|et|и|та)\s+", _plain(text)):
        bare = _BY.sub("", name, count=1) if _BY.match(name) else name
        if bare and not _NO_NAME.search(bare):
            yield bare


def _from_meta(tree: html.HtmlElement) -> Iterator[Proposal]:
    """What meta elements declare, in the order of _PLACES."""
    declared: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        content = (meta.get("content") or "").strip()
        for attribute in _TEXTS:
            if content and meta.get(attribute):
                declared.setdefault(meta.get(attribute, "").strip().lower(), []).append(content)
    for what, places in _PLACES.items():
        for place in places:
            where = f"meta {place}"
            if what == results.BYLINE:
                names = [name for text in declared.get(place, ()) for name in _names_in(text)]
                if names:
                    yield Proposal(what, ", ".join(dict.fromkeys(names)), where)
                continue
            for content in declared.get(place, ())[:1]:
                yield from _language(content, where) if what == results.LANGUAGE else _texts(what, content, where)


def _from_markup(tree: html.HtmlElement) -> Iterator[Proposal]:
    """What other elements say: the first heading, the title, the language, marked dates and names."""
    yield from _language(tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "", "html lang")
    for element in tree.xpath("//*[@itemprop='datePublished' and (@datetime or @content)]")[:1]:
        yield from _texts(
            results.PUBLISHED, element.get("datetime") or element.get("content"), "itemprop datePublished"
        )
    for element in tree.xpath("//time[@pubdate and @datetime]")[:1]:
        yield from _texts(results.PUBLISHED, element.get("datetime"), "time pubdate")
    for path, where in _BYLINES:
        names = [name for element in tree.xpath(path)[:5] for name in _names_in(element.text_content()[:_LONGEST])]
        if names:
            yield Proposal(results.BYLINE, ", ".join(dict.fromkeys(names)), where)
    headings = [_plain(element.text_content()) for element in tree.iter("h1")]
    if len([heading for heading in headings if heading]) == 1:
        yield from _texts(results.HEADLINE, next(filter(None, headings)), "h1")
    for element in tree.xpath("//head/title")[:1]:
        yield from _texts(results.HEADLINE, element.text_content(), "title")


def _addresses(tree: html.HtmlElement, found: list[Proposal], address: str) -> Iterator[Proposal]:
    """Canonical addresses that the page gives for itself, as the archive writes them; what is none is left out."""
    links = [(link.get("href") or "", "link canonical") for link in tree.xpath("//link[@rel='canonical']")[:2]]
    links += [(one.value, one.where) for one in found if one.what == results.ADDRESS]
    seen = set()
    for reference, where in links:
        try:
            whole = str(led_to(parsed_address(address), reference.strip())) if address else reference.strip()
            canonical = canonical_address(whole)
        except NotAnAddress:
            continue
        if canonical not in seen:
            seen.add(canonical)
            yield Proposal(results.ADDRESS, canonical, where)


def _language(text: str, where: str) -> Iterator[Proposal]:
    """A language tag, cut to its language; what is none is left out."""
    match = _LANGUAGE.match(text.strip().split(",")[0])
    if match:
        yield Proposal(results.LANGUAGE, match[1].lower(), where)


def _texts(what: str, value: object, where: str) -> Iterator[Proposal]:
    for one in value if isinstance(value, list) else [value]:
        text = _plain(one) if isinstance(one, str) else ""
        if text:
            yield Proposal(what, text, where)
            return


def _plain(text: str) -> str:
    """One line, without markup and entities, of at most 500 code points."""
    bare = _UNSEEN.sub("", entities.unescape(text))
    if "<" in bare:
        bare = re.sub(r"<[^<>]{0,1000}>", "", bare)
    return normalise.single_line(bare)[:_LONGEST].rstrip()
