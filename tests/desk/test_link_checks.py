"""Addresses of what is published are asked now and then; what came of it is kept, and one silence proves nothing."""

import datetime
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from archive.desk import link_work
from archive.fetch import client as fetching
from archive.management.commands import worker
from archive.models import Article, LinkCheck, Source
from archive.models.vocabulary import LinkOutcome
from archive.records import addresses
from tests.factories import ArticleFactory, IntakeFactory, LinkCheckFactory, OutletFactory, SourceFactory
from tests.fetch.fetchers import near
from tests.fetch.server import Server, page, redirect

START = date(2026, 3, 1)
YES, NO, GONE, UNCLEAR = LinkOutcome.ANSWERED, LinkOutcome.NO_ANSWER, LinkOutcome.NOT_THERE, LinkOutcome.UNCLEAR


@pytest.mark.parametrize(
    ("asked", "attempts", "is_gone"),
    [
        ([(0, NO)], 1, False),
        ([(0, NO), (0, NO), (0, NO), (0, NO)], 4, False),
        ([(0, NO), (1, NO), (2, NO)], 3, False),
        ([(0, NO), (3, NO), (5, NO)], 3, False),
        ([(0, NO), (3, NO), (6, NO)], 3, True),
        ([(0, GONE), (3, NO), (6, GONE)], 3, True),
        ([(0, NO), (1, NO), (3, NO), (4, NO), (6, NO)], 5, True),
        ([(0, NO), (3, UNCLEAR), (6, NO)], 2, False),
        ([(0, NO), (3, UNCLEAR), (4, NO), (7, NO)], 3, True),
        ([(0, NO), (3, NO), (5, YES), (6, NO)], 1, False),
        ([(0, NO), (3, NO), (6, NO), (40, YES)], 0, False),
        ([(0, YES), (30, NO)], 1, False),
    ],
)
def test_only_three_failures_three_days_apart_and_no_answer_between_them_make_an_address_gone(
    asked: list[tuple[int, str]], attempts: int, is_gone: bool
):
    found = addresses.state([(START + timedelta(days=day), outcome) for day, outcome in asked])

    assert (found.attempts, found.is_gone) == (attempts, is_gone)
    assert found.again_after == (addresses.APART if attempts and not is_gone else addresses.MONTH)
    assert addresses.state([(START, UNCLEAR)]) is None


@pytest.mark.parametrize(
    ("status", "outcome"),
    [(200, YES), (204, YES), (404, GONE), (410, GONE), (403, UNCLEAR), (429, UNCLEAR), (304, UNCLEAR), (503, NO)],
)
def test_what_a_server_answers_says_whether_a_page_is_there(status: int, outcome: str):
    assert link_work.asked("https://news.example/", lambda _address: status) == (outcome, status)


