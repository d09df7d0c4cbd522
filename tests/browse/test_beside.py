"""Two texts beside each other: what stands in both is marked, and nothing hidden has a part in it."""

import datetime
import re

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from archive.access.texts import Piece, Reach, VisibleParagraph, VisibleText
from archive.models import Article
from archive.records import beside
from archive.text import analysis
from archive.text.spans import MARK
from tests.factories import (
    ArticleFactory,
    PassageFactory,
    PersonFactory,
    RedactionFactory,
    ReprintGroupFactory,
    captured,
)

SHARED = "the same twelve words of one sentence stand here in both texts"
pieces = st.one_of(
    st.lists(st.sampled_from(["one", "two", "three", "four", "five"]), min_size=1, max_size=14).map(
        lambda words: Piece(" ".join(words) + " ")
    ),
    st.just(Piece(MARK, is_redacted=True)),
)
texts = st.lists(
    st.tuples(st.sampled_from(["body", "body", "terms"]), st.lists(pieces, min_size=1, max_size=4)), max_size=5
).map(
    lambda rows: VisibleText(
        Reach.READING, paragraphs=[VisibleParagraph(n, zone, tuple(own)) for n, (zone, own) in enumerate(rows, 1)]
    )
)


@given(texts, texts)
def test_both_texts_are_whole_and_every_passage_reads_the_same_in_both(one: VisibleText, other: VisibleText):
    found = beside.aligned(one, other)

    passages: list[dict[int, str]] = []
    for text, paragraphs in ((one, found.left), (other, found.right)):
        assert ["".join(piece.text for piece in paragraph.pieces) for paragraph in text.paragraphs] == [
            "".join(stretch.text for stretch in paragraph.stretches) for paragraph in paragraphs
        ]
        shared = [(stretch, each.zone) for each in paragraphs for stretch in each.stretches if stretch.passage]
        assert not any(stretch.is_redacted or zone == "terms" for stretch, zone in shared)
        words: dict[int, str] = {}
        for stretch, _zone in shared:
            assert stretch.is_first == (stretch.passage not in words)
            words[stretch.passage] = f"{words.get(stretch.passage, '')} {stretch.text}"
        passages.append({number: " ".join(said.split()) for number, said in words.items()})
    assert passages[0] == passages[1]
    assert list(passages[0]) == list(range(1, found.passages + 1))
    assert sum(len(list(analysis.places(said))) for said in passages[0].values()) == found.words


def address(one: Article, other: Article) -> str:
    return reverse("browse:article-beside", args=[one.public_id, other.public_id])


def two(**other: object) -> tuple[Article, Article]:
    """Articles that share one passage; the first is a day older."""
    one = ArticleFactory(published=True, published_from=datetime.date(2024, 6, 1))
    later = ArticleFactory(**{"published": True, "published_from": datetime.date(2024, 6, 2), **other})
    captured(one, "A headline", f"Before it. And {SHARED}, and then this.")
    captured(later, "Another", f"So {SHARED}. After it.", "What only one says.")
    return one, later


@pytest.fixture
def reading(db: None) -> Client:
    client = Client()
    client.force_login(PersonFactory(researcher=True))
    return client


def test_a_shared_passage_is_marked_in_both_and_each_mark_leads_to_the_other(reading: Client):
    one, other = two()

    page = reading.get(address(one, other)).content.decode()

    marks = re.findall(r'<a class="shared" href="#(\w+)" id="(\w+)">.*?<mark>(.*?)</mark></a>', page)
    assert marks == [("b1", "a1", SHARED), ("a1", "b1", SHARED)]
    assert "1 passage stands in both word for word, 12 words in all." in page
    assert "What only one says." in page
    assert page.count("a possible source, no more") == 1
    assert page.index("a possible source, no more") < page.index("Another")


