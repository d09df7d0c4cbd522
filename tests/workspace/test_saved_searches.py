"""Saved searches: asked again as the list asks, with exactly what came since the last look; and their secret feeds."""

import html
import importlib
import re
from collections.abc import Callable

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client

from archive.filters import saved
from archive.models import Article, Claim, Outlet, Person, SavedSearch
from archive.search.engine import SearchTooSlow, budget
from archive.workspace import actions
from tests import scenes
from tests.desk.edit_form import sent_by
from tests.factories import ArticleFactory, OutletFactory, PersonFactory, SavedSearchFactory
from tests.workspace.test_collections import said, titles

pytestmark = pytest.mark.django_db

SAVE = "/workspace/searches/new/"


def asked_at(address: str) -> dict[str, str]:
    path, _, query = address.partition("?")
    return {"kind": path.strip("/"), "query": query}


def researcher_of(client: Client) -> Person:
    return Person.objects.get(pk=client.session["_auth_user_id"])


def kept(client: Client, address: str, name: str = "Followed") -> SavedSearch:
    """Save the question of a list with the form on its page."""
    answer = client.post(SAVE, sent_by(client.get(address), SAVE, name=name))
    assert answer.status_code == 302, said(answer)
    return SavedSearch.objects.get(public_id=answer["Location"].rstrip("/").rpartition("/")[2])


def test_what_is_published_after_the_last_look_is_new_until_it_is_said_to_be_seen(at_work: Client, publish: Callable):
    outlet = OutletFactory(published=True)
    publish(ArticleFactory(outlet=outlet))
    search = kept(at_work, f"/articles/?outlet={outlet.slug}")
    later, elsewhere = ArticleFactory(outlet=outlet), ArticleFactory(outlet=OutletFactory(published=True))
    assert "nothing new" in said(at_work.get("/workspace/"))
    publish(later)
    publish(elsewhere)

    home = at_work.get("/workspace/").content.decode()
    (link,) = re.findall(r'class="kept-news" href="([^"]+)">1 new<', home)
    for _look in range(2):
        assert titles(at_work.get(link)) == titles(at_work.get(search.get_absolute_url())) == [later.headline]

    do = f"{search.get_absolute_url()}do/"
    answer = at_work.post(do, sent_by(at_work.get(link), do, act="seen"))
    assert "nothing new" in said(at_work.get("/workspace/"))
    after = at_work.get(answer["Location"])
    assert titles(after) == [later.headline]
    at_work.post(do, sent_by(after, do, act="seen"))
    assert "1 new" in said(at_work.get("/workspace/"))


def test_what_is_published_between_the_look_and_the_button_stays_new(at_work: Client, publish: Callable):
    search = kept(at_work, "/articles/")
    do = f"{search.get_absolute_url()}do/"
    form = sent_by(at_work.get(search.get_absolute_url()), do, act="seen")
    meanwhile = ArticleFactory()
    publish(meanwhile)
    at_work.post(do, form)

    assert titles(at_work.get(search.get_absolute_url())) == [meanwhile.headline]


def test_nothing_beyond_the_newest_event_is_ever_seen(at_work: Client, publish: Callable):
    search = kept(at_work, "/articles/")
    at_work.post(f"{search.get_absolute_url()}do/", {"act": "seen", "seq": 2**62})
    publish(article := ArticleFactory())

    assert titles(at_work.get(search.get_absolute_url())) == [article.headline]


def test_whoever_publishes_by_whichever_way_makes_news_once(at_work: Client, publish: Callable):
    """One event of another record is enough, and a later event makes nothing new again."""
    search = kept(at_work, "/claims/")
    scene = scenes.one_speech()
    publish(ArticleFactory())
    seqs = set(Claim.objects.values_list("published_seq", flat=True))
    publish(ArticleFactory())

    assert titles(at_work.get(search.get_absolute_url())) == [scene.claim.sentence]
    assert set(Claim.objects.values_list("published_seq", flat=True)) == seqs == {1}


