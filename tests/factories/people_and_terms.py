"""Made-up people, places and controlled terms, and the traits that all records share."""

import datetime
from typing import Any

import factory
from django.contrib.auth.models import Group
from django.utils import timezone
from django.utils.text import slugify
from django_otp.plugins.otp_totp.models import TOTPDevice
from factory.django import DjangoModelFactory

from archive import models
from archive.models import vocabulary as terms
from archive.models.people import EDITORS, RESEARCHERS
from archive.models.terms import measure_slug

PASSWORD = "a long enough password 1"
DAY = datetime.date(2024, 7, 2)
NOON = datetime.datetime(2026, 11, 3, 12, tzinfo=datetime.UTC)
REVIEWER = "00000000"


class PersonFactory(DjangoModelFactory):
    """Traits: researcher, editor, administrator; without one, a person with no role. Password: PASSWORD."""

    class Meta:
        model = models.Person

    class Params:
        researcher = factory.Trait(role_name=RESEARCHERS)
        editor = factory.Trait(role_name=EDITORS)
        administrator = factory.Trait(role_name=EDITORS, is_staff=True)

    username = factory.Sequence(lambda n: f"person-{n}")
    pen_name = factory.Sequence(lambda n: f"Pen {n}")
    password = factory.django.Password(PASSWORD)
    role_name = ""

    @classmethod
    def _create(cls, model_class: type[models.Person], *args: Any, **kwargs: Any) -> models.Person:
        role_name = kwargs.pop("role_name")
        person: models.Person = super()._create(model_class, *args, **kwargs)
        if role_name:
            person.groups.add(Group.objects.get(name=role_name))
        return person


class RecoveryCodeFactory(DjangoModelFactory):
    class Meta:
        model = models.RecoveryCode

    person = factory.SubFactory(PersonFactory)
    digest = factory.Sequence(lambda n: f"{n:064x}")


class SignInFactory(DjangoModelFactory):
    """One that is open for a day from now; nobody holds its key."""

    class Meta:
        model = models.SignIn

    person = factory.SubFactory(PersonFactory)
    session_key = factory.Sequence(lambda n: f"{n:040x}")
    expire_date = factory.LazyFunction(lambda: timezone.now() + datetime.timedelta(days=1))


def second_factor(person: models.Person) -> TOTPDevice:
    """Turn a second factor on for somebody, without recovery codes."""
    return TOTPDevice.objects.create(user=person, name="", confirmed=True)


class RecordFactory(DjangoModelFactory):
    """Traits of every record with a status: published, in_review, withdrawn; without one, a draft."""

    class Meta:
        abstract = True
        skip_postgeneration_save = True

    class Params:
        published = factory.Trait(status=terms.RecordStatus.PUBLISHED)
        in_review = factory.Trait(status=terms.RecordStatus.IN_REVIEW)
        withdrawn = factory.Trait(
            status=terms.RecordStatus.WITHDRAWN,
            withdrawn_on=datetime.date(2026, 11, 20),
            withdrawn_reason=terms.WithdrawalReason.SAFETY,
        )


class CountryFactory(DjangoModelFactory):
    class Meta:
        model = models.Country
        django_get_or_create = ("code",)

    code = "UA"
    name = "Ukraine"


class PlaceFactory(DjangoModelFactory):
    class Meta:
        model = models.Place
        django_get_or_create = ("slug",)

    name = factory.Sequence(lambda n: f"Place {n}")
    slug = factory.LazyAttribute(lambda place: slugify(place.name))
    kind = terms.PlaceKind.COUNTRY


class PeopleGroupFactory(DjangoModelFactory):
    class Meta:
        model = models.PeopleGroup
        django_get_or_create = ("slug",)

    slug = factory.Sequence(lambda n: f"people-{n}")
    label = factory.LazyAttribute(lambda group: group.slug.replace("-", " "))


class TacticFactory(DjangoModelFactory):
    class Meta:
        model = models.Tactic
        django_get_or_create = ("slug",)

    slug = factory.Sequence(lambda n: f"tactic-{n}")
    label = factory.LazyAttribute(lambda tactic: tactic.slug.replace("-", " "))
    group = terms.TacticGroup.FORCE
    definition = "A made-up method of pressure."


class MeasureFactory(DjangoModelFactory):
    """people: groups that are counted; without any, a new one."""

    class Meta:
        model = models.Measure
        skip_postgeneration_save = True

    class Params:
        groups = factory.LazyFunction(lambda: [PeopleGroupFactory()])

    stage = terms.Stage.SENT
    origin = None
    territory = factory.SubFactory(PlaceFactory)
    slug = factory.LazyAttribute(
        lambda o: measure_slug(
            str(o.stage), [g.slug for g in o.groups], o.origin and o.origin.slug, o.territory and o.territory.slug
        )
    )

    @factory.post_generation
    def people(measure: models.Measure, create: bool, extracted: Any, **kwargs: Any) -> None:
        slugs = measure.slug.split("/")[1].split("-from-")[0].split("+")
        measure.people.set(extracted or models.PeopleGroup.objects.filter(slug__in=slugs))
