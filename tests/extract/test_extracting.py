"""A page becomes its visible text with zones, and proposals that say where they came from."""

from datetime import UTC, datetime

import pytest

from archive.extract import jail, prechecks, reading, results
from archive.extract.held import address_keys
from archive.extract.reading import CannotExtract, extract, sentence
from archive.models.vocabulary import DateBasis
from archive.text.paragraphs import ZONES, paragraphs
from tests.extract.pages import MORE, PAGE, WORDS

ADDRESS = "https://www.news.example/2024/07/02/office"


@pytest.fixture(scope="module")
def page() -> results.Extracted:
    return extract(PAGE.encode(), "text/html", ADDRESS)


def words_in(found: results.Extracted, zone: str) -> list[str]:
    return [one.text for one in paragraphs(found.text, found.zones) if one.zone == zone]


def test_every_visible_paragraph_is_kept_with_its_zone(page: results.Extracted):
    assert set(page.zones) <= set(ZONES)
    assert page.zones[0] == "headline"
    assert words_in(page, "headline") == ["Office calls seventy people"]
    assert words_in(page, "standfirst") == ["More of them would be called in autumn, it said."]
    assert words_in(page, "caption") == ["The office, seen from the street"]
    assert words_in(page, "embed") == ["We called seventy.", "— The Office (@office) July 1, 2024"]
    assert words_in(page, "terms") == ["Copyright © 2024 Example News. All rights reserved."]
    assert words_in(page, "related-link") == ["Another office calls a hundred people in another town"]
    assert [words for words in words_in(page, "body") if words in {WORDS, MORE}] == [WORDS, MORE]
    assert {"Front page", "Town"} <= set(words_in(page, "boilerplate"))
    assert "never text" not in page.text
    assert "Seen by no reader" not in page.text


def test_what_the_page_hides_is_told(page: results.Extracted):
    assert [sentence(note) for note in page.notes] == ["17 characters that the page hides from readers were left out."]


@pytest.mark.parametrize(
    ("what", "value", "where"),
    [
        (results.HEADLINE, "Office calls seventy people", "JSON-LD headline"),
        (results.BYLINE, "A. Writer", "JSON-LD author"),
        (results.OUTLET, "Example News", "JSON-LD publisher"),
        (results.LANGUAGE, "en", "html lang"),
        (results.ADDRESS, ADDRESS, "link canonical"),
        (results.PUBLISHED, "2024-07-02", "JSON-LD datePublished"),
    ],
)
def test_a_proposal_says_where_it_came_from(page: results.Extracted, what: str, value: str, where: str):
    best = page.proposed(what)[0]

    assert (best.value, best.where) == (value, where)


def test_dates_keep_their_basis_and_those_that_only_bound_come_last(page: results.Extracted):
    dates = [(one.basis, one.value) for one in page.proposed(results.PUBLISHED)]

    assert dates[0] == ("metadata", "2024-07-02")
    assert {("byline", "2024-07-02"), ("address", "2024-07-02")} <= set(dates)
    assert set(dates[-2:]) == {("cited-item", "2024-07-01/.."), ("footer", "2024")}
    assert {basis for basis, _ in dates} <= set(DateBasis.values)


def test_a_time_declared_just_before_the_page_came_is_the_time_of_rendering():
    rendered = PAGE.replace("2024-07-02T09:00:00+03:00", "2024-09-15T04:17:16+03:00")
    got = extract(rendered.encode(), "text/html", "", received_at=datetime(2024, 9, 15, 1, 17, 40, tzinfo=UTC))

    stamps = [one for one in got.proposed(results.PUBLISHED) if one.value == "2024-09-15"]
    assert {one.basis for one in stamps} == {"render-stamp"}
    assert all(one.only_bounds for one in stamps)
    assert got.proposed(results.PUBLISHED)[0].value == "2024-07-02"


