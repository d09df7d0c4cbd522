"""Made-up outlets, articles, and the wording that is held of them."""

import datetime
from typing import Any

import factory
from django.utils.text import slugify
from factory.django import DjangoModelFactory

from archive import models
from archive.models import vocabulary as terms
from archive.text import addresses, hashing, paragraphs
from tests.factories.people_and_terms import DAY, NOON, REVIEWER, RecordFactory


class OutletFactory(RecordFactory):
    """limit: code points of one article that may be shown; makes a policy with this limit."""

    class Meta:
        model = models.Outlet
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Outlet {n}")
    slug = factory.LazyAttribute(lambda outlet: slugify(outlet.name))
    kind = terms.OutletKind.NEWS_SITE
    languages = "en"

    @factory.post_generation
    def limit(outlet: models.Outlet, create: bool, extracted: int | None, **kwargs: Any) -> None:
        if extracted is not None:
            ReusePolicyFactory(outlet=outlet, extract_limit=extracted)


class OutletDomainFactory(DjangoModelFactory):
    class Meta:
        model = models.OutletDomain

    outlet = factory.SubFactory(OutletFactory)
    domain = factory.Sequence(lambda n: f"mirror-{n}.example")


class OwnershipNoteFactory(DjangoModelFactory):
    class Meta:
        model = models.OwnershipNote

    outlet = factory.SubFactory(OutletFactory)
    text = "Says that its readers pay for it."
    reference = "Its page about itself"


class ReusePolicyFactory(DjangoModelFactory):
    class Meta:
        model = models.ReusePolicy

    outlet = factory.SubFactory(OutletFactory)
    version = factory.LazyAttribute(lambda policy: policy.outlet.policies.count() + 1)
    extract_limit = 500
    read_on = datetime.date(2026, 11, 3)


class ArticleFactory(RecordFactory):
    """Dated on a day that its byline prints; `undated=True` leaves the date not known."""

    class Meta:
        model = models.Article
        skip_postgeneration_save = True

    class Params:
        published = factory.Trait(status=terms.RecordStatus.PUBLISHED, outlet__published=True)
        undated = factory.Trait(
            published_from=None, published_precision=terms.DatePrecision.UNKNOWN, published_basis=""
        )

    outlet = factory.SubFactory(OutletFactory)
    headline = factory.Sequence(lambda n: f"Headline number {n}")
    language = "en"
    address = factory.Sequence(lambda n: f"https://outlet.example/articles/{n}")
    address_key = factory.LazyAttribute(
        lambda article: addresses.address_key(article.address) if article.address else ""
    )
    summary = "What the article reports, in the archive's words."
    published_from = DAY
    published_to = factory.SelfAttribute("published_from")
    published_precision = terms.DatePrecision.DAY
    published_basis = terms.DateBasis.BYLINE

    @factory.post_generation
    def evidence(article: models.Article, create: bool, extracted: Any, **kwargs: Any) -> None:
        if article.published_basis:
            DateEvidenceFactory(
                article=article,
                earliest=article.published_from,
                latest=article.published_to,
                precision=article.published_precision,
                basis=article.published_basis,
                is_chosen=True,
            )


class DateEvidenceFactory(DjangoModelFactory):
    class Meta:
        model = models.DateEvidence

    article = factory.SubFactory(ArticleFactory)
    earliest = DAY
    latest = factory.SelfAttribute("earliest")
    precision = terms.DatePrecision.DAY
    basis = terms.DateBasis.METADATA


class CaptureFactory(DjangoModelFactory):
    """body: the bytes received; `kept=True` puts them into the store. Reviewed and cleared with `cleared=True`."""

    class Meta:
        model = models.Capture

    class Params:
        body = factory.Sequence(lambda n: f"<p>Page number {n}</p>".encode())
        kept = False
        cleared = factory.Trait(harm_review=terms.HarmReview.CLEARED, harm_reviewed_by=REVIEWER, harm_reviewed_at=NOON)

    article = factory.SubFactory(ArticleFactory)
    sha256 = factory.LazyAttribute(lambda capture: hashing.sha256_hex(capture.body))
    blob = factory.LazyAttribute(lambda capture: kept(capture.body) if capture.kept else capture.sha256)
    size = factory.LazyAttribute(lambda capture: len(capture.body))
    media_type = "text/html"
    method = terms.CaptureMethod.PASTED
    captured_at = NOON


class CaptureTextFactory(DjangoModelFactory):
    class Meta:
        model = models.CaptureText

    capture = factory.SubFactory(CaptureFactory)
    extractor = "plain-1"
    text = "A headline\n\nThe first paragraph has words.\n\nThe second one has others."
    zones = factory.LazyAttribute(lambda o: ["headline"] + ["body"] * (len(paragraphs.paragraphs(o.text)) - 1))


class PassageFactory(DjangoModelFactory):
    """words: what the passage covers, its first place in the text."""

    class Meta:
        model = models.Passage
        django_get_or_create = ("capture_text", "start", "end")

    class Params:
        words = "The first paragraph"

    capture_text = factory.SubFactory(CaptureTextFactory)
    start = factory.LazyAttribute(lambda passage: passage.capture_text.text.index(passage.words))
    end = factory.LazyAttribute(lambda passage: passage.start + len(passage.words))


class RedactionFactory(DjangoModelFactory):
    class Meta:
        model = models.Redaction

    passage = factory.SubFactory(PassageFactory)
    reason = terms.RedactionReason.PRIVATE_PERSON
    made_by = REVIEWER


class PublicExtractFactory(DjangoModelFactory):
    class Meta:
        model = models.PublicExtract

    article = factory.SubFactory(ArticleFactory)
    limit = 200


def kept(body: bytes) -> str:
    """Put bytes into the store of captures; gives their name there."""
    from archive.captures import store

    return store.keep(body)


def captured(
    article: models.Article, headline: str, *body: str, cleared: bool = True, **capture: Any
) -> models.CaptureText:
    """Give an article a capture with this text, a paragraph an argument; reviewed and cleared unless told otherwise."""
    text = "\n\n".join([headline, *body])
    return CaptureTextFactory(  # type: ignore[no-any-return]  # factory-boy is untyped
        capture=CaptureFactory(article=article, body=text.encode(), cleared=cleared, **capture), text=text
    )
