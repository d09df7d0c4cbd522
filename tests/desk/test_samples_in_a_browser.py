"""Five real articles, from pasted text to published, on the screens of the desk with mouse and keyboard.

The articles lie outside the project (see test_samples); each press of a key and each gesture of the mouse is counted,
as measured figures beside the test: `pytest -rP` prints them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from archive.models import Article, Check, Claim, DateEvidence, Outlet, PublicExtract
from archive.models.vocabulary import BOUNDS_ONLY, CheckKind
from tests.desk.test_in_a_browser import drag_over
from tests.desk.test_samples import ADDRESSES, MEASURE, OUTLETS, POST, PRESSED, SAMPLES, SENT, SPEECH
from tests.factories import PASSWORD, PersonFactory

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        not SAMPLES.is_dir(), reason="NOT TESTED ON THE SAMPLE ARTICLES: ARCHIVE_SHARED_DATA is not set beside them"
    ),
]


class Desk:
    """An editor at the screens. touches: keys pressed and gestures made since the last count."""

    def __init__(self, page: Page, root: str) -> None:
        self.page, self.root, self.touches = page, root, 0

    def sign_in(self) -> None:
        person = PersonFactory(editor=True)
        # Words are pointed at where they stand, not where they glide past.
        self.page.emulate_media(reduced_motion="reduce")
        self.page.goto(f"{self.root}/accounts/sign-in/")
        self.page.get_by_label("Name").fill(person.username)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in").click()
        self.page.wait_for_url("**/desk/")

    def click(self, what: str) -> None:
        self.touches += 1
        self.page.locator(what).click()

    def press(self, key: str) -> None:
        self.touches += 1
        self.page.keyboard.press(key)

    def write(self, what: str, words: str) -> None:
        """Go to a field and write; what stands in it is overwritten."""
        field = self.page.locator(what)
        if field.input_value() == words:
            return
        if not self.page.locator(f"{what}:focus").count():
            self.click(what)
        if field.input_value():
            self.press("Control+a")
        if not words and field.input_value():
            self.press("Delete")
        for letter in words:
            self.page.keyboard.type(letter)
            self.touches += 1
            if field.input_value() == words:
                # The rest was written by itself.
                break

    def choose(self, what: str, value: str) -> None:
        """Choose in a list: to it, and the value."""
        self.touches += 2
        self.page.locator(what).select_option(value)

    def paste(self, name: str) -> Article:
        """Add an article from its text, and open its coding screen."""
        self.page.goto(f"{self.root}/desk/add/")
        self.click("textarea[name=text]")
        self.touches += 1
        self.page.keyboard.insert_text((SAMPLES / f"{name}.txt").read_text(encoding="utf-8"))
        self.write("#text_outlet", OUTLETS[name])
        if name in ADDRESSES:
            self.write("#text_address", ADDRESSES[name])
        self.press("Enter")
        self.page.wait_for_url("**/desk/intakes/**")
        self.click("a[href$='/code/']")
        self.page.wait_for_url("**/code/")
        return Article.objects.get(outlet__name=OUTLETS[name])

    def open(self, article: Article) -> None:
        self.page.goto(f"{self.root}/desk/articles/{article.public_id}/code/")

    def code(self, words: str, claim: str, **fields: str) -> None:
        """Code a passage. fields: what else is written (``speaker``, ``source``) or chosen (all others)."""
        drag_over(self.page, words)
        self.touches += 1
        self.press("c")
        self.page.locator("#id_claim:focus").wait_for()
        self.report(claim, **fields)
        self.page.wait_for_url("**?after=*")

    def report(self, claim: str, **fields: str) -> None:
        """Fill in the form that is open, and save it; where a new name has no kind yet, say it and save again."""
        self.write("#id_claim", claim)
        kinds = {name: fields.pop(name) for name in ("speaker_kind", "source_kind") if name in fields}
        if "claim_kind" in fields:
            self.click("#code summary >> nth=0")
        if "destination" in fields:
            self.click("#code summary:has-text('destination')")
        for name, value in fields.items():
            field = f"#id_{name}"
            if self.page.locator(field).evaluate("one => one.tagName") == "SELECT":
                self.choose(field, value)
            else:
                self.write(field, value)
        before = self.page.url
        self.press("Control+Enter")
        if kinds:
            for name, value in kinds.items():
                self.choose(f"#id_{name}", value)
            self.click("#id_claim")
            self.press("Control+Enter")
        self.page.wait_for_function(
            "before => location.href !== before || document.readyState !== 'complete'", arg=before
        )

    def publish(self, article: Article) -> None:
        """Decide what stands in the way on the article's page, and publish."""
        page = self.page
        page.goto(f"{self.root}/desk/articles/{article.public_id}/")
        self.click("button[value=cleared]")
        page.wait_for_load_state()
        while page.locator(".check:has-text('keeps the article') button[value=kept]").count():
            self.click(".check:has-text('keeps the article') button[value=kept] >> nth=0")
            page.wait_for_load_state()
        self.click("form[action$='/publish/'] button")
        page.locator(".status[data-status=published]").first.wait_for()

    def counted(self) -> int:
        found, self.touches = self.touches, 0
        return found


