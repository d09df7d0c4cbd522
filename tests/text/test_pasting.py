"""Pasted text is parted into paragraphs, whatever its line ends, and the headline comes first."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text.paragraphs import ZONES, paragraphs
from archive.text.pasting import part_pasted

SAMPLES = Path(os.environ.get("ARCHIVE_SHARED_DATA", "/nowhere")).parent / "sample-articles"
FIRST = "The office said on Monday that it had called seventy people, and that it would call more of them in autumn."
SECOND = "A spokesman did not answer when he was asked how many of them had signed a contract by then."


@pytest.mark.parametrize("between", ["\n", "\n\n", "\r\n", "\n \n", "\n\n\n"])
def test_each_line_of_a_pasted_article_is_a_paragraph(between: str):
    parted = part_pasted(between.join(["Office calls seventy", FIRST, SECOND]))

    assert parted.text == f"Office calls seventy\n\n{FIRST}\n\n{SECOND}"
    assert parted.zones == ("headline", "body", "body")


def test_single_and_double_line_feeds_may_stand_in_one_text():
    parted = part_pasted(f"Office calls seventy\n\n{FIRST}\n{SECOND}\nPhoto: agency")

    assert parted.zones == ("headline", "body", "body", "caption")


def test_lines_broken_at_a_width_are_one_paragraph():
    broken = (
        "The office said on Monday that it had called seventy\npeople, and that it would call more of them in\nautumn."
    )

    parted = part_pasted(f"Office calls seventy\n\n{broken}\n\n{SECOND}")

    assert parted.text.split("\n\n")[1] == broken.replace("\n", " ")


def test_a_list_is_not_taken_for_lines_broken_at_a_width():
    lines = [f"{number}. a point of the list that is about as long as the others" for number in range(1, 5)]

    assert len(part_pasted("A headline of words\n\n" + "\n".join(lines)).zones) == 5


def test_the_headline_comes_first_and_what_stood_before_it_is_kept():
    parted = part_pasted("Skip to content\n\nOffice calls seventy\n\n" + FIRST)

    assert parted.text.split("\n\n") == ["Office calls seventy", "Skip to content", FIRST]
    assert parted.zones == ("headline", "boilerplate", "body")


@pytest.mark.parametrize("raw", ["", "\n\n", "\0"])
def test_nothing_pasted_is_no_paragraph(raw: str):
    assert part_pasted(raw).text == ""
    assert part_pasted(raw).zones == ()


@given(st.text(alphabet=st.sampled_from("ab. \n\r\t\u00a0\u2028é"), max_size=300))
def test_no_word_is_lost_and_each_paragraph_has_a_zone(raw: str):
    parted = part_pasted(raw)

    assert sorted(parted.text.split()) == sorted(raw.split())
    assert len(paragraphs(parted.text, parted.zones)) == len(parted.zones)
    assert set(parted.zones) <= set(ZONES)


@pytest.mark.skipif(not SAMPLES.exists(), reason="NOT TESTED ON REAL ARTICLES: ARCHIVE_SHARED_DATA is not set")
def test_five_real_articles_become_paragraphs_with_their_headline_first():
    for path in sorted(SAMPLES.glob("*.txt")):
        parted = part_pasted(path.read_text(encoding="utf-8"))
        assert parted.zones[0] == "headline", path.name
        assert parted.zones.count("body") >= 6, path.name
        assert max(map(len, parted.text.split("\n\n"))) < 2000, path.name
