"""Another copy of a held article is a row of its own; what was coded is found in it, what was hidden is hidden."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from archive.access import carrying, extracts
from archive.access.texts import texts_for
from archive.models import Article, Intake, Passage
from archive.models.vocabulary import HarmReview, IntakeState, PassageState
from tests.desk.acts import changes_of, last_event, page_of, shown_to_readers
from tests.desk.edit_form import sent_by
from tests.desk.intakes import add_text, answer, worked
from tests.factories import (
    AppearanceFactory,
    ArticleFactory,
    CitationFactory,
    FigureFactory,
    PassageFactory,
    PersonFactory,
    RedactionFactory,
    captured,
)

ADDRESS = "https://news.example/office"
HEADLINE = "Office calls people"
SEVENTY = "It called seventy people in July."
EIGHTY = "It called eighty people in June."
HIDDEN = "Nameless Person"
OLD = (HEADLINE, SEVENTY, f"One of them, {HIDDEN}, did not go.", EIGHTY)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.ARCHIVE_DATA = tmp_path
    settings.ARCHIVE_CAPTURES = tmp_path / "captures"


def held(*, cleared: bool, published: bool) -> Article:
    """An article with two reports, of which one has a figure, a citation, and a name that is hidden."""
    article = ArticleFactory(address=ADDRESS, published=published, outlet__limit=500)
    text = captured(article, *OLD, cleared=cleared)
    for words in (SEVENTY, EIGHTY):
        passage = PassageFactory(capture_text=text, words=words)
        report = AppearanceFactory(article=article, claim__published=published, passage=passage)
    FigureFactory(appearance=report, passage=PassageFactory(capture_text=text, words="eighty people"))
    CitationFactory(article=article, passage=PassageFactory(capture_text=text, words=HEADLINE))
    RedactionFactory(passage=PassageFactory(capture_text=text, words=HIDDEN))
    extracts.rebuild([article.pk])
    return article


def copied(desk: Client, *paragraphs: str) -> Intake:
    """Take a text in as another copy of the held article."""
    add_text(desk, "\n\n".join(paragraphs), address=ADDRESS)
    intake = Intake.objects.latest("pk")
    assert (intake.state, answer(desk, intake, "copy").status_code) == (IntakeState.CHOOSING, 302)
    return worked()


def newest(article: Article):
    return article.captures.order_by("-captured_at", "-pk")[0].texts.get()


@pytest.mark.django_db
def test_a_copy_is_a_row_of_its_own_and_leaves_the_first_as_it_was(desk: Client):
    article = held(cleared=False, published=False)
    first = article.captures.get()

    intake = copied(desk, HEADLINE, SEVENTY)

    assert (intake.state, intake.article, Article.objects.count()) == (IntakeState.DONE, article, 1)
    assert article.captures.count() == 2
    second = newest(article).capture
    assert (second.harm_review, second.method) == (HarmReview.OPEN, "pasted")
    assert article.captures.get(pk=first.pk).sha256 == first.sha256 != second.sha256
    event = last_event()
    assert (event.act, event.kind, event.public_id) == ("add", "capture", second.public_id)
    assert changes_of(event)["article"] == (None, article.public_id)


@pytest.mark.django_db
def test_what_was_coded_is_found_in_the_copy_and_what_is_gone_is_kept_and_said(desk: Client):
    article = held(cleared=False, published=False)
    old = article.captures.get().texts.get()

    intake = copied(desk, HEADLINE, "Something new.", SEVENTY)

    text = newest(article)
    words = {
        report.passage.capture_text_id: report.passage.capture_text.text[report.passage.start : report.passage.end]
        for report in article.appearances.select_related("passage__capture_text")
    }
    assert words == {text.pk: SEVENTY, old.pk: EIGHTY}
    assert article.citations.get().passage.capture_text == text
    gone = set(Passage.objects.filter(state=PassageState.NOT_IN_VERSION).values_list("capture_text", "quote"))
    assert gone == {(text.pk, EIGHTY), (text.pk, "eighty people")}
    assert "2 coded passages stand in this copy, too. 2 coded passages are not in this version." in intake.told
    page = desk.get(page_of(article)).content.decode()
    assert "Not in the newest copy" in page
    assert EIGHTY in page


@pytest.mark.django_db
def test_readers_lose_nothing_until_the_copy_is_released_and_then_read_it(desk: Client):
    article = held(cleared=True, published=True)
    before = shown_to_readers(article)
    assert SEVENTY in before

    copied(desk, HEADLINE, "Something new.", SEVENTY)
    assert shown_to_readers(article) == before
    text = newest(article)
    address = f"/desk/captures/{text.capture.public_id}/review/"
    desk.post(address, sent_by(desk.get(page_of(article)), address, decision="cleared"))

    found = {report.passage.capture_text_id for report in article.appearances.select_related("passage")}
    assert text.pk in found
    assert len(found) == 2
    assert set(shown_to_readers(article).split()) == set(before.split())
    assert Passage.objects.filter(state=PassageState.NOT_IN_VERSION).count() == 2


@pytest.mark.django_db
def test_what_was_hidden_is_hidden_in_the_copy_wherever_it_stands(desk: Client):
    article = held(cleared=True, published=True)

    intake = copied(desk, HEADLINE, f"{HIDDEN.upper()} is gone.", "Nameless\u00a0Person, and no NamelessPersonal.")
    assert "2 places were hidden again" in intake.told
    text = newest(article)
    address = f"/desk/captures/{text.capture.public_id}/review/"
    desk.post(address, sent_by(desk.get(page_of(article)), address, decision="cleared"))

    reader = PersonFactory(researcher=True)
    read = " ".join(piece.text for one in texts_for([article], reader)[article.pk].paragraphs for piece in one.pieces)
    assert "is gone." in read
    assert "nameless person" not in read.replace("\u00a0", " ").casefold()
    assert "NamelessPersonal" in read
    assert HIDDEN not in " ".join(q.plain for q in texts_for([article], AnonymousUser())[article.pk].passages)


@pytest.mark.django_db
def test_an_older_copy_that_comes_later_moves_nothing(desk: Client):
    article = held(cleared=False, published=False)
    older = captured(article, HEADLINE, SEVENTY, captured_at="2001-01-01T00:00:00Z")

    carried = carrying.carry_over(older)

    assert (carried.found, carried.missing) == (0, 0)
    assert not article.appearances.filter(passage__capture_text=older).exists()


@pytest.mark.django_db
def test_a_copy_of_a_withdrawn_article_is_not_offered(desk: Client):
    ArticleFactory(address=ADDRESS, withdrawn=True)
    add_text(desk, HEADLINE, address=ADDRESS)
    intake = Intake.objects.get()

    assert "another copy of the same" not in desk.get(intake.get_absolute_url()).content.decode()
    assert answer(desk, intake, "copy").status_code == 409


def test_a_passage_that_stands_twice_is_told_apart_by_the_words_around_it():
    before, after = "a: yes. b: yes.", "new words. a: yes. b: yes."

    assert carrying.place_in(after, before, (11, 14)) == (22, 25)
    assert carrying.place_in("yes and yes", before, (11, 14)) is None


TEXTS = st.text(alphabet="ab .", min_size=1, max_size=30)


@given(before=TEXTS, added=TEXTS, data=st.data())
def test_a_passage_is_never_put_where_other_words_stand(before: str, added: str, data):
    start = data.draw(st.integers(0, len(before) - 1))
    span = (start, data.draw(st.integers(start + 1, len(before))))
    after = added + before

    found = carrying.place_in(after, before, span)

    assert found is None or after[found.start : found.end] == before[span[0] : span[1]]


@given(before=TEXTS, text=TEXTS, data=st.data())
def test_every_place_of_hidden_words_has_these_words(before: str, text: str, data):
    start = data.draw(st.integers(0, len(before) - 1))
    span = (start, data.draw(st.integers(start + 1, len(before))))

    for place in carrying.places_of(before, span, text):
        assert text[place.start : place.end].split() == before[span[0] : span[1]].split()
