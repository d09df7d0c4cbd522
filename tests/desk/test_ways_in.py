"""An article comes in by its address, as a file, a web archive or pasted text, and is a draft that says where from."""

import re
from datetime import date
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.test.client import MULTIPART_CONTENT

from archive.captures import store
from archive.desk import intake_reading, merge_actions
from archive.fetch.client import Refused
from archive.history import events
from archive.models import Article, Capture, Event, Intake
from archive.models.vocabulary import HarmReview, IntakeState
from archive.text.hashing import sha256_hex
from tests.desk.acts import changes_of, last_event
from tests.desk.intakes import FETCHED_AT, add_address, add_file, add_text, answer, nothing, serving, worked
from tests.extract.pages import PAGE, WORDS
from tests.extract.test_web_archives import wacz, warc
from tests.factories import ArticleFactory, CaptureFactory, IntakeFactory, OutletFactory

pytestmark = pytest.mark.django_db

ADDRESS = "https://news.example/2024/07/02/office"
BODY = PAGE.encode()
PASTED = f"Office calls seventy people\n\n2 July 2024\n\n{WORDS}\n\n{WORDS.replace('Monday', 'Tuesday')}"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    """Bytes go into a folder of the test's own."""
    settings.ARCHIVE_DATA = tmp_path
    settings.ARCHIVE_CAPTURES = tmp_path / "captures"


def test_an_address_becomes_a_draft_with_its_bytes_text_and_days(desk: Client, editor):
    sent = add_address(desk, f"{ADDRESS}?utm_source=feed")
    waiting = Intake.objects.get()
    assert (sent.status_code, sent["Location"]) == (302, waiting.get_absolute_url())
    assert waiting.state == IntakeState.WAITING
    assert "Waiting for the worker" in desk.get(sent["Location"]).content.decode()

    intake = worked(serving(BODY))

    article = intake.article
    assert (intake.state, article.status) == (IntakeState.DONE, "draft")
    assert (article.headline, article.byline, article.language) == ("Office calls seventy people", "A. Writer", "en")
    assert (article.address, article.outlet.name) == (ADDRESS, "Example News")
    assert (article.published_from, article.published_basis) == (date(2024, 7, 2), "metadata")
    capture = article.captures.get()
    assert (capture.sha256, capture.size, capture.method) == (sha256_hex(BODY), len(BODY), "fetched")
    assert (capture.captured_at, capture.harm_review) == (FETCHED_AT, HarmReview.OPEN)
    assert store.read(capture.blob) == BODY
    text = capture.texts.get()
    assert text.text.startswith("Office calls seventy people\n\n")
    assert (text.zones[0], WORDS in text.text) == ("headline", True)
    event = last_event()
    assert (event.act, event.kind, event.public_id, event.person) == (
        "add",
        "article",
        article.public_id,
        editor.public_id,
    )
    assert changes_of(event)["sha256"] == (None, capture.sha256)


def test_each_day_that_a_page_says_is_kept_with_its_basis_and_its_words(desk: Client):
    add_address(desk, ADDRESS)

    article = worked(serving(BODY)).article

    days = {one.basis: one for one in article.date_evidence.all()}
    assert set(days) >= {"byline", "metadata", "address", "footer"}
    assert [one.basis for one in days.values() if one.is_chosen] == ["metadata"]
    assert not days["footer"].is_chosen
    printed = days["byline"].passage
    assert printed.capture_text.text[printed.start : printed.end] == days["byline"].words == "By A. Writer, 2 July 2024"
    assert days["metadata"].note == "JSON-LD datePublished"


@pytest.mark.parametrize(
    "words",
    ["<footer><p>Copyright © 2024 Example News. All rights reserved.</p></footer>", ""],
    ids=["footer", "nothing"],
)
def test_a_footer_is_never_the_day_of_publication(desk: Client, words: str):
    page = f"<html><body><article><h1>A headline of it</h1><p>{WORDS}</p><p>{WORDS}!</p></article>{words}</body></html>"
    add_address(desk, "https://news.example/office")

    article = worked(serving(page.encode())).article

    assert (article.published_from, article.published_basis) == (None, "")
    assert {one.basis for one in article.date_evidence.all()} == ({"footer"} if words else set())


def test_the_page_of_an_intake_says_where_each_value_is_from(desk: Client):
    add_address(desk, ADDRESS)
    intake = worked(serving(BODY))

    page = desk.get(intake.get_absolute_url()).content.decode()

    assert "from JSON-LD headline" in page
    assert "from footer" in page
    assert "bounds only" in page
    assert f"/desk/articles/{intake.article.public_id}/code/" in page
    assert f"/desk/article/{intake.article.public_id}/edit/" in page


