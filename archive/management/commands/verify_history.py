"""Check that the history is whole and guarded."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from archive.history import events, triggers, versions
from archive.models import reading


class Command(BaseCommand):
    help = "Check the chain of events, their values and the triggers that guard them. Exit code 1 where one fails."

    def handle(self, *args: Any, **options: Any) -> None:
        found = [
            f"The trigger {name} is missing: run “manage.py migrate”, which puts it back."
            for name in triggers.missing(connection)
        ]
        # One snapshot: an event written meanwhile would look like a fault.
        with reading():
            found += events.faults()
            state = versions.archive_state()
        if found:
            raise CommandError("\n".join(["The history is not whole.", *found]))
        self.stdout.write(f"The history is whole: {state.seq} events, head {state.head or 'none yet'}.")
