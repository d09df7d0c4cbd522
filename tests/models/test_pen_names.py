"""Pen names that were there before they had to differ."""

from importlib import import_module
from pkgutil import iter_modules
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from archive import migrations
from archive.models import Person
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


def test_of_two_equal_ones_the_older_account_keeps_the_name_for_itself_and_both_keep_their_signature():
    people = [PersonFactory(), PersonFactory(), PersonFactory(), PersonFactory()]
    for person, name in zip(people, ("Катя", "КАТЯ", "The editors", ""), strict=True):
        Person.objects.filter(pk=person.pk).update(pen_name=name, pen_name_key="")

    (name,) = (one.name for one in iter_modules(migrations.__path__) if one.name.endswith("_sign_ins"))
    import_module(f"archive.migrations.{name}").fill_keys(apps, SimpleNamespace(connection=connection))

    found = Person.objects.order_by("pk").values_list("pen_name", "pen_name_key")
    assert list(found) == [("Катя", "катя"), ("КАТЯ", ""), ("The editors", ""), ("", "")]
