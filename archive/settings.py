"""Settings of the archive, all read from the environment; docs/settings.md describes each.

A value that cannot be understood stops the start with a sentence that says what to write.
Other modules read `django.conf.settings`, never this module.
"""

import os
import re
import secrets
import tempfile
from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent


def env_flag(name: str, *, default: bool) -> bool:
    """Read a switch. Raises ImproperlyConfigured for anything but 1 and 0."""
    value = os.environ.get(name, str(int(default)))
    if value not in {"0", "1"}:
        raise ImproperlyConfigured(f"{name}={value!r}: write 1 or 0.")
    return value == "1"


def env_number(name: str, *, default: int, least: int, most: int) -> int:
    """Read a whole number. Raises ImproperlyConfigured outside least to most."""
    value = os.environ.get(name, str(default))
    if not (value.isascii() and value.isdigit() and len(value) < 12) or not least <= int(value) <= most:
        raise ImproperlyConfigured(f"{name}={value!r}: write a whole number from {least} to {most}.")
    return int(value)


def env_words(name: str, *, default: str = "") -> list[str]:
    """Read a list with commas between its members."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def env_folder(name: str, *, default: Path) -> Path:
    """Read the path of a folder, made absolute. Raises ImproperlyConfigured where a file stands there."""
    folder = Path(os.environ.get(name) or default).expanduser().absolute()
    if folder.exists() and not folder.is_dir():
        raise ImproperlyConfigured(f"{name}={str(folder)!r}: that is a file; name a folder.")
    return folder


def kept_secret_key(folder: Path) -> str:
    """Read the key kept in the data folder; the first start makes it, readable by its owner alone."""
    path = folder / "secret-key"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        # Two processes may start at once: each writes its own file and the first link wins.
        handle, mine = tempfile.mkstemp(dir=folder, prefix=".secret-key-")
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(64))
        try:
            os.link(mine, path)
        except FileExistsError:
            pass
        finally:
            os.unlink(mine)
    return path.read_text(encoding="ascii").strip()


def secret_key(*, production: bool, folder: Path) -> str:
    """Take SECRET_KEY; outside production the key kept in the data folder will do."""
    key = os.environ.get("SECRET_KEY", "")
    if production and len(key) < 50:
        raise ImproperlyConfigured(
            "SECRET_KEY is missing or shorter than 50 characters. Production needs one of its own: "
            "python3 -c 'import secrets; print(secrets.token_urlsafe(64))'"
        )
    return key or kept_secret_key(folder)


def database(url: str, *, pool: bool, statement_seconds: int) -> dict[str, Any]:
    """Turn DATABASE_URL into Django's setting, with the options that keep writes whole and short."""
    try:
        found: dict[str, Any] = dict(dj_database_url.parse(url))
    except (dj_database_url.ParseError, dj_database_url.UnknownSchemeError, ValueError) as error:
        raise ImproperlyConfigured("DATABASE_URL: write sqlite:////path or postgresql://user@host/name.") from error
    options: dict[str, Any] = found.setdefault("OPTIONS", {})
    if found["ENGINE"] == "django.db.backends.sqlite3":
        if found["NAME"] in {"", ":memory:"}:
            raise ImproperlyConfigured("DATABASE_URL: an archive in memory is lost; name a file, sqlite:////path.")
        options.update(SQLITE_OPTIONS)
        found["TEST"] = {"NAME": str(Path(found["NAME"]).with_name("test.sqlite3"))}
    elif found["ENGINE"] == "django.db.backends.postgresql":
        options.setdefault("connect_timeout", 5)
        options["options"] = " ".join(
            f"-c {name}={seconds * 1000}"
            for name, seconds in {"statement_timeout": statement_seconds, **POSTGRESQL_TIMEOUTS}.items()
        )
        if pool:
            options["pool"] = {"min_size": 2, "max_size": 8, "timeout": 10}
        found["CONN_HEALTH_CHECKS"] = True
    else:
        raise ImproperlyConfigured("DATABASE_URL: the archive runs on SQLite and PostgreSQL only.")
    return found


# Readers wait for nobody and writers wait their turn; a commit is on disk when it is said to be.
# recursive_triggers lets the triggers of the history fire for REPLACE, too.
# secure_delete overwrites what is deleted: a redacted word must not stay behind in the index's pages.
SQLITE_PRAGMAS = {
    "journal_mode": "WAL",
    "synchronous": "FULL",
    "foreign_keys": "ON",
    "recursive_triggers": "ON",
    "secure_delete": "ON",
}
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": ";".join(f"PRAGMA {name}={value}" for name, value in SQLITE_PRAGMAS.items()),
}
# Seconds.
POSTGRESQL_TIMEOUTS = {"lock_timeout": 5, "idle_in_transaction_session_timeout": 60}

