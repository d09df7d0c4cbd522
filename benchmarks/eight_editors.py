"""Eight editors save at once, through the whole application: what was accepted is what the history holds.

    benchmarks/eight_editors.py --database sqlite|postgresql [--saves 1000] [--editors 8]

A fresh archive with as many drafts as editors is served by gunicorn (two workers) on loopback. Each editor signs in
and edits summaries of records that the others edit, too. Accepted saves (302), stale ones (409) and any other answer
are counted, with the time of a save at the median and the 95th percentile; then the events are counted and the chain is
verified. The exit status says whether every accepted save has its event.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request
from collections import Counter
from http.cookiejar import CookieJar
from pathlib import Path

import lxml.html

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import lists  # noqa: E402  # found once the root is on the path

PASSWORD = "eight-editors-at-once"  # noqa: S105  # of an archive that lives for a minute


def main() -> int:
    asked = arguments()
    with tempfile.TemporaryDirectory(prefix="archive-editors-") as folder:
        environment = os.environ | {
            "ARCHIVE_DATA": folder,
            "SECRET_KEY": "k" * 60,
            "WEB_CONCURRENCY": "2",
            "DATABASE_URL": asked.address or f"sqlite:///{folder}/db.sqlite3",
        }
        prepare(environment, asked.editors)
        port = lists.free_port()
        with lists.serving(lists.archive_command(port), port, environment):
            outcomes, times, seconds = run(port, asked.editors, asked.saves)
        events = count_events(environment)
    accepted = outcomes[302]
    print(f"{asked.saves} saves by {asked.editors} editors in {seconds:.1f} s: {dict(outcomes)}")
    print(
        f"a save took {statistics.median(times):.0f} ms at the median, {quantile(times):.0f} ms at the 95th percentile"
    )
    print(f"{accepted} accepted, {events} events: {'none lost' if accepted == events else 'NOT EQUAL'}")
    return 0 if accepted == events else 1


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--address", help="of an empty PostgreSQL database: postgresql://…")
    parser.add_argument("--saves", type=int, default=1000)
    parser.add_argument("--editors", type=int, default=8)
    found = parser.parse_args()
    if found.database == "postgresql" and not found.address:
        parser.error("Give the address of an empty PostgreSQL database with --address.")
    return found


def manage(environment: dict[str, str], *command: str) -> str:
    """Run a command of the archive. Returns what it printed."""
    done = subprocess.run(
        [sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=False, capture_output=True, text=True
    )
    if done.returncode:
        raise SystemExit(done.stderr[-2000:])
    return done.stdout


def prepare(environment: dict[str, str], editors: int) -> None:
    manage(environment, "migrate", "-v", "0")
    manage(environment, "collectstatic", "--noinput", "-v", "0")
    script = f"""
from django.contrib.auth.models import Group
from archive.models import Article, Outlet, Person
outlet = Outlet.objects.create(name="An outlet", slug="an-outlet")
for number in range({editors}):
    person = Person(username=f"editor{{number}}")
    person.set_password("{PASSWORD}")
    person.save()
    person.groups.add(Group.objects.get(name="Editor"))
    Article.objects.create(outlet=outlet, headline=f"Draft {{number}}", public_id=f"draft00{{number}}")
"""
    manage(environment, "shell", "-c", script)


def run(port: int, editors: int, saves: int) -> tuple[Counter[int], list[float], float]:
    outcomes: Counter[int] = Counter()
    times: list[float] = []
    lock = threading.Lock()

    def work(number: int) -> None:
        browser = Browser(port)
        browser.sign_in(number)
        for turn in range(saves // editors):
            status, milliseconds = browser.save(
                f"draft00{(number + turn) % editors}", f"Saved by {number}, turn {turn}"
            )
            with lock:
                outcomes[status] += 1
                times.append(milliseconds)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(editors)]
    start = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes, times, time.monotonic() - start


class Browser:
    """As much of a browser as an editor needs: cookies and forms."""

    def __init__(self, port: int) -> None:
        self.site = f"http://127.0.0.1:{port}"
        handlers = urllib.request.HTTPCookieProcessor(CookieJar()), NoRedirect()
        self.opener = urllib.request.build_opener(*handlers)

    def ask(self, path: str, fields: dict[str, str] | None = None) -> tuple[int, str]:
        body = urllib.parse.urlencode(fields).encode() if fields is not None else None
        request = urllib.request.Request(self.site + path, body, {"Referer": self.site + path})  # noqa: S310  # our own
        try:
            with self.opener.open(request, timeout=120) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def sign_in(self, number: int) -> None:
        path = "/accounts/sign-in/"
        fields = form_of(self.ask(path)[1]) | {"username": f"editor{number}", "password": PASSWORD}
        status, _page = self.ask(path, fields)
        if status != 302:
            raise SystemExit(f"Editor {number} could not sign in: the answer was {status}.")

    def save(self, record: str, summary: str) -> tuple[int, float]:
        """Open the form, write the summary, send it. Returns the status and the milliseconds of the sending."""
        path = f"/desk/article/{record}/edit/"
        fields = form_of(self.ask(path)[1]) | {"summary": summary}
        start = time.monotonic()
        status, _page = self.ask(path, fields)
        return status, (time.monotonic() - start) * 1000


def form_of(page: str) -> dict[str, str]:
    """The fields of a page's own form, as it came."""
    form = lxml.html.document_fromstring(page).xpath("//main//form")[0]
    return {name: value or "" for name, value in form.form_values()}


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: object) -> None:
        return None


def count_events(environment: dict[str, str]) -> int:
    manage(environment, "verify_history")
    told = manage(
        environment, "shell", "-c", "from archive.models import Event; print('events', Event.objects.count())"
    )
    return int(told.split("events")[-1])


def quantile(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]


if __name__ == "__main__":
    sys.exit(main())