def test_no_passage_goes_across_hidden_words_and_none_is_told_by_them(reading: Client):
    pages = []
    for hidden in ("Private Person", SHARED):
        one, other = ArticleFactory(published=True), ArticleFactory(published=True)
        for article, headline in ((one, "The first"), (other, "The second")):
            text = captured(article, headline, f"Here are five words only {hidden} and here are six of them.")
            RedactionFactory(passage=PassageFactory(capture_text=text, words=hidden))
        page = reading.get(address(one, other)).content.decode()
        assert hidden not in page
        pages.append(re.findall(r'<ol class="paragraphs".*?</ol>', page, re.DOTALL))

    assert pages[0] == pages[1]
    assert [re.findall("<mark>(.*?)</mark>", text) for text in pages[0]] == [["and here are six of them"]] * 2


def test_a_researcher_compares_what_is_published_and_released_and_the_desk_its_drafts(reading: Client):
    one, draft = two(published=False)
    held = ArticleFactory(published=True)
    captured(held, "Headline", SHARED, cleared=False)

    assert reading.get(address(one, draft)).status_code == reading.get(address(draft, one)).status_code == 404
    assert reading.get(address(one, one)).status_code == 404
    page = reading.get(address(one, held)).content.decode()
    assert "No text of this article is shown here." in page
    assert 'class="shared"' not in page
    reading.force_login(PersonFactory(editor=True))
    assert 'id="b1"' in reading.get(address(one, draft)).content.decode()
    assert 'id="b1"' in reading.get(address(one, held)).content.decode()


def test_somebody_without_the_right_to_read_in_full_compares_nothing(reading: Client):
    one, other = two()

    assert Client().get(address(one, other)).status_code == 302
    reading.force_login(PersonFactory())
    assert reading.get(address(one, other)).status_code == 403


def test_texts_that_are_too_long_are_not_compared_and_the_page_says_so(reading: Client, monkeypatch):
    monkeypatch.setattr(beside, "LONGEST", 60)

    answer = reading.get(address(*two()))

    assert answer.status_code == 422
    assert "such texts are not compared" in answer.content.decode()
    assert SHARED not in answer.content.decode()


def test_another_article_is_chosen_by_its_id_its_page_here_or_its_address_unless_that_is_withheld(reading: Client):
    one, other = two()
    hidden = ArticleFactory(published=True, address="https://outlet.example/name", address_withheld=True)
    choose = reverse("browse:article-beside-choose", args=[one.public_id])

    for typed in (other.public_id, other.public_id.upper(), f"http://testserver{other.get_absolute_url()}"):
        assert reading.get(choose, {"with": f" {typed}"}).headers["Location"] == address(one, other)
    assert reading.get(choose, {"with": f"{other.address}/"}).headers["Location"] == address(one, other)
    for typed in (hidden.address, "nothing here", "00000000"):
        page = reading.get(choose, {"with": typed})
        assert page.status_code == 200
        assert "No article that you may read is held under" in page.content.decode()
    assert "This is the same article" in reading.get(choose, {"with": one.public_id}).content.decode()


def test_articles_of_one_text_lead_to_the_comparison_for_those_who_read_in_full_only(reading: Client):
    group = ReprintGroupFactory()
    one, other = two(reprint_group=group)
    one.reprint_group = group
    one.save()

    assert address(one, other) in reading.get(one.get_absolute_url()).content.decode()
    assert "beside" not in Client().get(one.get_absolute_url()).content.decode()


def test_longer_texts_and_more_passages_need_no_more_queries(count_queries, reading: Client):
    researcher = PersonFactory(researcher=True)
    short = count_queries(address(*two()), researcher)
    one, other = ArticleFactory(published=True), ArticleFactory(published=True)
    for article in (one, other):
        text = captured(article, "Headline", *(f"{SHARED} number {n}." for n in range(40)))
        for n in range(5):
            PassageFactory(capture_text=text, words=f"number {n}.")

    assert count_queries(address(one, other), researcher) == short