def test_what_was_public_before_the_count_began_is_no_news(publish: Callable):
    old, draft = ArticleFactory(published=True), ArticleFactory()
    stamp = importlib.import_module("archive.migrations.0013_published_before").stamp
    with connection.schema_editor() if connection.vendor == "postgresql" else _editor() as editor:
        stamp(apps, editor)
    publish(draft)

    seqs = dict(Article.objects.values_list("pk", "published_seq"))
    assert (seqs[old.pk], seqs[draft.pk]) == (0, 1)
    assert set(Outlet.objects.published().values_list("published_seq", flat=True)) == {0}


class _editor:
    """SQLite's own cannot be opened inside a test's transaction; the migration asks it for its connection alone."""

    connection = connection

    def __enter__(self) -> "_editor":
        return self

    def __exit__(self, *_: object) -> None: ...


LISTS = ["/articles/", "/claims/", "/outlets/", "/sources/", "/actors/", "/articles/?once=1&sort=saved"]
LISTS += ["/articles/?q=headline", "/claims/?sort=said&act=asserts", "/outlets/?sort=articles", "/sources/?sort=cited"]


@pytest.mark.parametrize("address", LISTS)
def test_every_list_of_records_can_be_followed_and_counts_as_it_lists(at_work: Client, publish: Callable, address: str):
    search = SavedSearchFactory(owner=researcher_of(at_work), **asked_at(address))
    scenes.one_speech()
    publish(ArticleFactory())
    page = at_work.get(search.get_absolute_url()).content.decode()

    (count,) = re.findall(r'id="new-title">[^<]*<span class="total">(\d+)<', page)
    assert int(count) == len(re.findall(r'<h3 class="entry-title"', page)) > 0
    assert f"{count} new" in said(at_work.get("/workspace/"))
    (listed,) = re.findall(r'<h1>[^<]*<span class="total">(\d+)<', at_work.get(address).content.decode())
    assert count == listed


def test_one_question_has_one_form_whatever_the_order_in_which_it_is_written(researcher):
    first = saved.kept(
        "articles", "tactic=raid&q=&language=en&tactic=contract-deception&page=3&filters=all", researcher
    )
    second = saved.kept("articles", "language=en&tactic=contract-deception&tactic=raid", researcher)

    assert first == second == "language=en&tactic=contract-deception&tactic=raid"


def test_the_same_search_is_kept_once_and_comes_back_when_it_was_taken_out(at_work: Client):
    search = kept(at_work, "/articles/?q=raid")
    assert kept(at_work, "/articles/?q=raid&page=1", "Another name") == search
    at_work.post(f"{search.get_absolute_url()}do/", {"act": "remove"})
    assert at_work.get(search.get_absolute_url()).status_code == 404

    again = kept(at_work, "/articles/?q=raid", "Once more")
    assert (again.pk, again.name, SavedSearch.objects.count()) == (search.pk, "Once more", 1)


@pytest.mark.parametrize("query", ["outlet=nosuch", "bogus=1", "from=yesterday", "q=%00", "q=" + "x" * 1990, "alone=1"])
def test_a_question_that_the_list_would_not_answer_is_not_kept_and_says_why(at_work: Client, query: str):
    answer = at_work.post(SAVE, {"kind": "articles", "query": query, "name": "Mine"})

    assert answer.status_code == 422
    assert sent_by(answer, SAVE)["name"] == ["Mine"]
    assert not SavedSearch.objects.exists()


def test_a_search_that_can_no_longer_be_asked_says_so_and_has_no_feed(at_work: Client):
    outlet = OutletFactory(published=True)
    search = kept(at_work, f"/articles/?outlet={outlet.slug}")
    feed = fed(at_work, search)
    Outlet.objects.filter(pk=outlet.pk).update(status="draft")

    assert "can no longer be asked so" in said(at_work.get("/workspace/"))
    assert "“outlet” cannot be" in said(at_work.get(search.get_absolute_url()))
    assert Client().get(feed).status_code == 404


def test_what_is_not_counted_in_time_is_said_to_be_so(at_work: Client, monkeypatch: pytest.MonkeyPatch):
    kept(at_work, "/articles/")
    monkeypatch.setattr("archive.workspace.news.ALL", -1.0)

    assert "too much to be counted in time" in said(at_work.get("/workspace/"))


