"""`manage.py import_articles`: what becomes of each row, and what is told of it."""

import json

import pytest
from django.db import connection

from archive.captures import store
from archive.history import events
from archive.models import Article, Capture, CaptureText, DateEvidence, Event, ImportRow, ImportRun, Outlet, Person
from archive.text.hashing import sha256_hex
from tests.factories import ArticleFactory
from tests.ingest.import_files import item, run, written

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _captures_of_its_own(settings, tmp_path):
    settings.ARCHIVE_CAPTURES = tmp_path / "captures"


def counts() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in (Article, Capture, CaptureText, DateEvidence, ImportRow)}


def test_a_row_becomes_a_draft_with_its_date_its_text_and_its_bytes(tmp_path):
    path = written(tmp_path, item(1, author="The Desk"), item(2))

    said = run(path)

    assert "2 rows: 2 added, 0 same, 0 conflict, 0 refused" in said
    article = Article.objects.get(headline="Headline 2")
    assert (article.status, article.outlet.name, article.outlet.status) == ("draft", "The Herald", "draft")
    assert (article.published_from.isoformat(), article.published_precision) == ("2024-07-02", "day")
    evidence = article.date_evidence.get()
    assert (evidence.basis, evidence.is_chosen, evidence.words) == ("metadata", True, "2024-07-02")
    capture = article.captures.get()
    body = path.read_bytes().splitlines()[1]
    assert store.read(capture.blob, offset=capture.offset, size=capture.size) == body
    assert (capture.sha256, capture.method, capture.harm_review) == (sha256_hex(body), "imported", "open")
    text = capture.texts.get()
    assert text.text == "Headline 2\n\nA paragraph that was written for item 2."
    assert text.zones == ["headline", "body"]


def test_a_batch_is_one_event_in_an_unbroken_chain(tmp_path):
    run(written(tmp_path, *map(item, range(5))), "--batch", "2")

    assert [event.act for event in Event.objects.order_by("seq")] == ["import"] * 3
    first = Event.objects.order_by("seq").first()
    values = dict(first.values_kept.values_list("field", "new"))
    assert values["rows"] == "2"
    digests = ImportRow.objects.order_by("pk").values_list("digest", flat=True)[:2]
    assert values["digest"] == sha256_hex("\n".join(digests).encode())
    assert events.faults() == []


def test_importing_again_adds_nothing(tmp_path):
    path = written(tmp_path, *map(item, range(5)))
    run(path)
    before = counts(), Event.objects.count()

    said = run(path)

    assert "5 rows: 0 added, 5 same, 0 conflict, 0 refused" in said
    assert (counts(), Event.objects.count()) == before


def test_the_same_rows_under_another_file_name_are_the_same(tmp_path):
    run(written(tmp_path, item(1), item(2), name="one.jsonl"))

    said = run(written(tmp_path, item(2), item(1), name="two.jsonl"))

    assert "0 added, 2 same" in said


def test_a_row_that_comes_back_with_other_content_is_a_conflict_that_names_the_article(tmp_path):
    run(written(tmp_path, item(1)))
    held = Article.objects.get()

    said = run(written(tmp_path, item(1, title="Another headline")))

    assert "line 1, id: conflict" in said
    assert held.public_id in said
    assert Article.objects.get().headline == "Headline 1"


def test_an_address_held_by_another_record_is_a_conflict_that_names_the_article(tmp_path):
    held = ArticleFactory(address="https://herald.example/1", headline="As an editor wrote it")

    said = run(written(tmp_path, item(1)))

    assert "line 1, url: conflict" in said
    assert held.public_id in said
    assert not ImportRow.objects.exists()


def test_a_row_that_says_no_more_than_the_article_at_its_address_is_the_same(tmp_path):
    ArticleFactory(address="https://herald.example/1", headline="Headline 1", language="en")

    said = run(written(tmp_path, item(1, text=None, published_at=None)))

    assert "1 same" in said


def test_rows_repeated_within_a_file_are_added_once(tmp_path):
    said = run(written(tmp_path, item(1), item(1), item(1, title="Other"), item(2, url="https://herald.example/1")))

    assert "4 rows: 1 added, 1 same, 2 conflict, 0 refused" in said


