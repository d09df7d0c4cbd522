"""Annotations out as JSON-LD and in again, and in from others; no database."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.annotate import as_jsonld, cleaning, from_jsonld, told
from archive.annotate.told import Told
from archive.text import normalise

GLOSSARY = "https://archive.example/tactics/#"
PAGE = "https://archive.example/articles/abc/"
ODD = ["я", "п", "é", "e\u0301", "\u0301", "ش", "َ", "ג", "👨‍👩‍👧", "🇺🇦", " ", "\n", "“", "<", "\u200f"]
LETTERS = st.one_of(st.text(max_size=40), st.lists(st.sampled_from(ODD), max_size=20).map("".join))
TEXTS = LETTERS.map(normalise.plain_text)
LINES = LETTERS.map(normalise.single_line).filter(lambda line: 0 < len(line) <= 80)
SLUGS = st.from_regex(r"[a-z]{1,8}(-[a-z0-9]{1,8}){0,2}", fullmatch=True)
IDS = st.uuids().map(lambda one: f"urn:uuid:{one}")
TIMES = st.none() | st.datetimes(timezones=st.just(UTC))
PLACES = st.tuples(st.integers(0, 10_000), st.integers(1, 5_000)).map(lambda one: (one[0], one[0] + one[1]))


@st.composite
def tolds(draw):
    """Any annotation that the archive may hold: quote and contexts are cut from one text."""
    text = draw(TEXTS)
    cut = sorted(draw(st.lists(st.integers(0, len(text)), min_size=4, max_size=4)))
    start, end = draw(st.just((None, None)) | PLACES)
    reply_to = draw(st.just("") | IDS)
    of_place = {
        "motivation": draw(st.sampled_from([one for one in told.MOTIVATIONS if one != told.REPLYING])),
        "source": PAGE,
        "outlet_address": draw(st.sampled_from(["", "https://outlet.example/новости?a=1&b=2"])),
        "quote": text[cut[1] : cut[2]],
        "prefix": text[cut[0] : cut[1]] if cut[1] < cut[2] else "",
        "suffix": text[cut[2] : cut[3]] if cut[1] < cut[2] else "",
        "start": start,
        "end": end,
    }
    return Told(
        id=draw(st.just("") | IDS),
        body=draw(TEXTS),
        tags=tuple(draw(st.lists(LINES, unique=True, max_size=4))),
        tactics=tuple(draw(st.lists(SLUGS, unique=True, max_size=3))),
        claim=draw(st.sampled_from(["", "https://archive.example/claims/abc/"])),
        creator=draw(st.just("") | LINES),
        created=draw(TIMES),
        modified=draw(TIMES),
        **({"reply_to": reply_to, "motivation": told.REPLYING} if reply_to else of_place),
    )


# Any JSON, made of the names that are looked for, so that it goes deep into the reading.
NAMES = st.sampled_from(
    """@context @id id type @type motivation body bodyValue value purpose target source selector exact prefix suffix
    start end refinedBy creator name created modified first next items @graph rows annotations uri text tags references
    user user_info display_name updated document oa:motivation dcterms:source""".split()  # noqa: SIM905  # words
)
WORDS = st.sampled_from(
    """Annotation AnnotationPage AnnotationCollection TextQuoteSelector oa:TextQuoteSelector TextPositionSelector
    tagging replying linking https://a.example/ 2024-06-27T00:00:00Z 0001-01-01T00:00:00+23:59""".split()  # noqa: SIM905
)
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5), WORDS),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=6),
    max_leaves=30,
)


def dumped(*annotations, **more):
    return json.dumps(as_jsonld.collection(annotations, "https://archive.example/x", "Mine", glossary=GLOSSARY) | more)


def read(value):
    return from_jsonld.read(json.dumps(value).encode())


def row(**more):
    """As Hypothesis gives it."""
    selector = [
        {"type": "RangeSelector", "startContainer": "/p[1]", "endContainer": "/p[1]"},
        {"type": "TextPositionSelector", "start": 10, "end": 17},
        {"type": "TextQuoteSelector", "exact": "seventy", "prefix": "all ", "suffix": " went"},
    ]
    return {
        "id": "a1B2",
        "created": "2024-06-27T10:00:00.123456+00:00",
        "updated": "2024-06-28T10:00:00+02:00",
        "user": "acct:somebody@hypothes.is",
        "uri": "https://outlet.example/page",
        "text": "**Seventy** of how many?",
        "tags": ["numbers"],
        "group": "secret",
        "permissions": {"read": ["group:secret"]},
        "target": [{"source": "https://outlet.example/page", "selector": selector}],
        "document": {"title": ["A page"]},
    } | more


