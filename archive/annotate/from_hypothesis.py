"""One annotation of Hypothesis, read: a row of its API's answers or of its client's exports.

Who may read it there is not taken in: everything becomes private. Its text is Markdown and stays as it was typed. Its
quotes are from live pages, so line breaks and quotation marks may differ from those of the text held here.
"""

from __future__ import annotations

from archive.annotate import cleaning
from archive.annotate.cleaning import listed
from archive.annotate.told import COMMENTING, HIGHLIGHTING, JSON, REPLYING, TAGGING, Told, Unreadable

# Under this address Hypothesis shows the annotation of an id, so it serves as its IRI.
ANNOTATION = "https://hypothes.is/a/"
"""Rows name each other by bare ids."""


def is_row(item: dict[str, JSON]) -> bool:
    """Tell a row of Hypothesis from an annotation of the W3C model, which has a body and no `uri`."""
    return "uri" in item and "body" not in item and "motivation" not in item


def told_from(item: dict[str, JSON], said: list[str]) -> Told:
    """Read one row. said: takes what is lost. Raises Unreadable where it has no page and answers nothing."""
    body = cleaning.body(item.get("text"), said)
    tags = cleaning.tags(listed(item.get("tags")), said)
    parents = [one for one in listed(item.get("references")) if isinstance(one, str) and one]
    reply_to = _iri(parents[-1]) if parents else ""
    source = cleaning.address(item.get("uri"))
    if not source and not reply_to:
        raise Unreadable("it does not say which page it is about")
    quote, position = ({}, {}) if reply_to else _selectors(item)
    start, end = cleaning.position(position.get("start")), cleaning.position(position.get("end"))
    is_place = start is not None and end is not None and start < end
    return Told(
        id=_iri(item.get("id")),
        motivation=REPLYING if reply_to else COMMENTING if body else TAGGING if tags else HIGHLIGHTING,
        body=body,
        tags=tags,
        creator=_creator(item, said),
        created=cleaning.instant(item.get("created"), said),
        modified=cleaning.instant(item.get("updated"), said),
        source="" if reply_to else source,
        quote=cleaning.quoted(quote.get("exact"), said),
        prefix=cleaning.before(quote.get("prefix"), said),
        suffix=cleaning.after(quote.get("suffix"), said),
        start=start if is_place else None,
        end=end if is_place else None,
        reply_to=reply_to,
    )


def _iri(value: JSON) -> str:
    if not isinstance(value, str) or not value:
        return ""
    return cleaning.address(value if ":" in value else f"{ANNOTATION}{value}")


def _selectors(item: dict[str, JSON]) -> tuple[dict[str, JSON], dict[str, JSON]]:
    """The quote's selector and the position's, of the first target; a note on the whole page has neither."""
    target = next((one for one in listed(item.get("target")) if isinstance(one, dict)), {})
    found = {
        str(one.get("type")): one for one in reversed(listed(target.get("selector"))[:40]) if isinstance(one, dict)
    }
    return found.get("TextQuoteSelector", {}), found.get("TextPositionSelector", {})


def _creator(item: dict[str, JSON], said: list[str]) -> str:
    """The name that was shown, or of `acct:name@host` the name."""
    info = item.get("user_info")
    shown = info.get("display_name") if isinstance(info, dict) else None
    account = item.get("user")
    if not isinstance(shown, str):
        shown = account.removeprefix("acct:").partition("@")[0] if isinstance(account, str) else None
    return cleaning.line(shown, cleaning.LONGEST_NAME, "its author’s name", said)
