"""The index keeps up: with what editors do, with imports, with a new chain, and it forgets what was taken out."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from archive.access import documents
from archive.desk import actions
from archive.history import versions
from archive.models import Article, SearchDocument, guarding
from archive.models.vocabulary import HarmReview, RedactionReason, WithdrawalReason
from archive.search import engine
from archive.system_checks import index_is_kept
from archive.text import analysis
from archive.text.anchor import TextSpan
from tests.factories import ArticleFactory, PersonFactory, captured

pytestmark = pytest.mark.django_db


def found(words: str) -> int:
    return Article.objects.search(words).count()


def indexed(**fields: object) -> Article:
    made = ArticleFactory(published=True, **fields)
    captured(made, "As printed", "They sent Zubrowka there.")
    documents.rebuild([made.pk])
    return made


def test_an_edited_headline_is_found_by_its_new_words_alone():
    made = indexed(headline="Old krupnik")

    actions.edit(made, {"headline": "New pertsovka"}, by=PersonFactory(editor=True), version=made.version, why="Typo")

    assert (found("krupnik"), found("pertsovka")) == (0, 1)


def test_a_headline_that_is_withheld_is_found_no_more():
    made = indexed(headline="Krupnik was sent")

    actions.edit(made, {"headline_withheld": True}, by=PersonFactory(editor=True), version=made.version, why="Safety")

    assert found("krupnik") == 0


def test_a_withdrawn_article_has_no_document():
    made = indexed()

    actions.withdraw(made, reason=WithdrawalReason.SAFETY, by=PersonFactory(editor=True), version=made.version)

    assert not SearchDocument.objects.exists()
    assert found("zubrowka") == 0


def test_a_harm_check_opens_a_text_to_search_and_closes_it_again():
    made = ArticleFactory(published=True)
    capture = captured(made, made.headline, "They sent Zubrowka there.", cleared=False).capture
    by = PersonFactory(editor=True)
    before = found("zubrowka")

    actions.decide_harm(capture, decision=HarmReview.CLEARED, seen=HarmReview.OPEN, by=by)
    cleared = found("zubrowka")
    actions.decide_harm(capture, decision=HarmReview.BLOCKED, seen=HarmReview.CLEARED, by=by)

    assert (before, cleared, found("zubrowka")) == (0, 1, 0)


def test_reindexing_takes_in_what_an_import_left_and_changes_the_public_version():
    ArticleFactory(published=True, headline="Zubrowka")
    ArticleFactory(headline="Zubrowka in a draft")
    ArticleFactory(withdrawn=True, headline="Zubrowka withdrawn")
    before = versions.public_version()

    call_command("reindex", verbosity=0)

    assert found("zubrowka") == 2
    assert versions.public_version() > before


def test_reindexing_again_does_nothing(django_assert_max_num_queries):
    indexed()
    before = versions.public_version()

    assert documents.index_missing() == 0
    assert versions.public_version() == before


def test_documents_of_another_chain_are_told_and_made_anew():
    indexed()
    SearchDocument.objects.update(chain=0, body="stale")
    told = [message.id for message in index_is_kept(databases=["default"])]

    call_command("reindex", verbosity=0)

    assert told == ["archive.W001"]
    assert index_is_kept(databases=["default"]) == []
    assert (found("stale"), found("zubrowka")) == (0, 1)


def test_reindexing_all_goes_on_where_it_was_stopped():
    for number in range(5):
        indexed(headline=f"Number {number}")
    documents.ask_for_all()
    assert found("zubrowka") == 5

    assert documents.index_missing(most=1) == 5
    assert documents.index_missing() == 0


def test_a_missing_trigger_is_told():
    name = next(iter(engine.TRIGGERS[connection.vendor]))
    table = f" ON {engine.DOCUMENTS}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}{table}")

    told = [message.id for message in index_is_kept(databases=["default"])]
    engine.install(connection)

    assert told == ["archive.W002"]
    assert guarding.missing_of_index(connection) == []


def test_documents_of_many_articles_cost_as_many_queries_as_of_one(django_assert_num_queries):
    made = [indexed(headline=f"Number {number}") for number in range(12)]
    with django_assert_num_queries(12 if connection.vendor == "postgresql" else 11):
        documents.rebuild([made[0].pk])

    with django_assert_num_queries(12 if connection.vendor == "postgresql" else 11):
        documents.rebuild([one.pk for one in made])


@pytest.mark.django_db(transaction=True)
def test_emptying_the_tables_empties_the_index():
    """As Django does between tests that commit."""
    indexed()
    SearchDocument.objects.all().delete()

    assert found("zubrowka") == 0
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("INSERT INTO archive_search_fts(archive_search_fts) VALUES ('integrity-check')")
        else:
            cursor.execute("SELECT count(*) FROM archive_search_vector")
            assert cursor.fetchone() == (0,)


@pytest.mark.django_db(transaction=True)
def test_a_redacted_word_is_not_in_the_databases_file():
    """Its raw letters stay in the captured text, for the desk; its token, which only the index has, must be gone.

    PostgreSQL keeps dead rows until its autovacuum comes, so there the rows themselves are looked at.
    """
    made = indexed(headline="Quiet headline")
    for number in range(30):
        indexed(headline=f"Filler {number}")
    target = ArticleFactory(published=True, headline="Target")
    text = captured(target, "Target", "They sent Khrystofor Zhyvotovsky there.")
    documents.rebuild([target.pk])
    token = analysis.token("Zhyvotovsky", "en")
    by = PersonFactory(editor=True)
    held_before = bytes_of_index()

    start = text.text.index("Khrystofor Zhyvotovsky")
    span = TextSpan(start, start + len("Khrystofor Zhyvotovsky"))
    actions.redact(text, span, reason=RedactionReason.PRIVATE_PERSON, by=by)

    body = SearchDocument.objects.get(article=target).body
    assert made.pk != target.pk
    assert token not in body
    assert token.encode() in held_before
    assert token.encode() not in bytes_of_index()
    assert found("Zhyvotovsky") == 0


def bytes_of_index() -> bytes:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return Path(str(connection.settings_dict["NAME"])).read_bytes()
        cursor.execute("SELECT string_agg(vector::text, ' ') FROM archive_search_vector")
        return str(cursor.fetchone()[0]).encode()
