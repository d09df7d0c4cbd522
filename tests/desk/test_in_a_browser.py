"""The desk and the sign-in page with Chromium: labelled, readable in both themes, narrow, and usable as they are."""

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from archive.models import Article, FormDraft, Intake, PublicRequest
from archive.models.vocabulary import IntakeState
from tests.desk.intakes import serving, worked
from tests.extract.pages import PAGE
from tests.factories import (
    NOON,
    AppearanceFactory,
    ArticleFactory,
    CheckFactory,
    CitationFactory,
    ClaimFactory,
    CommentFactory,
    FigureFactory,
    IntakeFactory,
    MeasureFactory,
    PassageFactory,
    PersonFactory,
    PublicRequestFactory,
    SourceFactory,
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
    """Without the form: test_by_keyboard.py and test_checks_in_a_browser.py go through it."""
    client = Client()
    client.force_login(PersonFactory(editor=True))
    session = client.cookies[settings.SESSION_COOKIE_NAME]
    browser_page.context.add_cookies([{"name": session.key, "value": session.value, "url": live_server.url}])
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


def test_axe_finds_nothing_on_the_pages_of_accounts(browser_page, live_server, axe_violations_in_both_schemes):
    from archive.accounts import links

    for path in ("/accounts/sign-in/", links.path_for(PersonFactory())):
        browser_page.goto(live_server.url + path)
        assert axe_violations_in_both_schemes(browser_page) == []


def test_axe_finds_nothing_at_the_desk_and_nothing_is_wider_than_a_telephone(
    signed_in, live_server, axe_violations_in_both_schemes, article
):
    signed_in.set_viewport_size({"width": 320, "height": 800})
    kinds = {"article": article, "outlet": article.outlet, "figure": article.appearances.get().figures.get()}
    paths = ["/desk/", "/desk/articles/", "/desk/history/", f"/desk/articles/{article.public_id}/"]
    paths += [f"/desk/{kind}/{record.public_id}/edit/" for kind, record in kinds.items()]
    source, claim = article.citations.get().source, article.appearances.get().claim
    paths += [
        "/desk/records/claim/?q=people",
        "/desk/measure/new/",
        "/desk/outlet/new/",
        f"/desk/source/{source.public_id}/edit/",
        f"/desk/claim/{claim.public_id}/edit/",
        f"/desk/article/{article.public_id}/parts/citation/{article.citations.get().pk}/",
        f"/desk/claim/{claim.public_id}/merge/?into={ClaimFactory().public_id}",
    ]
    CommentFactory(record=article.public_id)
    CommentFactory(record=article.public_id, resolved_by="someone1", resolved_at=NOON)
    SourceFactory(published=True)
    asked = PublicRequestFactory(address=article.get_absolute_url())
    paths += ["/desk/queues/sources/", "/desk/requests/", f"/desk/requests/{asked.public_id}/"]
    paths += [f"/desk/article/{article.public_id}/talk/", f"/desk/articles/{article.public_id}/preview/"]
    paths += ["/desk/add/", "/desk/intakes/", *(intake.get_absolute_url() for intake in on_their_way(article))]
    for path in paths:
        signed_in.goto(live_server.url + path)
        assert (path, axe_violations_in_both_schemes(signed_in)) == (path, [])
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


def test_what_is_typed_is_kept_while_it_is_typed_and_taken_up_on_another_day(signed_in, live_server, article):
    page = signed_in
    form = f"{live_server.url}/desk/article/{article.public_id}/edit/"
    page.goto(form)
    with page.expect_response("**/desk/drafts/") as kept:
        page.get_by_label("Summary", exact=False).first.type("Half a sentence")
    assert kept.value.status == 200
    page.get_by_text("Kept, not yet saved:").wait_for()

    page.goto(form)
    assert "Half a sentence" not in page.get_by_label("Summary", exact=False).first.input_value()
    page.get_by_role("link", name="Take them up").click()
    assert "Half a sentence" in page.get_by_label("Summary", exact=False).first.input_value()
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("**/history/")

    article.refresh_from_db()
    assert "Half a sentence" in article.summary
    assert FormDraft.objects.count() == 0


def test_who_leaves_in_the_middle_of_a_sentence_finds_it_again(signed_in, live_server, article):
    page = signed_in
    form = f"{live_server.url}/desk/article/{article.public_id}/edit/"
    page.goto(form)
    page.get_by_label("Summary", exact=False).first.type("Half a sentence")
    # The driver does not see what a page sends when it is gone already, so the page is told that it goes, and stays.
    with page.expect_response("**/desk/drafts/", timeout=2000):
        page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")

    page.goto(form)
    page.get_by_role("heading", name="Your unsent words").wait_for()


def test_an_article_goes_its_way_by_the_forms_on_its_page(signed_in, live_server, article):
    page = signed_in
    page.goto(f"{live_server.url}/desk/articles/{article.public_id}/")
    page.get_by_role("button", name="Take it").click()
    page.get_by_label("What you want to say").fill("Whose number is it?")
    page.get_by_role("button", name="Say it").click()
    page.get_by_role("button", name="Settled").click()
    page.get_by_role("button", name="Send to review").click()
    page.get_by_text("Send back to draft").click()
    page.get_by_label("What is missing").fill("The date.")
    page.get_by_role("button", name="Send it back").click()

    assert page.get_by_text("The date.").is_visible()
    page.get_by_role("link", name="Preview").click()
    assert page.get_by_text("This is a preview.").is_visible()
    page.get_by_role("link", name="Back to the desk").click()
    page.get_by_role("button", name="Let it go").click()
    assert page.get_by_text("In nobody’s hands.").is_visible()


def test_somebody_asks_for_a_removal_without_an_account_or_a_cookie(
    browser_page, live_server, axe_violations_in_both_schemes
):
    page, article = browser_page, ArticleFactory(published=True)
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(live_server.url + article.get_absolute_url())
    page.get_by_role("link", name="Ask for a correction or removal").first.click()
    assert axe_violations_in_both_schemes(page) == []
    page.get_by_label("What should change").fill("My brother can be recognised.")
    page.get_by_role("button", name="Send to the editors").click()
    page.get_by_role("heading", name="Thank you").wait_for()

    assert axe_violations_in_both_schemes(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert page.context.cookies() == []
    assert PublicRequest.objects.get().address == article.get_absolute_url()


def test_a_report_is_coded_by_keyboard_alone(signed_in, live_server, article):
    counted = FigureFactory(
        appearance__claim=ClaimFactory(sentence="Recruits are sent to the war"), measure=MeasureFactory(stage="sent")
    )
    page = signed_in
    page.goto(f"{live_server.url}/desk/articles/{article.public_id}/code/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    chosen = page.locator(":focus").inner_text()
    page.keyboard.press("Enter")
    page.locator("#id_claim:focus").wait_for()
    page.keyboard.type("Recruits are sent to the war")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**?after=*")

    assert chosen == "About 20,000 were sent."
    assert page.locator("#reports .desk-row").count() == 2
    report = article.appearances.get(claim__sentence="Recruits are sent to the war")
    assert report.figures.get().measure == counted.measure
    assert report.passage.capture_text.text[report.passage.start : report.passage.end] == chosen


def drag_over(page, words: str) -> None:
    """Select words of the text with the mouse, as a reader does."""
    page.evaluate("document.activeElement.blur()")
    place = page.evaluate(
        """(words) => {
          const walker = document.createTreeWalker(document.querySelector("[data-text]"), NodeFilter.SHOW_TEXT);
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            // Real texts have spaces that do not break, where a reader sees plain ones.
            const at = node.data.replaceAll("\u00a0", " ").indexOf(words);
            if (at < 0) continue;
            node.parentElement.scrollIntoView({ block: "center", behavior: "instant" });
            const range = document.createRange();
            range.setStart(node, at);
            range.setEnd(node, at + words.length);
            // Words may go on in the next line.
            const [first, last] = [range.getClientRects()[0], [...range.getClientRects()].at(-1)];
            return [
              [first.left + 1, first.top + first.height / 2],
              [last.right - 1, last.top + last.height / 2],
            ];
          }
        }""",
        words,
    )
    page.mouse.move(*place[0])
    page.mouse.down()
    page.mouse.move(*place[1], steps=5)
    page.mouse.up()


def test_selected_words_are_coded_by_a_key(signed_in, live_server, article):
    page = signed_in
    page.goto(f"{live_server.url}/desk/articles/{article.public_id}/code/")
    # Twice: the second time in the text that the script put in place of the first.
    drag_over(page, "About")
    page.keyboard.press("c")
    page.locator("#id_claim:focus").wait_for()
    drag_over(page, "20,000")
    page.keyboard.press("f")
    page.locator("#id_figure0-measure:focus").wait_for()

    assert page.locator(".chosen-words").inner_text() == "20,000"
    assert page.locator("#id_figure0-low").input_value() == "20000"


def test_coding_is_labelled_and_as_wide_as_its_window(signed_in, live_server, article, axe_violations_in_both_schemes):
    text = article.captures.get().texts.get()
    signed_in.goto(f"{live_server.url}/desk/articles/{article.public_id}/code/?at={text.pk}:0-6")
    faults, wide = axe_violations_in_both_schemes(signed_in), {}
    for width in (320, 700, 1280):
        signed_in.set_viewport_size({"width": width, "height": 800})
        wide[width] = signed_in.evaluate("document.documentElement.scrollWidth")

    assert faults == []
    assert {width: found for width, found in wide.items() if found > width} == {}


def test_two_outlets_are_merged_with_the_forms_on_their_pages(signed_in, live_server, article):
    page = signed_in
    page.goto(f"{live_server.url}/desk/")
    page.get_by_role("navigation", name="Kinds of records").get_by_role("link", name="Outlet").click()
    page.get_by_role("link", name="Add: Outlet").click()
    page.get_by_label("Name:", exact=True).fill("Нова хвиля")
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_role("link", name="Merge with another").click()
    page.get_by_label("The record that stays").fill(article.outlet.name)
    page.get_by_role("button", name="Show what would move").click()
    page.get_by_label("Why the two are one").fill("One outlet in two scripts")
    page.get_by_role("button", name="Merge", exact=True).click()

    assert page.get_by_text("One outlet in two scripts").first.is_visible()
    page.goto(f"{live_server.url}/outlets/nova-khvilya/")
    assert page.url == f"{live_server.url}{article.outlet.get_absolute_url()}"


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
