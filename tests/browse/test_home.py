"""Home: every number is a link to a list that has as many rows."""

import re

import pytest
from django.test import Client

from tests import scenes
from tests.factories import ActorFactory, ArticleFactory

pytestmark = pytest.mark.django_db
HOLDING = re.compile(r'<li><a href="(/[a-z]+/)"><b>(\d+)</b>')
OUTLET = re.compile(r'href="(/articles/\?outlet=[\w-]+)"[^>]*>(\d+)</a>')


def rows(client: Client, address: str) -> int:
    text = client.get(address).content.decode()
    return len(re.findall(r'<li class="entry|<th scope="row"', text))


def test_each_number_equals_the_length_of_the_list_that_it_leads_to(client: Client):
    scenes.one_speech()
    ArticleFactory(headline="A draft")
    ActorFactory(name="A draft")

    found = HOLDING.findall(client.get("/").content.decode())

    assert [address for address, _ in found] == ["/articles/", "/outlets/", "/claims/", "/sources/", "/actors/"]
    assert [(address, rows(client, address)) for address, _ in found] == [(one, int(count)) for one, count in found]


def test_each_outlets_number_equals_the_length_of_its_list(client: Client):
    scenes.one_speech()

    found = OUTLET.findall(client.get("/").content.decode())

    assert len(found) == 3
    assert all(rows(client, address) == int(count) for address, count in found)


def test_an_empty_archive_says_so(client: Client):
    text = client.get("/").content.decode()

    assert "<b>0</b> articles" in text
    assert "No claim is published yet." in text


def test_public_pages_set_no_cookie_and_hold_only_forms_that_ask(client: Client):
    scene = scenes.one_speech()

    for address in ("/", "/articles/", scene.articles[0].get_absolute_url(), scene.claim.get_absolute_url(), "/about/"):
        answer = client.get(address)
        assert not answer.cookies
        assert b"csrfmiddlewaretoken" not in answer.content
        forms = re.findall(rb"<form[^>]*>", answer.content)
        assert all(b'method="get"' in form for form in forms), forms
