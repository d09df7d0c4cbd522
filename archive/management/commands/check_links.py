"""``manage.py check_links``: one round of asking whether addresses of what is published still answer."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from archive.desk import link_work


class Command(BaseCommand):
    help = "Ask a few published addresses whether they still answer, each server once, and note what came of it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--most", type=int, default=link_work.IN_A_ROUND, help="How many servers to ask.")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.ARCHIVE_FETCH:
            raise CommandError("ARCHIVE_FETCH=0: this archive asks no other servers.")
        if settings.ARCHIVE_READ_ONLY:
            raise CommandError("ARCHIVE_READ_ONLY=1: nothing can be noted now.")
        done = link_work.check_some(most=options["most"])
        for check in done:
            self.stdout.write(f"{check.address}: {check.get_outcome_display()}")
        self.stdout.write(f"{len(done)} asked.")
