"""``manage.py suggest_reuse``: look for articles that have words, posts, links or figures in common, at once."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from archive.desk import reuse_work


class Command(BaseCommand):
    help = "Compare the texts that are new with all others, as the worker does by and by, and note suggestions."

    def handle(self, *, verbosity: int, **options: Any) -> None:
        done = 0
        while compared := reuse_work.look(most=reuse_work.BATCH):
            done += compared
            if verbosity > 1:
                self.stdout.write(f"{done} texts compared so far.")
        reuse_work.look_at_figures()
        if verbosity:
            self.stdout.write(f"{done} texts compared.")
