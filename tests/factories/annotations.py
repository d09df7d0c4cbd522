"""Made-up notes of readers."""

import factory
from factory.django import DjangoModelFactory

from archive import models
from archive.models import vocabulary as terms
from tests.factories.articles import ArticleFactory
from tests.factories.people_and_terms import NOON, REVIEWER, PersonFactory


class AnnotationFactory(DjangoModelFactory):
    """A private comment on an article as a whole; `in_text=` a captured text puts it to the first place of `words=`.

    Traits: shared, proposed, published; `answering=` a note makes it a reply.
    """

    class Meta:
        model = models.Annotation

    class Params:
        in_text = None
        words = ""
        answering = None
        shared = factory.Trait(sharing=terms.Sharing.SHARED)
        proposed = factory.Trait(sharing=terms.Sharing.PROPOSED)
        published = factory.Trait(sharing=terms.Sharing.PUBLISHED, published_by=REVIEWER, published_at=NOON)

    author = factory.SubFactory(PersonFactory, researcher=True)
    article = factory.Maybe(
        "in_text",
        yes_declaration=factory.LazyAttribute(lambda note: note.in_text.capture.article),
        no_declaration=factory.Maybe(
            "answering",
            yes_declaration=factory.LazyAttribute(lambda note: note.answering.article),
            no_declaration=factory.SubFactory(ArticleFactory, published=True),
        ),
    )
    motivation = factory.LazyAttribute(
        lambda note: terms.Motivation.REPLYING if note.answering else terms.Motivation.COMMENTING
    )
    reply_to = factory.SelfAttribute("answering")
    body = factory.Sequence(lambda n: f"Note number {n}")
    text = factory.SelfAttribute("in_text")
    start = factory.LazyAttribute(lambda note: note.text.text.index(note.words) if note.text else None)
    end = factory.LazyAttribute(lambda note: note.start + len(note.words) if note.text else None)
    created_at = NOON
    updated_at = NOON


class AnnotationTagFactory(DjangoModelFactory):
    class Meta:
        model = models.AnnotationTag

    annotation = factory.SubFactory(AnnotationFactory)
    tag = factory.Sequence(lambda n: f"tag {n}")
