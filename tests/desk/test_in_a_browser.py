"""The desk and the sign-in page with Chromium: labelled, readable in both themes, narrow, and usable as they are."""

import pytest
from django.utils import timezone

from archive.models import Article, Intake
from archive.models.vocabulary import IntakeState
from tests.desk.intakes import serving, worked
from tests.extract.pages import PAGE
from tests.factories import (
    PASSWORD,
    AppearanceFactory,
    ArticleFactory,
    CheckFactory,
    CitationFactory,
    FigureFactory,
    IntakeFactory,
    PassageFactory,
    PersonFactory,
    captured,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def article(transactional_db):
    found = ArticleFactory(headline="People were sent", outlet__limit=500)
    text = captured(found, "People were sent", "About 20,000 were sent.", cleared=False)
    report = AppearanceFactory(article=found, passage=PassageFactory(capture_text=text, words="About 20,000"))
    FigureFactory(appearance=report)
    CitationFactory(article=found)
    CheckFactory(article=found)
    return found


@pytest.fixture
def signed_in(browser_page, live_server, article):
    person = PersonFactory(editor=True)
    browser_page.goto(f"{live_server.url}/accounts/sign-in/")
    browser_page.get_by_label("Name").fill(person.username)
    browser_page.get_by_label("Password").fill(PASSWORD)
    browser_page.get_by_role("button", name="Sign in").click()
    browser_page.wait_for_url("**/desk/")
    return browser_page


def on_their_way(article) -> list[Intake]:
    """An intake in each of its states, with what its page shows then."""
    far = f"https://outlet.example/{'a-long-way-' * 12}"
    page = {
        "field": "page",
        "value": far,
        "basis": "",
        "found_in": "",
        "number": 1,
        "at": "2024",
        "status": 200,
        "size": 9,
    }
    day = {"field": "published", "value": "2024", "basis": "footer", "found_in": "footer"}
    asking = {"state": IntakeState.CHOOSING}
    done = {"state": IntakeState.DONE, "finished_at": timezone.now(), "article": article}
    return [
        IntakeFactory(address=far),
        IntakeFactory(**asking, proposals=[page | {"size": 9}]),
        IntakeFactory(**asking, article=article),
        IntakeFactory(**done, proposals=[day | {"is_taken": False, "only_bounds": True}]),
        IntakeFactory(failed=True),
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_on_the_pages_of_accounts(browser_page, live_server, axe_violations, theme):
    from archive.accounts import links

    browser_page.emulate_media(color_scheme=theme)
    for path in ("/accounts/sign-in/", links.path_for(PersonFactory())):
        browser_page.goto(live_server.url + path)
        assert axe_violations(browser_page) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_at_the_desk_and_nothing_is_wider_than_a_telephone(
    signed_in, live_server, axe_violations, article, theme
):
    signed_in.emulate_media(color_scheme=theme)
    signed_in.set_viewport_size({"width": 320, "height": 800})
    kinds = {"article": article, "outlet": article.outlet, "figure": article.appearances.get().figures.get()}
    paths = ["/desk/", "/desk/articles/", "/desk/history/", f"/desk/articles/{article.public_id}/"]
    paths += [f"/desk/{kind}/{record.public_id}/edit/" for kind, record in kinds.items()]
    paths += ["/desk/add/", "/desk/intakes/", *(intake.get_absolute_url() for intake in on_their_way(article))]
    for path in paths:
        signed_in.goto(live_server.url + path)
        assert (path, axe_violations(signed_in)) == (path, [])
        assert (path, signed_in.evaluate("document.documentElement.scrollWidth")) == (path, 320)


def test_an_article_is_reviewed_published_redacted_and_withdrawn_with_the_forms_on_its_page(
    signed_in, live_server, article
):
    page = signed_in
    page.goto(f"{live_server.url}/desk/articles/{article.public_id}/")
    page.get_by_role("button", name="May be shown").click()
    page.get_by_role("button", name="Keep it as it is").click()
    page.get_by_role("button", name="Publish").click()
    assert page.get_by_text("Published", exact=True).first.is_visible()
    page.get_by_label("Words to hide").fill("20,000")
    page.get_by_role("button", name="Hide these words everywhere").click()
    page.get_by_text("Withdraw", exact=True).click()
    page.get_by_label("Reason that readers are told").select_option("error")
    page.get_by_role("button", name="Withdraw from the archive").click()

    assert page.get_by_text("Added in error").first.is_visible()
    article.refresh_from_db()
    assert (article.status, article.withdrawn_reason) == ("withdrawn", "error")


def test_a_stale_save_is_compared_and_saved_again(signed_in, live_server, article):
    page = signed_in
    page.goto(f"{live_server.url}/desk/article/{article.public_id}/edit/")
    other = page.context.new_page()
    other.goto(page.url)
    other.get_by_label("Summary", exact=False).first.fill("What they wrote")
    other.get_by_role("button", name="Save").click()

    page.get_by_label("Summary", exact=False).first.fill("What I wrote")
    page.get_by_role("button", name="Save").click()
    assert page.get_by_role("cell", name="What they wrote").is_visible()
    page.get_by_role("button", name="Save over what is stored").click()

    article.refresh_from_db()
    assert article.summary == "What I wrote"


def test_an_address_is_added_and_its_page_shows_by_itself_what_became_of_it(signed_in, live_server, settings, tmp_path):
    settings.ARCHIVE_DATA, settings.ARCHIVE_CAPTURES = tmp_path, tmp_path / "captures"
    page = signed_in
    page.goto(f"{live_server.url}/desk/")
    page.get_by_role("link", name="Add an article").click()
    page.get_by_label("Address of the article").fill("https://news.example/2024/07/02/office")
    page.get_by_role("button", name="Fetch this page").click()
    assert page.get_by_text("Waiting for the worker").is_visible()

    worked(serving(PAGE.encode()))

    page.get_by_role("link", name="Code it").click()
    page.wait_for_url("**/code/")
    assert Article.objects.get(headline="Office calls seventy people").status == "draft"


def test_a_text_is_pasted_and_coded_from_there(signed_in, live_server, settings, tmp_path):
    settings.ARCHIVE_DATA, settings.ARCHIVE_CAPTURES = tmp_path, tmp_path / "captures"
    page = signed_in
    page.goto(f"{live_server.url}/desk/add/")
    page.get_by_label("Text, the headline first").fill("A headline of it\n\nThe office said that it had called people.")
    page.get_by_label("Outlet:", exact=True).fill("The Example")
    page.get_by_role("button", name="Add this text").click()
    page.get_by_role("link", name="Code it").click()
    page.wait_for_url("**/code/")

    assert page.get_by_role("heading", name="A headline of it").is_visible()
