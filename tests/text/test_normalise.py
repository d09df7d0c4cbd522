"""The one form that all text is brought into."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text import normalise

# Any code point, lone surrogates included, and more often those that the form is about.
CHARACTERS = st.one_of(
    st.characters(),
    st.sampled_from(
        "\ud800\udfff\x00\r\n\t \u00a0\u0085\u2028\u2029\x0b\x0c\x1c\ufeffa\u0301\u0323\u0f73\u0344\ufb2cé"
    ),
)
ANY_TEXT = st.text(CHARACTERS)


@given(ANY_TEXT)
def test_plain_text_applied_twice_is_plain_text_applied_once(raw):
    once = normalise.plain_text(raw)

    assert normalise.plain_text(once) == once


@given(st.text(st.sampled_from("a\u0301\u0323\u0f73\u0344\ufb2c\u0958"), min_size=25, max_size=150))
def test_plain_text_is_idempotent_on_long_runs_of_marks(raw):
    once = normalise.plain_text(raw)

    assert normalise.plain_text(once) == once
    assert unicodedata.is_normalized("NFC", once)


@given(ANY_TEXT)
def test_plain_text_is_clean_composed_and_without_idle_space(raw):
    text = normalise.plain_text(raw)

    assert normalise.is_clean(text)
    assert unicodedata.is_normalized("NFC", text)
    assert text == text.strip()
    assert "\n\n\n" not in text
    assert all(line == line.rstrip() for line in text.split("\n"))
    assert not [c for c in text if unicodedata.category(c) in {"Cc", "Cs"} and c != "\n"]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("one\r\ntwo\rthree\u2028four\u0085five", "one\ntwo\nthree\nfour\nfive"),
        ("one\x0ctwo", "one\ntwo"),
        ("one\n \t\n\n\ntwo  \n", "one\n\ntwo"),
        ("a\tb", "a b"),
        ("nu\x00ll and be\x07ll and \x9bcsi", "null and bell and csi"),
        ("half \ud83d pair", "half \ufffd pair"),
        ("cafe\u0301", "caf\u00e9"),
        ("\ufeffBOM", "BOM"),
        ("  1. indented item\n  2. another", "1. indented item\n  2. another"),
        ("naïve 🇬🇧 مرحبا", "naïve 🇬🇧 مرحبا"),
    ],
)
def test_plain_text_keeps_words_and_drops_what_cannot_be_seen(raw, expected):
    assert normalise.plain_text(raw) == expected


def test_a_letter_with_half_a_million_marks_is_normalised_within_seconds():
    started = time.monotonic()

    normalise.plain_text("a" + "\u0301\u0323" * 250_000)
    normalise.plain_text("a" + "\u0f73" * 250_000)

    # Unparted, a fifth of it would take half an hour.
    assert time.monotonic() - started < 20


@given(ANY_TEXT)
def test_a_single_line_has_no_line_end_and_single_spaces(raw):
    line = normalise.single_line(raw)

    assert line == " ".join(line.split())
    assert normalise.single_line(line) == line


def test_text_with_a_nul_or_a_lone_surrogate_is_not_clean():
    assert normalise.is_clean("Ωmega 🇺🇦")
    assert not normalise.is_clean("a\x00b")
    assert not normalise.is_clean("a\udc00b")


@given(st.binary(), st.one_of(st.none(), st.text(), st.sampled_from(["utf-16", "koi8-r", "zip", "idna", "shift_jis"])))
def test_any_bytes_can_be_decoded_whatever_is_declared(body, declared):
    assert normalise.is_clean(normalise.plain_text(normalise.decode_bytes(body, declared)))


@given(st.text())
def test_utf8_is_read_as_utf8_without_a_declaration(text):
    if not text.startswith("\ufeff"):
        assert normalise.decode_bytes(text.encode()) == text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_tells_the_encoding_and_is_left_out(encoding):
    assert normalise.decode_bytes("Омск 70".encode(encoding), "windows-1251") == "Омск 70"


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        ("windows-1251", "cp1251"),
        (' "KOI8-R" ', "koi8-r"),
        ("koi8-u", "koi8-u"),
        ("IBM866", "cp866"),
        ("utf-16le", "utf-16-le"),
    ],
)
def test_a_declared_encoding_is_used_for_what_is_not_utf8(label, codec):
    assert normalise.decode_bytes("Омск, призыв".encode(codec), label) == "Омск, призыв"


def test_japanese_behind_escapes_is_read_as_declared_although_it_is_sound_utf8():
    assert normalise.decode_bytes("日本".encode("iso2022-jp"), "iso-2022-jp") == "日本"


def test_bytes_without_a_known_encoding_are_read_as_windows_1252():
    assert normalise.decode_bytes("“café”".encode("cp1252"), "no-such-encoding") == "“café”"
    assert normalise.decode_bytes("“café”".encode("cp1252"), "iso-8859-1") == "“café”"


@pytest.mark.parametrize("label", ["rot13", "zip", "base64", "punycode", "unicode_escape", "utf-7", "undefined"])
def test_codecs_of_python_that_no_page_may_declare_are_passed_over(label):
    body = b"\\u0041 \xe9 +AEE-"

    assert normalise.decode_bytes(body, label) == "\\u0041 é +AEE-"


@pytest.mark.parametrize(
    "label", ["windows-1256", "iso-8859-2", "gb2312", "big5", "shift_jis", "euc-jp", "euc-kr", "tis-620"]
)
def test_every_declared_label_that_the_web_uses_is_known(label):
    # An unknown label would give Windows-1252, in which this byte is the letter æ.
    assert normalise.decode_bytes(b"abc\xe6", label) != "abcæ"


def test_a_broken_byte_in_declared_text_costs_one_character_only():
    body = "Омск".encode("euc-kr") + b"\xff"

    assert normalise.decode_bytes(body, "euc-kr").startswith("Омск\ufffd")
