"""Files of all kinds that can be imported, and what is said of those that cannot."""

import gzip
import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from archive.captures import store
from archive.ingest import actions, lines, reports
from archive.ingest.records import Manner
from archive.models import Article, Capture, ImportRun
from archive.text.hashing import sha256_hex
from tests.ingest.import_files import item, run, written

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _captures_of_its_own(settings, tmp_path):
    settings.ARCHIVE_CAPTURES = tmp_path / "captures"


def test_packed_files_are_known_by_their_first_bytes(tmp_path):
    path = tmp_path / "really-packed.jsonl"
    path.write_bytes(gzip.compress(json.dumps(item(1)).encode()))

    assert "1 added" in run(path)
    assert "0 added, 1 same" in run(written(tmp_path, item(1), name="not-packed.jsonl.gz"))


def test_a_file_cut_short_gives_what_it_has_and_says_so(tmp_path):
    path = tmp_path / "cut.jsonl.gz"
    rows = "".join(json.dumps(item(number, text=f"{number * 7919 % 10007} " * 50)) + "\n" for number in range(4000))
    path.write_bytes(gzip.compress(rows.encode())[:-2000])
    out = io.StringIO()

    with pytest.raises(CommandError, match="could not be read to its end"):
        call_command("import_articles", str(path), stdout=out)

    assert "cannot be read beyond line" in out.getvalue()
    assert Article.objects.count() > 100
    assert ImportRun.objects.get().finished_at is None


def test_a_csv_file_goes_the_same_way_and_names_line_and_field(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(
        "\ufeffid,url,outlet,title,published_at\n"
        '1,https://herald.example/1,The Herald,"\'=A headline, in one cell",2024-07-02\n'
        "2,not an address,The Herald,Second,2024\n",
        encoding="utf-8",
    )

    dry = run(path, "--dry-run")
    assert "line 3, url: refused" in dry
    assert not Article.objects.exists()
    said = run(path)

    assert "2 rows: 1 added, 0 same, 0 conflict, 1 refused" in said
    assert Article.objects.get().headline == "=A headline, in one cell"
    capture = Capture.objects.get()
    assert capture.media_type == "text/csv"
    assert store.read(capture.blob).startswith(b"id,url,outlet")
    assert sha256_hex(store.read(capture.blob, offset=capture.offset, size=capture.size)) == capture.sha256


def test_texts_of_pages_go_in_from_a_folder_once(tmp_path):
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "one.txt").write_text("Skip to content\n\nWorkers are told to sign\n\nA first sentence.")
    (folder / "two.txt").write_text("Another headline stands here\n\nA sentence of the second page.")

    run(folder, "--outlet", "The Herald", "--language", "en")
    (folder / "two.txt").rename(folder / "renamed.txt")
    again = run(folder, "--outlet", "The Herald", "--language", "en")

    assert again.count("1 row: 0 added, 1 same") == 2
    assert set(Article.objects.values_list("headline", flat=True)) == {
        "Workers are told to sign",
        "Another headline stands here",
    }
    assert set(Capture.objects.values_list("media_type", flat=True)) == {"text/plain"}


@pytest.mark.parametrize(
    ("name", "options", "said"),
    [
        ("page.txt", [], "add --outlet NAME"),
        ("page.txt", ["--outlet", "X", "--address", "ftp://x.example/"], "is not an address"),
        ("rows.jsonl", ["--address", "https://x.example/"], "single .txt file"),
        ("rows.xlsx", [], "name it .jsonl, .csv or .txt"),
        ("rows.csv", [], "must name columns"),
        ("missing.jsonl", [], "is not a file or a folder"),
    ],
)
def test_a_command_that_cannot_be_done_says_what_to_do(tmp_path, name, options, said):
    if not name.startswith("missing"):
        (tmp_path / name).write_text("A line\n")

    with pytest.raises(CommandError, match=said):
        run(tmp_path / name, *options)


def test_a_batch_costs_as_many_queries_for_forty_rows_as_for_four(tmp_path):
    run(written(tmp_path, item(0, id="first")))
    spent = []
    for size in (4, 40):
        rows = [
            item(number, id=f"{size}-{number}", url=f"https://herald.example/{size}/{number}") for number in range(size)
        ]
        path = written(tmp_path, *rows, name=f"{size}.jsonl")
        with CountedQueries() as counted:
            run(path)
        spent.append(counted.kinds)

    assert spent[0] == spent[1]
    assert spent[0]["SELECT"] <= 12


class CountedQueries:
    """Statements by kind; inserts of one table count once, since SQLite takes 999 values a statement."""

    def __enter__(self) -> "CountedQueries":
        connection.force_debug_cursor = True
        connection.queries_log.clear()
        return self

    def __exit__(self, *args: object) -> None:
        connection.force_debug_cursor = False
        statements = [query["sql"] for query in connection.queries]
        inserts = {statement.split('"')[1] for statement in statements if statement.startswith("INSERT")}
        self.kinds = {
            "SELECT": sum(statement.startswith("SELECT") for statement in statements),
            "UPDATE": sum(statement.startswith("UPDATE") for statement in statements),
            "INSERT": sorted(inserts),
        }


def test_an_import_whose_file_another_one_goes_on_with_stops_and_writes_nothing(tmp_path):
    path = written(tmp_path, *map(item, range(6)))
    account = actions.import_account()
    manner = Manner()
    run(path, "--limit", "2")
    stale = actions.begin(path.name, lines.digest_of(path), manner=manner, by=account)
    run(path, "--limit", "4")

    with pytest.raises(actions.AnotherImport, match="another process"):
        actions.add_batch(stale, actions.Batch([], 6), manner=manner, by=account)

    assert ImportRun.objects.get().rows_done == 4


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_sees_how_far_it_is_and_a_file_sees_nothing():
    terminal, file = Terminal(), io.StringIO()

    for stream in (terminal, file):
        bar = reports.Bar(200, stream)
        bar.progress(100)
        bar.end()

    assert terminal.getvalue().startswith(f"\r[{'#' * 15}{'.' * 15}]  50%")
    assert file.getvalue() == ""
