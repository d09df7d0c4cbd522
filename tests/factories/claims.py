"""Made-up claims, sources and actors, and what is said by whom with which number."""

import datetime
from typing import Any

import factory
from factory.django import DjangoModelFactory

from archive import models
from archive.models import vocabulary as terms
from tests.factories.articles import ArticleFactory
from tests.factories.people_and_terms import MeasureFactory, RecordFactory, TacticFactory


class ActorFactory(RecordFactory):
    class Meta:
        model = models.Actor

    name = factory.Sequence(lambda n: f"Ministry {n}")
    kind = terms.ActorKind.STATE_BODY


class ActorNameFactory(DjangoModelFactory):
    class Meta:
        model = models.ActorName

    actor = factory.SubFactory(ActorFactory)
    name = factory.Sequence(lambda n: f"Министерство {n}")
    language = "ru"


class ClaimFactory(RecordFactory):
    """people, areas, places: lists of rows to set."""

    class Meta:
        model = models.Claim
        skip_postgeneration_save = True

    sentence = factory.Sequence(lambda n: f"New citizens are sent to training ground {n}.")
    kind = terms.ClaimKind.PRACTICE

    @factory.post_generation
    def people(claim: models.Claim, create: bool, extracted: Any, **kwargs: Any) -> None:
        claim.people.set(extracted or [])

    @factory.post_generation
    def areas(claim: models.Claim, create: bool, extracted: Any, **kwargs: Any) -> None:
        claim.areas.set(extracted or [])

    @factory.post_generation
    def places(claim: models.Claim, create: bool, extracted: Any, **kwargs: Any) -> None:
        claim.places.set(extracted or [])


class ClaimActorFactory(DjangoModelFactory):
    class Meta:
        model = models.ClaimActor

    claim = factory.SubFactory(ClaimFactory)
    actor = factory.SubFactory(ActorFactory)
    part = terms.ClaimActorPart.DONE_BY


class ClaimLinkFactory(DjangoModelFactory):
    class Meta:
        model = models.ClaimLink

    from_claim = factory.SubFactory(ClaimFactory)
    to_claim = factory.SubFactory(ClaimFactory)
    kind = terms.ClaimLinkKind.UPDATES


class ClaimCountFactory(DjangoModelFactory):
    class Meta:
        model = models.ClaimCount

    claim = factory.SubFactory(ClaimFactory)


class SourceFactory(RecordFactory):
    """An official statement; `of_article=True` makes it one of the archive's articles instead."""

    class Meta:
        model = models.Source
        skip_postgeneration_save = True

    class Params:
        of_article = factory.Trait(
            article=factory.SubFactory(ArticleFactory, published=factory.SelfAttribute("..published", default=False)),
            title="",
            kind=terms.SourceKind.MEDIA_REPORT,
        )

    kind = terms.SourceKind.OFFICIAL_STATEMENT
    title = factory.Sequence(lambda n: f"Statement {n}")
    occasion = "A briefing"
    date_from = datetime.date(2024, 6, 27)
    date_to = factory.SelfAttribute("date_from")
    date_precision = terms.DatePrecision.DAY


class SourceActorFactory(DjangoModelFactory):
    class Meta:
        model = models.SourceActor

    source = factory.SubFactory(SourceFactory)
    actor = factory.SubFactory(ActorFactory)
    role_as_printed = "head of the ministry"


class SourceIdentifierFactory(DjangoModelFactory):
    class Meta:
        model = models.SourceIdentifier

    source = factory.SubFactory(SourceFactory)
    scheme = terms.IdentifierScheme.X_POST
    value = factory.Sequence(lambda n: f"{n:010}")


class SourceCopyFactory(DjangoModelFactory):
    class Meta:
        model = models.SourceCopy

    source = factory.SubFactory(SourceFactory)
    address = factory.Sequence(lambda n: f"https://copies.example/{n}")


class SourceCheckFactory(DjangoModelFactory):
    class Meta:
        model = models.SourceCheck

    source = factory.SubFactory(SourceFactory)
    checked_on = datetime.date(2026, 11, 3)
    state = terms.SourceCheckState.NOT_CHECKED


class CitationFactory(DjangoModelFactory):
    """`published=True` publishes both sides."""

    class Meta:
        model = models.Citation

    class Params:
        published = False

    article = factory.SubFactory(ArticleFactory, published=factory.SelfAttribute("..published"))
    source = factory.SubFactory(SourceFactory, published=factory.SelfAttribute("..published"))
    label = factory.Sequence(lambda n: f"[{n}]")


class AppearanceFactory(DjangoModelFactory):
    """In an article; `in_source=True` puts it into a source. `published=True` publishes claim and carrier."""

    class Meta:
        model = models.Appearance

    class Params:
        published = False
        in_source = factory.Trait(
            article=None, source=factory.SubFactory(SourceFactory, published=factory.SelfAttribute("..published"))
        )

    claim = factory.SubFactory(ClaimFactory, published=factory.SelfAttribute("..published"))
    article = factory.SubFactory(ArticleFactory, published=factory.SelfAttribute("..published"))
    voice = terms.Voice.REPORTED_SPEECH


class CreditFactory(DjangoModelFactory):
    """A confirmed credit to a source; `none_stated=True` for an article that names none."""

    class Meta:
        model = models.Credit

    class Params:
        published = False
        none_stated = factory.Trait(source=None, basis=terms.CreditBasis.NONE_STATED)

    appearance = factory.SubFactory(AppearanceFactory, published=factory.SelfAttribute("..published"))
    source = factory.SubFactory(SourceFactory, published=factory.SelfAttribute("..published"))


class FigureFactory(DjangoModelFactory):
    """A bare number of 10,000; give low and high, or a comparator that fits what you give."""

    class Meta:
        model = models.Figure

    class Params:
        published = False

    appearance = factory.SubFactory(AppearanceFactory, published=factory.SelfAttribute("..published"))
    measure = factory.SubFactory(MeasureFactory)
    low = 10_000
    high = factory.SelfAttribute("low")
    as_of_from = datetime.date(2024, 6, 27)
    as_of_to = factory.SelfAttribute("as_of_from")
    as_of_precision = terms.DatePrecision.DAY


class TacticUseFactory(DjangoModelFactory):
    class Meta:
        model = models.TacticUse

    class Params:
        published = False

    appearance = factory.SubFactory(AppearanceFactory, published=factory.SelfAttribute("..published"))
    tactic = factory.SubFactory(TacticFactory)
