"""Days of publication are proposed with what says so; what only bounds the day is never the first."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive.extract.dates import proposals
from archive.extract.results import PUBLISHED, Proposal
from archive.text.dates import parse_edtf
from archive.text.paragraphs import paragraphs
from archive.text.pasting import part_pasted

SAMPLES = Path(os.environ.get("ARCHIVE_SHARED_DATA", "/nowhere")).parent / "sample-articles"
BODY = (
    "The office said that it had called seventy people, and that it would call more of them before the year is over. "
    * 2
)


def found(text: str, address: str = "", *declared: str) -> list[tuple[str, str]]:
    parted = part_pasted(text)
    told = [Proposal(PUBLISHED, value, "JSON-LD datePublished") for value in declared]
    got = proposals(
        paragraphs(parted.text, parted.zones),
        declared=told,
        address=address,
        received_at=datetime(2025, 1, 2, tzinfo=UTC),
    )
    return [(one.value, one.basis) for one in got]


@pytest.mark.parametrize(
    "printed",
    [
        "2 July 2024", "July 2, 2024", "Jul 2, 2024 10:15", "2024-07-02", "2024/07/02", "02.07.2024", "2nd July 2024",
        "Published: Tuesday, 2 July 2024", "2 июля 2024", "2 липня 2024", "2. Juli 2024", "2 de julio de 2024",
        "2 JULY 2024", "2 july 2024", "2 ИЮЛЯ 2024", "2 ЛиПнЯ 2024", "2 DE JULIO DE 2024",
    ],
)  # fmt: skip
def test_a_day_printed_above_the_text_is_read(printed: str):
    assert found(f"Office calls seventy\n{printed}\n{BODY}") == [("2024-07-02", "byline")]


@pytest.mark.parametrize(
    ("address", "value"),
    [
        ("https://news.example/2022/12/08/words/", "2022-12-08"),
        ("https://news.example/a-2022-12-08", "2022-12-08"),
        ("https://news.example/20221208/words", "2022-12-08"),
        ("https://news.example/2022/12/words/", "2022-12"),
    ],
)
def test_a_day_or_month_in_the_address_is_read(address: str, value: str):
    assert found(f"Office calls seventy\n{BODY}", address) == [(value, "address")]


@pytest.mark.parametrize(
    "address",
    [
        "https://news.example/2022/13/08/",
        "https://news.example/99991208/a",
        "https://news.example/a-944",
        "",
        "nonsense",
    ],
)
def test_what_is_no_day_in_an_address_is_not_read(address: str):
    assert found(f"Office calls seventy\n{BODY}", address) == []


def test_a_footer_and_a_stamp_are_kept_and_only_bound():
    text = f"Office calls seventy\nTown 2024-09-15T04:17:16+03:00\n{BODY}\nCopyright © 2010–2024 Example"

    assert found(text) == [("2024-09-15", "render-stamp"), ("2024", "footer")]


def test_the_day_of_an_embedded_post_is_the_earliest_there_can_be():
    text = f"Office calls seventy\n{BODY}\n— The Office (@office) July 1, 2024"

    assert found(text) == [("2024-07-01/..", "cited-item")]


def test_a_day_without_its_year_stays_without():
    assert found(f"Office calls seventy\nPhoto: agency, June 27\n{BODY}") == [("XXXX-06-27", "byline")]


@pytest.mark.parametrize(
    "printed",
    [
        "12 APRİL 2024", "APRİL 12, 2024", "12 Auguſt 2024", "Photo: agency, 12 APRİL", "Photo: agency, Auguſt 12",
        "Photo: agency, June 31",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_month_or_a_day_is_not_read(printed: str):
    assert found(f"Office calls seventy\n{printed}\n{BODY}") == []


def test_the_printed_day_goes_before_one_declared_in_utc_that_is_a_day_off():
    text = f"Office calls seventy\n3 July 2024\n{BODY}"

    assert found(text, "", "2024-07-02T22:00:00Z")[0] == ("2024-07-03", "byline")
    assert found(text, "", "2024-07-02T22:00:00+03:00")[0] == ("2024-07-02", "metadata")
    assert found(text, "", "2024-06-01T22:00:00Z")[0] == ("2024-06-01", "metadata")


@pytest.mark.parametrize(
    "declared", ["", "soon", "2024-13-45", "1970-01-01T00:00:00Z", "2031-01-01", "0000-00-00", "9" * 5000]
)
def test_what_is_no_day_or_cannot_be_is_not_proposed(declared: str):
    assert found(f"Office calls seventy\n{BODY}", "", declared) == []


@pytest.mark.skipif(not SAMPLES.exists(), reason="NOT TESTED ON REAL ARTICLES: ARCHIVE_SHARED_DATA is not set")
def test_the_traps_of_real_articles_are_seen():
    def of(name: str, address: str = "") -> list[tuple[str, str]]:
        return found((SAMPLES / name).read_text(encoding="utf-8"), address)

    assert of("ukrainian-news-british-intelligence.txt") == [("2024-09-15", "render-stamp")]
    assert of("caliber-az-frontline.txt") == [("2024-07-02/..", "cited-item")]
    assert of("euromaidan-press-tsyganok.txt", "https://news.example/2022/12/08/a/") == [
        ("2022-12-08", "address"),
        ("2024", "footer"),
    ]


def test_every_value_is_a_date_that_the_archive_takes():
    text = f"Office calls seventy\n2 July 2024\nPhoto, June 27\n{BODY}\n— Office (@office) July 1, 2024\n© 2024 Example"

    values = [value for value, _basis in found(text, "https://news.example/2024/07/a", "2024-07-02")]
    assert len(values) >= 5
    assert all(parse_edtf(value) for value in values)
