"""Reading rows: whatever stands on a line, it becomes a row or a refusal that says what to do."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.ingest.json_rows import json_rows, read_object
from archive.ingest.lines import MAXIMUM_LINE, Line
from archive.ingest.received import FIELDS, Received, RowRefused
from archive.ingest.rows import Row, collection_of, row_of
from archive.text import dates, normalise, paragraphs
from archive.text.slugs import numbered, slug_of

ANY_TEXT = st.text(alphabet=st.characters(), max_size=60)
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ANY_TEXT, inner, max_size=3),
    max_leaves=6,
)
ROW_VALUES = st.dictionaries(st.sampled_from(FIELDS), ANY_JSON, max_size=9) | st.fixed_dictionaries(
    {"outlet": st.just("An Outlet"), "title": ANY_TEXT, "text": ANY_TEXT, "url": st.none()}
)


def row(**values: object) -> Row:
    return row_of(Received(1, 1, b"", {"outlet": "The Herald", "title": "A headline", **values}), collection="herald")


def refusal(**values: object) -> RowRefused:
    with pytest.raises(RowRefused) as caught:
        row(**values)
    return caught.value


def row_or_refusal(values: dict[str, object]) -> Row | RowRefused:
    try:
        return row_of(Received(1, 1, b"", values), collection="strange")
    except RowRefused as refused:
        return refused


@given(st.binary(max_size=200) | ANY_JSON.map(lambda value: json.dumps(value).encode()))
def test_any_bytes_are_an_object_or_refused(body):
    try:
        values = read_object(body)
    except RowRefused as refused:
        values = {"reason": refused.reason}

    assert isinstance(values, dict)


@given(ROW_VALUES)
@settings(max_examples=300)
def test_any_values_become_a_row_that_fits_its_columns_or_are_refused(values):
    made = row_or_refusal(values)

    if isinstance(made, RowRefused):
        assert made.column in (*FIELDS, "")
        assert made.reason.endswith(".")
        return
    assert 1 <= len(made.key) <= 200
    assert 1 <= len(made.collection) <= 80
    assert len(made.headline) <= 500
    assert len(made.outlet) <= 200
    assert made.outlet or made.host
    assert made.document == normalise.plain_text(made.document)
    assert len(paragraphs.paragraphs(made.document, made.zones)) == len(made.zones)
    assert made.zones.count("headline") == bool(made.headline)


@given(ROW_VALUES)
def test_the_same_values_have_the_same_key_and_digest(values):
    once, again = row_or_refusal(values), row_or_refusal(dict(reversed(values.items())))

    if isinstance(once, RowRefused):
        assert isinstance(again, RowRefused)
        return
    assert isinstance(again, Row)
    assert (again.collection, again.key, again.digest) == (once.collection, once.key, once.digest)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b'{"title": "cut', "not JSON"),
        (b"[1, 2]", "in braces"),
        (b"null", "in braces"),
        (b'{"title": "a\xff"}', "Byte 13 of the line is not UTF-8"),
        (b'{"title": "\xed\xa0\x80"}', "not UTF-8"),
        (b'{"id": ' + b"9" * 5000 + b"}", "5000 digits is too large"),
        (b'{"id": 1e999}', "1e999 is too large"),
        (b'{"id": NaN}', "NaN is not a number"),
        (b'{"id": -Infinity}', "-Infinity is not a number"),
        (b'{"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "nested too deep"),
        (b'{"title": "one", "title": "two"}', "stands twice"),
        (b'{"extra": {"a": 1, "a": 2}}', "stands twice"),
    ],
)
def test_odd_json_is_refused_with_its_reason(body, said):
    with pytest.raises(RowRefused, match=said):
        read_object(body)


@pytest.mark.parametrize(
    ("values", "column"),
    [
        ({"title": "a\x00b"}, "title"),
        ({"text": "half \ud800 a character"}, "text"),
        ({"title": "x" * 501}, "title"),
        ({"author": ["one", "two"]}, "author"),
        ({"text": 12}, "text"),
        ({"id": True}, "id"),
        ({"id": "i" * 201}, "id"),
        ({"source": "s" * 81}, "source"),
        ({"outlet": "o" * 201}, "outlet"),
        ({"outlet": None}, "outlet"),
        ({"outlet": None, "url": "javascript:alert(1)"}, "url"),
        ({"url": "https://user@example.org/"}, "url"),
        ({"url": "https://example.org/" + "a" * 2048}, "url"),
        ({"published_at": "last Tuesday"}, "published_at"),
        ({"published_at": "2024-02-30"}, "published_at"),
        ({"published_at": "9" * 121}, "published_at"),
        ({"language": "English"}, "language"),
        ({"title": None}, ""),
    ],
)
def test_a_row_that_cannot_be_kept_names_the_column_at_fault(values, column):
    refused = refusal(**values)

    assert refused.column == column
    assert refused.reason.endswith(".")


def test_a_key_is_the_id_or_the_address_or_the_content():
    assert row(id="7", url="https://example.org/a").key == "7"
    assert row(id=7).key == "7"
    assert row(url="https://EXAMPLE.org/a?utm_source=x").key == "https://example.org/a"
    long = row(url="https://example.org/" + "a" * 300).key
    assert long.startswith("sha256:")
    assert long != row(url="https://example.org/" + "b" * 300).key
    assert row().key == f"sha256:{row().digest}"


def test_a_digest_follows_the_content_and_nothing_else():
    assert row(id="1", source="a").digest == row(id="2", source="b").digest
    assert row(title=" A  headline ").digest == row().digest
    for changed in (
        {"title": "Other"},
        {"text": "More"},
        {"published_at": "2024"},
        {"author": "Desk"},
        {"language": "uk"},
    ):
        assert row(**changed).digest != row().digest


def test_a_document_begins_with_the_headline_once():
    assert row(text="First.\n\nSecond.").document == "A headline\n\nFirst.\n\nSecond."
    assert row(text="A headline\n\nFirst.").document == "A headline\n\nFirst."
    assert row(text="A headline").document == "A headline"
    assert row().zones == ["headline"]


def test_a_row_without_a_headline_gets_none_from_its_text():
    made = row(title=None, text="First.\n\nSecond.")

    assert made.headline == ""
    assert made.zones == ["body", "body"]


def test_an_instant_counts_as_its_day_in_utc():
    when = row(published_at="2024-07-02T01:30:00+03:00").when

    assert when is not None
    assert (when.precision, dates.written(when)) == ("day", "1 July 2024")


def page(text: str) -> Row:
    values = {"outlet": "The Herald", "text": text, "source": "pages"}
    return row_of(Received(1, 1, text.encode(), values, is_whole_page=True), collection="x")


def test_the_headline_of_a_page_is_found_behind_its_furniture():
    made = page("Skip to content\n\nWorkers are told to sign\n\nA long first sentence follows here.")

    assert made.headline == "Workers are told to sign"
    assert made.zones == ["boilerplate", "headline", "body"]


def test_lines_of_a_page_without_blank_lines_are_paragraphs():
    made = page("Workers are told to sign\nA first sentence.\nA second one.")

    assert made.headline == "Workers are told to sign"
    assert made.zones == ["headline", "body", "body"]


def test_a_page_whose_first_paragraph_is_no_headline_has_none():
    made = page("One line\nand another of it.\n\nA second paragraph.")

    assert made.headline == ""
    assert "headline" not in made.zones


def test_a_line_over_the_limit_is_refused_and_the_next_one_is_read():
    lines = [Line(1, b"", is_too_long=True), Line(2, b"  "), Line(3, json.dumps({"title": "A"}).encode())]

    first, second = json_rows(lines)

    assert first.refusal is not None
    assert f"{MAXIMUM_LINE // 1024**2} MB" in first.refusal.reason
    assert (second.line, second.values) == (3, {"title": "A"})


@pytest.mark.parametrize(
    ("name", "collection"),
    [("herald-2024.jsonl.gz", "herald-2024"), ("A  b.CSV", "A b.CSV"), (".jsonl", "rows"), ("x" * 90, "x" * 80)],
)
def test_rows_without_a_source_belong_to_the_file(name, collection):
    assert collection_of(Path("/somewhere") / name) == collection


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Новая газета", "novaya-gazeta"),
        ("Укрінформ", "ukrinform"),
        ("Громадське", "gromadske"),
        ("Главком-Україна", "hlavkom-ukraina"),
        ("Der Spiegel · Süd", "der-spiegel-sud"),
        ("新华社", ""),
        ("!!!", ""),
        ("a" * 200, "a" * 80),
    ],
)
def test_a_name_is_written_in_latin_letters(name, slug):
    assert slug_of(name) == slug


@given(st.text(max_size=250), st.sets(st.text(alphabet="ab-2", max_size=4)))
def test_a_slug_is_plain_short_and_new(name, taken):
    slug = slug_of(name) or "outlet"
    made = numbered(slug, taken)

    assert made not in taken
    assert len(made) <= 80
    assert made.isascii()
    assert made == made.lower()


@pytest.mark.skipif(
    "ARCHIVE_SHARED_DATA" not in os.environ, reason="NOT TESTED ON HOSTILE JSON: ARCHIVE_SHARED_DATA is not set"
)
def test_files_made_to_break_readers_of_json_are_survived():
    folder = Path(os.environ["ARCHIVE_SHARED_DATA"]) / "bad-input" / "json-test-suite"
    bodies = [path.read_bytes() for path in sorted(folder.rglob("*.json"))]
    assert len(bodies) > 100

    for body in bodies:
        try:
            values = read_object(body)
            row_of(Received(1, 1, body, values), collection="suite")
        except RowRefused:
            continue
