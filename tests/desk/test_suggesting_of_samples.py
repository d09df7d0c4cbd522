"""Reuse among five real pages, pasted as they are."""

import os
from pathlib import Path

import pytest

from archive.desk import reuse_work
from archive.models import Suggestion
from archive.text.normalise import plain_text
from archive.text.paragraphs import guess_zones
from tests.factories import ArticleFactory, CaptureFactory, CaptureTextFactory, captured

SAMPLES = Path(os.environ.get("ARCHIVE_SHARED_DATA", "/nowhere")).parent / "sample-articles"

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        "ARCHIVE_SHARED_DATA" not in os.environ, reason="NOT TESTED ON REAL FILES: ARCHIVE_SHARED_DATA is not set"
    ),
]


def test_two_reports_of_one_post_are_suggested_and_no_other_pair_is():
    articles = {}
    for path in sorted(SAMPLES.glob("*.txt")):
        text = plain_text(path.read_text(encoding="utf-8"))
        capture = CaptureFactory(article=ArticleFactory(), body=text.encode())
        CaptureTextFactory(capture=capture, text=text, zones=guess_zones(text))
        articles[path.stem.split("-")[0]] = capture.article
    reuse_work.look()

    (one,) = Suggestion.objects.all()
    assert one.kind == "text-overlap"
    assert {one.left, one.right} == {articles["caliber"], articles["ukrainian"]}

    another = captured(
        ArticleFactory(), "A headline", "It shows the post, too: pic.twitter.com/z7bCxNKMPS"
    ).capture.article
    reuse_work.look()

    post = Suggestion.objects.get(kind="shared-post")
    assert (post.left, post.right) == (articles["caliber"], another)
