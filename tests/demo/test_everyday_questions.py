"""What researchers ask every day, each asked of the demo by one address."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client

from archive.models import Claim, ImportRow
from tests.demo.keys import actor, claim, source

pytestmark = pytest.mark.django_db


def claims(question: str) -> set[str]:
    """Keys of the claims that a question finds."""
    return {key_of(row["id"], "claim") for row in records(f"/claims.json?{question}")}


def records(address: str) -> list[dict[str, Any]]:
    answer = Client().get(address)
    assert answer.status_code == 200, answer.content
    found: list[dict[str, Any]] = json.loads(b"".join(answer.streaming_content))["records"]
    return found


def key_of(public_id: str, kind: str) -> str:
    rows = ImportRow.objects.filter(row_key__startswith=f"{kind}:").values_list("row_key", "record_id")
    keys = {pk: key.partition(":")[2] for key, pk in rows}
    return keys[Claim.objects.get(public_id=public_id).pk]


def figures(question: str) -> list[tuple[str, str]]:
    """Number and speaker of each figure that a question finds."""
    answer = Client().get(f"/figures/?{question}")
    assert answer.status_code == 200
    return sorted((row.text, row.speaker.title if row.speaker else "") for row in answer.context_data["figures"])


def test_1_who_first_reported_raids_at_workplaces_and_markets_in_a_year_and_on_whose_word():
    found = claims("tactic=raid&setting=workplace&setting=market-or-canteen&from=2024&to=2024&date=published")

    assert "C11" in found
    page = Client().get(claim("C11").get_absolute_url()).content.decode()
    assert "UNITED24 Media" in page
    assert "C25" in claims("tactic=raid&setting=market-or-canteen")


def test_2_all_figures_on_new_citizens_sent_to_the_war_by_speaker_since_2022():
    found = figures("stage=sent&people=naturalised&from=2022")

    assert {number for number, _speaker in found} == {"about 10,000", "10,000", "20,000"}
    assert {speaker for _number, speaker in found} == {"Alexander Bastrykin"}
    assert len(found) == 4
    # The figure on people from Central Asia counts another group.
    assert len(figures("stage=sent")) == 5


def test_3_what_governments_threatened_their_citizens_with():
    assert claims("response=warns-nationals") == {"C43"}
    assert claims(f"done_by={actor('A7').public_id}") == {"C43"} == claims(f"done_by={actor('A8').public_id}")


def test_4_which_articles_rest_on_one_ministrys_post_alone():
    post = source("S2").public_id

    citing = {row["outlet"]["id"] for row in records(f"/articles.json?source={post}")}
    assert citing >= {"caliber-az", "ukrainian-news-agency"}
    assert [row["outlet"]["id"] for row in records(f"/articles.json?source={post}&alone=1")] == ["caliber-az"]


def test_5_who_denied_it_declined_to_answer_or_took_it_back():
    assert claims("act=withdraws&act=declines") == set()
    page = Client().get("/claims/?act=withdraws&act=declines").content.decode()
    assert "none here does not mean that none was reported" in page
    assert "/articles/?depth=listed" in page
    for key in claims("act=denies"):
        assert claim(key).counts.denials == 1


def test_6_everything_about_one_region_its_towns_included():
    assert claims("place=omsk-region") >= {"C19", "C20", "C21", "C22", "C23", "C24", "C25"}
    assert "C20" not in claims("place=omsk")


def test_7_how_many_separate_voices_report_threats_of_losing_citizenship():
    found = records("/claims.json?tactic=citizenship-loss-threat")

    assert [(row["articles"], row["origins"]) for row in found if row["id"] == claim("C30").public_id] == [(1, 0)]


def test_8_what_outlets_of_one_country_say_in_their_own_words_and_what_they_pass_on():
    own = claims("outlet_country=UA&voice=own-words")

    assert own >= {"C02", "C14", "C15", "C34", "C35", "C36"}
    assert "C10" not in own
    assert "C10" in claims("outlet_country=UA&voice=reported-speech")


def test_9_how_one_speakers_number_has_changed():
    found = figures(f"measure=found-unregistered/naturalised/ru&speaker={actor('A1').public_id}")

    assert {number for number, _speaker in found} == {"30,000", "more than 30,000", "80,000"}
    assert Client().get("/measures/found-unregistered/naturalised/ru/").content.decode().count("80,000") >= 1


def test_10_which_claims_have_no_source_stated_or_only_unnamed_ones():
    assert claims("credit=none-stated") >= {"C11", "C14", "C25"}
    assert "C07" in claims("source_kind=unnamed-media")
    assert "C38" in claims("source_kind=unnamed-official")


def test_11_what_is_reported_of_african_students_and_who_says_so():
    assert claims("people=foreign-students&area=africa") == {"C15"}


def test_12_which_bodies_are_said_to_carry_out_checks_and_raids():
    for body, done in (("A3", {"C21"}), ("A11", {"C07", "C11"}), ("A12", {"C19"})):
        assert claims(f"done_by={actor(body).public_id}") == done


def test_13_what_is_carried_in_one_language_and_never_in_another():
    in_russian_alone = claims("language=ru&language_not=en")

    assert {"C58", "C59"} <= in_russian_alone
    assert in_russian_alone.isdisjoint(claims("language=en"))


def test_14_what_is_said_to_have_happened_in_a_period_whenever_it_was_printed():
    assert claims("from=2024-06&to=2024-06") >= {"C01", "C02"}
    assert "C25" not in claims("from=2024-04&to=2024-04")
    assert claims("date=no-year") == {"C25"}


def test_15_where_a_headline_and_its_text_or_a_text_and_the_words_it_quotes_differ():
    page = Client().get(claim("C02").get_absolute_url()).content.decode()

    headline, quoted = "to the front", "to the war zone"
    rows = [row for row in re.findall(r"<tr.*?</tr>", page, re.DOTALL) if "Caliber.Az" in row]
    assert any(headline in row and "Headline" in row for row in rows)
    assert any(quoted in row and "Embedded post" in row for row in rows)
    assert "Another group than in the quoted post." in page
