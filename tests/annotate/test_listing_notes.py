"""All notes of one reader: filters, and a search inside them."""

import pytest
from django.test import Client

from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader():
    return make.PersonFactory(researcher=True)


@pytest.fixture
def held(reader):
    """Four notes of the reader, and one that somebody else shares."""
    first, second = make.ArticleFactory.create_batch(2, published=True)
    text = make.captured(first, "Head", "Бастрыкина процитировали. They were told to sign.")
    make.AnnotationFactory(author=reader, in_text=text, words="Бастрыкина процитировали", body="On the speech")
    tagged = make.AnnotationFactory(author=reader, in_text=text, words="told to sign", motivation="tagging", body="")
    make.AnnotationTagFactory(annotation=tagged, tag="contracts")
    tagged.tactics.add(make.TacticFactory(slug="raid"))
    make.AnnotationFactory(author=reader, article=second, body="The whole of it", shared=True)
    make.AnnotationFactory(author=reader, article=second, body="Lost", quote="words of another text")
    make.AnnotationFactory(article=second, body="Of somebody else", shared=True)
    return {"first": first, "second": second}


def found(reader, query: str) -> set[str]:
    client = Client()
    client.force_login(reader)
    page = client.get(f"/workspace/annotations/{query}").content.decode()
    said = {"On the speech": "speech", "contracts</a>": "tag", "The whole of it": "whole", ">Lost<": "lost"}
    said["Of somebody else"] = "other"
    return {name for words, name in said.items() if words in page.partition("note-rows")[2]}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", {"speech", "tag", "whole", "lost"}),
        ("?whose=others", {"other"}),
        ("?whose=all", {"speech", "tag", "whole", "lost", "other"}),
        ("?kind=tagging", {"tag"}),
        ("?kind=tagging&kind=commenting", {"speech", "tag", "whole", "lost"}),
        ("?sharing=shared", {"whole"}),
        ("?tag=contracts", {"tag"}),
        ("?tactic=raid", {"tag"}),
        ("?stands=here", {"speech", "tag"}),
        ("?stands=lost", {"lost"}),
        ("?stands=whole", {"whole"}),
        ("?q=bastrykin", {"speech"}),
        ("?q=signing", {"tag"}),
        ("?q=speech+the", {"speech"}),
        ("?q=another+text", {"lost"}),
        ("?q=nothing", set()),
        ("?kind=tagging&q=contract", {"tag"}),
    ],
)
def test_the_list_holds_what_is_asked_for(reader, held, query, names):
    assert found(reader, query) == names


def test_notes_of_one_article_or_outlet(reader, held):
    assert found(reader, f"?article={held['first'].public_id}") == {"speech", "tag"}
    assert found(reader, f"?outlet={held['second'].outlet.slug}") == {"whole", "lost"}


def test_notes_of_one_person_by_their_pen_name(reader, held):
    make.AnnotationFactory(article=held["first"], author__pen_name="A. Pen", body="Of somebody else", shared=True)

    assert found(reader, "?whose=others&by=A.+Pen") == {"other"}
    assert found(reader, "?whose=all&by=Nobody") == set()


def test_a_tag_that_repeats_hidden_words_finds_nothing_of_others(reader, held):
    note = make.AnnotationFactory(article=held["first"], body="Of somebody else", shared=True)
    make.AnnotationTagFactory(annotation=note, tag="told to sign")
    assert found(reader, "?whose=all&tag=told+to+sign") == {"other"}

    text = held["first"].captures.get().texts.get()
    make.RedactionFactory(passage=make.PassageFactory(capture_text=text, words="told to sign"))

    assert found(reader, "?whose=all&tag=told+to+sign") == set()


def test_a_question_that_cannot_be_read_is_told_and_nothing_is_listed(reader, held):
    client = Client()
    client.force_login(reader)

    page = client.get("/workspace/annotations/?kind=nonsense&nobody=1")
    file = client.get("/workspace/annotations.jsonld?kind=nonsense")

    assert page.status_code == 200
    assert "This list cannot be shown as asked" in page.content.decode()
    assert "note-rows" not in page.content.decode()
    assert file.status_code == 400


def test_the_list_runs_as_many_queries_for_many_notes_as_for_few(reader, held, count_queries):
    few = count_queries("/workspace/annotations/?q=the", reader)
    for _ in range(4):
        text = make.captured(make.ArticleFactory(published=True), "Head", "More of the words.")
        make.AnnotationTagFactory(annotation=make.AnnotationFactory(author=reader, in_text=text, words="the words"))

    assert count_queries("/workspace/annotations/?q=the", reader) == few


def test_a_note_on_what_was_taken_out_of_the_archive_stays_its_authors_and_tells_nothing_of_it(reader):
    article = make.ArticleFactory(withdrawn=True, headline="Withdrawn words")
    text = make.captured(article, "Withdrawn words", "Its text.")
    note = make.AnnotationFactory(author=reader, in_text=text, words="Its text", body="My thought")
    client = Client()
    client.force_login(reader)

    pages = [client.get(address).content.decode() for address in ("/workspace/annotations/", note.get_absolute_url())]

    for page in pages:
        assert "My thought" in page
        assert "taken out of the archive" in page
        assert "Withdrawn words" not in page
        assert "Its text" not in page
        assert article.outlet.name not in page


def test_editors_are_led_to_what_is_proposed(held):
    make.AnnotationFactory(article=held["first"], proposed=True)
    client = Client()
    client.force_login(make.PersonFactory(editor=True))

    assert '?whose=all&amp;sharing=proposed">1 proposed' in client.get("/workspace/annotations/").content.decode()
