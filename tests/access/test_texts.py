"""The door to text, on a real database: who sees which words of an article."""

import pytest
from django.contrib.auth.models import AnonymousUser

from archive.access import extracts
from archive.access.texts import NOT_HELD, OVER_LIMIT, Reach, texts_for
from archive.models import PublicExtract
from archive.models.vocabulary import HarmReview, Voice
from tests.factories import (
    AppearanceFactory,
    ArticleFactory,
    PassageFactory,
    PersonFactory,
    RedactionFactory,
    ReusePolicyFactory,
    captured,
)

pytestmark = pytest.mark.django_db
ANYONE = AnonymousUser()


def an_article(limit=None, **article):
    made = ArticleFactory(published=True, **article)
    if limit is not None:
        ReusePolicyFactory(outlet=made.outlet, extract_limit=limit)
    return made


def quoted(article, text, words):
    """Code a quotation of these words."""
    passage = PassageFactory(capture_text=text, words=words)
    AppearanceFactory(article=article, passage=passage, voice=Voice.QUOTATION, published=True)
    return passage


def shown(article, user=ANYONE):
    return texts_for([article], user)[article.pk]


def test_the_public_reads_coded_passages_and_nothing_else_of_the_text():
    article = an_article(limit=500)
    text = captured(article, "A headline", "They were sent there. Nobody else reads this.")
    passage = quoted(article, text, "They were sent there.")
    extracts.rebuild([article.pk])

    visible = shown(article)

    assert visible.reach is Reach.EXTRACT
    assert [quote.plain for quote in visible.passages] == ["They were sent there."]
    assert visible.quote(passage.pk).plain == "They were sent there."
    assert visible.paragraphs == ()


def test_the_501st_character_stays_outside_and_is_named_as_coded():
    article = an_article(limit=500)
    text = captured(article, "A headline", "a" * 400 + "b" * 100 + "c")
    inside = [quoted(article, text, "a" * 400), quoted(article, text, "b" * 100)]
    outside = quoted(article, text, "c")
    extracts.rebuild([article.pk])

    visible = shown(article)

    assert all(visible.quote(passage.pk) for passage in inside)
    assert visible.quote(outside.pk) is None
    assert visible.absence(outside.pk) == OVER_LIMIT
    assert visible.shown == 500


def test_an_outlet_without_known_terms_shows_two_hundred_characters_at_most():
    article = an_article()
    text = captured(article, "A headline", "a" * 200 + "b")
    within, beyond = quoted(article, text, "a" * 200), quoted(article, text, "b")
    extracts.rebuild([article.pk])

    assert shown(article).quote(within.pk)
    assert shown(article).quote(beyond.pk) is None


def test_without_an_address_the_strict_limit_holds_whatever_the_terms():
    article = an_article(limit=500, address=None)
    text = captured(article, "A headline", "a" * 201)
    passage = quoted(article, text, "a" * 201)
    extracts.rebuild([article.pk])

    assert shown(article).absence(passage.pk) == OVER_LIMIT


def test_nothing_is_shown_without_an_address_where_the_terms_require_a_link():
    article = an_article(address=None)
    ReusePolicyFactory(outlet=article.outlet, extract_limit=500, is_link_required=True)
    text = captured(article, "A headline", "A few words.")
    passage = quoted(article, text, "A few words.")
    extracts.rebuild([article.pk])

    assert shown(article).quote(passage.pk) is None


def test_a_withheld_address_counts_as_no_address():
    article = an_article(limit=500, address_withheld=True)
    text = captured(article, "A headline", "a" * 201)
    passage = quoted(article, text, "a" * 201)
    extracts.rebuild([article.pk])

    assert shown(article).quote(passage.pk) is None


def test_the_headline_does_not_count():
    article = an_article(limit=10)
    text = captured(article, "A headline of some length", "ten words!")
    quoted(article, text, "A headline of some length")
    quoted(article, text, "ten words!")
    extracts.rebuild([article.pk])

    assert len(shown(article).passages) == 2
    assert shown(article).shown == 10