@pytest.mark.parametrize(
    ("charset", "meta"), [("windows-1251", ""), ("", "windows-1251"), ("koi8-r", ""), ("", "utf-8"), ("gb18030", "")]
)
def test_letters_are_read_in_the_encoding_that_is_declared(charset: str, meta: str):
    words = "Ведомство сообщило, что вызвало семьдесят человек, и что осенью их будет больше. " * 3
    head = f'<html lang="en"><head><meta charset="{meta}"><title>Ведомство</title></head>'
    text = f"{head}<body><p>{words}</p></body></html>"
    got = extract(text.encode(charset or meta), "text/html", "", charset=charset)

    assert words.strip() in got.text
    assert [one.value for one in got.proposed(results.LANGUAGE)] == ["en", "ru"]
    assert got.notes[-1].kind == "headline-from-metadata"


def test_what_cannot_be_decoded_is_counted():
    got = extract(b"<p>" + WORDS.encode() + b" \x81\x8d</p>", "text/html", "")

    assert [(note.kind, note.count) for note in got.notes] == [("undecodable", 2)]


def test_plain_text_is_parted_as_pasted_text_is():
    got = extract(f"Office calls seventy\n{WORDS}\n{MORE}".encode(), "text/plain", "")

    assert got.zones == ("headline", "body", "body")


@pytest.mark.parametrize(
    ("body", "media_type", "kind"),
    [
        (b"", "text/html", "no-text"),
        (b"<html><body><script>1</script></body></html>", "text/html", "no-text"),
        (b"<title>Office calls seventy</title><body><script>1</script></body>", "text/html", "no-text"),
        (b"%PDF-1.7 ...", "text/html", "not-a-page"),
        (b"\x1f\x8b\x08\x00", "", "not-a-page"),
        (b"words", "image/png", "not-a-page"),
        (b"<div>" * 50_000 + b"words", "text/html", "too-deep"),
        (b"<p " + b"a=b " * 100_000 + b">words</p>", "text/html", "too-many-attributes"),
        (b"<b></b>" * 150_000 + b"words", "text/html", "too-many-tags"),
        (b"<p>" + b"a" * (8 * 1024 * 1024 + 1), "text/html", "too-large"),
    ],
    ids=["empty", "scripts", "scripts and a headline", "pdf", "gzip", "picture", "deep", "attributes", "tags", "large"],
)
def test_what_is_no_page_or_too_much_is_refused_with_a_sentence(body: bytes, media_type: str, kind: str):
    with pytest.raises(CannotExtract) as refusal:
        extract(body, media_type, "")

    assert refusal.value.kind == kind
    assert str(refusal.value) == str(reading.SENTENCES[kind])


@pytest.mark.parametrize(
    "comment", ["<!-->", "<!--->", "<!---->", "<!----!>", "<!-- a --!>", "<!--!>-->", "<!-- -- > -->"]
)
def test_depth_is_counted_after_a_comment_however_it_ends(comment: str):
    with pytest.raises(results.Refusal, match="too-deep"):
        prechecks.refuse_dangerous(comment + "<div>" * 300)


@pytest.mark.parametrize("comment", ["<!--", "<!--!>", "<!---!>", "<!-- a ->", "<!-- a -- >"])
def test_what_stands_in_a_comment_is_not_deep(comment: str):
    prechecks.refuse_dangerous(comment + "<div>" * 300)


def test_text_at_the_allowed_depth_is_kept():
    got = extract(b"<div>" * 190 + WORDS.encode() + b"</div>" * 190, "text/html", "")

    assert WORDS in got.text


def test_an_article_is_looked_for_under_all_its_addresses(page: results.Extracted):
    keys = address_keys(
        page, ["http://news.example/2024/07/02/office/?fbclid=1", "https://mirror.example/a", "nonsense"]
    )

    assert keys == ("news.example/2024/07/02/office", "mirror.example/a")


def test_without_trafilatura_no_word_is_missing_and_a_note_says_so(page: results.Extracted):
    job = {"do": "page", "media_type": "text/html", "charset": "", "address": ADDRESS, "thorough": False}
    plainly = results.Extracted.from_json(jail.run(job, PAGE.encode(), reading.LIMITS)[0])

    assert sorted(plainly.text.split()) == sorted(page.text.split())
    assert "zones-by-words" in {note.kind for note in plainly.notes}
    assert plainly.zones[0] == "headline"
    assert all(sentence(note) for note in plainly.notes)
