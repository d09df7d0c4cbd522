"""``manage.py demo``: a small archive of real reporting, ready to read, in one command.

Migrates, loads the demo once, makes demo accounts with fresh passwords (printed once) and serves. Again is
quick, and changes nothing.
"""

from __future__ import annotations

import io
import os
import secrets
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from archive.accounts import actions as accounts
from archive.models import Article
from archive.models.vocabulary import RecordStatus

LEADS = Path(__file__).resolve().parents[3] / "fixtures" / "leads.jsonl"
PEOPLE = (
    ("demo-researcher", accounts.Role.RESEARCHER, ""),
    ("demo-editor", accounts.Role.EDITOR, "A demo editor"),
)


class Command(BaseCommand):
    help = "Set up the demo archive and serve it on PORT (8000). Ctrl-C ends it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--no-serve", action="store_true", help="Set up only.")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.ARCHIVE_PRODUCTION:
            raise CommandError("The demo makes accounts with known names. It does not run with ARCHIVE_PRODUCTION=1.")
        call_command("migrate", verbosity=0, interactive=False)
        call_command("check", databases=["default"])
        call_command("collectstatic", verbosity=0, interactive=False)
        call_command("load_demo", verbosity=0)
        # Found and not yet coded: drafts, so that the desk has something to do.
        call_command("import_articles", str(LEADS), stdout=io.StringIO())
        drafts = Article.objects.with_status(RecordStatus.DRAFT).count()
        self.stdout.write(
            f"The demo holds {Article.objects.published().count()} published articles and {drafts} drafts."
        )
        self._make_people()
        if not options["no_serve"]:
            self._serve()

    def _make_people(self) -> None:
        """Make each account once and show its password once; an administrator comes with create_person."""
        for name, role, pen_name in PEOPLE:
            password = secrets.token_urlsafe(12)
            try:
                accounts.create_person(name, role=role, pen_name=pen_name, password=password)
            except accounts.NameTaken:
                self.stdout.write(f"{name} exists. For a new password: manage.py reset_person {name}")
            else:
                self.stdout.write(f"{name}   password: {password}   (shown once)")

    def _serve(self) -> None:
        port = _free_port(os.environ.get("PORT", "8000"))
        environment = os.environ | {"PORT": str(port), "HOST": "127.0.0.1", "WEB_CONCURRENCY": "2"}
        root = Path(settings.BASE_DIR)
        gunicorn = [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "archive.wsgi"]
        worker = [sys.executable, "manage.py", "worker"]
        self.stdout.write(f"The archive is at http://127.0.0.1:{port}/   Ctrl-C ends it.")
        self.stdout.flush()
        web = subprocess.Popen(gunicorn, cwd=root, env=environment)  # noqa: S603  # our own words, no shell
        background = subprocess.Popen(worker, cwd=root, env=environment)  # noqa: S603  # as above
        try:
            code = web.wait()
        except KeyboardInterrupt:
            code = 0
        finally:
            for process in (web, background):
                process.terminate()
                process.wait()
        if code:
            raise CommandError(f"The server ended with code {code}; its own message stands above.")


def _free_port(asked: str) -> int:
    if not (asked.isascii() and asked.isdigit() and 0 < int(asked[:6]) < 65536):
        raise CommandError(f"PORT={asked!r}: write a number from 1 to 65535.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(asked)))
        except OSError as error:
            raise CommandError(f"Port {asked} cannot be used ({error.strerror}). Try another: PORT=8001") from error
    return int(asked)
