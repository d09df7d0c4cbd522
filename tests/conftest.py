"""Fixtures for all tests: counting queries, committing tests on tables that refuse deletion, and a browser."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import hypothesis
import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.plugin import DjangoDbBlocker

from archive.access import names
from archive.history import triggers
from archive.models import Person
from tests import archives

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

# A slow moment of a busy machine says nothing about the example that a property test tried just then.
hypothesis.settings.register_profile("without-deadline", deadline=None)
hypothesis.settings.load_profile("without-deadline")

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
# The switches keep Chromium from calling home; --no-sandbox lets it run as root in a container.
CHROMIUM_SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture
def count_queries(db: None) -> Callable[..., int]:
    """Count the queries of a page: count_queries("/articles/") or count_queries("/desk/", user)."""

    def count(address: str, user: Person | None = None) -> int:
        client = Client()
        if user is not None:
            client.force_login(user)
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(address)
        assert answer.status_code == 200, f"{address} answered {answer.status_code}"
        return len(queries)

    return count


@pytest.fixture(autouse=True)
def _names_are_read_anew() -> None:
    """Forget the names that another test had: they are kept for a public version, and a test takes its version back."""
    names.read.cache_clear()


@pytest.fixture(autouse=True)
def _tables_can_be_emptied(request: pytest.FixtureRequest) -> Iterator[None]:
    """Take the history's triggers away before Django empties the tables after a committing test.

    They come back with the post_migrate that ends the emptying.
    """
    marker = request.node.get_closest_marker("django_db")
    commits = marker is not None and marker.kwargs.get("transaction", False)
    if not commits and not {"transactional_db", "live_server"} & set(request.fixturenames):
        yield
        return
    # Asked for here, so that this fixture ends before Django's does.
    request.getfixturevalue("transactional_db")
    yield
    # No model has its table, so nobody else empties it.
    caches["slowdown"].clear()
    triggers.remove(connection)
    # Of no model, so that Django does not empty it; and on a worker that takes over tests of another, more may follow.
    caches["slowdown"].clear()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    """pytest-django's, and the worker's database begins as a copy of one that the migrations made."""
    test = connection.settings_dict["TEST"]
    if connection.vendor == "sqlite":
        shutil.copy(archives.migrated(), test["NAME"])
    else:
        test["TEMPLATE"] = archives.migrated()


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """On SQLite the copied file is taken as it is; the folder of the run goes, and with it the file."""
    return connection.vendor == "sqlite"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """pytest-django's, and at the end PostgreSQL's sessions of imports that a test killed are ended.

    The server notices a killed client late, and lets nobody remove the database until then.
    """
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
    else:
        with django_db_blocker.unblock():
            connection.close()


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """Debian's Chromium, one for all browser tests of a worker."""
    path = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if path is None:
        if os.environ.get("ARCHIVE_REQUIRE_ALL") == "1":
            pytest.fail("Chromium is required here and not on the PATH.")
        pytest.skip("NOT TESTED IN A BROWSER: no Chromium on the PATH (Debian: apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread, in which Django would refuse the database. Browser tests
    # run last, and nothing here is asynchronous but Playwright itself.
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        chromium = playwright.chromium.launch(executable_path=path, args=CHROMIUM_SWITCHES)
        yield chromium
        chromium.close()


@pytest.fixture
def browser_page(browser: "Browser") -> Iterator["Page"]:
    """A fresh window that reaches this machine alone; broken scripts and what the policy blocked fail the test."""
    context = browser.new_context()
    faults: list[str] = []

    def stay_here(route: "Route") -> None:
        if urlsplit(route.request.url).hostname in {"localhost", "127.0.0.1"}:
            route.continue_()
            return
        faults.append(f"asked another machine: {route.request.url}")
        route.abort()

    context.route("**/*", stay_here)
    page = context.new_page()
    page.on("pageerror", lambda error: faults.append(f"script error: {error}"))
    page.on("console", lambda line: faults.append(line.text) if "Content Security Policy" in line.text else None)
    yield page
    context.close()
    assert not faults, faults


@pytest.fixture
def axe_violations() -> Callable[..., list[str]]:
    """Ask axe what is wrong with a page: one line for each rule broken, with the first place of each.

    axe_violations(page, only="color-contrast") asks for one rule.
    """
    from axe_playwright_python.sync_playwright import Axe

    def find(page: "Page", only: str = "") -> list[str]:
        # What passes is not described, place by place.
        options: dict[str, object] = {"resultTypes": ["violations"]}
        if only:
            options["runOnly"] = {"type": "rule", "values": [only]}
        if not page.evaluate("'axe' in window"):
            page.evaluate(Axe().axe_script)
        found = page.evaluate("options => axe.run(options)", options)["violations"]
        return [f"{rule['id']}: {rule['help']} at {rule['nodes'][0]['target']}" for rule in found]

    return find


@pytest.fixture
def axe_violations_in_both_schemes(axe_violations: Callable[..., list[str]]) -> Callable[["Page"], list[str]]:
    """The same for a page in light and dark; in its second colours only colours can be wrong with it."""

    def find(page: "Page") -> list[str]:
        page.emulate_media(color_scheme="light")
        in_light = axe_violations(page)
        page.emulate_media(color_scheme="dark")
        in_dark = axe_violations(page, only="color-contrast")
        return [f"light: {line}" for line in in_light] + [f"dark: {line}" for line in in_dark]

    return find
