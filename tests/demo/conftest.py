"""The demo, loaded once for the tests of each module."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker, tmp_path_factory):
    """The demo, once for all tests here, in a transaction that is rolled back after the last of them."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr(settings, "ARCHIVE_CAPTURES", tmp_path_factory.mktemp("captures"))
        call_command("load_demo", verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _demo(loaded, db):
    """Each test within a savepoint of its own."""
