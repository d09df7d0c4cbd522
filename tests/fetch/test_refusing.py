"""The fetcher reaches nothing but public servers: not directly, not by redirect, not by a name that changes.

A listener stands where each attempt would arrive; what connects to it is a failure.
"""

import os
import socket
from pathlib import Path

import pytest

from archive.fetch.client import Fetcher, Refused
from archive.fetch.ranges import is_public
from tests.fetch.fetchers import HERE, Names
from tests.fetch.server import Server, page, redirect

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "127.0.0.2", "::1"])

# {} is the port of the listener.
HOSTILE = (
    "http://127.0.0.1:{}/", "http://127.0.0.2:{}/", "http://127.1:{}/", "http://127.0.1:{}/", "http://0:{}/",
    "http://0.0.0.0:{}/", "http://2130706433:{}/", "http://0x7f000001:{}/", "http://0x7f.0.0.1:{}/",
    "http://0177.0.0.1:{}/", "http://017700000001:{}/", "http://127.0.0.1.:{}/", "http://127.0.0.01:{}/",
    "http://localhost:{}/", "http://localhost.:{}/", "http://LOCALHOST:{}/", "http://localhost.localdomain:{}/",
    "http://[::1]:{}/", "http://[::]:{}/", "http://[0000::1]:{}/", "http://[::127.0.0.1]:{}/",
    "http://[::ffff:127.0.0.1]:{}/", "http://[::ffff:7f00:1]:{}/", "http://[0:0:0:0:0:ffff:127.0.0.1]:{}/",
    "http://[64:ff9b::7f00:1]:{}/", "http://[2002:7f00:1::]:{}/", "http://[fec0::1]:{}/", "http://[fe80::1%25lo]:{}/",
    "http://[::1%25lo]:{}/", "http://①②⑦.⓪.⓪.①:{}/", "http://127。0。0。1:{}/", "http://127.0.0.1%00.example.com:{}/",
    "http://127.0.0.1\0.example.com:{}/", "http://127.0.0.1%2e:{}/", "http://%31%32%37.0.0.1:{}/",
    "http://news.example@127.0.0.1:{}/", "http://127.0.0.1:{}@news.example/", "http://news.example:{}@127.0.0.1/",
    "http://127.0.0.1:{}\\@news.example/", "http://news.example\\@127.0.0.1:{}/", "http:\\\\127.0.0.1:{}\\",
    "http://127.0.0.1:{}#@news.example/", "http://127.0.0.1:{}?@news.example/", "http:///127.0.0.1:{}/",
    "http://news.example:80:{}/", "http://127.0.0.1:0{}/", "http://127.0.0.1:+{}/", "http://127.0.0.1: {}/",
    "http://127.0.0.1:{}/\r\nHost: news.example", "http://127.0.0.1\t:{}/", " http://127.0.0.1:{}/",
    "//127.0.0.1:{}/", "127.0.0.1:{}", "ftp://127.0.0.1:{}/", "gopher://127.0.0.1:{}/_GET", "dict://127.0.0.1:{}/",
    "file://127.0.0.1:{}/etc/passwd", "file:///etc/passwd", "ws://127.0.0.1:{}/", "jar:http://127.0.0.1:{}/!/",
    "view-source:http://127.0.0.1:{}/", "javascript:fetch('http://127.0.0.1:{}/')", "https://127.0.0.1:{}/",
    "http://inner.example:{}/", "http://both.example:{}/", "http://wrapped.example:{}/", "http://cloud.example:{}/",
    "http://nowhere.example:{}/", "http://empty.example:{}/", "http://junk.example:{}/",
)  # fmt: skip
NAMES = {
    "inner.example": [[HERE]],
    "localhost.localdomain": [[HERE]],
    "both.example": [["93.184.216.34", HERE]],
    "wrapped.example": [["::ffff:127.0.0.1"]],
    "cloud.example": [["169.254.169.254"]],
    "empty.example": [[]],
    "junk.example": [["127.0.0.1.evil"]],
    "front.example": [["127.0.0.2"]],
}
PAYLOADS = Path(os.environ.get("ARCHIVE_SHARED_DATA", "/nowhere")) / "bad-input/payloads/ssrf/ssrf-urls.txt"


