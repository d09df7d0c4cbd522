"""Posts and pages that a text points to: two articles that show the same post may have it from one place.

Read from plain text: a link behind a word is not seen. A post is known by its service and its own id, however its
address is written.
"""

from __future__ import annotations

import re

from archive.text import addresses

_POSTS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (service, re.compile(pattern, re.IGNORECASE))
    for service, pattern in (
        ("x picture", r"\bpic\.(?:twitter|x)\.com/([a-z0-9]{6,16})\b"),
        ("x", r"\b(?:twitter|x)\.com/(?:i/web|\w{1,20})/status(?:es)?/([0-9]{6,20})\b"),
        ("telegram", r"\bt(?:elegram)?\.me/(?:s/)?([a-z]\w{3,31}/[0-9]{1,9})\b"),
        ("vk", r"\bvk\.com/(?:\S{0,40}?)(wall-?[0-9]{1,12}_[0-9]{1,9})\b"),
        ("facebook", r"\bfacebook\.com/([\w.]{3,60}/(?:posts|videos)/\w{6,80})\b"),
        ("youtube", r"\b(?:youtube\.com/(?:watch\?v=|shorts/|live/|embed/)|youtu\.be/)([\w-]{11})(?![\w-])"),
        ("tiktok", r"\btiktok\.com/@[\w.]{2,30}/video/([0-9]{6,20})\b"),
        ("instagram", r"\binstagram\.com/(?:p|reel)/([\w-]{6,20})(?![\w-])"),
    )
)
# Names that these have in any letters; of the others' ids several differ by capitals alone.
_IN_LOWER_CASE = frozenset({"telegram", "vk", "facebook"})
_ADDRESS = re.compile(r"https?://[^\s<>\"'“”«»()\[\]{}]{4,500}", re.IGNORECASE)
_AFTER_IT = ".,;:!?…"
MOST = 200
LONGEST = 250


def posts(text: str) -> list[str]:
    """Ids of posts that a text shows or links, as "service: id", each once; 200 at most."""
    found: dict[str, None] = {}
    for service, pattern in _POSTS:
        for match in pattern.finditer(text):
            found[f"{service}: {match[1].lower() if service in _IN_LOWER_CASE else match[1]}"] = None
    return list(found)[:MOST]


def links(text: str) -> list[str]:
    """Keys of the pages that a text links, posts left out, each once; 200 at most. A host alone is no page."""
    found: dict[str, None] = {}
    for match in _ADDRESS.finditer(text):
        address = match[0].rstrip(_AFTER_IT)
        if posts(address):
            continue
        try:
            parts = addresses.parsed_address(address)
            key = addresses.address_key(address)
        except addresses.NotAnAddress:
            continue
        if parts.target.strip("/") and len(key) <= LONGEST:
            found[key] = None
    return list(found)[:MOST]
