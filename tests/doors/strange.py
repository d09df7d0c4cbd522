"""Some seven hundred inputs that nobody expects, made here: bytes, numbers, dates, scripts and syntax."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote


def made() -> list[str]:
    """Percent-encoded values, ready to stand in a query or a path."""
    controls = [chr(code) for code in (*range(32), *range(127, 160))]
    found = [quote(f"a{control}b") for control in controls]
    found += [f"%{byte:02X}" for byte in range(128, 256)]
    found += [
        f"a%{byte:02X}%{other:02X}"
        for byte in (0xC0, 0xC1, 0xE0, 0xED, 0xF4, 0xF8, 0xFF)
        for other in (0x80, 0xA0, 0xAF, 0xBF)
    ]
    found += [f"%ED%{high:02X}%80" for high in range(0xA0, 0xC0)]
    found += ["%", "%%", "%0", "%G0", "%u0041", "%00", "%2500", "a%00b", "%C0%80", "+", "++", "%2B", "&", "=", "a=b&c"]
    found += [
        sign + "9" * length
        for sign in ("", "-", "%2B")
        for length in (1, 5, 9, 10, 18, 19, 20, 38, 39, 100, 309, 1000, 4300, 5000)
    ]
    found += [
        "0",
        "-0",
        "00",
        "007",
        "1e9",
        "1e400",
        "1.5",
        "1_000",
        "0x10",
        "NaN",
        "Infinity",
        "-Infinity",
        "inf",
        "None",
        "null",
        "true",
    ]
    found += [quote(digit) for digit in "٠١٢३４五Ⅷ½²①"]
    found += [
        "0000-00-00",
        "9999-12-31",
        "10000-01-01",
        "2024-02-30",
        "2024-13-01",
        "-2024-01-01",
        "2024-1-1",
        "2024-W01",
        "2024-06-27T00:00:00Z",
        "XXXX-06-27",
        "2024/..",
        "../2024",
        "2024~",
        "2022-23",
        "1000",
        "2100",
        "2101",
    ]
    found += [quote(text) for text in _scripts()]
    found += [quote(text) for text in _syntax()]
    found += [
        quote(character * length)
        for character in ("a", "é", "я", "漢", "🇺🇦", "\u0301", "(", '"', "*", " ")
        for length in (200, 900, 2500)
    ]
    found += [quote("'" * length) for length in range(1, 12)] + [quote("\\" * length) for length in range(1, 12)]
    found += [quote(f"{a}{b}") for a in "'\"`;|&<>(){}[]$#!^~*?:,./" for b in "'\"-%\\*"]
    return list(dict.fromkeys(found))


def _scripts() -> list[str]:
    bidi = [
        f"a{chr(code)}b"
        for code in (
            *range(0x200B, 0x2010),
            *range(0x202A, 0x202F),
            *range(0x2066, 0x206A),
            0xFEFF,
            0xFFFE,
            0xFFFF,
            0x1FFFE,
            0x10FFFF,
        )
    ]
    return [
        *bidi,
        "Бастрыкин",
        "й",
        "й",
        "п’ять",
        "שלום",
        "مرحبا",
        "हिन्दी",
        "ไทย",
        "日本語",
        "𝔘𝔫𝔦",
        "ﬃ",
        "ı",
        "İ",
        "ß",
        "ẞ",
        "ǆ",
        "e\u0301" * 50,
        "👨‍👩‍👧‍👦",
        "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
        "\ufdfa",
        "\u2028",
        "\u2029",
        "\u00a0",
        "\u3000",
        "\ue000",
        "\ufffd",
    ]


def _syntax() -> list[str]:
    return [
        "' OR '1'='1",
        "'; DROP TABLE archive_event; --",
        "1; SELECT pg_sleep(9)",
        "/* */",
        "UNION SELECT",
        "%' ESCAPE '!",
        "LIKE '%'",
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "javascript:alert(1)",
        "{{ 7|add:7 }}",
        "{% debug %}",
        "${7*7}",
        "#{7*7}",
        "%(name)s",
        "%s%s%s%n",
        "{0.__class__}",
        "{}",
        "../../etc/passwd",
        "..\\..\\x",
        "/etc/passwd",
        "file:///etc/passwd",
        "//example.org",
        "https://example.org",
        "data:text/html,x",
        "NEAR(a b)",
        "a AND",
        "OR",
        "NOT",
        '"',
        '"a',
        "a*",
        "*a",
        "(a",
        "a)",
        "-",
        "--a",
        "outlet:",
        "title:x",
        "^a",
        "a:b:c",
        "[[[[",
        "((((",
        "a" * 8 + "|" * 8,
        "\r\nSet-Cookie: a=b",
        "a\r\nb",
        "admin",
        "on",
        "__proto__",
        "constructor",
        "id",
        "pk",
        "outlet__name",
        "status",
        "-pk",
        "?",
        "password",
        "order_by",
        "a[]",
        "a[b]=c",
    ]


def from_collections() -> list[str]:
    """The naughty strings of well-known collections, where their folder is given; never part of the project."""
    folder = os.environ.get("ARCHIVE_SHARED_DATA")
    if not folder:
        return []
    found: list[str] = []
    for path in sorted(Path(folder, "bad-input").rglob("*.txt"))[:40]:
        lines = path.read_bytes().splitlines()[:150]
        found += [quote(line[:1500]) for line in lines if line]
    return list(dict.fromkeys(found))


VALUES = made() + from_collections()