@given(st.lists(tolds(), min_size=1, max_size=4))
def test_what_goes_out_comes_in_again_as_it_was(annotations):
    found = from_jsonld.read(dumped(*annotations).encode())

    assert found.tolds == tuple(annotations)
    assert found.problems == ()


@given(VALUES)
def test_any_json_is_read_or_said_to_be_unreadable(value):
    found = read(value)

    assert found.tolds or found.problems
    assert all(one[0].isupper() and one.endswith(".") for one in found.problems)
    for one in found.tolds:
        assert one.sharing == "private"
        assert normalise.is_clean(
            "".join((one.id, one.body, *one.tags, one.creator, one.source, one.quote, one.reply_to))
        )
        assert bool(one.reply_to) is (one.motivation == told.REPLYING) is not one.source


@given(st.binary() | st.text().map(lambda text: json.dumps(text).encode("utf-16")))
def test_any_bytes_are_read_or_said_to_be_unreadable(file):
    found = from_jsonld.read(file)

    assert found.tolds == ()
    assert len(found.problems) == 1


def test_an_annotation_has_the_form_of_the_model_and_nothing_that_the_archive_keeps_to_itself():
    when = datetime(2024, 6, 27, 10, tzinfo=UTC)
    mine = Told(
        "urn:x:1", "questioning", "Who says so?", ("numbers",), ("raid",), "https://archive.example/claims/c/",
        "A. Reader", when, None, PAGE, "https://outlet.example/1", "seventy", "all ", " went", 10, 17, "", "shared",
    )  # fmt: skip

    out = json.loads(dumped(mine))

    assert (out["@context"], out["type"], out["total"]) == (as_jsonld.CONTEXT, "AnnotationCollection", 1)
    assert out["first"]["items"] == [
        {
            "id": "urn:x:1",
            "type": "Annotation",
            "motivation": "questioning",
            "creator": {"type": "Person", "name": "A. Reader"},
            "created": "2024-06-27T10:00:00Z",
            "body": [
                {"type": "TextualBody", "value": "Who says so?", "format": "text/plain", "purpose": "questioning"},
                {"type": "TextualBody", "value": "numbers", "format": "text/plain", "purpose": "tagging"},
                {"type": "SpecificResource", "source": f"{GLOSSARY}raid", "purpose": "classifying"},
                {"type": "SpecificResource", "source": "https://archive.example/claims/c/", "purpose": "linking"},
            ],
            "target": {
                "type": "SpecificResource",
                "source": PAGE,
                "dcterms:source": {"id": "https://outlet.example/1"},
                "selector": [
                    {"type": "TextQuoteSelector", "exact": "seventy", "prefix": "all ", "suffix": " went"},
                    {"type": "TextPositionSelector", "start": 10, "end": 17},
                ],
            },
        }
    ]


@pytest.mark.parametrize(
    ("annotation", "expected"),
    [
        ({"target": PAGE}, Told(motivation="highlighting", source=PAGE)),
        ({"target": {"id": PAGE}, "bodyValue": "So?"}, Told(body="So?", source=PAGE)),
        ({"target": [{"source": {"id": PAGE}}], "body": "urn:b"}, Told(body="urn:b", source=PAGE)),
        (
            {"oa:motivation": ["x:y", "oa:tagging"], "target": PAGE, "body": {"value": "a tag"}},
            Told(motivation="tagging", body="a tag", source=PAGE),
        ),
        (
            {"motivation": "http://www.w3.org/ns/oa#tagging", "target": PAGE, "body": {"value": "a tag"}},
            Told(motivation="tagging", tags=("a tag",), source=PAGE),
        ),
        (
            {
                "target": {
                    "source": PAGE,
                    "selector": {
                        "type": "FragmentSelector",
                        "value": "p3",
                        "refinedBy": [
                            {"type": "TextQuoteSelector", "exact": "seventy"},
                            {"type": "TextPositionSelector", "start": 1, "end": 8},
                        ],
                    },
                }
            },
            Told(motivation="highlighting", source=PAGE, quote="seventy"),
        ),
        (
            {"motivation": "replying", "target": "urn:x:1", "body": [{"type": "TextualBody", "value": "No."}]},
            Told(motivation="replying", body="No.", reply_to="urn:x:1"),
        ),
    ],
)  # fmt: skip
def test_annotations_of_others_are_read_in_the_forms_that_the_model_allows(annotation, expected):
    alone = {"@context": as_jsonld.CONTEXT, "type": "Annotation"} | annotation

    for file in (alone, [alone], {"type": "AnnotationPage", "items": [alone]}, {"first": {"items": alone}}):
        assert read(file).tolds == (expected,)


