"""Settings refuse what they cannot understand, and are safe where nothing is said."""

import os
import runpy
import stat
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from tests.project import code

LONG_KEY = "k" * 50
PRODUCTION = {"ARCHIVE_PRODUCTION": "1", "SECRET_KEY": LONG_KEY, "ALLOWED_HOSTS": "archive.example"}


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """Read the settings anew, with these variables and no others of the archive's."""
    for name in os.environ:
        if name.startswith("ARCHIVE_") or name in {"DEBUG", "SECRET_KEY", "DATABASE_URL", "ALLOWED_HOSTS"}:
            monkeypatch.delenv(name)
    monkeypatch.setenv("ARCHIVE_DATA", str(tmp_path / "data"))

    def settings(**variables: str) -> dict[str, Any]:
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(code.PACKAGE / "settings.py"))

    return settings


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", "yes"),
        ("ARCHIVE_PRODUCTION", "true"),
        ("ARCHIVE_ADMIN", ""),
        ("ARCHIVE_SECOND_FACTOR", "1"),
        ("ARCHIVE_SECOND_FACTOR", ""),
        ("ARCHIVE_READ_ONLY", "2"),
        ("ARCHIVE_FETCH", "no"),
        ("ARCHIVE_IMPORT_PUBLISH", "on"),
        ("ARCHIVE_STATEMENT_SECONDS", "0"),
        ("ARCHIVE_STATEMENT_SECONDS", "-1"),
        ("ARCHIVE_STATEMENT_SECONDS", "9" * 5000),
        ("ARCHIVE_STATEMENT_SECONDS", "٣"),
        ("ARCHIVE_CONTACT", "security@archive.example"),
        ("ARCHIVE_DATA", __file__),
        ("ARCHIVE_BACKUP_DIR", __file__),
        ("ARCHIVE_BACKUPS_KEPT", "0"),
        ("DATABASE_URL", "mysql://user@host/name"),
        ("DATABASE_URL", "sqlite://:memory:"),
        ("DATABASE_URL", "nonsense"),
        ("DATABASE_URL", "postgresql://host:port/name"),
    ],
)
def test_a_value_that_cannot_be_understood_stops_the_start_and_is_named(read, name: str, value: str):
    with pytest.raises(ImproperlyConfigured, match=name):
        read(**{name: value})


@pytest.mark.parametrize(
    ("name", "value"),
    [("SECRET_KEY", ""), ("SECRET_KEY", "short"), ("ALLOWED_HOSTS", ""), ("ALLOWED_HOSTS", "*"), ("DEBUG", "1")],
)
def test_production_refuses_what_is_unsafe(read, name: str, value: str):
    with pytest.raises(ImproperlyConfigured, match=name):
        read(**PRODUCTION | {name: value})


def test_production_sends_cookies_by_https_alone(read):
    settings = read(**PRODUCTION)

    assert settings["SESSION_COOKIE_SECURE"]
    assert settings["CSRF_COOKIE_SECURE"]
    assert settings["SECURE_SSL_REDIRECT"]
    assert settings["SECURE_HSTS_SECONDS"] == 365 * 24 * 60 * 60


def test_without_a_key_one_is_made_kept_and_readable_by_its_owner_alone(read, tmp_path: Path):
    first, second = read()["SECRET_KEY"], read()["SECRET_KEY"]

    kept = tmp_path / "data/secret-key"
    assert first == second == kept.read_text()
    assert len(first) >= 50
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert [path.name for path in kept.parent.iterdir()] == ["secret-key"]


def test_a_given_key_is_not_kept(read, tmp_path: Path):
    assert read(SECRET_KEY=LONG_KEY)["SECRET_KEY"] == LONG_KEY
    assert not (tmp_path / "data/secret-key").exists()


def test_administration_is_closed_unless_asked_for(read):
    assert "django.contrib.admin" not in read()["INSTALLED_APPS"]
    assert "django.contrib.admin" in read(ARCHIVE_ADMIN="1")["INSTALLED_APPS"]


def test_a_second_factor_is_required_in_production_and_offered_elsewhere(read):
    assert read()["ARCHIVE_SECOND_FACTOR"] == "offered"
    assert read(**PRODUCTION)["ARCHIVE_SECOND_FACTOR"] == "required"
    assert read(**PRODUCTION, ARCHIVE_SECOND_FACTOR="offered")["ARCHIVE_SECOND_FACTOR"] == "offered"


def test_every_page_needs_a_signed_in_person_unless_it_says_otherwise(read):
    assert "django.contrib.auth.middleware.LoginRequiredMiddleware" in read()["MIDDLEWARE"]


def test_strange_bytes_are_refused_before_anything_else_runs(read):
    assert read()["MIDDLEWARE"][0] == "archive.middleware.gate.CleanRequestGate"


def test_postgresql_runs_with_timeouts_a_pool_and_checked_connections(read):
    found = read(DATABASE_URL="postgresql://user@host/name", ARCHIVE_STATEMENT_SECONDS="7")["DATABASES"]["default"]

    assert "-c statement_timeout=7000" in found["OPTIONS"]["options"]
    assert "lock_timeout=" in found["OPTIONS"]["options"]
    assert "idle_in_transaction_session_timeout=" in found["OPTIONS"]["options"]
    assert found["OPTIONS"]["pool"]
    assert found["CONN_HEALTH_CHECKS"]


def test_sqlite_takes_the_write_lock_at_once_and_waits_for_it(read):
    options = read()["DATABASES"]["default"]["OPTIONS"]

    assert options["transaction_mode"] == "IMMEDIATE"
    assert options["timeout"] == 20


def test_password_hashes_are_argon2(read):
    assert read()["PASSWORD_HASHERS"][0].endswith("Argon2PasswordHasher")
