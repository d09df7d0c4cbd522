"""Notes never drift: a newer text takes over every one whose words it has once, and leaves every other where it is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from archive.access import carrying
from archive.access.own_text import own_texts
from archive.models import Annotation
from archive.records.annotations import annotation_records
from archive.text import normalise
from tests import factories as make

LETTERS = st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("аєї ё é🙂👩‍👩‍👧 كلمة\u0301")
TEXTS = st.text(LETTERS, min_size=1, max_size=60).map(normalise.plain_text).filter(bool)


class AnyText(TestCase):
    @settings(max_examples=40)
    @given(TEXTS, st.data())
    def test_what_is_marked_is_read_again_as_the_same_characters(self, words, data):
        article = make.ArticleFactory(published=True)
        text = make.CaptureTextFactory(text=words, zones=[], capture__cleared=True, capture__article=article)
        start = data.draw(st.integers(0, len(words) - 1))
        end = data.draw(st.integers(start + 1, len(words)))
        note = make.AnnotationFactory(text=text, article=article, start=start, end=end)

        (record,) = annotation_records(Annotation.objects.by_pks([note.pk]).loaded(), note.author)

        assert record.words == words[start:end]
        (own,) = own_texts(article, note.author)
        assert own.words[record.start : record.end] == words[start:end]

    @given(TEXTS, TEXTS, st.data())
    def test_a_new_text_takes_over_what_it_has_once_and_leaves_what_it_has_not(self, words, new, data):
        start = data.draw(st.integers(0, len(words) - 1))
        end = data.draw(st.integers(start + 1, len(words)))
        quote = words[start:end]
        # Often it has the words, with other ones around them.
        whole = data.draw(st.sampled_from([new, f"{new}{quote}", f"{quote}{new}", f"{quote}{new}{quote}"]))
        article = make.ArticleFactory(published=True)
        old = make.CaptureTextFactory(
            text=words,
            zones=[],
            capture__article=article,
            capture__cleared=True,
            capture__captured_at=make.NOON.replace(year=2020),
        )
        note = make.AnnotationFactory(text=old, article=article, start=start, end=end)
        newer = make.CaptureTextFactory(text=whole, zones=[], capture__article=article, capture__cleared=True)

        carrying.carry_over(newer)

        note.refresh_from_db()
        times = sum(whole.startswith(quote, place) for place in range(len(whole)))
        assert note.text.text[note.start : note.end] == quote
        if times == 1:
            assert note.text == newer
        if times == 0:
            assert note.text == old


@pytest.mark.django_db
def test_a_note_follows_when_readers_may_read_the_newer_text_and_not_before():
    article = make.ArticleFactory(published=True)
    old = make.captured(article, "Head", "They were taken away.", captured_at=make.NOON.replace(year=2020))
    note = make.AnnotationFactory(in_text=old, words="taken away")
    newer = make.captured(article, "Head", "Later text. They were taken away.", cleared=False)

    carrying.carry_over(newer)
    note.refresh_from_db()
    assert note.text == old

    newer.capture.harm_review = "cleared"
    carrying.carry_over(newer)
    note.refresh_from_db()
    assert note.text == newer
    assert newer.text[note.start : note.end] == "taken away"


@pytest.mark.django_db
def test_what_does_not_fit_is_listed_and_kept_and_comes_back_with_a_text_that_has_it(client):
    article = make.ArticleFactory(published=True)
    old = make.captured(article, "Head", "They were taken away.", captured_at=make.NOON.replace(year=2020))
    note = make.AnnotationFactory(in_text=old, words="taken away", body="Who says so?")
    client.force_login(note.author)
    newer = make.captured(article, "Head", "They left.", captured_at=make.NOON.replace(year=2021))
    carrying.carry_over(newer)

    page = client.get(f"/articles/{article.public_id}/text/").content.decode()
    lost = client.get("/workspace/annotations/?stands=lost").content.decode()

    assert "Who says so?" in page.partition("Not in this version")[2]
    assert "taken away" in page.partition("Not in this version")[2]
    assert "Who says so?" in lost
    newest = make.captured(article, "Head", "They were taken away again.")
    carrying.carry_over(newest)
    note.refresh_from_db()
    assert note.text == newest