@pytest.mark.parametrize("review", [HarmReview.OPEN, HarmReview.BLOCKED])
def test_a_text_whose_harm_review_is_not_cleared_stays_at_the_desk(review):
    article = an_article(limit=500)
    text = captured(article, "A headline", "They were sent there.", cleared=False)
    if review is HarmReview.BLOCKED:
        type(text.capture).objects.filter(pk=text.capture.pk).update(
            harm_review=review, harm_reviewed_by="somebody", harm_reviewed_at=text.capture.captured_at
        )
    passage = quoted(article, text, "They were sent there.")
    extracts.rebuild([article.pk])

    assert shown(article).quote(passage.pk) is None
    assert shown(article, PersonFactory(researcher=True)).paragraphs == ()
    assert shown(article, PersonFactory(editor=True)).quote(passage.pk).plain == "They were sent there."


def test_researchers_read_the_whole_text_less_its_redactions():
    article = an_article(limit=10)
    text = captured(article, "A headline", "Somebody Secret said so.")
    RedactionFactory(passage=PassageFactory(capture_text=text, words="Somebody Secret"))
    extracts.rebuild([article.pk])

    visible = shown(article, PersonFactory(researcher=True))

    words = ["".join(piece.text for piece in paragraph.pieces) for paragraph in visible.paragraphs]
    assert words == ["A headline", "█████ said so."]


def test_a_redaction_inside_a_shown_passage_is_a_mark_of_fixed_length():
    article = an_article(limit=500)
    text = captured(article, "A headline", "Somebody Secret said so.")
    passage = quoted(article, text, "Somebody Secret said so.")
    RedactionFactory(passage=PassageFactory(capture_text=text, words="Somebody Secret"))
    extracts.rebuild([article.pk])

    assert shown(article).quote(passage.pk).plain == "█████ said so."
    assert "Secret" not in str(PublicExtract.objects.values().get())


def test_an_unpublished_article_shows_nothing_to_the_public():
    article = ArticleFactory()
    text = captured(article, "A headline", "They were sent there.")
    quoted(article, text, "They were sent there.")
    extracts.rebuild([article.pk])

    assert shown(article).passages == []
    assert shown(article, PersonFactory(researcher=True)).paragraphs == ()


def test_a_passage_without_wording_says_so():
    assert shown(an_article()).absence(None) == NOT_HELD


def test_a_tightened_policy_names_the_articles_that_lost_passages():
    article = an_article(limit=500)
    text = captured(article, "A headline", "a" * 300)
    quoted(article, text, "a" * 300)
    assert extracts.rebuild([article.pk]) == []
    ReusePolicyFactory(outlet=article.outlet, extract_limit=100)

    assert extracts.rebuild([article.pk]) == [article.pk]


@pytest.mark.parametrize("role", ["", "researcher", "editor"])
def test_texts_of_many_articles_cost_as_many_queries_as_of_one(role, django_assert_max_num_queries):
    user = PersonFactory(**{role: True}) if role else ANYONE
    articles = []
    for _ in range(20):
        article = an_article(limit=500)
        quoted(article, captured(article, "A headline", "They were sent there."), "They were sent there.")
        articles.append(article)
    extracts.rebuild([article.pk for article in articles])
    user.has_perm("archive.use_desk")

    with django_assert_max_num_queries(3):
        texts_for(articles, user)
    with django_assert_max_num_queries(3):
        texts_for(articles[:1], user)


def test_rebuilding_many_extracts_costs_as_many_queries_as_one(django_assert_num_queries):
    articles = []
    for _ in range(5):
        article = an_article(limit=500)
        quoted(article, captured(article, "A headline", "They were sent there."), "They were sent there.")
        articles.append(article.pk)

    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    # Words that no article showed before cost one query more, once, however many they are.
    extracts.rebuild(articles)
    with CaptureQueriesContext(connection) as one:
        extracts.rebuild(articles[:1])
    with django_assert_num_queries(len(one)):
        extracts.rebuild(articles)