def test_a_statement_over_its_budget_is_stopped_and_the_rest_goes_on():
    slow = {
        "postgresql": "SELECT pg_sleep(5)",
        "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 90000000) SELECT max(i) FROM n",
    }
    with pytest.raises(SearchTooSlow), budget(connection, 0.05), connection.cursor() as cursor:
        cursor.execute(slow[connection.vendor])

    assert not Article.objects.exists()


def test_nobody_keeps_more_searches_than_a_page_can_count(researcher, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(actions, "MOST_SEARCHES", 1)
    SavedSearchFactory(owner=researcher)
    with pytest.raises(actions.TooMany):
        actions.save_search("articles", "q=raid", "Mine", by=researcher)


def test_a_search_is_renamed_and_a_stale_form_loses_nothing(at_work: Client, researcher):
    search = SavedSearchFactory(owner=researcher)
    address = f"{search.get_absolute_url()}edit/"
    old = sent_by(at_work.get(address), address, name="Second")
    at_work.post(address, sent_by(at_work.get(address), address, name="First"))
    answer = at_work.post(address, old)

    assert answer.status_code == 409
    assert sent_by(answer, address)["name"] == ["Second"]


def fed(client: Client, search: SavedSearch) -> str:
    """Make the feed of a search, and read its address from the one page that tells it."""
    page = client.post(f"{search.get_absolute_url()}do/", {"act": "feed"})
    (address,) = re.findall(r"<code>http://testserver(/feeds/[^<]+)</code>", html.unescape(page.content.decode()))
    return address


def test_a_feed_gives_what_the_public_feed_gives_and_tells_nothing_of_its_owner(at_work: Client, researcher):
    scenes.one_speech()
    ArticleFactory(headline="A draft")
    search = kept(at_work, "/articles/?q=headline", "My private name")
    address = fed(at_work, search)

    answer, public = Client().get(address), Client().get("/articles.atom?q=headline")

    entries = [re.findall(r"<entry>.*</entry>", one.content.decode(), re.DOTALL) for one in (answer, public)]
    assert entries[0] == entries[1] != []
    assert answer.headers["Content-Type"] == public.headers["Content-Type"]
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "ETag" not in answer.headers
    assert not answer.cookies
    told = answer.content.decode()
    assert not [word for word in ("My private", researcher.pen_name, researcher.username, "draft") if word in told]


def test_a_feeds_secret_is_long_shown_once_replaced_and_switched_off(at_work: Client):
    search = kept(at_work, "/claims/")
    first = fed(at_work, search)
    secret = first.removeprefix("/feeds/").removesuffix(".atom")
    assert len(secret) >= 32
    assert secret not in at_work.get(search.get_absolute_url()).content.decode()
    assert secret not in str(SavedSearch.objects.values_list().get())

    second = fed(at_work, search)
    assert [Client().get(one).status_code for one in (first, second)] == [404, 200]
    absent = Client().get("/feeds/nothing.atom")
    assert Client().get(first).content == absent.content
    at_work.post(f"{search.get_absolute_url()}do/", {"act": "no-feed"})
    assert Client().get(second).status_code == 404


@pytest.mark.parametrize("end", ["remove", "close"])
def test_a_feed_ends_with_its_search_and_with_its_account(at_work: Client, researcher, end: str):
    search = kept(at_work, "/articles/")
    address = fed(at_work, search)
    if end == "remove":
        at_work.post(f"{search.get_absolute_url()}do/", {"act": "remove"})
    else:
        researcher.is_active = False
        researcher.save()

    assert Client().get(address).status_code == 404


def test_a_browser_never_remembers_a_headline_that_the_public_does_not_read(client: Client):
    client.force_login(PersonFactory(editor=True))
    article = ArticleFactory(published=True, headline="Names a person", headline_withheld=True)
    page = client.get(article.get_absolute_url()).content.decode()

    assert "<h1" in page
    assert "Names a person" in page
    assert 'data-recent-title="Headline withheld to protect a person"' in page


def test_readers_without_a_workspace_are_offered_none(client: Client):
    article = ArticleFactory(published=True)
    public = client.get(article.get_absolute_url()).content.decode() + client.get("/articles/").content.decode()
    client.force_login(PersonFactory())

    assert "/workspace/" not in public
    assert "recent.js" not in public
    assert client.get("/workspace/").status_code == 403
    assert "/workspace/" not in client.get(article.get_absolute_url()).content.decode()
