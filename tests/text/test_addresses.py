"""Addresses of pages."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text import addresses

HOSTS = st.sampled_from(
    ["example.org", "WWW.Example.org", "новости.рф", "example.org.", "192.0.2.7", "[2001:DB8::1]", "a_b.example"]
)
PORTS = st.sampled_from(["", ":", ":80", ":443", ":8080"])
TAILS = st.text(
    st.one_of(st.sampled_from("/.?&=%#+;:@~aZ09-_'()[]{}|é"), st.characters(exclude_categories=["C", "Z"])), max_size=40
)
ADDRESSES = st.builds("{}://{}{}/{}".format, st.sampled_from(["http", "https", "HTTPS"]), HOSTS, PORTS, TAILS)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org", "https://example.org/"),
        ("HTTPS://Example.ORG:443/News", "https://example.org/News"),
        ("http://example.org:80/a", "http://example.org/a"),
        ("http://example.org:443/a", "http://example.org:443/a"),
        ("https://example.org./a#part", "https://example.org/a"),
        ("https://www.example.org/a/", "https://www.example.org/a/"),
        ("https://example.org/a?utm_source=x&id=7&fbclid=1&b=2&UTM_Medium=y", "https://example.org/a?id=7&b=2"),
        ("https://example.org/a?b=2&a=1", "https://example.org/a?b=2&a=1"),
        ("https://example.org/a?%75tm_source=x", "https://example.org/a"),
        ("https://example.org/a?", "https://example.org/a"),
        ("https://example.org/%7Euser/%d0%bd", "https://example.org/~user/%D0%BD"),
        (
            "https://example.org/новость?q=да",
            "https://example.org/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D1%8C?q=%D0%B4%D0%B0",
        ),
        ("https://example.org/a/./b/../c/%2e%2e/d", "https://example.org/a/d"),
        ("https://example.org/../../a/..", "https://example.org/"),
        ("https://example.org/a|b{c}", "https://example.org/a%7Cb%7Bc%7D"),
        ("https://пример.рф/a", "https://xn--e1afmkfd.xn--p1ai/a"),
        ("https://[2001:DB8:0:0::1]:8443/a", "https://[2001:db8::1]:8443/a"),
        ("https://192.0.2.7/a", "https://192.0.2.7/a"),
    ],
)
def test_an_address_gets_its_one_spelling(url, expected):
    assert addresses.canonical_address(url) == expected


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.org/a",
        "//example.org/a",
        "ftp://example.org/a",
        "javascript:alert(1)",
        "data:text/html,x",
        "https:example.org",
        "https:///a",
        "https://",
        "https://localhost/a",
        "https://exa mple.org/",
        " https://example.org/",
        "https://example.org/\n",
        "https://example.org/\t",
        "https://example.org/\x00",
        "https://example.org/\u202egpj.exe",
        "https://example.org/\u00a0",
        "https://example.org/\ud800",
        "https://example.org\\@evil.example/",
        "https://example.org/a\\b",
        'https://example.org/"onload=',
        "https://example.org/<b>",
        "https://user@example.org/",
        "https://user:pass@example.org/",
        "https://example.org@evil.example/",
        "https://example.org:0/",
        "https://example.org:65536/",
        "https://example.org:-1/",
        "https://example.org:8o/",
        "https://example.org:٤٤٣/",
        "https://example.org:80:80/",
        "https://[::1/",
        "https://::1]/",
        "https://[::1]x/",
        "https://[fe80::1%25eth0]/",
        "https://[not:an:address]/",
        "https://[v1.abc]/",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://127.0.0.010/",
        "https://127.1/",
        "https://256.1.1.1/",
        "https://-a.example/",
        "https://a..example/",
        "https://.example/",
        "https://" + "a" * 64 + ".example/",
        "https://" + "a." * 130 + "example/",
        "https://exa℀mple.org/",
        "https://exam%70le.org/",
        "https://example.org/%zz",
        "https://example.org/%",
        "https://example.org/%%41%42",
        "https://example.org/%00",
        "https://example.org/?q=%0d%0aSet-Cookie:x",
        "https://example.org/" + "a" * 2048,
        "https://example.org/" + "ж" * 400,
    ],
)
def test_odd_text_is_refused_and_never_repaired(url):
    with pytest.raises(addresses.NotAnAddress, match="is not an address") as refused:
        addresses.canonical_address(url)

    assert refused.value.text == url
    str(refused.value).encode()
    assert not [character for character in str(refused.value) if character in "\x00\n\t\u202e"]


@given(st.one_of(st.text(), st.text(st.characters()), st.text().map("https://{}".format), ADDRESSES))
def test_any_text_is_an_address_or_is_refused_as_none(url):
    try:
        address = addresses.canonical_address(url)
    except addresses.NotAnAddress as refused:
        str(refused).encode()
    else:
        assert address.isascii()
        assert len(address) <= addresses.MAXIMUM_LENGTH
        assert address.startswith(("http://", "https://"))


@given(ADDRESSES)
def test_a_canonical_address_stays_as_it_is_and_keeps_its_key(url):
    try:
        address = addresses.canonical_address(url)
    except addresses.NotAnAddress:
        return

    assert addresses.canonical_address(address) == address
    assert addresses.address_key(address) == addresses.address_key(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/a",
        "http://www.example.org/a/",
        "HTTP://EXAMPLE.org:80/a?utm_campaign=x#top",
        "https://www.example.org:443/a//?gclid=1&yclid=2",
    ],
)
def test_spellings_of_one_page_have_one_key(url):
    assert addresses.address_key(url) == "example.org/a"


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/b",
        "https://example.org/a?id=1",
        "https://m.example.org/a",
        "https://example.org/a/amp",
        "https://example.org/A",
    ],
)
def test_other_pages_have_other_keys(url):
    assert addresses.address_key(url) != "example.org/a"


@pytest.mark.skipif(
    "ARCHIVE_SHARED_DATA" not in os.environ, reason="ARCHIVE_SHARED_DATA names no folder of hostile input"
)
def test_lists_of_hostile_strings_are_survived():
    folder = Path(os.environ["ARCHIVE_SHARED_DATA"]) / "bad-input"
    lines = [
        line
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        for line in path.read_bytes().decode("utf-8", errors="surrogateescape").splitlines()
    ]
    assert len(lines) > 1000

    for line in lines:
        for url in (line, f"https://{line}", f"https://example.org/{line}"):
            try:
                addresses.canonical_address(url)
            except addresses.NotAnAddress as refused:
                str(refused).encode()