def test_an_outlet_is_known_by_its_host_or_made_as_a_draft(desk: Client):
    held = OutletFactory(name="The Example", website="https://www.news.example/")
    add_address(desk, ADDRESS)
    assert worked(serving(BODY)).article.outlet == held

    add_address(desk, "https://other.example/a")
    other = worked(serving(BODY.replace(b"Example News", b"Other News"))).article.outlet

    assert (other.name, other.slug, other.website) == ("Other News", "other-news", "https://other.example/")
    assert other.status == "draft"
    added = Event.objects.get(kind="outlet")
    assert (added.act, added.public_id, changes_of(added)["name"]) == ("add", other.public_id, (None, "Other News"))
    assert last_event().kind == "article"
    assert events.faults() == []


def test_what_a_page_calls_itself_counts_on_its_own_host_alone(desk: Client):
    page = BODY.replace(b'href="/2024/07/02/office?utm_source=feed"', b'href="https://elsewhere.example/x"')
    add_address(desk, f"{ADDRESS}/again")

    assert worked(serving(page)).article.address == f"{ADDRESS}/again"


@pytest.mark.parametrize(
    ("fetch", "told"),
    [
        (serving(BODY, status=404), "status 404"),
        (serving(b"%PDF-1.7", media_type="application/pdf"), "no web page"),
        (serving(b"<html><body></body></html>"), "No text was found"),
        (serving(b"<div>" * 5000 + b"</div>" * 5000), "nested too deeply"),
    ],
)
def test_what_cannot_be_taken_in_is_told_and_adds_nothing(desk: Client, fetch, told: str):
    add_address(desk, ADDRESS)

    intake = worked(fetch)

    assert intake.state == IntakeState.FAILED
    assert told in intake.told
    assert told in desk.get(intake.get_absolute_url()).content.decode()
    assert (Article.objects.count(), Capture.objects.count(), Event.objects.count()) == (0, 0, 0)


def test_a_refused_address_is_told_and_the_next_one_is_taken_in(desk: Client):
    add_address(desk, "https://refused.example/a")
    add_address(desk, ADDRESS)

    def fetch(address: str):
        if "refused" in address:
            raise Refused("This page could not be fetched.")
        return serving(BODY)(address)

    last = worked(fetch)

    first = Intake.objects.earliest("pk")
    assert (first.state, first.told) == (IntakeState.FAILED, "This page could not be fetched.")
    assert last.state == IntakeState.DONE


def test_a_defect_ends_one_intake_and_not_the_worker(desk: Client, caplog):
    from archive.desk import intake_work

    add_address(desk, "https://broken.example/a")
    add_address(desk, ADDRESS)

    def fetch(address: str):
        if "broken" in address:
            raise ZeroDivisionError
        return serving(BODY)(address)

    assert len(intake_work.take_in_waiting(fetch)) == 1

    states = list(Intake.objects.order_by("pk").values_list("state", flat=True))
    assert states == [IntakeState.FAILED, IntakeState.DONE]
    assert "ZeroDivisionError" in caplog.text


def test_an_uploaded_page_is_kept_first_and_taken_in_by_the_worker(desk: Client):
    add_file(desk, "page.html", BODY, address=ADDRESS)
    waiting = Intake.objects.get()
    assert (store.read(waiting.blob), waiting.state, waiting.file_name) == (BODY, IntakeState.WAITING, "page.html")

    article = worked().article

    assert (article.address, article.captures.get().method) == (ADDRESS, "uploaded")


def test_an_uploaded_page_without_an_address_is_where_it_says_it_is(desk: Client):
    page = BODY.replace(b'href="/2024/07/02/office?utm_source=feed"', f'href="{ADDRESS}"'.encode())
    add_file(desk, "page.html", page)

    assert worked().article.address == ADDRESS


def test_an_uploaded_plain_text_needs_its_outlet(desk: Client):
    add_file(desk, "text.txt", PASTED.encode())
    assert "It is not known who published this" in worked().told

    add_file(desk, "text.txt", PASTED.encode(), outlet="The Example")
    article = worked().article

    assert (article.headline, article.outlet.name) == ("Office calls seventy people", "The Example")


def test_a_web_archive_of_one_page_is_taken_in_as_it_is(desk: Client):
    body = warc((ADDRESS, BODY))
    add_file(desk, "page.warc.gz", body)

    article = worked().article

    capture = article.captures.get()
    assert (article.headline, article.address) == ("Office calls seventy people", ADDRESS)
    assert (store.read(capture.blob), capture.address) == (body, ADDRESS)
    assert capture.captured_at.isoformat() == "2024-07-03T10:00:00+00:00"
    assert changes_of(last_event())["page"][1]


