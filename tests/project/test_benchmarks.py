"""The benchmarks measure what they say: their helpers hold, and the lists that they ask for are answered."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from django.test import Client

from archive.models import Appearance, Article
from benchmarks import coded_articles, datasette, lists, questions, timing

ROW = (1, "A title", "outlet-1", "UA", "uk", 2024, "2024-06-27", "a titl", "some bodi")


def test_questions_are_asked_in_turn_and_the_first_round_is_not_counted():
    asked: list[str] = []

    def asking(name: str, seconds: list[float]):
        return lambda: asked.append(name) or seconds.pop(0)

    cells = {("page", "one"): asking("one", [9.0, 0.1, 0.3, 0.2]), ("page", "other"): asking("other", [9.0, 1, 1, 4])}
    found = timing.interleaved(cells, lambda column: 0.0, rounds=3)

    assert asked == ["one", "other"] * 4
    assert found["page", "one"] == timing.Times(wall=pytest.approx(200), busy=0)
    assert found["page", "other"].wall == pytest.approx(1000)


def test_processor_time_of_a_process_grows_while_it_works():
    import os

    before = timing.busy_seconds([os.getpid()])
    sum(range(3_000_000))

    assert timing.busy_seconds([os.getpid()]) > before


def test_a_table_is_one_line_a_row_with_numbers_that_can_be_read():
    assert timing.table(["list", "ms"], [("/articles/", 1234.5), ("/claims/", 1.25)]).splitlines() == [
        "| list | ms |",
        "| --- | ---: |",
        "| /articles/ | 1,234 |",
        "| /claims/ | 1.2 |",
    ]


def test_datasette_is_given_rows_that_its_search_finds(tmp_path: Path):
    path = datasette.filled(tmp_path / "articles.sqlite3", [ROW])

    with sqlite3.connect(path) as database:
        found = database.execute("SELECT rowid FROM articles_fts WHERE articles_fts MATCH '\"titl\"'").fetchall()

    assert found == [(1,)]
    assert "_facet=year" in datasette.address(".json", match='"titl"', outlet="outlet-1")


def test_a_file_is_told_by_its_first_byte_and_its_lines_a_second():
    answer = timing.Answer(status=200, first=0.5, whole=1.5, body=b"one\ntwo\n")

    assert lists.file_line("archive", answer) == "archive: CSV's first byte after 500 ms, then 2 lines/s (2 read)"


@pytest.mark.django_db
def test_made_up_articles_carry_three_claims_each_and_every_list_answers_of_them(client: Client):
    coded_articles.make(40)

    assert Article.objects.published().count() == 40
    assert Appearance.objects.filter(article__isnull=False).count() == 120
    for address in questions.of_coded_articles():
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert not answer.context_data["list"].problems, address
    assert client.get("/articles/?q=baro").context_data["list"].total > 0


@pytest.mark.django_db
def test_datasette_is_asked_for_what_the_archive_is_asked_for():
    coded_articles.make(40)
    rows = list(questions.rows_for_datasette())

    one = questions.search("words", "deku outlet")

    assert len(rows) == 40
    assert one.total == Article.objects.published().search("deku outlet").count()
    assert "deku" in one.of_datasette["match"]
