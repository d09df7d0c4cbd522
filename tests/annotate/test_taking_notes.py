"""Notes out and in: W3C Web Annotation and Hypothesis."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from archive.models import Annotation
from tests import factories as make

pytestmark = pytest.mark.django_db
WORDS = "Его забрали 🙂 у мечети, é said one.", "The same words. The same words, too."


@pytest.fixture
def article():
    return make.ArticleFactory(published=True, address="https://outlet.example/a/1")


@pytest.fixture
def text(article):
    return make.captured(article, "Headline", *WORDS)


def as_(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def given(client: Client, file: object):
    body = json.dumps(file, ensure_ascii=False).encode() if not isinstance(file, bytes) else file
    return client.post("/workspace/annotations/import/", {"file": SimpleUploadedFile("notes.jsonld", body)})


def test_what_goes_out_comes_back_at_equal_spans_and_twice_adds_nothing(article, text):
    author, claim = make.PersonFactory(researcher=True), make.ClaimFactory(published=True)
    make.RedactionFactory(passage=make.PassageFactory(capture_text=text, words="Его"))
    for words in ("забрали 🙂", "é said", "The same words, too"):
        note = make.AnnotationFactory(author=author, in_text=text, words=words, claim=claim, motivation="linking")
        note.tactics.add(make.TacticFactory())
        make.AnnotationTagFactory(annotation=note)
    make.AnnotationFactory(author=author, answering=note, sharing="private", body="An answer to myself")
    client = as_(author)
    file = client.get("/workspace/annotations.jsonld")
    before = told(author)
    there = client.get("/workspace/annotations.jsonld").json()

    assert file.headers["Content-Type"].startswith("application/ld+json")
    again = given(client, file.json())
    assert "4 were here already" in again.content.decode()
    Annotation.objects.filter(author=author, reply_to__isnull=False).delete()
    Annotation.objects.filter(author=author).delete()
    given(client, there)

    assert told(author) == before
    assert "4 were here already" in given(client, there).content.decode()
    assert Annotation.objects.filter(author=author).count() == 4


def told(author) -> list[tuple[object, ...]]:
    notes = Annotation.objects.filter(author=author).order_by("start", "pk")
    return [
        (
            one.motivation,
            one.body,
            one.start,
            one.end,
            one.claim_id,
            [row.tag for row in one.tag_rows.all()],
            list(one.tactics.values_list("slug", flat=True)),
            one.reply_to.start if one.reply_to else None,
            one.created_at,
        )
        for one in notes
    ]


def test_an_export_of_hypothesis_comes_in_with_what_fits_nowhere_kept(article, text):
    def row(number: int, quote: str, **more) -> dict[str, object]:
        selector = [{"type": "TextQuoteSelector", "exact": quote, "prefix": "", "suffix": ""}]
        target = [{"source": "https://outlet.example/a/1", "selector": selector}] if quote else [{}]
        held = {"id": f"h{number}", "uri": "https://www.outlet.example/a/1/", "text": "", "tags": []}
        return held | {"created": "2025-01-02T03:04:05+00:00", "target": target} | more

    rows = [
        row(1, "забрали 🙂 у  мечети", text="Taken **where**?"),
        row(2, "No such words", text="Lost"),
        row(3, "", text="On the page", tags=["page"]),
        row(4, "", text="I agree", references=["h1"]),
        row(5, "é said") | {"uri": "https://elsewhere.example/x", "target": []},
    ]
    reader = make.PersonFactory(researcher=True)

    page = given(as_(reader), {"total": 5, "rows": rows}).content.decode()

    first, lost, whole, reply = Annotation.objects.filter(author=reader).order_by("imported_id")
    assert text.text[first.start : first.end] == "забрали 🙂 у мечети"
    assert (first.body, first.created_at.year, first.sharing) == ("Taken **where**?", 2025, "private")
    assert (lost.text, lost.quote) == (None, "No such words")
    assert (whole.text, whole.quote, [row.tag for row in whole.tag_rows.all()]) == (None, "", ["page"])
    assert reply.reply_to == first
    assert "No article here has the address https://elsewhere.example/x" in page
    assert "4 notes were taken in" in page


def test_an_import_tells_nothing_of_articles_and_addresses_that_its_sender_may_not_see():
    make.ArticleFactory(address="https://outlet.example/draft")
    make.ArticleFactory(published=True, address="https://outlet.example/withheld", address_withheld=True)
    rows = [
        {"id": str(n), "uri": f"https://outlet.example/{name}", "text": "x"}
        for n, name in enumerate(["draft", "withheld", "none"])
    ]

    page = given(as_(make.PersonFactory(researcher=True)), rows).content.decode()

    assert page.count("No article here has the address") == 3
    assert not Annotation.objects.exists()


@pytest.mark.parametrize(
    "file", [b"", b"\xff\x00", b"[" * 100_000, b'{"a": NaN}', b"null", b'[{"id": 1, "target": 3}]']
)
def test_what_is_no_file_of_notes_is_told(file):
    answer = given(as_(make.PersonFactory(researcher=True)), file)

    assert answer.status_code == 422
    assert not Annotation.objects.exists()


def test_what_is_published_goes_out_to_everybody_and_nothing_else(article, text):
    make.AnnotationFactory(
        in_text=text, words="The same words", published=True, body="Released", author__pen_name="A. Pen"
    )
    make.AnnotationFactory(in_text=text, words="é said", shared=True, body="Inside")

    file = Client().get(f"/articles/{article.public_id}/annotations.jsonld")

    (item,) = file.json()["first"]["items"]
    assert item["body"][0]["value"] == "Released"
    assert item["creator"]["name"] == "A. Pen"
    assert "Inside" not in file.content.decode()
    assert not file.cookies
