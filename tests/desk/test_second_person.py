"""Four eyes: who may publish what, where a second person is mandatory; to review and back."""

import pytest
from django.db import transaction
from django.test import Client

from archive.history import events
from archive.history.events import Change
from archive.models import Event
from archive.models.vocabulary import EventAct, RecordKind, RecordStatus
from tests.desk.acts import changes_of, edit, last_event, page_of, send
from tests.desk.edit_form import sent_by
from tests.factories import (
    AppearanceFactory,
    ArticleFactory,
    CitationFactory,
    ClaimFactory,
    FigureFactory,
    PersonFactory,
    captured,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(db: None) -> Client:
    """A browser in which another editor is signed in."""
    client = Client()
    client.force_login(PersonFactory(editor=True, pen_name="Otto"))
    return client


@pytest.fixture
def needed(settings) -> None:
    settings.ARCHIVE_SECOND_PERSON = True


def wrote(act: EventAct, record, field: str, *, by) -> None:
    kind = RecordKind(record._meta.model_name)
    with transaction.atomic():
        events.append(act, kind, record.public_id, by=by, changes=[Change(field, "a", "b")], is_public=False)


def publish(desk: Client, article):
    """As somebody who posts without having been offered the button."""
    article.refresh_from_db()
    return desk.post(f"{page_of(article)}publish/", {"version": article.version})


@pytest.mark.usefixtures("needed")
def test_who_wrote_an_article_does_not_publish_it_and_is_told_who_may(desk: Client, other: Client):
    article = ArticleFactory()
    edit(desk, article, summary="As I see it")
    send(desk, article, "submit")

    page = desk.get(page_of(article)).content.decode()
    answer = publish(desk, article)

    article.refresh_from_db()
    assert (answer.status_code, article.status) == (422, RecordStatus.IN_REVIEW)
    for told in (page, answer.content.decode()):
        assert "somebody else must publish it: Otto." in told
        assert f'action="{page_of(article)}publish/"' not in told


@pytest.mark.usefixtures("needed")
def test_somebody_else_publishes_it(desk: Client, other: Client):
    article = ArticleFactory()
    edit(desk, article, summary="As I see it")
    send(desk, article, "submit")

    assert send(other, article, "publish").status_code == 302

    article.refresh_from_db()
    assert article.status == RecordStatus.PUBLISHED


@pytest.mark.usefixtures("needed")
@pytest.mark.parametrize("kind", ["claim", "figure", "outlet"])
def test_who_wrote_what_becomes_public_with_it_does_not_publish_it(desk: Client, kind: str):
    report = AppearanceFactory(article__in_review=True)
    record = {"claim": report.claim, "outlet": report.article.outlet}.get(kind)
    if kind == "figure":
        record = FigureFactory(appearance=report)
    text = {"claim": "note", "figure": "note", "outlet": "about"}[kind]
    edit(desk, record, kind, **{text: "Mine"})

    assert publish(desk, report.article).status_code == 422


@pytest.mark.usefixtures("needed")
@pytest.mark.parametrize("kind", ["appearance", "figure"])
@pytest.mark.parametrize(("is_new", "status"), [(True, 422), (False, 302)])
def test_who_wrote_what_a_source_reports_does_not_make_it_public(desk: Client, editor, kind: str, is_new, status: int):
    claim = ClaimFactory(published=not is_new)
    article = AppearanceFactory(article__in_review=True, claim=claim).article
    source = CitationFactory(article=article, source__published=True).source
    report = AppearanceFactory(article=None, source=source, claim=claim)
    record = FigureFactory(appearance=report) if kind == "figure" else report
    wrote(EventAct.EDIT, record, "note", by=editor)

    assert publish(desk, article).status_code == status


@pytest.mark.usefixtures("needed")
def test_what_a_source_says_of_another_hidden_claim_is_not_counted(desk: Client, editor):
    article = ArticleFactory(in_review=True)
    report = AppearanceFactory(article=None, source=CitationFactory(article=article).source)
    wrote(EventAct.ADD, report, "claim", by=editor)

    assert publish(desk, article).status_code == 302


@pytest.mark.usefixtures("needed")
def test_who_merged_another_record_into_it_wrote_part_of_it(desk: Client, editor):
    report = AppearanceFactory(article__in_review=True)
    wrote(EventAct.MERGE, report.claim, "merged", by=editor)

    assert publish(desk, report.article).status_code == 422


@pytest.mark.usefixtures("needed")
def test_what_was_public_before_is_not_counted(desk: Client):
    report = AppearanceFactory(article__in_review=True, claim__published=True)
    edit(desk, report.claim, "claim", note="Mine", why="Because")

    assert publish(desk, report.article).status_code == 302


@pytest.mark.usefixtures("needed")
def test_to_send_to_review_and_back_is_no_writing(desk: Client):
    article = ArticleFactory()
    send(desk, article, "submit")
    send(desk, article, "send-back", why="The date has no basis.")
    send(desk, article, "submit")

    assert publish(desk, article).status_code == 302


@pytest.mark.usefixtures("needed")
def test_a_draft_is_sent_to_review_first(desk: Client):
    article = ArticleFactory()

    answer = publish(desk, article)

    assert answer.status_code == 422
    assert "send it to review first" in answer.content.decode()


@pytest.mark.usefixtures("needed")
def test_an_editor_alone_is_told_what_is_missing(desk: Client):
    article = ArticleFactory(in_review=True)
    edit(desk, article, summary="Mine")

    assert "there is nobody else to publish it" in publish(desk, article).content.decode()


def test_where_no_second_person_is_needed_the_author_publishes(desk: Client):
    article = ArticleFactory()
    edit(desk, article, summary="Mine")

    assert send(desk, article, "publish").status_code == 302


# To review and back.


def test_what_is_sent_back_says_why_and_by_whom(desk: Client, other: Client):
    article = ArticleFactory()
    send(desk, article, "submit")

    answer = send(other, article, "send-back", why="The date has no basis.")

    article.refresh_from_db()
    event = last_event()
    assert (answer.status_code, article.status) == (302, RecordStatus.DRAFT)
    assert (event.act, changes_of(event)["status"]) == (EventAct.EDIT, ("in-review", "draft"))
    page = desk.get(page_of(article)).content.decode()
    assert "Sent back by Otto" in page
    assert "The date has no basis." in page


def test_nothing_is_sent_back_without_a_reason(desk: Client):
    article = ArticleFactory(in_review=True)

    answer = send(desk, article, "send-back", why=" ")

    article.refresh_from_db()
    assert (answer.status_code, article.status, Event.objects.count()) == (422, RecordStatus.IN_REVIEW, 0)


@pytest.mark.parametrize("state", ["draft", "published", "withdrawn"])
def test_only_what_is_in_review_is_sent_back(desk: Client, state: str):
    article = ArticleFactory(**({} if state == "draft" else {state: True}))

    answer = desk.post(f"{page_of(article)}send-back/", {"version": article.version, "why": "Because"})

    article.refresh_from_db()
    assert (answer.status_code, article.status, article.version) == (409, state, 1)


def test_of_two_who_send_it_back_and_publish_it_at_once_one_is_told(desk: Client, other: Client):
    article = ArticleFactory(in_review=True)
    captured(article, article.headline, "Some words.")
    form = sent_by(desk.get(page_of(article)), f"{page_of(article)}publish/")
    send(other, article, "send-back", why="Not yet.")

    assert desk.post(f"{page_of(article)}publish/", form).status_code == 409
    article.refresh_from_db()
    assert article.status == RecordStatus.DRAFT
