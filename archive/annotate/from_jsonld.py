"""Annotations out of files: JSON-LD of the W3C Web Annotation Data Model, ours or others', and Hypothesis exports.

A file is anybody's: `read` takes any bytes, raises nothing and says in sentences what it could not take in. What is not
where the model puts it is looked for where others put it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from archive.annotate import from_hypothesis
from archive.annotate.cleaning import listed
from archive.annotate.told import JSON, REPLYING, Reading, Told, Unreadable
from archive.annotate.w3c import told_from

LARGEST = 10_000_000
MOST = 5_000
# A file of this many objects and lists takes some 100 MB once it is parsed; no real one has so many.
MOST_PARTS = 500_000
# Real ones have one page; pages within pages are followed so far.
MOST_PAGES = 1_000

TOO_LARGE = "The file is larger than 10 MB. Export fewer annotations at a time, and send each file."
NOT_TEXT = "The file is not text in UTF-8. Send the file as it was exported."
NOT_JSON = "The file is not JSON. Send the JSON or JSON-LD file as it was exported."
TOO_DEEP = "The file holds lists within lists deeper than any export has. Send the file as it was exported."
TOO_MANY_PARTS = "The file has more parts than any export has. Send the file as it was exported."
NOTHING = "The file holds no annotations in a form known here: W3C Web Annotation (JSON-LD) or a Hypothesis export."
ELSEWHERE = "A page of the collection is only linked, and nothing is fetched. Send a file that holds the annotations."


def read(file: bytes) -> Reading:
    """Read a file of annotations. Never raises; what could not be taken in is said."""
    if len(file) > LARGEST:
        return Reading(problems=(TOO_LARGE,))
    if file.count(b"{") + file.count(b"[") > MOST_PARTS:
        return Reading(problems=(TOO_MANY_PARTS,))
    try:
        found = json.loads(file.decode("utf-8-sig"), parse_int=_whole, parse_constant=lambda _name: None)
    except UnicodeDecodeError:
        return Reading(problems=(NOT_TEXT,))
    except RecursionError:
        return Reading(problems=(TOO_DEEP,))
    except ValueError:
        return Reading(problems=(NOT_JSON,))
    return read_json(found)


def read_json(found: JSON) -> Reading:
    """Read what was parsed already, of any shape."""
    problems: list[str] = []
    items = list(_items(found, problems))
    if len(items) > MOST:
        problems.append(
            f"The file holds {len(items):,} annotations. The first {MOST:,} are read; send the others apart."
        )
    tolds = [
        told for number, item in enumerate(items[:MOST], start=1) if (told := _one(item, number, problems)) is not None
    ]
    if not items and not problems:
        problems.append(NOTHING)
    return Reading(_with_replies(tolds), tuple(problems))


def _items(found: JSON, problems: list[str]) -> Iterator[JSON]:
    """What may be annotations, in the order of the file."""
    pages, seen = listed(found), 0
    if isinstance(found, list):
        yield from found
        return
    while pages and seen < MOST_PAGES:
        page, seen = pages.pop(0), seen + 1
        if isinstance(page, str) and seen > 1:
            problems.append(ELSEWHERE)
        if not isinstance(page, dict):
            continue
        lists = [page[name] for name in ("rows", "annotations", "items", "@graph") if name in page]
        if not lists and "first" not in page and _is_one(page):
            yield page
        for items in lists:
            yield from listed(items)
        pages += [*listed(page.get("first"))[:1], *listed(page.get("next"))[:1]]
    if pages:
        problems.append(f"The file has more than {MOST_PAGES:,} pages; the rest is not read.")


def _is_one(item: dict[str, JSON]) -> bool:
    return "target" in item or from_hypothesis.is_row(item)


def _one(item: JSON, number: int, problems: list[str]) -> Told | None:
    """One annotation, or None where it cannot be taken in; either way what is lost is said, with its number."""
    said: list[str] = []
    try:
        if not isinstance(item, dict):
            raise Unreadable("it is only linked" if isinstance(item, str) else "it is not an object")
        read_one: Callable[[dict[str, JSON], list[str]], Told]
        read_one = from_hypothesis.told_from if from_hypothesis.is_row(item) else told_from
        told = read_one(item, said)
    except Unreadable as reason:
        problems.append(f"Annotation {number} is not taken in: {reason}.")
        return None
    problems.extend(f"Annotation {number}: {one}." for one in dict.fromkeys(said))
    return told


def _with_replies(tolds: Sequence[Told]) -> tuple[Told, ...]:
    """The same, and what is about another annotation of the file as a whole answers it, whatever it calls itself."""
    ids = {told.id for told in tolds if told.id}
    return tuple(
        replace(told, motivation=REPLYING, reply_to=told.source, source="", start=None, end=None)
        if told.source in ids and told.source != told.id and not told.quote
        else told
        for told in tolds
    )


def _whole(digits: str) -> int | None:
    """Whole numbers as far as anything counts here; Python refuses a file for one of thousands of digits."""
    return int(digits) if len(digits) < 20 else None
