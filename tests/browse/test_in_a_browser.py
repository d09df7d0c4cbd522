"""Public pages in a browser: accessible in light and dark, whole at every width, light to load and still, by keyboard,
without scripts."""

import datetime
import gzip
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from archive.models import vocabulary as terms
from tests import scenes
from tests.factories import AppearanceFactory, ArticleFactory, ClaimFactory, OutletFactory

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Response

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDTHS = (320, 768, 1280, 1600)
LONG_WORD = "Verteidigungsministeriumssprecherin" * 3


@pytest.fixture
def addresses() -> list[str]:
    """One page of each kind, with a chain, figures, a denial, a chart, hidden words, and a word that is too long."""
    scene = scenes.one_speech()
    sensitive = scene.articles[1]
    sensitive.sensitivity = terms.Sensitivity.GRAPHIC
    sensitive.save()
    AppearanceFactory(claim=scene.claim, article=ArticleFactory(published=True), act=terms.Act.DENIES)
    ArticleFactory(
        published=True, headline=LONG_WORD, outlet=OutletFactory(published=True, name=LONG_WORD, slug="long")
    )
    ClaimFactory(published=True, sentence=LONG_WORD)
    withdrawn = ArticleFactory(withdrawn=True)
    records = [*scene.articles, withdrawn, scene.claim, scene.speech, scene.post, scene.speaker, scene.measure]
    records = [sensitive, withdrawn, scene.claim, scene.post, scene.speaker, scene.measure, sensitive.outlet]
    return [
        *("/", "/articles/", "/articles/?page=9", "/outlets/", "/claims/", "/sources/", "/tactics/", "/safety/"),
        *(record.get_absolute_url() for record in records),
        *("/nothing-here/", "/articles/?q=headline+OR+thousand", "/articles/?q=nosuchword+%3F"),
        *("/figures/", "/actors/", "/articles/?filters=all&language=en&tactic=raid"),
    ]


def test_axe_finds_nothing_wrong_in_light_and_dark(
    live_server,
    addresses: list[str],
    browser_page: "Page",
    axe_violations_in_both_schemes: Callable[["Page"], list[str]],
):
    faults = {}
    for address in addresses:
        browser_page.goto(live_server.url + address)
        faults[address] = axe_violations_in_both_schemes(browser_page)

    assert {place: found for place, found in faults.items() if found} == {}


def test_every_page_is_light_and_still_no_wider_than_its_window_and_asks_no_other_machine(
    live_server, addresses: list[str], browser_page: "Page"
):
    asked, missing, wide, heavy, moving = [], [], {}, {}, {}
    answers: list[Response] = []
    browser_page.on("request", lambda request: asked.append(request.url))
    browser_page.on("response", lambda answer: missing.append(answer.url) if answer.status >= 400 else None)
    browser_page.on("response", lambda answer: answers.append(answer))
    for address in addresses:
        answers.clear()
        browser_page.goto(live_server.url + address)
        moving[address] = browser_page.evaluate(LAYOUT_SHIFT)
        # As the server sends it to browsers: whitenoise and the front compress.
        heavy[address] = sum(len(gzip.compress(answer.body())) for answer in answers)
        for width in WIDTHS:
            browser_page.set_viewport_size({"width": width, "height": 800})
            wide[address, width] = browser_page.evaluate("document.documentElement.scrollWidth")

    assert {address: found for address, found in heavy.items() if found > MOST_BYTES} == {}
    assert {address: found for address, found in moving.items() if found > 0} == {}
    assert {place: found for place, found in wide.items() if found > place[1]} == {}
    assert browser_page.context.cookies() == []
    assert len(asked) > len(addresses)
    assert [url for url in asked if not url.startswith(live_server.url)] == []
    assert [url for url in missing if "/static/" in url] == []


def test_the_first_key_leads_past_the_navigation(live_server, browser_page: "Page"):
    browser_page.goto(live_server.url + "/articles/")
    browser_page.keyboard.press("Tab")
    focused = browser_page.locator(":focus")

    assert focused.inner_text() == "Skip to the content"
    assert focused.bounding_box()["y"] >= 0
    browser_page.keyboard.press("Enter")
    assert browser_page.evaluate("document.activeElement.id") == "main"


def test_words_of_a_sensitive_article_open_by_keyboard(live_server, addresses: list[str], browser_page: "Page"):
    browser_page.goto(live_server.url + addresses[8])
    words = browser_page.locator(".report .wording").first
    hidden = words.is_visible()
    browser_page.locator(".report summary").first.focus()
    browser_page.keyboard.press("Enter")

    assert not hidden
    assert words.is_visible()


def test_bars_are_followed_or_passed_by_keyboard(live_server, browser_page: "Page"):
    for month in (2, 2, 7):
        ArticleFactory(published=True, published_from=datetime.date(2024, month, 1))
    browser_page.goto(live_server.url + "/articles/")
    browser_page.get_by_label("Order").focus()
    browser_page.keyboard.press("Tab")
    passing = browser_page.locator(":focus")
    assert passing.inner_text() == "Skip the chart"
    assert passing.bounding_box()["height"] > 10
    browser_page.keyboard.press("Enter")
    browser_page.keyboard.press("Tab")
    assert browser_page.locator(":focus").inner_text() == "The same in numbers"

    browser_page.get_by_role("link", name="February 2024: 2 articles").focus()
    browser_page.keyboard.press("Tab")
    bar = browser_page.locator(":focus")
    assert bar.get_attribute("aria-label") == "July 2024: 1 article"
    assert bar.evaluate("bar => getComputedStyle(bar).outlineStyle") == "solid"
    browser_page.keyboard.press("Enter")
    browser_page.wait_for_url("**/articles/?from=2024-07&to=2024-07&date=earliest")
    assert browser_page.locator("h1").inner_text() == "Articles 1"


def test_a_claim_is_read_from_home_to_its_article_without_scripts(live_server, browser: "Browser"):
    scene = scenes.one_speech()
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url + "/")
    page.get_by_role("link", name=scene.claim.sentence).click()
    page.locator(".carriers").get_by_role("link", name="Headline ten").click()
    address, heading = page.url, page.locator("h1").inner_text()
    context.close()

    assert address.endswith(scene.articles[0].get_absolute_url())
    assert heading == "Headline ten"


# What moved while the page was put together, as browsers measure it: 0 is nothing.
LAYOUT_SHIFT = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => list.getEntries().forEach(entry => { sum += entry.value; }))
    .observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(sum), 150);
})"""
MOST_BYTES = 100_000


def test_a_filter_applies_at_once_with_scripts_and_by_a_button_without(
    live_server, browser: "Browser", browser_page: "Page"
):
    for slug in ("one", "two"):
        ArticleFactory(published=True, headline=f"Of {slug}", outlet__slug=slug, outlet__published=True)
    browser_page.goto(live_server.url + "/articles/")
    browser_page.locator("#by-outlet input[value=one]").check()
    browser_page.wait_for_url("**/articles/?outlet=one")
    chosen = browser_page.locator(":focus").get_attribute("value")

    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url + "/articles/")
    page.locator("#by-outlet input[value=one]").check()
    page.locator("#filters").get_by_role("button", name="Show").click()
    headlines, heading = page.locator(".entry-title").all_inner_texts(), page.locator("h1").inner_text()
    page.get_by_role("link", name="Outlet").filter(has_text="×").click()
    everything = page.locator(".entry-title").all_inner_texts()
    context.close()

    assert chosen == "one"
    assert (headlines, heading) == (["Of one"], "Articles 1")
    assert len(everything) == 2
