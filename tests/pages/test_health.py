"""Pages for machines."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client

from archive.history import triggers


def test_healthz_answers_without_the_database(client: Client):
    answer = client.get("/healthz")

    assert answer.status_code == 200
    assert answer.content == b"ok\n"


@pytest.mark.django_db
def test_readyz_is_ready_on_a_migrated_database(client: Client):
    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert answer.json()["ready"] is True


@pytest.mark.django_db
def test_readyz_names_a_trigger_that_is_missing(client: Client):
    triggers.remove(connection)

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert "The history's trigger event_refuses_update is missing." in answer.json()["problems"]


@pytest.mark.django_db(transaction=True)
def test_readyz_names_a_database_setting_that_was_overridden(client: Client):
    override, name = {
        "sqlite": ("PRAGMA recursive_triggers=OFF", "recursive_triggers"),
        "postgresql": ("SET lock_timeout=0", "lock_timeout"),
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(override)

    answer = client.get("/readyz")
    connection.close()

    assert answer.status_code == 503
    assert name in " ".join(answer.json()["problems"])


@pytest.mark.django_db
def test_readyz_names_a_migration_that_is_not_applied(client: Client):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'sessions'")

    assert "sessions.0001_initial" in " ".join(client.get("/readyz").json()["problems"])


def test_robots_are_kept_from_the_desk(client: Client):
    answer = client.get("/robots.txt")

    assert answer.headers["Content-Type"].startswith("text/plain")
    assert b"Disallow: /desk/\n" in answer.content


def test_security_txt_names_the_contact_and_a_day_to_come(client: Client, settings):
    settings.ARCHIVE_CONTACT = "mailto:security@archive.example"

    lines = dict(line.split(": ") for line in client.get("/.well-known/security.txt").content.decode().splitlines())

    assert lines["Contact"] == "mailto:security@archive.example"
    expires = datetime.fromisoformat(lines["Expires"])
    assert timedelta(days=100) < expires - datetime.now(UTC) < timedelta(days=366)


def test_security_txt_is_404_until_the_operator_names_a_contact(client: Client):
    assert client.get("/.well-known/security.txt").status_code == 404
