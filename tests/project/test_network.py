"""One module asks other machines for things, with nothing changed about it; the rest of the archive cannot."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.project import code

# What can open a connection. Modules of the standard library and packages that the archive has or might get.
NETWORK = (
    "aiohttp", "asyncio", "ftplib", "http.client", "httpx", "imaplib", "nntplib", "poplib", "pycurl", "requests",
    "smtplib", "socket", "socketserver", "ssl", "telnetlib", "trafilatura.downloads", "urllib.request", "urllib3",
    "warcio.capture_http", "xmlrpc",
)  # fmt: skip
# Functions of packages that are here for something else.
FETCHING = {"fetch_url", "fetch_response", "capture_http", "feed_search", "sitemap_search", "focused_crawler"}
THE_FETCHER = "fetch"
# Looks for a free port of this machine to listen on.
LISTENERS = ("management/commands/demo.py",)


def imported(path: Path) -> Iterator[str]:
    """Full names of all that a module imports, wherever in it."""
    for node in ast.walk(code.tree(path)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{name.name}" for name in node.names)


def network_imports(path: Path) -> list[str]:
    return [
        name
        for name in imported(path)
        if any(name == module or name.startswith(f"{module}.") for module in NETWORK)
        or name.rpartition(".")[2] in FETCHING
    ]


def changed_fetchers(path: Path) -> list[str]:
    """Places where a fetcher is made with something of the caller's own."""
    return [
        code.place(path, call)
        for call in code.calls(path)
        if ast.unparse(call.func).rpartition(".")[2] == "Fetcher" and (call.args or call.keywords)
    ]


def test_nothing_but_the_fetcher_imports_what_can_open_a_connection():
    found = {
        str(path.relative_to(code.ROOT)): names
        for path in code.modules()
        if not code.stands_in(path, THE_FETCHER, *LISTENERS) and (names := network_imports(path))
    }

    assert found == {}
    assert network_imports(code.PACKAGE / THE_FETCHER / "wire.py")


def test_the_archive_makes_no_fetcher_with_a_resolver_addresses_or_ports_of_its_own():
    assert [place for path in code.modules() for place in changed_fetchers(path)] == []


@pytest.mark.parametrize(
    ("line", "finder"),
    [
        ("import socket", network_imports),
        ("from urllib import request", network_imports),
        ("def late():\n    import urllib.request as r", network_imports),
        ("from trafilatura import fetch_url", network_imports),
        ("from http import client", network_imports),
        ("client.Fetcher(ports=frozenset({22}))", changed_fetchers),
    ],
)
def test_these_tests_find_what_they_look_for(tmp_path: Path, monkeypatch, line: str, finder):
    path = tmp_path / "module.py"
    path.write_text(line)
    monkeypatch.setattr(code, "ROOT", tmp_path)

    assert len(finder(path)) == 1
