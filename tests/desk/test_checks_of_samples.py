"""The checks on five real pages, pasted as they are."""

import os
from pathlib import Path

import pytest

from archive.desk import check_actions, findings
from archive.models import Article, Person
from archive.models.vocabulary import CheckKind
from archive.text.normalise import plain_text
from archive.text.paragraphs import guess_zones
from tests.factories import AppearanceFactory, ArticleFactory, CaptureFactory, CaptureTextFactory

SAMPLES = Path(os.environ.get("ARCHIVE_SHARED_DATA", "/nowhere")).parent / "sample-articles"
NAMES = (
    "asb-media-omsk",
    "caliber-az-frontline",
    "euromaidan-press-tsyganok",
    "ukrainian-news-british-intelligence",
    "united24-forcibly-enlisted",
)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        "ARCHIVE_SHARED_DATA" not in os.environ, reason="NOT TESTED ON REAL FILES: ARCHIVE_SHARED_DATA is not set"
    ),
]


@pytest.fixture
def pasted(editor: Person):
    """Paste a sample, code one claim of it without a passage, and look at it."""

    def paste(name: str) -> Article:
        text = plain_text((SAMPLES / f"{name}.txt").read_text(encoding="utf-8"))
        article = ArticleFactory(undated=True)
        capture = CaptureFactory(article=article, body=text.encode())
        CaptureTextFactory(capture=capture, text=text, zones=guess_zones(text))
        AppearanceFactory(article=article)
        check_actions.look(article, by=editor)
        return article

    return paste


def count(article: Article, kind: CheckKind) -> int:
    return article.checks.filter(kind=kind).count()


@pytest.mark.parametrize("name", NAMES)
def test_one_page_has_three_signs_of_rewriting_and_every_other_one_at_most(pasted, name: str):
    signs = count(pasted(name), CheckKind.REWRITING)

    assert signs == 3 if name == "asb-media-omsk" else signs <= 1


@pytest.mark.parametrize("name", NAMES)
def test_no_page_names_a_private_person_or_how_to_reach_one(pasted, name: str):
    article = pasted(name)

    assert article.checks.filter(kind__in=findings.BLOCKING).count() == 0
    assert count(article, CheckKind.DATE_WITHOUT_BASIS) == 1
    assert count(article, CheckKind.NEAR_DUPLICATE) == 0


@pytest.mark.parametrize(("name", "numbers"), list(zip(NAMES, (10, 4, 3, 2, 3), strict=True)))
def test_the_numbers_of_each_page_are_asked_about_and_words_for_sources_where_it_has_any(
    pasted, name: str, numbers: int
):
    article = pasted(name)

    assert count(article, CheckKind.NUMBER_NOT_CODED) == numbers
    assert (count(article, CheckKind.ATTRIBUTION_WITHOUT_SOURCE) > 1) == (name != "asb-media-omsk")


def test_the_page_with_a_list_of_two_has_a_gap_and_no_marks(pasted):
    asked = pasted("asb-media-omsk").checks.filter(kind=CheckKind.NUMBERING_GAP)

    assert set(asked.values_list("subject", flat=True)) == {"labels 2–4", "not marked 1, 5"}