def allows_the_front(address: object) -> bool:
    """As in production, and beside it the one server that redirects."""
    return str(address) == "127.0.0.2" or is_public(address)  # type: ignore[arg-type]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_an_inner_address_is_refused_and_nothing_connects(hostile: str):
    with Server(page()) as listener:
        fetcher = Fetcher(resolve=Names(NAMES), ports=frozenset({80, 443, listener.port}))
        with pytest.raises(Refused):
            fetcher.fetch(hostile.format(listener.port))

    assert listener.connections == 0


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_redirect_to_an_inner_address_is_refused_and_nothing_connects(hostile: str):
    with Server(page()) as listener:
        target = hostile.format(listener.port).encode()
        # A line end would end the header: the next line is then one of its own, and harmless.
        with Server(redirect(target), host="127.0.0.2") as front:
            fetcher = Fetcher(
                resolve=Names(NAMES),
                is_allowed=allows_the_front,
                ports=frozenset({80, 443, front.port, listener.port}),
            )
            with pytest.raises(Refused):
                fetcher.fetch(f"http://front.example:{front.port}/")

    assert front.connections >= 1
    assert listener.connections == 0


@pytest.mark.skipif(not PAYLOADS.exists(), reason="NOT TESTED ON A LIST OF ATTACKS: ARCHIVE_SHARED_DATA is not set")
def test_a_list_of_attacks_reaches_nothing_directly_or_by_redirect():
    lines = PAYLOADS.read_bytes().splitlines()
    refused = 0
    with Server(page()) as listener:
        for line in lines:
            with Server(redirect(line), host="127.0.0.2") as front:
                fetcher = Fetcher(
                    resolve=Names({**NAMES, "example.com": [[HERE]]}),
                    is_allowed=allows_the_front,
                    ports=frozenset({80, 443, 22, 9001, front.port, listener.port}),
                )
                for address in (line.decode("utf-8", "replace"), f"http://front.example:{front.port}/"):
                    with pytest.raises(Refused):
                        fetcher.fetch(address)
                    refused += 1

    assert refused == 2 * len(lines) > 100
    assert listener.connections == 0


def test_a_name_that_changes_its_address_after_it_was_checked_is_asked_where_it_was_checked():
    names = Names({"turning.example": [["127.0.0.2"], [HERE]]})
    with (
        Server(page()) as listener,
        Server(redirect("/again"), host="127.0.0.2", port=listener.port) as checked,
        pytest.raises(Refused),
    ):
        Fetcher(resolve=names, is_allowed=allows_the_front, ports=frozenset({listener.port})).fetch(
            f"http://turning.example:{listener.port}/"
        )

    # Asked anew for the redirect, and refused with its new address; never asked between check and connection.
    assert names.asked == ["turning.example", "turning.example"]
    assert checked.connections == 1
    assert listener.connections == 0


def test_what_is_said_does_not_tell_an_open_port_from_a_closed_one_or_from_no_name():
    said = set()
    with Server(page()) as listener, socket.socket() as closed:
        closed.bind((HERE, 0))
        ports = frozenset({listener.port, closed.getsockname()[1]})
        for is_allowed in (is_public, lambda address: address.is_loopback and str(address) != HERE):
            fetcher = Fetcher(resolve=Names(NAMES), is_allowed=is_allowed, ports=ports)
            for host in ("inner.example", HERE, "nowhere.example"):
                for port in ports:
                    with pytest.raises(Refused) as refusal:
                        fetcher.fetch(f"http://{host}:{port}/")
                    said.add(str(refusal.value))
        allowed = Fetcher(resolve=Names(NAMES), is_allowed=lambda address: True, ports=ports)
        with pytest.raises(Refused) as refusal:
            allowed.fetch(f"http://inner.example:{closed.getsockname()[1]}/")
        said.add(str(refusal.value))

    assert len(said) == 1
    assert listener.connections == 0


@pytest.mark.parametrize("port", [22, 25, 8080, 6379, 81, 65535])
def test_only_the_ports_of_the_web_are_asked(port: int):
    with pytest.raises(Refused, match="80 and 443"):
        Fetcher(resolve=Names(NAMES)).fetch(f"http://inner.example:{port}/")


def test_a_redirect_to_another_port_is_refused():
    with Server(page()) as listener, Server(redirect(f"http://127.0.0.2:{listener.port}/"), host="127.0.0.2") as front:
        fetcher = Fetcher(resolve=Names(NAMES), is_allowed=allows_the_front, ports=frozenset({front.port}))
        with pytest.raises(Refused):
            fetcher.fetch(f"http://front.example:{front.port}/")

    assert listener.connections == 0
