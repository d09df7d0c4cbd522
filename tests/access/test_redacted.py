"""What is hidden around records, looked for in what was written earlier."""

import pytest

from archive.access import redacted
from tests.factories import ArticleFactory, OutletFactory, PassageFactory, RedactionFactory, captured

pytestmark = pytest.mark.django_db


def test_what_hides_nothing_is_not_looked_through(django_assert_num_queries):
    article = ArticleFactory(published=True)
    captured(article, "A headline", "A man named Testov was sent.")

    with django_assert_num_queries(1):
        hidden = redacted.around({"outlet": [article.outlet.pk]})

    assert not hidden.is_in("named Testov", "outlet", article.outlet.pk)


def test_words_that_any_article_of_an_outlet_hides_are_hidden_around_it():
    outlet = OutletFactory()
    open_one, *hiding = ArticleFactory.create_batch(3, outlet=outlet, headline="Open words")
    captured(open_one, "A headline", "A man named Testov was sent.")
    text = captured(hiding[0], "A headline", "A man named Testov was sent.")
    RedactionFactory(passage=PassageFactory(capture_text=text, words="named Testov"))
    hiding[1].headline, hiding[1].headline_withheld = "Withheld words", True
    hiding[1].save()

    hidden = redacted.around({"outlet": [outlet.pk]})

    words = ("named Testov", "Withheld words", "Open words")
    assert [hidden.is_in(one, "outlet", outlet.pk) for one in words] == [True, True, False]
