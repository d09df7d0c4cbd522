"""A researcher at work, and what the archive publishes meanwhile."""

from collections.abc import Callable

import pytest
from django.db import transaction
from django.test import Client

from archive.history import events
from archive.models import Article, Person
from archive.models.base import Record
from archive.models.vocabulary import EventAct, RecordStatus
from tests.factories import PersonFactory


@pytest.fixture
def researcher(db: None) -> Person:
    return PersonFactory(researcher=True, pen_name="Ina Quill")


@pytest.fixture
def at_work(researcher: Person) -> Client:
    client = Client()
    client.force_login(researcher)
    return client


@pytest.fixture
def publish(db: None) -> Callable[[Record], None]:
    """Make a record public with its event, as every writer does."""

    def done(record: Record) -> None:
        with transaction.atomic():
            type(record)._default_manager.filter(pk=record.pk).update(status=RecordStatus.PUBLISHED)
            kind, by = events.kind_of(record), PersonFactory(editor=True)
            events.append(EventAct.PUBLISH, kind, record.public_id, by=by, is_public=True)

    return done


def withdraw_as_duplicate(old: Article, survivor: Article) -> None:
    """What a merge leaves behind of the record that goes."""
    from archive.models import Redirect

    Article.objects.filter(pk=old.pk).update(
        status=RecordStatus.WITHDRAWN, withdrawn_reason="duplicate", withdrawn_on="2026-11-20"
    )
    Redirect.objects.create(kind="article", old=old.public_id, new=survivor.public_id)
