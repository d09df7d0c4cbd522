"""A captured text as one reader reads it, and the way back to what is kept."""

import pytest
from django.contrib.auth.models import AnonymousUser
from hypothesis import given
from hypothesis import strategies as st

from archive.access import own_text
from archive.access.own_text import OwnText
from archive.models import CaptureText
from archive.text import spans
from tests import factories as make

WORDS = "Они сказали 🙂 é َكلمة\n\nsecond paragraph, words."
PLACES = st.integers(0, len(WORDS))
HOLES = st.lists(st.tuples(PLACES, PLACES), max_size=5)


def read_by_others(text: str, holes: list[tuple[int, int]]) -> OwnText:
    return OwnText(CaptureText(text=text, zones=[]), own_text.pieces(text, holes, is_at_desk=False))


@given(HOLES)
def test_a_reader_reads_the_text_with_one_mark_for_each_hidden_stretch(holes):
    own = read_by_others(WORDS, holes)

    assert own.words == "".join(piece.text for piece in spans.mask(WORDS, (0, len(WORDS)), holes))


@given(HOLES, PLACES, PLACES)
def test_a_kept_stretch_goes_to_the_reader_and_back_and_grows_by_whole_hidden_stretches_alone(holes, one, other):
    start, end = sorted((one, other))
    if start == end:
        return
    own = read_by_others(WORDS, holes)

    there = own.own(start, end)
    back = own.kept(*there)

    assert back.start <= start
    assert end <= back.end
    grown = spans.subtract([tuple(back)], [(start, end)])
    assert spans.subtract(grown, holes) == []
    assert own.own(*back) == there


@given(HOLES, st.data())
def test_a_stretch_that_a_reader_marks_is_the_same_characters_when_it_is_read_again(holes, data):
    own = read_by_others(WORDS, holes)
    start = data.draw(st.integers(0, len(own.words) - 1))
    end = data.draw(st.integers(start + 1, len(own.words)))

    again = own.own(*own.kept(start, end))

    assert again.start <= start
    assert end <= again.end
    # What was added on either side is the rest of a mark.
    assert set(own.words[again.start : start] + own.words[end : again.end]) <= set(spans.MARK)
    cut = own.cut(*again)
    assert "".join(words for words, _ in cut) == own.words[again.start : again.end]


@pytest.mark.django_db
def test_who_reads_which_texts_of_an_article():
    article = make.ArticleFactory(published=True)
    old = make.captured(article, "Head", "An older text.", captured_at=make.NOON.replace(year=2025))
    new = make.captured(article, "Head", "A secret name stands here.")
    unreleased = make.captured(article, "Head", "Not yet.", cleared=False, captured_at=make.NOON.replace(year=2027))
    make.RedactionFactory(passage=make.PassageFactory(capture_text=new, words="secret name"))
    researcher, editor = make.PersonFactory(researcher=True), make.PersonFactory(editor=True)

    read, edited = own_text.own_texts(article, researcher), own_text.own_texts(article, editor)

    assert [one.text.pk for one in read] == [new.pk, old.pk]
    assert read[0].words == "Head\n\nA █████ stands here."
    assert [one.text.pk for one in edited] == [unreleased.pk, new.pk, old.pk]
    assert "secret name" in edited[1].words
    assert own_text.own_texts(article, AnonymousUser()) == []
    assert own_text.own_texts(make.ArticleFactory(), researcher) == []


@pytest.mark.django_db
def test_a_withheld_headline_is_a_mark_and_paragraphs_keep_their_zones():
    article = make.ArticleFactory(published=True, headline_withheld=True)
    make.captured(article, "A name", "First.", "Second.")

    (own,) = own_text.own_texts(article, make.PersonFactory(researcher=True))

    assert own.words == "█████\n\nFirst.\n\nSecond."
    assert [(one.number, one.zone) for one in own.paragraphs] == [(1, "headline"), (2, "body"), (3, "body")]
