"""Writing on a text in Chromium: with the mouse, with the keyboard alone, and without scripts."""

import pytest

from archive.models import Annotation
from tests import factories as make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORDS = "Его забрали 🙂 у мечети, é said one.", "The same words. The same words, too."
SELECT = """([from, to]) => {
    const words = document.querySelectorAll("[data-start]")[1].firstChild;
    const range = document.createRange();
    range.setStart(words, from); range.setEnd(words, to);
    getSelection().removeAllRanges(); getSelection().addRange(range);
}"""


@pytest.fixture
def text(transactional_db):
    return make.captured(make.ArticleFactory(published=True, language="ru"), "Заголовок", *WORDS)


def opened(page, live_server, text):
    """The reading page, for somebody who signed in."""
    person, address = make.PersonFactory(researcher=True), f"/articles/{text.capture.article.public_id}/text/"
    page.goto(f"{live_server.url}/accounts/sign-in/?next={address}")
    page.get_by_label("Name").fill(person.username)
    page.get_by_label("Password").fill(make.PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"**{address}")
    return page


def marked(note: Annotation) -> str:
    assert note.text is not None
    return note.text.text[note.start : note.end]


def test_the_whole_journey_with_the_mouse(browser_page, live_server, text, axe_violations_in_both_schemes):
    page = opened(browser_page, live_server, text)
    # In the browser a character beyond the first 65,536 counts as two.
    page.evaluate(SELECT, [4, 14])
    page.get_by_role("button", name="Comment").click()
    page.get_by_label("Note:").fill("Taken where?")
    page.get_by_label("Who reads it").select_option("shared")
    page.get_by_role("button", name="Save the note").click()
    page.wait_for_url("**#note-*")

    note = Annotation.objects.get()
    assert (marked(note), note.body, note.sharing) == ("забрали 🙂", "Taken where?", "shared")
    page.locator(".note-ref").click()
    assert page.locator(f"#note-{note.public_id}").evaluate("one => one.matches(':target')")
    assert axe_violations_in_both_schemes(page) == []

    page.get_by_role("link", name="Change, answer or remove").click()
    page.get_by_label("Your answer").fill("To the border.")
    page.get_by_role("button", name="Answer").click()
    page.get_by_text("To the border.").wait_for()
    page.get_by_role("link", name="Change, answer or remove").click()
    assert axe_violations_in_both_schemes(page) == []
    page.get_by_label("Note:").fill("Taken where, and by whom?")
    page.get_by_role("button", name="Save the note").click()
    page.get_by_text("Taken where, and by whom?").wait_for()
    page.get_by_role("link", name="All my notes").click()
    page.set_viewport_size({"width": 320, "height": 700})
    assert axe_violations_in_both_schemes(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.get_by_role("link", name="Change, answer or remove").first.click()
    page.get_by_text("Remove it").click()
    page.get_by_role("button", name="Remove this note").click()
    page.wait_for_url("**/workspace/annotations/")
    assert not Annotation.objects.exists()


def test_with_the_keyboard_alone(browser_page, live_server, text):
    page = opened(browser_page, live_server, text)

    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**?at=*")
    page.wait_for_function("document.activeElement.id === 'id_quote'")
    # The paragraph's words stand in the form: cut down, they are the words that are meant.
    page.keyboard.press("Control+Home")
    for _ in range(4):
        page.keyboard.press("Delete")
    page.keyboard.press("Control+End")
    for _ in range(len(" у мечети, é said one.")):
        page.keyboard.press("Backspace")
    page.keyboard.press("Tab")
    page.keyboard.type("Highlight")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**#note-*")
    first = Annotation.objects.get()
    assert (marked(first), first.motivation) == ("забрали 🙂", "highlighting")

    # Words that were selected, however they were, are written on by a key.
    page.evaluate(SELECT, [0, 3])
    page.keyboard.press("q")
    page.keyboard.type("Whom?")
    page.keyboard.press("Control+Enter")
    page.get_by_text("Whom?").wait_for()
    note = Annotation.objects.latest("pk")
    assert (marked(note), note.motivation, note.body) == ("Его", "questioning", "Whom?")


def test_without_scripts(browser, live_server, text):
    context = browser.new_context(java_script_enabled=False)
    page = opened(context.new_page(), live_server, text)

    page.get_by_label("Write on paragraph 3").click()
    page.get_by_label("Words", exact=False).fill("The same words")
    page.get_by_text("Tags, methods, a claim").click()
    page.get_by_label("Just before them").fill("words. ")
    page.get_by_label("Note:").fill("Twice?")
    page.get_by_role("button", name="Save the note").click()

    note = Annotation.objects.get()
    assert note.start == text.text.rindex("The same words")
    assert page.get_by_text("Twice?").is_visible()
    context.close()
