"""The desk's pages: who gets in, queues that count what they list, and originals that are never opened here."""

import pytest
from django.db import connection
from django.test import Client

from archive.captures import store
from archive.history import triggers
from archive.models import Article, Event, Figure
from tests.desk.edit_form import sent_by
from tests.factories import (
    AppearanceFactory,
    ArticleFactory,
    CaptureFactory,
    CheckFactory,
    CitationFactory,
    FigureFactory,
    PassageFactory,
    PersonFactory,
    RedactionFactory,
    captured,
)

pytestmark = pytest.mark.django_db

QUEUES = ["draft", "in-review", "published", "withdrawn", "checks", "harm"]
POSTS = ["publish", "submit", "withdraw", "redactions", "checks", "look", "private-person"]


@pytest.fixture
def figure(db: None) -> Figure:
    return FigureFactory(published=True)


@pytest.fixture
def pages(figure: Figure) -> list[str]:
    """One address of every page of the desk."""
    article = figure.appearance.article
    capture = CaptureFactory(article=article, kept=True)
    return [
        "/desk/",
        "/desk/articles/",
        "/desk/history/",
        f"/desk/articles/{article.public_id}/",
        f"/desk/captures/{capture.public_id}/original",
        f"/desk/article/{article.public_id}/edit/",
        f"/desk/outlet/{article.outlet.public_id}/edit/",
        f"/desk/figure/{figure.public_id}/history/",
    ]


def test_editors_open_every_page_of_the_desk(desk: Client, pages: list[str]):
    assert [(page, desk.get(page).status_code) for page in pages] == [(page, 200) for page in pages]


@pytest.mark.parametrize(("role", "status"), [("administrator", 200), ("researcher", 403), (None, 403)])
def test_a_role_opens_all_of_the_desk_or_none_of_it(client: Client, pages: list[str], role: str | None, status: int):
    client.force_login(PersonFactory(**({role: True} if role else {})))

    assert {client.get(page).status_code for page in pages} == {status}


def test_who_is_not_signed_in_is_asked_to_and_then_comes_back(client: Client, pages: list[str]):
    for page in pages:
        answer = client.get(page)
        assert (answer.status_code, answer["Location"]) == (302, f"/accounts/sign-in/?next={page}")


def test_an_editor_whose_account_was_closed_is_out_at_once(desk: Client, editor):
    editor.is_active = False
    editor.save()

    assert desk.get("/desk/").status_code == 302


@pytest.mark.parametrize("role", ["researcher", None])
@pytest.mark.parametrize("what", POSTS)
def test_nobody_but_the_desk_decides_anything(client: Client, role: str | None, what: str):
    article = ArticleFactory()
    if role:
        client.force_login(PersonFactory(**{role: True}))

    answer = client.post(f"/desk/articles/{article.public_id}/{what}/", {"version": "1", "reason": "safety"})

    assert answer.status_code == (403 if role else 302)
    article.refresh_from_db()
    assert (article.status, article.version, Event.objects.count()) == ("draft", 1, 0)


@pytest.mark.parametrize("what", POSTS)
def test_decisions_are_made_by_forms_and_never_by_following_a_link(desk: Client, what: str):
    article = ArticleFactory()

    assert desk.get(f"/desk/articles/{article.public_id}/{what}/").status_code == 405


def waiting() -> None:
    """Articles in every queue, in different numbers; some in two."""
    ArticleFactory.create_batch(2)
    ArticleFactory(in_review=True)
    ArticleFactory.create_batch(3, published=True)
    ArticleFactory(withdrawn=True)
    article = CheckFactory().article
    CheckFactory(article=article)
    CheckFactory(decided=True)
    captured(article, "A headline", cleared=False)
    captured(article, "Another headline", cleared=False)


@pytest.mark.parametrize("queue", QUEUES)
def test_each_count_leads_to_a_list_with_that_many_rows(desk: Client, queue: str):
    waiting()
    address = f"/desk/articles/?status={queue}"

    home, listed = desk.get("/desk/").content.decode(), desk.get(address).content.decode()

    link = home.split(f'<a href="{address}"')[1].split("</a>")[0]
    count = int(link.split('class="count">')[1].split("<")[0])
    assert count == listed.count('class="desk-row"') > 0


