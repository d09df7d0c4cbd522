"""Several editors at the same moment, on real transactions."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import NoReturn

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.db import connection

from archive.access import extracts
from archive.access.texts import texts_for
from archive.desk import actions, intake_work, merge_actions, policy_actions, rules
from archive.fetch.client import Refused
from archive.history import events, versions
from archive.models import Actor, Article, Event, Intake, Job
from archive.models.vocabulary import RedactionReason
from archive.text.anchor import anchor_quote
from tests.factories import (
    ActorFactory,
    AppearanceFactory,
    ArticleFactory,
    IntakeFactory,
    PassageFactory,
    PersonFactory,
    captured,
)

pytestmark = pytest.mark.django_db(transaction=True)

REFUSALS = (versions.StaleVersion, rules.NothingChanged)


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Run acts in threads that start together; the names of what each raised, or "done"."""
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> str:
        try:
            start.wait(timeout=30)
            act()
        except REFUSALS as error:
            return type(error).__name__
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(acts)) as threads:
        return sorted(threads.map(run, acts))


def test_of_four_saves_made_from_one_version_one_is_written():
    article, editor = ArticleFactory(), PersonFactory(editor=True)

    outcomes = at_once(
        *(
            lambda number=number: actions.edit(
                Article.objects.get(), {"summary": f"Summary {number}"}, by=editor, version=1
            )
            for number in range(4)
        )
    )

    assert outcomes == ["StaleVersion"] * 3 + ["done"]
    article.refresh_from_db()
    assert (article.version, Event.objects.count()) == (2, 1)


def test_saves_of_different_records_make_one_chain():
    editor = PersonFactory(editor=True)
    articles = ArticleFactory.create_batch(6)

    outcomes = at_once(
        *(
            lambda article=article: actions.edit(article, {"summary": "Anew"}, by=editor, version=1)
            for article in articles
        )
    )

    assert outcomes == ["done"] * 6
    assert [event.seq for event in Event.objects.all()] == [1, 2, 3, 4, 5, 6]
    assert events.faults() == []


def test_two_redactions_of_one_article_are_both_hidden_from_readers():
    article, editor = ArticleFactory(published=True), PersonFactory(editor=True)
    words = "Testov Test and Primer Primerov were sent"
    text = captured(article, "A headline", words)
    AppearanceFactory(article=article, claim__published=True, passage=PassageFactory(capture_text=text, words=words))
    extracts.rebuild([article.pk])

    outcomes = at_once(
        *(
            lambda name=name: actions.redact(
                text, anchor_quote(text.text, name), reason=RedactionReason.PRIVATE_PERSON, by=editor
            )
            for name in ("Testov Test", "Primer Primerov")
        )
    )

    shown = texts_for([article], AnonymousUser())[article.pk].passages[0].plain
    assert outcomes == ["done", "done"]
    assert "Test" not in shown
    assert "Primer" not in shown
    assert "were sent" in shown


def test_of_two_who_publish_at_once_one_does():
    article, editor = ArticleFactory(), PersonFactory(editor=True)

    outcomes = at_once(*[lambda: actions.publish(Article.objects.get(pk=article.pk), by=editor, version=1)] * 2)

    assert outcomes == ["StaleVersion", "done"]
    assert Event.objects.count() == 1


def test_a_tightened_policy_and_a_publication_at_once_leave_no_extract_over_the_limit():
    editor = PersonFactory(editor=True)
    article = ArticleFactory(outlet__limit=500)
    words = "About 20,000 were sent, by one count"
    text = captured(article, "A headline", words)
    AppearanceFactory(article=article, passage=PassageFactory(capture_text=text, words=words))
    terms = {"extract_limit": 10, "is_link_required": False, "terms_address": "", "read_on": "2026-11-20", "note": ""}

    at_once(
        lambda: actions.publish(article, by=editor, version=1),
        lambda: policy_actions.add_policy(article.outlet, terms, by=editor, version=1, why="New terms"),
    )

    article.refresh_from_db()
    assert article.is_published
    assert texts_for([article], AnonymousUser())[article.pk].passages == []
    assert events.faults() == []


def test_what_eight_editors_save_of_four_records_is_what_the_history_holds():
    editors = [PersonFactory(editor=True) for _ in range(8)]
    articles = [ArticleFactory() for _ in range(4)]

    def saves(number: int) -> int:
        accepted = 0
        for turn in range(12):
            article = Article.objects.get(pk=articles[(number + turn) % 4].pk)
            try:
                values = {"summary": f"Summary {number} of turn {turn}"}
                actions.edit(article, values, by=editors[number], version=article.version)
                accepted += 1
            except REFUSALS:
                continue
        return accepted

    accepted: list[int] = []
    outcomes = at_once(*(lambda number=number: accepted.append(saves(number)) for number in range(8)))

    assert outcomes == ["done"] * 8
    assert sum(accepted) == Event.objects.count() == sum(Article.objects.values_list("version", flat=True)) - 4
    call_command("verify_history", verbosity=0)


def test_what_waits_is_taken_in_while_others_write(settings, tmp_path):
    settings.ARCHIVE_DATA = tmp_path
    editor = PersonFactory(editor=True)
    IntakeFactory.create_batch(25, asked_by=editor.public_id)

    def fetch(address: str) -> NoReturn:
        if not Job.objects.exists():
            at_once(lambda: Job.objects.create(name="written meanwhile"))
        raise Refused("It was refused.")

    assert intake_work.take_in_waiting(fetch) == []
    assert set(Intake.objects.values_list("state", flat=True)) == {"failed"}


def test_of_two_merges_of_one_pair_the_other_way_round_one_is_done():
    editor, one, other = PersonFactory(editor=True), ActorFactory(), ActorFactory()
    AppearanceFactory(speaker=one)
    AppearanceFactory(speaker=other)

    def merge(old: Actor, survivor: Actor) -> None:
        merge_actions.merge(old, survivor, by=editor, version=1, survivor_version=1, why="They are one")

    outcomes = at_once(lambda: merge(one, other), lambda: merge(other, one))

    assert outcomes == ["StaleVersion", "done"]
    stays = Actor.objects.exclude(status="withdrawn").get()
    assert stays.appearances.count() == 2
    assert events.faults() == []
