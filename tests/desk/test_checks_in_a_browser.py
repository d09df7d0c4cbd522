"""The checks of an article with Chromium: labelled, readable, narrow, decided by their buttons."""

import pytest

from tests.factories import (
    PASSWORD,
    AppearanceFactory,
    ArticleFactory,
    FigureFactory,
    PassageFactory,
    PersonFactory,
    captured,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def checked(browser_page, live_server, transactional_db):
    """The page of an article with much to decide, looked at by the button, in a narrow window."""
    article = ArticleFactory(headline="People were sent", undated=True)
    text = captured(
        article,
        "People were sent",
        "Some 20,000 were sent, the ministry said. Call +380 44 000-00-00.",
        "Testo Testov, 23, was sent with https://outlet.example/" + "long-address-" * 12 + " and 40 others.",
        "[1] A book",
        "[4] Another",
    )
    report = AppearanceFactory(article=article, passage=PassageFactory(capture_text=text, words="were sent"))
    FigureFactory(appearance=report, low=70)
    FigureFactory(appearance__article=article, low=70)
    person = PersonFactory(editor=True)
    browser_page.set_viewport_size({"width": 320, "height": 800})
    browser_page.goto(f"{live_server.url}/accounts/sign-in/?next=/desk/articles/{article.public_id}/")
    browser_page.get_by_label("Name").fill(person.username)
    browser_page.get_by_label("Password").fill(PASSWORD)
    browser_page.get_by_role("button", name="Sign in").click()
    browser_page.wait_for_url(f"**/desk/articles/{article.public_id}/")
    browser_page.get_by_role("button", name="Look again").click()
    browser_page.get_by_text("keeps the article from being published").first.wait_for()
    return browser_page


def test_axe_finds_nothing_and_nothing_is_wider_than_a_telephone(checked, axe_violations_in_both_schemes):
    assert axe_violations_in_both_schemes(checked) == []
    assert checked.evaluate("document.documentElement.scrollWidth") == 320


def test_each_check_is_decided_by_its_own_buttons(checked):
    before = checked.get_by_role("button", name="Keep it as it is").count()

    checked.locator("[data-kind='personal-data']").get_by_role("button", name="Keep it as it is").click()
    checked.get_by_text("Decided", exact=True).click()

    assert checked.get_by_role("button", name="Keep it as it is").count() == before - 1
    assert checked.locator("[data-kind='personal-data'] mark").inner_text() == "+380 44 000-00-00"
