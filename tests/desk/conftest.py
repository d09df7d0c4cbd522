"""A desk with an editor at it."""

import pytest
from django.test import Client

from archive.models import Person
from tests.factories import PersonFactory


@pytest.fixture
def editor(db: None) -> Person:
    return PersonFactory(editor=True, pen_name="Ed")


@pytest.fixture
def desk(editor: Person) -> Client:
    """A browser in which the editor is signed in."""
    client = Client()
    client.force_login(editor)
    return client