def test_a_server_is_asked_politely_and_only_the_head_of_its_answer_is_read():
    def answer(request: bytes) -> list[bytes]:
        if b"GET /moved " in request:
            return [redirect("/a")]
        return [b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\nmore than anybody would read"]

    with Server(answer) as server:
        ask = near(server.port).status
        assert link_work.asked(f"http://news.example:{server.port}/moved", ask) == (YES, 200)
    with Server(page(status="404 Not Found")) as server:
        assert link_work.asked(f"http://news.example:{server.port}/", near(server.port).status) == (GONE, 404)
    with Server(redirect("/again")) as server:
        assert link_work.asked(f"http://news.example:{server.port}/", near(server.port).status) == (UNCLEAR, None)
    ask = near(server.port).status
    assert link_work.asked(f"http://news.example:{server.port}/", ask) == (NO, None)
    assert link_work.asked("http://news.example:1/", ask) == (UNCLEAR, None)
    assert link_work.asked("no address", ask) == (UNCLEAR, None)


def servers(*names: str) -> list[Article]:
    return [
        ArticleFactory(published=True, outlet=OutletFactory(published=True), address=f"https://{name}/a")
        for name in names
    ]


@pytest.mark.django_db
def test_a_round_asks_each_server_once_and_goes_on_where_it_stopped():
    one, two = servers("one.example", "two.example")
    again = ArticleFactory(published=True, outlet=one.outlet, address="https://one.example/b")
    source = SourceFactory(published=True, address="https://one.example/source")
    ArticleFactory(address="https://draft.example/")
    SourceFactory(published=True, address="https://person.example/", address_withheld=True)
    SourceFactory(published=True, of_article=True)
    Article.objects.filter(as_source__isnull=False).update(address=None)
    asked: list[str] = []

    def ask(address: str) -> int:
        asked.append(address)
        return 200

    link_work.check_some(today=START, ask=ask)
    assert sorted(asked) == [one.address, two.address]
    link_work.check_some(today=START, ask=ask, is_wanted_elsewhere=lambda: len(asked) > 2)
    link_work.check_some(today=START, ask=ask)
    assert sorted(asked[2:]) == [again.address, source.address]
    assert link_work.check_some(today=START, ask=ask) == []
    assert len(link_work.check_some(today=START + timedelta(days=30), most=1, ask=ask)) == 1


@pytest.mark.django_db
def test_what_fails_is_asked_again_after_three_days_and_its_history_is_kept():
    [article] = servers("one.example")

    def down(_address: str) -> int:
        raise fetching.Refused("no answer")

    written = [link_work.check_some(today=START + timedelta(days=day), ask=down) for day in range(8)]

    assert [len(round_) for round_ in written] == [1, 0, 0, 1, 0, 0, 1, 0]
    checks = LinkCheck.objects.of(article)
    assert [check.is_gone for check in checks] == [False, False, True]
    assert list(LinkCheck.objects.gone()) == [checks[2]]
    [back] = link_work.check_some(today=START + timedelta(days=40), ask=lambda _address: 200)
    assert (back.is_gone, LinkCheck.objects.of(article).count()) == (False, 4)
    assert not LinkCheck.objects.gone().exists()

    Article.objects.filter(pk=article.pk).update(address="https://one.example/other")
    assert link_work.check_some(today=START + timedelta(days=40), ask=down)[0].address.endswith("/other")


@pytest.mark.django_db
def test_an_address_that_is_withheld_later_leaves_the_queue_of_those_that_are_gone():
    [article] = servers("one.example")
    source = SourceFactory(published=True, address="https://two.example/")
    LinkCheckFactory(article=article, is_gone=True, outcome=NO)
    LinkCheckFactory(article=None, source=source, is_gone=True, outcome=NO)
    assert LinkCheck.objects.gone().count() == 2

    Article.objects.filter(pk=article.pk).update(address_withheld=True)
    Source.objects.filter(pk=source.pk).update(address_withheld=True)
    assert not LinkCheck.objects.gone().exists()


def day(before: int) -> datetime.date:
    return timezone.localdate() - timedelta(days=before)


def words(days: int) -> str:
    return f"{day(days).day} {day(days):%B %Y}"


@pytest.mark.django_db
def test_pages_say_in_neutral_words_whether_the_address_answers_and_not_before_tomorrow(client: Client):
    [article] = servers("one.example")
    source = SourceFactory(published=True, address="https://two.example/")
    LinkCheckFactory(article=article, checked_on=day(9))
    for before in (7, 4, 1):
        LinkCheckFactory(article=None, source=source, checked_on=day(before), outcome=NO)

    assert f"The address answered on {words(9)}." in text_of(client, article)
    told = text_of(client, source)
    assert f"The address has not answered since {words(7)}: 3 attempts." in told
    assert '<a href="/methodology/#checks">It counts as gone.</a>' in told

    LinkCheckFactory(article=article, checked_on=day(0), outcome=NO)
    assert "did not answer" not in text_of(client, article)


@pytest.mark.django_db
def test_an_address_that_is_withheld_is_not_told_of(client: Client):
    [article] = servers("one.example")
    LinkCheckFactory(article=article, checked_on=day(9), outcome=NO)
    assert f"The address did not answer on {words(9)}: one attempt." in text_of(client, article)

    Article.objects.filter(pk=article.pk).update(address_withheld=True)
    assert "The address" not in text_of(client, article)


def text_of(client: Client, record) -> str:
    return client.get(record.get_absolute_url()).content.decode()


@pytest.mark.parametrize(("name", "value"), [("ARCHIVE_FETCH", False), ("ARCHIVE_READ_ONLY", True)])
def test_the_worker_asks_only_where_it_is_told_to_and_may(settings, name: str, value: bool):
    assert worker.LINKS not in worker.schedule()
    settings.ARCHIVE_CHECK_LINKS = True
    assert worker.LINKS in worker.schedule()
    setattr(settings, name, value)

    assert worker.LINKS not in worker.schedule()
    with pytest.raises(CommandError):
        call_command("check_links")


@pytest.mark.django_db
def test_what_editors_wait_for_goes_before_what_the_worker_asks(capsys):
    [article] = servers("one.example:8080")
    waiting = IntakeFactory()
    worker.check_links()
    assert not LinkCheck.objects.exists()

    waiting.delete()
    worker.check_links()
    # No server was asked: the archive asks on no other ports than 80 and 443.
    assert LinkCheck.objects.of(article).get().outcome == UNCLEAR
    call_command("check_links")
    assert capsys.readouterr().out.endswith("0 asked.\n")