DEBUG = env_flag("DEBUG", default=False)
ARCHIVE_PRODUCTION = env_flag("ARCHIVE_PRODUCTION", default=False)
if DEBUG and ARCHIVE_PRODUCTION:
    raise ImproperlyConfigured("DEBUG=1 shows settings and SQL to readers: take it or ARCHIVE_PRODUCTION away.")

ARCHIVE_DATA = env_folder("ARCHIVE_DATA", default=BASE_DIR / "var")
ARCHIVE_CAPTURES = ARCHIVE_DATA / "captures"
# None: no backup is made but by hand.
ARCHIVE_BACKUP_DIR = (
    env_folder("ARCHIVE_BACKUP_DIR", default=BASE_DIR) if os.environ.get("ARCHIVE_BACKUP_DIR") else None
)
ARCHIVE_BACKUPS_KEPT = env_number("ARCHIVE_BACKUPS_KEPT", default=14, least=1, most=10_000)
ARCHIVE_ADMIN = env_flag("ARCHIVE_ADMIN", default=False)
ARCHIVE_IMPORT_PUBLISH = env_flag("ARCHIVE_IMPORT_PUBLISH", default=False)
ARCHIVE_SECOND_PERSON = env_flag("ARCHIVE_SECOND_PERSON", default=False)
ARCHIVE_SECOND_FACTOR = os.environ.get("ARCHIVE_SECOND_FACTOR", "required" if ARCHIVE_PRODUCTION else "offered")
if ARCHIVE_SECOND_FACTOR not in {"required", "offered"}:
    raise ImproperlyConfigured(f"ARCHIVE_SECOND_FACTOR={ARCHIVE_SECOND_FACTOR!r}: write required or offered.")
# The header in which the front server names the reader's address; empty: the address that the connection comes from.
ARCHIVE_READER_HEADER = os.environ.get("ARCHIVE_READER_HEADER", "")
if ARCHIVE_READER_HEADER and not re.fullmatch(r"[A-Za-z]+(?:-[A-Za-z]+)*", ARCHIVE_READER_HEADER):
    raise ImproperlyConfigured(f"ARCHIVE_READER_HEADER={ARCHIVE_READER_HEADER!r}: write a header's name, X-Reader.")
ARCHIVE_BENCHMARK = env_flag("ARCHIVE_BENCHMARK", default=False)
if ARCHIVE_BENCHMARK and ARCHIVE_PRODUCTION:
    raise ImproperlyConfigured("ARCHIVE_BENCHMARK=1 is for databases that are measured and thrown away: take it away.")
ARCHIVE_READ_ONLY = env_flag("ARCHIVE_READ_ONLY", default=False)
ARCHIVE_FETCH = env_flag("ARCHIVE_FETCH", default=True)
# Other people's servers are asked for days on end: only by an archive that others read, or that was told to.
ARCHIVE_CHECK_LINKS = env_flag("ARCHIVE_CHECK_LINKS", default=ARCHIVE_PRODUCTION)
# Below what a whole request may hold, for the form around the file.
ARCHIVE_UPLOAD_MB = env_number("ARCHIVE_UPLOAD_MB", default=30, least=1, most=31)
ARCHIVE_BUILD = os.environ.get("ARCHIVE_BUILD", "")
ARCHIVE_CONTACT = os.environ.get("ARCHIVE_CONTACT", "")
if ARCHIVE_CONTACT and not ARCHIVE_CONTACT.startswith(("mailto:", "https://")):
    raise ImproperlyConfigured(f"ARCHIVE_CONTACT={ARCHIVE_CONTACT!r}: write a mailto: or https:// address.")

SECRET_KEY = secret_key(production=ARCHIVE_PRODUCTION, folder=ARCHIVE_DATA)
ALLOWED_HOSTS = env_words("ALLOWED_HOSTS", default="" if ARCHIVE_PRODUCTION else "localhost,127.0.0.1,[::1]")
if ARCHIVE_PRODUCTION and (not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS):
    raise ImproperlyConfigured("ALLOWED_HOSTS: production needs the host names it answers to, with commas between.")
CSRF_TRUSTED_ORIGINS = env_words("CSRF_TRUSTED_ORIGINS")

