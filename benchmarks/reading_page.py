#!/usr/bin/env python3
"""Time the reading page of one article with 1,000 notes, on the server and in Chromium.

python benchmarks/reading_page.py [--database sqlite|postgresql] [--notes 1000] [--rounds 5]

On the server: median and least wall-clock milliseconds, queries and kilobytes, for a tenth of the notes and for all. In
Chromium, if it is on the PATH: milliseconds from the request to the first paint and to the end of loading, from a key
on selected words to the open form, and from sending a note to its page. For PostgreSQL, DATABASE_URL names an empty
database.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import lists  # noqa: E402  # found once the root is on the path

PARAGRAPHS = 120
SENTENCE = "They were told to sign, and those who asked were taken to another place without a word. "


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--notes", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    wishes = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="archive-reading-") as folder:
        os.environ.update(lists.prepared(wishes, Path(folder)), ALLOWED_HOSTS="127.0.0.1,testserver")
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        reader, pages = made(wishes.notes)
        print("| notes | median ms | least ms | queries | kB |\n| ---: | ---: | ---: | ---: | ---: |")
        for count, address in pages.items():
            print(on_the_server(reader, count, address, wishes.rounds), flush=True)
        chromium = shutil.which("chromium")
        if chromium:
            in_chromium(chromium, reader, pages, wishes.rounds)
        else:
            print("Not measured in a browser: no Chromium on the PATH.")
    return 0


def made(notes: int) -> tuple[Any, dict[int, str]]:
    """A reader, and the pages of two articles: with a tenth of the notes and with all of them, half of them nested."""
    from tests import factories as make

    reader, other = make.PersonFactory.create_batch(2, researcher=True)
    chance = random.Random(7)  # noqa: S311  # made-up notes
    pages = {}
    for count in (notes // 10, notes):
        article = make.ArticleFactory(published=True)
        text = make.captured(article, "A headline", *[SENTENCE * 4] * PARAGRAPHS)
        for number in range(count):
            start = chance.randrange(20, len(text.text) - 400)
            end = start + chance.choice([12, 40, 90, 300])
            author = {"author": reader} if number % 2 else {"author": other, "sharing": "shared"}
            note = make.AnnotationFactory(text=text, article=article, start=start, end=end, **author)
            if number % 5 == 0:
                make.AnnotationTagFactory(annotation=note)
        pages[count] = f"/articles/{article.public_id}/text/"
    return reader, pages


def on_the_server(reader: Any, count: int, address: str, rounds: int) -> str:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    client.force_login(reader)
    client.get(address)
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        answer = client.get(address)
        times.append(1000 * (time.perf_counter() - start))
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    size = len(answer.content) // 1000
    return f"| {count} | {statistics.median(times):.0f} | {min(times):.0f} | {len(queries)} | {size} |"


class Threads(ThreadingMixIn, WSGIServer):
    """A thread for each connection: a browser opens some before it asks for anything."""

    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, *_words: object) -> None:
        pass


def in_chromium(path: str, reader: Any, pages: dict[int, str], rounds: int) -> None:
    from playwright.sync_api import sync_playwright

    from archive.wsgi import application
    from tests.factories import PASSWORD

    server = make_server("127.0.0.1", 0, application, server_class=Threads, handler_class=Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    site = f"http://127.0.0.1:{server.server_port}"
    columns = ["notes", "first paint ms", "loaded ms", "key to form ms", "note saved ms"]
    print(f"\n| {' | '.join(columns)} |\n|{' ---: |' * len(columns)}", flush=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_context().new_page()
        page.goto(f"{site}/accounts/sign-in/")
        page.get_by_label("Name").fill(reader.username)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_load_state()
        for count, address in pages.items():
            taken = [timed(page, site + address) for _ in range(rounds)]
            print(f"| {count} | {' | '.join(f'{statistics.median(one):.0f}' for one in zip(*taken, strict=True))} |")
        browser.close()
    server.shutdown()


def timed(page: Any, address: str) -> tuple[float, float, float, float]:
    page.goto(address)
    page.wait_for_timeout(300)
    paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    loaded = page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")
    form = page.evaluate(
        """() => {
            const all = document.querySelectorAll("[data-start]");
            const words = document.createTreeWalker(all[all.length >> 1], NodeFilter.SHOW_TEXT).nextNode();
            const range = document.createRange();
            range.setStart(words, 1); range.setEnd(words, 3);
            getSelection().removeAllRanges(); getSelection().addRange(range);
            const start = performance.now();
            document.dispatchEvent(new KeyboardEvent("keydown", { key: "n", bubbles: true }));
            document.getElementById("write").getBoundingClientRect();
            return performance.now() - start;
        }"""
    )
    page.locator("#id_body").fill("A note")
    start = time.perf_counter()
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**#note-*")
    page.wait_for_load_state()
    return paint, loaded, form, 1000 * (time.perf_counter() - start)


if __name__ == "__main__":
    sys.exit(main())
