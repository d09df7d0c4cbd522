"""Versions of records: of two saves made from one version, the second writes nothing."""

import pytest

from archive.history import versions
from tests.factories import ActorFactory, ArticleFactory, ClaimFactory, FigureFactory, OutletFactory, SourceFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "factory", [ArticleFactory, OutletFactory, ClaimFactory, SourceFactory, ActorFactory, FigureFactory]
)
def test_a_version_can_be_taken_once(factory):
    record = factory()
    versions.take_version(record, expected=1)

    with pytest.raises(versions.StaleVersion, match="saved by somebody else"):
        versions.take_version(record, expected=1)

    record.refresh_from_db()
    assert record.version == 2


def test_a_version_that_never_was_is_stale():
    with pytest.raises(versions.StaleVersion):
        versions.take_version(ArticleFactory(), expected=7)
