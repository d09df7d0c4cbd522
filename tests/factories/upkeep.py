"""Made-up checks, redirects, lines of the book of imports, and signs of reuse."""

import datetime

import factory
from factory.django import DjangoModelFactory

from archive import models
from archive.models import vocabulary as terms
from archive.text.hashing import sha256_hex
from tests.factories.articles import ArticleFactory, CaptureTextFactory, OutletFactory
from tests.factories.claims import SourceFactory
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


class LinkCheckFactory(DjangoModelFactory):
    """Of an article; `of_source=True` or `article=None, source=…` for a source's. It answered, and is due again."""

    class Meta:
        model = models.LinkCheck

    class Params:
        of_source = factory.Trait(
            article=None, source=factory.SubFactory(SourceFactory, address="https://one.example/source")
        )

    article = factory.SubFactory(ArticleFactory)
    address = factory.LazyAttribute(lambda check: (check.article or check.source).address)
    checked_on = datetime.date(2026, 11, 3)
    outcome = terms.LinkOutcome.ANSWERED
    again_on = factory.SelfAttribute("checked_on")


class ReprintGroupFactory(DjangoModelFactory):
    class Meta:
        model = models.ReprintGroup

    confirmed_by = REVIEWER


class SuggestionFactory(DjangoModelFactory):
    """Open; `decided=True` is rejected."""

    class Meta:
        model = models.Suggestion

    class Params:
        decided = factory.Trait(state=terms.SuggestionState.REJECTED, decided_by=REVIEWER, decided_at=NOON)

    kind = terms.SuggestionKind.TEXT_OVERLAP
    left = factory.SubFactory(ArticleFactory)
    right = factory.SubFactory(ArticleFactory)


class FingerprintFactory(DjangoModelFactory):
    class Meta:
        model = models.Fingerprint

    text = factory.SubFactory(CaptureTextFactory)
    value = factory.Sequence(lambda n: 2**60 + n)


class PointerFactory(DjangoModelFactory):
    class Meta:
        model = models.Pointer

    text = factory.SubFactory(CaptureTextFactory)
    kind = terms.SuggestionKind.SHARED_POST
    value = factory.Sequence(lambda n: f"x: {10**9 + n}")


class CoverageFactory(DjangoModelFactory):
    class Meta:
        model = models.Coverage

    outlet = factory.SubFactory(OutletFactory)
    month = datetime.date(2024, 6, 1)
    noted_by = REVIEWER
