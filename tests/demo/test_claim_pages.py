"""Claims of the demo, as their pages tell them: drift of wording, voices, how outlets carry them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from archive.models import Outlet
from tests.demo.keys import claim
from tests.demo.test_demo import text_of

pytestmark = pytest.mark.django_db


def told(key: str) -> dict[str, Any]:
    return dict(Client().get(f"/claims/{claim(key).public_id}.json").json())


def test_each_wording_says_in_what_it_differs_from_the_nearest_one_held():
    record = told("C02")
    reports = {one["id"]: one for one in record["reports"]}
    drifts = [(reports[one["report"]], one) for one in record["drifts"]]
    [body] = [drift for report, drift in drifts if report["verb"] == "revealed"]
    differs = {one["kind"]: (one["here"], one["there"]) for one in body["differences"]}

    assert differs["place"] == ("the front", "the war zone")
    assert differs["area"] == ("Central Asia", "")
    assert differs["number"] == ("in words", "10,000")
    assert body["is_original"]
    assert body["nearest"]["carrier"]["outlet"]["title"] == "Caliber.Az"


def test_a_translation_is_not_compared_on_its_comparator_and_the_original_is_not_held():
    record = told("C02")
    reports = {one["id"]: one for one in record["reports"]}
    beside_a_translation = [
        one for one in record["drifts"] if one["nearest"] and one["nearest"]["wording_kind"]["slug"] == "translated"
    ]
    [translated] = [one for one in record["drifts"] if reports[one["report"]]["wording_kind"]["slug"] == "translated"]

    assert beside_a_translation
    assert all(one["kind"] != "comparator" for drift in beside_a_translation for one in drift["differences"])
    assert (translated["nearest"], translated["is_original"]) == (None, False)
    assert "original wording not held" in text_of(Client().get(claim("C02").get_absolute_url()))


def test_coercion_is_asserted_by_the_outlet_and_not_by_the_speaker():
    [found] = told("C02")["tactic_voices"]

    assert found["tactic"]["slug"] == "means-not-stated"
    assert (len(found["speaker"]), len(found["outlet"])) == (0, 1)
    assert found["outlet"][0]["outlet"]["title"] == "UNITED24 Media"


def test_each_number_of_a_method_leads_to_as_many_claims():
    page = Client().get("/tactics/").content.decode()
    found = re.findall(r'href="(/claims/\?tactic=[\w-]+&amp;asserted_by=\w+)"[^>]*>[^<]*: (\d+)</a>', page)

    assert len(found) > 20
    assert {int(count) for _, count in found} >= {0, 1}
    for address, count in found:
        assert claims_in(address) == int(count), address


def test_each_number_of_how_an_outlet_carries_claims_leads_to_as_many():
    numbers = set()
    for outlet in Outlet.objects.published():
        page = Client().get(outlet.get_absolute_url()).content.decode()
        carrying = page.partition('id="carrying"')[2].partition("</section>")[0]
        for address, count in re.findall(r'href="(/claims/\?[^"]+)">(\d+)</a>', carrying):
            assert claims_in(address) == int(count), address
            numbers.add((address.partition("?")[2].partition("=")[0], int(count)))

    assert {name for name, count in numbers if count} == {"outlet", "first_in", "relayed_by", "no_source_in"}


def claims_in(address: str) -> int:
    return Client().get(address.replace("&amp;", "&")).content.decode().count('<th scope="row">')