def kinds_of(article: Article) -> set[str]:
    return set(Check.objects.of_article(article).values_list("kind", flat=True))


def test_five_articles_are_coded_and_published_on_the_screens(browser_page: Page, live_server, settings, tmp_path):
    settings.ARCHIVE_VAR = tmp_path
    desk = Desk(browser_page, live_server.url)
    desk.sign_in()
    told = {}

    # Three articles on one speech.
    united = desk.paste("united24-forcibly-enlisted")
    figure = {"figure0-measure": MEASURE, "figure0-as_of": "../2024-06-27"}
    speaker, post = "Alexander Bastrykin", {"how": "reports", "basis": "same-passage"}
    desk.code(
        "already about 10 thousand",
        SENT,
        claim_kind="count",
        people="naturalised",
        speaker=speaker,
        source=SPEECH,
        speaker_kind="person",
        source_kind="speech",
        **figure,
    )
    desk.code("Forcibly Enlisted", SENT, source="")
    desk.publish(united)
    told["united24"] = desk.counted()

    agency = desk.paste("ukrainian-news-british-intelligence")
    desk.code("10,000 of them", SENT, speaker=speaker, source=POST, source_kind="official-post", **post, **figure)
    desk.code(
        "to join the russian armed forces",
        PRESSED,
        claim_kind="practice",
        people="foreign-nationals",
        source=POST,
        **post,
    )
    desk.publish(agency)
    told["ukrainian-news"] = desk.counted()

    caliber = desk.paste("caliber-az-frontline")
    desk.code("10,000 of these", SENT, speaker=speaker, source=POST, destination="rear", **post, **figure)
    desk.code("frontline", SENT, source=POST, destination="front", **post)
    desk.code("to enlist in the Russian armed forces", PRESSED, source=POST, **post)
    desk.publish(caliber)
    told["caliber"] = desk.counted()

    # What the post has from others is written once, in the post.
    for claim, fields in (
        (SENT, {"source": SPEECH}),
        (PRESSED, {"source": "Russian independent media", "source_kind": "unnamed-media"}),
    ):
        public_id = agency.citations.get().source.public_id
        browser_page.goto(f"{live_server.url}/desk/sources/{public_id}/reports/")
        desk.report(claim, why="Read in the post", **fields)
        browser_page.locator(f"#reports .desk-row:has-text('{claim}')").wait_for()

    # Two others, each with its traps.
    omsk = desk.paste("asb-media-omsk")
    for words, claim, measure in (
        ("Seventy", "New citizens are registered", "registered/naturalised/all"),
        ("nearly 70", "Foreigners are summoned", "summoned/foreign-nationals+naturalised/all"),
    ):
        new = {"claim_kind": "event", "people": "naturalised", "source": ""}
        desk.code(words, claim, **new, **{"figure0-measure": measure})
    tsyganok = desk.paste("euromaidan-press-tsyganok")
    outlet = Outlet.objects.get(name="Euromaidan Press")
    browser_page.goto(f"{live_server.url}/desk/outlet/{outlet.public_id}/edit/")
    browser_page.locator("input[name=extract_limit]").fill("500")
    browser_page.locator("input[name=is_link_required]").check()
    browser_page.locator("input[name=read_on]").fill("2026-11-03")
    browser_page.locator("form[action$='/policies/'] button").click()
    browser_page.wait_for_load_state()
    desk.open(tsyganok)
    desk.code(
        "more than 16,000",
        "Volunteers wish to join",
        claim_kind="count",
        source="Words of the analyst",
        source_kind="statement",
        **{"figure0-measure": "willing/foreign-recruits/all"},
    )
    for article in (omsk, tsyganok):
        desk.publish(article)
    for name, touches in told.items():
        print(f"{name}: {touches} keys and gestures, from the empty page to published")  # what was counted

    reader = Client()
    sent = reader.get(f"/claims/{Claim.objects.get(sentence=SENT).public_id}.json").json()
    pressed = reader.get(f"/claims/{Claim.objects.get(sentence=PRESSED).public_id}.json").json()
    assert (sent["articles"], sent["routes"], sent["origins"]) == (3, 2, 1)
    assert (pressed["articles"], pressed["routes"], pressed["origins"], pressed["unnamed"]) == (2, 1, 0, 1)
    assert not DateEvidence.objects.filter(is_chosen=True, basis__in=BOUNDS_ONLY).exists()
    assert str(Article.objects.get(pk=tsyganok.pk).published_from) == "2022-12-08"
    assert kinds_of(omsk) >= {CheckKind.NUMBERING_GAP, CheckKind.REWRITING, CheckKind.SAME_NUMBER}
    assert CheckKind.HEADLINE_AND_BODY in kinds_of(caliber)
    extract = PublicExtract.objects.get(article=tsyganok)
    assert (extract.limit, extract.length <= extract.limit) == (500, True)
    assert all(extract.length <= extract.limit for extract in PublicExtract.objects.all())