DATABASES = {
    "default": database(
        os.environ.get("DATABASE_URL") or f"sqlite:///{ARCHIVE_DATA / 'archive.sqlite3'}",
        pool=env_flag("ARCHIVE_DATABASE_POOL", default=True),
        statement_seconds=env_number("ARCHIVE_STATEMENT_SECONDS", default=15, least=1, most=3600),
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    Path(DATABASES["default"]["NAME"]).parent.mkdir(parents=True, exist_ok=True)

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # Shared by all workers, in no backup, and emptied of what is over by the worker: archive/slowdown.py.
    "slowdown": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "archive_slowdown",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
}

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_filters",
    "django_otp.plugins.otp_totp",
    "archive",
]
MIDDLEWARE = [
    "archive.middleware.gate.CleanRequestGate",
    "archive.middleware.headers.SafeHeaders",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "archive.middleware.outage.CalmWhenDown",
    "archive.middleware.crawling.CrawlDefence",
    "archive.middleware.etags.PublicVersionTag",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "archive.middleware.sign_ins.SignInsKept",
]
CONTEXT_PROCESSORS = ["django.template.context_processors.request", "django.contrib.auth.context_processors.auth"]
if ARCHIVE_ADMIN:
    # Django's administration shows its notices through messages; nothing else here does.
    INSTALLED_APPS += ["django.contrib.messages", "django.contrib.admin"]
    MIDDLEWARE += ["django.contrib.messages.middleware.MessageMiddleware"]
    CONTEXT_PROCESSORS += ["django.contrib.messages.context_processors.messages"]
if env_flag("ARCHIVE_LINEAR_MIGRATIONS", default=False):
    # A check for developers, from requirements-check.txt: two branches of migrations fail.
    INSTALLED_APPS += ["django_linear_migrations"]

ROOT_URLCONF = "archive.urls"
WSGI_APPLICATION = "archive.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": CONTEXT_PROCESSORS},
    }
]

AUTH_USER_MODEL = "archive.Person"
PASSWORD_HASHERS = [
    "archive.passwords.FewAtOnceArgon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 3 * 24 * 60 * 60  # seconds that a one-time link lives
OTP_TOTP_ISSUER = "Coercive Recruitment Archive"
OTP_TOTP_THROTTLE_FACTOR = 0  # archive/slowdown.py slows guessing; this would lock the owner out for ever longer
LOGIN_URL = "accounts:sign-in"
LOGIN_REDIRECT_URL = "browse:home"
LOGOUT_REDIRECT_URL = "browse:home"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
USE_I18N = USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = env_folder("ARCHIVE_STATIC_ROOT", default=ARCHIVE_DATA / "static")
STATICFILES_DIRS = [BASE_DIR / "static"]
HASHED_STATIC = env_flag("ARCHIVE_HASHED_STATIC", default=not DEBUG)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if HASHED_STATIC
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_ALLOW_ALL_ORIGINS = False

# Octets. A form is text; what is larger comes in as a file, and no request is larger than REQUEST_LIMIT.
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
REQUEST_LIMIT = 32 * 1024 * 1024
REQUEST_ADDRESS_LIMIT = 8000

# The name that Django 6 gives to this setting; archive/middleware/headers.py reads it until then.
SECURE_CSP = {
    **dict.fromkeys(["default-src", "base-uri", "frame-ancestors"], ["'none'"]),
    **dict.fromkeys(["script-src", "style-src", "img-src", "font-src", "connect-src", "form-action"], ["'self'"]),
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_ENGINE = "archive.models.sessions"
SESSION_COOKIE_AGE = 12 * 60 * 60  # seconds
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "archive.pages.errors.stale_form"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = ARCHIVE_PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
if ARCHIVE_PRODUCTION:
    # The front server ends TLS, sets this header on every request and drops what a client sent under its name.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True

# Nothing of a reader goes into a log: no address, no browser, no query. A line says what happened and to which page.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{levelname} {name}: {message}", "style": "{"}},
    # The address of a private feed is its secret: Django's line for an error there would tell it.
    "filters": {
        "no-secrets": {"()": "django.utils.log.CallbackFilter", "callback": lambda r: "/feeds/" not in r.getMessage()}
    },
    "handlers": {"stdout": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout", "formatter": "line"}},
    "root": {"handlers": ["stdout"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.request": {"handlers": [], "filters": ["no-secrets"], "propagate": True},
        # Scanners ask for any host; each would leave a traceback with what they sent.
        "django.security.DisallowedHost": {"handlers": [], "propagate": False},
        # The development server's line for each request holds the query string.
        "django.server": {"handlers": ["stdout"], "level": "WARNING", "propagate": False},
    },
}
