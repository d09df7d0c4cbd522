"""Parameters whose values are terms: of a vocabulary, or records that the reader may see.

What is asked for is looked up once, by the values in the address, so that a list can name what it was narrowed to;
a value that is nothing to this reader is a mistake in the question, whether it never was or is only hidden.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, Self

import django_filters
from babel import Locale
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from archive.models import Actor, Claim, Country, Measure, Outlet, PeopleGroup, Place, Source, Tactic
from archive.models.base import User

LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
LONGEST_WORDING = 300
LARGEST = 10**15


@dataclass(frozen=True, slots=True)
class Term:
    """What a value in an address stands for."""

    value: str
    label: str


class Vocabulary(Protocol):
    """Where the values of a parameter come from."""

    def labels(self, values: Collection[str], user: User) -> Mapping[str, str]:
        """Name those of the values that are something to this reader. One query at most."""


@dataclass(frozen=True, slots=True)
class Choices:
    """Terms of a short list. Of a label such as "Event: happened once" the part before the colon is shown."""

    terms: type[models.TextChoices]

    def labels(self, values: Collection[str], user: User) -> Mapping[str, str]:
        return {value: str(label).partition(":")[0] for value, label in self.terms.choices if value in values}


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows that everybody may see, by what their addresses are made of. among: what gives the rows and their names."""

    key: str
    among: Callable[[User], models.QuerySet[Any]]
    title: Callable[[Any, User], str] = lambda row, user: str(row)

    def labels(self, values: Collection[str], user: User) -> Mapping[str, str]:
        found = self.among(user).filter(**{f"{self.key}__in": list(values)})
        return {getattr(row, self.key): self.title(row, user) for row in found}


class Languages:
    """Codes of languages, as of BCP 47."""

    def labels(self, values: Collection[str], user: User) -> Mapping[str, str]:
        names = Locale("en").languages
        return {value: names.get(value.partition("-")[0], value) for value in values if LANGUAGE.fullmatch(value)}


class Wordings:
    """Words as they stand in a column, such as the name of an occasion."""

    def labels(self, values: Collection[str], user: User) -> Mapping[str, str]:
        return {value: value for value in values if 0 < len(value) <= LONGEST_WORDING}


TACTICS = Rows("slug", lambda user: Tactic.objects.all())
PEOPLE = Rows("slug", lambda user: PeopleGroup.objects.all())
PLACES = Rows("slug", lambda user: Place.objects.all())
COUNTRIES = Rows("code", lambda user: Country.objects.all())
MEASURES = Rows("slug", lambda user: Measure.objects.visible_to(user).for_listing())
# Lists show what is published, to the desk as well.
OUTLETS = Rows("slug", lambda user: Outlet.objects.visible_to(user).published())
ACTORS = Rows("public_id", lambda user: Actor.objects.visible_to(user).published())
CLAIMS = Rows("public_id", lambda user: Claim.objects.visible_to(user).published())
SOURCES = Rows(
    "public_id",
    lambda user: Source.objects.visible_to(user).published().select_related("article"),
    lambda source, user: source.title_for(user),
)


class TermsField(forms.Field):
    """Values given once or more; gives the terms that they stand for, each once."""

    widget = forms.MultipleHiddenInput
    default_error_messages = {"invalid_choice": _("This is none of the terms.")}

    def __init__(self, *, vocabulary: Vocabulary, user: User, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.vocabulary = vocabulary
        self.user = user

    def clean(self, value: Any) -> tuple[Term, ...]:
        # A form sends its empty fields, too.
        asked = list(dict.fromkeys(filter(None, value or ())))
        labels = self.vocabulary.labels(asked, self.user) if asked else {}
        if len(labels) < len(asked):
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return tuple(Term(one, labels[one]) for one in asked)


class Parameter(django_filters.Filter):
    """A parameter that narrows nothing by itself: the list reads all of them together."""

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        """Each list gets copies of all its parameters; what they are made of is never changed, and stays one."""
        twin = copy.copy(self)
        twin.extra = dict(self.extra)
        return twin

    def filter(self, qs: models.QuerySet[Any], value: object) -> models.QuerySet[Any]:
        return qs


class Terms(Parameter):
    """A parameter that may be given several times.

    can_be_all: whether a record can have several of its terms, so that all of those given may be asked for.
    """

    field_class = TermsField

    def __init__(self, vocabulary: Vocabulary, label: Any, *, can_be_all: bool = False) -> None:
        super().__init__(label=label)
        self.vocabulary = vocabulary
        self.can_be_all = can_be_all

    @property
    def field(self) -> forms.Field:
        if not hasattr(self, "_field"):
            request = self.parent.request
            self.extra |= {"vocabulary": self.vocabulary, "user": getattr(request, "user", AnonymousUser())}
        return super().field


class Switch(forms.CharField):
    """A parameter that is “1” or absent."""

    def clean(self, value: Any) -> bool:
        typed = super().clean(value)
        if typed not in {"", "1"}:
            raise ValidationError(_("“1” switches this on; leave it out to switch it off."), code="invalid")
        return typed == "1"


class SwitchFilter(Parameter):
    field_class = Switch


class Number(Parameter):
    """A bound of numbers."""

    field_class = forms.IntegerField

    def __init__(self) -> None:
        super().__init__(min_value=0, max_value=LARGEST)
