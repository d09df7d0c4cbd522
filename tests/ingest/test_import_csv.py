"""CSV: cells come back as they were, and a broken row says on which line it stands."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.ingest.csv_rows import CsvRows, NoColumns, restored
from archive.ingest.lines import lines
from archive.ingest.received import FileBroken, Received

CELL = st.text(alphabet=st.characters(exclude_characters="\r", exclude_categories=["Cs"]), max_size=30)


def read(text: str | bytes) -> list[Received]:
    return list(CsvRows(lines(io.BytesIO(text if isinstance(text, bytes) else text.encode()))))


def neutralised(cell: str) -> str:
    """As an export writes a cell: behind an apostrophe where a spreadsheet would take it for a formula."""
    return f"'{cell}" if cell.lstrip("'")[:1] in ("=", "+", "-", "@", "\t", "\r") and cell.lstrip("'") else cell


@given(st.lists(st.tuples(CELL, CELL), max_size=5))
def test_neutralised_cells_come_back_as_they_were(rows):
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["title", "text"])
    writer.writerows([[neutralised(cell) for cell in row] for row in rows])

    found = read(out.getvalue())

    assert [(one.values["title"] or "", one.values["text"] or "") for one in found] == rows


@pytest.mark.parametrize("cell", ["=1+1", "'=1+1", "-", "@name", "'", "'quoted'", "plain", ""])
def test_one_apostrophe_is_taken_from_formulas_alone(cell):
    assert restored(neutralised(cell)) == cell


def test_rows_know_their_lines_and_bytes():
    first, second = read('title,text\n"Two\nlines",x\n\nNext,y\n')

    assert (first.line, first.last_line, first.body) == (2, 3, b'"Two\nlines",x')
    assert (second.line, second.last_line, second.body) == (5, 5, b"Next,y")


def test_a_byte_order_mark_and_capitals_in_the_first_line_do_no_harm():
    (only,) = read(b"\xef\xbb\xbfTitle,URL\r\nA,https://example.org/\r\n")

    assert only.values == {"title": "A", "url": "https://example.org/"}


def test_broken_rows_are_refused_one_by_one():
    found = read('title,text\na\nb,"c"d\ne,f,g\nh,i\n')

    assert [(one.line, one.refusal is None) for one in found] == [(2, False), (3, False), (4, False), (5, True)]
    assert found[3].values == {"title": "h", "text": "i"}


def test_a_quotation_mark_that_is_never_closed_ends_the_file_in_bounded_memory():
    text = 'title,text\nfine,yes\n"open,' + "x" * 1000 + "\n" + ("y" * 1000 + "\n") * 3000

    rows = iter(CsvRows(lines(io.BytesIO(text.encode()))))

    assert next(rows).values["title"] == "fine"
    with pytest.raises(FileBroken, match="not closed"):
        next(rows)


@pytest.mark.parametrize("text", ["", "nothing,known\n1,2\n", "title,title\n1,2\n", '"tit"le\n'])
def test_a_file_without_known_columns_is_refused(text):
    with pytest.raises(NoColumns):
        read(text)
