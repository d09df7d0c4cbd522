"""Publishing: what becomes public with an article, and how."""

import pytest
from django.test import Client

from archive.access import extracts
from archive.history.versions import public_version
from archive.models import Event
from archive.models.vocabulary import EventAct, RecordStatus
from tests.desk.acts import (
    coded,
    send,
    shown_to_readers,
)
from tests.factories import (
    ActorFactory,
    AppearanceFactory,
    CitationFactory,
    ClaimActorFactory,
    CreditFactory,
    SourceActorFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db


def test_publishing_makes_public_what_the_article_stands_on(desk: Client):
    report = AppearanceFactory(speaker=ActorFactory())
    article = report.article
    credited = CreditFactory(appearance=report).source
    source_of_source = CreditFactory(
        appearance=AppearanceFactory(claim=report.claim, source=credited, article=None)
    ).source
    cited = CitationFactory(article=article).source
    behind = SourceActorFactory(source=cited).actor
    doer = ClaimActorFactory(claim=report.claim).actor
    strangers = [SourceFactory(), ActorFactory(), AppearanceFactory().claim]

    answer = send(desk, article, "publish")

    assert answer.status_code == 302
    used = [article, article.outlet, report.claim, report.speaker, credited, source_of_source, cited, behind, doer]
    for record in [*used, *strangers]:
        record.refresh_from_db()
    assert {record.status for record in used} == {RecordStatus.PUBLISHED}
    assert {record.status for record in strangers} == {RecordStatus.DRAFT}


def test_publishing_is_one_event_that_names_each_record_made_public(desk: Client, editor):
    report = AppearanceFactory()

    send(desk, report.article, "publish")

    event = Event.objects.get()
    fields = {value.field for value in event.values_kept.all()}
    assert (event.act, event.public_id, event.person) == (EventAct.PUBLISH, report.article.public_id, editor.public_id)
    assert fields == {"status", f"outlet {report.article.outlet.public_id}", f"claim {report.claim.public_id}"}


def test_what_was_withdrawn_stays_withdrawn_when_an_article_that_uses_it_is_published(desk: Client):
    report = AppearanceFactory(claim__withdrawn=True)

    send(desk, report.article, "publish")

    report.claim.refresh_from_db()
    assert report.claim.status == RecordStatus.WITHDRAWN


def test_publishing_shows_the_wording_and_counts_the_claim(desk: Client):
    article = coded()
    before = public_version()

    send(desk, article, "publish")

    claim = article.appearances.get().claim
    assert shown_to_readers(article) == "About 20,000 were sent"
    assert claim.counts.articles == 1
    assert public_version() == before + 1


def test_publishing_shows_the_wording_of_other_articles_that_report_the_same_claim(desk: Client):
    other = coded(published=True)
    claim = other.appearances.get().claim
    claim.status = RecordStatus.DRAFT
    claim.save()
    extracts.rebuild([other.pk])
    assert shown_to_readers(other) == ""

    send(desk, AppearanceFactory(claim=claim).article, "publish")

    assert shown_to_readers(other) == "About 20,000 were sent"
