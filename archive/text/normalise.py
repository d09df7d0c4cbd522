"""One form for all text, whatever it was when it came in.

Every position that the archive keeps (passages, redactions, extracts) counts code points in this
form, so the form may never depend on when or how often it was applied: it is idempotent.
"""

import codecs
import re
import unicodedata

# NFC sorts the marks on a letter, and Python does so in quadratic time: 80,000 marks take six
# seconds. Cutting runs of marks (Unicode UAX 15, section 13, Stream-Safe Text) keeps it linear.
MARKS_IN_A_ROW = 30
_JOINER = "\u034f"  # COMBINING GRAPHEME JOINER: seen by nobody, stops the sorting
# Latin, Greek, Cyrillic, Armenian, punctuation, symbols, emoji: a text of these alone has no run to part.
_WITHOUT_MARKS = re.compile(
    "[\x00-\u02ff\u0370-\u0482\u0488-\u0590\u2000-\u20cf\u2100-\u2cee\ufe00-\ufe0f\U0001f000-\U0001faff]*"
)
# They count as letters, but decompose into marks alone.
_HIDDEN_MARKS = frozenset("\u0f73\u0f75\u0f81")

# A form feed or vertical tab parts what stands round it, so dropping it would join two words.
_LINE_END = re.compile("\r\n|[\r\x0b\x0c\u0085\u2028\u2029]")
_SURROGATE = re.compile("[\ud800-\udfff]")
# C0 and C1 controls but for the line feed and the tab (by now a space), and the byte order mark.
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff]")
_BLANK_LINES = re.compile(r"\n{3,}")

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    # Before UTF-16: the UTF-32 mark begins with the same two bytes.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Only names that a page may declare: Python also knows codecs that unpack or run escapes.
# Source: WHATWG Encoding Standard, names and labels; latin-1 there means Windows-1252.
_DECLARABLE = {
    **dict.fromkeys(("utf-8", "utf8"), "utf-8"),
    **dict.fromkeys(("utf-16", "utf-16le"), "utf-16-le"),
    **dict.fromkeys(("us-ascii", "ascii", "iso-8859-1", "latin1", "latin-1"), "cp1252"),
    **dict.fromkeys(("gb2312", "gbk", "gb18030"), "gb18030"),
    **dict.fromkeys(("windows-874", "tis-620"), "cp874"),
    **{f"windows-{page}": f"cp{page}" for page in range(1250, 1259)},
    **{f"cp{page}": f"cp{page}" for page in range(1250, 1259)},
    **{f"iso-8859-{part}": f"iso8859-{part}" for part in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)},
    "iso-8859-9": "cp1254",
    "utf-16be": "utf-16-be",
    "koi8-r": "koi8-r",
    "koi8-u": "koi8-u",
    "ibm866": "cp866",
    "macintosh": "mac-roman",
    "x-mac-cyrillic": "mac-cyrillic",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "euc-jp": "euc-jp",
    "euc-kr": "cp949",
    "iso-2022-jp": "iso2022-jp",
}
# Python loads most of them at their first use; a process that may open no file any more must have met them before.
CODECS = frozenset({"utf-8", "cp1252", *(codec for _, codec in _BYTE_ORDER_MARKS), *_DECLARABLE.values()})
# Their bytes are sound UTF-8 too, with NULs or escapes in it, so the declaration goes first.
_HIDDEN_IN_UTF8 = {"utf-16-le": b"\x00", "utf-16-be": b"\x00", "iso2022-jp": b"\x1b"}


def plain_text(raw: str) -> str:
    """Bring a text into the form that positions count in.

    Line ends become line feeds and tabs spaces; control characters and byte order marks go; lone
    surrogates become U+FFFD; lines lose trailing white space, the text both ends of it; blank
    lines in a row become one; runs of more than 30 combining marks are parted by U+034F.

    Returns NFC text; applying it again changes nothing. Takes linear time, never fails.
    """
    text = _LINE_END.sub("\n", raw).replace("\t", " ")
    text = composed(_UNSEEN.sub("", _SURROGATE.sub("\ufffd", text)))
    text = "\n".join(line.rstrip() for line in text.split("\n"))
    return _BLANK_LINES.sub("\n\n", text).strip()


def composed(text: str) -> str:
    """Bring letters and marks into NFC, long runs of marks parted, and nothing else. Takes linear time."""
    # The second cut is for letters that NFC takes apart into a letter and marks.
    return _part_marks(unicodedata.normalize("NFC", _part_marks(text)))


def single_line(raw: str) -> str:
    """Bring a title or a name into one line, with single spaces between words."""
    return " ".join(plain_text(raw).split())


def folded(text: str) -> str:
    """The same words whatever their case, letter forms (NFKC) and white space: to look for words, never to show."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def is_clean(text: str) -> bool:
    """Tell whether both databases can hold a text: no NUL and no lone surrogate in it."""
    return "\x00" not in text and _SURROGATE.search(text) is None


def decode_bytes(body: bytes, declared: str | None = None) -> str:
    """Read bytes as text: byte order mark, UTF-8, the declared encoding, Windows-1252, in that order.

    declared: a label from the header or the page, in any case; unknown labels are passed over.

    Never fails: what a declared or the last encoding cannot read becomes U+FFFD.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, errors="replace")
    codec = _DECLARABLE.get((declared or "").strip(" \t\r\n\"'").lower())
    if codec in _HIDDEN_IN_UTF8 and _HIDDEN_IN_UTF8[codec] in body:
        return body.decode(codec, errors="replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return body.decode(codec or "cp1252", errors="replace")


def _part_marks(text: str) -> str:
    """Put a joiner after every 30th combining mark in a row."""
    if text.isascii() or _WITHOUT_MARKS.fullmatch(text):
        return text
    parted: list[str] = []
    run = 0
    for character in text:
        is_mark = unicodedata.combining(character) or character in _HIDDEN_MARKS
        run = run + 1 if is_mark else 0
        if run > MARKS_IN_A_ROW:
            parted.append(_JOINER)
            run = 1
        parted.append(character)
    return "".join(parted)
