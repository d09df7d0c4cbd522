"""Made-up work of researchers: collections, their entries, saved searches."""

import factory
from factory.django import DjangoModelFactory

from archive import models
from archive.models import vocabulary as terms
from archive.models.workspace import digest_of
from tests.factories.articles import ArticleFactory
from tests.factories.claims import ClaimFactory
from tests.factories.people_and_terms import NOON, PersonFactory


class CollectionFactory(DjangoModelFactory):
    class Meta:
        model = models.Collection

    owner = factory.SubFactory(PersonFactory, researcher=True)
    title = factory.Sequence(lambda n: f"Collection {n}")


class CollectionEntryFactory(DjangoModelFactory):
    """Of a published article; `of_claim=True` holds a claim."""

    class Meta:
        model = models.CollectionEntry

    class Params:
        of_claim = factory.Trait(article=None, claim=factory.SubFactory(ClaimFactory, published=True))

    collection = factory.SubFactory(CollectionFactory)
    article = factory.SubFactory(ArticleFactory, published=True)
    position = factory.Sequence(lambda n: n + 1)


class SavedSearchFactory(DjangoModelFactory):
    """For articles with a word; `fed=True` has a feed, whose secret is the search's name."""

    class Meta:
        model = models.SavedSearch

    class Params:
        fed = factory.Trait(feed_digest=factory.LazyAttribute(lambda search: digest_of(search.name)))

    owner = factory.SubFactory(PersonFactory, researcher=True)
    name = factory.Sequence(lambda n: f"Search {n}")
    kind = terms.SavedList.ARTICLES
    query = factory.Sequence(lambda n: f"q=word{n}")
    seen_seq = 0
    seen_at = NOON
