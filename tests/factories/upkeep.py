"""Made-up checks, redirects and lines of the book of imports."""

import factory
from factory.django import DjangoModelFactory

from archive import models
from archive.models import vocabulary as terms
from archive.text.hashing import sha256_hex
from tests.factories.articles import ArticleFactory
from tests.factories.people_and_terms import NOON, REVIEWER


class CheckFactory(DjangoModelFactory):
    """Open; `decided=True` is resolved, `blocking=True` keeps its article from being published.

    Of a kind that acts ask, so that no look takes it back.
    """

    class Meta:
        model = models.Check

    class Params:
        decided = factory.Trait(decision=terms.CheckDecision.RESOLVED, decided_by=REVIEWER, decided_at=NOON)
        blocking = factory.Trait(is_blocking=True)

    article = factory.SubFactory(ArticleFactory)
    kind = terms.CheckKind.REDACTED_ELSEWHERE
    subject = factory.Sequence(lambda n: f"article {n}")


class RedirectFactory(DjangoModelFactory):
    class Meta:
        model = models.Redirect

    kind = terms.RecordKind.ARTICLE
    old = factory.Sequence(lambda n: f"old{n:05}")
    new = factory.Sequence(lambda n: f"new{n:05}")


class ImportRunFactory(DjangoModelFactory):
    class Meta:
        model = models.ImportRun

    file_name = "rows.jsonl"
    digest = factory.Sequence(lambda n: sha256_hex(f"run {n}".encode()))


class ImportRowFactory(DjangoModelFactory):
    class Meta:
        model = models.ImportRow

    source_file = "rows"
    row_key = factory.Sequence(lambda n: f"row-{n}")
    article = factory.SubFactory(ArticleFactory)
    digest = factory.Sequence(lambda n: sha256_hex(f"row {n}".encode()))
