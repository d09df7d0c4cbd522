"""What a page says of itself: how to cite it, which address to keep, what to show of it elsewhere."""

import html
import re
from datetime import date

import pytest
from django.test import Client

from archive.models.base import Record
from tests.factories import ActorFactory, ArticleFactory, ClaimFactory, OutletFactory, PersonFactory, SourceFactory
from tests.scenes import one_speech

pytestmark = pytest.mark.django_db
FACTORIES = [ArticleFactory, ClaimFactory, SourceFactory, ActorFactory, OutletFactory]


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def citation(client: Client, record: Record) -> str:
    found = re.search(r'<p class="cite">(.*?)</p>', text_of(client, record.get_absolute_url()), re.DOTALL)
    assert found
    return re.sub(r"<[^>]+>", "", found[1])


def test_an_article_is_cited_with_outlet_headline_date_addresses_version_and_the_day_it_was_read(
    client: Client, time_machine
):
    article = one_speech().articles[0]
    article.published_from = article.published_to = date(2024, 7, 2)
    article.save()
    time_machine.move_to("2026-11-23T10:00:00Z")

    assert citation(client, article) == (
        f"To cite this record {article.outlet.name}: Headline ten, 2 July 2024. {article.address}."
        f" In: Coercive Recruitment Archive, record {article.public_id}, version 1, accessed 23 November 2026."
        f" http://testserver/articles/{article.public_id}/"
    )


@pytest.mark.parametrize("factory", FACTORIES)
def test_every_record_says_how_to_cite_it(client: Client, time_machine, factory):
    time_machine.move_to("2026-11-23T10:00:00Z")
    record = factory(published=True)

    found = citation(client, record)

    assert str(record) in found
    assert f"record {record.public_id}, version 1, accessed 23 November 2026." in found
    assert found.endswith(f"http://testserver{record.get_absolute_url()}")


def test_a_page_that_is_held_from_yesterday_is_sent_again_with_todays_day(client: Client, time_machine):
    address = ArticleFactory(published=True).get_absolute_url()
    time_machine.move_to("2026-11-23T23:59:00Z")
    tag = client.get(address).headers["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304

    time_machine.move_to("2026-11-24T00:01:00Z")
    answer = client.get(address, headers={"If-None-Match": tag})

    assert answer.status_code == 200
    assert b"accessed 24 November 2026" in answer.content


def test_what_is_withheld_is_cited_nowhere(client: Client):
    article = ArticleFactory(published=True, headline="Names a person", headline_withheld=True, address_withheld=True)

    page = text_of(client, article.get_absolute_url())

    assert "Names a person" not in page
    assert article.address not in page


@pytest.mark.parametrize("factory", FACTORIES)
def test_a_record_has_one_address_to_keep_and_says_elsewhere_what_it_says_here(client: Client, factory):
    record = factory(published=True)

    page = text_of(client, f"{record.get_absolute_url()}")

    assert f'<link rel="canonical" href="http://testserver{record.get_absolute_url()}">' in page
    assert f'<meta property="og:title" content="{record}">' in page
    assert f'<meta property="og:url" content="http://testserver{record.get_absolute_url()}">' in page
    assert re.search(r'<meta name="description" content="[^"]+">', page)


@pytest.mark.parametrize("path", ["/", "/articles/", "/claims/", "/outlets/", "/tactics/", "/about/"])
def test_of_a_list_the_address_to_keep_is_the_whole_list(client: Client, path: str):
    assert f'<link rel="canonical" href="http://testserver{path}">' in text_of(client, f"{path}?page=1&bogus=1")


@pytest.mark.parametrize("address", ["/desk/", "/accounts/set-password/"])
def test_pages_that_are_not_public_name_no_address_to_keep(client: Client, address: str):
    client.force_login(PersonFactory(editor=True))

    assert b"canonical" not in client.get(address).content


def test_what_is_not_there_names_no_address_to_keep(client: Client):
    assert b"canonical" not in client.get("/articles/00000000/").content


@pytest.mark.parametrize(
    ("path", "query"), [("/articles/", "outlet=one&sort=oldest"), ("/claims/", "tactic=raid"), ("/articles/", "")]
)
def test_a_list_offers_itself_as_files_with_the_question_that_was_asked(client: Client, path: str, query: str):
    OutletFactory(published=True, slug="one")
    asked = f"?{query}" if query else ""

    page = text_of(client, f"{path}?{query}&page=1")

    for ending in ("csv", "json", "atom"):
        assert f'<a href="{path.rstrip("/")}.{ending}{asked}">' in page
    assert re.search(f'<link rel="alternate" type="application/atom.xml"[^>]*href="{path[:-1]}.atom', page)


def test_a_list_that_cannot_be_shown_offers_no_file(client: Client):
    assert ".csv" not in text_of(client, "/articles/?bogus=1")
