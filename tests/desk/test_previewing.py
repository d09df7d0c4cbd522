"""A preview is the public page before it is public: the same words, through the same doors, and nothing of it stays."""

import re

import pytest
from django.test import Client

from archive.history.versions import public_version
from archive.models import Article, Claim, Event, Outlet, PublicExtract
from archive.models.vocabulary import RecordStatus
from tests.desk.acts import coded, page_of, send
from tests.factories import (
    AppearanceFactory,
    ArticleFactory,
    CitationFactory,
    PassageFactory,
    RedactionFactory,
    captured,
)

pytestmark = pytest.mark.django_db


def preview(desk: Client, article: Article):
    return desk.get(f"{page_of(article)}preview/")


def words(page: str) -> list[str]:
    """The words of an article's page below its head, without what tells of the moment."""
    record = page.split('class="record article"')[1].split("</main>")[0]
    return [word for word in re.sub(r"<[^>]*>", " ", record).split() if "version" not in word]


def test_a_preview_reads_as_the_public_page_then_does(desk: Client, client: Client):
    article = coded()
    CitationFactory(article=article)

    before = preview(desk, article)
    assert send(desk, article, "publish").status_code == 302
    after = client.get(article.get_absolute_url())

    assert "About 20,000 were sent" in before.content.decode()
    stamps = re.compile(r"^\d+,?$")
    shown, public = (
        [word for word in words(page.content.decode()) if not stamps.match(word)] for page in (before, after)
    )
    assert shown == public


def test_a_preview_says_that_it_is_one_and_is_kept_by_nobody(desk: Client):
    answer = preview(desk, coded())

    assert "This is a preview." in answer.content.decode()
    assert '<meta name="robots" content="noindex">' in answer.content.decode()
    assert answer["X-Robots-Tag"] == "noindex"
    assert answer["Cache-Control"] == "private, no-store"
    assert "ETag" not in answer


def test_nothing_of_a_preview_stays(desk: Client, client: Client):
    article = coded()
    extracts, version = list(PublicExtract.objects.values()), public_version()

    preview(desk, article)

    assert set(Article.objects.values_list("status", flat=True)) == {RecordStatus.DRAFT}
    assert set(Claim.objects.values_list("status", flat=True)) == {RecordStatus.DRAFT}
    assert set(Outlet.objects.values_list("status", flat=True)) == {RecordStatus.DRAFT}
    assert (list(PublicExtract.objects.values()), public_version()) == (extracts, version)
    assert Event.objects.count() == 0
    assert client.get(article.get_absolute_url()).status_code == 404


def test_a_preview_shows_what_a_reader_without_an_account_would_see_and_no_more(desk: Client):
    article = ArticleFactory(outlet__limit=30, byline="Test Testov")
    text = captured(article, "A headline", "A man named Testov was sent.", "Far beyond what the outlet allows.")
    RedactionFactory(passage=PassageFactory(capture_text=text, words="Testov"))
    for quoted in ("A man named Testov", "Far beyond what the outlet allows"):
        AppearanceFactory(article=article, passage=PassageFactory(capture_text=text, words=quoted))
    captured(article, "A headline", "Not yet reviewed.", cleared=False)

    page = preview(desk, article).content.decode()

    assert "A man named" in page
    for hidden in ("Testov", "Far beyond", "Not yet reviewed", "Edit at the desk", "Sign out"):
        assert hidden not in page


def test_of_what_has_no_headline_or_was_withdrawn_there_is_no_preview(desk: Client):
    for article in (ArticleFactory(headline=""), ArticleFactory(withdrawn=True)):
        assert preview(desk, article).status_code == 422


def test_a_preview_runs_as_many_queries_for_many_reports_as_for_one(editor, count_queries):
    article = coded()

    def report(times: int) -> None:
        for number in range(times):
            text = captured(article, "A headline", f"Paragraph {times} {number}.")
            AppearanceFactory(
                article=article, claim__published=True, passage=PassageFactory(capture_text=text, words="Paragraph")
            )

    address = f"{page_of(article)}preview/"
    report(1)
    queries_for_one = count_queries(address, editor)
    report(9)

    assert count_queries(address, editor) == queries_for_one