@pytest.mark.parametrize("pack", [lambda body: body, lambda body: wacz(**{"archive/data.warc.gz": body})])
def test_of_several_pages_the_editor_chooses_one(desk: Client, pack):
    second = BODY.replace(b"seventy people", b"eighty people").replace(b"/2024/07/02/office", b"/2024/07/02/second")
    add_file(desk, "pages.wacz", pack(warc((ADDRESS, BODY), ("https://news.example/second", second))))
    asking = worked()
    assert (asking.state, Article.objects.count()) == (IntakeState.CHOOSING, 0)
    page = desk.get(asking.get_absolute_url()).content.decode()
    assert "It holds 2 pages" in page
    assert "https://news.example/second" in page

    assert answer(desk, asking, "page").status_code == 422
    assert answer(desk, asking, "page", page="7").status_code == 422
    assert (answer(desk, asking, "new").status_code, answer(desk, asking, "copy").status_code) == (409, 409)
    assert answer(desk, asking, "page", page="1").status_code == 302
    article = worked().article

    assert article.headline == "Office calls eighty people"
    assert answer(desk, asking, "page", page="0").status_code in {409, 422}


@pytest.mark.parametrize("name", ["bomb.warc.gz", "zip.wacz", "odd.html"])
def test_broken_files_and_bombs_are_told(desk: Client, name: str):
    import gzip

    bodies = {
        "bomb.warc.gz": gzip.compress(gzip.compress(b"0" * 20_000_000)),
        "zip.wacz": b"PK\x03\x04" + b"\xff" * 500,
        "odd.html": b"\x00\x01\x02" * 100,
    }
    add_file(desk, name, bodies[name])

    intake = worked()

    assert intake.state == IntakeState.FAILED
    assert intake.told
    assert Article.objects.count() == 0


def test_a_pasted_text_is_a_draft_at_once(desk: Client, editor):
    sent = add_text(desk, PASTED, address="news.example/2024/07/02/office", outlet="The Example")

    intake = Intake.objects.get()
    article = intake.article
    assert (sent["Location"], intake.state) == (intake.get_absolute_url(), IntakeState.DONE)
    assert (article.headline, article.outlet.name, article.language) == (
        "Office calls seventy people",
        "The Example",
        "en",
    )
    assert (article.published_from, article.published_basis) == (date(2024, 7, 2), "byline")
    capture = article.captures.get()
    assert (store.read(capture.blob).decode(), capture.method) == (PASTED, "pasted")
    assert worked(nothing) == intake


def test_a_long_pasted_text_waits_for_the_worker(desk: Client, monkeypatch):
    monkeypatch.setattr(intake_reading, "AT_ONCE", 100)
    add_text(desk, PASTED, outlet="The Example")
    assert Intake.objects.get().state == IntakeState.WAITING

    assert worked().article.headline == "Office calls seventy people"


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"way": "text", "text": "Words."}, "Say where it is from"),
        ({"way": "text", "text": " \n\u200e\ufeff", "outlet": "A"}, "There is no text in it"),
        ({"way": "text", "text": "\ufeff\x07", "outlet": "A"}, "There is no text in it"),
        ({"way": "address", "address": "https://user@host.example/"}, "it holds a user name"),
        ({"way": "address", "address": ""}, "This field is required"),
        ({"way": "file"}, "This field is required"),
        ({"way": "elsewhere"}, "Choose one of the three ways"),
        ({}, "Choose one of the three ways"),
    ],
)
def test_what_is_not_whole_is_asked_for_again(desk: Client, fields: dict, told: str):
    page = desk.post("/desk/add/", fields)

    assert (page.status_code, Intake.objects.count()) == (422, 0)
    assert told in page.content.decode()


def test_a_file_that_is_too_large_is_refused_with_a_sentence(desk: Client, settings):
    settings.ARCHIVE_UPLOAD_MB = 1

    page = add_file(desk, "page.html", b"x" * (1024 * 1024 + 1))

    assert (page.status_code, Intake.objects.count()) == (413, 0)
    assert "larger than 1 MB" in page.content.decode()


def test_what_is_on_its_way_is_not_asked_for_twice(desk: Client):
    add_address(desk, ADDRESS)

    again = add_address(desk, "http://www.news.example/2024/07/02/office/")

    assert (again.status_code, Intake.objects.count()) == (409, 1)
    assert Intake.objects.get().get_absolute_url() in again.content.decode()


