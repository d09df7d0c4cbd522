"""The workspace with Chromium: what was read stays in the browser alone; readable in both themes, and narrow."""

from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.test import Client

from tests import scenes
from tests.factories import CollectionEntryFactory, CollectionFactory, PersonFactory, SavedSearchFactory

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def signed_in(live_server, browser_page: "Page") -> "Page":
    return as_researcher("Ina Quill", live_server.url, browser_page)


def as_researcher(pen_name: str, site: str, page: "Page") -> "Page":
    """The same window, signed in as another new researcher."""
    client = Client()
    client.force_login(PersonFactory(researcher=True, pen_name=pen_name))
    session = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": session.key, "value": session.value, "url": site}])
    return page


def test_what_was_read_is_kept_by_the_browser_until_it_is_cleared_and_never_sent(live_server, signed_in: "Page"):
    scene = scenes.one_speech()
    first, second = scene.articles[:2]
    page, sent = signed_in, []
    page.on("request", lambda request: sent.append(request))
    for record in (first, scene.claim, second, first):
        page.goto(live_server.url + record.get_absolute_url())
    sent.clear()
    page.goto(f"{live_server.url}/workspace/")
    read = page.locator("[data-recent-items] a")
    assert read.all_inner_texts() == [first.headline, second.headline, scene.claim.sentence]
    assert not [request for request in sent if request.method != "GET" or request.post_data]
    assert not [request.url for request in sent if first.public_id in request.url]

    page.get_by_role("button", name="Clear").click()
    assert read.count() == 0
    page.get_by_label("Keep what I read").uncheck()
    page.goto(live_server.url + first.get_absolute_url())
    page.goto(f"{live_server.url}/workspace/")
    assert read.count() == 0
    page.get_by_label("Keep what I read").check()
    page.goto(live_server.url + first.get_absolute_url())
    page.goto(f"{live_server.url}/workspace/")
    assert read.all_inner_texts() == [first.headline]
    page.get_by_role("button", name="Sign out").click()
    assert page.evaluate("Object.keys(localStorage)") == []


def test_nobody_sees_what_somebody_else_read_in_the_same_browser(live_server, signed_in: "Page"):
    article = scenes.one_speech().articles[0]
    signed_in.goto(live_server.url + article.get_absolute_url())
    as_researcher("Max Pen", live_server.url, signed_in)
    signed_in.goto(f"{live_server.url}/workspace/")

    assert signed_in.locator("[data-recent-none]").is_visible()
    assert signed_in.locator("[data-recent-items] a").count() == 0


def test_axe_finds_nothing_in_the_workspace_and_nothing_is_wider_than_a_telephone(
    live_server, signed_in: "Page", axe_violations_in_both_schemes
):
    from archive.models import Person

    owner, scene = Person.objects.get(pen_name="Ina Quill"), scenes.one_speech()
    long = "Verteidigungsministeriumssprecherin" * 3
    collection = CollectionFactory(owner=owner, title=long, note=long)
    CollectionFactory(is_shared=True)
    CollectionFactory(owner=owner, removed_at=scene.claim.created_at)
    CollectionEntryFactory(collection=collection, article=scene.articles[0], note=long)
    CollectionEntryFactory(collection=collection, article=None, claim=scene.claim)
    taken = {"removed_at": scene.claim.created_at, "article": scene.articles[1]}
    CollectionEntryFactory(collection=collection, **taken)
    search = SavedSearchFactory(owner=owner, name=long, query="q=headline", fed=True)
    page = signed_in
    page.set_viewport_size({"width": 320, "height": 800})
    at = collection.get_absolute_url()
    paths = ["/workspace/", at, f"{at}edit/", f"{at}dossier/", search.get_absolute_url()]
    paths += [scene.articles[0].get_absolute_url(), "/articles/"]
    for path in paths:
        page.goto(live_server.url + path)
        page.locator("main details").evaluate_all("all => all.forEach(one => { one.open = true; })")
        assert (path, axe_violations_in_both_schemes(page)) == (path, [])
        assert (path, page.evaluate("document.documentElement.scrollWidth")) == (path, 320)


def act(page: "Page", role: str, name: str, *, has_script: bool) -> None:
    """Press something by its name: by keyboard, or with a mouse where no script runs."""
    found = page.locator("summary", has_text=name) if role == "summary" else page.get_by_role(role, name=name)
    if has_script:
        found.first.focus()
        page.keyboard.press("Enter")
    else:
        found.first.click()


@pytest.mark.parametrize("has_script", [True, False], ids=["by keyboard alone", "without scripts"])
def test_an_article_is_gathered_a_search_is_saved_and_both_are_taken_out(live_server, browser, has_script: bool):
    scene, context = scenes.one_speech(), browser.new_context(java_script_enabled=has_script)
    page = as_researcher("Ina Quill", live_server.url, context.new_page())
    page.goto(live_server.url + scene.articles[0].get_absolute_url())

    act(page, "summary", "Put into a collection", has_script=has_script)
    page.get_by_label("Title of your new collection").fill("Raids")
    act(page, "button", "Put it there", has_script=has_script)
    page.wait_for_url("**/workspace/collections/**")
    assert page.get_by_role("heading", level=1).inner_text().startswith("Raids")
    act(page, "link", "Dossier for print", has_script=has_script)
    page.wait_for_url("**/dossier/")
    assert page.get_by_text(scene.articles[0].headline).first.is_visible()

    page.goto(f"{live_server.url}/articles/?outlet={scene.articles[0].outlet.slug}")
    act(page, "summary", "Save this search", has_script=has_script)
    page.get_by_label("Name").fill("One outlet")
    act(page, "button", "Save", has_script=has_script)
    page.wait_for_url("**/workspace/**")
    page.goto(f"{live_server.url}/workspace/")
    assert page.get_by_role("link", name="One outlet").is_visible()
    assert page.get_by_role("link", name="Raids").is_visible()
    context.close()
