"""Made-up work of editors: drafts of forms, pages on their way in, talk, assignments, requests from outside."""

import factory
from factory.django import DjangoModelFactory

from archive import models
from archive.models import vocabulary as terms
from tests.factories.articles import ArticleFactory
from tests.factories.people_and_terms import DAY, NOON, REVIEWER, PersonFactory


class FormDraftFactory(DjangoModelFactory):
    class Meta:
        model = models.FormDraft

    person = factory.SubFactory(PersonFactory, editor=True)
    place = factory.Sequence(lambda n: f"/desk/forms/{n}/")
    fields = factory.LazyFunction(lambda: {"headline": ["Half a headline"]})


class IntakeFactory(DjangoModelFactory):
    """Waiting; `failed=True` says why."""

    class Meta:
        model = models.Intake

    class Params:
        failed = factory.Trait(
            state=terms.IntakeState.FAILED, finished_at=NOON, told="The page could not be read: ask for another."
        )

    asked_by = REVIEWER
    method = terms.CaptureMethod.FETCHED
    address = factory.Sequence(lambda n: f"https://outlet.example/taken-in/{n}")


class CommentFactory(DjangoModelFactory):
    class Meta:
        model = models.Comment

    kind = terms.RecordKind.ARTICLE
    record = factory.Sequence(lambda n: f"record{n}")
    author = REVIEWER
    text = "Is the number the speaker's?"


class AssignmentFactory(DjangoModelFactory):
    class Meta:
        model = models.Assignment

    article = factory.SubFactory(ArticleFactory)
    person = factory.SubFactory(PersonFactory, editor=True)


class PublicRequestFactory(DjangoModelFactory):
    """Open; `decided=True` was granted."""

    class Meta:
        model = models.PublicRequest

    class Params:
        decided = factory.Trait(
            state=terms.RequestState.GRANTED, decided_by=REVIEWER, decided_on=DAY, contact="", answer="Done."
        )

    kind = terms.RequestKind.TAKEDOWN
    address = factory.Sequence(lambda n: f"/articles/record{n}/")
    text = "My brother can be recognised."
    contact = "somebody@mail.example"
    received_on = DAY
