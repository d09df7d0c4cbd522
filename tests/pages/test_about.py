"""What the archive says of itself, and the words that it never says."""

import re

import pytest
from django.test import Client

from tests import scenes
from tests.factories import PersonFactory
from tests.project import code

VERDICTS = re.compile(r"\b(?:fake[ds]?|fabricat\w*|hallucinat\w*|debunk\w*)\b", re.IGNORECASE)
TAGS = re.compile(r"<[^>]*>")


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/about/", "/methodology/", "/safety/"])
def test_it_can_be_read_by_everybody(client: Client, address: str):
    answer = client.get(address)

    assert answer.status_code == 200
    assert answer.content.decode().count("<h1>") == 1


@pytest.mark.django_db
def test_safety_has_its_version_and_its_day(client: Client):
    assert re.search(r"Version \d+, \d+ \w+ 20\d\d", client.get("/safety/").content.decode())


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/about/", "/safety/", "/"])
def test_the_operators_address_stands_where_people_look_for_it(client: Client, settings, address: str):
    settings.ARCHIVE_CONTACT = "mailto:desk@archive.example"

    assert 'href="mailto:desk@archive.example"' in client.get(address).content.decode()


@pytest.mark.django_db
def test_without_an_address_the_archive_says_so(client: Client):
    assert "has not yet named an address" in client.get("/about/").content.decode()


@pytest.mark.django_db
def test_the_methodology_defines_what_a_claim_page_counts(client: Client):
    text = client.get("/methodology/").content.decode()

    for words in ("Starting point", "Way passed on", "Names no source", "upper bound", "200 characters"):
        assert words in text


@pytest.mark.parametrize("path", sorted((code.ROOT / "templates").rglob("*.html")), ids=lambda path: path.name)
def test_no_template_passes_a_verdict(path):
    assert VERDICTS.findall(path.read_text(encoding="utf-8")) == []


@pytest.mark.django_db
def test_no_page_passes_a_verdict(client: Client):
    scene = scenes.one_speech()
    pages = ["/", "/articles/", "/claims/", "/sources/", "/tactics/", "/about/", "/methodology/", "/safety/"]
    records = [*scene.articles, scene.claim, scene.post, scene.speaker, scene.measure]

    for address in [*pages, *(record.get_absolute_url() for record in records)]:
        assert VERDICTS.findall(TAGS.sub(" ", client.get(address).content.decode())) == []


@pytest.mark.django_db
def test_the_name_of_who_is_signed_in_stands_above_with_a_way_out(client: Client):
    client.force_login(PersonFactory(editor=True, pen_name="Quill"))

    text = client.get("/about/").content.decode()

    assert "Quill" in text
    assert 'action="/accounts/sign-out/" method="post"' in text
    assert 'href="/desk/"' in text