def test_rows_without_headline_date_or_address_are_drafts(tmp_path):
    path = written(
        tmp_path,
        {"outlet": "The Herald", "text": "Nothing but a text."},
        {"url": "https://herald.example/bare"},
        {"outlet": "The Herald", "title": "Nothing but a headline"},
    )

    said = run(path)

    assert "3 added" in said
    assert Article.objects.filter(headline="", status="draft").count() == 2
    assert CaptureText.objects.count() == 2
    assert Outlet.objects.get(name="herald.example").website == "https://herald.example/"


def test_refused_rows_name_line_and_column_and_the_others_go_in(tmp_path):
    path = written(
        tmp_path,
        item(1),
        b"",
        b"{broken",
        item(4, published_at="soon"),
        b'{"title": "\xff"}',
        item(6, title="half \ud800"),
        item(7, title="a\x00b"),
        item(8),
    )

    said = run(path)

    assert "7 rows: 2 added, 0 same, 0 conflict, 5 refused" in said
    for part in (
        "line 3: refused",
        "line 4, published_at: refused",
        "line 5: refused",
        "line 6, title",
        "line 7, title",
    ):
        assert part in said


def test_the_report_holds_every_row_that_was_not_added(tmp_path):
    run(written(tmp_path, item(1)))
    path = written(tmp_path, item(1), item(2), item(3, language="English"), name="more.jsonl")

    run(path, "--report", str(tmp_path / "report.jsonl"))

    rows = [json.loads(line) for line in (tmp_path / "report.jsonl").read_text().splitlines()]
    assert [(row["file"], row["line"], row["outcome"]) for row in rows] == [
        ("more.jsonl", 1, "same"),
        ("more.jsonl", 3, "refused"),
    ]
    assert rows[0]["article"] == Article.objects.order_by("pk").first().public_id
    assert rows[1]["field"] == "language"


def test_a_dry_run_tells_the_same_and_writes_nothing(tmp_path):
    path = written(tmp_path, item(1), item(2), item(1), item(4, title=5), item(1, title="Other"))

    said = run(path, "--dry-run", "--batch", "2")

    assert "5 rows: 2 added, 1 same, 1 conflict, 1 refused" in said
    assert set(counts().values()) == {0}
    assert not any(model.objects.exists() for model in (ImportRun, Event, Outlet))
    assert not Person.objects.filter(username="import").exists()
    assert not list(store.blobs())


def test_an_import_in_steps_goes_on_where_it_stopped(tmp_path):
    path = written(tmp_path, *map(item, range(10)))
    run(path, "--limit", "4", "--batch", "3")

    said = run(path)

    assert "Lines 1 to 4 were dealt with by an earlier run" in said
    assert "6 rows: 6 added" in said
    assert ImportRun.objects.get().rows_done == 10


def test_a_row_that_the_database_refuses_stays_outside_alone(tmp_path):
    refuse("Headline 2")
    path = written(tmp_path, *map(item, range(4)))

    said = run(path)

    assert "4 rows: 3 added, 0 same, 0 conflict, 1 refused" in said
    assert "line 3: refused: The database refuses it" in said
    assert ImportRun.objects.get().rows_done == 4
    (event,) = Event.objects.all()
    assert dict(event.values_kept.values_list("field", "new"))["rows"] == "3"
    for capture in Capture.objects.all():
        assert sha256_hex(store.read(capture.blob, offset=capture.offset, size=capture.size)) == capture.sha256


def refuse(headline: str) -> None:
    """Make the database refuse articles with this headline."""
    statements = (
        [
            f"CREATE TRIGGER refuse BEFORE INSERT ON archive_article WHEN NEW.headline = '{headline}'"
            " BEGIN SELECT RAISE(ABORT, 'not this one'); END"
        ]
        if connection.vendor == "sqlite"
        else [
            "CREATE FUNCTION refuse_one() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE EXCEPTION 'not this one' USING ERRCODE = 'check_violation'; END $$",
            "CREATE TRIGGER refuse BEFORE INSERT ON archive_article FOR EACH ROW"
            f" WHEN (NEW.headline = '{headline}') EXECUTE FUNCTION refuse_one()",
        ]
    )
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
