"""The search box by keyboard: a combobox whose suggestions are links, and a plain field without scripts."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from archive.access import extracts
from archive.models import Actor
from tests.factories import ActorFactory, ActorNameFactory, ArticleFactory
from tests.project import code

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SCRIPT = code.ROOT / "static/js/suggest.js"


@pytest.fixture
def actor() -> Actor:
    made: Actor = ActorFactory(published=True, name="Alexander Bastrykin")
    ActorNameFactory(actor=made, name="Бастрыкин")
    article = ArticleFactory(published=True, headline="Bastrykin spoke <b>of</b> it")
    extracts.rebuild([article.pk])
    return made


def typed(page: "Page", address: str, words: str) -> "Locator":
    """Type into the box, and give the list once it stands open."""
    page.goto(address)
    page.get_by_label("Search the articles").press_sequentially(words)
    options = page.get_by_role("listbox", name="Suggestions").get_by_role("option")
    options.first.wait_for()
    return options


@pytest.mark.parametrize(("path", "words"), [("/", "bastr"), ("/articles/", "бастр")])
def test_arrows_choose_a_suggestion_and_enter_follows_it(
    live_server, actor: Actor, browser_page: "Page", path: str, words: str
):
    options = typed(browser_page, live_server.url + path, words)
    box = browser_page.get_by_role("combobox", name="Search the articles")
    before = box.get_attribute("aria-activedescendant")
    browser_page.keyboard.press("ArrowDown")
    active = box.get_attribute("aria-activedescendant")
    selected = options.first.get_attribute("aria-selected")

    assert (before, box.get_attribute("aria-expanded"), selected) == (None, "true", "true")
    assert active == options.first.get_attribute("id")
    assert options.first.inner_text().split("\n")[0].startswith("Alexander Bastrykin")
    browser_page.keyboard.press("Enter")
    browser_page.wait_for_url(live_server.url + actor.get_absolute_url())


def test_arrows_go_round_by_way_of_the_field_which_keeps_its_words(live_server, actor: Actor, browser_page: "Page"):
    options = typed(browser_page, live_server.url + "/", "bastr")
    box = browser_page.get_by_label("Search the articles")
    chosen = []
    for key in ("ArrowUp", "ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown"):
        browser_page.keyboard.press(key)
        chosen.append(box.get_attribute("aria-activedescendant"))

    first, last = (options.nth(place).get_attribute("id") for place in (0, 1))
    assert options.count() == 2
    assert chosen == [last, None, first, last, None]
    assert box.input_value() == "bastr"
    assert browser_page.evaluate("document.activeElement.id") == "q"


def test_escape_closes_the_list_and_enter_then_searches(live_server, actor: Actor, browser_page: "Page"):
    options = typed(browser_page, live_server.url + "/", "bastrykin")
    browser_page.keyboard.press("ArrowDown")
    browser_page.keyboard.press("Escape")
    box = browser_page.get_by_label("Search the articles")

    assert not options.first.is_visible()
    assert box.get_attribute("aria-expanded") == "false"
    assert box.get_attribute("aria-activedescendant") is None
    assert box.input_value() == "bastrykin"
    browser_page.keyboard.press("Enter")
    browser_page.wait_for_url(live_server.url + "/articles/?q=bastrykin")


def test_enter_searches_while_the_list_is_open_and_nothing_is_chosen(live_server, actor: Actor, browser_page: "Page"):
    typed(browser_page, live_server.url + "/", "bastrykin")
    browser_page.keyboard.press("Enter")

    browser_page.wait_for_url(live_server.url + "/articles/?q=bastrykin")


def test_a_suggestion_can_be_pressed_and_its_words_are_text(live_server, actor: Actor, browser_page: "Page"):
    options = typed(browser_page, live_server.url + "/", "bastr")
    text = options.nth(1).inner_text()
    options.nth(1).click()

    browser_page.wait_for_url("**/articles/*/")
    assert "Bastrykin spoke <b>of</b> it" in text


def test_the_list_closes_when_nothing_fits_any_more_and_when_the_field_is_left(
    live_server, actor: Actor, browser_page: "Page"
):
    options = typed(browser_page, live_server.url + "/", "bastr")
    browser_page.keyboard.type("xq")
    options.first.wait_for(state="detached")
    assert browser_page.get_by_label("Search the articles").get_attribute("aria-expanded") == "false"

    options = typed(browser_page, live_server.url + "/", "bastr")
    browser_page.keyboard.press("Tab")
    assert not options.first.is_visible()
    assert browser_page.evaluate("document.activeElement.type") == "submit"


def test_axe_finds_nothing_wrong_with_the_open_list(
    live_server, actor: Actor, browser_page: "Page", axe_violations_in_both_schemes: Callable[["Page"], list[str]]
):
    typed(browser_page, live_server.url + "/", "bastr")
    browser_page.keyboard.press("ArrowDown")

    assert axe_violations_in_both_schemes(browser_page) == []


def test_the_open_list_moves_nothing_and_fits_a_narrow_window(live_server, actor: Actor, browser_page: "Page"):
    browser_page.set_viewport_size({"width": 320, "height": 700})
    browser_page.goto(live_server.url + "/")
    before = browser_page.locator(".front").bounding_box()
    typed(browser_page, live_server.url + "/", "bastr")

    assert browser_page.locator(".front").bounding_box() == before
    assert browser_page.evaluate("document.documentElement.scrollWidth") <= 320


def test_without_scripts_the_box_is_a_plain_field_that_searches(live_server, actor: Actor, browser: "Browser"):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url + "/")
    box = page.get_by_label("Search the articles")
    box.press_sequentially("bastrykin")
    role = box.get_attribute("role")
    box.press("Enter")
    page.wait_for_url(live_server.url + "/articles/?q=bastrykin")
    text = page.locator("main").inner_text()
    context.close()

    assert role is None
    assert "1 found." in text


def test_the_script_is_small():
    assert SCRIPT.stat().st_size < 3000
