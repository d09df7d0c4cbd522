"""The demo: worth looking at, true to its facts, and within every outlet's terms."""

from __future__ import annotations

import csv
import html
import re
from collections import Counter
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from archive.models import Article, Claim, DateEvidence, Figure, Outlet, Person, PublicExtract
from archive.models.vocabulary import BOUNDS_ONLY, CaptureMethod
from tests.demo.keys import claim, source

pytestmark = pytest.mark.django_db


def test_it_is_large_enough_to_be_worth_looking_at():
    assert Article.objects.published().count() >= 30
    assert Claim.objects.published().count() >= 10
    assert Figure.objects.filter(as_of_to__isnull=False).count() >= 20


@pytest.mark.parametrize(
    ("key", "articles", "routes", "origins"),
    [("C01", 3, 2, 1), ("C02", 3, 2, 1), ("C07", 2, 1, 0), ("C08", 2, 1, 1), ("C20", 1, 0, 0)],
)
def test_a_claim_is_counted_as_it_was_coded_by_hand(key, articles, routes, origins):
    told = Client().get(f"/claims/{claim(key).public_id}.json").json()

    assert (told["articles"], told["routes"], told["origins"]) == (articles, routes, origins)


def test_the_page_of_a_claim_says_articles_ways_and_starting_points_in_words():
    page = text_of(Client().get(claim("C02").get_absolute_url()))

    assert re.search(r"3 articles.{0,40}2 ways.{0,40}1 starting point", page)


def test_stored_counts_are_those_of_the_page():
    for one in Claim.objects.published().select_related("counts"):
        told = Client().get(f"/claims/{one.public_id}.json").json()
        stored = (one.counts.articles, one.counts.routes, one.counts.origins, one.counts.not_stated)
        assert stored == (told["articles"], told["routes"], told["origins"], told["not_stated"]), one.sentence


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
    """Asked as a file, which counts no facets."""
    answer = Client().get(address.replace("&amp;", "&").replace("/claims/?", "/claims.csv?"))
    return len(list(csv.DictReader(b"".join(answer.streaming_content).decode("utf-8-sig").splitlines())))


def test_euromaidan_press_shows_its_limit_of_500_characters():
    outlet = Outlet.objects.get(name="Euromaidan Press")

    assert "500" in text_of(Client().get(outlet.get_absolute_url()))
    assert outlet.extract_limit == 500


def test_footer_and_render_stamp_are_kept_and_shown_and_are_no_dates():
    kept = DateEvidence.objects.filter(basis__in=BOUNDS_ONLY).select_related("article")

    assert {one.basis for one in kept} == set(BOUNDS_ONLY)
    for one in kept:
        assert not one.is_chosen
        assert one.get_basis_display() in text_of(Client().get(one.article.get_absolute_url()))


@pytest.mark.parametrize(
    ("measure", "first", "second"),
    [("found-unregistered/naturalised/ru", "30,000", "80,000"), ("sent/naturalised/ru", "10,000", "20,000")],
)
def test_what_one_speaker_said_in_2024_and_2025_stand_as_two_steps_of_one_series(measure, first, second):
    page = Client().get(f"/measures/{measure}/").content.decode()

    [steps] = re.findall(r'<path class="steps" d="([^"]+)"', page)
    assert steps.count("V") == 1
    labels = re.findall(r'<a href="[^"]+" aria-label="([^"]+)"', page.split("<svg")[1])
    assert any(first in label and "27 June 2024" in label for label in labels)
    assert any(second in label and "20 May 2025" in label for label in labels)
    assert all("Alexander Bastrykin" in label for label in labels)


def test_an_article_with_a_gap_in_its_numbering_says_so_and_what_was_not_verified_on_which_day():
    page = text_of(Client().get(Article.objects.get(outlet__name="asb-media.info").get_absolute_url()))

    assert "Numbering gap" in page
    assert page.count("Not verified as of 3 November 2026") == 2
    told = text_of(Client().get(source("S2").get_absolute_url()))
    assert "Passes it on New citizens found off the military register have been sent to the war in Ukraine" in told


