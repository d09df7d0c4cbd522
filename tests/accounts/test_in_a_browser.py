"""A person's page with Chromium: by keyboard alone, without scripts, readable in both themes, narrow."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from django_otp.plugins.otp_totp.models import TOTPDevice

from archive.models import Person, RecoveryCode
from tests.accounts.signing import code_of
from tests.factories import PASSWORD, PersonFactory

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def tab_to(page: Page, what: str) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.locator(f"{what}:focus").count():
            return
    raise AssertionError(f"{what} was not reached by the keyboard on {page.url}")


def write(page: Page, field: str, words: str) -> None:
    tab_to(page, f"input[name={field}]")
    page.keyboard.type(words)


def test_a_second_factor_is_turned_on_and_signed_in_with_by_keyboard_alone(
    live_server, browser_page: Page, axe_violations_in_both_schemes
):
    person, page = PersonFactory(editor=True), browser_page
    page.set_viewport_size({"width": 320, "height": 800})
    looked_at = []

    def look(path: str) -> None:
        page.wait_for_url(lambda url: urlsplit(url).path == path)
        looked_at.extend(f"{path} {line}" for line in axe_violations_in_both_schemes(page))
        width = page.evaluate("document.documentElement.scrollWidth")
        looked_at.extend([f"{path} is {width} wide"] if width > 320 else [])

    page.goto(f"{live_server.url}/accounts/sign-in/?next=/accounts/me/")
    write(page, "username", person.username)
    write(page, "password", PASSWORD)
    page.keyboard.press("Enter")
    look("/accounts/me/")
    tab_to(page, "a[href='/accounts/me/second-factor/']")
    page.keyboard.press("Enter")
    look("/accounts/me/second-factor/")
    write(page, "present", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("svg.qr")
    look("/accounts/me/second-factor/")
    device = TOTPDevice.objects.get(user=person)
    write(page, "code", code_of(device))
    page.keyboard.press("Enter")
    look("/accounts/me/second-factor/confirm/")
    assert len(re.findall(r"<li><code>", page.content())) == 10
    tab_to(page, "form[action='/accounts/sign-out/'] button")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{live_server.url}/")

    page.goto(f"{live_server.url}/accounts/sign-in/?next=/accounts/me/leave/")
    write(page, "username", person.username)
    write(page, "password", PASSWORD)
    page.keyboard.press("Enter")
    look("/accounts/sign-in/code/")
    write(page, "code", code_of(device, later=1))
    page.keyboard.press("Enter")
    look("/accounts/me/leave/")
    page.goto(f"{live_server.url}/accounts/me/second-factor/")
    look("/accounts/me/second-factor/")

    assert looked_at == []


def test_all_of_it_works_without_scripts(live_server, browser):
    person = PersonFactory(researcher=True)
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()

    def go_in() -> None:
        page.goto(f"{live_server.url}/accounts/sign-in/?next=/accounts/me/")
        page.fill("input[name=username]", person.username)
        page.fill("input[name=password]", PASSWORD)
        page.click("main button")
        page.wait_for_url(lambda url: "next=" not in url)

    go_in()
    page.fill("input[name=pen_name]", "A pen name")
    page.click("text=Save the pen name")
    page.wait_for_selector("text=Your pen name is changed")
    page.click("text=Turn on a second factor")
    page.fill("input[name=present]", PASSWORD)
    page.click("text=Go on")
    secret = page.inner_text("code.secret").replace(" ", "")
    device = TOTPDevice.objects.get(user=person)
    assert len(secret) == 32
    page.fill("input[name=code]", code_of(device))
    page.click("text=Turn it on")
    code = page.inner_text(".codes li:first-child code")
    page.click("text=Sign out")
    go_in()
    page.fill("input[name=code]", code)
    page.click("main button")
    assert page.url == f"{live_server.url}/accounts/me/"
    assert RecoveryCode.objects.count() == 9
    page.click("text=Remove your account")
    page.fill("input[name=name]", person.username)
    page.fill("input[name=present]", PASSWORD)
    page.fill("input[name=code]", code_of(device, later=1))
    page.click("text=Remove my account")
    page.wait_for_selector("h1:text('Your account is removed')")
    assert not Person.objects.filter(username=person.username).exists()
    context.close()