def test_an_article_that_is_held_is_shown_and_may_be_left(desk: Client):
    held = ArticleFactory(address=ADDRESS)
    sent = add_address(desk, f"{ADDRESS}/?utm_source=x")

    intake = Intake.objects.get()
    page = desk.get(sent["Location"]).content.decode()
    assert "Held already" in page
    assert f"/desk/articles/{held.public_id}/" in page
    assert worked(nothing).state == IntakeState.CHOOSING

    assert answer(desk, intake, "leave").status_code == 302
    assert answer(desk, intake, "copy").status_code == 409
    assert worked(nothing).state == IntakeState.FAILED
    assert Article.objects.count() == 1


def test_an_article_that_turns_out_to_be_held_when_it_is_read_is_asked_about(desk: Client):
    held = ArticleFactory(address=ADDRESS)
    add_address(desk, "https://news.example/short")

    asking = worked(serving(BODY, led_to=ADDRESS))
    assert (asking.state, asking.article) == (IntakeState.CHOOSING, held)
    answer(desk, asking, "new")
    done = worked(serving(BODY, led_to=ADDRESS))

    assert (done.state, Article.objects.count()) == (IntakeState.DONE, 2)
    assert (done.article.address, "Another article has its address" in done.told) == (None, True)


def test_the_same_bytes_are_held_already(desk: Client, editor):
    held = ArticleFactory()
    CaptureFactory(article=held, body=PASTED.encode(), kept=True)

    add_text(desk, PASTED, outlet="The Example")

    intake = Intake.objects.get()
    assert (intake.state, intake.article) == (IntakeState.CHOOSING, held)


def test_the_address_of_a_merged_article_leads_to_that_which_stands_for_it(desk: Client, editor):
    old, stands = ArticleFactory(address=ADDRESS), ArticleFactory()
    merge_actions.merge(old, stands, by=editor, version=1, survivor_version=1, why="They are one")

    sent = add_address(desk, ADDRESS)
    add_address(desk, "https://news.example/short")
    asking = worked(serving(BODY, led_to=ADDRESS))

    assert [one.article for one in Intake.objects.all()] == [stands, stands]
    for place in (sent["Location"], asking.get_absolute_url()):
        assert 'value="copy"' in desk.get(place).content.decode()


def test_a_million_letters_of_any_script_come_in_by_the_form_of_the_page(desk: Client, monkeypatch):
    monkeypatch.setattr(intake_reading, "AT_ONCE", 100)
    page = desk.get("/desk/add/").content.decode()
    form = next(one for one in re.findall("<form[^>]*>.*?</form>", page, re.DOTALL) if 'value="text"' in one)
    assert re.search(r'enctype="([^"]*)"', form)[1] == MULTIPART_CONTENT.partition(";")[0]
    fields = {"way": "text", "text": "й" * 1_000_000, "outlet": "The Example"}

    # As browsers send a form that does not say how: told, not broken.
    escaped = desk.post("/desk/add/", urlencode(fields), content_type="application/x-www-form-urlencoded")
    sent = desk.post("/desk/add/", fields)

    assert 400 <= escaped.status_code < 500
    assert (sent.status_code, Intake.objects.get().size) == (302, 2_000_000)


def test_while_the_archive_is_read_only_everything_waits(desk: Client, settings):
    add_address(desk, ADDRESS)
    settings.ARCHIVE_READ_ONLY = True
    assert worked(nothing).state == IntakeState.WAITING

    settings.ARCHIVE_READ_ONLY = False
    assert worked(serving(BODY)).state == IntakeState.DONE


def test_a_closed_account_takes_in_nothing(desk: Client, editor):
    add_address(desk, ADDRESS)
    editor.is_active = False
    editor.save()

    assert worked(nothing).state == IntakeState.FAILED
    assert Article.objects.count() == 0


def test_the_desk_counts_what_its_list_holds(desk: Client):
    IntakeFactory.create_batch(2)
    IntakeFactory(state=IntakeState.CHOOSING)
    IntakeFactory(failed=True)

    home, listed = desk.get("/desk/").content.decode(), desk.get("/desk/intakes/")

    assert 'On their way in <span class="count">3</span>' in home
    assert listed.context["page"].paginator.count == 3
    assert len(listed.context["ended"]) == 1


def test_the_pages_of_intakes_run_as_many_queries_for_many_as_for_one(count_queries, editor):
    intake = IntakeFactory(state=IntakeState.CHOOSING, article=ArticleFactory())
    for address in ("/desk/intakes/", intake.get_absolute_url(), "/desk/"):
        before = count_queries(address, editor)
        IntakeFactory.create_batch(3, state=IntakeState.CHOOSING, article=ArticleFactory())
        assert count_queries(address, editor) == before
