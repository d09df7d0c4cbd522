"""The comparison of saved copies with Chromium: readable in light and dark, narrow, and chosen by keyboard."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.factories import NOON, ArticleFactory, PassageFactory, PersonFactory, RedactionFactory, captured

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_axe_finds_nothing_and_another_copy_is_chosen_by_keyboard(
    live_server, browser_page, axe_violations_in_both_schemes
):
    article = ArticleFactory(published=True, language="ru")
    same = [f"Абзац {number} остался." for number in range(6)]
    captured(article, "Было", "Первый текст.", *same, captured_at=NOON - timedelta(days=1))
    middle = captured(article, "Было", "Призвали 70 человек, Имя скрыто.", *same)
    captured(article, "Стало", f"Призвали {'90' * 60} человек.", *same, "Конец.", captured_at=NOON + timedelta(days=1))
    RedactionFactory(passage=PassageFactory(capture_text=middle, words="Имя скрыто"))
    client = Client()
    client.force_login(PersonFactory(researcher=True))
    session = client.cookies[settings.SESSION_COOKIE_NAME]
    browser_page.context.add_cookies([{"name": session.key, "value": session.value, "url": live_server.url}])
    browser_page.set_viewport_size({"width": 320, "height": 800})

    browser_page.goto(live_server.url + reverse("annotate:text-changes", args=[article.public_id]))
    assert axe_violations_in_both_schemes(browser_page) == []
    assert browser_page.evaluate("document.documentElement.scrollWidth") == 320
    folded = browser_page.get_by_text("Абзац 4 остался.")
    assert not folded.is_visible()
    browser_page.locator("details.unchanged summary").first.press("Enter")
    assert folded.is_visible()

    browser_page.get_by_label("Earlier copy").focus()
    browser_page.keyboard.press("End")
    for key in ("Tab", "Tab", "Enter"):
        browser_page.keyboard.press(key)
    browser_page.wait_for_url("**/?from=*")
    assert browser_page.locator("del").filter(has_text="Первый текст").count() == 1
