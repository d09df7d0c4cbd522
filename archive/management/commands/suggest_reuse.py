"""``manage.py suggest_reuse``: look for articles that have words, posts, links or figures in common, at once."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from archive.desk import reuse_work


class Command(BaseCommand):
    help = "Compare the texts that are new with all others, as the worker does by and by, and note suggestions."

    def handle(self, *, verbosity: int, **options: Any) -> None:
        if settings.ARCHIVE_READ_ONLY:
            raise CommandError("ARCHIVE_READ_ONLY=1: nothing can be noted now.")

        def tell(done: int) -> None:
            if verbosity > 1:
                self.stdout.write(f"{done} texts compared so far.")

        done = reuse_work.look(tell=tell)
        reuse_work.look_at_figures()
        if verbosity:
            self.stdout.write(f"{done} texts compared.")
