"""Real files go through: five texts of pages, forty records on the subject, a slice of a large corpus."""

import io
import os
from pathlib import Path

import pytest
from django.core.management import call_command

from archive.models import Article, CaptureText

SHARED = Path(os.environ.get("ARCHIVE_SHARED_DATA", "/nowhere"))

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        "ARCHIVE_SHARED_DATA" not in os.environ, reason="NOT TESTED ON REAL FILES: ARCHIVE_SHARED_DATA is not set"
    ),
]


@pytest.fixture(autouse=True)
def _captures_of_its_own(settings, tmp_path):
    settings.ARCHIVE_CAPTURES = tmp_path / "captures"


def run(path: Path, *options: str) -> str:
    out = io.StringIO()
    call_command("import_articles", str(path), *options, stdout=out)
    return out.getvalue()


def test_five_texts_of_pages_load_by_one_command_and_again_adds_none():
    folder = SHARED.parent / "sample-articles"

    first = run(folder, "--outlet", "To be sorted", "--language", "en")
    again = run(folder, "--outlet", "To be sorted", "--language", "en")

    assert first.count("1 row: 1 added") == 5
    assert again.count("1 row: 0 added, 1 same") == 5
    # The headline counts against no limit of what may be shown, so no article may hide in it.
    assert all(0 < len(headline) < 150 for headline in Article.objects.values_list("headline", flat=True))
    assert all(zones.count("headline") == 1 for zones in CaptureText.objects.values_list("zones", flat=True))


def test_forty_records_on_the_subject_become_drafts():
    said = run(SHARED / "topical" / "articles.jsonl")

    assert "40 rows: 40 added, 0 same, 0 conflict, 0 refused" in said
    assert Article.objects.filter(status="draft").count() == 40


def test_three_thousand_rows_of_the_corpus_go_in_once():
    path = SHARED / "news-corpus" / "corpus.jsonl.gz"

    first = run(path, "--limit", "3000")
    again = run(path, "--limit", "3000")

    assert "3000 rows: 3000 added" in first
    assert "0 added" in again
    assert Article.objects.count() == 3000
