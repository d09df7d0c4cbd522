"""``manage.py reindex``: bring the search index up to date, while readers and editors go on."""

from __future__ import annotations

from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from archive.access import documents


class Command(BaseCommand):
    help = "Index articles that are not in the search index, or were indexed by another version of the chain."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="index every article anew; stopped, start again without")

    def handle(self, *, all: bool, verbosity: int, **options: object) -> None:
        if all:
            documents.ask_for_all()
        done = 0
        while indexed := documents.index_missing(most=documents.BATCH):
            done += indexed
            if verbosity > 1:
                self.stdout.write(f"{done} articles indexed so far.")
        documents.forget()
        if verbosity:
            self.stdout.write(f"{done} articles indexed.")
