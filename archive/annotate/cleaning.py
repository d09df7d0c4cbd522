"""Values of foreign files, brought into the forms that the archive keeps. Each takes anything and never raises.

Whatever a value loses is said: each function is given a list, to which it adds the end of a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from archive.annotate.told import JSON
from archive.text import normalise

# In code points. A body or quote that is longer is cut, and that is said.
LONGEST_BODY, LONGEST_QUOTE, LONGEST_CONTEXT = 10_000, 5_000, 500
LONGEST_TAG, MOST_TAGS, LONGEST_NAME, LONGEST_ADDRESS = 80, 50, 80, 2_048
FURTHEST = 2**31 - 1

_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_NOT_IN_ADDRESSES = re.compile('[\\s\x00-\x20\x7f-\x9f\ud800-\udfff\ufeff<>"]')
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def listed(value: JSON) -> list[JSON]:
    """One value or several, as JSON-LD writes both."""
    return value if isinstance(value, list) else [] if value is None else [value]


def body(value: JSON, said: list[str]) -> str:
    """Text with paragraphs."""
    words = _string(value, "its text", said)
    # Cut before it is brought into form, too: that can take long for what nobody wrote.
    cut = normalise.plain_text(words[: 2 * LONGEST_BODY])
    return _shortened(cut, LONGEST_BODY, "its text", said, is_longer=len(words) > 2 * LONGEST_BODY)


def line(value: JSON, longest: int, called: str, said: list[str]) -> str:
    """A name or a tag."""
    words = _string(value, called, said)
    return _shortened(
        normalise.single_line(words[: 4 * longest]), longest, called, said, is_longer=len(words) > 4 * longest
    )


def quoted(value: JSON, said: list[str]) -> str:
    """The words of a passage, with their spaces: a quote is compared, not read."""
    words = _passage(_string(value, "its quote", said)[: 2 * LONGEST_QUOTE])
    return _shortened(words, LONGEST_QUOTE, "its quote", said)


def before(value: JSON, said: list[str]) -> str:
    """The words before a passage; of long ones the nearest."""
    return _passage(_string(value, "the words before its quote", said)[-2 * LONGEST_CONTEXT :])[-LONGEST_CONTEXT:]


def after(value: JSON, said: list[str]) -> str:
    """The words after a passage; of long ones the nearest."""
    return _passage(_string(value, "the words after its quote", said)[: 2 * LONGEST_CONTEXT])[:LONGEST_CONTEXT]


def tags(values: Sequence[JSON], said: list[str]) -> tuple[str, ...]:
    """Each tag once, in their order."""
    # More than may be kept, for some may be doubled; and no more, for a file may have a million.
    first = values[: 4 * MOST_TAGS]
    found = list(dict.fromkeys(tag for value in first if (tag := line(value, LONGEST_TAG, "a tag", said))))
    if len(found) > MOST_TAGS or len(values) > 4 * MOST_TAGS:
        said.append(f"it has more than {MOST_TAGS} tags; the first are taken in")
    return tuple(found[:MOST_TAGS])


def address(value: JSON) -> str:
    """An IRI as it is given, or '' for anything else."""
    if not isinstance(value, str) or len(value) > LONGEST_ADDRESS:
        return ""
    words = value.strip()
    return "" if _NOT_IN_ADDRESSES.search(words) else words


def slug_in(value: str) -> str:
    """The slug at the end of the address of a glossary's term, or ''."""
    path, _, name = value.rpartition("#")
    return name if _SLUG.fullmatch(name) and len(name) <= LONGEST_TAG and path.endswith("/tactics/") else ""


def position(value: JSON) -> int | None:
    """A place in code points, or None."""
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return value if is_number and 0 <= value <= FURTHEST else None


def instant(value: JSON, said: list[str]) -> datetime | None:
    """A time in UTC; one without a zone counts as UTC."""
    if value is None or value == "":
        return None
    try:
        when = datetime.fromisoformat(value.strip()[:64])
        return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
    except (AttributeError, TypeError, ValueError, OverflowError):
        said.append("one of its times could not be read")
        return None


def texts_of(value: JSON) -> Iterator[str]:
    """The strings among one value or several; of many, the first."""
    return (one for one in listed(value)[:100] if isinstance(one, str))


def _string(value: JSON, called: str, said: list[str]) -> str:
    if isinstance(value, str):
        return value
    if value is not None:
        said.append(f"{called} is not text and is left out")
    return ""


def _passage(words: str) -> str:
    """NFC, line ends as line feeds, without control characters; spaces and blank lines stay."""
    plain = words.replace("\r\n", "\n").replace("\r", "\n")
    return normalise.composed(_CONTROL.sub("", _SURROGATE.sub("\ufffd", plain)))


def _shortened(words: str, longest: int, called: str, said: list[str], *, is_longer: bool = False) -> str:
    if len(words) <= longest and not is_longer:
        return words
    said.append(f"{called} is longer than {longest:,} characters and is cut")
    return words[:longest].rstrip() if len(words) > longest else words
