"""Paragraphs and zones. The texts were written for these tests."""

import os
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text import normalise, paragraphs

LINES = st.sampled_from(
    [
        "",
        " ",
        "One sentence about a town.",
        "Sources: [1] A report",
        "[2] Another",
        "1. Item",
        "Latest",
        "Tags: a, b",
        "©",
        "x\u2028y",
    ]
)
PAGE = """Skip to content

Council counts its new residents

2 min read

A council in a northern town has counted seventy new residents, a notice says.

New residents in a queue / Source: example.org

Summer, 2 May — the count, the council says, will go on.

— Council of the Town (@towncouncil) May 3, 2024
Read it all: pic.twitter.com/abc123

Council counts its new residents

counting, new residents, northern towns, council notices

Sources:[1] Statistics Office, A Count of Towns. Available at: https://example.org/count

[5] Housing Office, Rooms and Beds.

  1. The count is part of a longer one.

Read also: Another count in another town

Latest

Edited by: the news desk

© 2024 Example News. All rights reserved."""


@given(st.one_of(st.text(), st.lists(LINES).map("\n".join), st.lists(LINES).map("\n\n".join)))
def test_each_paragraphs_words_stand_where_it_says(text):
    found = paragraphs.paragraphs(text)

    assert all(text[paragraph.start : paragraph.end] == paragraph.text for paragraph in found)
    assert all(one.end < other.start for one, other in zip(found, found[1:], strict=False))
    assert all("\n\n" not in paragraph.text and paragraph.text.strip() for paragraph in found)


@given(st.one_of(st.text(), st.lists(LINES).map("\n\n".join)))
def test_paragraphs_of_a_kept_text_joined_by_blank_lines_are_the_text(raw):
    text = normalise.plain_text(raw)

    assert "\n\n".join(paragraph.text for paragraph in paragraphs.paragraphs(text)) == text


@given(st.lists(LINES).map("\n\n".join))
def test_each_paragraph_gets_one_known_zone_and_one_at_most_is_the_headline(text):
    zones = paragraphs.guess_zones(text)

    assert len(zones) == len(paragraphs.paragraphs(text))
    assert set(zones) <= set(paragraphs.ZONES)
    assert zones.count("headline") <= 1


def test_a_page_with_its_furniture_is_told_apart():
    assert paragraphs.guess_zones(normalise.plain_text(PAGE)) == [
        "boilerplate",
        "headline",
        "boilerplate",
        "body",
        "caption",
        "body",
        "embed",
        "boilerplate",
        "tags",
        "reference-list",
        "reference-list",
        "note",
        "related-link",
        "related-link",
        "credit",
        "terms",
    ]


def test_the_first_paragraph_is_the_headline_even_if_it_lists_four_peoples():
    text = "Syrians, Cubans, Nepalis, and Indians may enlist, an officer says\n\nThe officer spoke on Monday."

    assert paragraphs.guess_zones(text) == ["headline", "body"]


def test_after_furniture_the_line_printed_twice_is_the_headline():
    furniture = "Copyright 2024 Example\n\nThe work of Example is paid by readers"
    text = furniture + "\n\nA count of the town\n\ntown hall\nA count of the town"

    assert paragraphs.guess_zones(text)[:3] == ["terms", "body", "headline"]


@pytest.mark.parametrize(
    "words",
    [
        "Latest figures of the office on the town, 2 July.",
        "Share of new residents rises again, the office says.",
        "Read more slowly, the teacher told the recruits, and then sign.",
        "Source of the money is not known.",
        "Updates of the register are made each week.",
        "By the end of May, sixteen people had been called.",
        "Home, work, street, market: checks were held everywhere.",
        "Photographs of the raid were shared. " * 30 + "Source: example.org",
        "Press officers, Ctrl or Enter, were silent.",
    ],
)
def test_sentences_that_only_begin_like_furniture_stay_in_the_body(words):
    assert paragraphs.guess_zones(f"A headline of four words\n\n{words}") == ["headline", "body"]


@pytest.mark.parametrize(
    ("words", "zone"),
    [
        ("Read more:", "related-link"),
        ("Читайте також: інша новина", "related-link"),
        ("See all", "related-link"),
        ("Share on Facebook", "boilerplate"),
        ("Section 2024-09-15T04:17:16+03:00\nExample news", "boilerplate"),
        ("You can also highlight the text and press Ctrl + Enter", "boilerplate"),
        ("Photo: agency", "caption"),
        ("Фото: агентство", "caption"),
        ("Privacy and Cookie Policies.", "terms"),
        ("When quoting our pages, give an active link to the page quoted.", "terms"),
        ("Editor’s note: the number was corrected.", "note"),
        ("#army #register", "tags"),
        ("Теги: армия", "tags"),
    ],
)
def test_furniture_of_pages_is_known_in_three_languages(words, zone):
    assert paragraphs.guess_zones(f"A headline of four words\n\n{words}") == ["headline", zone]


def test_a_long_first_paragraph_is_body_and_no_later_one_is_taken_for_the_headline():
    assert paragraphs.guess_zones("A sentence of a long text. " * 40 + "\n\nA short one") == ["body", "body"]


def test_zones_kept_with_a_text_win_over_guesses():
    found = paragraphs.paragraphs("Title\n\nLead", zones=["headline", "standfirst"])

    assert [paragraph.zone for paragraph in found] == ["headline", "standfirst"]


@pytest.mark.parametrize("zones", [["headline"], ["headline", "body", "body"], ["headline", "sidebar"]])
def test_zones_that_do_not_fit_the_text_are_refused(zones):
    with pytest.raises(ValueError, match="zone"):
        paragraphs.paragraphs("Title\n\nLead", zones=zones)


@pytest.mark.parametrize(
    "piece", ["— a(@", "Source: ", "a,", "[1] a\n\n1. b\n\n", "x\n\n", "read more: ", "2024-09-15T04:17"]
)
def test_a_million_characters_of_anything_are_zoned_within_seconds(piece):
    started = time.monotonic()

    paragraphs.guess_zones(piece * (1_000_000 // len(piece)))

    assert time.monotonic() - started < 20


@pytest.mark.skipif("ARCHIVE_SHARED_DATA" not in os.environ, reason="ARCHIVE_SHARED_DATA names no folder of real pages")
def test_real_pages_have_their_headlines_and_source_lists_found():
    folder = Path(os.environ["ARCHIVE_SHARED_DATA"]).parent / "sample-articles"
    found = {
        path.stem: paragraphs.paragraphs(normalise.plain_text(path.read_text(encoding="utf-8")))
        for path in folder.glob("*.txt")
    }

    headlines = {
        name: [normalise.single_line(part.text)[:20] for part in parts if part.zone == "headline"]
        for name, parts in found.items()
    }
    assert headlines["asb-media-omsk"] == ["Military documentati"]
    assert headlines["euromaidan-press-tsyganok"] == ["Syrians, Afghans, No"]
    assert headlines["united24-forcibly-enlisted"] == ["In Russia, Immigrant"]
    assert headlines["ukrainian-news-british-intelligence"] == ["Russia prosecuting m"]
    assert [part.zone for part in found["asb-media-omsk"]].count("reference-list") == 2