@pytest.mark.parametrize("wrap", [
    lambda rows: {"total": 1, "rows": rows},
    lambda rows: {"export_date": "2024-06-27", "client_version": "1.1", "annotations": rows},
    lambda rows: rows,
])  # fmt: skip
def test_exports_of_hypothesis_come_in_in_each_of_their_forms(wrap):
    highlight = row(id="b", text="", tags=[])
    note = row(id="c", target=[{"source": "https://outlet.example/page"}], tags=[])
    reply = row(
        id="d", text="No.", tags=[], references=["a1B2", "c"], target=[{"source": "https://outlet.example/page"}]
    )

    found = read(wrap([row(), highlight, note, reply]))

    assert found.problems == ()
    first, second, third, fourth = found.tolds
    assert first == Told(
        id="https://hypothes.is/a/a1B2",
        motivation="commenting",
        body="**Seventy** of how many?",
        tags=("numbers",),
        creator="somebody",
        created=datetime(2024, 6, 27, 10, 0, 0, 123456, tzinfo=UTC),
        modified=datetime(2024, 6, 28, 8, tzinfo=UTC),
        source="https://outlet.example/page",
        quote="seventy",
        prefix="all ",
        suffix=" went",
        start=10,
        end=17,
    )
    assert (second.motivation, second.quote) == ("highlighting", "seventy")
    assert (third.motivation, third.quote, third.start) == ("commenting", "", None)
    assert (fourth.motivation, fourth.reply_to, fourth.quote) == ("replying", "https://hypothes.is/a/c", "")


def test_what_cannot_be_read_is_said_with_its_number_and_the_others_come_in():
    found = read([7, row(), {"target": {}}, "https://a.example/1", row(text=["no", "text"], created="yesterday")])

    assert len(found.tolds) == 2
    assert found.problems == (
        "Annotation 1 is not taken in: it is not an object.",
        "Annotation 3 is not taken in: it does not say which page it is about.",
        "Annotation 4 is not taken in: it is only linked.",
        "Annotation 5: its text is not text and is left out.",
        "Annotation 5: one of its times could not be read.",
    )


def test_what_is_too_long_is_cut_and_said():
    long = row(text="a" * 10_001, tags=["b" * 81, *map(str, range(60))])
    long["target"][0]["selector"][2]["exact"] = "c" * 5_001

    found = read([long])

    (one,) = found.tolds
    assert (len(one.body), len(one.tags), len(one.tags[0]), len(one.quote)) == (10_000, 50, 80, 5_000)
    assert len(found.problems) == 4


def test_what_no_database_can_hold_is_made_clean():
    (one,) = from_jsonld.read(
        rb'[{"uri": "https://a.example/", "text": "a\u0000b\ud800c e\u0301", "uri": "https://b.example/"}]'
    ).tolds

    assert (one.body, one.source) == ("ab\ufffdc é", "https://b.example/")


@pytest.mark.parametrize(
    ("file", "problem"),
    [
        (b" " * (from_jsonld.LARGEST + 1), from_jsonld.TOO_LARGE),
        (b"[" * 200_000, from_jsonld.TOO_DEEP),
        (b'{"a":' * 200_000, from_jsonld.TOO_DEEP),
        (b"[{}," * 300_000, from_jsonld.TOO_MANY_PARTS),
        (b'"\xff"', from_jsonld.NOT_TEXT),
        (b"", from_jsonld.NOT_JSON),
        (b"<html>", from_jsonld.NOT_JSON),
        (b"[]", from_jsonld.NOTHING),
        (b"NaN", from_jsonld.NOTHING),
        (b"[" + b"9" * 5_000 + b"]", "Annotation 1 is not taken in: it is not an object."),
        (b'{"first": "https://a.example/page1"}', from_jsonld.ELSEWHERE),
    ],
)
def test_a_file_that_is_none_is_refused_in_words(file, problem):
    assert from_jsonld.read(file).problems == (problem,)


def test_more_annotations_than_may_be_are_left_out_and_counted():
    found = read([{"target": PAGE}] * (from_jsonld.MOST + 2))

    assert len(found.tolds) == from_jsonld.MOST
    assert found.problems == ("The file holds 5,002 annotations. The first 5,000 are read; send the others apart.",)


def test_pages_within_pages_are_read_to_the_last():
    page = {"items": [{"target": PAGE}], "next": {"items": [{"target": PAGE}], "next": "https://a.example/3"}}

    found = read({"type": "AnnotationCollection", "first": page})

    assert (len(found.tolds), found.problems) == (2, (from_jsonld.ELSEWHERE,))


def test_a_very_long_run_of_marks_costs_little():
    selector = {"type": "TextQuoteSelector", "exact": "a" + "\u0301\u0323" * 150_000}

    found = read([row(text="a" + "\u0301\u0323" * 150_000, target=[{"selector": selector}])])

    assert len(found.tolds[0].quote) <= cleaning.LONGEST_QUOTE
