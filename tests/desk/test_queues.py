"""What waits at the desk: each count is that of its list."""

import datetime
import re

import pytest
from django.test import Client

from tests.factories import (
    AppearanceFactory,
    ArticleFactory,
    AssignmentFactory,
    CheckFactory,
    CommentFactory,
    LinkCheckFactory,
    PublicRequestFactory,
    SourceCheckFactory,
    SourceFactory,
    SuggestionFactory,
    captured,
)

pytestmark = pytest.mark.django_db

LINK = re.compile(r'<li><a href="([^"]+)"[^>]*>([^<]+) <span class="count">(\d+)</span>')


@pytest.fixture
def waiting(editor) -> None:
    """Something in every queue, in different numbers, and beside each something that is not."""
    ArticleFactory.create_batch(2)
    ArticleFactory(in_review=True)
    AppearanceFactory(article__published=True)
    AppearanceFactory(article__withdrawn=True)
    ArticleFactory.create_batch(3, published=True)
    CheckFactory(article=CheckFactory().article)
    CheckFactory(decided=True)
    captured(ArticleFactory(), "A headline", cleared=False)
    AssignmentFactory.create_batch(2, person=editor)
    AssignmentFactory()
    talked = ArticleFactory()
    CommentFactory.create_batch(2, record=talked.public_id)
    CommentFactory(record=ArticleFactory().public_id, resolved_by="someone1", resolved_at="2026-11-03T12:00Z")
    CommentFactory(kind="source", record=talked.public_id)
    SourceFactory.create_batch(4, published=True)
    SourceFactory()
    SourceCheckFactory(source=SourceFactory(published=True), state="not-found")
    LinkCheckFactory(of_source=True, source__published=True, is_gone=True)
    LinkCheckFactory(article__published=True, is_gone=True)
    LinkCheckFactory(is_gone=True)
    found_again = LinkCheckFactory(article__published=True, is_gone=True)
    LinkCheckFactory(article=found_again.article, checked_on=datetime.date(2026, 11, 30))
    PublicRequestFactory.create_batch(5)
    PublicRequestFactory(decided=True)


@pytest.mark.usefixtures("waiting")
def test_each_count_is_that_of_the_list_that_it_leads_to(desk: Client):
    links = LINK.findall(desk.get("/desk/").content.decode())

    counts = {label.strip(): int(count) for _address, label, count in links}
    listed = {
        label.strip(): desk.get(address).content.decode().count('class="desk-row"') for address, label, _ in links
    }
    assert counts == listed
    assert (
        counts
        | {
            "Waiting for me": 2,
            "In review": 1,
            "Published": 6,
            "Address counts as gone": 2,
            "Withdrawn": 1,
            "With open checks": 1,
            "Do-no-harm check not decided": 1,
            "With open talk": 1,
            "Listed, not coded": 5,
            "Needs source check": 5,
            "Requests from outside": 5,
        }
        == counts
    )


@pytest.mark.usefixtures("waiting")
def test_sources_that_need_a_check_are_those_of_the_public_list_that_nobody_looked_for(desk: Client):
    waiting = set(re.findall(r"/desk/source/(\w+)/edit/", desk.get("/desk/queues/sources/").content.decode()))
    public = desk.get("/sources/", {"state": "not-checked"}).content.decode()

    assert waiting == set(re.findall(r'href="/sources/(\w{8})/"', public))


def test_rows_say_who_has_an_article_and_how_much_talk_is_open(desk: Client):
    held = AssignmentFactory(person__pen_name="Otto").article
    CommentFactory.create_batch(2, record=held.public_id)

    page = desk.get("/desk/articles/").content.decode()

    assert "in the hands of Otto" in page
    assert "2 open in talk" in page


@pytest.mark.parametrize(
    "address",
    ["/desk/", "/desk/articles/?status=talk", "/desk/queues/sources/", "/desk/requests/", "/desk/suggestions/"],
)
def test_queues_run_as_many_queries_for_many_rows_as_for_one(editor, count_queries, address: str):
    def wait(times: int) -> None:
        for _time in range(times):
            article = AssignmentFactory().article
            CommentFactory(record=article.public_id)
            CommentFactory(kind="source", record=SourceFactory(published=True).public_id)
            PublicRequestFactory()
            SuggestionFactory()

    wait(1)
    queries_for_one = count_queries(address, editor)
    wait(9)

    assert count_queries(address, editor) == queries_for_one


def test_a_first_day_has_its_list_of_what_to_do_whose_links_lead_somewhere(desk: Client):
    page = desk.get("/desk/").content.decode()
    steps = page.split('class="first-day"')[1].split("</details>")[0]

    addresses = re.findall(r'href="([^"]+)"', steps)

    assert len(addresses) > 7
    assert {desk.get(address).status_code for address in addresses} == {200}
