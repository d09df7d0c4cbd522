"""Events: written with what they record, chained, refused to be changed, and found out where they were."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, connection, transaction

from archive.history import events, triggers, versions
from archive.history.events import Change
from archive.models import ArchiveState, Event, EventValue
from archive.models.vocabulary import EventAct, RecordKind
from tests.factories import ArticleFactory, PersonFactory

pytestmark = pytest.mark.django_db

TABLES = [triggers.EVENT, triggers.VALUE]


def write_event(*, new: str = "after", is_public: bool = True) -> Event:
    article = ArticleFactory()
    with transaction.atomic():
        return events.append(
            EventAct.EDIT,
            RecordKind.ARTICLE,
            article.public_id,
            by=PersonFactory(),
            changes=[Change("headline", "before", new)],
            why="A misprint",
            is_public=is_public,
        )


def run(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_events_follow_one_another_in_one_chain():
    first, second = write_event(), write_event()

    assert second.previous == first.hash
    assert second.seq == first.seq + 1
    assert events.faults() == []


def test_an_event_keeps_who_what_and_why_by_random_ids():
    event = write_event(new="A better headline")

    kept = {value.field: (value.old, value.new) for value in event.values_kept.all()}
    assert kept == {"headline": ("before", "A better headline"), "why": (None, "A misprint")}
    assert len(event.person) == len(event.public_id) == 8


def test_digests_of_equal_values_differ_so_that_nothing_can_be_guessed_from_them():
    first, second = write_event(), write_event()

    assert first.digests[0][1:] != second.digests[0][1:]


def test_only_a_public_change_moves_the_public_version():
    before = versions.archive_state()
    write_event(is_public=False)
    write_event(is_public=True)
    after = versions.archive_state()

    assert after.desk_version == before.desk_version + 2
    assert after.public_version == before.public_version + 1


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_the_transaction_of_its_change_is_refused():
    person = PersonFactory()

    with pytest.raises(events.NotInTransaction, match="open a transaction"):
        events.append(EventAct.EDIT, RecordKind.ARTICLE, "00000000", by=person, is_public=False)

    assert Event.objects.count() == 0


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE archive_event SET person = 'someone1'",
        "UPDATE archive_event SET seq = seq + 100",
        "DELETE FROM archive_event",
        "UPDATE archive_eventvalue SET new = 'other words'",
        "UPDATE archive_eventvalue SET old = NULL, new = NULL",
        "UPDATE archive_eventvalue SET field = 'summary', old = NULL, new = NULL, salt = ''",
        "DELETE FROM archive_eventvalue",
    ],
)
def test_the_database_refuses_to_change_history(sql: str):
    write_event()

    with pytest.raises(DatabaseError, match="append-only"):
        run(sql)

    assert events.faults() == []


def test_the_database_refuses_to_replace_an_event_by_another_of_its_number():
    event = write_event()
    if connection.vendor == "sqlite":
        with pytest.raises(DatabaseError, match="append-only"):
            run(f"REPLACE INTO archive_event SELECT * FROM archive_event WHERE seq = {event.seq}")  # noqa: S608  # a number of our own
    else:
        with pytest.raises(DatabaseError, match="append-only"):
            run("INSERT INTO archive_event SELECT * FROM archive_event ON CONFLICT (seq) DO UPDATE SET person = 'x'")

    assert events.faults() == []


@pytest.mark.parametrize("table", TABLES)
def test_history_cannot_be_truncated(table: str):
    write_event()
    if connection.vendor == "postgresql":
        # Otherwise PostgreSQL refuses because of foreign keys that it has yet to check.
        run("SET CONSTRAINTS ALL IMMEDIATE")

    # SQLite does not know the word.
    with pytest.raises(DatabaseError, match="append-only" if connection.vendor == "postgresql" else "syntax"):
        run(f"TRUNCATE {table} CASCADE")

    assert events.faults() == []


@pytest.mark.parametrize(
    ("sql", "fault"),
    [
        ("UPDATE archive_event SET person = 'someone1' WHERE seq = {second}", "Event {second} has been changed"),
        ("DELETE FROM archive_event WHERE seq = {second}", "Event {second} is missing"),
        ("DELETE FROM archive_event WHERE seq = {third}", "The newest event is {second}"),
        ("UPDATE archive_eventvalue SET new = 'other' WHERE event_id = {second}", "in event {second} has been changed"),
    ],
)
def test_what_is_changed_past_the_triggers_is_found(sql: str, fault: str):
    numbers = dict(zip(("first", "second", "third"), (write_event().seq for _ in range(3)), strict=True))
    triggers.remove(connection)
    if "DELETE" in sql:
        run(f"DELETE FROM archive_eventvalue WHERE event_id = {sql.format(**numbers).split()[-1]}")  # noqa: S608  # a number of our own

    run(sql.format(**numbers))

    assert fault.format(**numbers) in " ".join(events.faults())


def test_a_value_that_was_deleted_past_the_triggers_is_found():
    event = write_event()
    triggers.remove(connection)

    run(f"DELETE FROM archive_eventvalue WHERE field = 'headline' AND event_id = {event.seq}")  # noqa: S608  # a number of our own

    assert events.faults() == [f"Values of event {event.seq} are missing: 1 of 2 are there."]


def test_events_that_changed_places_past_the_triggers_are_found():
    first, second = write_event(), write_event()
    triggers.remove(connection)
    EventValue.objects.all().delete()

    for old, new in ((first.seq, 9000), (second.seq, first.seq), (9000, second.seq)):
        run(f"UPDATE archive_event SET seq = {new} WHERE seq = {old}")  # noqa: S608  # numbers of our own

    assert f"Event {first.seq} has been changed since it was written." in events.faults()


def test_a_head_that_was_set_back_is_found():
    write_event()
    newest = write_event()

    ArchiveState.objects.update(head=newest.previous)

    assert len(events.faults()) == 1


def test_a_lawful_purge_empties_values_is_an_event_and_leaves_the_chain_valid():
    event = write_event(new="What must go by law")
    person = PersonFactory()

    with transaction.atomic():
        purge = events.purge_values([event], by=person, why="By order of a court")

    assert all((value.old, value.new, value.salt) == (None, None, "") for value in event.values_kept.all())
    assert (purge.act, purge.person) == (EventAct.PURGE, person.public_id)
    assert not EventValue.objects.filter(new__contains="What must go").exists()
    assert events.faults() == []


def test_verify_history_says_that_all_is_well_and_names_the_head(capsys: pytest.CaptureFixture[str]):
    newest = write_event()

    call_command("verify_history")

    assert f"{newest.seq} events, head {newest.hash}" in capsys.readouterr().out


def test_verify_history_fails_and_lists_what_is_wrong():
    event = write_event()
    triggers.remove(connection)
    run(f"UPDATE archive_event SET person = 'someone1' WHERE seq = {event.seq}")  # noqa: S608  # a number of our own

    with pytest.raises(CommandError) as error:
        call_command("verify_history")

    assert error.value.returncode == 1
    assert f"Event {event.seq} has been changed" in str(error.value)
    for guard in triggers.guards_for(connection):
        assert guard.name in str(error.value)


@pytest.mark.django_db(transaction=True)
def test_emptying_the_tables_as_tests_do_leaves_the_triggers_in_place():
    triggers.remove(connection)

    call_command("flush", interactive=False, verbosity=0)

    assert triggers.missing(connection) == []


@pytest.mark.django_db(transaction=True)
def test_a_rebuilt_table_loses_its_triggers_on_sqlite_and_migrate_puts_them_back():
    with connection.schema_editor() as editor:
        old = Event._meta.get_field("act")
        wider = old.clone()
        wider.max_length = 40
        wider.set_attributes_from_name("act")
        wider.model = Event
        editor.alter_field(Event, old, wider)
    lost = triggers.missing(connection)

    call_command("migrate", verbosity=0)

    assert triggers.missing(connection) == []
    assert bool(lost) == (connection.vendor == "sqlite")
    with connection.schema_editor() as editor:
        editor.alter_field(Event, wider, old)
    call_command("migrate", verbosity=0)


def test_a_missing_trigger_is_found_by_the_checks_at_start():
    triggers.remove(connection)

    with pytest.raises(Exception, match="history could be changed unseen"):
        call_command("check", databases=["default"])
