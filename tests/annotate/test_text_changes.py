"""The page that says what changed between two saved copies."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import NOON, PASSWORD, ArticleFactory, PassageFactory, PersonFactory, RedactionFactory, captured

pytestmark = pytest.mark.django_db
OLD = (
    "Seventy called up",
    "It called seventy people.",
    "Same one.",
    "Same two.",
    "Same three.",
    "Same four.",
    "It ends.",
)
NEW = ("Eighty called up", "It called eighty people.", "Same one.", "Same two.", "Same three.", "Same four.", "A note.")


def an_article(*texts, **article):
    """Published, with a copy a day of these paragraphs."""
    made = ArticleFactory(published=True, **article)
    for day, text in enumerate(texts):
        captured(made, *text, captured_at=NOON + timedelta(days=day))
    return made


def page_of(article, query="", **role):
    client = Client()
    client.force_login(PersonFactory(**(role or {"researcher": True})))
    answer = client.get(reverse("annotate:text-changes", args=[article.public_id]) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def words_of(page):
    """What stands on a page below the form, in one line."""
    return " ".join(re.sub(r"<[^>]*>", " ", page.partition('id="changes"')[2]).replace(" .", ".").split())


def test_it_says_what_changed_between_the_two_newest_copies():
    article = an_article(("Before", "Nothing of it."), OLD, NEW)

    page = page_of(article)

    words = words_of(page)
    assert "The headline changed." in words
    assert "2 paragraphs have other words 1 paragraph is gone 1 paragraph is new 4 paragraphs are the same" in words
    assert re.search(r"It called <del>.*?seventy.*?</del><ins>.*?eighty.*?</ins> people\.", page, re.DOTALL)
    assert "gone: It ends" in words
    assert "new: A note" in words
    assert page.count('<details class="unchanged">') == 0
    assert "Nothing of it" not in page


def test_long_stretches_without_a_change_are_folded():
    same = tuple(f"Paragraph {n} stays." for n in range(6))

    page = page_of(an_article(("A headline", *same, "Old end here."), ("A headline", *same, "New end here.")))

    assert "<summary>6 paragraphs are the same</summary>" in page


def test_copies_are_chosen_by_a_form_that_shows_what_was_chosen():
    article = an_article(OLD, NEW, (*NEW, "More."))
    oldest, newest = article.captures.order_by("captured_at").values_list("public_id", flat=True)[0::2]

    page = page_of(article, f"?from={newest}&to={oldest}")

    assert "gone: More. (end)" in words_of(page)
    chosen = re.findall(r'<option value="(\w+)" selected>', page)
    assert chosen == [newest, oldest]


def test_what_is_hidden_shows_no_difference():
    article = an_article(("A headline", "Then Anna Long-Name went."), ("A headline", "Then Bo went."))
    for text in (capture.texts.get() for capture in article.captures.all()):
        name = "Bo" if "Bo" in text.text else "Anna Long-Name"
        RedactionFactory(passage=PassageFactory(capture_text=text, words=name))

    page = page_of(article)

    assert "The words of the two copies are the same." in page
    assert "█████" in page
    assert "Anna" not in page
    assert "Anna" in page_of(article, editor=True)


@pytest.mark.parametrize(
    ("texts", "query", "words"),
    [
        ((OLD,), "", "Fewer than two saved copies"),
        ((OLD, NEW), "?from=00000000", "There is no such saved copy"),
        ((OLD, NEW), "?from={0}&to={0}", "Both are the same saved copy"),
        ((OLD, OLD), "", "The words of the two copies are the same."),
    ],
)
def test_where_nothing_can_be_compared_or_nothing_differs_the_page_says_so(texts, query, words):
    article = an_article(*texts)

    assert words in page_of(article, query.format(article.captures.first().public_id))


def test_a_hidden_copy_and_one_that_never_was_answer_alike():
    article = an_article(OLD, NEW)
    hidden = captured(article, *NEW, cleared=False).capture.public_id

    def asked(copy):
        return re.sub(r'csrfmiddlewaretoken" value="\w+"|account-name">[^<]*', "", page_of(article, f"?to={copy}"))

    assert asked(hidden) == asked("00000000")


def test_only_people_who_read_full_texts_compare_copies(client):
    address = reverse("annotate:text-changes", args=[an_article(OLD, NEW).public_id])

    assert client.get(address).headers["Location"].startswith(reverse("accounts:sign-in"))
    client.login(username=PersonFactory().username, password=PASSWORD)
    assert client.get(address).status_code == 403


def test_the_articles_page_leads_to_the_comparison_where_a_reader_may_read_two_copies(client):
    article = an_article(OLD, NEW)
    address = reverse("annotate:text-changes", args=[article.public_id])

    assert address not in client.get(article.get_absolute_url()).content.decode()
    client.force_login(PersonFactory(researcher=True))
    assert address in client.get(article.get_absolute_url()).content.decode()
    alone = an_article(OLD)
    assert "/text/changes/" not in client.get(alone.get_absolute_url()).content.decode()


def test_it_takes_as_many_queries_for_many_copies_paragraphs_and_redactions_as_for_few(count_queries):
    few, many = an_article(OLD, NEW), an_article(OLD, NEW, *[(*NEW, f"Number {n}.") for n in range(5)])
    for capture in many.captures.all():
        RedactionFactory(passage=PassageFactory(capture_text=capture.texts.get(), words="Same"))
    reader = PersonFactory(researcher=True)

    asked = [count_queries(reverse("annotate:text-changes", args=[one.public_id]), reader) for one in (few, many)]

    assert asked[0] == asked[1] < 20
