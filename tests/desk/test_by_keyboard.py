"""An article on its whole way, from pasted text to published, without a mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from archive.models import Article, Claim
from archive.models.vocabulary import Depth
from tests.factories import PASSWORD, PersonFactory

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TEXT = "Recruits were sent\n\nThe ministry said that many recruits were sent to the war. Nobody answered.\n"
FURTHEST = 120


class Keys:
    """A keyboard, and how often it was pressed."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.pressed = 0

    def press(self, key: str) -> None:
        self.pressed += 1
        self.page.keyboard.press(key)

    def write(self, words: str) -> None:
        self.pressed += len(words)
        self.page.keyboard.type(words)

    def go_to(self, what: str) -> None:
        """Press Tab until this is focused."""
        for _ in range(FURTHEST):
            self.press("Tab")
            if self.page.locator(f"{what}:focus").count():
                return
        raise AssertionError(f"{what} was not reached by {FURTHEST} tabs on {self.page.url}")


def test_an_article_is_added_coded_and_published_by_keyboard_alone(live_server, browser_page: Page):
    person, keys = PersonFactory(editor=True), Keys(browser_page)
    page = browser_page
    page.goto(f"{live_server.url}/accounts/sign-in/")
    keys.go_to("input[name=username]")
    keys.write(person.username)
    keys.go_to("input[name=password]")
    keys.write(PASSWORD)
    keys.press("Enter")
    page.wait_for_url("**/desk/")
    keys.go_to("a[href='/desk/add/']")
    keys.press("Enter")
    page.wait_for_url("**/desk/add/")
    keys.go_to("textarea[name=text]")
    page.keyboard.insert_text(TEXT)
    keys.go_to("#text_outlet")
    keys.write("An outlet")
    keys.press("Enter")
    page.wait_for_url("**/desk/intakes/**")
    keys.go_to("a[href$='/code/']")
    keys.press("Enter")
    page.wait_for_url("**/code/")
    start = keys.pressed
    for key in ("j", "j", "Enter"):
        keys.press(key)
    page.locator("#id_claim:focus").wait_for()
    keys.write("Recruits are sent to the war")
    keys.go_to("summary")
    keys.press("Enter")
    keys.go_to("#id_claim_kind")
    keys.write("Pra")
    keys.press("Control+Enter")
    page.wait_for_url("**?after=*")
    coding = keys.pressed - start
    keys.go_to("a[href^='/desk/articles/']:not([href*='#'])")
    keys.press("Enter")
    page.wait_for_url("**/desk/articles/*/")
    keys.go_to("button[value=cleared]")
    keys.press("Enter")
    page.wait_for_load_state()
    keys.go_to("form[action$='/publish/'] button")
    keys.press("Enter")
    page.get_by_text("Published").first.wait_for()

    article = Article.objects.get(headline="Recruits were sent")
    assert article.is_published
    assert article.depth == Depth.CLAIMS
    report = article.appearances.get()
    assert report.claim == Claim.objects.get(sentence="Recruits are sent to the war")
    assert (report.voice, report.verb) == ("reported-speech", "said")
    # The sentence of a new claim, and what stands around it.
    assert coding <= len("Recruits are sent to the war") + 12
