"""The description of the search that browsers take on."""

import xml.etree.ElementTree as ElementTree

import pytest
from django.test import Client

from archive.models import Article
from tests.factories import ArticleFactory

NAMESPACE = {"os": "http://a9.com/-/spec/opensearch/1.1/"}


def described(client: Client) -> ElementTree.Element:
    answer = client.get("/opensearch.xml")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("application/opensearchdescription+xml")
    # Made by ourselves, just now.
    return ElementTree.fromstring(answer.content)  # noqa: S314  # see above


@pytest.mark.django_db
def test_it_names_whole_addresses_of_the_host_that_was_asked(client: Client):
    addresses = {one.get("type"): one.get("template") for one in described(client).findall("os:Url", NAMESPACE)}

    assert addresses == {
        "text/html": "http://testserver/articles/?q={searchTerms}",
        "application/x-suggestions+json": "http://testserver/suggest?q={searchTerms}",
        "application/opensearchdescription+xml": "http://testserver/opensearch.xml",
    }


@pytest.mark.django_db
def test_its_addresses_answer(client: Client):
    article: Article = ArticleFactory(published=True)
    root = described(client)

    for one in root.findall("os:Url", NAMESPACE):
        address = str(one.get("template")).replace("{searchTerms}", str(article.pk))
        assert client.get(address).status_code == 200, address
    assert str(root.findtext("os:Image", namespaces=NAMESPACE)).startswith("http://testserver/static/favicon")


@pytest.mark.django_db
def test_its_words_keep_the_limits_of_the_form(client: Client):
    root = described(client)
    lengths = {name: len(str(root.findtext(f"os:{name}", namespaces=NAMESPACE))) for name in ("ShortName", "LongName")}

    assert 0 < lengths["ShortName"] <= 16
    assert 0 < lengths["LongName"] <= 48
    assert 0 < len(str(root.findtext("os:Description", namespaces=NAMESPACE))) <= 1024


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/articles/", "/about/"])
def test_public_pages_lead_to_it(client: Client, address: str):
    page = client.get(address).content.decode()

    assert '<link rel="search" type="application/opensearchdescription+xml"' in page
    assert 'href="/opensearch.xml"' in page
