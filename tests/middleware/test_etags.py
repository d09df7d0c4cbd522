"""Public pages carry the public version, and are sent again only when it has changed."""

import pytest
from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext

from archive.models import ArchiveState
from tests import factories

PAGE = "/articles/"

pytestmark = pytest.mark.django_db


def change_what_is_public() -> None:
    ArchiveState.objects.update(public_version=F("public_version") + 1)


def test_an_unchanged_page_is_304_for_one_query(client: Client):
    tag = client.get(PAGE).headers["ETag"]

    with CaptureQueriesContext(connection) as queries:
        answer = client.get(PAGE, headers={"If-None-Match": tag})

    assert answer.status_code == 304
    assert answer.content == b""
    assert answer.headers["ETag"] == tag
    assert len(queries) == 1


def test_a_page_is_sent_again_after_a_public_change(client: Client):
    tag = client.get(PAGE).headers["ETag"]
    change_what_is_public()

    answer = client.get(PAGE, headers={"If-None-Match": tag})

    assert answer.status_code == 200
    assert answer.headers["ETag"] != tag


def test_each_address_has_a_tag_of_its_own(client: Client):
    assert client.get(PAGE).headers["ETag"] != client.get(f"{PAGE}?page=1").headers["ETag"]


def test_a_new_build_has_new_tags(client: Client, settings):
    tag = client.get(PAGE).headers["ETag"]
    from archive.middleware import etags

    etags.build.cache_clear()
    settings.ARCHIVE_BUILD = "another"
    changed = client.get(PAGE).headers["ETag"]
    etags.build.cache_clear()

    assert changed != tag


def test_signed_in_people_get_no_tag(client: Client):
    client.force_login(factories.PersonFactory())

    assert "ETag" not in client.get(PAGE).headers


def test_a_page_that_is_not_there_has_no_tag(client: Client):
    assert "ETag" not in client.get("/articles/00000000/").headers


@pytest.mark.parametrize("address", ["/healthz", "/readyz", "/accounts/sign-in/"])
def test_pages_of_the_moment_have_no_tag(client: Client, address: str):
    assert "ETag" not in client.get(address).headers


@pytest.mark.parametrize("sent", ["*", '""', "nonsense", 'W/"', '"' * 50, ",,,"])
def test_a_strange_if_none_match_gets_the_whole_page(client: Client, sent: str):
    assert client.get(PAGE, headers={"If-None-Match": sent}).status_code == 200
