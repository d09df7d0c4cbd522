"""Import articles from files: JSON lines, CSV, or plain texts of pages."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any, TextIO

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, connection

from archive.ingest import actions, files, reports, runs
from archive.ingest.csv_rows import NoColumns
from archive.ingest.received import Outcome
from archive.models import Person
from archive.operations import databases
from archive.text import addresses

ABOUT = """
Import articles from FILE: .jsonl, one JSON object a line; .csv, with the names of the columns in its first
line; .txt, the text of one page; a folder of .txt files. Any of them may be packed with gzip.
Columns, all of which may be missing: id, source, url, outlet, title, author, published_at, language, text.
Articles become drafts. A row that cannot be used is reported with its line and column; the others go in.
Killed anywhere, the same command goes on where it stopped, and adds nothing twice.
"""


class Command(BaseCommand):
    help = ABOUT

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="Tell what would become of each row; write nothing.")
        parser.add_argument(
            "--publish", action="store_true", help="Publish what has a headline; ARCHIVE_IMPORT_PUBLISH=1."
        )
        parser.add_argument(
            "--decide-harm", action="store_true", help="For databases that are measured; ARCHIVE_BENCHMARK=1."
        )
        parser.add_argument("--limit", type=_number(1, 2**31), help="Deal with the first so many lines of each file.")
        parser.add_argument(
            "--batch", type=_number(1, runs.MOST_ROWS), default=runs.MOST_ROWS, help="Rows a transaction."
        )
        parser.add_argument("--report", type=Path, help="Write each row that was not added, and why, as JSON lines.")
        parser.add_argument(
            "--by", help="The account that the import is written under; without it, one nobody can use."
        )
        parser.add_argument("--outlet", default="", help="The outlet of .txt files, which they do not say themselves.")
        parser.add_argument("--address", default="", help="The address of a single .txt file.")
        parser.add_argument("--language", default="", help="The language of .txt files, as a code such as uk.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            paths = [path for given in options["paths"] for path in files.paths_in(given)]
            wishes = _wishes(paths, options)
            by = None if wishes.is_dry else _account(options["by"])
            with reports.report_at(options["report"]) as report:
                tallies = [self._import(path, wishes, report, by) for path in paths]
            if any(tally.counts[Outcome.ADDED] for tally in tallies) and not wishes.is_dry:
                databases.weigh(connection)
        except (files.NotAFile, NoColumns, actions.AnotherImport) as error:
            raise CommandError(str(error)) from error
        except OperationalError as error:
            raise CommandError(
                f"The database gave up: {error}. Run the same command again: it goes on from here."
            ) from error
        except OSError as error:
            raise CommandError(f"A file cannot be read or written: {error.strerror}. Run again after that.") from error
        if any(tally.broken for tally in tallies):
            raise CommandError("A file could not be read to its end. What was read is kept.")

    def _import(self, path: Path, wishes: runs.Wishes, report: TextIO | None, by: Person | None) -> runs.Tally:
        self.stdout.write(path.name)
        reporter = reports.Reporter(path.name, self.stdout, report)
        bar = reports.Bar(path.stat().st_size, sys.stderr)
        try:
            tally = runs.import_file(path, wishes, runs.Watcher(reporter.result, bar.progress), by=by)
        finally:
            bar.end()
        if tally.earlier:
            self.stdout.write(f"  Lines 1 to {tally.earlier} were dealt with by an earlier run, which ended early.")
        if tally.unknown:
            self.stdout.write(
                f"  Columns kept only in the rows as received: {', '.join(sorted(map(ascii, tally.unknown)))}."
            )
        counts = ", ".join(f"{tally.counts[outcome]} {outcome}" for outcome in Outcome)
        rows = f"{tally.total} row{'' if tally.total == 1 else 's'}"
        self.stdout.write(f"  {'Dry run, nothing written. ' if wishes.is_dry else ''}{rows}: {counts}.")
        return tally


def _number(least: int, most: int) -> Any:
    def read(text: str) -> int:
        if not text.isascii() or not text.isdigit() or len(text) > 10 or not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"write a whole number from {least} to {most}")
        return int(text)

    return read


def _wishes(paths: list[Path], options: dict[str, Any]) -> runs.Wishes:
    """Check what was asked for. Raises CommandError, naming the setting or option that is missing."""
    if options["publish"] and not settings.ARCHIVE_IMPORT_PUBLISH:
        raise CommandError("--publish needs the setting ARCHIVE_IMPORT_PUBLISH=1; without it, imports stay drafts.")
    if options["decide_harm"] and not settings.ARCHIVE_BENCHMARK:
        raise CommandError("--decide-harm needs ARCHIVE_BENCHMARK=1. Elsewhere, editors decide each capture's check.")
    pages = [path for path in paths if files.is_page(path)]
    if pages and not options["outlet"].strip():
        raise CommandError(f"“{pages[0].name}” does not say whose it is: add --outlet NAME.")
    if options["address"]:
        if len(pages) != 1 or len(paths) != 1:
            raise CommandError("--address belongs to a single .txt file. Give one, or leave it out.")
        try:
            addresses.canonical_address(options["address"])
        except addresses.NotAnAddress as error:
            raise CommandError(str(error)) from error
    return runs.Wishes(
        is_dry=options["dry_run"],
        is_publishing=options["publish"],
        decides_harm=options["decide_harm"],
        limit=options["limit"],
        batch=options["batch"],
        page=files.Page(options["outlet"], options["address"], options["language"]),
    )


def _account(name: str | None) -> Person:
    if name is None:
        return actions.import_account()
    person = Person.objects.filter(username=name, is_active=True).first()
    if person is None:
        raise CommandError(f"There is no active account “{name}”. Make it with create_person, or leave --by out.")
    return person