@pytest.mark.parametrize("queue", ["nothing", "published'--", "x" * 3000])
def test_a_queue_that_is_none_lists_nothing_and_says_so(desk: Client, queue: str):
    ArticleFactory()

    answer = desk.get("/desk/articles/", {"status": queue})

    assert answer.status_code == 200
    assert "There is no such queue" in answer.content.decode()
    assert 'class="desk-row"' not in answer.content.decode()


@pytest.mark.parametrize("page", ["0", "-1", "two", "9" * 40, "2"])
def test_an_odd_page_number_shows_some_page(desk: Client, page: str):
    ArticleFactory()

    assert desk.get("/desk/articles/", {"page": page}).status_code == 200
    assert desk.get("/desk/history/", {"page": page}).status_code == 200


@pytest.mark.once
@pytest.mark.parametrize("address", ["/desk/", "/desk/articles/", "/desk/history/"])
def test_lists_run_as_many_queries_for_forty_rows_as_for_one(desk: Client, editor, count_queries, address: str):
    def edit(article: Article) -> None:
        form = f"/desk/article/{article.public_id}/edit/"
        desk.post(form, sent_by(desk.get(form), form, summary="Anew"))

    edit(ArticleFactory())
    queries_for_one = count_queries(address, editor)
    for article in ArticleFactory.create_batch(19):
        edit(article)
    ArticleFactory.create_batch(20)

    assert count_queries(address, editor) == queries_for_one


def test_the_page_of_an_article_runs_as_many_queries_for_many_reports_as_for_one(editor, count_queries):
    article = ArticleFactory()
    address = f"/desk/articles/{article.public_id}/"

    def add(count: int) -> None:
        for number in range(count):
            text = captured(article, f"Headline {number}", f"A paragraph {count} {number}.")
            report = AppearanceFactory(article=article, passage=PassageFactory(capture_text=text, words="A paragraph"))
            FigureFactory.create_batch(2, appearance=report)
            CitationFactory(article=article)
            CheckFactory(article=article)

    add(1)
    queries_for_one = count_queries(address, editor)
    add(19)

    assert count_queries(address, editor) == queries_for_one


def test_the_page_of_an_article_shows_the_desk_all_that_is_held(desk: Client):
    article = ArticleFactory(headline="The headline", headline_withheld=True)
    text = captured(article, "The headline", "A man named Testov Test was sent.", "The end.", cleared=False)
    RedactionFactory(passage=PassageFactory(capture_text=text, words="Testov Test"))
    report = AppearanceFactory(article=article, passage=PassageFactory(capture_text=text, words="was sent"))

    page = desk.get(f"/desk/articles/{article.public_id}/").content.decode()

    assert '<span class="redaction" title="Hidden from readers">Testov Test</span>' in page
    assert "The end." in page
    assert str(report.claim) in page
    assert "was sent" in page


def test_the_start_page_says_when_the_history_is_not_guarded(desk: Client):
    assert "guarded by triggers" in desk.get("/desk/").content.decode()
    triggers.remove(connection)

    assert "The history is not guarded" in desk.get("/desk/").content.decode()


# Originals.

PAGE = b"<html><script>alert(1)</script>\xff\x00</html>"


def test_an_original_is_a_download_that_no_browser_opens(desk: Client):
    capture = CaptureFactory(body=PAGE, kept=True, media_type="text/html")

    answer = desk.get(f"/desk/captures/{capture.public_id}/original")

    assert answer.content == PAGE
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox")


def test_an_original_is_cut_out_of_the_file_that_holds_many(desk: Client):
    blob = store.keep(b"before " + PAGE + b" after")
    capture = CaptureFactory(body=PAGE, blob=blob, offset=7)

    assert desk.get(f"/desk/captures/{capture.public_id}/original").content == PAGE


def test_bytes_that_were_changed_in_the_store_are_not_handed_out_as_the_original(desk: Client):
    capture = CaptureFactory(body=PAGE, blob=store.keep(b"Other bytes altogether, of the same length."))

    answer = desk.get(f"/desk/captures/{capture.public_id}/original")

    assert answer.status_code == 404
    assert "not those that were received" in answer.content.decode()


def test_a_missing_file_is_answered_404(desk: Client):
    capture = CaptureFactory(body=b"Never kept at all")

    assert desk.get(f"/desk/captures/{capture.public_id}/original").status_code == 404
    assert desk.get("/desk/captures/zzzzzzzz/original").status_code == 404
