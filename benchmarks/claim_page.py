#!/usr/bin/env python3
"""Time the page of one claim with 2,000 reports in 500 articles, in one process through Django's test client.

python benchmarks/claim_page.py [--database sqlite|postgresql] [--articles 500] [--rounds 9] [--profile [json]]

Of each question the table has the median and the least wall-clock time of the server's work, its processor time (in
milliseconds) and the number of queries, for articles as asked and for a tenth of them. For PostgreSQL, DATABASE_URL
names an empty database. --profile prints where the time of one page goes.
"""

from __future__ import annotations

import argparse
import cProfile
import os
import pstats
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import lists  # noqa: E402  # found once the root is on the path

REPORTS_IN_EACH = 4
RELAYS, ORIGINS = 40, 10
FOUND = 200
WORDS = "already ten thousand of them were sent"


def main() -> int:
    wishes = arguments()
    with tempfile.TemporaryDirectory(prefix="archive-claim-") as folder:
        os.environ.update(lists.prepared(wishes, Path(folder)))
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        pages = made(wishes.articles)
        if wishes.profile:
            profile(f"{pages[-1].rstrip('/')}.json" if wishes.profile == "json" else pages[-1])
            return 0
        print("| claim | median ms | least ms | busy ms | queries | kB |\n| --- | ---: | ---: | ---: | ---: | ---: |")
        for address in pages:
            for question in wishes.questions.split(","):
                print(line(address + question, wishes.rounds), flush=True)
        print(line(f"{pages[-1].rstrip('/')}.json", rounds=1))
    return 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--articles", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--questions", default=",?once=1,?page=2,?whole=1", help="with commas between them")
    parser.add_argument("--profile", nargs="?", const="page", choices=("page", "json"))
    return parser.parse_args()


def made(articles: int) -> list[str]:
    """Fill an empty archive: a claim in a tenth of the articles, and one in all of them. Gives their addresses."""
    from django.db import transaction

    from archive.access import extracts
    from archive.models import Article
    from archive.provenance import counts
    from benchmarks.coded_articles import Made, analyse

    things = Made(articles, random.Random(7))  # noqa: S311  # rows to measure with
    with transaction.atomic():
        things.terms()
        things.sources()
        things.articles()
        passages = captured(things.carriers)
        claims = [
            reported(things, f"Claim in {size}", things.carriers[:size], passages)
            for size in (articles // 10, articles)
        ]
        counts.rewrite([claim.pk for claim in claims])
        extracts.rebuild(list(Article.objects.values_list("pk", flat=True)))
    analyse()
    return [claim.get_absolute_url() for claim in claims]


def captured(articles: list[Any]) -> dict[int, list[Any]]:
    """A captured text of each article, with one passage for each report."""
    from django.utils import timezone

    from archive.models import Capture, CaptureText, Passage
    from archive.models import vocabulary as terms
    from benchmarks.coded_articles import kept

    captures = kept(
        Capture(
            article=article,
            sha256=f"{number:064x}",
            blob=f"{number:064x}",
            size=1,
            media_type="text/plain",
            method=terms.CaptureMethod.PASTED,
            captured_at=timezone.now(),
            harm_review=terms.HarmReview.CLEARED,
            harm_reviewed_by="0" * 8,
            harm_reviewed_at=timezone.now(),
        )
        for number, article in enumerate(articles)
    )
    paragraphs = [f"{number}: {WORDS}." for number in range(REPORTS_IN_EACH)]
    text = "\n\n".join(["A headline", *paragraphs])
    zones = ["headline", *["body"] * REPORTS_IN_EACH]
    texts = kept(CaptureText(capture=one, extractor="plain-1", text=text, zones=zones) for one in captures)
    starts = [text.index(one) for one in paragraphs]
    passages = kept(
        Passage(capture_text=one, start=start + 3, end=start + 3 + len(WORDS)) for one in texts for start in starts
    )
    found: dict[int, list[Any]] = {}
    for number, passage in enumerate(passages):
        found.setdefault(articles[number // REPORTS_IN_EACH].pk, []).append(passage)
    return found


def reported(things: Any, sentence: str, articles: list[Any], passages: dict[int, list[Any]]) -> Any:
    """A claim that sources pass on and articles report, each several times, with numbers and methods."""
    from archive.models import Appearance, Claim, Credit, Figure, TacticUse
    from archive.models import vocabulary as terms
    from benchmarks.coded_articles import PUBLISHED, kept

    chance = things.chance
    [claim] = kept([Claim(sentence=sentence, kind=terms.ClaimKind.PRACTICE, **PUBLISHED)])
    origins, relays = things.credited[:ORIGINS], things.credited[ORIGINS : ORIGINS + RELAYS]
    passing = kept(Appearance(claim=claim, source=one, voice=terms.Voice.OWN_WORDS) for one in relays)
    voices = list(terms.Voice.values)
    reports = kept(
        Appearance(
            claim=claim,
            article=article,
            passage=passage,
            position=place,
            voice=chance.choice(voices),
            verb="stated",
            wording=chance.choice(terms.Wording.values),
            speaker=chance.choice(things.actors),
        )
        for article in articles
        for place, passage in enumerate(passages[article.pk])
    )
    kept(Credit(appearance=one, source=chance.choice(origins)) for one in passing)
    kept(Credit(appearance=one, source=chance.choice([*relays, *relays, *origins])) for one in reports)
    kept(TacticUse(appearance=one, tactic=chance.choice(things.tactics[:8])) for one in reports[::2])
    kept(
        Figure(appearance=one, passage=one.passage, measure=chance.choice(things.measures[:5]), low=10_000, high=10_000)
        for one in reports[::2]
    )
    return claim


def line(address: str, rounds: int) -> str:
    """One row of the table; the first answer, which loads templates, is not counted."""
    from django.db import connection
    from django.test import Client

    asked: list[str] = []

    def counted(execute: Any, sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return execute(sql, *rest)

    client = Client(headers={"host": "localhost"})
    with connection.execute_wrapper(counted):
        answer = client.get(address)
    if answer.status_code != FOUND:
        raise SystemExit(f"{address} answered {answer.status_code}")
    walls, busies = zip(*(timed(lambda: client.get(address)) for _ in range(rounds)), strict=True)
    size = len(answer.content) / 1000
    times = (statistics.median(walls), min(walls), min(busies))
    return f"| {address} | {' | '.join(f'{one * 1000:.0f}' for one in times)} | {len(asked)} | {size:,.0f} |"


def timed(ask: Callable[[], Any]) -> tuple[float, float]:
    """Seconds on the clock and of this process."""
    wall, busy = time.perf_counter(), time.process_time()
    ask()
    return time.perf_counter() - wall, time.process_time() - busy


def profile(address: str) -> None:
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    client.get(address)
    found = cProfile.Profile()
    found.runcall(client.get, address)
    ours = "archive.(records|provenance|access|models|claims)|render|reverse"
    pstats.Stats(found).sort_stats("cumulative").print_stats(ours, 70)


if __name__ == "__main__":
    raise SystemExit(main())