def test_no_article_shows_more_than_its_outlet_allows():
    for extract in PublicExtract.objects.select_related("article__outlet"):
        assert extract.length <= extract.limit <= extract.article.outlet.extract_limit


def test_of_other_outlets_only_short_phrases_are_held():
    own = Outlet.objects.get(slug="coercive-recruitment-archive")
    for article in Article.objects.exclude(outlet=own).prefetch_related("captures__texts"):
        for capture in article.captures.all():
            assert capture.method == CaptureMethod.EXCERPT
            for text in capture.texts.all():
                assert len(text.text) - len(article.headline) <= 500


def test_loading_again_adds_nothing():
    before = [model.objects.count() for model in (Article, Claim, Figure, Person)]

    call_command("load_demo", verbosity=0)

    assert [model.objects.count() for model in (Article, Claim, Figure, Person)] == before


def test_the_command_makes_two_accounts_and_shows_each_password_once(capsys, monkeypatch, tmp_path):
    monkeypatch.setattr(settings, "STATIC_ROOT", tmp_path / "static")

    call_command("demo", no_serve=True)
    first = capsys.readouterr().out
    call_command("demo", no_serve=True)
    second = capsys.readouterr().out

    for name in ("demo-researcher", "demo-editor"):
        password = re.search(rf"{name}\s+password: (\S+)", first).group(1)
        assert Client().login(username=name, password=password)
        assert password not in second
    assert "42 published articles and 14 drafts" in first
    assert "42 published articles and 14 drafts" in second


def test_nobody_can_sign_in_after_loading():
    assert not [person for person in Person.objects.all() if person.is_active and person.has_usable_password()]


# Files of records and lists have tests of their own.
FILES = (".json", ".csv", ".atom")
# What a list of which there are files is asked; files have no pages.
QUESTION = re.compile(r"/(articles|claims)/\?((?!.*\bpage=).+)")
VERDICTS = re.compile(r"\b(fake|fabricated|hallucinated|debunked)\b", re.IGNORECASE)


@pytest.mark.once
def test_every_public_page_opens_and_gives_no_verdict():
    """Follow every link from the home page that robots may follow; pages of the demo link to all that is public.

    Facets multiply their addresses without end, and their links say so. Of questions of one form some are opened as
    pages, and the others answered as files, which refuse what a page would explain.
    """
    client, waiting, seen, forms = Client(), ["/"], set(), Counter()
    while waiting:
        address = waiting.pop().split("#")[0]
        elsewhere = address.startswith(("/accounts/", "/static/")) or address.split("?")[0].endswith(FILES)
        if address in seen or not address.startswith("/") or elsewhere:
            continue
        seen.add(address)
        forms[form := re.sub(r"=[^&]*", "", address)] += 1
        if forms[form] > 3 and (asked := QUESTION.fullmatch(address)):
            answer = client.get(f"/{asked[1]}.json?{asked[2]}")
            assert answer.status_code == 200, address
            assert not VERDICTS.search(b"".join(answer).decode()), address
            continue
        answer = client.get(address)
        assert answer.status_code == 200, address
        if "html" in answer.headers["Content-Type"]:
            assert not VERDICTS.search(text_of(answer)), address
            links = re.findall(r'<(?![^>]*rel="nofollow")[^>]*\bhref="([^"]+)"', answer.content.decode())
            waiting += [link.replace("&amp;", "&") for link in links]
            waiting = [f"{address.split('?')[0]}{link}" if link.startswith("?") else link for link in waiting]

    for record in [*Article.objects.published(), *Claim.objects.published(), *Outlet.objects.published()]:
        assert record.get_absolute_url() in seen, f"nothing links to {record}"


def text_of(answer) -> str:
    body = re.sub(r"(?s)<(script|style|title).*?</\1>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", body)))
